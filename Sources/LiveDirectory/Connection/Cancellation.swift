import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Lets another thread or a signal stop a search.
public final class Cancellation: Sendable {
    private let stopped = Atomic<Bool>(false)

    /// Makes a cancellation that was not asked for yet.
    public init() {}

    /// Asks to stop.
    public func cancel() { stopped.store(true, ordering: .releasing) }

    /// Whether somebody asked to stop.
    public var isCancelled: Bool { stopped.load(ordering: .acquiring) }

    func check() throws(DirectoryError) {
        if isCancelled { throw .cancelled }
    }

    /// Waits for some time, and looks at the wish to stop meanwhile.
    func pause(milliseconds: Int) throws(DirectoryError) {
        for _ in 0..<milliseconds / 100 {
            try check()
            _ = usleep(100_000)
        }
        try check()
    }
}

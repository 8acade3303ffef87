import Synchronization

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
}

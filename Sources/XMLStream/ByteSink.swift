/// Takes the bytes of a document in their order.
public protocol ByteSink: AnyObject {
    /// Takes the next bytes; throws when they cannot be stored.
    func write(_ bytes: Span<UInt8>) throws
}

/// Keeps everything in memory.
public final class ByteCollector: ByteSink {
    /// What was written so far.
    public private(set) var bytes: [UInt8] = []

    /// Makes an empty collector.
    public init() {}

    public func write(_ bytes: Span<UInt8>) {
        // The span is read inside the closure only.
        unsafe bytes.withUnsafeBufferPointer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// What was written so far, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

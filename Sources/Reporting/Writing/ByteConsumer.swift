/// Receives rendered bytes in blocks, in order; throws when they cannot be written.
public typealias ByteConsumer = ([UInt8]) throws -> Void

/// Bytes on their way to a sink, handed on in blocks of about 64 KiB.
///
/// Invariant: after `flush` nothing is held back; what was handed on was handed on once and in order.
struct BlockBuffer {
    private static let blockSize = 65_536

    var bytes: [UInt8] = []
    private let sink: ByteConsumer

    init(_ sink: @escaping ByteConsumer) {
        self.sink = sink
        bytes.reserveCapacity(BlockBuffer.blockSize + 4096)
    }

    /// Hands on a block when one is full.
    @inline(__always)
    mutating func drain() throws {
        if bytes.count >= BlockBuffer.blockSize { try flush() }
    }

    /// Hands on everything.
    mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    /// Appends a whole number in decimal digits.
    mutating func append(decimal value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(truncatingIfNeeded: rest % 10) + 0x30)
            rest /= 10
        } while rest > 0
        var (left, right) = (start, bytes.count - 1)
        while left < right {
            bytes.swapAt(left, right)
            left += 1
            right -= 1
        }
    }
}

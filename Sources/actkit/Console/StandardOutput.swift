import XMLStream

/// Standard output as a sink of XML documents.
final class StandardOutput: ByteSink {
    func write(_ bytes: Span<UInt8>) throws {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        try Console.write(copy)
    }
}

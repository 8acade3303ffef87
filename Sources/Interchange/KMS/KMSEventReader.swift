import ActivationModel

/// Reads events of Key Management Service, as XML or as a table: the first character tells which.
struct KMSEventReader: FileReader {
    private enum Form {
        /// The bytes before the first character that is no blank.
        case unknown([UInt8])
        case known(any FileReader)
    }

    private let options: ReadOptions
    private var form = Form.unknown([])

    init(_ options: ReadOptions) { self.options = options }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        switch form {
        case .known(var reader):
            // Released first, so that the reader's buffers are not copied.
            form = .unknown([])
            try reader.read(chunk, into: &output)
            form = .known(reader)
        case .unknown(var head):
            for index in chunk.indices { head.append(chunk[index]) }
            form = .unknown(head)
            if let first = head.first(where: KMSEventReader.isCharacter) {
                try begin(head, isXML: first == UInt8(ascii: "<"), into: &output)
            }
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        if case .unknown(let head) = form { try begin(head, isXML: false, into: &output) }
        if case .known(var reader) = form { try reader.finish(into: &output) }
    }

    private mutating func begin(_ head: [UInt8], isXML: Bool, into output: inout RecordOutput) throws {
        var reader: any FileReader =
            isXML ? KMSEventXMLReader(options) : try TableReader<KMSEventContent>(options)
        try reader.read(head.span, into: &output)
        form = .known(reader)
    }

    /// Whether a byte is neither a blank nor part of a byte order mark or of an ASCII character in UTF-16.
    private static func isCharacter(_ byte: UInt8) -> Bool {
        byte > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains(byte)
    }
}

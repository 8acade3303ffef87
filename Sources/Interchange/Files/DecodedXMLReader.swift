import ActivationModel
import XMLStream

/// A handler of XML files that are not always well-formed as they are written.
protocol DecodedXMLDocument: XMLRecordDocument {
    /// The code of the note about control characters.
    static var controlCode: String { get }
    /// The name of an element that is put around the text, for tools that write several root elements; nil for none.
    static var enclosingElement: String? { get }
    /// How many elements are open; only asked for where an element is put around the text.
    var depth: Int { get }

    init()
    /// Says what shows at the end of the file only.
    func finish(into output: inout RecordOutput)
}

extension DecodedXMLDocument {
    static var enclosingElement: String? { nil }
    var depth: Int { 0 }
    func finish(into output: inout RecordOutput) {}
}

/// Reads XML whose text is decoded first, as that of tables is: real files hold stray bytes of other encodings, encodings
/// other than the declared one, and control characters that XML forbids.
///
/// The declaration of the encoding, which then says nothing any more, is blanked out, and control characters are read as
/// blanks; line numbers stay. Throws `InterchangeError` with a code that begins with `xml.` when the text is no XML or
/// was cut off.
final class DecodedXMLReader<Document: DecodedXMLDocument>: FileReader {
    private var source: TextSource
    private var stage: Stage

    init(_ document: Document.Type, names: XMLNameTable, options: ReadOptions) {
        source = TextSource(options: options)
        stage = Stage(names: names)
    }

    func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &stage, line: { $0.line }) { stage, text in
            try stage.read(text, into: &output)
        }
    }

    func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &stage, line: { $0.line }) { stage, text in try stage.read(text, into: &output) }
        try stage.finish(into: &output)
        source.report(into: &output)
    }

    /// Cleans the text and feeds the parser.
    private final class Stage {
        /// The longest declaration that is looked for.
        private static var longestDeclaration: Int { 1024 }

        private var reader: XMLRecordReader<Document>
        /// The first bytes, until it shows whether a declaration begins the file; nil afterwards.
        private var head: [UInt8]? = []
        private(set) var line = 1
        private var endsInCarriageReturn = false
        private var controls = (count: 0, line: 0)

        init(names: XMLNameTable) { reader = XMLRecordReader(Document(), names: names) }

        func read(_ text: Span<UInt8>, into output: inout RecordOutput) throws {
            var cleaned: [UInt8] = []
            cleaned.reserveCapacity(text.count)
            for index in text.indices {
                let byte = text[index]
                if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !endsInCarriageReturn) { line += 1 }
                endsInCarriageReturn = byte == UInt8(ascii: "\r")
                let isControl = byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
                if isControl {
                    if controls.count == 0 { controls.line = line }
                    controls.count += 1
                }
                cleaned.append(isControl ? 0x20 : byte)
            }
            guard var head else {
                try reader.read(cleaned.span, into: &output)
                return
            }
            head += cleaned
            self.head = head
            if Stage.isDecided(head) { try pass(head, into: &output) }
        }

        func finish(into output: inout RecordOutput) throws {
            if let head { try pass(head, into: &output) }
            if Document.enclosingElement != nil { try reader.flush(into: &output) }
            if let element = Document.enclosingElement, reader.withDocument({ $0.depth }) == 1 {
                // An element that is still open is not closed, and then says that the file was cut off.
                try reader.read(Array("</\(element)>".utf8).span, into: &output)
            }
            try reader.finish(into: &output)
            if controls.count > 0 {
                output.diagnostics.report(
                    Diagnostic(
                        code: Document.controlCode, severity: .note, line: controls.line, count: controls.count,
                        message: "The file holds control characters, which XML forbids; they were read as blanks."))
            }
            reader.withDocument { $0 }.finish(into: &output)
        }

        private func pass(_ head: [UInt8], into output: inout RecordOutput) throws {
            self.head = nil
            let start = Document.enclosingElement.map { Array("<\($0)>".utf8) } ?? []
            try reader.read((start + Stage.withoutDeclaration(head)).span, into: &output)
        }

        private static func isDecided(_ head: [UInt8]) -> Bool {
            if head.count >= longestDeclaration { return true }
            guard let start = head.firstIndex(where: { $0 > 0x20 }) else { return false }
            let rest = head[start...]
            return rest.count >= 5 && (!rest.starts(with: "<?xml".utf8) || rest.contains(UInt8(ascii: ">")))
        }

        private static func withoutDeclaration(_ head: [UInt8]) -> [UInt8] {
            guard let start = head.firstIndex(where: { $0 > 0x20 }), head[start...].starts(with: "<?xml".utf8),
                let end = head[start..<max(start, min(head.count, longestDeclaration))].firstIndex(
                    of: UInt8(ascii: ">")),
                head[end - 1] == UInt8(ascii: "?")
            else { return head }
            var result = head
            for index in start...end where result[index] > 0x20 { result[index] = 0x20 }
            return result
        }
    }
}

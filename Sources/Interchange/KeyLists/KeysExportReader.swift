import ActivationModel
import XMLStream

/// Reads `KeysExport.xml`, the key list of a Visual Studio subscription.
///
/// Real files hold stray bytes of other encodings and control characters that XML forbids. So the text is decoded first,
/// as that of tables is, and the declaration of the encoding, which then says nothing any more, is blanked out; line
/// numbers stay. Throws `InterchangeError` with a code that begins with `xml.` when the file is no XML or was cut off.
final class KeysExportReader: FileReader {
    private var source: TextSource
    private var stage = Stage()

    init(_ options: ReadOptions) { source = TextSource(options: options) }

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
        private static let longestDeclaration = 1024

        private var reader = XMLRecordReader(KeysExportDocument(), names: KeysExportDocument.names)
        /// The first bytes, until it shows whether a declaration begins the file; nil afterwards.
        private var head: [UInt8]? = []
        private(set) var line = 1
        private var endsInCarriageReturn = false
        private var controls = (count: 0, line: 0)

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
            try reader.finish(into: &output)
            guard controls.count > 0 else { return }
            output.diagnostics.report(
                Diagnostic(
                    code: "keysexport.character.control", severity: .note, line: controls.line, count: controls.count,
                    message: "The file holds control characters, which XML forbids; they were read as blanks."))
        }

        private func pass(_ head: [UInt8], into output: inout RecordOutput) throws {
            self.head = nil
            try reader.read(Stage.withoutDeclaration(head).span, into: &output)
        }

        private static func isDecided(_ head: [UInt8]) -> Bool {
            if head.count >= longestDeclaration { return true }
            guard let start = head.firstIndex(where: { $0 > 0x20 }) else { return false }
            let rest = head[start...]
            return rest.count >= 5 && (!rest.starts(with: "<?xml".utf8) || rest.contains(UInt8(ascii: ">")))
        }

        private static func withoutDeclaration(_ head: [UInt8]) -> [UInt8] {
            guard let start = head.firstIndex(where: { $0 > 0x20 }), head[start...].starts(with: "<?xml".utf8),
                let end = head[start...].firstIndex(of: UInt8(ascii: ">"))
            else { return head }
            var result = head
            for index in start...end where result[index] > 0x20 { result[index] = 0x20 }
            return result
        }
    }
}

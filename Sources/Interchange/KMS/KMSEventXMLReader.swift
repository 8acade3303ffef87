import ActivationModel
import XMLStream

/// Reads events that Event Viewer saved as XML, or `wevtutil qe /f:xml` wrote.
///
/// `wevtutil` writes one `Event` after the other without an element around them, in the code page of the console; through
/// PowerShell its output becomes UTF-16. So the text is decoded first, and a root element is put around it. Throws
/// `InterchangeError` with a code that begins with `xml.` when the text is no XML or was cut off.
///
/// Source: https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil
final class KMSEventXMLReader: FileReader {
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

    /// Puts the root around the events and feeds the parser.
    private final class Stage {
        /// The longest declaration that is looked for.
        private static let longestDeclaration = 1024
        private static let root = Array("<Events>".utf8)

        private var reader = XMLRecordReader(KMSEventDocument(), names: KMSEventDocument.names)
        /// The first bytes, until it shows what begins the file; nil afterwards.
        private var head: [UInt8]? = []
        private(set) var line = 1
        private var endsInCarriageReturn = false

        func read(_ text: Span<UInt8>, into output: inout RecordOutput) throws {
            for index in text.indices {
                let byte = text[index]
                if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && !endsInCarriageReturn) { line += 1 }
                endsInCarriageReturn = byte == UInt8(ascii: "\r")
            }
            guard var head else { return try reader.read(text, into: &output) }
            for index in text.indices { head.append(text[index]) }
            self.head = head
            if Stage.isDecided(head) { try pass(head, into: &output) }
        }

        func finish(into output: inout RecordOutput) throws {
            if let head { try pass(head, into: &output) }
            // An element that is still open then says that the file was cut off.
            if reader.withDocument({ $0.depth }) == 1 { try reader.read(Array("</Events>".utf8).span, into: &output) }
            try reader.finish(into: &output)
            if output.emitted == 0, output.rejected == 0 {
                output.diagnostics.report(
                    .warning, "kms.event.none", "The file holds no event of Key Management Service.",
                    remedy:
                        "Requests stand in the host's log “Key Management Service”, all other events in “Application”.")
            }
        }

        /// A second root element around the file's own does no harm, so every file gets one.
        private func pass(_ head: [UInt8], into output: inout RecordOutput) throws {
            self.head = nil
            try reader.read((Stage.root + Stage.withoutDeclaration(head)).span, into: &output)
        }

        private static func isDecided(_ head: [UInt8]) -> Bool {
            if head.count >= longestDeclaration { return true }
            guard let start = head.firstIndex(where: { $0 > 0x20 }) else { return false }
            let rest = head[start...]
            return rest.count >= 5 && (!rest.starts(with: "<?xml".utf8) || rest.contains(UInt8(ascii: ">")))
        }

        /// The text is UTF-8 now, whatever encoding the declaration names; lines stay where they are.
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

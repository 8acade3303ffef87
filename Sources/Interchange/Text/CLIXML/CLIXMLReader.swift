import ActivationModel
import XMLStream

/// Reads what `Export-Clixml` writes, and hands it on as `JSONReader` does what `ConvertTo-Json` writes: each object of
/// the file is an item whose members are its properties, so that one document type understands both.
///
/// Lists, queues and dictionaries are arrays; enumerations are their numbers; references to an object that stands
/// elsewhere are null. An array that was exported as one object is opened. `PSTypeName` is the first type of an object
/// of the file.
///
/// Throws `InterchangeError` with a code that begins with `xml.` when the file is no XML or was cut off, and with
/// `clixml.root` when it is other XML.
///
/// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp/3107cf45-6d5e-4f36-8f57-9f8ceaf0e1c7
final class CLIXMLReader<Document: JSONDocument>: FileReader {
    /// Rows are handed on after this many bytes, so that a large chunk does not pile them up.
    private static var sliceLength: Int { 64 << 10 }

    private var document: Document
    private var parser: XMLPushParser
    private let limit: Int
    private var position = 0

    init(_ document: Document, options: ReadOptions) {
        self.document = document
        limit = options.limits.rowLength
        var limits = XMLLimits()
        limits.depth = options.limits.depth * 4
        limits.textLength = options.limits.rowLength
        limits.attributeCount = 64
        parser = XMLPushParser(
            handler: CLIXMLHandler(limit: limit), names: CLIXMLHandler.names, limits: limits)
    }

    func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        var start = 0
        while start < chunk.count {
            let end = min(chunk.count, start + CLIXMLReader.sliceLength)
            do throws(XMLStreamError) { try parser.feed(chunk.extracting(start..<end)) } catch { throw reason(error) }
            try drain(into: &output)
            start = end
        }
    }

    func finish(into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try parser.finish() } catch { throw reason(error) }
        try drain(into: &output)
        try document.finish(into: &output)
    }

    private func drain(into output: inout RecordOutput) throws {
        let items = parser.withHandler { (handler: inout CLIXMLHandler) in handler.takeItems() }
        for item in items {
            guard let tape = item.tape else {
                output.reject(
                    "clixml.object.size", line: item.line, "An object is longer than \(limit) bytes.",
                    remedy: "Check whether the file is what it claims to be; export fewer properties.")
                position += 1
                continue
            }
            let path = JSONPath(steps: [.element(position)])
            position += 1
            let row = JSONItem(tape: tape)
            if document.choice(for: row.kind, at: path) == .take { try document.read(row, at: path, into: &output) }
        }
    }

    private func reason(_ error: XMLStreamError) -> InterchangeError {
        parser.withHandler { (handler: inout CLIXMLHandler) in handler.failure } ?? .xml(error)
    }
}

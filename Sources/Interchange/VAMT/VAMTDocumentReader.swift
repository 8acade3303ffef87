import ActivationModel
import XMLStream

/// A handler that makes rows of a VAMT document.
protocol VAMTDocument: XMLEventHandler {
    /// Rows that were not handed on yet.
    var queue: RowQueue { get set }
    /// Why the handler stopped the parser.
    var failure: InterchangeError? { get }
}

/// Feeds a handler and hands on its rows: what `CILReader` and `CILXReader` share.
struct VAMTDocumentReader<Document: VAMTDocument>: ~Copyable {
    /// What exports of VAMT stay far below.
    private static var limits: XMLLimits {
        var limits = XMLLimits()
        limits.depth = 64
        limits.textLength = 1 << 20
        limits.attributeCount = 64
        return limits
    }

    /// Rows are handed on after this many bytes, so that a large chunk does not pile them up.
    private static var sliceLength: Int { 64 << 10 }

    private var parser: XMLPushParser

    init(_ document: Document) {
        parser = XMLPushParser(handler: document, names: VAMTName.table, limits: VAMTDocumentReader.limits)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        var start = 0
        while start < chunk.count {
            let end = min(chunk.count, start + VAMTDocumentReader.sliceLength)
            do throws(XMLStreamError) { try parser.feed(chunk.extracting(start..<end)) } catch { throw reason(error) }
            try drain(into: &output)
            start = end
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try parser.finish() } catch { throw reason(error) }
        try drain(into: &output)
    }

    private mutating func drain(into output: inout RecordOutput) throws {
        try parser.withHandler { (document: inout Document) in try document.queue.drain(into: &output) }
    }

    private mutating func reason(_ error: XMLStreamError) -> InterchangeError {
        parser.withHandler { (document: inout Document) in document.failure } ?? .xml(error)
    }
}

extension InterchangeError {
    /// The root element is not the one the reader was made for.
    static func unknownRoot(_ name: String, expected: VAMTName, at place: FilePlace) -> InterchangeError {
        let shown = String(name.prefix(60))
        let symbol = VAMTName(rawValue: VAMTName.table.symbol(of: name))
        let (message, remedy) =
            switch symbol {
            case .softwareLicensingData:
                (
                    "The root element is '\(shown)': this is a list of VAMT 2.0 (.cil), not an export of VAMT 3 (.cilx).",
                    "Import it as cil."
                )
            case .root:
                (
                    "The root element is '\(shown)': this is an export of VAMT 3 (.cilx), not a list of VAMT 2.0 (.cil).",
                    "Import it as cilx."
                )
            default:
                (
                    "The root element is '\(shown)', not '\(expected.text)': this is no file of VAMT.",
                    "Export the data from VAMT again, as .cilx."
                )
            }
        return InterchangeError(
            .unreadable, code: "vamt.root.unknown", line: place.line, column: place.column, message: message,
            remedy: remedy)
    }
}

extension RowQueue {
    /// Reports an element or attribute that is not known; once per distinct name, with the number of times.
    mutating func unknownName(_ name: String, _ what: String, in parent: String, at place: FilePlace) {
        report(
            .note, "vamt.element.unknown", at: place,
            "The \(what) '\(name.prefix(60))' in \(parent) is not known; it is not taken into the inventory.",
            remedy: "A rewrite of the file keeps it.")
    }

    /// Reports attributes of an element that has none in any known file. `xsi:nil` and its like mean nothing here.
    mutating func unknownAttributes(of tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        for index in 0..<tag.attributeCount where !tag.isSchemaInstance(index) {
            unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
        }
    }
}

extension XMLStartTag {
    /// Whether an attribute is of the namespace of XML Schema instances, or of XML itself.
    func isSchemaInstance(_ index: Int) -> Bool {
        guard attributePrefix(index) != nil else { return false }
        let uri = attributeNamespaceURI(index)
        return uri == "http://www.w3.org/2001/XMLSchema-instance" || uri == "http://www.w3.org/XML/1998/namespace"
    }
}

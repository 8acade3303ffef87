import ActivationModel
import XMLStream

/// A handler that makes rows of an XML document.
protocol XMLRecordDocument: XMLEventHandler {
    /// Rows that were not handed on yet.
    var queue: RowQueue { get set }
    /// Why the handler stopped the parser.
    var failure: InterchangeError? { get }
}

extension XMLRecordDocument {
    var failure: InterchangeError? { nil }
}

/// Feeds a handler and hands on its rows: what all readers of XML files share.
struct XMLRecordReader<Document: XMLRecordDocument>: ~Copyable {
    /// What exports stay far below.
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

    init(_ document: Document, names: XMLNameTable) {
        parser = XMLPushParser(handler: document, names: names, limits: XMLRecordReader.limits)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        var start = 0
        while start < chunk.count {
            let end = min(chunk.count, start + XMLRecordReader.sliceLength)
            do throws(XMLStreamError) { try parser.feed(chunk.extracting(start..<end)) } catch { throw reason(error) }
            try drain(into: &output)
            start = end
        }
    }

    /// Reads all bytes so far, so that the handler has seen them.
    mutating func flush(into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try parser.flush() } catch { throw reason(error) }
        try drain(into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try parser.finish() } catch { throw reason(error) }
        try drain(into: &output)
    }

    /// Gives access to what the handler has seen so far.
    mutating func withDocument<Value>(_ body: (inout Document) -> Value) -> Value { parser.withHandler(body) }

    private mutating func drain(into output: inout RecordOutput) throws {
        try parser.withHandler { (document: inout Document) in try document.queue.drain(into: &output) }
    }

    private mutating func reason(_ error: XMLStreamError) -> InterchangeError {
        parser.withHandler { (document: inout Document) in document.failure } ?? .xml(error)
    }
}

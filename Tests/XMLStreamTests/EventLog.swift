import XMLStream

/// Writes down every event as one line, with pieces of text put together.
final class EventLog: XMLEventHandler {
    private(set) var events: [String] = []
    private(set) var positions: [String] = []
    /// Stops at the start of the element with this name.
    var stopName: String?
    private var pending: [UInt8] = []

    func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        flush()
        var line = "<" + (tag.prefix.map { $0 + ":" } ?? "") + tag.name
        if let uri = tag.namespaceURI { line += " {\(uri)}" }
        for (prefix, uri) in tag.namespaceDeclarations { line += " xmlns\(prefix.map { ":" + $0 } ?? "")=\(uri)" }
        for index in 0..<tag.attributeCount {
            line += " " + (tag.attributePrefix(index).map { $0 + ":" } ?? "") + tag.attributeName(index)
            line += "=" + tag.attributeValue(index)
        }
        events.append(line + ">#\(tag.symbol)")
        positions.append("\(tag.name)@\(cursor.line)/\(cursor.depth)")
        if tag.name == stopName { cursor.stop() }
    }

    func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        flush()
        events.append("</#\(symbol) \(decoded(text))>")
    }

    func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {
        for index in piece.indices { pending.append(piece[index]) }
    }

    func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {
        flush()
        events.append("<!--\(decoded(content))-->")
    }

    func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {
        flush()
        events.append("<?\(target) \(data)?>")
    }

    private func flush() {
        if !pending.isEmpty { events.append("text " + String(decoding: pending, as: UTF8.self)) }
        pending = []
    }

    private func decoded(_ bytes: Span<UInt8>) -> String {
        var copy: [UInt8] = []
        for index in bytes.indices { copy.append(bytes[index]) }
        return String(decoding: copy, as: UTF8.self)
    }
}

/// Parses `bytes` cut at `cuts` and returns the log.
@discardableResult
func parse(
    _ bytes: [UInt8], names: [String] = [], ignoringCase: Bool = false, limits: XMLLimits = XMLLimits(),
    cuts: [Int] = [], log: EventLog = EventLog()
) throws -> EventLog {
    var parser = XMLPushParser(
        handler: log, names: XMLNameTable(names, ignoringCase: ignoringCase), limits: limits)
    var start = 0
    for cut in cuts + [bytes.count] where cut > start {
        try parser.feed(bytes.span.extracting(start..<cut))
        start = cut
    }
    try parser.finish()
    return log
}

func parse(_ text: String, names: [String] = [], limits: XMLLimits = XMLLimits()) throws -> EventLog {
    try parse(Array(text.utf8), names: names, limits: limits)
}

/// What a document is refused with.
func failure(_ bytes: [UInt8], limits: XMLLimits = XMLLimits(), step: Int = 64 << 10) -> XMLStreamError? {
    do {
        _ = try parse(bytes, limits: limits, cuts: Array(stride(from: step, to: max(bytes.count, step), by: step)))
        return nil
    } catch {
        return error as? XMLStreamError
    }
}

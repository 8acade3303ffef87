import ActivationModel
import XMLStream

/// Makes rows of exported events: `Events / Event / [System, EventData or UserData, RenderingInfo]`.
///
/// `wevtutil qe /f:xml` writes one `Event` after the other without an element around them, in the code page of the console;
/// through PowerShell its output becomes UTF-16. So every file gets a root of its own, and a second one around the file's
/// does no harm.
///
/// Sources: https://learn.microsoft.com/windows/win32/wes/eventschema-schema,
/// https://learn.microsoft.com/windows-server/administration/windows-commands/wevtutil
struct KMSEventDocument: DecodedXMLDocument {
    static var readsTextPieces: Bool { false }
    static var controlCode: String { "kms.event.character.control" }
    static var enclosingElement: String? { "Events" }
    static let names = XMLNameTable(Name.allCases.map(\.text))

    private enum Name: Int, CaseIterable {
        case events, event, provider, eventID, timeCreated, computer, data, message, name, systemTime, eventSourceName

        var text: String {
            switch self {
            case .events: "Events"
            case .event: "Event"
            case .provider: "Provider"
            case .eventID: "EventID"
            case .timeCreated: "TimeCreated"
            case .computer: "Computer"
            case .data: "Data"
            case .message: "Message"
            case .name: "Name"
            case .systemTime: "SystemTime"
            case .eventSourceName: "EventSourceName"
            }
        }
    }

    /// An event has at most this many strings; more are damage.
    private static let mostTexts = 64

    var queue = RowQueue()
    /// How many elements are open.
    private(set) var depth = 0
    private var event: KMSEventRow?
    private var eventDepth = 0

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        depth = cursor.depth
        switch Name(rawValue: tag.symbol) {
        case .event where event == nil:
            event = KMSEventRow(line: cursor.line)
            eventDepth = cursor.depth
        case .provider where event != nil:
            event?.provider =
                tag.attributeValue(symbol: Name.name.rawValue)
                ?? tag.attributeValue(symbol: Name.eventSourceName.rawValue)
        case .timeCreated where event != nil:
            event?.at = tag.attributeValue(symbol: Name.systemTime.rawValue).flatMap { Timestamp(iso: $0) }
        default: break
        }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        depth = cursor.depth - 1
        guard var current = event else { return }
        switch Name(rawValue: symbol) {
        case .event where cursor.depth == eventDepth:
            event = nil
            finish(current)
            return
        case .eventID: current.eventID = Int64(decimal: text.extracting(text.contentRange)).flatMap { Int(exactly: $0) }
        case .computer: current.computer = String(utf8: text)
        case .data where current.texts.count < KMSEventDocument.mostTexts: current.texts.append(String(utf8: text))
        case .message: current.message = String(utf8: text)
        default: return
        }
        event = current
    }

    func finish(into output: inout RecordOutput) { KMSEventRow.reportNone(into: &output) }

    private mutating func finish(_ event: KMSEventRow) {
        let place = FilePlace(line: event.line, column: 1)
        switch event.verdict() {
        case .record(let record): queue.emit(.kmsEvent(record), line: event.line)
        case .skipped(let code, let reason, let remedy): queue.skip(code, line: event.line, reason, remedy: remedy)
        case .rejected(let code, let reason, let remedy): queue.reject(code, at: place, reason, remedy: remedy)
        }
    }
}

import ActivationModel

/// The columns of a list of events: Event Viewer in several languages, `Get-WinEvent` and `Get-EventLog`.
enum KMSEventColumn: Int, TableColumn {
    case eventID, time, provider, computer, message

    var name: String {
        switch self {
        case .eventID: "eventId"
        case .time: "timeCreated"
        case .provider: "providerName"
        case .computer: "machineName"
        case .message: "message"
        }
    }

    var synonyms: [String] {
        switch self {
        case .eventID:
            [
                "id", "event", "Ereignis-ID", "ID de l’événement", "Id. del evento", "ID evento",
                "Identificação do Evento",
                "Gebeurtenis-id", "Identyfikator zdarzenia", "Код события", "イベント ID", "事件 ID",
            ]
        case .time:
            [
                "timeGenerated", "date and time", "timeWritten", "time", "date", "logged", "Datum und Uhrzeit",
                "Date et heure", "Fecha y hora", "Data e ora", "Data e Hora", "Datum en tijd", "Data i godzina",
                "Дата и время", "日付と時刻", "日期和时间",
            ]
        case .provider:
            ["source", "provider", "Quelle", "Origen", "Origine", "Fonte", "Bron", "Źródło", "Источник", "ソース", "来源"]
        case .computer: ["computer", "computerName", "psComputerName", "host", "hostName"]
        case .message: ["info", "description", "eventData", "Beschreibung", "Nachricht"]
        }
    }

    var isRequired: Bool { self == .eventID }

    static func isKind(_ columns: Set<KMSEventColumn>) -> Bool {
        columns.contains(.eventID) && columns.contains(.time)
            && (columns.contains(.message) || columns.contains(.provider))
    }
}

/// Events of Key Management Service as a table.
///
/// Event Viewer writes the message into a last column that its header does not name. Times are those of the computer that
/// exported, taken as UTC. The spellings in other languages than English and German are deductions from the window of Event Viewer.
///
/// Sources: https://learn.microsoft.com/powershell/module/microsoft.powershell.diagnostics/get-winevent,
/// https://learn.microsoft.com/powershell/module/microsoft.powershell.management/get-eventlog
struct KMSEventContent: TableContent {
    static let title = "A list of events of Key Management Service"
    static let dates: [[KMSEventColumn]] = [[.time]]
    static let unnamedColumns = 1

    private var records = 0
    private var lacksComputer = false

    init(options: ReadOptions) {}

    mutating func begin(_ columns: ColumnSet<KMSEventColumn>, line: Int, into output: inout RecordOutput) throws {
        lacksComputer = columns[.computer] == nil
    }

    mutating func read(_ row: TableRow<KMSEventColumn>, into output: inout RecordOutput) throws {
        let id = row.text(.eventID)
        var event = KMSEventRow()
        event.eventID = id.flatMap { Int(digits: $0) }
        // Most rows of a whole log are other events, whose date is not worth a look.
        if let number = event.eventID, KMSEventKind(rawValue: number & 0xFFFF) != nil {
            event.at = row.date([.time], into: &output)
            event.provider = row.text(.provider)
            event.computer = row.text(.computer)
            event.message = row.text(.message) ?? row.unnamedText
        }
        if try event.count(line: row.line, into: &output) { records += 1 }
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        guard records > 0, lacksComputer else { return }
        output.diagnostics.report(
            .warning, "kms.event.computer",
            "The list does not say whose log it is, so the host of these events is unknown.",
            remedy: "Export with Get-WinEvent … | Export-Csv, which writes MachineName, or as XML.")
    }
}

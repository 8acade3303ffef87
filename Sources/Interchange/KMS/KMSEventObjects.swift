import ActivationModel

/// Events of Key Management Service as objects: `Get-WinEvent` or `Get-EventLog` through `ConvertTo-Json` or
/// `Export-Clixml`.
///
/// The strings of an event stand in `Properties` or `ReplacementStrings`; where a small `-Depth` cut them off, the message
/// holds them, too.
///
/// Sources: https://learn.microsoft.com/powershell/module/microsoft.powershell.diagnostics/get-winevent,
/// https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord,
/// https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry
struct KMSEventObjects: JSONDocument {
    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.rejectElement(item)
            return
        }
        var event = KMSEventRow(line: item.line)
        event.eventID = (item["Id"] ?? item["EventID"])?.integer.flatMap { Int(exactly: $0) }
        // Most objects of a whole log are other events, of which no more is worth a look.
        if let number = event.eventID, KMSEventKind(rawValue: number & 0xFFFF) != nil {
            event.provider = (item["ProviderName"] ?? item["Source"])?.text
            event.computer = item["MachineName"]?.text
            event.at = (item["TimeCreated"] ?? item["TimeGenerated"])?.instant
            event.texts = KMSEventObjects.texts(of: item)
            event.message = item["Message"]?.text
        }
        _ = try event.count(line: item.line, into: &output)
    }

    func finish(into output: inout RecordOutput) throws { KMSEventRow.reportNone(into: &output) }

    private static func texts(of item: JSONItem) -> [String] {
        let strings = item["ReplacementStrings"] ?? item["Properties"]
        let values = (strings?.list ?? []).map { $0["Value"] ?? $0 }
        // The name of a type stands where the depth ended, and could be taken for that of a domain.
        if values.contains(where: \.isCutShort) { return [] }
        return values.map { value in value.boolean.map { $0 ? "1" : "0" } ?? value.text ?? "" }
    }
}

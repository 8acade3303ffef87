import ActivationModel

/// An event of a log before it is known whether it is one of Key Management Service.
struct KMSEventRow {
    var line = 0
    var eventID: Int?
    /// The provider or source.
    var provider: String?
    /// When the event was logged.
    var at: Timestamp?
    var computer: String?
    /// The strings of the event, or its message.
    var texts: [String] = []

    /// What becomes of a row.
    enum Verdict {
        case record(KMSEventRecord)
        case skipped(code: String, reason: String, remedy: String)
        case rejected(code: String, reason: String, remedy: String)
    }

    /// Parts of the names that the provider has had: the service has been renamed, and hosts of Windows 7 and later log
    /// requests under a name of their own. Volume Shadow Copy logs events of the same numbers.
    private static let providers = [
        "securityspp", "softwareprotection", "securitylicensing", "softwarelicensing", "kms",
    ]

    func verdict() -> Verdict {
        guard let eventID, let kind = KMSEventKind(rawValue: eventID & 0xFFFF) else {
            return .skipped(
                code: "kms.event.other", reason: "The event is none of Key Management Service (12288 to 12294).",
                remedy: "Nothing is lost; filter the log by these numbers to get a smaller file.")
        }
        if let provider, !provider.isEmpty {
            let key = headerKey(provider)
            guard KMSEventRow.providers.contains(where: key.contains) else {
                return .skipped(
                    code: "kms.event.provider",
                    reason: "The event \(eventID) is of \(cellForMessages(provider)), not of Key Management Service.",
                    remedy: "Nothing is lost: other programs use the same numbers.")
            }
        }
        guard let fields = KMSEventFields.split(texts, kind: kind),
            let (fill, clientTime) = KMSEventFields.read(fields, kind: kind)
        else {
            return .rejected(
                code: "kms.event.fields",
                reason: "The event \(eventID) does not hold the fields that belong to it.",
                remedy: "Export the event with its message or its data: as XML from Event Viewer, or with "
                    + "wevtutil qe /f:xml.")
        }
        guard let at = at ?? clientTime else {
            return .rejected(
                code: "kms.event.time", reason: "The event \(eventID) has no time that can be read.",
                remedy: "Export the column TimeCreated; for local dates name their order with --date-order.")
        }
        var record = KMSEventRecord(kind: kind, at: at)
        record.computer = computer.flatMap { HostName($0)?.text }
        fill(&record)
        return .record(record)
    }
}

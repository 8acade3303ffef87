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
    /// The strings of the event.
    var texts: [String] = []
    /// The message in the language of the computer, which holds the strings, too.
    var message: String?

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

    /// Says that a file of objects held none of Key Management Service. Call it once at the end of the file.
    static func reportNone(into output: inout RecordOutput) {
        guard output.emitted == 0, output.rejected == 0 else { return }
        output.diagnostics.report(
            .warning, "kms.event.none", "The file holds no event of Key Management Service.",
            remedy: "Requests stand in the host's log “Key Management Service”, all other events in “Application”.")
    }

    /// The fields, of the strings or of the message: computers without the message file of the provider know only one of the
    /// two, and objects that were cut at a small depth have no strings.
    private func fields(
        _ kind: KMSEventKind
    ) -> (fill: (inout KMSEventRecord) -> Void, clientTime: Timestamp?)? {
        for texts in [texts, message.map { [$0] } ?? []] where !texts.isEmpty {
            if let fields = KMSEventFields.split(texts, kind: kind),
                let read = KMSEventFields.read(fields, kind: kind)
            {
                return read
            }
        }
        return nil
    }

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
        guard let (fill, clientTime) = fields(kind) else {
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

    /// Turns the row into exactly one record, skip or rejection; returns whether it became a record.
    func count(line: Int, into output: inout RecordOutput) throws -> Bool {
        switch verdict() {
        case .record(let record):
            try output.emit(.kmsEvent(record), line: line)
            return true
        case .skipped(let code, let reason, let remedy): output.skip(code, line: line, reason, remedy: remedy)
        case .rejected(let code, let reason, let remedy): output.reject(code, line: line, reason, remedy: remedy)
        }
        return false
    }
}

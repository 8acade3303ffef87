import ActivationModel

/// The columns of the state of KMS hosts: properties of `SoftwareLicensingService`.
enum KMSHostColumn: Int, TableColumn {
    case computer, currentCount, port, isEnabled, publishes, total, failed, version, readAt
    case unlicensed, licensed, outOfBox, outOfTolerance, nonGenuine, notification

    /// The columns of requests by licence status, in the order of its numbers.
    static let byStatus: [KMSHostColumn] = [
        .unlicensed, .licensed, .outOfBox, .outOfTolerance, .nonGenuine, .notification,
    ]

    var name: String {
        switch self {
        case .computer: "computer"
        case .currentCount: "keyManagementServiceCurrentCount"
        case .port: "keyManagementServiceListeningPort"
        case .isEnabled: "isKeyManagementServiceMachine"
        case .publishes: "keyManagementServiceDnsPublishing"
        case .total: "keyManagementServiceTotalRequests"
        case .failed: "keyManagementServiceFailedRequests"
        case .version: "version"
        case .readAt: "readAt"
        case .unlicensed: "keyManagementServiceUnlicensedRequests"
        case .licensed: "keyManagementServiceLicensedRequests"
        case .outOfBox: "keyManagementServiceOOBGraceRequests"
        case .outOfTolerance: "keyManagementServiceOOTGraceRequests"
        case .nonGenuine: "keyManagementServiceNonGenuineGraceRequests"
        case .notification: "keyManagementServiceNotificationRequests"
        }
    }

    var synonyms: [String] {
        switch self {
        case .computer: ["psComputerName", "computerName", "machineName", "hostName", "host", "node", "__SERVER"]
        case .currentCount: ["currentCount"]
        case .port: ["listeningPort", "port"]
        case .publishes: ["dnsPublishing"]
        case .total: ["totalRequests"]
        case .failed: ["failedRequests"]
        case .readAt: ["timestamp", "date", "asOf"]
        default: []
        }
    }

    var isRequired: Bool { self == .currentCount }

    static func isKind(_ columns: Set<KMSHostColumn>) -> Bool {
        columns.isSuperset(of: [.computer, .currentCount])
    }
}

/// The state of KMS hosts, such as `Get-CimInstance SoftwareLicensingService -ComputerName … | Export-Csv` writes.
///
/// Sources: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingservice,
/// https://learn.microsoft.com/previous-versions/ff793441(v=technet.10) (a count of -1 is no host, or no request yet)
struct KMSHostContent: TableContent {
    static let title = "The state of KMS hosts"
    static let dates: [[KMSHostColumn]] = [[.readAt]]

    private let readAt: Timestamp?

    init(options: ReadOptions) { readAt = options.readAt }

    mutating func read(_ row: TableRow<KMSHostColumn>, into output: inout RecordOutput) throws {
        guard let computer = row.text(.computer).flatMap({ HostName($0) }) else {
            output.reject(
                "kms.host.computer", line: row.line, "The row names no computer.",
                remedy: "Export with -ComputerName, so that PSComputerName is filled, or add a column “computer”.")
            return
        }
        var record = KMSHostRecord(computer: computer.text)
        record.currentCount = number(row, .currentCount, into: &output)
        record.isEnabled = KMSHostContent.truth(row.text(.isEnabled))
        guard record.currentCount != nil || record.isEnabled == true else {
            output.skip(
                "kms.host.none", line: row.line, "The computer is no KMS host, or it had no request yet (count -1).",
                remedy: "Nothing is lost.")
            return
        }
        record.readAt = row.date([.readAt], into: &output) ?? readAt
        record.port = number(row, .port, into: &output)
        record.publishesInDNS = KMSHostContent.truth(row.text(.publishes))
        record.totalRequests = number(row, .total, into: &output)
        record.failedRequests = number(row, .failed, into: &output)
        record.version = row.text(.version)
        record.requestsByStatus = KMSHostColumn.byStatus.map { number(row, $0, into: &output) }
        if record.requestsByStatus.allSatisfy({ $0 == nil }) { record.requestsByStatus = [] }
        try output.emit(.kmsHost(record), line: row.line)
    }

    /// A number; nil when it is -1 or the 4294967295 that stands for it.
    private func number(
        _ row: TableRow<KMSHostColumn>, _ column: KMSHostColumn, into output: inout RecordOutput
    ) -> Int? {
        guard let text = row.text(column), text != "-1", text != "4294967295" else { return nil }
        guard let number = Int(digits: text) else {
            output.diagnostics.report(
                .warning, "kms.host.number", line: row.line,
                "The column “\(row.columns.title(column))” holds “\(cellForMessages(text))”, which is no number; it is "
                    + "left unknown.",
                remedy: "Export the properties unchanged.")
            return nil
        }
        return number
    }

    private static func truth(_ text: String?) -> Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }
}

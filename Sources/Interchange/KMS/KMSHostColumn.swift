/// What exports and captures say about a KMS host: properties of `SoftwareLicensingService`, by their names.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingservice
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

    /// Whether slmgr prints the value in the block of the host.
    var isOfBlock: Bool { ![.computer, .version, .readAt].contains(self) }

    static func isKind(_ columns: Set<KMSHostColumn>) -> Bool {
        columns.isSuperset(of: [.computer, .currentCount])
    }
}

import ActivationModel

/// What captures of licensing state say about a product: the properties of WMI's `SoftwareLicensingProduct`, by their
/// names, and where the computer and the time are told.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct
enum LicensingProperty: Int, TableColumn {
    case computer, psComputerName, server, node
    case id, applicationID, name, description, licenseFamily
    case partialProductKey, productKeyID, productKeyID2, productKeyChannel
    case licenseStatus, licenseStatusReason, gracePeriodRemaining, genuineStatus
    case installationID, clientMachineID
    case kmsMachine, kmsPort, discoveredKMSMachine, discoveredKMSPort
    case vlActivationType, vlActivationTypeEnabled
    case adObjectName, adObjectDN, adCsvlkPID, adCsvlkSkuID
    case trustedTime, evaluationEndDate, readAt

    var name: String {
        switch self {
        case .computer: "computer"
        case .psComputerName: "PSComputerName"
        case .server: "__SERVER"
        case .node: "Node"
        case .id: "ID"
        case .applicationID: "ApplicationID"
        case .name: "Name"
        case .description: "Description"
        case .licenseFamily: "LicenseFamily"
        case .partialProductKey: "PartialProductKey"
        case .productKeyID: "ProductKeyID"
        case .productKeyID2: "ProductKeyID2"
        case .productKeyChannel: "ProductKeyChannel"
        case .licenseStatus: "LicenseStatus"
        case .licenseStatusReason: "LicenseStatusReason"
        case .gracePeriodRemaining: "GracePeriodRemaining"
        case .genuineStatus: "GenuineStatus"
        case .installationID: "OfflineInstallationId"
        case .clientMachineID: "ClientMachineID"
        case .kmsMachine: "KeyManagementServiceMachine"
        case .kmsPort: "KeyManagementServicePort"
        case .discoveredKMSMachine: "DiscoveredKeyManagementServiceMachineName"
        case .discoveredKMSPort: "DiscoveredKeyManagementServiceMachinePort"
        case .vlActivationType: "VLActivationType"
        case .vlActivationTypeEnabled: "VLActivationTypeEnabled"
        case .adObjectName: "ADActivationObjectName"
        case .adObjectDN: "ADActivationObjectDN"
        case .adCsvlkPID: "ADActivationCsvlkPid"
        case .adCsvlkSkuID: "ADActivationCsvlkSkuId"
        case .trustedTime: "TrustedTime"
        case .evaluationEndDate: "EvaluationEndDate"
        case .readAt: "readAt"
        }
    }

    var synonyms: [String] {
        switch self {
        case .computer: ["computerName", "hostName", "host", "machine", "machineName", "fqdn", "dnsHostName"]
        case .server: ["serverName"]
        case .node: ["systemName", "csName"]
        case .id: ["activationID", "sku", "skuID"]
        case .productKeyID: ["extendedPID", "epid"]
        case .installationID: ["installationID"]
        case .readAt: ["capturedAt", "collectedAt", "timestamp"]
        default: []
        }
    }

    static func isKind(_ columns: Set<LicensingProperty>) -> Bool {
        columns.isSuperset(of: [.id, .licenseStatus])
            && !columns.isDisjoint(with: [.partialProductKey, .applicationID])
    }

    /// Where a row tells when its state was read, the most telling first.
    ///
    /// That `TrustedTime` is that moment is an inference: it is the clock that the licensing service goes by, and slmgr
    /// asks for it and prints it together with the state.
    static let captureTimes: [LicensingProperty] = [.readAt, .trustedTime]

    /// Where a row names its computer, the most telling first.
    static let computerProperties: [LicensingProperty] = [.computer, .psComputerName, .server, .node]

    /// How the values become fields of a product.
    static let fields: [(property: LicensingProperty, field: ProductField, meaning: CaptureValue.Meaning)] = [
        (.id, .sku, .guid), (.applicationID, .applicationID, .guid), (.name, .productName, .repeatedText),
        (.description, .productDescription, .repeatedText), (.licenseFamily, .licenseFamily, .repeatedText),
        (.partialProductKey, .partialProductKey, .partialKey), (.productKeyID, .productKeyID, .extendedPID),
        (.licenseStatus, .licenseStatus, .licenseStatus), (.licenseStatusReason, .licenseStatusReason, .errorCode),
        (.genuineStatus, .genuineStatus, .genuineStatus), (.installationID, .installationID, .installationID),
        (.clientMachineID, .cmid, .guid), (.vlActivationType, .vlActivationType, .activationType),
        (.vlActivationTypeEnabled, .vlActivationTypeEnabled, .activationType),
        (.adObjectName, .adActivationObjectName, .repeatedText), (.adObjectDN, .adActivationObjectDN, .repeatedText),
        (.adCsvlkPID, .adActivationCsvlkPid, .repeatedText), (.adCsvlkSkuID, .adActivationCsvlkSkuID, .guid),
    ]
}

import ActivationModel

/// The kinds of record in a `.cilx` file, in the order of Microsoft's schema.
///
/// Source: Cilx.xsd of the Windows ADK, Volume Activation Management Tool.
public enum CILXRecordKind: Int, CaseIterable, Sendable, Hashable, Comparable {
    case product = 0
    case availableProduct
    case productKey
    case client
    case forestActivation
    case clientSetupKey
    case application
    case keyTypeName
    case productMapping

    /// The element of one record.
    public var elementName: String { CILXRecordKind.table[rawValue].element }
    /// The element that holds the records of the kind.
    public var listName: String { CILXRecordKind.table[rawValue].list }
    /// The elements of a record, in the order of the schema. `ConfirmationId`, `OnlineHelpUri` and `KmsId` are not in the
    /// schema; the first is needed by the proxy workflow, the other two are in the data files of VAMT.
    public var leafNames: [String] { CILXRecordKind.table[rawValue].leaves }
    /// The attribute of `SoftwareLicensingData` that counts the records; nil for the kinds that are not counted.
    public var totalAttribute: String? { CILXRecordKind.table[rawValue].total }
    /// Whether the list stands in `VamtSystemData` and not in `SoftwareLicensingData`.
    public var isSystemData: Bool { self >= .clientSetupKey }

    public static func < (left: CILXRecordKind, right: CILXRecordKind) -> Bool { left.rawValue < right.rawValue }

    private static let table: [(element: String, list: String, total: String?, leaves: [String])] = [
        ("Product", "Products", "TotalProducts", ProductField.allCases.map(\.elementName)),
        (
            "AvailableProduct", "AvailableProducts", "TotalAvailableProducts",
            ["ApplicationName", "ApplicationId", "FullyQualifiedDomainName", "Sku", "SoftwareProtectionService"]
        ),
        (
            "ProductKey", "ProductKeys", "TotalProductKeys",
            [
                "KeyDescription", "KeyId", "KeyType", "KeyValue", "LastUpdate", "LastErrorCode", "RemainingActivations",
                "SupportedEditions", "SupportedSku", "UserRemarks", "KeyTypeName",
            ]
        ),
        (
            "VolumeActivationClient", "VolumeActivationClients", "TotalVolumeClients",
            [
                "FullyQualifiedDomainName", "DomainWorkgroupName", "IsKmsHost", "NetworkType", "OSEdition", "OSVersion",
            ]
        ),
        (
            "PendingActiveDirectoryForestActivation", "PendingActiveDirectoryForestActivations", nil,
            ["InstallationId", "ProductKeyId", "ProductKey", "ActivationObjectName", "ConfirmationId"]
        ),
        (
            "BuiltInGvlk", "SupportedGVLKs", nil,
            ["KeyDescription", "KeyId", "KeyValue", "SupportedEditions", "SupportedSku", "KeyType"]
        ),
        (
            "VolumeApplication", "SupportedVolumeApplications", nil,
            ["ApplicationId", "ApplicationName", "OnlineHelpUri"]
        ),
        ("ProductKeyTypeName", "SupportedProductKeyTypes", nil, ["KeyType", "KeyTypeName"]),
        (
            "ProductMapping", "ProductMappings", nil,
            [
                "Sku", "ApplicationId", "ProductName", "Edition", "VersionName", "ProductFamily", "SupportsAd", "KmsId",
            ]
        ),
    ]
}

/// The names around the records of VAMT's files, and the version that VAMT 3.x writes.
enum VAMTFormat {
    /// The root of a `.cilx` file.
    static let cilxRoot = "VolumeActivationManagementToolData"
    /// The root of a `.cil` file; in a `.cilx` file the part with the inventory.
    static let licensingData = "SoftwareLicensingData"
    /// The part of a `.cilx` file with VAMT's own lists.
    static let systemData = "VamtSystemData"
    /// `VamtVersion` of the files that VAMT 3.0 and 3.1 bring along.
    static let cilxVersion = "3.0.5.0"
    /// `Version` of a `.cil` file: the version of VAMT that the format belongs to. What VAMT 2.0 itself writes is not public.
    static let cilVersion = "2.0"
    /// Where Microsoft says that `.cilx` files must not be edited with another program.
    static let unsupportedSource =
        "https://learn.microsoft.com/windows/deployment/volume-activation/import-export-vamt-data"
}

extension InventoryRecord {
    /// The kind of the record in a `.cilx` file; nil for records that such a file cannot hold.
    public var cilxKind: CILXRecordKind? {
        switch self {
        case .product: .product
        case .availableProduct: .availableProduct
        case .key: .productKey
        case .client: .client
        case .forestActivation: .forestActivation
        case .clientSetupKey: .clientSetupKey
        case .application: .application
        case .keyTypeName: .keyTypeName
        case .productMapping: .productMapping
        case .account, .purchase, .update, .tag, .configuredProduct, .kmsEvent, .kmsHost, .activationObject, .group,
            .domain:
            nil
        }
    }
}

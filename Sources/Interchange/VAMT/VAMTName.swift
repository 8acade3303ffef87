import ActivationModel
import XMLStream

/// Every element and attribute name of `.cil` and `.cilx` files. The raw value is the name's symbol in the parser.
///
/// Invariant: the first cases are those of `ProductField`, in its order, so that a symbol below their number is the raw
/// value of a product field.
///
/// Source: Cilx.xsd and the service data of the Windows ADK, Volume Activation Management Tool; the help of VAMT 2.0.
enum VAMTName: Int, CaseIterable {
    case actionsAllowed = 0
    case applicationName, applicationID, cmid, exportGuid, fullyQualifiedDomainName, genuineStatus
    case graceExpirationDate, installationID, confirmationID, kmsHost, kmsPort, lastActionStatus, lastErrorCode
    case lastUpdated, licenseFamily, licenseStatus, licenseStatusLastUpdated, licenseStatusReason, partialProductKey
    case productDescription, productKeyID, productName, productKeyType, productVersion, sku, productKeyTypeName
    case licenseStatusText, genuineStatusText, resourceLanguage, softwareProtectionService, vlActivationType
    case vlActivationTypeEnabled, adActivationObjectName, adActivationObjectDN, adActivationCsvlkSkuID
    case adActivationCsvlkPid

    // Leaves of the other records.
    case keyDescription, keyID, keyType, keyValue, lastUpdate, remainingActivations, supportedEditions, supportedSku
    case userRemarks, keyTypeName, domainWorkgroupName, isKmsHost, networkType, osEdition, osVersion
    case activationObjectName, onlineHelpUri, edition, versionName, productFamily, supportsAd, kmsID

    // Records and what holds them. `ProductKey` is also a leaf, `ProductKeyTypeName` a record and a leaf.
    case root, newDataSet, softwareLicensingData, vamtSystemData
    case products, product, availableProducts, availableProduct, productKeys, productKey
    case volumeActivationClients, volumeActivationClient
    case pendingActivations, pendingActivation
    case supportedGVLKs, builtInGvlk, supportedVolumeApplications, volumeApplication, supportedProductKeyTypes
    case productMappings, productMapping

    // Attributes.
    case vamtVersion, serviceDataFileID, totalProducts, totalAvailableProducts, totalVolumeClients, totalProductKeys

    // `.cil` only.
    case computers, computer, macAddresses, macAddress, version, name, networkName, id

    /// The name as it is written into files.
    var text: String {
        if let field = ProductField(rawValue: rawValue) { return field.elementName }
        return switch self {
        case .keyDescription: "KeyDescription"
        case .keyID: "KeyId"
        case .keyType: "KeyType"
        case .keyValue: "KeyValue"
        case .lastUpdate: "LastUpdate"
        case .remainingActivations: "RemainingActivations"
        case .supportedEditions: "SupportedEditions"
        case .supportedSku: "SupportedSku"
        case .userRemarks: "UserRemarks"
        case .keyTypeName: "KeyTypeName"
        case .domainWorkgroupName: "DomainWorkgroupName"
        case .isKmsHost: "IsKmsHost"
        case .networkType: "NetworkType"
        case .osEdition: "OSEdition"
        case .osVersion: "OSVersion"
        case .activationObjectName: "ActivationObjectName"
        case .onlineHelpUri: "OnlineHelpUri"
        case .edition: "Edition"
        case .versionName: "VersionName"
        case .productFamily: "ProductFamily"
        case .supportsAd: "SupportsAd"
        case .kmsID: "KmsId"
        case .root: "VolumeActivationManagementToolData"
        case .newDataSet: "NewDataSet"
        case .softwareLicensingData: "SoftwareLicensingData"
        case .vamtSystemData: "VamtSystemData"
        case .products: "Products"
        case .product: "Product"
        case .availableProducts: "AvailableProducts"
        case .availableProduct: "AvailableProduct"
        case .productKeys: "ProductKeys"
        case .productKey: "ProductKey"
        case .volumeActivationClients: "VolumeActivationClients"
        case .volumeActivationClient: "VolumeActivationClient"
        case .pendingActivations: "PendingActiveDirectoryForestActivations"
        case .pendingActivation: "PendingActiveDirectoryForestActivation"
        case .supportedGVLKs: "SupportedGVLKs"
        case .builtInGvlk: "BuiltInGvlk"
        case .supportedVolumeApplications: "SupportedVolumeApplications"
        case .volumeApplication: "VolumeApplication"
        case .supportedProductKeyTypes: "SupportedProductKeyTypes"
        case .productMappings: "ProductMappings"
        case .productMapping: "ProductMapping"
        case .vamtVersion: "VamtVersion"
        case .serviceDataFileID: "ServiceDataFileId"
        case .totalProducts: "TotalProducts"
        case .totalAvailableProducts: "TotalAvailableProducts"
        case .totalVolumeClients: "TotalVolumeClients"
        case .totalProductKeys: "TotalProductKeys"
        case .computers: "Computers"
        case .computer: "Computer"
        case .macAddresses: "MacAddresses"
        case .macAddress: "MacAddress"
        case .version: "Version"
        case .name: "Name"
        case .networkName: "NetworkName"
        case .id: "Id"
        default: ""
        }
    }

    /// The names for a parser; a name's symbol is the raw value of its case.
    static let table = XMLNameTable(allCases.map(\.text), ignoringCase: true)

    /// Whether the element holds records or other holders.
    var isContainer: Bool {
        switch self {
        case .softwareLicensingData, .vamtSystemData, .products, .availableProducts, .productKeys,
            .volumeActivationClients, .pendingActivations, .supportedGVLKs, .supportedVolumeApplications,
            .supportedProductKeyTypes, .productMappings:
            true
        default: false
        }
    }
}

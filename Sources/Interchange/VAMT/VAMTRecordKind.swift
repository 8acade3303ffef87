import ActivationModel

/// The kinds of record in a `.cilx` file with their leaves.
///
/// Source: Cilx.xsd of the Windows ADK, Volume Activation Management Tool.
enum VAMTRecordKind: Int, CaseIterable {
    case product, availableProduct, productKey, client, forestActivation, clientSetupKey, application, keyTypeName
    case productMapping

    /// The kind whose records have that element name.
    init?(element: VAMTName) {
        switch element {
        case .product: self = .product
        case .availableProduct: self = .availableProduct
        case .productKey: self = .productKey
        case .volumeActivationClient: self = .client
        case .pendingActivation: self = .forestActivation
        case .builtInGvlk: self = .clientSetupKey
        case .volumeApplication: self = .application
        case .productKeyTypeName: self = .keyTypeName
        case .productMapping: self = .productMapping
        default: return nil
        }
    }

    /// The element name of a record.
    var element: VAMTName {
        switch self {
        case .product: .product
        case .availableProduct: .availableProduct
        case .productKey: .productKey
        case .client: .volumeActivationClient
        case .forestActivation: .pendingActivation
        case .clientSetupKey: .builtInGvlk
        case .application: .volumeApplication
        case .keyTypeName: .productKeyTypeName
        case .productMapping: .productMapping
        }
    }

    /// The leaves in the order of the schema.
    var leaves: [VAMTName] {
        switch self {
        case .product:
            ProductField.allCases.filter { $0 != .confirmationID }.compactMap { VAMTName(rawValue: $0.rawValue) }
        case .availableProduct:
            [.applicationName, .applicationID, .fullyQualifiedDomainName, .sku, .softwareProtectionService]
        case .productKey:
            [
                .keyDescription, .keyID, .keyType, .keyValue, .lastUpdate, .lastErrorCode, .remainingActivations,
                .supportedEditions, .supportedSku, .userRemarks, .keyTypeName,
            ]
        case .client:
            [.fullyQualifiedDomainName, .domainWorkgroupName, .isKmsHost, .networkType, .osEdition, .osVersion]
        case .forestActivation:
            [.installationID, .productKeyID, .productKey, .activationObjectName, .confirmationID]
        case .clientSetupKey: [.keyDescription, .keyID, .keyValue, .supportedEditions, .supportedSku, .keyType]
        case .application: [.applicationID, .applicationName]
        case .keyTypeName: [.keyType, .keyTypeName]
        case .productMapping:
            [.sku, .applicationID, .productName, .edition, .versionName, .productFamily, .supportsAd]
        }
    }

    /// Leaves that real files hold, or that the database needs, although the schema does not name them.
    var furtherLeaves: [VAMTName] {
        switch self {
        case .product: [.confirmationID]
        case .application: [.onlineHelpUri]
        case .productMapping: [.kmsID]
        default: []
        }
    }

    /// For every kind and symbol: the position in the schema, `further` or `none`.
    static let positions: [Int8] = {
        var positions = [Int8](repeating: none, count: allCases.count * VAMTName.allCases.count)
        for kind in allCases {
            for (position, leaf) in kind.leaves.enumerated() {
                positions[kind.rawValue * VAMTName.allCases.count + leaf.rawValue] = Int8(position)
            }
            for leaf in kind.furtherLeaves {
                positions[kind.rawValue * VAMTName.allCases.count + leaf.rawValue] = further
            }
        }
        return positions
    }()
    /// A leaf that has no place in the schema.
    static let further: Int8 = -1
    /// Not a leaf of the record.
    static let none: Int8 = -2
}

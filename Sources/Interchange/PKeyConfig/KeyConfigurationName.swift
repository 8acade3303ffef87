import XMLStream

/// The elements of a key configuration.
enum KeyConfigurationName: Int, CaseIterable {
    case root, configuration, keyRange, publicKey
    case actConfigID, refGroupID, editionID, productDescription, productKeyType, isRandomized
    case refActConfigID, partNumber, eulaType, isValid, start, end
    case groupID, algorithmID

    var text: String {
        switch self {
        case .root: "ProductKeyConfiguration"
        case .configuration: "Configuration"
        case .keyRange: "KeyRange"
        case .publicKey: "PublicKey"
        case .actConfigID: "ActConfigId"
        case .refGroupID: "RefGroupId"
        case .editionID: "EditionId"
        case .productDescription: "ProductDescription"
        case .productKeyType: "ProductKeyType"
        case .isRandomized: "IsRandomized"
        case .refActConfigID: "RefActConfigId"
        case .partNumber: "PartNumber"
        case .eulaType: "EulaType"
        case .isValid: "IsValid"
        case .start: "Start"
        case .end: "End"
        case .groupID: "GroupId"
        case .algorithmID: "AlgorithmId"
        }
    }
}

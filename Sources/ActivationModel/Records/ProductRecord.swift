/// The leaves of a `Product` in a `.cilx` file, in the order of Microsoft's schema, with `ConfirmationId`, which the
/// schema omits although the database and the proxy workflow need it, after `InstallationId`.
///
/// Source: Cilx.xsd and VamtSchema.sql of the Windows ADK, Volume Activation Management Tool.
public enum ProductField: Int, CaseIterable, Sendable, Hashable {
    case actionsAllowed = 0
    case applicationName, applicationID, cmid, exportGuid, fullyQualifiedDomainName, genuineStatus
    case graceExpirationDate, installationID, confirmationID, kmsHost, kmsPort, lastActionStatus, lastErrorCode
    case lastUpdated, licenseFamily, licenseStatus, licenseStatusLastUpdated, licenseStatusReason, partialProductKey
    case productDescription, productKeyID, productName, productKeyType, productVersion, sku, productKeyTypeName
    case licenseStatusText, genuineStatusText, resourceLanguage, softwareProtectionService, vlActivationType
    case vlActivationTypeEnabled, adActivationObjectName, adActivationObjectDN, adActivationCsvlkSkuID
    case adActivationCsvlkPid

    /// How the text of a leaf is understood.
    public enum Kind: Sendable, Hashable {
        /// Text that is much the same on many computers; readers intern it.
        case repeatedText
        /// Text that differs from computer to computer.
        case uniqueText
        /// A decimal number.
        case number
        /// An identifier in any form.
        case guid
        /// A date as .NET writes it.
        case timestamp
        /// A number or name of `KeyType`.
        case keyType
        /// A number or name of `LicenseStatus`.
        case licenseStatus
        /// A number or name of `GenuineStatus`.
        case genuineStatus
        /// A number or name of `VLActivationType`.
        case vlActivationType
    }

    /// The element's name in a `.cilx` file.
    public var elementName: String { ProductField.table[rawValue].name }
    /// How the text is understood.
    public var kind: Kind { ProductField.table[rawValue].kind }

    private static let table: [(name: String, kind: Kind)] = [
        ("ActionsAllowed", .number), ("ApplicationName", .repeatedText), ("ApplicationId", .guid), ("CMID", .guid),
        ("ExportGuid", .guid), ("FullyQualifiedDomainName", .uniqueText), ("GenuineStatus", .genuineStatus),
        ("GraceExpirationDate", .timestamp), ("InstallationId", .uniqueText), ("ConfirmationId", .uniqueText),
        ("KmsHost", .repeatedText), ("KmsPort", .number), ("LastActionStatus", .repeatedText),
        ("LastErrorCode", .number), ("LastUpdated", .timestamp), ("LicenseFamily", .repeatedText),
        ("LicenseStatus", .licenseStatus), ("LicenseStatusLastUpdated", .timestamp), ("LicenseStatusReason", .number),
        ("PartialProductKey", .repeatedText), ("ProductDescription", .repeatedText), ("ProductKeyId", .uniqueText),
        ("ProductName", .repeatedText), ("ProductKeyType", .keyType), ("ProductVersion", .repeatedText),
        ("Sku", .guid), ("ProductKeyTypeName", .repeatedText), ("LicenseStatusText", .repeatedText),
        ("GenuineStatusText", .repeatedText), ("ResourceLanguage", .repeatedText),
        ("SoftwareProtectionService", .repeatedText), ("VLActivationType", .vlActivationType),
        ("VLActivationTypeEnabled", .vlActivationType), ("AdActivationObjectName", .repeatedText),
        ("AdActivationObjectDN", .repeatedText), ("AdActivationCsvlkSkuId", .guid),
        ("AdActivationCsvlkPid", .repeatedText),
    ]
}

/// The value of one leaf: understood, or kept as it was written.
///
/// Values of a value set (`KeyType`, `LicenseStatus` …) are stored as `number`. A leaf of another kind than text that
/// could not be understood is stored as `text`, exactly as it was written.
public enum FieldValue: Hashable, Sendable {
    /// Absent or empty: unknown.
    case missing
    /// Text, or a value that was not understood.
    case text(String)
    /// A number or a member of a value set.
    case number(Int64)
    /// An identifier.
    case guid(GUID)
    /// An instant.
    case timestamp(Timestamp)

    /// Whether nothing is known.
    public var isMissing: Bool { if case .missing = self { true } else { false } }
}

/// One installed product of one computer, as a file tells it.
public struct ProductRecord: Hashable, Sendable {
    /// The computer; its name is also the value of `.fullyQualifiedDomainName`.
    public var computer: ComputerIdentity
    private var values: [FieldValue]

    /// Makes a record in which only the computer is known.
    public init(computer: ComputerIdentity) {
        self.computer = computer
        values = Array(repeating: .missing, count: ProductField.allCases.count)
        if let name = computer.name { values[ProductField.fullyQualifiedDomainName.rawValue] = .text(name) }
    }

    /// The value of a leaf.
    public subscript(field: ProductField) -> FieldValue {
        get { values[field.rawValue] }
        set { values[field.rawValue] = newValue }
    }

    /// The text of a leaf; nil when it is missing or was understood as something else.
    public func text(_ field: ProductField) -> String? {
        if case .text(let text) = values[field.rawValue] { text } else { nil }
    }
    /// The number of a leaf, or nil.
    public func number(_ field: ProductField) -> Int64? {
        if case .number(let number) = values[field.rawValue] { number } else { nil }
    }
    /// The identifier of a leaf, or nil.
    public func guid(_ field: ProductField) -> GUID? {
        if case .guid(let guid) = values[field.rawValue] { guid } else { nil }
    }
    /// The instant of a leaf, or nil.
    public func timestamp(_ field: ProductField) -> Timestamp? {
        if case .timestamp(let instant) = values[field.rawValue] { instant } else { nil }
    }

    /// The application, which with the SKU tells a computer's products apart.
    public var applicationID: GUID? { guid(.applicationID) }
    /// The SKU: the activation id.
    public var sku: GUID? { guid(.sku) }
    /// The licence state, if it was understood.
    public var licenseStatus: LicenseStatus? { number(.licenseStatus).flatMap { LicenseStatus(rawValue: Int($0)) } }
    /// The key type, if it was understood.
    public var keyType: KeyType? { number(.productKeyType).flatMap { KeyType(rawValue: Int($0)) } }
}

/// Which modes keep one field of VAMT's files, and why.
public struct ExportRule: Sendable, Hashable {
    /// What a field tells.
    public enum Content: Sendable, Hashable {
        /// Nothing about whose computer it is: kept by every mode.
        case impersonal
        /// Something about the computer, its network or its user: left out of proxy exports.
        case personal
        /// A product key: kept by full exports only.
        case key
    }

    /// What an impersonal text must look like to be trusted in a proxy export: a text of another form could be anything,
    /// such as a name that was entered in the wrong place.
    public enum Form: Sendable, Hashable {
        /// A number, an identifier, a date or a member of a value set that was understood.
        case understood
        /// Digits, with blanks and hyphens between.
        case digits
        /// Digits, `X`, hyphens and dots.
        case productID
        /// Five letters or digits.
        case partialKey
        /// Any text: the names of products and key types.
        case productText
    }

    /// The element that holds the field: a record of a `.cilx` file, or `Computer` of a `.cil` file.
    public let record: String
    /// The field's element or attribute.
    public let field: String
    /// What the field tells.
    public let content: Content
    /// What the text must look like in a proxy export.
    public let form: Form
    /// Why.
    public let reason: String

    /// Whether exports of a mode hold the field.
    public func keeps(in mode: ExportMode) -> Bool {
        switch mode {
        case .full: true
        case .withoutKeys: content != .key
        case .proxy: content == .impersonal
        }
    }

    private init(
        _ record: String, _ field: String, _ content: Content, _ form: Form, _ reason: String
    ) {
        self.record = record
        self.field = field
        self.content = content
        self.form = form
        self.reason = reason
    }

    /// The rule of a field of a `.cilx` record.
    static func rule(of field: Int, in kind: CILXRecordKind) -> ExportRule { cilx[kind.rawValue][field] }

    /// Every field of every record of a `.cilx` file, in the order of the schema.
    public static let cilx: [[ExportRule]] = CILXRecordKind.allCases.map { kind in
        let record = kind.elementName
        return switch kind {
        case .product: product.map { ExportRule(record, $0.0, $0.1, $0.2, $0.3) }
        case .forestActivation: forestActivation.map { ExportRule(record, $0.0, $0.1, $0.2, $0.3) }
        default: kind.leafNames.map { ExportRule(record, $0, content(of: kind), .productText, reason(of: kind)) }
        }
    }

    /// Every field of a computer in a `.cil` file, as its "secure" export treats them.
    ///
    /// Source: https://systemscenter.ru/vamthelp.en/html/bcf13d68-07f3-41cc-b393-4246ed50ecac.htm
    public static let cilComputer: [ExportRule] = [
        ExportRule("Computer", "Name", .personal, .productText, "names the computer"),
        ExportRule("Computer", "OSVersion", .personal, .productText, "dropped by VAMT 2.0's own secure export"),
        ExportRule("Computer", "OSEdition", .personal, .productText, "dropped by VAMT 2.0's own secure export"),
        ExportRule(
            "Computer", "NetworkType", .personal, .productText, "written as None by VAMT 2.0's own secure export"),
        ExportRule("Computer", "NetworkName", .personal, .productText, "names the domain or workgroup"),
        ExportRule("Computer", "Id", .impersonal, .understood, "links the file to the list that it came from"),
        ExportRule("Computer", "MacAddress", .personal, .productText, "identifies the hardware"),
    ]

    /// What a whole record tells where all of its fields are alike.
    static func content(of kind: CILXRecordKind) -> Content {
        switch kind {
        case .productKey, .clientSetupKey: .key
        case .availableProduct, .client: .personal
        case .product, .forestActivation, .application, .keyTypeName, .productMapping: .impersonal
        }
    }

    private static func reason(of kind: CILXRecordKind) -> String {
        switch kind {
        case .productKey: "product keys and what is known about them"
        case .clientSetupKey: "a key; VAMT brings its own list of client set-up keys"
        case .availableProduct: "says nothing without the computer's name"
        case .client: "describes a computer by name"
        case .application, .keyTypeName, .productMapping: "VAMT's own lists, the same everywhere"
        case .product, .forestActivation: ""
        }
    }

    private static let product: [(String, Content, Form, String)] = [
        ("ActionsAllowed", .impersonal, .understood, "says what VAMT may do with the product"),
        ("ApplicationName", .impersonal, .productText, "tells Windows and Office apart"),
        ("ApplicationId", .impersonal, .understood, "part of the product's identity"),
        ("CMID", .personal, .understood, "identifies one machine to its KMS host"),
        ("ExportGuid", .impersonal, .understood, "links the product to its inventory on the way back"),
        ("FullyQualifiedDomainName", .personal, .productText, "names the computer"),
        ("GenuineStatus", .impersonal, .understood, "state of the licence"),
        ("GraceExpirationDate", .impersonal, .understood, "state of the licence"),
        ("InstallationId", .impersonal, .digits, "the confirmation id is asked for with it"),
        ("ConfirmationId", .impersonal, .digits, "what proxy activation brings back"),
        ("KmsHost", .personal, .productText, "names a computer"),
        ("KmsPort", .personal, .understood, "part of the network's configuration"),
        ("LastActionStatus", .personal, .productText, "free text, which may name a computer"),
        ("LastErrorCode", .impersonal, .understood, "result of the last action"),
        ("LastUpdated", .impersonal, .understood, "age of what the row says"),
        ("LicenseFamily", .impersonal, .productText, "the edition that the licence is for"),
        ("LicenseStatus", .impersonal, .understood, "state of the licence"),
        ("LicenseStatusLastUpdated", .impersonal, .understood, "age of the state"),
        ("LicenseStatusReason", .impersonal, .understood, "state of the licence"),
        ("PartialProductKey", .impersonal, .partialKey, "tells the keys apart without revealing one"),
        ("ProductDescription", .impersonal, .productText, "describes the product"),
        ("ProductKeyId", .impersonal, .productID, "the confirmation id is asked for with it"),
        ("ProductName", .impersonal, .productText, "describes the product"),
        ("ProductKeyType", .impersonal, .understood, "only MAK products are activated by proxy"),
        ("ProductVersion", .personal, .productText, "the version of the computer's operating system"),
        ("Sku", .impersonal, .understood, "part of the product's identity"),
        ("ProductKeyTypeName", .impersonal, .productText, "only MAK products are activated by proxy"),
        ("LicenseStatusText", .personal, .productText, "repeats a number in the computer's language"),
        ("GenuineStatusText", .personal, .productText, "repeats a number in the computer's language"),
        ("ResourceLanguage", .personal, .productText, "the computer's language"),
        ("SoftwareProtectionService", .personal, .productText, "not needed; its values are not public"),
        ("VLActivationType", .impersonal, .understood, "state of the licence"),
        ("VLActivationTypeEnabled", .impersonal, .understood, "state of the licence"),
        ("AdActivationObjectName", .personal, .productText, "names an object of the organisation's directory"),
        ("AdActivationObjectDN", .personal, .productText, "names an object of the organisation's directory"),
        ("AdActivationCsvlkSkuId", .personal, .understood, "describes the organisation's directory"),
        ("AdActivationCsvlkPid", .personal, .productText, "describes the organisation's directory"),
    ]

    private static let forestActivation: [(String, Content, Form, String)] = [
        ("InstallationId", .impersonal, .digits, "the confirmation id is asked for with it"),
        ("ProductKeyId", .impersonal, .productID, "the confirmation id is asked for with it"),
        ("ProductKey", .key, .productText, "a full product key"),
        ("ActivationObjectName", .personal, .productText, "names an object of the organisation's directory"),
        ("ConfirmationId", .impersonal, .digits, "what proxy activation brings back"),
    ]
}

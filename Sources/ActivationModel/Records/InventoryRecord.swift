/// What readers make of the rows of a file, and what the inventory merges.
public enum InventoryRecord: Hashable, Sendable {
    case client(ClientRecord)
    case product(ProductRecord)
    case availableProduct(AvailableProductRecord)
    // The two large ones lie behind a reference, so that the millions of others are cheap to move.
    indirect case key(KeyRecord)
    indirect case account(DirectoryRecord)
    case purchase(PurchaseRecord)
    case update(UpdateRecord)
    case tag(TagRecord)
    case forestActivation(ForestActivationRecord)
    case clientSetupKey(ClientSetupKeyRecord)
    case application(ApplicationRecord)
    case keyTypeName(KeyTypeNameRecord)
    case productMapping(ProductMappingRecord)
    indirect case configuredProduct(ConfiguredProduct)
    indirect case kmsEvent(KMSEventRecord)
    indirect case kmsHost(KMSHostRecord)
    indirect case activationObject(ActivationObjectRecord)
    indirect case group(GroupRecord)
    case domain(DomainRecord)
}

/// A record and the line it starts on.
public struct LocatedRecord: Hashable, Sendable {
    /// The line in the file, from 1.
    public var line: Int
    /// What the row says.
    public var record: InventoryRecord

    /// Makes a located record.
    public init(line: Int, record: InventoryRecord) {
        self.line = line
        self.record = record
    }
}

/// One computer as VAMT knows it: a `VolumeActivationClient` of a `.cilx` file or a `Computer` of a `.cil` file.
public struct ClientRecord: Hashable, Sendable {
    /// Which computer.
    public var computer: ComputerIdentity
    /// Operating system edition as written.
    public var osEdition: String?
    /// Operating system version as written, such as `6.1.7601`.
    public var osVersion: String?
    /// Network type as written when it is none of the known values.
    public var networkTypeText: String?
    /// Whether the computer is a KMS host.
    public var isKMSHost: Bool?
    /// Hardware addresses, each once, in the order of the file.
    public var macAddresses: [MACAddress]

    /// Makes a record.
    public init(
        computer: ComputerIdentity, osEdition: String? = nil, osVersion: String? = nil, networkTypeText: String? = nil,
        isKMSHost: Bool? = nil, macAddresses: [MACAddress] = []
    ) {
        self.computer = computer
        self.osEdition = osEdition
        self.osVersion = osVersion
        self.networkTypeText = networkTypeText
        self.isKMSHost = isKMSHost
        self.macAddresses = macAddresses
    }
}

/// A SKU that a computer could hold: `AvailableProduct` of a `.cilx` file.
public struct AvailableProductRecord: Hashable, Sendable {
    /// Which computer.
    public var computer: ComputerIdentity
    public var applicationName: String?
    public var applicationID: GUID?
    public var sku: GUID?
    public var softwareProtectionService: String?

    /// Makes a record.
    public init(
        computer: ComputerIdentity, applicationName: String? = nil, applicationID: GUID? = nil, sku: GUID? = nil,
        softwareProtectionService: String? = nil
    ) {
        self.computer = computer
        self.applicationName = applicationName
        self.applicationID = applicationID
        self.sku = sku
        self.softwareProtectionService = softwareProtectionService
    }
}

/// A product key and, where known, what is left on it: `ProductKey` of a `.cilx` file or a row of a key table.
public struct KeyRecord: Hashable, Sendable {
    /// The whole key, if the file holds it. It never prints itself.
    public var productKey: ProductKey?
    /// The last five characters; always set when `productKey` is.
    public var partialKey: PartialProductKey?
    /// The extended PID as written (`KeyId`).
    public var extendedPID: String?
    public var keyType: KeyType?
    /// The key type as written when it is none of the known values.
    public var keyTypeText: String?
    public var description: String?
    public var supportedEditions: String?
    /// The SKU that the export says the key is for: the activation id.
    public var supportedSKU: GUID?
    public var remarks: String?
    /// Activations left; nil is unknown. VAMT's -1 is unknown, too.
    public var remaining: Int?
    /// When `remaining` was read.
    public var readAt: Timestamp?
    public var lastErrorCode: Int64?
    /// The ESU program that a key table names for the key, such as `windows-7`.
    public var program: String?
    /// The year of that program, from 1.
    public var year: Int?
    /// The agreements under which the key stands, in the order of the row.
    public var agreements: [String] = []

    /// Makes a record in which nothing is known.
    public init() {}
}

/// One computer account of Active Directory.
public struct DirectoryRecord: Hashable, Sendable {
    public var objectGUID: GUID?
    /// `S-1-5-…`
    public var sid: String?
    public var dnsHostName: String?
    /// The account name with its final `$` removed.
    public var samAccountName: String?
    public var name: String?
    public var distinguishedName: String?
    public var operatingSystem: String?
    public var operatingSystemVersion: String?
    public var operatingSystemServicePack: String?
    public var enabled: Bool?
    public var deleted: Bool?
    /// When the account was deleted; nil when it is not, or when the file does not say.
    public var deletedAt: Timestamp?
    /// Replicated logon time (`lastLogonTimestamp`), up to 14 days behind by design.
    public var lastLogon: Timestamp?
    public var passwordLastSet: Timestamp?
    public var created: Timestamp?
    public var location: String?
    public var description: String?
    /// `userAccountControl`
    public var accountControl: Int64?
    public var primaryGroupID: Int64?
    /// Distinguished names of the groups the account is a direct member of; nil when the file does not say.
    public var memberOf: [String]?
    public var servicePrincipalNames: [String]?
    /// The NetBIOS name of the domain, where the row says it.
    public var domain: String?
    /// The DNS name of the domain in lower case, where the row says it and no distinguished name does.
    public var dnsDomain: String?

    /// Makes a record in which nothing is known.
    public init() {}
}

/// One line of the purchase ledger.
public struct PurchaseRecord: Hashable, Sendable {
    /// Program identifier such as `windows-7`.
    public var program: String
    /// Program year, from 1.
    public var year: Int
    /// Licences bought; negative for a return.
    public var quantity: Int
    /// `VL` or `CSP`
    public var channel: String?
    public var agreement: String?
    public var orderDate: Day?

    /// Makes a record.
    public init(
        program: String, year: Int, quantity: Int, channel: String? = nil, agreement: String? = nil,
        orderDate: Day? = nil
    ) {
        self.program = program
        self.year = year
        self.quantity = quantity
        self.channel = channel
        self.agreement = agreement
        self.orderDate = orderDate
    }
}

/// One installed update of one computer.
public struct UpdateRecord: Hashable, Sendable {
    public var computer: ComputerIdentity
    /// The number of the knowledge base article: 4538483 for KB4538483.
    public var kb: Int
    public var installedOn: Day?

    /// Makes a record.
    public init(computer: ComputerIdentity, kb: Int, installedOn: Day? = nil) {
        self.computer = computer
        self.kb = kb
        self.installedOn = installedOn
    }
}

/// What people add by hand about a computer. A computer may have several.
public struct TagRecord: Hashable, Sendable {
    public var computer: ComputerIdentity
    public var tag: String?
    /// `physical`, `vm`, `vdi`, `azure`, `avd`, `windows365` …
    public var hosting: String?
    /// Number of endpoints that reach a VDI machine.
    public var endpoints: Int?
    /// The activation route: `online`, `proxy`, `phone`.
    public var route: String?

    /// Makes a record.
    public init(
        computer: ComputerIdentity, tag: String? = nil, hosting: String? = nil, endpoints: Int? = nil,
        route: String? = nil
    ) {
        self.computer = computer
        self.tag = tag
        self.hosting = hosting
        self.endpoints = endpoints
        self.route = route
    }
}

/// `PendingActiveDirectoryForestActivation` of a `.cilx` file.
public struct ForestActivationRecord: Hashable, Sendable {
    public var installationID: String?
    public var productKeyID: String?
    public var productKey: ProductKey?
    public var activationObjectName: String?
    public var confirmationID: String?

    /// Makes a record in which nothing is known.
    public init() {}
}

/// `BuiltInGvlk` of the system data in a `.cilx` file: a KMS client set-up key.
public struct ClientSetupKeyRecord: Hashable, Sendable {
    public var description: String?
    public var keyID: String?
    public var productKey: ProductKey?
    public var partialKey: PartialProductKey?
    public var supportedEditions: String?
    public var supportedSKU: GUID?
    public var keyType: KeyType?

    /// Makes a record in which nothing is known.
    public init() {}
}

/// `VolumeApplication` of the system data in a `.cilx` file.
public struct ApplicationRecord: Hashable, Sendable {
    public var applicationID: GUID?
    public var name: String?
    public var onlineHelpURI: String?

    /// Makes a record in which nothing is known.
    public init() {}
}

/// `ProductKeyTypeName` of the system data in a `.cilx` file.
public struct KeyTypeNameRecord: Hashable, Sendable {
    public var keyType: Int?
    public var name: String?

    /// Makes a record in which nothing is known.
    public init() {}
}

/// `ProductMapping` of the system data in a `.cilx` file.
public struct ProductMappingRecord: Hashable, Sendable {
    public var sku: GUID?
    public var applicationID: GUID?
    public var productName: String?
    public var edition: String?
    public var versionName: String?
    public var productFamily: String?
    public var supportsAD: Bool?
    public var kmsID: GUID?

    /// Makes a record in which nothing is known.
    public init() {}
}

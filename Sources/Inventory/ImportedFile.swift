import ActivationModel

/// A file that is imported, as the journal remembers it.
public struct ImportedFile: Hashable, Sendable {
    /// The file as the user named it; every fact taken from it names this.
    public var name: String
    /// The format as JSON documents and the command line spell it, such as `cilx`.
    public var format: String
    /// The size in bytes, where known.
    public var bytes: Int64?
    /// SHA-256 of the content in lower-case hexadecimal digits, where known.
    public var sha256: String?
    /// When the import was started; the caller says it.
    public var at: Timestamp
    /// Whether the file is a list of all there is, read to its end; nil where that cannot be known.
    public var isComplete: Bool?

    /// Makes a file.
    public init(
        name: String, format: String, bytes: Int64? = nil, sha256: String? = nil, at: Timestamp,
        isComplete: Bool? = nil
    ) {
        self.isComplete = isComplete
        self.name = name
        self.format = format
        self.bytes = bytes
        self.sha256 = sha256
        self.at = at
    }
}

extension ImportedFile {
    /// Whether this is a table of purchases or tags with a name of its own: it is the authority for its rows, so its newest
    /// version replaces those before. What comes through standard input has no name by which it could be known again.
    var isHandMadeTable: Bool { (format == "purchases" || format == "tags") && name != "-" }
}

/// The kinds of record that the inventory holds, in the order in which they are exported.
///
/// The order of the first ten is that of Microsoft's schema of `.cilx` files.
public enum RecordKind: String, Sendable, Hashable, CaseIterable {
    case product, availableProduct, key, client, forestActivation
    case clientSetupKey, application, keyTypeName, productMapping
    case account, purchase, update, tag
    case configuredProduct
    case kmsEvent, kmsHost, activationObject
    case group, domain
}

extension InventoryRecord {
    /// The kind of the record.
    public var kind: RecordKind {
        switch self {
        case .client: .client
        case .product: .product
        case .availableProduct: .availableProduct
        case .key: .key
        case .account: .account
        case .purchase: .purchase
        case .update: .update
        case .tag: .tag
        case .configuredProduct: .configuredProduct
        case .kmsEvent: .kmsEvent
        case .kmsHost: .kmsHost
        case .activationObject: .activationObject
        case .group: .group
        case .domain: .domain
        case .forestActivation: .forestActivation
        case .clientSetupKey: .clientSetupKey
        case .application: .application
        case .keyTypeName: .keyTypeName
        case .productMapping: .productMapping
        }
    }
}

/// What an import did.
///
/// Invariant: `taken + unchanged + rejected` is the number of records that the store was given.
public struct ImportOutcome: Sendable, Hashable {
    /// Records that changed the inventory.
    public var taken = 0
    /// Records that said nothing new.
    public var unchanged = 0
    /// Records that could not be used; each has a diagnostic that says why.
    public var rejected = 0
    /// Records that were taken or unchanged, by kind.
    public var records: [RecordKind: Int] = [:]
    /// Readings of a remaining count among the keys.
    public var readings = 0
    /// What the merge found in this file.
    public var diagnostics: [Diagnostic] = []

    /// Makes an outcome of nothing.
    public init() {}

    /// Computers of VAMT and computer accounts of the directory.
    public var computers: Int { records[.client, default: 0] + records[.account, default: 0] }
    public var products: Int { records[.product, default: 0] }
    public var keys: Int { records[.key, default: 0] }
    public var updates: Int { records[.update, default: 0] }
    public var purchases: Int { records[.purchase, default: 0] }
    public var tags: Int { records[.tag, default: 0] }
    /// Products of key configuration files.
    public var configuredProducts: Int { records[.configuredProduct, default: 0] }
}

/// One import of the past.
public struct JournalEntry: Sendable, Hashable {
    /// The number of the import in this store, from 1.
    public var number: Int64
    /// The file.
    public var file: ImportedFile
    /// Records that changed the inventory.
    public var taken: Int
    /// Records that said nothing new.
    public var unchanged: Int
    /// Records that could not be used.
    public var rejected: Int
}

/// The merged inventory at one moment, laid out for planning: numbers and shared texts instead of strings per computer.
///
/// Invariants: `computers` are ordered by name, then by what tells equal names apart, the same on every machine and
/// whatever order the files were imported in; every range of a computer lies within the array it points into; products
/// of a computer are ordered by application, then SKU.
public struct Fleet: Sendable {
    /// All texts.
    public var texts: TextPool
    /// The files that facts came from; `SourceID` is a position in this array.
    public var sources: [String]
    public var computers: [Computer]
    public var products: [Product]
    public var updates: [InstalledUpdate]
    /// Distinguished names of groups, per computer.
    public var groups: [TextID]
    /// Which groups are members of which.
    public var nesting: GroupNesting
    /// Tags, per computer.
    public var tags: [TextID]
    /// Keys ordered by id.
    public var keys: [LicenseKey]
    /// The purchase ledger, ordered by program, year, agreement, date and place.
    public var purchases: [Purchase]
    /// What the merge found: duplicates, conflicts, names that fit several computers.
    public var findings: [Diagnostic]

    /// Makes an empty fleet.
    public init() {
        texts = TextPool()
        sources = []
        computers = []
        products = []
        updates = []
        groups = []
        nesting = GroupNesting()
        tags = []
        keys = []
        purchases = []
        findings = []
    }

    /// The text of an id; nil when unknown or withheld.
    public subscript(text: TextID) -> String? { texts[text] }
    /// The products of a computer.
    public func products(of computer: Computer) -> ArraySlice<Product> { products[computer.products.range] }
    /// The installed updates of a computer, ordered by KB number.
    public func updates(of computer: Computer) -> ArraySlice<InstalledUpdate> { updates[computer.updates.range] }
    /// The groups that a computer is a direct member of, as it or a list of groups tells; `nesting` tells the groups above them.
    public func groups(of computer: Computer) -> ArraySlice<TextID> { groups[computer.groups.range] }
    /// The tags of a computer.
    public func tags(of computer: Computer) -> ArraySlice<TextID> { tags[computer.tags.range] }
    /// The place a fact came from, if it is known.
    public func reference(_ place: Place) -> SourceReference? {
        place.source < 0 ? nil : SourceReference(file: sources[Int(place.source)], line: Int(place.line))
    }
}

/// A file (position in `Fleet.sources`) and a line; -1 for "no file says this".
public struct Place: Hashable, Sendable {
    public var source: Int32
    public var line: Int32

    /// Makes a place.
    public init(source: Int32, line: Int32) {
        self.source = source
        self.line = line
    }
    /// No file says this.
    public static let none = Place(source: -1, line: 0)
}

/// A run of positions in one of the fleet's arrays, 8 bytes.
public struct Run: Hashable, Sendable {
    public var start: UInt32
    public var count: UInt32

    /// Makes a run.
    public init(start: Int, count: Int) {
        self.start = UInt32(start)
        self.count = UInt32(count)
    }
    /// No positions.
    public static let empty = Run(start: 0, count: 0)
    /// The positions.
    public var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// Yes, no or unknown, in one byte.
public enum Tristate: UInt8, Sendable, Hashable {
    case unknown, no, yes

    /// Makes a state from an optional.
    public init(_ value: Bool?) { self = value.map { $0 ? .yes : .no } ?? .unknown }
    /// The state as an optional.
    public var value: Bool? { self == .unknown ? nil : self == .yes }
}

/// One computer: what VAMT and the directory say about it, joined.
public struct Computer: Sendable, Hashable {
    /// The name by which the computer is shown and ordered: the FQDN in lower case, else the single name.
    public var name: TextID = .none
    /// FQDN in lower case, if known.
    public var fqdn: TextID = .none
    /// Domain or workgroup as recorded.
    public var network: TextID = .none
    /// VAMT's GUID of the computer, for `.cil` files.
    public var vamtID: GUID?

    // What VAMT says.
    public var vamtOSEdition: TextID = .none
    public var vamtOSVersion: TextID = .none
    public var isKMSHost: Tristate = .unknown
    public var vamtPlace: Place = .none

    // What the directory says.
    public var objectGUID: GUID?
    /// `operatingSystem` as written.
    public var operatingSystem: TextID = .none
    /// `operatingSystemVersion` as written.
    public var operatingSystemVersion: TextID = .none
    /// `operatingSystemServicePack` as written.
    public var operatingSystemServicePack: TextID = .none
    /// The distinguished name of the container: the DN without its first component.
    public var organizationalUnit: TextID = .none
    public var location: TextID = .none
    public var enabled: Tristate = .unknown
    public var deleted: Tristate = .unknown
    /// The account was replaced by a newer account with the same DNS name.
    public var superseded: Bool = false
    public var lastLogon: Timestamp?
    public var passwordLastSet: Timestamp?
    public var created: Timestamp?
    /// `userAccountControl`; -1 when unknown.
    public var accountControl: Int32 = -1
    public var directoryPlace: Place = .none

    // What people say.
    /// `physical`, `vm`, `vdi`, `azure` … in lower case.
    public var hosting: TextID = .none
    public var route: TextID = .none
    /// Number of endpoints that reach a VDI machine; -1 when unknown.
    public var endpoints: Int32 = -1
    public var tagPlace: Place = .none

    public var products: Run = .empty
    public var updates: Run = .empty
    public var groups: Run = .empty
    public var tags: Run = .empty

    /// Makes a computer of which nothing is known.
    public init() {}

    /// The newest sign of life the directory shows: the newest of logon, password change and creation.
    ///
    /// Source: the rule of PingCastle's computer export, https://github.com/netwrix/pingcastle
    public var lastSeen: Timestamp? { [lastLogon, passwordLastSet, created].compactMap { $0 }.max() }
}

/// One product of one computer, as far as planning and reports need it.
public struct Product: Sendable, Hashable {
    public var applicationID: GUID?
    /// The SKU: the activation id.
    public var sku: GUID?
    public var name: TextID = .none
    public var description: TextID = .none
    /// `LicenseFamily`: the edition.
    public var family: TextID = .none
    /// `ProductVersion`
    public var version: TextID = .none
    public var partialKey: TextID = .none
    /// Withheld, as the two that follow, where the fleet was loaded for planning.
    public var extendedPID: TextID = .none
    public var installationID: TextID = .none
    public var confirmationID: TextID = .none
    /// The licence state as written, when it is none of the known values.
    public var statusText: TextID = .none
    public var statusUpdated: Timestamp?
    public var lastErrorCode: Int64?
    public var place: Place = .none
    public var status: LicenseStatus?
    public var keyType: KeyType?

    /// Makes a product of which nothing is known.
    public init() {}
}

/// One installed update of one computer.
public struct InstalledUpdate: Sendable, Hashable {
    /// The number of the knowledge base article.
    public var kb: Int32
    public var installedOn: Day?
    public var place: Place

    /// Makes an installed update.
    public init(kb: Int32, installedOn: Day?, place: Place) {
        self.kb = kb
        self.installedOn = installedOn
        self.place = place
    }
}

/// A product key of the inventory with all readings of what is left on it.
public struct LicenseKey: Sendable, Hashable {
    /// Stable inside the inventory and independent of the order of imports.
    public var id: String
    public var partialKey: PartialProductKey?
    public var extendedPID: ExtendedPID?
    /// The extended PID as written, also when it cannot be read.
    public var extendedPIDText: String?
    public var keyType: KeyType?
    public var description: String?
    public var supportedEditions: String?
    public var supportedSKU: GUID?
    public var remarks: String?
    /// The agreements under which the key stands, ordered by name.
    public var agreements: [KeyAgreement]
    /// The ESU program and year that a key table names.
    public var statedProgram: String?
    public var statedYear: Int?
    public var lastErrorCode: Int64?
    /// Whether the store holds the whole key, sealed.
    public var hasFullKey: Bool
    /// Readings, oldest first.
    public var readings: [Reading]
    /// Where the key is described.
    public var source: SourceReference?

    /// Makes a key of which only the id is known.
    public init(id: String) {
        self.id = id
        agreements = []
        hasFullKey = false
        readings = []
    }

    /// The newest reading that knows a number; a later reading of "unknown" does not replace it.
    public var currentReading: Reading? { readings.last { $0.remaining != nil } }

    /// The reading that counts on a day: the newest of that day or before it that knows a number. Where all are newer, the
    /// oldest of them, as it is nearest to the day; its `readAt` tells.
    public func reading(on day: Day) -> Reading? {
        let known = readings.filter { $0.remaining != nil }
        return known.last { $0.readAt.map { $0.day <= day } ?? true } ?? known.first
    }
}

/// How many activations were left on a key at one time, as one file says.
public struct Reading: Sendable, Hashable {
    /// Activations left; nil when the file does not know.
    public var remaining: Int?
    /// When it was read; nil when the file does not say.
    public var readAt: Timestamp?
    public var source: SourceReference?

    /// Makes a reading.
    public init(remaining: Int?, readAt: Timestamp?, source: SourceReference?) {
        self.remaining = remaining
        self.readAt = readAt
        self.source = source
    }
}

/// One line of the purchase ledger with its place.
public struct Purchase: Sendable, Hashable {
    public var record: PurchaseRecord
    public var source: SourceReference?

    /// Makes a purchase.
    public init(record: PurchaseRecord, source: SourceReference?) {
        self.record = record
        self.source = source
    }
}

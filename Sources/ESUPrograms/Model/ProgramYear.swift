import ActivationModel

/// One year of a program: its activation id, its window and the serial numbers of its keys.
public struct ProgramYear: Sendable, Hashable {
    /// From 1.
    public var number: Int
    /// The id of the license row: the value of `slmgr /ato <id>`, the property `ID` in WMI, the SKU in VAMT. Nil when not
    /// published: such a year cannot be activated by id.
    public var activationID: GUID?
    /// The edition id in Microsoft's key configuration, such as `Client-ESU-Year1`.
    public var editionID: String?
    /// The first day of the license window; nil when not announced. Nothing can be activated before it (rule CON-10).
    public var coverageFrom: Day?
    /// The last day of the license window: a second Tuesday.
    public var coverageTo: Day?
    /// The first delivery of updates, where it differs from `coverageFrom` (rule CON-07).
    public var firstRelease: Day?
    /// Whether the year exists only for machines that an entitlement covers.
    public var entitlementOnly: Bool
    /// The serial numbers of the year's keys.
    public var keyRanges: [KeyRange]
    public var provenance: Provenance

    /// Makes a year.
    public init(
        number: Int, activationID: GUID? = nil, editionID: String? = nil, coverageFrom: Day? = nil,
        coverageTo: Day? = nil, firstRelease: Day? = nil, entitlementOnly: Bool = false, keyRanges: [KeyRange] = [],
        provenance: Provenance = Provenance()
    ) {
        self.number = number
        self.activationID = activationID
        self.editionID = editionID
        self.coverageFrom = coverageFrom
        self.coverageTo = coverageTo
        self.firstRelease = firstRelease
        self.entitlementOnly = entitlementOnly
        self.keyRanges = keyRanges
        self.provenance = provenance
    }
}

/// A range of serial numbers of one key group, ends included. (Group, serial) stands in the extended PID of a key.
public struct KeyRange: Sendable, Hashable {
    /// The configuration group.
    public var group: Int
    public var algorithm: ConfiguredProduct.Algorithm
    /// 0 to 999,999,999
    public var serials: ClosedRange<Int>
    public var provenance: Provenance

    /// Makes a range.
    public init(
        group: Int, algorithm: ConfiguredProduct.Algorithm, serials: ClosedRange<Int>,
        provenance: Provenance = Provenance()
    ) {
        self.group = group
        self.algorithm = algorithm
        self.serials = serials
        self.provenance = provenance
    }
}

/// A program and a year: what a plan targets and what a key is for.
public struct ProgramTarget: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The program's identifier.
    public var program: String
    /// From 1.
    public var year: Int

    /// Makes a target.
    public init(program: String, year: Int) {
        self.program = program
        self.year = year
    }

    public static func < (left: ProgramTarget, right: ProgramTarget) -> Bool {
        (left.program, left.year) < (right.program, right.year)
    }

    /// `windows-7 year 2`
    public var description: String { "\(program) year \(year)" }
}

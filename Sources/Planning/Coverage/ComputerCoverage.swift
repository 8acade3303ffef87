import ActivationModel

/// What a computer holds of a program, and whether it is covered on the day that was asked about; 16 bytes.
public struct ComputerCoverage: Sendable, Hashable {
    /// The position in `Fleet.computers`.
    public var computer: UInt32
    /// The position in `Fleet.products` of the row that shows the newest year: a licensed one before one that was
    /// activated; -1 without any.
    public var row: Int32 = -1
    /// The years of which the row is licensed.
    public var licensed = YearMask()
    /// The years that were activated at some time: the row is licensed, out of tolerance after a change of hardware, or
    /// holds a confirmation id.
    public var activated = YearMask()
    /// The years that the hosting covers without a key.
    public var entitled = YearMask()
    public var state: CoverageState

    /// The years whose updates the computer can install, at any time (rule COV-03).
    public var years: YearMask { licensed.union(entitled) }
}

/// Whether a computer can install the updates that are released on a day.
public enum CoverageState: UInt8, Sendable, Hashable, CaseIterable {
    /// The row of the year whose window contains the day is licensed.
    case covered
    /// Covered by its hosting, without a key.
    case entitled
    /// Neither licensed nor entitled for the year of that day; other years do not help (rule COV-02).
    case uncovered
    /// No export shows the computer's license rows, its system is not known well enough, or the program has no dates.
    case unknown
    /// Not covered, and its account is not in use.
    case stale
    /// Updates released on that day are free.
    case free
    /// The computer shows license rows of the program, but its system is none of the program any more, or never was: the
    /// year of that day is not missing on it.
    case outside

    /// The word of JSON documents.
    public var token: String {
        switch self {
        case .covered: "covered"
        case .entitled: "entitled"
        case .uncovered: "uncovered"
        case .unknown: "unknown"
        case .stale: "stale"
        case .free: "free"
        case .outside: "outside"
        }
    }

    /// The answer to "covered today?"; nil when unknown, and for a computer that is none of the program. An account that is
    /// not in use is not covered.
    public var isCovered: Bool? {
        switch self {
        case .covered, .entitled, .free: true
        case .uncovered, .stale: false
        case .unknown, .outside: nil
        }
    }
}

/// How many computers are in which state.
public struct CoverageCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: CoverageState.allCases.count)

    /// Makes counts of nothing.
    public init() {}

    public subscript(state: CoverageState) -> Int {
        get { counts[Int(state.rawValue)] }
        set { counts[Int(state.rawValue)] = newValue }
    }

    /// The sum over all states.
    public var total: Int { counts.reduce(0, +) }
}

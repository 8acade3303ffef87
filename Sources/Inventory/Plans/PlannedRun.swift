import ActivationModel

/// A plan whose activations the store holds until they are done, the record expires or somebody releases it.
public struct PlannedRun: Sendable, Hashable {
    /// How many activations of a key were left according to the plan.
    public struct KeyCount: Sendable, Hashable {
        /// The key's id inside the inventory.
        public var key: String
        /// Nil when the plan did not know and assumed a number.
        public var remaining: Int?
        public var readAt: Timestamp?

        /// Makes a count.
        public init(key: String, remaining: Int?, readAt: Timestamp?) {
            self.key = key
            self.remaining = remaining
            self.readAt = readAt
        }
    }

    /// How many days after its own day a plan holds its activations when nobody says otherwise. A month is our choice: a
    /// plan that is not carried out by then is made again.
    public static let holdingDays = 30

    /// The number of the record in this store, from 1; 0 before it is recorded.
    public var id: Int64
    /// SHA-256 of the document in lower-case hexadecimal digits; the same document is recorded once.
    public var sha256: String
    /// The document as the user named it.
    public var file: String
    /// The day the plan was made for.
    public var asOf: Day
    /// The last day on which it holds its activations.
    public var expires: Day
    /// The day on which it was recorded.
    public var recorded: Day
    /// The day on which somebody released it.
    public var released: Day?
    /// The counts that the plan went by, ordered by key.
    public var keyCounts: [KeyCount]
    /// Present ids of keys, by the ids that the plan's document gives them, where these are other ones.
    public var renamedKeys: [String: String]
    /// How many activations it gives to computers.
    public var assignments: Int

    /// Makes a record that is not stored yet.
    public init(
        sha256: String, file: String, asOf: Day, expires: Day, recorded: Day, keyCounts: [KeyCount]
    ) {
        id = 0
        self.sha256 = sha256
        self.file = file
        self.asOf = asOf
        self.expires = expires
        self.recorded = recorded
        self.keyCounts = keyCounts
        renamedKeys = [:]
        assignments = 0
    }

    /// Whether the record holds its activations on a day.
    public func isInForce(on day: Day) -> Bool { released == nil && day <= expires }

    /// The first day after the last one on which the record holds its activations.
    public var ended: Day { min(expires, released ?? expires).adding(days: 1) }
}

/// An activation that a recorded plan gives to a computer.
public struct StoredAssignment: Sendable, Hashable {
    /// The computer's name as the plan's document writes it.
    public var computer: String
    public var program: String
    public var year: Int
    /// The word of the plan's document: `activate` or `prepare`.
    public var decision: String
    /// The key's id inside the inventory.
    public var key: String
    /// The last five characters of the key.
    public var partialKey: String?
    public var tier: Int?
    public var wave: String?
    public var day: Day?

    /// Makes an assignment.
    public init(
        computer: String, program: String, year: Int, decision: String, key: String, partialKey: String? = nil,
        tier: Int? = nil, wave: String? = nil, day: Day? = nil
    ) {
        self.computer = computer
        self.program = program
        self.year = year
        self.decision = decision
        self.key = key
        self.partialKey = partialKey
        self.tier = tier
        self.wave = wave
        self.day = day
    }
}

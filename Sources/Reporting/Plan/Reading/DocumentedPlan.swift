import ActivationModel
import ESUPrograms
import Planning

/// A plan as its JSON document (`actkit.plan/1`) tells it: what later plans and comparisons look back at.
///
///     let plan = try PlanDocumentReader.read(file: "plan.json") { try nextChunk() }
///     for entry in plan.entries { print(plan.name(of: entry), entry.decision.token) }
///
/// Invariant: `entries` are ordered by the bytes of the computer's name; those of one name keep the order of the document.
/// An entry takes 36 bytes, and names are held once per computer.
public struct DocumentedPlan: Sendable {
    /// A key that the plan could use.
    public struct Key: Sendable, Hashable, Decodable {
        public var id: String
        public var partialKey: String?
        public var extendedPid: String?
        public var program: String
        public var year: Int
        public var agreement: String?
        /// Activations left when last read; nil when the policy assumed a number.
        public var remaining: Int?
        /// When the number was read, as in `2021-01-30T10:00:00Z`.
        public var readAt: String?
        public var reserved: Int?
        public var pending: Int?
        public var available: Int?
        public var assigned: Int?
        /// Activations that a what-if question added.
        public var assumedExtra: Int?

        /// Program and year as one value.
        public var target: ProgramTarget { ProgramTarget(program: program, year: year) }
    }

    /// A key that the plan could not use, and why.
    public struct RefusedKey: Sendable, Hashable, Decodable {
        public var id: String
        public var partialKey: String?
        public var extendedPid: String?
        public var text: String?
    }

    /// The licenses of a program and year.
    public struct Pool: Sendable, Hashable, Decodable {
        public var program: String
        public var year: Int
        /// Nil when nothing limits the pool.
        public var capacity: Int?
        /// The pools of the agreements inside this one.
        public var agreements: [Agreement]?

        /// The licenses of one agreement.
        public struct Agreement: Sendable, Hashable, Decodable {
            public var agreement: String
            public var capacity: Int?
        }
    }

    /// What the plan decided about one computer and one target.
    public struct Entry: Sendable, Hashable {
        var nameStart: UInt32
        var nameLength: UInt16
        var targetNumber: UInt16
        var key: TextID = .none
        var partialKey: TextID = .none
        var wave: TextID = .none
        var reasons: UInt32 = 0
        /// Days since 1970-01-01.
        var dayOrdinal: Int32 = .min
        var tierNumber: UInt16 = 0
        public internal(set) var decision: Decision
    }

    /// The file as the user named it.
    public internal(set) var file = ""
    /// The day the plan was made for.
    public internal(set) var asOf = Day(ordinal: 0)
    /// The targets of the plan, in its order.
    public internal(set) var targets: [ProgramTarget] = []
    /// Whether the plan assumes activations or licenses that are not there.
    public internal(set) var isHypothetical = false
    public internal(set) var keys: [Key] = []
    public internal(set) var refusedKeys: [RefusedKey] = []
    public internal(set) var pools: [Pool] = []
    /// The texts of the rules that entries name, by id.
    public internal(set) var rules: [String: String] = [:]
    public internal(set) var entries: [Entry] = []

    var names: [UInt8] = []
    var texts = TextPool()
    var reasonSets: [[TextID]] = [[]]

    /// The name of an entry's computer.
    public func name(of entry: Entry) -> String { String(decoding: nameBytes(of: entry), as: UTF8.self) }

    /// The target of an entry.
    public func target(of entry: Entry) -> ProgramTarget { targets[Int(entry.targetNumber)] }

    /// The id of the key that an entry uses; nil when it uses none.
    public func key(of entry: Entry) -> String? { texts[entry.key] }

    /// The last five characters of the key that an entry uses.
    public func partialKey(of entry: Entry) -> String? { texts[entry.partialKey] }

    /// The name of an entry's wave.
    public func wave(of entry: Entry) -> String? { texts[entry.wave] }

    /// The day for which an entry's activation is planned.
    public func day(of entry: Entry) -> Day? {
        entry.dayOrdinal == .min ? nil : Day(ordinal: entry.dayOrdinal)
    }

    /// The tier in which an entry's computer competed; nil when it did not.
    public func tier(of entry: Entry) -> Int? { entry.tierNumber == 0 ? nil : Int(entry.tierNumber) }

    /// The identifiers of the rules that decided.
    public func reasons(of entry: Entry) -> [String] {
        reasonSets[Int(entry.reasons)].compactMap { texts[$0] }
    }

    /// What later plans look back at: the computers that were given an activation.
    ///
    /// Complexity: linear in the entries.
    public var previous: PreviousPlan {
        var previous = PreviousPlan(asOf: asOf)
        let targetNumbers = targets.map { previous.number(of: $0) }
        var keyNumbers = [Int](repeating: -1, count: texts.count)
        for entry in entries where entry.decision.usesActivation && !entry.key.isNone {
            let text = Int(entry.key.rawValue)
            if keyNumbers[text] < 0 { keyNumbers[text] = previous.number(ofKey: texts[entry.key] ?? "") }
            previous.append(
                nameBytes(of: entry), target: targetNumbers[Int(entry.targetNumber)], key: keyNumbers[text])
        }
        return previous
    }

    /// The activations that the plan gives to computers, ordered by the computer's name.
    public var activations: [PlannedAssignment] {
        entries.lazy.filter { $0.decision.usesActivation && !$0.key.isNone }.map(assignment)
    }

    private func assignment(_ entry: Entry) -> PlannedAssignment {
        PlannedAssignment(
            computer: name(of: entry), target: target(of: entry), decision: entry.decision, key: key(of: entry),
            partialKey: partialKey(of: entry), tier: tier(of: entry), wave: wave(of: entry), day: day(of: entry))
    }

    func nameBytes(of entry: Entry) -> ArraySlice<UInt8> {
        names[Int(entry.nameStart)..<Int(entry.nameStart) + Int(entry.nameLength)]
    }

    /// Which of two names of two plans comes first: negative, 0 or positive.
    static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        for (first, second) in zip(left, right) where first != second { return Int(first) - Int(second) }
        return left.count - right.count
    }
}

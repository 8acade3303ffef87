import ActivationModel
import ESUPrograms

/// Who receives which ESU activation: one decision per computer and target, with everything that repeats held once.
///
///     for entry in plan.entries {
///         print(plan.name(of: entry), entry.decision.token, plan.reasons(of: entry))
///     }
///
/// Invariants: `entries` holds exactly one entry per computer and target, ordered by computer name, then by target in the
/// order of `targets`; every index of an entry lies within the table it points into; an entry has a key exactly when its
/// decision uses an activation, and that key is an add-on key of the entry's target.
public struct ActivationPlan: Sendable {
    /// The day the plan is made for.
    public var asOf: Day
    public var targets: [PlanTarget]
    /// How many computers were looked at.
    public var computerCount: Int
    public var entries: [PlanEntry]
    /// The keys that may be used, ordered by id.
    public var keys: [PlannedKey]
    /// The keys that may not be used and why, ordered by id.
    public var refusedKeys: [RefusedKey]
    /// What is bought, allotted, activated, licensed and covered, per target, in the order of `targets`.
    public var facts: [PlanFacts]
    /// Licenses per target, in the order of `targets`.
    public var pools: [LicensePool]
    /// Who competed in vain and why, ordered by target, then by the first computer's name.
    public var shortfalls: [Shortfall]
    /// What would serve everybody, per target, in the order of `targets`.
    public var needs: [PlanNeeds]
    /// How many computers keep the key of the previous plan; nil when the plan was made without one.
    public var kept: Int?
    /// What the plan assumes to be there though it is not.
    public var assumptions: PlanAssumptions
    /// The rules that entries name, ordered by id.
    public var rules: [ESURule]
    /// What is done on computers; an entry's procedure is a position in this array, the number in documents is one more.
    public var procedures: [ActivationProcedure]
    /// The waves that the policy defines, in its order.
    public var waves: [WaveRule]
    /// The days of the waves, in the same order.
    public var schedule: WaveSchedule
    /// Per target, in the order of `targets`: how many computers got which decision.
    public var counts: [DecisionCounts]
    /// What to know about the plan as a whole.
    public var warnings: [Diagnostic]

    var texts: TextPool
    var ruleSets: [[UInt16]]
    var missingLists: [[Int32]]
    /// Per target: the records that hold activations for its computers, ordered by age.
    var holders: [[HoldingRecord]] = []
}

/// A program and year of the plan.
public struct PlanTarget: Sendable, Hashable {
    public var program: String
    public var year: Int
    /// The program's name for people.
    public var title: String
    public var license: AddOnLicense
    public var coverageFrom: Day?
    public var coverageTo: Day?

    /// Program and year as one value.
    public var target: ProgramTarget { ProgramTarget(program: program, year: year) }
}

/// The decision about one computer and one target; at most 48 bytes.
public struct PlanEntry: Sendable, Hashable {
    /// The position in `Fleet.computers` of the fleet that was planned.
    public internal(set) var computer: UInt32
    var name: TextID
    var basePartialKey: TextID
    var ruleSet: UInt32
    var key: Int32 = -1
    var procedure: Int32 = -1
    var missing: Int32 = -1
    /// The position in `ActivationPlan.targets`.
    public internal(set) var target: UInt16
    /// 0: not competing.
    var tierNumber: UInt16 = 0
    var wave: Int16 = -1
    /// Days after the day of the plan; -1: not scheduled.
    var day: Int16 = -1
    public internal(set) var decision: Decision
    var baseKeyType: Int8 = -1
    var baseStatus: Int8 = -1

    /// The tier in which the computer competed; nil when it did not.
    public var tier: Int? { tierNumber == 0 ? nil : Int(tierNumber) }
}

/// A key that may be used, and what the plan uses of it.
public struct PlannedKey: Sendable, Hashable {
    public var key: AddOnKey
    public var extendedPID: String?
    public var agreement: String?
    public var capacity: KeyCapacity
    /// Where the key is described.
    public var source: SourceReference?
    /// The computers that may use the key; nil for all.
    public internal(set) var scope: Condition?
    /// The number of the scope: keys with equal scopes share it.
    var scopeNumber: Int?
    /// Activations that the plan gives to computers.
    public var assigned: Int
    /// How many of these a recorded plan held for the same computers; they are not part of `capacity.pending`.
    public var held = 0
    /// Activations that recorded plans hold, and that the plan gives to nobody: part of `capacity.pending`.
    public var heldForOthers = 0
    /// The records that hold activations of the key, ordered by age.
    public var heldBy: [HoldingRecord] = []

    /// What is left when the plan is carried out.
    public var left: Int { capacity.balance - assigned }
}

/// A key that may not be used, and why.
public struct RefusedKey: Sendable, Hashable {
    public var id: String
    public var partialKey: PartialProductKey?
    public var extendedPID: String?
    public var description: String?
    public var reason: KeyJudgement.Refusal
    /// Where the key is described.
    public var source: SourceReference?
}

/// The base license of a computer, as it was when the plan was made; no step of a plan changes it.
public struct BaseLicense: Sendable, Hashable {
    public var keyType: KeyType?
    public var partialKey: String?
    public var status: LicenseStatus?

    /// Makes a description of a base license.
    public init(keyType: KeyType?, partialKey: String?, status: LicenseStatus?) {
        self.keyType = keyType
        self.partialKey = partialKey
        self.status = status
    }
}

extension ActivationPlan {
    /// The name of the entry's computer.
    public func name(of entry: PlanEntry) -> String { texts[entry.name] ?? "" }

    /// The target of an entry.
    public func target(of entry: PlanEntry) -> PlanTarget { targets[Int(entry.target)] }

    /// The activation id of the entry's target.
    public func activationID(of entry: PlanEntry) -> ActivationID { target(of: entry).license.activationID }

    /// The key that an entry uses; nil when it uses none.
    public func key(of entry: PlanEntry) -> PlannedKey? { entry.key < 0 ? nil : keys[Int(entry.key)] }

    /// The position of an entry's procedure in `procedures`; nil when nothing is to be done.
    public func procedureIndex(of entry: PlanEntry) -> Int? { entry.procedure < 0 ? nil : Int(entry.procedure) }

    /// What is done on the entry's computer; nil when nothing is.
    public func procedure(of entry: PlanEntry) -> ActivationProcedure? {
        procedureIndex(of: entry).map { procedures[$0] }
    }

    /// The article numbers of the updates the computer lacks, in the order of installation.
    public func missing(of entry: PlanEntry) -> [Int] {
        entry.missing < 0 ? [] : missingLists[Int(entry.missing)].map(Int.init)
    }

    /// The wave of an entry; nil when the policy defines none that takes the computer.
    public func wave(of entry: PlanEntry) -> WaveRule? { entry.wave < 0 ? nil : waves[Int(entry.wave)] }

    /// The identifiers of the rules that decided, in the order in which they spoke.
    public func reasons(of entry: PlanEntry) -> [String] { ruleSets[Int(entry.ruleSet)].map { rules[Int($0)].id } }

    /// Whether an entry's computer gets what a recorded plan holds for it.
    func isHeld(_ entry: PlanEntry) -> Bool {
        ruleSets[Int(entry.ruleSet)].contains { rules[Int($0)].id == PlannerRule.heldActivation.rawValue }
    }

    /// The base license of the entry's computer; nil when no export shows one.
    public func base(of entry: PlanEntry) -> BaseLicense? {
        if entry.baseKeyType < 0, entry.baseStatus < 0, entry.basePartialKey.isNone { return nil }
        return BaseLicense(
            keyType: entry.baseKeyType < 0 ? nil : KeyType(rawValue: Int(entry.baseKeyType)),
            partialKey: texts[entry.basePartialKey],
            status: entry.baseStatus < 0 ? nil : LicenseStatus(rawValue: Int(entry.baseStatus)))
    }

    /// The decisions of all targets together.
    public var totals: DecisionCounts { counts.reduce(into: DecisionCounts()) { $0 += $1 } }

    /// Activations the plan gives out.
    public var activationsAssigned: Int { totals[.activate] + totals[.prepare] }

    /// Licenses that the plan's activations need: one per device and year (rule LIC-07), for virtual desktops one per endpoint
    /// that reaches them, as far as the policy counts so (rule LIC-08).
    public var licensesNeeded: Int { pools.reduce(0) { $0 + $1.needed } }

    /// Licenses that would have to be bought to serve everybody who is eligible, of all years together.
    public var licensesToBuy: Int { needs.reduce(0) { $0 + $1.licenses } }
}

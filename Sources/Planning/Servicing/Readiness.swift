import ActivationModel
import ESUPrograms

/// How far the computers of a plan are from taking their key: what is installed first, where it can be had, and what to do
/// first. Whether activations are left for them plays no part.
///
///     let readiness = planner.readiness(of: plan, in: fleet)
///     for computer in readiness.computers {
///         print(readiness.name(of: computer), readiness.need(of: computer).path.installations.first?.kb ?? 0)
///     }
///
/// Invariants: `computers` are in the order of the plan's entries; for each target, `TargetReadiness.computers` and the sum
/// of `others` make the number of computers of the fleet; each need occurs once.
public struct Readiness: Sendable {
    public let plan: ActivationPlan
    /// In the order of the plan's targets.
    public let targets: [TargetReadiness]
    /// The computers that compete for an activation, are restored, or are held back by their updates.
    public let computers: [ComputerReadiness]
    /// What computers lack.
    public let needs: [ReadinessNeed]

    /// The plan's entry of a computer.
    public func entry(of computer: ComputerReadiness) -> PlanEntry { plan.entries[Int(computer.entry)] }
    /// The computer's name.
    public func name(of computer: ComputerReadiness) -> String { plan.name(of: entry(of: computer)) }
    /// What the computer lacks.
    public func need(of computer: ComputerReadiness) -> ReadinessNeed { needs[Int(computer.need)] }
    /// The number of that need in documents, from 1.
    public func number(ofNeedOf computer: ComputerReadiness) -> Int { Int(computer.need) + 1 }
}

/// One computer and one target, 8 bytes.
public struct ComputerReadiness: Sendable, Hashable {
    /// The position in `ActivationPlan.entries`.
    var entry: UInt32
    /// The position in `Readiness.needs`.
    var need: UInt32
}

/// What computers lack that are alike in this.
public struct ReadinessNeed: Sendable, Hashable {
    /// The position in `Readiness.targets`.
    public var target: Int
    /// The demanded updates that are known to lack, in the order of installation.
    public var missing: [Int]
    /// The demanded updates of which no list of updates tells anything.
    public var unknown: [Int]
    /// Where the computers get their updates from; nil when the policy does not say.
    public var source: UpdateSource?
    /// What to install, those that are unknown included.
    public var path: PreparationPath

    public var state: State {
        if !unknown.isEmpty { .unknown } else if path.isEmpty { .ready } else { .missing }
    }

    /// How ready a computer is.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// Everything that is demanded is installed.
        case ready
        case missing
        /// No list of updates tells whether all is installed.
        case unknown
    }
}

/// How ready the computers of one target are.
public struct TargetReadiness: Sendable, Hashable {
    public var target: ProgramTarget
    /// The program's name for people.
    public var title: String
    /// The computers the target concerns.
    public var computers = 0
    public var ready = 0
    /// Element n: the computers that lack n + 1 updates, counted as what is to be installed.
    public var missing: [Int] = []
    public var unknown = 0
    /// The computers of `missing` and `unknown` to which some package must be brought by hand (rule DEP-05).
    public var manualPush = 0
    /// The computers the target does not concern, by decision.
    public var others = DecisionCounts()
    /// The updates to install, in the order of installation, then by number.
    public var updates: [UpdateReadiness] = []
    /// In which order the updates make computers ready soonest; computers of which updates are unknown are left out.
    public var next: [ReadinessStep] = []
}

/// One update that computers of a target need.
public struct UpdateReadiness: Sendable, Hashable {
    public var kb: Int
    /// For people; nil when the program data do not describe it.
    public var title: String?
    /// The demanded updates that it stands for, in the order of installation.
    public var satisfies: [Int]
    /// The computers that are known to need it.
    public var computers = 0
    /// The computers of which nobody knows whether they need it.
    public var unknown = 0
    /// The computers of `computers` that lack nothing else.
    public var alone = 0
    /// The computers of `computers` and `unknown` that cannot get it from their source of updates.
    public var manualPush = 0
    public var needsRestart: Bool
    /// Where it can be had; empty when no source says so.
    public var channels: [UpdateChannel]
}

/// One step of the way to ready computers.
public struct ReadinessStep: Sendable, Hashable {
    /// The update to install.
    public var kb: Int
    /// On how many computers.
    public var computers: Int
    /// How many of them are ready afterwards.
    public var ready: Int
    /// How many of them cannot get it from their source of updates.
    public var manualPush: Int
    public var needsRestart: Bool
}

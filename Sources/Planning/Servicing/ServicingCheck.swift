import ActivationModel
import ESUPrograms

/// Which prerequisites of a program a computer lacks, by its list of installed updates and its build.
///
/// A requirement is satisfied by the update it names, by any update that replaces that one, directly or through others, or
/// by a build that implies it. A plain look-up of the article number would call patched machines unpatched.
struct ServicingCheck: Sendable {
    /// The demanded updates in the order of installation; at most 64.
    let demands: [Demand]

    struct Demand: Sendable {
        var requirement: Requirement
        var minimum: Requirement.Minimum
        /// The named update, those that imply it, and the successors of all, ordered.
        var satisfying: [Int32]
        /// The updates that can be installed to satisfy it: the named one and those of its successors that are released.
        var candidates: [Candidate]
    }

    /// An update that can be installed.
    struct Candidate: Hashable, Sendable {
        var kb: Int
        /// The day from which it can be had for certain.
        var released: Day
        var needsRestart: Bool
        var channels: [UpdateChannel]
        var successors: Set<Int>
    }

    /// What is known about a computer's prerequisites; bit n stands for `demands[n]`.
    struct State: Hashable, Sendable {
        /// Known to lack.
        var missing: UInt64 = 0
        /// Nothing tells.
        var unknown: UInt64 = 0
        var isMet: Bool { missing == 0 && unknown == 0 }
    }

    /// The check of one system of a program on a day.
    init(program: String, system: String, on day: Day, catalog: ProgramCatalog) {
        let requirements = catalog.prerequisites(program: program, system: system)?.requirements ?? []
        let wanted = requirements.filter(\.isMandatory).compactMap { requirement in
            requirement.minimum(on: day).map { (requirement: requirement, minimum: $0) }
        }
        demands = wanted.indices.prefix(64).map { position in
            let minimum = wanted[position].minimum
            // What installs only after an update that is demanded here or later cannot take its place.
            let laterOnly = wanted[position...].reduce(into: Set<Int>()) { found, later in
                for kb in later.minimum.impliedBy { found.formUnion(catalog.successors(of: kb).union([kb])) }
            }
            let replacing = catalog.successors(of: minimum.kb).subtracting(laterOnly).subtracting([minimum.kb])
            return Demand(
                requirement: wanted[position].requirement, minimum: minimum,
                satisfying: catalog.accepted(for: minimum).map(Int32.init),
                candidates: [Candidate(demanded: minimum, catalog: catalog)]
                    + replacing.sorted().compactMap { Candidate(kb: $0, releasedOn: day, catalog: catalog) })
        }
    }

    /// Looks at one computer. Without any listed update, what the build does not prove is unknown.
    ///
    /// - Parameter updates: ordered by article number.
    func state(updates: ArraySlice<InstalledUpdate>, system: OperatingSystem) -> State {
        var state = State()
        for (position, demand) in demands.enumerated() {
            let bit: UInt64 = 1 << UInt64(position)
            switch answer(demand, updates: updates, system: system) {
            case .satisfied: continue
            case .missing: state.missing |= bit
            case .unknown: state.unknown |= bit
            }
        }
        return state
    }

    enum Answer: Hashable {
        /// By the update at that position of the fleet, or by the build (nil).
        case satisfied(update: Int?)
        case missing
        case unknown
    }

    func answer(_ demand: Demand, updates: ArraySlice<InstalledUpdate>, system: OperatingSystem) -> Answer {
        var buildTells = false
        if let needed = demand.minimum.build, let build = system.build {
            if build > needed.build { return .satisfied(update: nil) }
            if build == needed.build, let revision = system.revision {
                if revision >= needed.revision { return .satisfied(update: nil) }
                buildTells = true
            } else if build < needed.build {
                buildTells = true
            }
        }
        for kb in demand.satisfying {
            if let position = ServicingCheck.position(of: kb, in: updates) { return .satisfied(update: position) }
        }
        return updates.isEmpty && !buildTells ? .unknown : .missing
    }

    private static func position(of kb: Int32, in updates: ArraySlice<InstalledUpdate>) -> Int? {
        var low = updates.startIndex
        var high = updates.endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if updates[middle].kb < kb { low = middle + 1 } else { high = middle }
        }
        return low < updates.endIndex && updates[low].kb == kb ? low : nil
    }

    /// The demands of a mask, in the order of installation.
    func demands(_ mask: UInt64) -> [Demand] {
        demands.enumerated().filter { mask & (1 << UInt64($0.offset)) != 0 }.map(\.element)
    }
}

extension ServicingCheck.Candidate {
    /// The update that is demanded; it can be had, whatever is known about its release.
    fileprivate init(demanded minimum: Requirement.Minimum, catalog: ProgramCatalog) {
        let update = catalog.update(kb: minimum.kb)
        self.init(
            kb: minimum.kb, released: update?.released?.latest ?? minimum.validFrom,
            needsRestart: update?.needsRestart ?? false, channels: update?.channels ?? [],
            successors: catalog.successors(of: minimum.kb))
    }

    /// A successor; nil when it cannot be had on that day for certain.
    fileprivate init?(kb: Int, releasedOn day: Day, catalog: ProgramCatalog) {
        guard let update = catalog.update(kb: kb), let released = update.released?.latest, released <= day else {
            return nil
        }
        self.init(
            kb: kb, released: released, needsRestart: update.needsRestart, channels: update.channels,
            successors: catalog.successors(of: kb))
    }
}

/// What the policy makes of the state of a computer's prerequisites.
struct ServicingOutcome: Hashable, Sendable {
    /// To install first; bit n stands for demand n.
    var toInstall: UInt64
    /// The policy blocks computers that lack updates, and this one does.
    var blockedByMissing: Bool
    /// The policy blocks computers of which updates are not known, and this is one.
    var blockedByUnknown: Bool
    /// The policy takes updates as installed that are missing or unknown.
    var isAssumed: Bool

    init(_ state: ServicingCheck.State, rule: PrerequisiteRule) {
        toInstall = 0
        isAssumed = false
        blockedByMissing = state.missing != 0 && rule.missing == .block
        blockedByUnknown = state.unknown != 0 && rule.unknown == .block
        if rule.missing == .assume, state.missing != 0 { isAssumed = true } else { toInstall |= state.missing }
        if rule.unknown == .assume, state.unknown != 0 { isAssumed = true } else { toInstall |= state.unknown }
    }

    var isBlocked: Bool { blockedByMissing || blockedByUnknown }
}

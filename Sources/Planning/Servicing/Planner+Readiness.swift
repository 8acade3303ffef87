import ActivationModel
import ESUPrograms

extension Planner {
    /// Says how far the computers of a plan are from taking their key.
    ///
    /// What is installed counts as it is, whatever the policy assumes about missing and unknown updates.
    ///
    /// - Parameters:
    ///   - plan: a plan that this planner made.
    ///   - fleet: the fleet it was made of.
    /// - Complexity: linear in computers, products and updates.
    public func readiness(of plan: ActivationPlan, in fleet: Fleet) -> Readiness {
        let survey = SystemSurvey(fleet, catalog: catalog)
        let sources = FirstMatch(policy.updateSources.map(\.condition), fleet: fleet)
        let judges = plan.targets.map { ComputerJudge(planner: self, survey: survey, target: $0) }
        var targets = plan.targets.map { TargetReadiness(target: $0.target, title: $0.title) }
        var needs = ReadinessNeeds()
        var computers: [ComputerReadiness] = []
        for (position, entry) in plan.entries.enumerated() {
            let target = Int(entry.target)
            // An entry that is decided and still lists updates is one that they hold back.
            guard entry.decision.concernsUpdates || !plan.missing(of: entry).isEmpty else {
                targets[target].others[entry.decision] += 1
                continue
            }
            let computer = Int(entry.computer)
            let verdict = judges[target].verdict(on: fleet.computers[computer], at: computer, in: fleet)
            let kind = ReadinessNeeds.Kind(
                target: entry.target, check: Int32(verdict.check), state: verdict.state,
                source: sources.position(ofComputerAt: computer).map { policy.updateSources[$0].source })
            let need = needs.count(kind, judge: judges[target])
            computers.append(ComputerReadiness(entry: UInt32(position), need: need))
        }
        for index in targets.indices { needs.sum(into: &targets[index], index, catalog) }
        return Readiness(plan: plan, targets: targets, computers: computers, needs: needs.needs)
    }
}

extension Decision {
    /// Whether the computer is to take a key or could, so that its updates matter.
    var concernsUpdates: Bool {
        switch self {
        case .activate, .prepare, .reapply, .unpurchased, .shortage: true
        case .activated, .entitled, .ineligible, .oem, .stale, .undetermined: false
        }
    }
}

/// The distinct needs of a fleet and how many computers have each.
private struct ReadinessNeeds {
    struct Kind: Hashable {
        var target: UInt16
        var check: Int32
        var state: ServicingCheck.State
        var source: UpdateSource?
    }

    private(set) var needs: [ReadinessNeed] = []
    private var counts: [Int] = []
    private var positions: [Kind: UInt32] = [:]

    /// Counts a computer and says which need it has.
    mutating func count(_ kind: Kind, judge: ComputerJudge) -> UInt32 {
        if let position = positions[kind] {
            counts[Int(position)] += 1
            return position
        }
        let check = Int(kind.check)
        let position = UInt32(needs.count)
        positions[kind] = position
        counts.append(1)
        needs.append(
            ReadinessNeed(
                target: Int(kind.target), missing: judge.updates(kind.state.missing, check: check).map(Int.init),
                unknown: judge.updates(kind.state.unknown, check: check).map(Int.init), source: kind.source,
                path: judge.path(kind.state.missing | kind.state.unknown, check: check, source: kind.source)))
        return position
    }

    /// Adds up what the computers of a target need.
    func sum(into target: inout TargetReadiness, _ index: Int, _ catalog: ProgramCatalog) {
        var updates: [Int: UpdateReadiness] = [:]
        var ways: [(path: PreparationPath, count: Int)] = []
        for (need, count) in zip(needs, counts) where need.target == index {
            target.computers += count
            switch need.state {
            case .ready: target.ready += count
            case .unknown: target.unknown += count
            case .missing:
                let lacking = need.path.installations.count
                while target.missing.count < lacking { target.missing.append(0) }
                target.missing[lacking - 1] += count
                ways.append((need.path, count))
            }
            if need.path.needsManualPush { target.manualPush += count }
            for installation in need.path.installations {
                var update =
                    updates[installation.kb]
                    ?? UpdateReadiness(
                        kb: installation.kb, title: catalog.update(kb: installation.kb)?.title,
                        satisfies: installation.demanded, needsRestart: installation.needsRestart,
                        channels: installation.channels)
                for kb in installation.demanded where !update.satisfies.contains(kb) { update.satisfies.append(kb) }
                if installation.demanded.contains(where: need.missing.contains) {
                    update.computers += count
                    if need.state == .missing, need.path.installations.count == 1 { update.alone += count }
                } else {
                    update.unknown += count
                }
                if installation.access == .manual { update.manualPush += count }
                updates[installation.kb] = update
            }
        }
        let order = ReadinessNeeds.installationOrder(of: target.target.program, catalog)
        func rank(_ update: UpdateReadiness) -> Int { update.satisfies.compactMap { order[$0] }.min() ?? .max }
        target.updates = updates.values.sorted { (rank($0), $0.kb) < (rank($1), $1.kb) }
        target.next = ReadinessOrder(ways).steps
    }
    /// The place of each demanded update among those of its program.
    private static func installationOrder(of program: String, _ catalog: ProgramCatalog) -> [Int: Int] {
        let demanded = (catalog[program]?.prerequisites ?? []).flatMap { $0.requirements.enumerated() }.flatMap {
            requirement in requirement.element.minimums.map { (kb: $0.kb, place: requirement.offset) }
        }
        return Dictionary(demanded.map { ($0.kb, $0.place) }) { first, _ in first }
    }
}

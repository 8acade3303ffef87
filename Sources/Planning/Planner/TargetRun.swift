import ActivationModel
import ESUPrograms

/// The planning of one target: one decision per computer, then the allocation among those that compete.
///
/// Invariant: after `decide()` and `allocate(_:)` every computer has exactly one entry, in the order of the fleet.
struct TargetRun {
    let planner: Planner
    let fleet: Fleet
    let survey: SystemSurvey
    let target: PlanTarget
    let index: Int
    var tables: PlanTables
    var notes: PlanNotes
    private(set) var entries: [PlanEntry] = []
    private(set) var pool: LicensePool
    /// The computers that compete, in the order of the fleet.
    private var competitors: [Competitor] = []

    private struct Competitor {
        var computer: Int32
        var tier: Int32
        var check: Int32
        var toInstall: UInt64
        var route: Route
    }

    private let judge: ComputerJudge
    private let routes: FirstMatch
    private let tiers: FirstMatch
    /// Per evidence, the rules of an eligible computer and those of one that is not; filled when first needed.
    private var ruleSetOfEvidence: [UInt32?]

    init(
        planner: Planner, fleet: Fleet, survey: SystemSurvey, target: PlanTarget, index: Int, tables: PlanTables,
        notes: PlanNotes
    ) {
        self.planner = planner
        self.fleet = fleet
        self.survey = survey
        self.target = target
        self.index = index
        self.tables = tables
        self.notes = notes
        judge = ComputerJudge(planner: planner, survey: survey, target: target)
        routes = FirstMatch(planner.policy.routes.map(\.condition), fleet: fleet)
        tiers = FirstMatch(planner.policy.priorities.map(\.condition), fleet: fleet)
        ruleSetOfEvidence = [UInt32?](repeating: nil, count: survey.evidence.count)
        pool = LicensePool(target.target, purchases: fleet.purchases, activated: 0)
    }

    /// Makes all decisions that need no allocation, and finds the competitors.
    mutating func decide() {
        entries.reserveCapacity(fleet.computers.count)
        var activated = 0
        for position in fleet.computers.indices {
            let computer = fleet.computers[position]
            let evidence = Int(survey.evidenceOf[position])
            let verdict = judge.verdict(on: computer, at: position, in: fleet)
            var entry = entry(for: computer, at: position)
            switch verdict.standing {
            case .decided(let decision):
                entry.decision = decision
                if decision == .activated { activated += 1 }
            case .reapplies:
                entry.decision = .reapply
            case .competes:
                break
            }
            entry.ruleSet = ruleSet(verdict, evidence: evidence)
            switch verdict.standing {
            case .decided:
                if verdict.servicing.isBlocked {
                    entry.missing = tables.missing(judge.updates(verdict))
                }
            case .reapplies:
                let route = route(of: computer, at: position)
                entry.missing = tables.missing(judge.updates(verdict))
                entry.procedure = tables.procedure(
                    ActivationProcedure(reapplying: target.license, route: route, updates: judge.steps(verdict)))
                note(computer, at: position, entry, verdict)
            case .competes:
                let tier =
                    tiers.position(ofComputerAt: position).map { planner.policy.priorities[$0].tier }
                    ?? planner.policy.lowestTier
                entry.tierNumber = UInt16(clamping: tier)
                competitors.append(
                    Competitor(
                        computer: Int32(position), tier: Int32(clamping: tier), check: Int32(verdict.check),
                        toInstall: verdict.servicing.toInstall, route: route(of: computer, at: position)))
                note(computer, at: position, entry, verdict)
            }
            entries.append(entry)
        }
        pool = LicensePool(target.target, purchases: fleet.purchases, activated: activated)
    }

    private func entry(for computer: Computer, at position: Int) -> PlanEntry {
        var entry = PlanEntry(
            computer: UInt32(position), name: computer.name, basePartialKey: .none, ruleSet: PlanTables.noRules,
            target: UInt16(index), decision: .undetermined)
        let base = Int(survey.baseOf[position])
        if base >= 0 {
            let product = fleet.products[base]
            entry.basePartialKey = product.partialKey
            entry.baseKeyType = Int8(product.keyType?.rawValue ?? -1)
            entry.baseStatus = Int8(product.status?.rawValue ?? -1)
        }
        return entry
    }

    /// The rules behind a verdict. Those of the eligibility are the same for all computers of one evidence.
    private mutating func ruleSet(_ verdict: ComputerVerdict, evidence: Int) -> UInt32 {
        var set = PlanTables.noRules
        if verdict.namesEligibility {
            if let known = ruleSetOfEvidence[evidence] {
                set = known
            } else {
                for finding in judge.eligibilities[evidence].deciding { set = tables.rules(set, adding: finding.rule) }
                ruleSetOfEvidence[evidence] = set
            }
        }
        for rule in verdict.rules { set = tables.rules(set, adding: rule) }
        return set
    }

    /// The route of a computer: its tag, then the first rule of the policy, then online.
    private mutating func route(of computer: Computer, at position: Int) -> Route {
        if let text = fleet[computer.route] {
            if let route = Route(rawValue: text.lowercased()) { return route }
            notes.count(.unknownRoute, at: computer.tagPlace)
        }
        guard let rule = routes.position(ofComputerAt: position) else { return .online }
        return planner.policy.routes[rule].route
    }

    /// Counts what is worth a warning about a computer that competes or is restored.
    private mutating func note(_ computer: Computer, at position: Int, _ entry: PlanEntry, _ verdict: ComputerVerdict) {
        let evidence = survey.evidence[Int(survey.evidenceOf[position])]
        if evidence.overruled != nil { notes.count(.conflict, at: computer.directoryPlace) }
        for finding in judge.eligibilities[Int(survey.evidenceOf[position])].findings where finding.verdict == .doubtful
        {
            if finding.rule == PlannerRule.unknownEdition.rawValue {
                notes.count(.unknownEdition, at: computer.directoryPlace)
            } else if finding.rule != PlannerRule.newestEvidence.rawValue {
                notes.count(.doubtfulEdition, at: computer.directoryPlace)
            }
        }
        if entry.baseStatus >= 0, entry.baseStatus != Int8(LicenseStatus.licensed.rawValue) {
            notes.count(.baseNotLicensed, at: fleet.products[Int(survey.baseOf[position])].place)
        }
        if verdict.state.unknown != 0 { notes.count(.updatesUnknown, at: computer.directoryPlace) }
        if verdict.servicing.isAssumed { notes.count(.updatesAssumed, at: computer.directoryPlace) }
        if fleet[computer.hosting] == "vdi" { notes.count(.virtualDesktop, at: computer.tagPlace) }
        if evidence.isListed, computer.lastSeen == nil, planner.policy.stale.afterDays != nil {
            notes.count(.undated, at: computer.directoryPlace)
        }
    }

    // MARK: - Allocation

    private struct ClassKey: Hashable {
        var tier: Int32
        /// Of the profiles that the scopes of keys tell apart.
        var profile: Int
    }

    /// Gives activations to classes of competitors, and within a class to computers in the order of the fleet.
    mutating func allocate(_ keys: inout KeyChoices) {
        let usable = keys.planned.indices.filter { keys.planned[$0].key.license == target.license }
        let ranked = keys.preference(of: usable)
        let classes = classify(keys, ranked)
        let problem = AllocationProblem(
            classes: classes.keys.enumerated().map { position, key in
                AllocationProblem.DemandClass(
                    count: classes.members[position].count, tier: Int(key.tier), pool: 0,
                    options: classes.options[position].map { AllocationProblem.Option(key: $0, cost: $0) })
            },
            keys: ranked.map { AllocationProblem.Key(capacity: keys.planned[$0].capacity.available, pool: 0) },
            pools: [AllocationProblem.Pool(capacity: pool.capacity)])
        let allocation = problem.solve()
        let covered = tiersCovered(classes.keys, allocation)
        for (position, members) in classes.members.enumerated() {
            var next = members.makeIterator()
            for share in allocation.shares[position] {
                for _ in 0..<share.count {
                    guard let member = next.next() else { break }
                    serve(competitors[member], key: ranked[share.key])
                }
            }
            while let member = next.next() {
                refuse(competitors[member], covered.contains(classes.keys[position].tier) ? .shortage : .unpurchased)
            }
        }
        for (position, used) in allocation.usedOfKey.enumerated() { keys.use(used, of: ranked[position]) }
        pool.used = allocation.served
    }

    /// The tiers of which licenses were left when they had been served.
    ///
    /// A computer of such a tier that was not served is purchased, yet no activation was left for it, although lower tiers
    /// may use up the licenses afterwards; in the other tiers the license pool was the limit.
    private func tiersCovered(_ classes: [ClassKey], _ allocation: Allocation) -> Set<Int32> {
        guard let capacity = pool.capacity else { return Set(classes.map(\.tier)) }
        var served: [Int32: Int] = [:]
        for (position, key) in classes.enumerated() {
            served[key.tier, default: 0] += allocation.shares[position].reduce(0) { $0 + $1.count }
        }
        var total = 0
        return Set(
            served.sorted { $0.key < $1.key }.filter {
                total += $0.value
                return total < capacity
            }.map(\.key))
    }

    private struct Classes {
        var keys: [ClassKey] = []
        var members: [[Int]] = []
        /// Per class, the usable keys as positions in the order of preference.
        var options: [[Int]] = []
    }

    /// Groups competitors by tier and by the scopes of keys that take them.
    private func classify(_ keys: KeyChoices, _ ranked: [Int]) -> Classes {
        let scopes = Set(ranked.compactMap { keys.scopeOf[$0] }).sorted()
        // Computers of one profile are in the same scopes.
        let profiles = ComputerProfiles(scopes.map { keys.scopes[$0] }, fleet: fleet)
        var positions: [ClassKey: Int] = [:]
        var classes = Classes()
        for (member, competitor) in competitors.enumerated() {
            let profile = profiles.profile(at: Int(competitor.computer))
            let key = ClassKey(tier: competitor.tier, profile: profile)
            if let position = positions[key] {
                classes.members[position].append(member)
            } else {
                positions[key] = classes.keys.count
                classes.keys.append(key)
                classes.members.append([member])
                let inScope = Set(profiles.conditions(in: profile).map { scopes[$0] })
                classes.options.append(
                    ranked.indices.filter { keys.scopeOf[ranked[$0]].map { inScope.contains($0) } ?? true })
            }
        }
        return classes
    }

    private mutating func serve(_ competitor: Competitor, key: Int) {
        let position = Int(competitor.computer)
        entries[position].key = Int32(key)
        entries[position].decision = competitor.toInstall == 0 ? .activate : .prepare
        entries[position].missing = tables.missing(judge.updates(competitor.toInstall, check: Int(competitor.check)))
        entries[position].procedure = tables.procedure(
            ActivationProcedure(
                activating: target.license, route: competitor.route,
                updates: judge.steps(competitor.toInstall, check: Int(competitor.check))))
        if pool.capacity != nil {
            entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "LIC-02")
        }
        entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "KEY-04")
        if competitor.toInstall != 0 {
            entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "DEP-01")
            for rule in judge.rules(competitor.toInstall, check: Int(competitor.check)) {
                entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: rule)
            }
        }
    }

    private mutating func refuse(_ competitor: Competitor, _ decision: Decision) {
        let position = Int(competitor.computer)
        entries[position].decision = decision
        entries[position].ruleSet = tables.rules(
            entries[position].ruleSet, adding: decision == .unpurchased ? "LIC-02" : "KEY-04")
    }
}

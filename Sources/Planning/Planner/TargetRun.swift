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
    /// Why computers that competed were not served.
    private(set) var shortfalls: [Shortfall] = []
    private(set) var facts: PlanFacts?
    /// What would serve everybody.
    private(set) var needs: PlanNeeds?
    /// How many computers keep the key of the previous plan.
    private(set) var kept = 0
    /// The activations of recorded plans; nil without any.
    private var held: HeldKeys?
    /// The computers that compete, in the order of the fleet.
    private var competitors: [Competitor] = []

    /// Licenses that virtual desktops among the competitors need beyond one per machine.
    private var endpointsBeyondMachines = 0
    private let judge: ComputerJudge
    /// Whether a virtual desktop needs a license per endpoint that reaches it.
    private let countsEndpoints: Bool
    private let routes: FirstMatch
    private let tiers: FirstMatch
    private let sources: FirstMatch
    private let consumers: FirstMatch
    private var choices: ProcedureChoices
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
        sources = FirstMatch(planner.policy.updateSources.map(\.condition), fleet: fleet)
        consumers = FirstMatch([ConsumerEnrolment.condition], fleet: fleet)
        choices = ProcedureChoices(judge: judge)
        countsEndpoints = planner.policy.disputed.virtualDesktops(of: target.program) == .endpoints
        ruleSetOfEvidence = [UInt32?](repeating: nil, count: survey.evidence.count)
        pool = LicensePool(target.target, purchases: fleet.purchases, activated: 0)
    }

    /// Makes all decisions that need no allocation, and finds the competitors.
    ///
    /// - Parameters:
    ///   - previous: the keys that an earlier plan gave to computers.
    ///   - held: the keys of which recorded plans hold activations for computers.
    mutating func decide(_ keys: KeyChoices, previous: PreviousKeys?, held: HeldKeys?) {
        self.held = held
        entries.reserveCapacity(fleet.computers.count)
        var counter = FactCounter(target, catalog: planner.catalog, asOf: planner.asOf)
        var holders = LicenseHolders(
            fleet.keys, target: target.target,
            choice: AgreementChoice(planner.policy, purchases: fleet.purchases))
        for position in fleet.computers.indices {
            let computer = fleet.computers[position]
            let evidence = Int(survey.evidenceOf[position])
            let verdict = judge.verdict(on: computer, at: position, in: fleet)
            var entry = entry(for: computer, at: position)
            counter.count(computer, verdict, in: fleet)
            switch verdict.standing {
            case .decided(let decision):
                entry.decision = decision
                if decision == .activated {
                    holders.count(verdict.rows.licensed.flatMap { fleet[fleet.products[$0].partialKey] })
                }
            case .reapplies:
                entry.decision = .reapply
            case .competes:
                break
            }
            entry.ruleSet = ruleSet(verdict, evidence: evidence)
            if isConsumer(at: position, verdict) {
                notes.count(.consumerEnrolment, of: computer, at: computer.tagPlace)
                entry.ruleSet = tables.rules(entry.ruleSet, adding: .consumerEnrolment)
            }
            switch verdict.standing {
            case .decided:
                if verdict.servicing.isBlocked {
                    entry.missing = choices.missing(preparation(verdict, at: position), in: &tables)
                }
            case .reapplies:
                let route = route(of: computer, at: position)
                let preparation = preparation(verdict, at: position)
                entry.missing = choices.missing(preparation, in: &tables)
                entry.procedure = choices.procedure(.reapply, preparation, route: route, in: &tables)
                note(computer, at: position, entry, verdict)
                note(preparation, of: computer, &entry)
            case .competes:
                let tier =
                    tiers.position(ofComputerAt: position).map { planner.policy.priorities[$0].tier }
                    ?? planner.policy.lowestTier
                entry.tierNumber = UInt16(clamping: tier)
                if countsEndpoints, fleet[computer.hosting] == "vdi" {
                    endpointsBeyondMachines += max(1, Int(computer.endpoints)) - 1
                }
                let earlier = previous?[position]
                let hold = self.held?.take(at: position, in: fleet)
                let preparation = preparation(verdict, at: position)
                competitors.append(
                    Competitor(
                        computer: Int32(position), tier: Int32(clamping: tier), preparation: preparation,
                        route: route(of: computer, at: position), previousKey: earlier ?? -1,
                        heldKey: hold?.key ?? -1, heldBy: hold?.record ?? -1, wasServed: earlier != nil || hold != nil)
                )
                note(computer, at: position, entry, verdict)
                note(preparation, of: computer, &entry)
            }
            entries.append(entry)
        }
        pool = LicensePool(
            target.target, purchases: fleet.purchases, activated: holders.total, activatedOf: holders.ofAgreement)
        facts = counter.facts(pool, keys: keys.planned)
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
        if let text = fleet[computer.route], let route = Route(rawValue: text.lowercased()) { return route }
        guard let rule = routes.position(ofComputerAt: position) else { return .online }
        return planner.policy.routes[rule].route
    }

    /// Whether a computer that the program could serve is enrolled as one of a consumer although a directory lists it.
    private func isConsumer(at position: Int, _ verdict: ComputerVerdict) -> Bool {
        let evidence = Int(survey.evidenceOf[position])
        return survey.evidence[evidence].isListed && judge.eligibilities[evidence].verdict == .eligible
            && consumers.position(ofComputerAt: position) != nil
    }

    private func preparation(_ verdict: ComputerVerdict, at position: Int) -> ProcedureChoices.Preparation {
        let rule = sources.position(ofComputerAt: position)
        return ProcedureChoices.Preparation(
            check: Int32(verdict.check), toInstall: verdict.servicing.toInstall,
            source: rule.map { planner.policy.updateSources[$0].source })
    }

    /// Counts what is worth a warning about where a computer gets its updates from, and names the rule.
    private mutating func note(
        _ preparation: ProcedureChoices.Preparation, of computer: Computer, _ entry: inout PlanEntry
    ) {
        if preparation.source == .configMgr { notes.count(.configMgr, of: computer, at: computer.directoryPlace) }
        guard preparation.toInstall != 0, choices.path(preparation).needsManualPush else { return }
        notes.count(.manualPush, of: computer, at: computer.directoryPlace)
        entry.ruleSet = tables.rules(entry.ruleSet, adding: "DEP-05")
    }

    /// Counts what is worth a warning about a computer that competes or is restored.
    private mutating func note(_ computer: Computer, at position: Int, _ entry: PlanEntry, _ verdict: ComputerVerdict) {
        let evidence = survey.evidence[Int(survey.evidenceOf[position])]
        if evidence.overruled != nil { notes.count(.conflict, of: computer, at: computer.directoryPlace) }
        for finding in judge.eligibilities[Int(survey.evidenceOf[position])].findings where finding.verdict == .doubtful
        {
            if finding.rule == PlannerRule.unknownEdition.rawValue {
                notes.count(.unknownEdition, of: computer, at: computer.directoryPlace)
            } else if finding.rule != PlannerRule.newestEvidence.rawValue {
                notes.count(.doubtfulEdition, of: computer, at: computer.directoryPlace)
            }
        }
        if entry.baseStatus >= 0, entry.baseStatus != Int8(LicenseStatus.licensed.rawValue) {
            notes.count(.baseNotLicensed, of: computer, at: fleet.products[Int(survey.baseOf[position])].place)
        }
        if verdict.state.unknown != 0 { notes.count(.updatesUnknown, of: computer, at: computer.directoryPlace) }
        if verdict.servicing.isAssumed { notes.count(.updatesAssumed, of: computer, at: computer.directoryPlace) }
        if countsEndpoints, fleet[computer.hosting] == "vdi", computer.endpoints < 1 {
            notes.count(.virtualDesktop, of: computer, at: computer.tagPlace)
        }
        if evidence.isListed, computer.lastSeen == nil, planner.policy.stale.afterDays != nil {
            notes.count(.undated, of: computer, at: computer.directoryPlace)
        }
    }

    // MARK: - Allocation

    /// Gives activations to classes of competitors, and within a class to computers in the order of the fleet.
    ///
    /// Computers for which a recorded plan holds an activation get it first, whatever their tier.
    mutating func allocate(_ keys: inout KeyChoices) {
        let servedOfHeld = serveHeld(keys)
        let competition = Competition(competitors, keys: keys, license: target.license, pool: pool, fleet: fleet)
        let deal = Deal(competition, keys: keys, use: planner.policy.keyUse)
        let limits = competition.limits
        var unusable = UnusableHolds(records: held?.records.count ?? 0)
        for (position, competitor) in competitors.enumerated() {
            let key = deal.keyOf[position]
            if competitor.heldBy >= 0 {
                unusable.count(fleet.computers[Int(competitor.computer)], record: competitor.heldBy, getsKey: key >= 0)
            }
            if key >= 0 {
                serve(competitor, key: Int(key))
            } else {
                let limit = limits[Int(deal.classOf[position])] ?? .activations
                refuse(competitor, limit.isLicenses ? .unpurchased : .shortage)
            }
        }
        for (key, used) in deal.used.enumerated() where used > 0 { keys.use(used, of: key) }
        if let held {
            for (key, number) in held.count.enumerated() where number > 0 {
                let records = held.holders[keys.planned[key].key.id] ?? []
                keys.serve(servedOfHeld[key], ofHeld: number, by: records, key: key)
            }
            notes.add(unusable.diagnostics(held.records, target: target, fleet: fleet))
        }
        kept += deal.kept
        needs = competition.needs(target, keys: keys, policy: planner.policy, endpoints: endpointsBeyondMachines)
        pool.used += competition.allocation.served
        for (agreement, served) in competition.servedOfAgreement.enumerated() {
            pool.agreements[agreement].used += served
        }
        shortfalls = competition.shortfalls(of: target, at: index, keys: keys)
    }

    /// Serves computers with what recorded plans hold for them; they do not compete any more. Gives how many per key.
    private mutating func serveHeld(_ keys: KeyChoices) -> [Int] {
        guard let held else { return [] }
        let service = HeldService(competitors, held: held.count, keys: keys, pool: pool, fleet: fleet)
        pool.used = service.total
        for (agreement, number) in service.servedOfAgreement.enumerated() { pool.agreements[agreement].used = number }
        pool.hold(held.unclaimed, ofAgreement: unclaimed(held))
        var rest: [Competitor] = []
        for (position, competitor) in competitors.enumerated() {
            let key = service.keyOf[position]
            guard key >= 0 else {
                rest.append(competitor)
                continue
            }
            let entry = Int(competitor.computer)
            entries[entry].ruleSet = tables.rules(entries[entry].ruleSet, adding: .heldActivation)
            serve(competitor, key: Int(key))
            if competitor.previousKey == key { kept += 1 }
        }
        competitors = rest
        return service.served
    }

    /// How many activations of keys of each agreement are held for computers that do not compete. A key that may not be used
    /// any more holds licenses of its agreement all the same.
    private func unclaimed(_ held: HeldKeys) -> [Int] {
        var unclaimed = [Int](repeating: 0, count: pool.agreements.count)
        let choice = AgreementChoice(planner.policy, purchases: fleet.purchases)
        for key in fleet.keys {
            guard let count = held.unclaimedPerKey[key.id], count > 0 else { continue }
            let name = choice.agreement(of: key, for: target.target)
            if let agreement = pool.agreement(name) { unclaimed[agreement] += count }
        }
        return unclaimed
    }

    private mutating func serve(_ competitor: Competitor, key: Int) {
        let position = Int(competitor.computer)
        let computer = fleet.computers[position]
        if countsEndpoints, fleet[computer.hosting] == "vdi" {
            pool.virtualDesktops += 1
            pool.endpoints += max(1, Int(computer.endpoints))
        }
        entries[position].key = Int32(key)
        let preparation = competitor.preparation
        entries[position].decision = preparation.toInstall == 0 ? .activate : .prepare
        entries[position].missing = choices.missing(preparation, in: &tables)
        entries[position].procedure = choices.procedure(
            .activate, preparation, route: competitor.route, in: &tables)
        if pool.capacity != nil {
            entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "LIC-02")
        }
        entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "KEY-04")
        if preparation.toInstall != 0 {
            entries[position].ruleSet = tables.rules(entries[position].ruleSet, adding: "DEP-01")
            for rule in judge.rules(preparation.toInstall, check: Int(preparation.check)) {
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

import ActivationModel
import ESUPrograms

/// Makes activation plans: who receives which ESU activation on a given day, by the program data and a policy.
///
///     let planner = Planner(catalog: catalog, policy: policy, asOf: day)
///     let plan = try planner.plan(fleet)
///     let reasons = try planner.explain("pc-0001.corp.example.com", in: fleet)
///
/// The plan is a pure function of catalog, policy, day, fleet and pending assignments. Its stages: the operating system of
/// every computer (`SystemSurvey`), the program's rules (`Eligibility`), the computers that compete (`Competition`), the
/// allocation by classes, the procedures, and the days of the waves (`WaveSchedule`).
public struct Planner: Sendable {
    public let catalog: ProgramCatalog
    public let policy: Policy
    /// The day the plan is made for.
    public let asOf: Day

    /// Makes a planner. The policy's own `asOf` is not looked at; the caller decides which day counts.
    public init(catalog: ProgramCatalog, policy: Policy, asOf: Day) {
        self.catalog = catalog
        self.policy = policy
        self.asOf = asOf
    }

    /// Plans all targets of the policy.
    ///
    /// - Parameters:
    ///   - fleet: the inventory; its computers must be in their stated order.
    ///   - pending: per key id, activations that an earlier plan assigned and no export has shown as done.
    ///   - held: what recorded plans hold; their computers get it before anybody competes, and nobody else gets it.
    ///   - previous: an earlier plan; computers keep its keys as far as that costs no activation of any tier.
    ///   - assumptions: activations and licenses to add, for what-if questions.
    /// - Throws: when the policy names no target, or one that cannot be planned on this day.
    /// - Complexity: linear in computers, products and updates; the allocation depends on the number of classes only.
    public func plan(
        _ fleet: Fleet, pending: [String: Int] = [:], held: HeldActivations? = nil, previous: PreviousPlan? = nil,
        assuming assumptions: PlanAssumptions = PlanAssumptions()
    ) throws(PlanningError) -> ActivationPlan {
        let targets = try targets()
        let fleet = assumptions.purchases.isEmpty ? fleet : try assumptions.adding(to: fleet)
        let survey = SystemSurvey(fleet, catalog: catalog)
        var keys = KeyChoices(
            fleet.keys, licenses: targets.map(\.license), policy: policy, catalog: catalog, purchases: fleet.purchases,
            pending: pending.merging(held?.pendingPerKey ?? [:]) { $0 + $1 }, asOf: asOf)
        try keys.assume(assumptions.extraActivations)
        var tables = PlanTables()
        var notes = PlanNotes(policy: policy)
        var entries: [PlanEntry] = []
        var pools: [LicensePool] = []
        var shortfalls: [Shortfall] = []
        var needs: [PlanNeeds] = []
        var facts: [PlanFacts] = []
        var kept = 0
        let count = fleet.computers.count
        for (index, target) in targets.enumerated() {
            var run = TargetRun(
                planner: self, fleet: fleet, survey: survey, target: target, index: index, tables: tables, notes: notes)
            run.decide(
                keys, previous: previous.map { PreviousKeys($0, target: target, keys: keys, fleet: fleet) },
                held: held.map { HeldKeys($0, target: target, keys: keys) })
            run.allocate(&keys)
            shortfalls += run.shortfalls
            needs += run.needs.map { [$0] } ?? []
            facts += run.facts.map { [$0] } ?? []
            kept += run.kept
            tables = run.tables
            notes = run.notes
            pools.append(run.pool)
            notes.add(target, pool: run.pool, keys: keys.planned, asOf: asOf)
            if targets.count == 1 {
                entries = run.entries
            } else {
                if entries.isEmpty { entries = [PlanEntry](repeating: .blank, count: count * targets.count) }
                for computer in 0..<count { entries[computer * targets.count + index] = run.entries[computer] }
            }
        }
        PlanNeeds.removeRepeated(&needs)
        var counts = [DecisionCounts](repeating: DecisionCounts(), count: targets.count)
        for entry in entries { counts[Int(entry.target)][entry.decision] += 1 }
        let (schedule, scheduleNotes) = schedule(&entries, fleet, targets: targets)
        let conditions = ProgramConditions.warnings(
            targets: targets, counts: counts, catalog: catalog, policy: policy, purchases: fleet.purchases, asOf: asOf)
        let (rules, ruleSets) = tables.orderedRules { ruleText($0) }
        return ActivationPlan(
            asOf: asOf, targets: targets, computerCount: count, entries: entries, keys: keys.planned,
            refusedKeys: keys.refused, facts: facts, pools: pools, shortfalls: shortfalls, needs: needs,
            kept: previous == nil ? nil : kept, assumptions: assumptions, rules: rules, procedures: tables.procedures,
            waves: policy.waves, schedule: schedule, counts: counts,
            warnings: notes.diagnostics(fleet) + TagHints.diagnostics(fleet, catalog: catalog, policy: policy)
                + PolicyHints.diagnostics(fleet, policy: policy) + conditions + scheduleNotes + keys.warnings,
            texts: fleet.texts, ruleSets: ruleSets, missingLists: tables.missingLists,
            holders: targets.map { target in
                let own = held?.holds[target.target] ?? []
                return Set(own.map(\.record)).sorted().compactMap { held?.records[Int($0)] }
            })
    }

    /// The rule of that id, from the planner's own rules or from those of the programs' documents.
    func ruleText(_ id: String) -> ESURule {
        if let rule = PlannerRule(rawValue: id) { return rule.rule }
        return RuleCatalog[id] ?? ESURule(id: id, text: "A rule of the program data.", source: "")
    }
}

extension PlanEntry {
    /// Fills arrays before the decisions are made.
    static let blank = PlanEntry(
        computer: 0, name: .none, basePartialKey: .none, ruleSet: 0, target: 0, decision: .undetermined)
}

import ActivationModel
import ESUPrograms
import Planning
import Testing

/// Whole plans against an independent solver that knows neither classes nor groups of keys: every computer and every key
/// stands for itself.
@Suite("Plans against an independent solver")
struct PlanReferenceTests {
    struct World {
        var machines: [Machine] = []
        var keys: [LicenseKey] = []
        var purchases: [Purchase] = []
        var policy = makePolicy()
        var previous: [PlannedAssignment] = []
        /// What the solver shall solve.
        var problem = AllocationProblem(classes: [], keys: [])

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
            let tags = ["a", "b", "c"]
            let target = ProgramTarget(program: "windows-7", year: 2)
            policy.priorities = [
                PriorityRule(tier: 1, condition: .tag(Glob("first"))),
                PriorityRule(tier: 2, condition: .tag(Glob("second"))),
            ]
            let agreements: [String?] = ["EA-1", "CSP-2", "MPSA-3", "EA-4", nil]
            for year in 1...2 {
                for agreement in agreements where chance(70) {
                    purchases.append(
                        AgreementTests.purchase(
                            year, Int.random(in: 0...(agreement == nil ? 4 : 5), using: &random), agreement))
                }
            }
            let named = Set(purchases.compactMap(\.record.agreement)).sorted()
            var scopes: [String?] = []
            for index in 0..<Int.random(in: 1...9, using: &random) {
                let remaining = Int.random(in: 0...5, using: &random)
                let reserve = chance(20) ? 1 : 0
                let scope = chance(60) ? tags.randomElement(using: &random) : nil
                let agreement = agreements.randomElement(using: &random) ?? nil
                keys.append(Known.key("key-\(index)", remaining: remaining))
                policy.keys.append(
                    KeyDeclaration(
                        match: KeyPattern(id: "key-\(index)"), agreement: agreement, reserve: .number(reserve),
                        scope: scope.map { .tag(Glob($0)) }))
                scopes.append(scope)
                let pool = agreement.flatMap { named.firstIndex(of: $0) }
                problem.keys.append(
                    AllocationProblem.Key(
                        capacity: max(0, remaining - reserve), pool: purchases.isEmpty ? nil : pool.map { $0 + 2 } ?? 0)
                )
            }
            func bought(_ year: Int, _ agreement: String?, all: Bool = false) -> Int {
                purchases.filter { $0.record.year == year && (all || $0.record.agreement == agreement) }
                    .reduce(0) { $0 + $1.record.quantity }
            }
            if !purchases.isEmpty {
                problem.pools = [
                    AllocationProblem.Pool(capacity: min(bought(1, nil, all: true), bought(2, nil, all: true))),
                    AllocationProblem.Pool(capacity: bought(2, nil), parent: 0),
                ]
                for name in named {
                    problem.pools.append(AllocationProblem.Pool(capacity: bought(2, name), parent: 0, overflow: 1))
                }
            }
            for index in 0..<Int.random(in: 1...16, using: &random) {
                var machine = Machine(name: "pc-\(index + 100)")
                machine.tags = tags.filter { _ in chance(45) }
                let tier = Int.random(in: 1...3, using: &random)
                if tier < 3 { machine.tags.append(tier == 1 ? "first" : "second") }
                var options: [AllocationProblem.Option] = []
                for key in keys.indices where scopes[key].map({ machine.tags.contains($0) }) ?? true {
                    options.append(AllocationProblem.Option(key: key, cost: scopes[key] == nil ? 1 : 0))
                }
                if chance(60), let key = keys.indices.randomElement(using: &random) {
                    previous.append(
                        PlannedAssignment(
                            computer: machine.name, target: target, decision: chance(50) ? .activate : .prepare,
                            key: "key-\(key)"))
                    if let option = options.firstIndex(where: { $0.key == key }) { options[option].previous = 1 }
                }
                problem.classes.append(AllocationProblem.DemandClass(count: 1, tier: tier, options: options))
                machines.append(machine)
            }
        }

        func plan() throws -> ActivationPlan {
            try makePlanner(policy).plan(
                makeFleet(machines, keys: keys, purchases: purchases),
                previous: PreviousPlan(asOf: Known.day("2021-01-20"), assignments: previous))
        }
    }

    @Test(
        "as many of every tier are served, as many keys kept, and as many open keys spared as is possible",
        arguments: 1...1500)
    func optimal(seed: Int) throws {
        let world = World(seed: UInt64(seed))
        let plan = try world.plan()
        let tiers = Set(world.problem.classes.map(\.tier)).sorted()
        let served = tiers.map { tier in plan.entries.count { $0.tier == tier && $0.decision.usesActivation } }
        let open = plan.keys.reduce(0) { $0 + ($1.scope == nil ? $1.assigned : 0) }
        #expect(served + [plan.kept ?? 0, -open] == ReferenceFlow.bestValue(world.problem))
        let kept = world.previous.count { assignment in
            plan.entries.contains {
                plan.name(of: $0) == assignment.computer && plan.key(of: $0)?.key.id == assignment.key
            }
        }
        #expect(plan.kept == kept)
        for (key, planned) in plan.keys.enumerated() {
            #expect(plan.entries.count { plan.key(of: $0)?.key.id == planned.key.id } == planned.assigned)
            #expect(planned.assigned <= world.problem.keys[key].capacity)
        }
        for entry in plan.entries {
            guard let scope = plan.key(of: entry)?.scope, case .tag(let glob) = scope else { continue }
            let machine = world.machines.first { $0.name == plan.name(of: entry) }
            #expect(machine?.tags.contains { glob.matches($0) } == true)
        }
    }
}

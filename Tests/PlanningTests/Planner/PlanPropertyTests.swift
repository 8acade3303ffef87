import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Plans of random fleets")
struct PlanPropertyTests {
    struct World: Sendable {
        var machines: [Machine]
        var keys: [LicenseKey]
        var purchases: [Purchase]
        var policy: Policy

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
            let systems: [(String?, String?)] = [
                ("Windows 7 Professional", "6.1 (7601)"), ("Windows 7 Enterprise", "6.1 (7601)"),
                ("Windows 7 Professional", "6.1 (7600)"), ("Windows® 7 Ultimate", "6.1 (7601)"),
                ("Windows 7 Home Premium", "6.1 (7601)"), ("Windows Embedded Standard", "6.1 (7601)"),
                ("Windows 10 Pro", "10.0 (19045)"), ("Windows Server 2008 R2 Standard", "6.1 (7601)"),
                ("Windows Server® 2008 Standard", "6.0 (6002)"), (nil, nil), ("Windows 7 Professional", nil),
            ]
            machines = (0..<Int.random(in: 0...40, using: &random)).map { index in
                var machine = Machine(name: "pc-\(index).corp.example.com")
                (machine.system, machine.version) =
                    chance(60) ? systems[0] : systems.randomElement(using: &random) ?? (nil, nil)
                if chance(10) { machine.enabled = false }
                if chance(10) { machine.lastLogon = Known.day("2020-01-01") }
                if chance(10) { machine.hosting = ["azure", "avd", "vm", "vdi"].randomElement(using: &random) }
                if chance(20) { machine.route = ["proxy", "phone", "post"].randomElement(using: &random) }
                if chance(20) { machine.updates = nil }
                if chance(30) { machine.updates?.removeLast() }
                if chance(30) { machine.tags = ["critical", "lab"].filter { _ in chance(60) } }
                if chance(10) { machine.base = nil }
                if chance(15) { machine.rows.append(.year(Known.year2, chance(50) ? .licensed : .unlicensed)) }
                if chance(10) { machine.rows.append(DecisionTests.restorable) }
                if chance(10) { machine.rows.append(.year(Known.year1, .licensed)) }
                return machine
            }
            keys = (0..<Int.random(in: 0...5, using: &random)).map { index in
                let pid =
                    [Known.year2PID, Known.year2PID, Known.year1PID, Known.ordinaryPID, nil].randomElement(
                        using: &random) ?? nil
                let serverPID = "55041-00168-890-000001-03-1033-7601.0000-0302021"
                return Known.key(
                    "key-\(index)", remaining: chance(85) ? Int.random(in: 0...12, using: &random) : nil,
                    pid: chance(20) ? serverPID : pid)
            }
            purchases = chance(30) ? [] : (1...2).map { Known.purchase($0, Int.random(in: 0...25, using: &random)) }
            policy = makePolicy()
            if chance(50) { policy.targets.append(TargetChoice(program: "windows-server-2008", year: 2)) }
            if chance(50) {
                policy.priorities = [
                    PriorityRule(tier: 1, condition: .tag(Glob("critical"))),
                    PriorityRule(tier: 2, condition: .tag(Glob("lab"))),
                ]
            }
            if chance(40) {
                policy.keys = [
                    KeyDeclaration(
                        match: KeyPattern(id: "key-0"), program: "windows-7", year: 2, reserve: .percent(10),
                        scope: chance(50) ? .name(Glob("pc-1*")) : nil),
                    KeyDeclaration(match: KeyPattern(id: "key-1"), scope: .not(.tag(Glob("lab")))),
                ]
            }
            if chance(30) { policy.unknownCounts = .assume(3) }
            let actions = PrerequisiteRule.Action.allCases
            policy.prerequisites = PrerequisiteRule(
                missing: actions.randomElement(using: &random) ?? .prepare,
                unknown: actions.randomElement(using: &random) ?? .prepare)
            if chance(40) {
                policy.waves = [
                    WaveRule(name: "pilot", condition: .tag(Glob("lab")), limit: 2), WaveRule(name: "broad"),
                ]
            }
            if chance(40) { policy.routes = [RouteRule(route: .proxy, condition: .tag(Glob("lab")))] }
        }

        func plan() throws -> ActivationPlan {
            try makePlanner(policy).plan(makeFleet(machines, keys: keys, purchases: purchases))
        }
    }

    static let seeds = Array(UInt64(1)...120)

    @Test("every computer has exactly one decision per target, and the counts add up", arguments: seeds)
    func sums(seed: UInt64) throws {
        let world = World(seed: seed)
        let plan = try world.plan()
        #expect(plan.entries.count == world.machines.count * plan.targets.count)
        for (index, counts) in plan.counts.enumerated() {
            #expect(counts.total == world.machines.count)
            let own = plan.entries.filter { Int($0.target) == index }
            #expect(Set(own.map(\.computer)).count == world.machines.count)
            for decision in Decision.allCases { #expect(own.count { $0.decision == decision } == counts[decision]) }
        }
    }

    @Test("no key and no pool gives more than it has, and keys serve only their own target and scope", arguments: seeds)
    func capacities(seed: UInt64) throws {
        let plan = try World(seed: seed).plan()
        for key in plan.keys {
            let users = plan.entries.filter { plan.key(of: $0)?.key.id == key.key.id }
            #expect(users.count == key.assigned)
            #expect(key.assigned <= key.capacity.available)
            #expect(users.allSatisfy { plan.target(of: $0).license == key.key.license })
        }
        for (index, pool) in plan.pools.enumerated() {
            #expect(pool.used == plan.counts[index][.activate] + plan.counts[index][.prepare])
            if let capacity = pool.capacity { #expect(pool.used <= capacity) }
        }
        for entry in plan.entries {
            #expect(entry.decision.usesActivation == (plan.key(of: entry) != nil))
            #expect((entry.decision == .prepare) == (entry.decision.usesActivation && !plan.missing(of: entry).isEmpty))
            #expect(!plan.reasons(of: entry).isEmpty)
        }
    }

    @Test("no step of any procedure touches the base license", arguments: seeds)
    func baseUntouched(seed: UInt64) throws {
        let plan = try World(seed: seed).plan()
        for entry in plan.entries {
            guard let procedure = plan.procedure(of: entry) else {
                #expect(!entry.decision.usesActivation && entry.decision != .reapply)
                continue
            }
            let id = plan.activationID(of: entry)
            #expect(procedure.license.activationID == id)
            for step in procedure.steps {
                switch step {
                case .installKey(let license):
                    // The key that is installed is settled to be an add-on key of this very row.
                    #expect(license.activationID == id)
                    #expect(plan.key(of: entry)?.key.license == license)
                case .checkRow(let other), .activate(let other), .requestConfirmation(let other),
                    .depositConfirmation(let other), .verify(let other):
                    #expect(other == id)
                case .installUpdate, .restart, .restartIfPending, .recordBase, .compareBase: break
                }
            }
            let record = try #require(procedure.steps.firstIndex(of: .recordBase))
            let reached = procedure.steps.firstIndex { step in
                switch step {
                case .installKey, .activate, .requestConfirmation, .depositConfirmation: true
                default: false
                }
            }
            #expect(record < (reached ?? 0))
            #expect(procedure.steps.last == .compareBase)
        }
    }

    @Test("the order of the input does not matter", arguments: seeds)
    func shuffled(seed: UInt64) throws {
        var world = World(seed: seed)
        let first = try world.plan()
        var random = SeededGenerator(seed: seed &+ 1000)
        world.machines.shuffle(using: &random)
        world.keys.shuffle(using: &random)
        world.purchases.shuffle(using: &random)
        let second = try world.plan()
        #expect(lines(of: first) == lines(of: second))
        #expect(first.keys.map(\.assigned) == second.keys.map(\.assigned))
        #expect(first.rules == second.rules)
        #expect(first.procedures == second.procedures)
        #expect(first.warnings.map(\.message) == second.warnings.map(\.message))
    }

    @Test("a higher tier never waits while a lower one is served by a key that it may use", arguments: seeds)
    func tiers(seed: UInt64) throws {
        var world = World(seed: seed)
        world.policy.keys = []
        let plan = try world.plan()
        for index in plan.targets.indices {
            let own = plan.entries.filter { Int($0.target) == index }
            let waiting = own.filter { $0.decision == .shortage || $0.decision == .unpurchased }.compactMap(\.tier)
                .min()
            let served = own.filter(\.decision.usesActivation).compactMap(\.tier).max()
            if let waiting, let served { #expect(served <= waiting) }
        }
    }

    @Test(
        "the explanation of every computer ends in the decision of the plan and names its reasons",
        arguments: seeds.prefix(40))
    func explanations(seed: UInt64) throws {
        let world = World(seed: seed)
        let fleet = makeFleet(world.machines, keys: world.keys, purchases: world.purchases)
        let planner = try makePlanner(world.policy)
        let plan = try planner.plan(fleet)
        for position in fleet.computers.indices {
            let explanations = planner.explain(position, in: fleet, plan: plan)
            #expect(explanations.count == plan.targets.count)
            for (index, explanation) in explanations.enumerated() {
                let entry = plan.entries[position * plan.targets.count + index]
                #expect(explanation.decision == entry.decision)
                let told = Set(explanation.reasons.map(\.rule.id))
                for reason in plan.reasons(of: entry) { #expect(told.contains(reason), "\(reason) in \(told)") }
            }
        }
    }
}

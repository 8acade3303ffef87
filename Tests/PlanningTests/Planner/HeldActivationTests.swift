import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

@Suite("Activations that recorded plans hold")
struct HeldActivationTests {
    private static let target = ProgramTarget(program: "windows-7", year: 2)

    private static func machines(_ names: [String]) -> [Machine] {
        names.map { name in Machine().with { $0.name = name } }
    }

    private static let activatedRow = Machine.Row.year(Known.year2, .licensed, "ABCDE")

    /// What a plan gives to computers, as the store holds it.
    private func record(_ plan: ActivationPlan, id: Int64 = 1) -> RecordedPlan {
        RecordedPlan(
            id: id, asOf: plan.asOf,
            counts: Dictionary(
                uniqueKeysWithValues: plan.keys.map {
                    ($0.key.id, .init(remaining: $0.capacity.remaining, readAt: $0.capacity.readAt))
                }),
            assignments: plan.entries.filter { $0.decision.usesActivation }.map {
                PlannedAssignment(
                    computer: plan.name(of: $0), target: plan.target(of: $0).target, decision: $0.decision,
                    key: plan.key(of: $0)?.key.id)
            })
    }

    private func held(_ plans: [RecordedPlan], _ fleet: Fleet, asOf: String = "2021-02-01") throws -> HeldActivations {
        HeldActivations(plans, fleet: fleet, catalog: try Known.catalog.get(), asOf: Known.day(asOf))
    }

    private func assignments(_ plan: ActivationPlan) -> [String] {
        plan.entries.map { "\(plan.name(of: $0)) \($0.decision) \(plan.key(of: $0)?.key.id ?? "-")" }
    }

    private func tier1(_ pattern: String) -> Policy {
        makePolicy { $0.priorities = [PriorityRule(tier: 1, condition: .name(Glob(pattern)))] }
    }

    @Test("Planning again after recording gives the same plan, and no activation is charged twice")
    func again() throws {
        let fleet = makeFleet(
            Self.machines(["a", "b", "c", "d"]), keys: [Known.key("k1", remaining: 2), Known.key("k2", remaining: 1)],
            purchases: [Known.purchase(1, 3), Known.purchase(2, 3)])
        let first = try makePlanner().plan(fleet)
        let second = try makePlanner().plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(first) == assignments(second))
        #expect(second.keys.map(\.assigned) == first.keys.map(\.assigned))
        #expect(second.keys.map(\.left) == first.keys.map(\.left))
        #expect(second.keys.map(\.capacity.pending) == [0, 0])
        #expect(second.keys.map(\.held) == [2, 1])
        #expect(second.pools.map(\.used) == first.pools.map(\.used))
        #expect(second.pools.map(\.held) == [0])
    }

    @Test("A new computer of a higher tier gets what is free, never what is held")
    func newcomer() throws {
        let keys = [Known.key("k1", remaining: 3)]
        let first = try makePlanner().plan(makeFleet(Self.machines(["b", "c"]), keys: keys))
        let fleet = makeFleet(Self.machines(["a1", "a2", "b", "c"]), keys: keys)
        let second = try makePlanner(tier1("a*")).plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == ["a1 activate k1", "a2 shortage -", "b activate k1", "c activate k1"])
        let without = try makePlanner(tier1("a*")).plan(fleet)
        #expect(assignments(without) == ["a1 activate k1", "a2 activate k1", "b activate k1", "c shortage -"])
    }

    @Test("A held license is not sold to a higher tier either")
    func heldLicense() throws {
        let keys = [Known.key("k1", remaining: 9)]
        let purchases = [Known.purchase(1, 2), Known.purchase(2, 2)]
        let first = try makePlanner().plan(makeFleet(Self.machines(["b"]), keys: keys, purchases: purchases))
        let fleet = makeFleet(Self.machines(["a1", "a2", "b"]), keys: keys, purchases: purchases)
        let second = try makePlanner(tier1("a*")).plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == ["a1 activate k1", "a2 unpurchased -", "b activate k1"])
        #expect(second.pools[0].used == 2)
    }

    @Test("What is held for a computer that does not compete any more is pending for the others")
    func vanished() throws {
        let keys = [Known.key("k1", remaining: 2)]
        let purchases = [Known.purchase(1, 5), Known.purchase(2, 5)]
        let first = try makePlanner().plan(makeFleet(Self.machines(["a", "b"]), keys: keys, purchases: purchases))
        var machines = Self.machines(["b", "c"])
        machines[0].enabled = false
        let fleet = makeFleet(machines, keys: keys, purchases: purchases)
        let second = try makePlanner().plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == ["b stale -", "c shortage -"])
        #expect(second.keys[0].capacity.pending == 2)
        #expect(second.keys[0].capacity.available == 0)
        #expect(second.pools[0].held == 2)
    }

    @Test("Of two accounts of one name the one that competes gets what is held")
    func sameName() throws {
        var machines = Self.machines(["a", "a"])
        let keys = [Known.key("k1", remaining: 1)]
        machines[0].superseded = true
        let fleet = makeFleet(machines, keys: keys)
        let first = try makePlanner().plan(fleet)
        #expect(assignments(first).sorted() == ["a activate k1", "a stale -"])
        let second = try makePlanner().plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == assignments(first))
        #expect(second.keys[0].capacity.pending == 0)
    }

    @Test("A computer that is seen as activated holds nothing, once the count was read anew")
    func done() throws {
        let first = try makePlanner().plan(
            makeFleet(Self.machines(["a", "b"]), keys: [Known.key("k1", remaining: 2)]))
        var machines = Self.machines(["a", "b"])
        var row = Self.activatedRow
        row.updated = Known.day("2021-02-03")
        machines[0].rows = [row]
        var key = Known.key("k1", remaining: 2)
        let before = makeFleet(machines, keys: [key])
        let uncounted = try held([record(first)], before, asOf: "2021-02-05")
        #expect(uncounted.heldPerKey == ["k1": 1])
        #expect(uncounted.uncountedPerKey == ["k1": 1])
        #expect(uncounted.progress[1]?.done == 1)
        #expect(uncounted.progress[1]?.pending == 1)

        key.readings.append(Reading(remaining: 1, readAt: Timestamp(Known.day("2021-02-03")), source: nil))
        let after = try held([record(first)], makeFleet(machines, keys: [key]), asOf: "2021-02-05")
        #expect(after.heldPerKey == ["k1": 1])
        #expect(after.uncountedPerKey == [:])
    }

    @Test(
        "For a count read between plan and sighting the drop since the plan tells how many are in it",
        arguments: [(10, 3), (9, 2), (8, 1), (7, 0), (5, 0), (12, 3)])
    func drop(remaining: Int, uncounted: Int) {
        var done = DoneActivations(
            reading: Reading(remaining: remaining, readAt: Timestamp(Known.day("2021-02-03")), source: nil))
        let count = RecordedPlan.Count(remaining: 10, readAt: Timestamp(Known.day("2021-01-30")))
        for _ in 0..<3 {
            done.add(seen: Timestamp(Known.day("2021-02-10")), count: count, asOf: Known.day("2021-02-01"))
        }
        #expect(done.uncounted == uncounted)
    }

    @Test("A count read when the license was seen contains it, the one that the plan went by does not")
    func dates() {
        let plan = RecordedPlan.Count(remaining: 10, readAt: Timestamp(Known.day("2021-01-30")))
        func uncounted(readAt: String?, seen: String?) -> Int {
            var done = DoneActivations(
                reading: Reading(remaining: 10, readAt: readAt.map { Timestamp(Known.day($0)) }, source: nil))
            done.add(seen: seen.map { Timestamp(Known.day($0)) }, count: plan, asOf: Known.day("2021-02-01"))
            return done.uncounted
        }
        #expect(uncounted(readAt: "2021-02-10", seen: "2021-02-10") == 0)
        #expect(uncounted(readAt: "2021-01-30", seen: "2021-02-10") == 1)
        #expect(uncounted(readAt: "2021-01-30", seen: nil) == 1)
        #expect(uncounted(readAt: nil, seen: "2021-02-10") == 1)
    }

    @Test("A newer record of the same target replaces what an older one holds for the same computer")
    func replaced() throws {
        func assignment(_ name: String, _ key: String, year: Int = 2) -> PlannedAssignment {
            PlannedAssignment(
                computer: name, target: ProgramTarget(program: "windows-7", year: year), decision: .activate, key: key)
        }
        let older = RecordedPlan(
            id: 2, asOf: Known.day("2021-01-01"), counts: [:],
            assignments: [assignment("a", "k1"), assignment("a", "k9", year: 1), assignment("b", "k1")])
        let newer = RecordedPlan(
            id: 1, asOf: Known.day("2021-01-15"), counts: [:], assignments: [assignment("a", "k2")])
        for plans in [[older, newer], [newer, older]] {
            let held = try held(plans, makeFleet(Self.machines(["a", "b"])))
            #expect(held.heldPerKey == ["k1": 1, "k2": 1, "k9": 1])
            #expect(held.progress[2]?.replaced == 1)
            #expect(held.progress[2]?.pending == 2)
            #expect(held.progress[1]?.pending == 1)
        }
    }

    @Test("Where more is held than is left, the first computers of the lower tiers get it, and a warning tells")
    func overheld() throws {
        let first = try makePlanner().plan(
            makeFleet(Self.machines(["a", "b", "c"]), keys: [Known.key("k1", remaining: 3)]))
        let fleet = makeFleet(Self.machines(["a", "b", "c"]), keys: [Known.key("k1", remaining: 1)])
        let second = try makePlanner(tier1("b")).plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == ["a shortage -", "b activate k1", "c shortage -"])
        #expect(second.keys[0].left == 0)
        #expect(second.keys[0].assigned <= second.keys[0].capacity.available)
        #expect(second.warnings.map(\.code).contains("plan.key.overheld"))
    }

    @Test("A computer whose held key may not be used any more competes like the others; the activation stays held")
    func outOfScope() throws {
        let keys = [Known.key("k1", remaining: 1), Known.key("k2", remaining: 1)]
        let fleet = makeFleet(Self.machines(["a"]), keys: keys)
        let first = try makePlanner().plan(fleet)
        #expect(assignments(first) == ["a activate k1"])
        let policy = makePolicy {
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "k1"), scope: .name(Glob("z*")))]
        }
        let second = try makePlanner(policy).plan(fleet, held: held([record(first)], fleet))
        #expect(assignments(second) == ["a activate k2"])
        #expect(second.keys[0].capacity.pending == 1)
    }

    @Test("The explanation says that a recorded plan holds the activation")
    func explained() throws {
        let fleet = makeFleet(Self.machines(["a"]), keys: [Known.key("k1", remaining: 1)])
        let planner = try makePlanner()
        let explanation = try planner.explain("a", in: fleet, held: held([record(planner.plan(fleet))], fleet))
        #expect(explanation[0].reasons.contains { $0.rule.id == "PLAN-13" })
    }
}

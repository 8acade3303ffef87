import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("A plan that follows an earlier one")
struct StabilityTests {
    static func previous(_ plan: ActivationPlan) -> PreviousPlan {
        PreviousPlan(
            asOf: plan.asOf,
            assignments: plan.entries.map { entry in
                PlannedAssignment(
                    computer: plan.name(of: entry), target: plan.target(of: entry).target, decision: entry.decision,
                    key: plan.key(of: entry)?.key.id)
            })
    }

    static func keys(of plan: ActivationPlan) -> [String: String] {
        var keys: [String: String] = [:]
        for entry in plan.entries { keys[plan.name(of: entry)] = plan.key(of: entry)?.key.id }
        return keys
    }

    @Test("computers keep their keys, though fresh planning would give them others")
    func keeps() throws {
        let machines = (1...6).map { Machine(name: "pc-\($0)") }
        let keys = [Known.key("a", remaining: 6), Known.key("b", remaining: 6)]
        let fleet = makeFleet(machines, keys: keys)
        let swapped = PreviousPlan(
            asOf: Known.day("2021-01-20"),
            assignments: (1...6).map {
                PlannedAssignment(
                    computer: "pc-\($0)", target: ProgramTarget(program: "windows-7", year: 2), decision: .activate,
                    key: $0 < 4 ? "b" : "a")
            })
        #expect(Self.keys(of: try makePlanner().plan(fleet)).values.allSatisfy { $0 == "a" })
        let plan = try makePlanner().plan(fleet, previous: swapped)
        #expect(
            Self.keys(of: plan) == [
                "pc-1": "b", "pc-2": "b", "pc-3": "b", "pc-4": "a", "pc-5": "a", "pc-6": "a",
            ])
        #expect(plan.kept == 6)
    }

    @Test("when a key has lost activations, as many keep it as it has, and the others move rather than newcomers")
    func lostCapacity() throws {
        let target = ProgramTarget(program: "windows-7", year: 2)
        let machines = ["aa-new"] + (1...4).map { "pc-\($0)" }
        let previous = PreviousPlan(
            asOf: Known.day("2021-01-20"),
            assignments: (1...4).map {
                PlannedAssignment(computer: "pc-\($0)", target: target, decision: .activate, key: "a")
            })
        let keys = [Known.key("a", remaining: 2), Known.key("b", remaining: 2)]
        let plan = try makePlanner().plan(makeFleet(machines.map { Machine(name: $0) }, keys: keys), previous: previous)
        #expect(Self.keys(of: plan) == ["pc-1": "a", "pc-2": "a", "pc-3": "b", "pc-4": "b"])
        #expect(plan.kept == 2)
    }

    @Test("a higher tier comes first, also against a computer that had the activation")
    func tiersFirst() throws {
        let target = ProgramTarget(program: "windows-7", year: 2)
        let previous = PreviousPlan(
            asOf: Known.day("2021-01-20"),
            assignments: [PlannedAssignment(computer: "pc-1", target: target, decision: .prepare, key: "a")])
        let machines = [Machine(name: "pc-1"), Machine(name: "pc-2", tags: ["critical"])]
        let policy = makePolicy { $0.priorities = [PriorityRule(tier: 1, condition: .tag(Glob("critical")))] }
        let plan = try makePlanner(policy).plan(
            makeFleet(machines, keys: [Known.key("a", remaining: 1)]), previous: previous)
        #expect(Self.keys(of: plan) == ["pc-2": "a"])
    }

    @Test("planning again from its own plan changes nothing", arguments: PlanPropertyTests.seeds)
    func fixedPoint(seed: UInt64) throws {
        let world = PlanPropertyTests.World(seed: seed)
        let fleet = makeFleet(world.machines, keys: world.keys, purchases: world.purchases)
        let planner = try makePlanner(world.policy)
        let first = try planner.plan(fleet)
        let second = try planner.plan(fleet, previous: Self.previous(first))
        #expect(lines(of: first) == lines(of: second))
        #expect(second.kept == first.activationsAssigned)
    }
}

@Suite("How alike keys are spent")
struct KeyUseTests {
    static func assigned(_ use: KeyUse, _ counts: [Int], machines: Int) throws -> (perKey: [Int], order: [String?]) {
        let keys = counts.enumerated().map { Known.key("key-\($0.offset)", remaining: $0.element) }
        let fleet = makeFleet((1...machines).map { Machine(name: "pc-\($0 + 100)") }, keys: keys)
        let plan = try makePlanner(makePolicy { $0.keyUse = use }).plan(fleet)
        return (plan.keys.map(\.assigned), plan.entries.map { plan.key(of: $0)?.key.id })
    }

    @Test("drain uses small rests up before it touches a larger key")
    func drain() throws {
        #expect(try Self.assigned(.drain, [10, 3, 4], machines: 9).perKey == [2, 3, 4])
    }

    @Test("spread uses all keys in proportion to what is available on them")
    func spread() throws {
        #expect(try Self.assigned(.spread, [10, 30, 20], machines: 12).perKey == [2, 6, 4])
        #expect(try Self.assigned(.spread, [1, 1, 1], machines: 2).perKey == [1, 1, 0])
        // 15/7 and 6/7: what rounding down leaves goes to the larger remainder.
        #expect(try Self.assigned(.spread, [5, 2], machines: 3).perKey == [2, 1])
    }

    @Test("keys are mixed among the computers, so that a blocked key stops a share of every stretch only")
    func mixed() throws {
        let order = try Self.assigned(.spread, [6, 6], machines: 12).order
        for start in stride(from: 0, to: 12, by: 2) { #expect(Set(order[start..<start + 2]).count == 2) }
    }
}

@Suite("What-if questions")
struct AssumptionTests {
    @Test("extra activations serve more computers, and the plan says what was assumed")
    func extra() throws {
        let fleet = makeFleet((1...5).map { Machine(name: "pc-\($0)") }, keys: [Known.key("k", remaining: 2)])
        let assumptions = PlanAssumptions(extraActivations: [.init(key: "abcde", count: 2)])
        let plan = try makePlanner().plan(fleet, assuming: assumptions)
        #expect(plan.totals[.activate] == 4)
        #expect(plan.keys[0].capacity.remaining == 2)
        #expect(plan.keys[0].capacity.extra == 2)
        #expect(plan.keys[0].left == 0)
        #expect(plan.assumptions == assumptions)
    }

    @Test("an assumed purchase counts for its year only, so the chain of years still applies (LIC-02)")
    func purchase() throws {
        let fleet = makeFleet(
            (1...5).map { Machine(name: "pc-\($0)") }, keys: [Known.key("k", remaining: 9)],
            purchases: [Known.purchase(1, 4), Known.purchase(2, 1)])
        let year2 = ProgramTarget(program: "windows-7", year: 2)
        let plan = try makePlanner().plan(
            fleet, assuming: PlanAssumptions(purchases: [.init(target: year2, quantity: 10)]))
        #expect(plan.totals[.activate] == 4)
        #expect(plan.totals[.unpurchased] == 1)
    }

    @Test("a purchase cannot be added where the ledger knows none of the program: it would be a limit, no addition")
    func noLedger() throws {
        let assumptions = PlanAssumptions(
            purchases: [.init(target: ProgramTarget(program: "windows-7", year: 2), quantity: 1000)])
        let machines = (1...3).map { Machine(name: "pc-\($0)") }
        for purchases in [[], [Known.purchase(1, 5, program: "windows-10")]] {
            let fleet = makeFleet(machines, keys: [Known.key("k", remaining: 9)], purchases: purchases)
            #expect(throws: PlanningError.noLedger(program: "windows-7")) {
                try makePlanner().plan(fleet, assuming: assumptions)
            }
            #expect(try makePlanner().plan(fleet).totals[.activate] == 3)
        }
        let known = makeFleet(machines, purchases: [Known.purchase(1, 5, program: "Windows-7")])
        #expect(try makePlanner().plan(known, assuming: assumptions).pools[0].boughtPerYear == [5, 1000])
    }

    @Test("an assumption about a key that cannot be used is an error that names those that can")
    func unknownKey() throws {
        let fleet = makeFleet([Machine()], keys: [Known.key("k", remaining: 2)])
        #expect(throws: PlanningError.noUsableKey("other", candidates: ["ABCDE"])) {
            try makePlanner().plan(
                fleet, assuming: PlanAssumptions(extraActivations: [.init(key: "other", count: 1)]))
        }
    }
}

@Suite("Readings by day")
struct ReadingDayTests {
    static let readings = [("2021-01-10", 9), ("2021-01-30", 5), ("2021-03-01", 2)].map { day, count in
        Reading(remaining: count, readAt: Timestamp(Known.day(day)), source: nil)
    }

    @Test(
        "the newest reading of the day or before it counts; where all are newer, the oldest",
        arguments: [("2021-01-30", 5), ("2021-01-29", 9), ("2021-02-28", 5), ("2021-03-01", 2), ("2020-12-31", 9)])
    func day(_ day: String, _ remaining: Int) {
        var key = LicenseKey(id: "k")
        key.readings = Self.readings
        #expect(key.reading(on: Known.day(day))?.remaining == remaining)
    }

    @Test("a file that does not know the number does not make an older number unknown")
    func withoutNumber() {
        var key = LicenseKey(id: "k")
        key.readings =
            Self.readings + [Reading(remaining: nil, readAt: Timestamp(Known.day("2021-03-05")), source: nil)]
        #expect(key.reading(on: Known.day("2021-03-10"))?.remaining == 2)
    }
}

import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

/// How far recorded plans hold activations, and from where on they do not.
@Suite("Borders of what recorded plans hold")
struct HeldBorderTests {
    private static let target = ProgramTarget(program: "windows-7", year: 2)

    /// A record that holds keys for computers.
    private func record(_ id: Int64, _ keys: KeyValuePairs<String, String>) -> RecordedPlan {
        RecordedPlan(
            id: id, asOf: Known.day("2021-01-20"), counts: [:],
            assignments: keys.map {
                PlannedAssignment(computer: $0.key, target: HeldBorderTests.target, decision: .activate, key: $0.value)
            })
    }

    private func plan(
        _ names: [String], keys: [LicenseKey], purchases: [Purchase] = [], records: [RecordedPlan],
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> ActivationPlan {
        let fleet = makeFleet(names.map { Machine(name: $0) }, keys: keys, purchases: purchases)
        let held = HeldActivations(
            records, fleet: fleet, catalog: try Known.catalog.get(), asOf: Known.day("2021-02-01"))
        return try makePlanner(makePolicy(change)).plan(fleet, held: held)
    }

    private func assignments(_ plan: ActivationPlan) -> [String] {
        plan.entries.map { "\(plan.name(of: $0)) \($0.decision) \(plan.key(of: $0)?.key.id ?? "-")" }
    }

    @Test("holders get no more than the licenses that were bought")
    func licenses() throws {
        let plan = try plan(
            ["a", "b"], keys: [Known.key("k1", remaining: 9)], purchases: [Known.purchase(1, 1), Known.purchase(2, 1)],
            records: [record(1, ["a": "k1", "b": "k1"])])
        #expect(assignments(plan) == ["a activate k1", "b unpurchased -"])
        #expect(plan.pools[0].used == 1)
    }

    @Test("holders get no more than the licenses of the key's agreement, and nobody gets these twice")
    func agreement() throws {
        let purchases = [
            AgreementTests.purchase(1, 9, "EA-2"), AgreementTests.purchase(2, 1, "EA-1"),
            AgreementTests.purchase(2, 8, "EA-2"),
        ]
        let keys = [AgreementTests.key("a", "EA-1")]
        let two = try plan(["a", "b"], keys: keys, purchases: purchases, records: [record(1, ["a": "a", "b": "a"])])
        #expect(two.keys.map(\.assigned) == [1])
        let newcomer = try plan(["a", "b"], keys: keys, purchases: purchases, records: [record(1, ["b": "a"])])
        #expect(newcomer.entries.map(\.decision) == [.unpurchased, .activate])
    }

    /// Two agreements with one license each, and one license on none.
    private static let shared = [
        AgreementTests.purchase(1, 50, nil), AgreementTests.purchase(2, 1, nil), AgreementTests.purchase(2, 1, "EA-1"),
        AgreementTests.purchase(2, 1, "EA-2"), AgreementTests.purchase(2, 9, "EA-3"),
    ]

    @Test("holders of several agreements share the licenses on no agreement")
    func sharedLicenses() throws {
        let keys = [AgreementTests.key("a", "EA-1"), AgreementTests.key("b", "EA-2")]
        let plan = try plan(
            ["p", "q", "r", "s"], keys: keys, purchases: HeldBorderTests.shared,
            records: [record(1, ["p": "a", "q": "a", "r": "b", "s": "b"])])
        #expect(plan.entries.map(\.decision) == [.activate, .activate, .activate, .unpurchased])
        #expect(plan.pools[0].agreements.map(\.used) == [2, 1, 0])
    }

    @Test("what is held for computers that do not compete is kept from others with a key of that agreement")
    func unclaimedOfAgreement() throws {
        let keys = [AgreementTests.key("a", "EA-1"), AgreementTests.key("b", "EA-2")]
        let scoped: (inout Policy) -> Void = {
            $0.keys = ["a", "b"].map { (id: String) in
                KeyDeclaration(match: KeyPattern(id: id), scope: .name(Glob(id + "*")))
            }
        }
        let plan = try plan(
            ["a1", "a2", "b1", "b2"], keys: keys, purchases: HeldBorderTests.shared,
            records: [record(1, ["gone-1": "a", "gone-2": "a"])], scoped)
        // Both licenses that EA-1 may use are held; EA-2 has its own one left.
        #expect(plan.entries.map(\.decision) == [.unpurchased, .unpurchased, .activate, .unpurchased])
        #expect(plan.pools[0].held == 2)
        #expect(plan.pools[0].agreements.map(\.held) == [2, 0, 0])
        #expect(plan.pools[0].left(of: plan.pools[0].agreements[0]) == 0)
        #expect(plan.pools[0].outsideAgreements.left == 0)
        #expect(NeedsTests.orders(plan.needs[0]) == ["windows-7 year 2 2 EA-1 false", "windows-7 year 2 1 EA-2 false"])
    }

    @Test("no more licenses are held than are left")
    func heldWithinPool() throws {
        let plan = try plan(
            ["b1"], keys: [Known.key("a", remaining: 9)], purchases: [Known.purchase(1, 9), Known.purchase(2, 2)],
            records: [record(1, ["gone-1": "a", "gone-2": "a", "gone-3": "a"])])
        #expect(plan.pools[0].held == 2)
        #expect(plan.pools[0].left == 0)
        #expect(plan.entries.map(\.decision) == [.unpurchased])
    }

    @Test("a key that may not be used any more holds licenses of its agreement, more than there are are not held")
    func unclaimedOfRefusedKey() throws {
        var refused = Known.key("a", remaining: nil)
        refused.agreement = "EA-1"
        let plan = try plan(
            ["b1", "b2"], keys: [refused, AgreementTests.key("b", "EA-2")], purchases: HeldBorderTests.shared,
            records: [record(1, ["gone-1": "a", "gone-2": "a", "gone-3": "a"])])
        #expect(plan.pools[0].agreements.map(\.held) == [2, 0, 0])
        #expect(plan.pools[0].held == 3)
        #expect(plan.totals[.activate] == 1)
    }

    @Test("the reserve of a key is kept from holders as well")
    func reserve() throws {
        let plan = try plan(
            ["a", "b"], keys: [Known.key("k1", remaining: 3)], records: [record(1, ["a": "k1", "b": "k1"])]
        ) { $0.keys = [KeyDeclaration(match: KeyPattern(id: "k1"), reserve: .number(2))] }
        #expect(assignments(plan) == ["a activate k1", "b shortage -"])
    }

    @Test("of two records of one day the one recorded last counts")
    func sameDay() throws {
        let fleet = makeFleet([Machine(name: "a")])
        let older = record(1, ["a": "k1"])
        let newer = record(2, ["a": "k2"])
        for records in [[older, newer], [newer, older]] {
            let held = HeldActivations(
                records, fleet: fleet, catalog: try Known.catalog.get(), asOf: Known.day("2021-02-01"))
            #expect(held.heldPerKey == ["k2": 1])
        }
    }

    @Test("a computer whose held activation is gone comes before newcomers of its tier")
    func goneKey() throws {
        let plan = try plan(["a", "b"], keys: [Known.key("k2", remaining: 1)], records: [record(1, ["b": "k1"])])
        #expect(assignments(plan) == ["a shortage -", "b activate k2"])
    }

    @Test("a holder that is served keeps the key of the earlier plan and counts as kept")
    func kept() throws {
        let fleet = makeFleet([Machine(name: "a"), Machine(name: "b")], keys: [Known.key("k1", remaining: 2)])
        let records = [record(1, ["a": "k1", "b": "k1"])]
        let held = HeldActivations(
            records, fleet: fleet, catalog: try Known.catalog.get(), asOf: Known.day("2021-02-01"))
        let previous = PreviousPlan(asOf: records[0].asOf, assignments: records[0].assignments)
        #expect(try makePlanner().plan(fleet, held: held, previous: previous).kept == 2)
    }

    @Test("licenses that are held for computers that do not compete must be bought beside the others")
    func needs() throws {
        let plan = try plan(
            ["a", "b", "c"], keys: [Known.key("k1", remaining: 9)],
            purchases: [Known.purchase(1, 2), Known.purchase(2, 2)], records: [record(1, ["gone": "k1"])])
        #expect(NeedsTests.orders(plan.needs[0]) == ["windows-7 year 1 2 - true", "windows-7 year 2 2 - false"])
    }

    @Test("the drop of a count is measured from the oldest plan, whichever is looked at first")
    func oldestCount() {
        let counts = [(10, "2021-01-20"), (8, "2021-01-30")].map { remaining, day in
            RecordedPlan.Count(remaining: remaining, readAt: Timestamp(Known.day(day)))
        }
        for order in [counts, counts.reversed()] {
            var done = DoneActivations(
                reading: Reading(remaining: 8, readAt: Timestamp(Known.day("2021-02-03")), source: nil))
            for count in order {
                done.add(seen: Timestamp(Known.day("2021-02-10")), count: count, asOf: Known.day("2021-02-01"))
            }
            #expect(done.uncounted == 0)
        }
    }

    @Test("an activation that a count contains for certain explains its drop, so that another does not")
    func contained() {
        let count = RecordedPlan.Count(remaining: 10, readAt: Timestamp(Known.day("2021-01-30")))
        var done = DoneActivations(
            reading: Reading(remaining: 9, readAt: Timestamp(Known.day("2021-02-10")), source: nil))
        for day in ["2021-02-05", "2021-02-20"] {
            done.add(seen: Timestamp(Known.day(day)), count: count, asOf: Known.day("2021-02-01"))
        }
        #expect(done.uncounted == 1)
    }
}

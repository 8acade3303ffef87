import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

/// Which key's count an activation that was carried out is missing from, and until when.
@Suite("Activations that were spent, but are not yet counted")
struct SpentActivationTests {
    private static let target = ProgramTarget(program: "windows-7", year: 2)

    /// A record that gives keys to computers.
    private static func record(
        _ id: Int64, _ keys: KeyValuePairs<String, String>, asOf: String = "2021-01-31", ended: String? = nil
    ) -> RecordedPlan {
        RecordedPlan(
            id: id, asOf: Known.day(asOf), counts: [:],
            assignments: keys.map {
                PlannedAssignment(computer: $0.key, target: target, decision: .activate, key: $0.value)
            }, ended: ended.map { Known.day($0) })
    }

    /// A computer whose licensed row shows a key.
    private static func done(_ name: String, _ partial: String? = "AAAAA", seen: String = "2021-02-03") -> Machine {
        Machine(name: name).with {
            var row = Machine.Row.year(Known.year2, .licensed, partial)
            row.updated = Known.day(seen)
            $0.rows = [row]
        }
    }

    private static let keys = [
        Known.key("k1", remaining: 9, partial: "AAAAA"), Known.key("k2", remaining: 9, partial: "BBBBB"),
    ]

    private static func held(
        _ records: [RecordedPlan], _ machines: [Machine], keys: [LicenseKey] = keys
    ) throws -> HeldActivations {
        HeldActivations(
            records, fleet: makeFleet(machines, keys: keys), catalog: try Known.catalog.get(),
            asOf: Known.day("2021-03-01"))
    }

    // MARK: - Records that have ended

    @Test("what a record did before it ended is missing from a count that was read before, what it did not do is free")
    func ended() throws {
        let held = try Self.held(
            [Self.record(1, ["a": "k1", "b": "k1"], ended: "2021-02-10")], [Self.done("a"), Machine(name: "b")])
        #expect(held.uncountedPerKey == ["k1": 1])
        #expect(held.heldPerKey == [:])
        #expect(held.holds == [:])
        #expect(held.pendingPerKey == ["k1": 1])
    }

    @Test(
        "a count read after the end of a record contains what it did, whenever the license was seen",
        arguments: [("2021-02-09", 1), ("2021-02-10", 0), ("2021-02-20", 0)])
    func countAfterEnd(read: String, uncounted: Int) throws {
        var key = Known.key("k1", remaining: 9, partial: "AAAAA")
        key.readings = [Reading(remaining: 9, readAt: Timestamp(Known.day(read)), source: nil)]
        let held = try Self.held(
            [Self.record(1, ["a": "k1"], ended: "2021-02-10")], [Self.done("a", seen: "2021-02-25")], keys: [key])
        #expect(held.uncountedPerKey["k1", default: 0] == uncounted)
    }

    @Test("a count that is the one a record went by does not contain what it did, whatever older records explain")
    func sameCount() throws {
        var older = Self.record(1, ["a": "k1"], asOf: "2021-01-20")
        older.counts = ["k1": RecordedPlan.Count(remaining: 12, readAt: Timestamp(Known.day("2021-01-20")))]
        var newer = Self.record(2, ["b": "k1"], asOf: "2021-01-30")
        newer.counts = ["k1": RecordedPlan.Count(remaining: 9, readAt: Timestamp(Known.day("2021-01-30")))]
        var key = Known.key("k1", remaining: 9, partial: "AAAAA")
        key.readings = [Reading(remaining: 9, readAt: Timestamp(Known.day("2021-01-30")), source: nil)]
        let machines = [Self.done("a", seen: "2021-01-25"), Self.done("b")]
        #expect(try Self.held([older, newer], machines, keys: [key]).uncountedPerKey == ["k1": 1])
    }

    @Test("a newer record that has ended does not take away what an older one still holds")
    func olderInForce() throws {
        let records = [
            Self.record(1, ["a": "k1"]), Self.record(2, ["a": "k2"], asOf: "2021-02-02", ended: "2021-02-04"),
        ]
        let held = try Self.held(records, [Machine(name: "a")])
        #expect(held.heldPerKey == ["k1": 1])
        #expect(held.progress[1]?.pending == 1)
        #expect(held.progress[1]?.replaced == 0)
    }

    @Test("records that ended and were never carried out change nothing in a plan")
    func nothingDone() throws {
        let machines = ["a", "b", "c"].map { Machine(name: $0) }
        let keys = [Known.key("k1", remaining: 2)]
        let fleet = makeFleet(machines, keys: keys, purchases: [Known.purchase(1, 2), Known.purchase(2, 2)])
        let held = HeldActivations(
            [Self.record(1, ["b": "k1", "c": "k1"], ended: "2021-02-01")], fleet: fleet,
            catalog: try Known.catalog.get(), asOf: Known.day("2021-02-01"))
        let (with, without) = (try makePlanner().plan(fleet, held: held), try makePlanner().plan(fleet))
        #expect(lines(of: with) == lines(of: without))
        #expect(with.keys == without.keys)
        #expect(with.pools == without.pools)
        #expect(with.warnings == without.warnings)
    }

    @Test("a plan gives no more than a count less what a record that has ended spent of it")
    func planned() throws {
        let fleet = makeFleet(
            [Self.done("a"), Machine(name: "b"), Machine(name: "c")],
            keys: [Known.key("k1", remaining: 2, partial: "AAAAA")])
        let held = HeldActivations(
            [Self.record(1, ["a": "k1"], ended: "2021-02-10")], fleet: fleet, catalog: try Known.catalog.get(),
            asOf: Known.day("2021-02-20"))
        let plan = try makePlanner(asOf: "2021-02-20").plan(fleet, held: held)
        #expect(plan.entries.map(\.decision) == [.activated, .activate, .shortage])
    }

    // MARK: - The key that was used

    @Test(
        "an activation is missing from the key that the licensed row shows, whichever was planned",
        arguments: [
            ("AAAAA", ["k1": 1]), ("BBBBB", ["k2": 1]), (nil, ["k1": 1]), ("ZZZZZ", [:]),
        ] as [(String?, [String: Int])])
    func usedKey(partial: String?, uncounted: [String: Int]) throws {
        let held = try Self.held([Self.record(1, ["a": "k1"])], [Self.done("a", partial)])
        #expect(held.uncountedPerKey == uncounted)
        #expect(held.progress[1]?.done == 1)
        #expect(held.heldPerKey == [:])
    }

    @Test("of two keys with the same last five characters it is the planned one, else the first")
    func samePartial() throws {
        let keys = Self.keys + [Known.key("k3", remaining: 9, partial: "BBBBB")]
        for (planned, expected) in [("k3", "k3"), ("k2", "k2"), ("k1", "k2")] {
            let held = try Self.held([Self.record(1, ["a": planned])], [Self.done("a", "BBBBB")], keys: keys)
            #expect(held.uncountedPerKey == [expected: 1], "planned \(planned)")
        }
    }

    @Test("a planned key whose last five characters nobody knows may be the one that the row shows")
    func plannedWithoutPartial() throws {
        var unknown = Known.key("k0", remaining: 9)
        unknown.partialKey = nil
        let keys = Self.keys + [unknown]
        for (partial, expected) in [("ZZZZZ", "k0"), ("BBBBB", "k2")] {
            let held = try Self.held([Self.record(1, ["a": "k0"])], [Self.done("a", partial)], keys: keys)
            #expect(held.uncountedPerKey == [expected: 1])
        }
    }

    @Test("where the row shows the key of an older record, that record tells since when the count may contain it")
    func olderCarriedOut() throws {
        // The count of k1 fell by one after the older plan and before the newer one: it contains the activation.
        var key = Known.key("k1", remaining: 8, partial: "AAAAA")
        key.readings = [Reading(remaining: 8, readAt: Timestamp(Known.day("2021-02-01")), source: nil)]
        var older = Self.record(1, ["a": "k1"], asOf: "2021-01-20")
        older.counts = ["k1": .init(remaining: 9, readAt: Timestamp(Known.day("2021-01-19")))]
        var newer = Self.record(2, ["a": "k2"], asOf: "2021-02-02")
        newer.counts = ["k1": .init(remaining: 8, readAt: Timestamp(Known.day("2021-02-01")))]
        let held = try Self.held([older, newer], [Self.done("a")], keys: [key, Self.keys[1]])
        #expect(held.uncountedPerKey == [:])
        #expect(held.progress[2]?.done == 1)
    }
}

import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("License pools (LIC-02)")
struct LicensePoolTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var purchases: [Purchase]
        var year = 2
        var activated = 0
        var bought: Int?
        var capacity: Int?
        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(title: "nothing recorded", purchases: [], bought: nil, capacity: nil),
        Case(
            title: "another program recorded", purchases: [Known.purchase(1, 5, program: "windows-10")], bought: nil,
            capacity: nil),
        Case(title: "both years", purchases: [Known.purchase(1, 10), Known.purchase(2, 8)], bought: 8, capacity: 8),
        Case(
            title: "the earlier year limits", purchases: [Known.purchase(1, 5), Known.purchase(2, 8)], bought: 5,
            capacity: 5),
        Case(title: "no earlier year", purchases: [Known.purchase(2, 8)], bought: 0, capacity: 0),
        Case(title: "no year of the target", purchases: [Known.purchase(1, 8)], bought: 0, capacity: 0),
        Case(
            title: "year 3 does not matter for year 2",
            purchases: [Known.purchase(1, 8), Known.purchase(2, 8), Known.purchase(3, 1)], bought: 8, capacity: 8),
        Case(title: "year 1 needs year 1 only", purchases: [Known.purchase(1, 4)], year: 1, bought: 4, capacity: 4),
        Case(
            title: "several orders and a return",
            purchases: [Known.purchase(1, 10), Known.purchase(2, 6), Known.purchase(2, 5), Known.purchase(2, -3)],
            bought: 8, capacity: 8),
        Case(
            title: "activated computers hold licenses", purchases: [Known.purchase(1, 10), Known.purchase(2, 10)],
            activated: 4, bought: 10, capacity: 6),
        Case(
            title: "more activated than bought", purchases: [Known.purchase(1, 3), Known.purchase(2, 3)], activated: 4,
            bought: 3, capacity: 0),
        Case(
            title: "identifier in another case",
            purchases: [Known.purchase(1, 3, program: "Windows-7"), Known.purchase(2, 3)], bought: 3, capacity: 3),
    ]

    @Test("the pool is the smallest quantity over years 1 to N, less the activated", arguments: cases)
    func pools(_ entry: Case) {
        let pool = LicensePool(
            ProgramTarget(program: "windows-7", year: entry.year), purchases: entry.purchases,
            activated: entry.activated)
        #expect(pool.bought == entry.bought)
        #expect(pool.capacity == entry.capacity)
    }

    @Test("the year that limits is named with its record")
    func limit() {
        let pool = LicensePool(
            ProgramTarget(program: "windows-7", year: 2),
            purchases: [Known.purchase(1, 5, line: 3), Known.purchase(2, 8)],
            activated: 0)
        #expect(pool.limitingYear == 1)
        #expect(pool.source == SourceReference(file: "purchases.csv", line: 3))
    }

    @Test("without a ledger the plan is not limited and warns; a missing back-year is named")
    func warnings() throws {
        let machines = (1...3).map { Machine(name: "pc-\($0)") }
        let keys = [Known.key("k", remaining: 9)]
        let open = try makePlanner().plan(makeFleet(machines, keys: keys))
        #expect(open.counts[0][.activate] == 3)
        #expect(open.warnings.contains { $0.code == "plan.purchases.none" })
        #expect(!open.reasons(of: open.entries[0]).contains("LIC-02"))
        let short = try makePlanner().plan(
            makeFleet(machines, keys: keys, purchases: [Known.purchase(1, 1), Known.purchase(2, 9)]))
        #expect(short.counts[0][.activate] == 1)
        #expect(short.counts[0][.unpurchased] == 2)
        #expect(short.licensesToBuy == 2)
        #expect(short.warnings.contains { $0.code == "plan.licenses.backyear" })
        #expect(short.reasons(of: short.entries[0]).contains("LIC-02"))
    }

    /// Agreement EA-1 with 10 licenses of year 2, 20 on no agreement.
    private func pool(ofYear1 first: Int = 10, activated: Int, ofAgreement: Int) -> LicensePool {
        LicensePool(
            ProgramTarget(program: "windows-7", year: 2),
            purchases: [
                AgreementTests.purchase(1, first, "EA-1"), AgreementTests.purchase(2, 10, "EA-1"),
                AgreementTests.purchase(1, 21, nil), AgreementTests.purchase(2, 20, nil),
            ], activated: activated, activatedOf: ["ea-1": ofAgreement])
    }

    @Test("agreements and what is on none add up to the pool")
    func outsideAgreements() {
        var pool = pool(activated: 5, ofAgreement: 2)
        pool.used = 4
        pool.agreements[0].used = 1
        let outside = pool.outsideAgreements
        #expect(outside.boughtPerYear == [21, 20])
        #expect(outside.activated == 3)
        #expect(outside.used == 3)
        #expect(outside.left == 14)
        #expect(pool.left(of: pool.agreements[0]) == 7)
        #expect(pool.left == 21)
    }

    @Test("what an agreement takes beyond its own licenses is missing from those on none")
    func overdrawnAgreement() {
        let pool = pool(activated: 12, ofAgreement: 12)
        #expect(pool.left(of: pool.agreements[0]) == 0)
        #expect(pool.outsideAgreements.left == 18)
        #expect(pool.left == 18)
    }

    @Test("neither an agreement nor the rest has more left than the pool, which recorded plans and back-years lessen")
    func leftOfPool() {
        var limited = pool(ofYear1: -16, activated: 0, ofAgreement: 0)
        limited.held = 2
        #expect(limited.left == 3)
        #expect(limited.left(of: limited.agreements[0]) == 3)
        #expect(limited.outsideAgreements.left == 3)
    }

    @Test("a pool of one agreement has nothing outside of it")
    func nothingOutside() {
        let pool = LicensePool(
            ProgramTarget(program: "windows-7", year: 1), purchases: [AgreementTests.purchase(1, 4, "EA-1")],
            activated: 1, activatedOf: ["ea-1": 1])
        #expect(pool.outsideAgreements.isEmpty)
    }

    @Test("activated computers reduce the pool of the plan")
    func activated() throws {
        let machines =
            [Machine(name: "a", rows: [.year(Known.year2, .licensed)])] + (1...3).map { Machine(name: "pc-\($0)") }
        let plan = try makePlanner().plan(
            makeFleet(
                machines, keys: [Known.key("k", remaining: 9)], purchases: [Known.purchase(1, 3), Known.purchase(2, 3)])
        )
        #expect(plan.entries.map(\.decision) == [.activated, .activate, .activate, .unpurchased])
        #expect(plan.pools[0].used == 2)
        #expect(plan.keys[0].assigned == 2)
        #expect(plan.keys[0].left == 7)
    }
}

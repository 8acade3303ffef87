import ActivationModel
import ESUPrograms
import Planning
import Testing

/// Where licenses are just enough and where they are just too few, one test per border.
@Suite("Borders of licenses")
struct LicenseBorderTests {
    private func holders(_ count: Int, key: String = "ABCDE") -> [Machine] {
        (0..<count).map { Machine(name: "held-\($0)", rows: [.year(Known.year2, .licensed, key)]) }
    }

    private func codes(_ machines: [Machine], keys: [LicenseKey], purchases: [Purchase]) throws -> [String] {
        try makePlanner().plan(makeFleet(machines, keys: keys, purchases: purchases)).warnings.map(\.code)
    }

    @Test("of several years with the smallest quantity the first one limits (LIC-02)")
    func firstYear() {
        let pool = LicensePool(
            ProgramTarget(program: "windows-7", year: 3),
            purchases: [Known.purchase(1, 9), Known.purchase(2, 4), Known.purchase(3, 4)], activated: 0)
        #expect(pool.limitingYear == 2)
    }

    @Test("as many activated as bought is no warning, one more is (LIC-02)")
    func exceeded() throws {
        func isFound(_ activated: Int) throws -> Bool {
            try codes(
                holders(activated), keys: [Known.key("k", remaining: 9)],
                purchases: [Known.purchase(1, 3), Known.purchase(2, 3)]
            ).contains("plan.licenses.exceeded")
        }
        #expect(try !isFound(3))
        #expect(try isFound(4))
    }

    @Test("an earlier year of the same quantity is no back-year to buy, a smaller one is (LIC-02)")
    func backYear() throws {
        func isFound(_ first: Int) throws -> Bool {
            try codes(
                AgreementTests.machines(5), keys: [Known.key("k", remaining: 9)],
                purchases: [Known.purchase(1, first), Known.purchase(2, 3)]
            ).contains("plan.licenses.backyear")
        }
        #expect(try !isFound(3))
        #expect(try isFound(2))
    }

    @Test("as many activated by keys of an agreement as it bought is no warning, one more is")
    func agreementExceeded() throws {
        func isFound(_ activated: Int) throws -> Bool {
            try codes(
                holders(activated, key: "AAAAA"), keys: [AgreementTests.key("a", "EA-1")],
                purchases: [AgreementTests.purchase(1, 9, "EA-2"), AgreementTests.purchase(2, 2, "EA-1")]
            ).contains("plan.agreement.exceeded")
        }
        #expect(try !isFound(2))
        #expect(try isFound(3))
    }

    @Test("agreements are the same without regard to case and to blanks around", arguments: [" EA-1 ", "ea-1"])
    func sameAgreement(name: String) throws {
        let purchases = [
            AgreementTests.purchase(1, 9, "EA-2"), AgreementTests.purchase(2, 2, "EA-1"),
            AgreementTests.purchase(2, 7, "EA-2"),
        ]
        let plan = try makePlanner().plan(
            makeFleet(AgreementTests.machines(5), keys: [AgreementTests.key("a", name)], purchases: purchases))
        #expect(plan.keys.map(\.assigned) == [2])
        #expect(plan.pools[0].agreements.map(\.used) == [2, 0])
    }

    @Test("a virtual desktop that one endpoint reaches is no warning (LIC-08)")
    func oneEndpoint() throws {
        let plan = try VirtualDesktopTests.plan(endpoints: [1, 1])
        #expect(!plan.warnings.contains { $0.code == "plan.vdi" })
        #expect(plan.licensesNeeded == 3)
    }

    @Test("an earlier year that is bought completely is not ordered, not even none of it")
    func completeBackYear() throws {
        let needs = try NeedsTests.needs(
            machines: 10, keys: [Known.key("k", remaining: 50)],
            purchases: [Known.purchase(1, 10), Known.purchase(2, 4)])
        #expect(NeedsTests.orders(needs) == ["windows-7 year 2 6 - false"])
    }

    @Test("back-years are ordered for computers that are activated already as well (LIC-02)")
    func backYearsOfActivated() throws {
        let fleet = makeFleet(
            holders(4) + AgreementTests.machines(2), keys: [Known.key("k", remaining: 50)],
            purchases: [Known.purchase(1, 5), Known.purchase(2, 9)])
        let needs = try #require(try makePlanner().plan(fleet).needs.first)
        #expect(NeedsTests.orders(needs) == ["windows-7 year 1 1 - true"])
    }

    @Test("an agreement whose keys activated more than it bought orders for these as well")
    func overdrawnAgreement() throws {
        let fleet = makeFleet(
            holders(3, key: "AAAAA") + AgreementTests.machines(2), keys: [AgreementTests.key("a", "EA-1")],
            purchases: [
                AgreementTests.purchase(1, 50, "EA-1"), AgreementTests.purchase(2, 1, "EA-1"),
                AgreementTests.purchase(2, 40, "EA-2"),
            ])
        let needs = try #require(try makePlanner().plan(fleet).needs.first)
        #expect(NeedsTests.orders(needs) == ["windows-7 year 2 4 EA-1 false"])
    }

    @Test("the last day of a year is none of a past year, the next day is (CON-09)")
    func pastYear() throws {
        func isFound(_ day: String) throws -> Bool {
            try makePlanner(asOf: day).plan(makeFleet([])).warnings.contains { $0.code == "plan.year.past" }
        }
        #expect(try !isFound("2022-01-11"))
        #expect(try isFound("2022-01-12"))
    }
}

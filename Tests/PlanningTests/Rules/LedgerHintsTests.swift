import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Hints about the purchase ledger")
struct LedgerHintsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        var year = 2
        var quantity = 5
        var channel: String? = "VL"
        var order: String?
        var asOf = "2021-03-01"
        var codes: [String]
        var testDescription: String { what }
    }

    static let cases: [Case] = [
        Case(what: "an order before the program began", order: "2019-11-04", codes: []),
        Case(what: "an order on the first day", order: "2020-01-14", codes: []),
        Case(what: "an order one day later (LIC-13)", order: "2020-01-15", codes: ["ledger.late"]),
        Case(
            what: "an order after the day of the plan is not late yet", order: "2021-03-02",
            codes: ["ledger.order.future"]),
        Case(
            what: "an order on the day of the plan", order: "2021-03-01", codes: ["ledger.late", "ledger.order.fresh"]),
        Case(what: "an order of unknown date may have been early", order: nil, codes: []),
        Case(what: "a year that does not exist (LIC-12)", year: 4, order: "2019-11-04", codes: ["ledger.year.unknown"]),
        Case(what: "the last year", year: 3, order: "2019-11-04", codes: []),
        Case(
            what: "a CSP return on 13 January 2021 (LIC-14)", quantity: -1, channel: "CSP", order: "2021-01-13",
            codes: ["ledger.return.early"]),
        Case(what: "a CSP return on the day after", quantity: -1, channel: "CSP", order: "2021-01-14", codes: []),
        Case(what: "a VL return", quantity: -1, order: "2021-01-13", codes: []),
        Case(
            what: "a CSP return of another year", year: 1, quantity: -1, channel: "CSP", order: "2021-01-13", codes: []),
        Case(what: "a CSP purchase without date (LIC-16)", channel: "CSP", order: nil, codes: ["ledger.csp.undated"]),
        Case(what: "a CSP purchase with date", channel: "CSP", order: "2020-01-02", codes: []),
        Case(
            what: "a VL order of yesterday (LIC-17)", order: "2019-12-02", asOf: "2019-12-03",
            codes: ["ledger.order.fresh"]),
        Case(what: "a VL order of two days ago", order: "2019-12-02", asOf: "2019-12-04", codes: []),
        Case(
            what: "a VL order of tomorrow", order: "2019-12-02", asOf: "2019-12-01", codes: ["ledger.order.future"]),
        Case(what: "a CSP order of yesterday", channel: "CSP", order: "2019-12-03", asOf: "2019-12-04", codes: []),
    ]

    @Test("each trap of a ledger is named, and nothing else", arguments: cases)
    func traps(_ item: Case) throws {
        let program = try #require(try Known.catalog.get()["windows-7"])
        let purchase = Purchase(
            record: PurchaseRecord(
                program: "windows-7", year: item.year, quantity: item.quantity, channel: item.channel,
                orderDate: item.order.map { Known.day($0) }),
            source: SourceReference(file: "purchases.csv", line: 7))
        let hints = LedgerHints(program, purchases: [purchase], asOf: Known.day(item.asOf)).diagnostics
        #expect(hints.map(\.code) == item.codes)
        for hint in hints {
            #expect(hint.file == "purchases.csv" && hint.line == 7)
            #expect(!hint.remedy.isEmpty)
        }
    }

    @Test("the interval without updates is told from its first to its last day (LIC-13)")
    func interval() throws {
        let program = try #require(try Known.catalog.get()["windows-7"])
        let purchases = [("2020-06-10", 3), ("2020-03-16", 4)].map { day, line in
            Purchase(
                record: PurchaseRecord(program: "windows-7", year: 1, quantity: 5, orderDate: Known.day(day)),
                source: SourceReference(file: "purchases.csv", line: line))
        }
        let hint = try #require(
            LedgerHints(program, purchases: purchases, asOf: Known.day("2021-03-01")).diagnostics.first)
        #expect(hint.message.contains("from 2020-01-14 to 2020-03-15"))
        #expect(hint.line == 4)
    }

    @Test("a plan carries the hints of its programs only")
    func inPlan() throws {
        let late = Purchase(
            record: PurchaseRecord(
                program: "windows-7", year: 1, quantity: 5, orderDate: Known.day("2020-03-16")), source: nil)
        let other = Purchase(
            record: PurchaseRecord(
                program: "windows-server-2008", year: 9, quantity: 5, orderDate: Known.day("2020-03-16")), source: nil)
        let plan = try makePlanner().plan(makeFleet([], purchases: [late, other]))
        #expect(plan.warnings.filter { $0.code.hasPrefix("ledger.") }.map(\.code) == ["ledger.late"])
    }

    @Test("a purchase of a program that does not exist is named once per text, with what it was to buy")
    func unknownPrograms() throws {
        let catalog = try Known.catalog.get()
        let purchases = [
            Known.purchase(1, 40, line: 9, program: "windws-7"), Known.purchase(2, 2, line: 3, program: "windws-7"),
            Known.purchase(1, 7, line: 4, program: "windows 7"), Known.purchase(1, 1, line: 5, program: "Windows-7"),
            Known.purchase(1, 1, line: 6, program: "solaris"),
        ]
        let hints = LedgerHints.unknownPrograms(purchases, catalog: catalog)
        #expect(hints.map(\.code) == Array(repeating: "ledger.program.unknown", count: 3))
        #expect(hints.map(\.line) == [6, 4, 3])
        #expect(hints.map(\.count) == [1, 1, 2])
        #expect(hints[2].message.contains("42 licenses"))
        #expect(hints[1].remedy.contains("\"windows-7\"") && hints[2].remedy.contains("\"windows-7\""))
        #expect(hints[0].remedy.contains("windows-server-2012"))
        let plan = try makePlanner().plan(makeFleet([], purchases: purchases))
        #expect(plan.warnings.filter { $0.code == "ledger.program.unknown" } == hints)
    }
}

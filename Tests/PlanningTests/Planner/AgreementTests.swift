import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

@Suite("Agreements as separate pools")
struct AgreementTests {
    static func purchase(_ year: Int, _ quantity: Int, _ agreement: String?, channel: String? = nil) -> Purchase {
        Purchase(
            record: PurchaseRecord(
                program: "windows-7", year: year, quantity: quantity, channel: channel, agreement: agreement),
            source: SourceReference(file: "purchases.csv", line: 2))
    }

    static func key(_ id: String, _ agreement: String?, remaining: Int = 50) -> LicenseKey {
        var key = Known.key(id, remaining: remaining, partial: id == "a" ? "AAAAA" : "BBBBB")
        key.agreement = agreement
        return key
    }

    static func machines(_ count: Int) -> [Machine] { (1...count).map { Machine(name: "pc-\($0 + 100)") } }

    static func decisions(_ plan: ActivationPlan) -> [Int] {
        [plan.totals[.activate], plan.totals[.unpurchased], plan.totals[.shortage]]
    }

    @Test("a key activates no more licenses than its own agreement bought of the target year")
    func ownLicenses() throws {
        let purchases = [
            Self.purchase(1, 10, "EA-1"), Self.purchase(2, 4, "EA-1"), Self.purchase(2, 6, "CSP-2", channel: "CSP"),
        ]
        let plan = try makePlanner().plan(
            makeFleet(Self.machines(10), keys: [Self.key("a", "EA-1")], purchases: purchases))
        #expect(Self.decisions(plan) == [4, 6, 0])
        #expect(plan.pools[0].capacity == 10)
        #expect(plan.pools[0].agreements.map(\.name) == ["CSP-2", "EA-1"])
        #expect(plan.pools[0].agreements.map(\.used) == [0, 4])
        #expect(plan.shortfalls.map(\.limit) == [.agreement])
    }

    @Test("earlier years may have been bought by another agreement (LIC-02 looks at all together)")
    func chainAcrossAgreements() throws {
        let purchases = [Self.purchase(1, 8, "EA-1"), Self.purchase(2, 8, "CSP-2")]
        let plan = try makePlanner().plan(
            makeFleet(Self.machines(10), keys: [Self.key("a", "CSP-2")], purchases: purchases))
        #expect(Self.decisions(plan) == [8, 2, 0])
        #expect(plan.shortfalls.map(\.limit) == [.licenses])
        #expect(plan.pools[0].agreements.map(\.shortYears) == [[1], []])
    }

    @Test("licenses that the ledger books on no agreement serve keys of every agreement")
    func unassigned() throws {
        let purchases = [Self.purchase(1, 9, nil), Self.purchase(2, 3, nil), Self.purchase(2, 6, "EA-1")]
        let plan = try makePlanner().plan(
            makeFleet(Self.machines(10), keys: [Self.key("a", "ea-1 ")], purchases: purchases))
        #expect(Self.decisions(plan) == [9, 1, 0])
    }

    /// Three agreements with two licenses each, and three licenses on none.
    private static let threeAgreements =
        [purchase(1, 99, nil), purchase(2, 3, nil)] + ["A", "B", "C"].map { purchase(2, 2, $0) }

    /// A key of each of the three agreements, for the computers whose tag is its name.
    private static func ofThree(_ open: [String: Int], holders: [String: Int] = [:]) throws -> ActivationPlan {
        let names = ["A", "B", "C"]
        let keys = names.map { name in
            var key = Known.key(name, remaining: 50, partial: String(repeating: name, count: 5))
            key.agreement = name
            return key
        }
        let machines = names.flatMap { name in
            (0..<(open[name] ?? 0)).map { Machine(name: "\(name)-\($0)", tags: [name]) }
                + (0..<(holders[name] ?? 0)).map {
                    Machine(
                        name: "held-\(name)-\($0)",
                        rows: [.year(Known.year2, .licensed, String(repeating: name, count: 5))])
                }
        }
        let policy = makePolicy {
            $0.keys = names.map { KeyDeclaration(match: KeyPattern(id: $0), scope: .tag(Glob($0))) }
        }
        return try makePlanner(policy).plan(makeFleet(machines, keys: keys, purchases: threeAgreements))
    }

    @Test("two agreements do not get the licenses on no agreement twice, though a third one leaves some of its own")
    func sharedOnce() throws {
        let plan = try Self.ofThree(["A": 5, "B": 5, "C": 1])
        #expect(plan.pools[0].left == 1)
        #expect(plan.pools[0].agreements.map(\.used).reduce(0, +) == 8)
        #expect(plan.pools[0].agreements[2].used == 1)
        #expect(plan.totals[.unpurchased] == 3)
        #expect(plan.pools[0].outsideAgreements.left == 0)
        #expect(Set(plan.shortfalls.map(\.limit)) == [.agreement])
        #expect(plan.shortfalls.allSatisfy { $0.exhaustedLicenses.contains("windows-7 year 2 without an agreement") })
    }

    @Test("what computers took that an agreement activated is gone from the licenses on no agreement for all others")
    func sharedActivated() throws {
        let plan = try Self.ofThree(["B": 5, "C": 5], holders: ["A": 4])
        #expect(plan.pools[0].agreements.map(\.activated) == [4, 0, 0])
        // Two each of their own, and the one that A left of three.
        #expect(plan.pools[0].agreements.map(\.used).reduce(0, +) == 5)
        #expect(plan.pools[0].left == 0)
        #expect(!plan.warnings.contains { $0.code == "plan.agreement.exceeded" })
        // Three beyond its own two: all of those on no agreement, and not one more.
        let exact = try Self.ofThree(["C": 1], holders: ["A": 5])
        #expect(!exact.warnings.contains { $0.code == "plan.agreement.exceeded" })
        let beyond = try Self.ofThree(["C": 1], holders: ["A": 4, "B": 4])
        #expect(beyond.warnings.count { $0.code == "plan.agreement.exceeded" } == 2)
    }

    @Test("what is to be bought serves everybody, and no license of it is too many")
    func orders() throws {
        for holders in [[:], ["A": 6], ["A": 4, "B": 5]] {
            let plan = try Self.ofThree(["A": 5, "B": 5, "C": 1], holders: holders)
            let need = try #require(plan.needs.first)
            let used = holders.reduce(into: ["A": 5, "B": 5, "C": 1]) { $0[$1.key, default: 0] += $1.value }
            let beyond = used.values.reduce(0) { $0 + max(0, $1 - 2) }
            #expect(need.orders.reduce(0) { $0 + $1.quantity } == beyond - 3, "\(holders)")
        }
    }

    @Test("computers activated with a key of an agreement hold its licenses, not those of others")
    func activated() throws {
        let purchases = [Self.purchase(1, 10, nil), Self.purchase(2, 5, "EA-1"), Self.purchase(2, 5, "EA-2")]
        let holders = (1...3).map { index in
            Machine(name: "held-\(index)").with { $0.rows.append(.year(Known.year2, .licensed, "AAAAA")) }
        }
        let plan = try makePlanner().plan(
            makeFleet(
                holders + Self.machines(9), keys: [Self.key("a", "EA-1"), Self.key("b", "EA-2")], purchases: purchases))
        #expect(plan.pools[0].agreements.map(\.activated) == [3, 0])
        #expect(plan.keys.map(\.assigned) == [2, 5])
        #expect(Self.decisions(plan) == [7, 2, 0])
    }

    @Test("also a key that may not be used any more has used licenses of its agreement")
    func refusedKey() throws {
        let purchases = [Self.purchase(1, 10, "EA-1"), Self.purchase(2, 3, "EA-1"), Self.purchase(2, 7, "EA-2")]
        let holders = (1...3).map { index in
            Machine(name: "held-\(index)").with { $0.rows.append(.year(Known.year2, .licensed, "CCCCC")) }
        }
        var uncounted = Known.key("c", remaining: nil, partial: "CCCCC")
        uncounted.agreement = "EA-1"
        let plan = try makePlanner().plan(
            makeFleet(holders + Self.machines(4), keys: [Self.key("a", "EA-1"), uncounted], purchases: purchases))
        #expect(plan.pools[0].agreements.map(\.activated) == [3, 0])
        #expect(plan.keys[0].assigned == 0)
    }

    @Test("a key whose agreement the ledger does not name draws on the whole pool")
    func unknownAgreement() throws {
        let purchases = [Self.purchase(1, 5, "EA-1"), Self.purchase(2, 5, "EA-1")]
        let plan = try makePlanner().plan(
            makeFleet(Self.machines(6), keys: [Self.key("a", "EA-9")], purchases: purchases))
        #expect(Self.decisions(plan) == [5, 1, 0])
        #expect(plan.warnings.contains { $0.code == "plan.agreement.unknown" })
    }

    @Test("a computer that only a key without activations could serve lacks an activation, not a license")
    func exhaustedKey() throws {
        let purchases = [Self.purchase(1, 10, "EA-1"), Self.purchase(2, 10, "EA-1")]
        let plan = try makePlanner().plan(
            makeFleet(Self.machines(6), keys: [Self.key("a", "EA-1", remaining: 2)], purchases: purchases))
        #expect(Self.decisions(plan) == [2, 0, 4])
        #expect(plan.shortfalls.map(\.limit) == [.activations])
        #expect(plan.shortfalls.map(\.unserved) == [4])
    }

    /// The agreements of a key, that which the policy names, and that under which the plan counts it.
    static let choices: [(agreements: [String], declared: String?, counted: String?, isTold: Bool)] = [
        (["EA-1"], nil, "EA-1", false), (["CSP-2", "EA-1"], nil, "CSP-2", true),
        (["AAA", "EA-1"], nil, "EA-1", false), (["AAA", "BBB"], nil, "AAA", false), ([], nil, nil, false),
        (["CSP-2", "EA-1"], "EA-1", "EA-1", false), (["CSP-2", "EA-1"], "csp-2", "csp-2", false),
        (["CSP-2", "EA-1"], "EA-9", "EA-9", false),
    ]

    @Test("A key of several agreements counts under that of the policy, else under one that bought", arguments: choices)
    func severalAgreements(_ agreements: [String], _ declared: String?, _ counted: String?, _ isTold: Bool) throws {
        var key = Self.key("a", nil)
        key.agreements = agreements.map { KeyAgreement(name: $0) }
        let purchases = [
            Self.purchase(1, 9, nil), Self.purchase(2, 4, "EA-1"), Self.purchase(2, 3, "CSP-2"),
            // Of another program, so it buys nothing here.
            Purchase(
                record: PurchaseRecord(program: "windows-10", year: 2, quantity: 9, agreement: "AAA"), source: nil),
        ]
        let planner = try makePlanner(
            makePolicy { policy in
                policy.keys = declared.map { [KeyDeclaration(match: KeyPattern(id: "a"), agreement: $0)] } ?? []
            })
        let plan = try planner.plan(makeFleet(Self.machines(10), keys: [key], purchases: purchases))
        #expect(plan.keys.map(\.agreement) == [counted])
        #expect(plan.warnings.contains { $0.code == "plan.agreement.several" } == isTold)
        let own = ["EA-1": 4, "CSP-2": 3][counted?.uppercased() ?? ""] ?? 7
        #expect(plan.totals[.activate] == own)
    }

    @Test(
        "An agreement without licenses of the key's year, or of a year before it, serves no key that another can serve")
    func agreementOfTheYear() throws {
        var key = Self.key("a", nil)
        key.agreements = ["A-1", "B-1"].map { KeyAgreement(name: $0) }
        let lacking: [[Purchase]] = [
            [Self.purchase(1, 10, "A-1")], [Self.purchase(2, 10, "A-1")],
            [Self.purchase(1, 10, "A-1"), Self.purchase(2, 10, "A-1"), Self.purchase(2, -10, "A-1")],
        ]
        for purchases in lacking {
            let plan = try makePlanner().plan(
                makeFleet(
                    Self.machines(3), keys: [key],
                    purchases: purchases + [Self.purchase(1, 10, "B-1"), Self.purchase(2, 10, "B-1")]))
            #expect(plan.keys.map(\.agreement) == ["B-1"])
            #expect(plan.totals[.activate] == 3)
            #expect(!plan.warnings.contains { $0.code == "plan.agreement.several" })
        }
    }

    @Test("Computers that a key of several agreements has activated are counted under the one that counts")
    func holdersOfSeveral() throws {
        var key = Self.key("a", nil)
        key.agreements = ["AAA", "EA-1"].map { KeyAgreement(name: $0) }
        let choice = AgreementChoice(Policy(), purchases: [Self.purchase(2, 4, "EA-1")])
        var holders = LicenseHolders(
            [key], target: ProgramTarget(program: "windows-7", year: 2), choice: choice)
        holders.count(key.partialKey?.text)
        #expect(holders.ofAgreement == ["ea-1": 1])
    }
}

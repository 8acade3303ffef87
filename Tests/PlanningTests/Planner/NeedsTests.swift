import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("What it takes to serve everybody")
struct NeedsTests {
    static let prices = [
        PriceRule(program: "windows-7", year: 1, unit: "50.00", currency: "USD"),
        PriceRule(program: "windows-7", year: 2, unit: "100.5", currency: "USD"),
    ]

    static func needs(
        machines: Int, keys: [LicenseKey], purchases: [Purchase], _ change: (inout Policy) -> Void = { _ in }
    ) throws -> PlanNeeds {
        let policy = makePolicy {
            $0.prices = prices
            change(&$0)
        }
        let fleet = makeFleet(AgreementTests.machines(machines), keys: keys, purchases: purchases)
        return try #require(try makePlanner(policy).plan(fleet).needs.first)
    }

    static func orders(_ needs: PlanNeeds) -> [String] {
        needs.orders.map { "\($0.target) \($0.quantity) \($0.agreement ?? "-") \($0.isBackYear)" }
    }

    @Test("nothing is needed when everybody is served")
    func nothing() throws {
        let needs = try Self.needs(machines: 3, keys: [Known.key("k", remaining: 3)], purchases: [])
        #expect(needs.isEmpty && needs.orders.isEmpty && needs.requests.isEmpty)
    }

    @Test("licenses are ordered for the target's year and for every earlier year that lacks them, with their cost")
    func chain() throws {
        let needs = try Self.needs(
            machines: 10, keys: [Known.key("k", remaining: 50)],
            purchases: [Known.purchase(1, 7), Known.purchase(2, 4)])
        #expect(Self.orders(needs) == ["windows-7 year 1 3 - true", "windows-7 year 2 6 - false"])
        #expect(needs.cost?.map { "\($0.number) \($0.currency)" } == ["753.00 USD"])
        #expect(needs.requests.isEmpty)
    }

    @Test("only the earlier year is ordered when only that one is short")
    func backYearOnly() throws {
        let needs = try Self.needs(
            machines: 10, keys: [Known.key("k", remaining: 50)],
            purchases: [Known.purchase(1, 7), Known.purchase(2, 10)])
        #expect(Self.orders(needs) == ["windows-7 year 1 3 - true"])
    }

    @Test("computers that are activated beyond the purchases are ordered for, too")
    func overdrawn() throws {
        let holders = (1...4).map { index in
            Machine(name: "held-\(index)").with { $0.rows.append(.year(Known.year2, .licensed, "ABCDE")) }
        }
        let fleet = makeFleet(
            holders + AgreementTests.machines(2), keys: [Known.key("k", remaining: 50)],
            purchases: [Known.purchase(1, 9), Known.purchase(2, 1)])
        let plan = try makePlanner().plan(fleet)
        #expect(Self.orders(plan.needs[0]) == ["windows-7 year 2 5 - false"])
    }

    @Test("activations are requested on the largest key that may serve, with the fields of the request")
    func request() throws {
        let keys = [
            Known.key("a", remaining: 1, partial: "AAAAA"), Known.key("b", remaining: 3, partial: "BBBBB"),
        ]
        let needs = try Self.needs(
            machines: 9, keys: keys,
            purchases: [
                AgreementTests.purchase(1, 20, "EA-1", channel: "VL"),
                AgreementTests.purchase(2, 20, "EA-1", channel: "VL"),
            ]
        ) { $0.keys = [KeyDeclaration(match: KeyPattern(description: nil), agreement: nil)] }
        let request = try #require(needs.requests.first)
        #expect(needs.requests.count == 1)
        #expect(request.keyID == "b")
        #expect(request.count == 5)
        #expect(request.remaining == 3)
        #expect(request.product == "Windows 7 Extended Security Updates, year 2")
        #expect(request.bought == 20)
    }

    @Test("licenses are ordered under the agreement whose keys have activations left")
    func agreementWithRoom() throws {
        let needs = try Self.needs(
            machines: 5,
            keys: [AgreementTests.key("a", "EA-1", remaining: 0), AgreementTests.key("b", "EA-2", remaining: 5)],
            purchases: [
                AgreementTests.purchase(1, 5, "EA-1"), AgreementTests.purchase(1, 5, "EA-2"),
                AgreementTests.purchase(2, 1, "EA-2"),
            ])
        #expect(Self.orders(needs) == ["windows-7 year 2 4 EA-2 false"])
        #expect(needs.requests.isEmpty)
    }

    @Test("a license more is not ordered to save an activation")
    func licensesFirst() throws {
        let needs = try Self.needs(
            machines: 5,
            keys: [AgreementTests.key("a", "EA-1", remaining: 0), AgreementTests.key("b", "EA-2", remaining: 5)],
            purchases: ["EA-1", "EA-2"].flatMap { agreement in
                [AgreementTests.purchase(1, 5, agreement), AgreementTests.purchase(2, 1, agreement)]
            })
        #expect(Self.orders(needs) == ["windows-7 year 2 3 EA-2 false"])
        #expect(needs.requests.map { "\($0.keyID) \($0.count)" } == ["a 1"])
    }

    @Test("without a price there is no cost, and with prices of what is ordered there is")
    func cost() throws {
        func cost(_ prices: [PriceRule]) throws -> [Money]? {
            try Self.needs(
                machines: 3, keys: [Known.key("k", remaining: 9)],
                purchases: [Known.purchase(1, 2), Known.purchase(2, 2)]
            ) { $0.prices = prices }.cost
        }
        #expect(try cost([]) == nil)
        #expect(try cost([Self.prices[1]]) == nil)
        #expect(try cost(Self.prices)?.map(\.number) == ["150.50"])
    }

    @Test("who must be asked depends on how the agreement buys", arguments: ["VL", "CSP"])
    func addressee(channel: String) throws {
        let needs = try Self.needs(
            machines: 4, keys: [AgreementTests.key("a", "X-1", remaining: 1)],
            purchases: [
                AgreementTests.purchase(1, 9, "X-1", channel: channel),
                AgreementTests.purchase(2, 9, "X-1", channel: channel),
            ])
        let request = try #require(needs.requests.first)
        #expect(request.agreement == "X-1")
        #expect(request.addressee.hasPrefix(channel == "VL" ? "Microsoft: the contact form" : "the partner, who"))
    }

    @Test("licenses are ordered under the agreement whose key has activations left")
    func agreement() throws {
        let needs = try Self.needs(
            machines: 6, keys: [AgreementTests.key("a", "EA-1", remaining: 50)],
            purchases: [
                AgreementTests.purchase(1, 15, "EA-1"), AgreementTests.purchase(2, 2, "EA-1"),
                AgreementTests.purchase(2, 9, "EA-2"),
            ])
        #expect(Self.orders(needs) == ["windows-7 year 2 4 EA-1 false"])
    }

    @Test("a license of the year is ordered only together with those of earlier years that it must stand on")
    func legalOrder() throws {
        let needs = try Self.needs(
            machines: 6, keys: [AgreementTests.key("a", "EA-1", remaining: 50)],
            purchases: [
                AgreementTests.purchase(1, 6, "EA-1"), AgreementTests.purchase(2, 4, "EA-1"),
                AgreementTests.purchase(2, 2, "EA-2"),
            ])
        // Two more of year 2 make eight, and year 1 has six.
        #expect(Self.orders(needs) == ["windows-7 year 1 2 - true", "windows-7 year 2 2 EA-1 false"])
    }

    @Test("endpoints of virtual desktops are ordered for, also when every machine is served")
    func endpoints() throws {
        let plan = try VirtualDesktopTests.plan(endpoints: [8], bought: 5)
        let needs = try #require(plan.needs.first)
        #expect(needs.unserved == 0)
        #expect(
            needs.orders.map { "\($0.target.year) \($0.quantity) \($0.reason)" } == [
                "1 4 earlierYear", "2 4 endpoints",
            ])
        #expect(try VirtualDesktopTests.plan(endpoints: [4], bought: 5).needs[0].isEmpty)
    }

    @Test("a request is large enough for a reserve that grows with it, and for what is missing up to 0")
    func reserve() throws {
        func request(_ reserve: Reserve, pending: Int = 0) throws -> Int? {
            let policy = makePolicy { $0.keys = [KeyDeclaration(match: KeyPattern(id: "k"), reserve: reserve)] }
            let fleet = makeFleet(AgreementTests.machines(9), keys: [Known.key("k", remaining: 10)])
            let plan = try makePlanner(policy).plan(fleet, pending: ["k": pending])
            let need = try #require(plan.needs.first)
            let covered = try makePlanner(policy).plan(fleet, pending: ["k": pending], assuming: need.assumptions())
            #expect(covered.needs[0].unserved == 0)
            return need.requests.first?.count
        }
        #expect(try request(.percent(50)) == 8)
        #expect(try request(.number(30)) == 29)
        #expect(try request(.number(0), pending: 14) == 13)
    }

    @Test("a year that is planned itself is not ordered a second time for a later year")
    func severalYears() throws {
        let policy = makePolicy { $0.targets = [1, 2].map { TargetChoice(program: "windows-7", year: $0) } }
        let keys = [Known.key("one", remaining: 9, pid: Known.year1PID), Known.key("two", remaining: 9)]
        let fleet = makeFleet(
            AgreementTests.machines(5), keys: keys, purchases: [Known.purchase(1, 2), Known.purchase(2, 2)])
        let plan = try makePlanner(policy).plan(fleet)
        #expect(plan.needs.flatMap(\.orders).map { "\($0.target.year) \($0.quantity)" } == ["1 3", "2 3"])
    }

    @Test("computers that no key may serve are counted apart")
    func withoutKey() throws {
        let needs = try Self.needs(machines: 4, keys: [Known.key("k", remaining: 1)], purchases: []) {
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "k"), scope: .any([.name(Glob("pc-101")), .name(Glob("pc-102"))]))
            ]
        }
        #expect(needs.withoutKey == 2)
        #expect(needs.unserved == 3)
        #expect(needs.activations == 1)
    }

    @Test(
        "with what is needed everybody that a key may serve is served, and with one less of anything somebody is not",
        arguments: PlanPropertyTests.seeds)
    func smallest(seed: UInt64) throws {
        var world = PlanPropertyTests.World(seed: seed)
        var random = SeededGenerator(seed: seed &+ 77)
        for index in world.keys.indices where Bool.random(using: &random) {
            world.keys[index].agreement = ["EA-1", "CSP-2", "MPSA-3"].randomElement(using: &random)
            world.keys[index].partialKey = PartialProductKey(
                String(repeating: "BCDFG".randomElement(using: &random) ?? "B", count: 5))
            guard Bool.random(using: &random), let partial = world.keys[index].partialKey?.text else { continue }
            for number in 0..<Int.random(in: 1...8, using: &random) {
                world.machines.append(
                    Machine(name: "held-\(index)-\(number)", rows: [.year(Known.year2, .licensed, partial)]))
            }
        }
        if !world.purchases.isEmpty {
            if Bool.random(using: &random) {
                for year in world.purchases.indices { world.purchases[year].record.quantity %= 7 }
            }
            for (year, agreement) in [(1, "EA-1"), (2, "EA-1"), (2, "CSP-2"), (2, "MPSA-3")] {
                world.purchases.append(
                    AgreementTests.purchase(year, Int.random(in: 0...6, using: &random), agreement))
            }
        }
        let fleet = makeFleet(world.machines, keys: world.keys, purchases: world.purchases)
        let planner = try makePlanner(world.policy)
        let plan = try planner.plan(fleet)
        for (index, need) in plan.needs.enumerated() {
            func unserved(_ assumptions: PlanAssumptions) throws -> Int {
                try planner.plan(fleet, assuming: assumptions).needs[index].unserved
            }
            let all = need.assumptions()
            #expect(try unserved(all) == need.withoutKey)
            for position in all.purchases.indices {
                var less = all
                less.purchases[position].quantity -= 1
                // A license less of an earlier year may be one that only the purchase of the later year demands.
                let bought = (1...need.target.year).map { year in
                    world.purchases.filter { $0.record.year == year && $0.record.program == need.target.program }
                        .reduce(0) { $0 + $1.record.quantity }
                        + less.purchases.filter { $0.target.year == year }.reduce(0) { $0 + $1.quantity }
                }
                let breaksChain = bought.dropLast().contains { $0 < bought.last ?? 0 }
                #expect(try unserved(less) > need.withoutKey || breaksChain)
            }
            for position in all.extraActivations.indices {
                var less = all
                less.extraActivations[position].count -= 1
                #expect(try unserved(less) > need.withoutKey)
            }
        }
    }
}

@Suite("Amounts of money")
struct MoneyTests {
    @Test(
        "decimal numbers are exact",
        arguments: [("61", "61.00"), ("61.5", "61.50"), ("0.0625", "0.0625"), ("7.10", "7.10")])
    func decimal(_ text: String, _ number: String) throws {
        #expect(try #require(Money(text, currency: "USD")).number == number)
    }

    @Test(
        "anything else is no amount", arguments: ["", ".", "1.", ".5", "1.23456", "-1", "1,5", "99999999999999999999"])
    func wrong(_ text: String) { #expect(Money(text, currency: "USD") == nil) }

    @Test("sums are kept per currency")
    func sums() throws {
        let amounts = try ["1.10", "2.05"].map { try #require(Money($0, currency: "USD")) }
        let other = try #require(Money("3", currency: "EUR")?.times(4))
        #expect(Money.sums(amounts + [other]).map { "\($0.number) \($0.currency)" } == ["12.00 EUR", "3.15 USD"])
    }
}

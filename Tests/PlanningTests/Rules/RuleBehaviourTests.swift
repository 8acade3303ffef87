import ActivationModel
import ESUPrograms
import Planning
import Testing

/// One test per rule that no other suite is about.
@Suite("What single rules do")
struct RuleBehaviourTests {
    private func plan(
        _ machines: [Machine], keys: [LicenseKey] = [Known.key("k", remaining: 5)], purchases: [Purchase] = [],
        asOf: String = "2021-02-01", _ change: (inout Policy) -> Void = { _ in }
    ) throws -> ActivationPlan {
        try makePlanner(makePolicy(change), asOf: asOf).plan(makeFleet(machines, keys: keys, purchases: purchases))
    }

    private func codes(_ plan: ActivationPlan) -> [String] { plan.warnings.map(\.code) }

    @Test("an OEM base license is no obstacle (ELIG-06)", arguments: [KeyType.oemSLP, .oemCOA, .retail, .gvlk, .mak])
    func baseChannel(type: KeyType) throws {
        var base = Machine.Row.base
        base.keyType = type
        #expect(try plan([Machine(base: base)]).entries.map(\.decision) == [.activate])
    }

    @Test("rows of Office say nothing about Windows (ELIG-10)")
    func otherApplications() throws {
        var fleet = makeFleet(
            [
                Machine(
                    base: nil,
                    rows: [
                        Machine.Row(
                            sku: "6f327760-8c5c-417c-9b61-836a98287e0c", name: "Office 14, OfficeProPlus-MAK edition",
                            family: "Home", status: .licensed, keyType: .mak, partialKey: "OFFIC")
                    ])
            ], keys: [Known.key("k", remaining: 5)])
        fleet.products[0].applicationID = GUID("59a52881-a989-479d-af46-f275c6370663")
        let plan = try makePlanner().plan(fleet)
        #expect(plan.entries.map(\.decision) == [.activate])
        #expect(plan.base(of: plan.entries[0]) == nil)
    }

    @Test("a year bought long after its window counts like any other purchase (LIC-03)")
    func lateOrder() throws {
        let purchases = [(1, "2021-01-30"), (2, "2021-01-30")].map { year, day in
            Purchase(
                record: PurchaseRecord(program: "windows-7", year: year, quantity: 1, orderDate: Known.day(day)),
                source: nil)
        }
        #expect(try plan([Machine()], purchases: purchases).entries.map(\.decision) == [.activate])
    }

    @Test("year 1 does not renew into year 2 (LIC-04)")
    func eachYear() throws {
        let plan = try plan([Machine(rows: [.year(Known.year1, .licensed)])])
        #expect(plan.entries.map(\.decision) == [.activate])
    }

    @Test("year 2 needs year 1 bought, and no step activates year 1 (LIC-05)")
    func earlierYears() throws {
        let machine = Machine(rows: [.year(Known.year1, .unlicensed)])
        let plan = try plan([machine], purchases: [Known.purchase(1, 1), Known.purchase(2, 1)])
        #expect(plan.entries.map(\.decision) == [.activate])
        let steps = try #require(plan.procedure(of: plan.entries[0])).steps.map { "\($0)" }.joined()
        #expect(steps.lowercased().contains(Known.year2))
        #expect(!steps.lowercased().contains(Known.year1))
    }

    @Test("a single license serves a single machine (LIC-06)")
    func oneLicense() throws {
        let plan = try plan(
            [Machine(name: "a"), Machine(name: "b")], purchases: [Known.purchase(1, 1), Known.purchase(2, 1)])
        #expect(plan.entries.map(\.decision) == [.activate, .unpurchased])
    }

    @Test("the name of a product proves nothing, in no language (LIC-15)")
    func productNames() throws {
        var key = Known.key("k", remaining: 5, pid: Known.foreignPID)
        key.description = "Windows 7 Ext Security Year 2 MAK"
        let plan = try plan([Machine()], keys: [key])
        #expect(plan.keys.isEmpty && plan.refusedKeys.count == 1)
        var odd = Known.key("k", remaining: 5)
        odd.description = "Windows 7 Extended Security Updates 2020"
        #expect(try self.plan([Machine()], keys: [odd]).keys.count == 1)
    }

    @Test("a source of updates is one of four words (DEP-03)")
    func updateSources() throws {
        func sources(_ word: String) throws -> [UpdateSource] {
            try Policy(
                yaml: "updateSources:\n  - {source: \(word)}\n", file: "p.yaml", catalog: Known.catalog.get()
            ).updateSources.map(\.source)
        }
        #expect(try UpdateSource.allCases.map { try sources($0.rawValue) } == UpdateSource.allCases.map { [$0] })
        #expect(throws: PolicyError.self) { try sources("usb") }
    }

    @Test(
        "ConfigMgr before 1910 is a warning, and every remark names the stricter statement (DEP-04, CON-05)",
        arguments: [
            (nil, "plan.configmgr.unknown"), (1906, "plan.configmgr.old"), (1910, "plan.configmgr.current"),
        ] as [(Int?, String)])
    func configMgr(version: Int?, code: String) throws {
        let plan = try plan([Machine(updates: [])]) {
            $0.updateSources = [UpdateSourceRule(source: .configMgr)]
            $0.configMgr = version.map { ConfigMgrStatement(version: $0) }
        }
        let found = plan.warnings.filter { $0.code.hasPrefix("plan.configmgr.") }
        #expect(found.map(\.code) == [code])
        #expect(found.allSatisfy { ($0.message + $0.remedy).contains("CON-05") })
    }

    @Test("the preparation package is not on Windows Update (DEP-05)", arguments: UpdateSource.allCases)
    func manualPush(source: UpdateSource) throws {
        let plan = try plan([Machine(updates: [4_474_419, 4_490_628])]) {
            $0.updateSources = [UpdateSourceRule(source: source)]
        }
        #expect(codes(plan).contains("plan.updates.manual") == (source == .windowsUpdate))
        #expect(plan.reasons(of: plan.entries[0]).contains("DEP-05") == (source == .windowsUpdate))
    }

    @Test("year 1 and year 2 have the same steps with their own activation ids (DEP-09)")
    func sameProcedure() throws {
        func steps(_ year: Int, _ key: LicenseKey, _ day: String) throws -> String {
            let plan = try plan([Machine(lastLogon: Known.day(day))], keys: [key], asOf: day) {
                $0.targets = [TargetChoice(program: "windows-7", year: year)]
            }
            return "\(try #require(plan.procedure(of: plan.entries[0])).steps)".lowercased()
        }
        let first = try steps(1, Known.key("k", remaining: 1, pid: Known.year1PID), "2020-06-01")
        let second = try steps(2, Known.key("k", remaining: 1), "2021-06-01")
        #expect(first.contains(Known.year1))
        #expect(
            first.replacing(Known.year1, with: "id").replacing("windows-7 year 1", with: "target")
                == second.replacing(Known.year2, with: "id").replacing("windows-7 year 2", with: "target"))
    }

    @Test("consumer enrolment on a managed machine is named (PLAN-14)")
    func consumerEnrolment() throws {
        func codes(tags: [String]) throws -> [String] {
            let machine = Machine(
                system: "Windows 10 Pro", version: "10.0 (19045)", lastLogon: Day("2026-11-20"), tags: tags, base: nil)
            return try self.codes(
                plan([machine], asOf: "2026-11-24") { $0.targets = [TargetChoice(program: "windows-10", year: 2)] })
        }
        #expect(try codes(tags: ["consumer-esu"]).contains("plan.consumer"))
        #expect(try !codes(tags: ["kiosk"]).contains("plan.consumer"))
    }
}

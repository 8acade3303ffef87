import ActivationModel
import ESUPrograms
import Planning
import Testing

/// Where one decision ends and the next begins, one test per border.
@Suite("Borders of decisions")
struct DecisionBoundaryTests {
    private func plan(_ machines: [Machine], _ change: (inout Policy) -> Void = { _ in }) throws -> ActivationPlan {
        try makePlanner(makePolicy(change)).plan(makeFleet(machines, keys: [Known.key("k", remaining: 9)]))
    }

    private func base(_ partialKey: String, _ status: LicenseStatus, updated: String, sku: String) -> Machine.Row {
        var row = Machine.Row.base
        row.sku = sku
        row.partialKey = partialKey
        row.status = status
        row.updated = Known.day(updated)
        return row
    }

    @Test("a licensed row is activated whatever the system, for its license is used")
    func activatedBeforeIneligible() throws {
        let row = Machine.Row.year(Known.year2, .licensed)
        let machines = [
            Machine(name: "a", system: "Windows 7 Home Premium", base: nil, rows: [row]),
            Machine(name: "b", system: "Windows Embedded Standard", base: nil, rows: [row]),
            Machine(name: "c", system: nil, version: nil, base: nil, rows: [row]),
        ]
        #expect(try plan(machines).entries.map(\.decision) == [.activated, .activated, .activated])
    }

    @Test("only a licensed row is activated; any other status competes", arguments: LicenseStatus.allCases)
    func status(status: LicenseStatus) throws {
        let made = try plan([Machine(rows: [.year(Known.year2, status)])]).entries.map(\.decision)
        #expect(made == [status == .licensed ? .activated : .activate])
    }

    @Test("an evaluation copy holds no license to add to (ELIG-01)")
    func evaluation() throws {
        var row = Machine.Row.base
        row.family = "EnterpriseEval"
        let plan = try plan([Machine(system: "Windows 7 Enterprise", base: row)])
        #expect(plan.entries.map(\.decision) == [.ineligible])
        #expect(plan.reasons(of: plan.entries[0]) == ["ELIG-01"])
    }

    @Test("an edition that no document of the program names is ineligible (ELIG-01)")
    func unnamedEdition() throws {
        var row = Machine.Row.base
        row.name = "Windows(R) 7, Education edition"
        row.family = "Education"
        let plan = try plan([Machine(system: "Windows 7", base: row)])
        #expect(plan.entries.map(\.decision) == [.ineligible])
        #expect(plan.reasons(of: plan.entries[0]) == ["ELIG-01"])
    }

    @Test("an edition word that nobody understands is missing data where no directory lists the machine (PLAN-04)")
    func unknownEdition() throws {
        var row = Machine.Row.base
        row.name = "Windows(R) 7, Epaggelmatiki edition"
        row.family = "Epaggelmatiki"
        let unlisted = Machine(name: "a", isListed: false, vamtVersion: "6.1.7601", base: row)
        let listed = Machine(name: "b", system: "Windows 7", vamtVersion: "6.1.7601", base: row)
        let plan = try plan([unlisted, listed])
        #expect(plan.entries.map(\.decision) == [.undetermined, .activate])
        #expect(plan.reasons(of: plan.entries[1]).contains("PLAN-04"))
    }

    @Test("an account of which nobody knows whether it is enabled is in use (PLAN-07)")
    func unknownState() throws {
        #expect(try plan([Machine(enabled: nil)]).entries.map(\.decision) == [.activate])
    }

    @Test("each of the three ways to close an account is enough alone (PLAN-07)")
    func closed() throws {
        let machines = [
            Machine(name: "a", enabled: false), Machine(name: "b", enabled: nil, deleted: true),
            Machine(name: "c", enabled: nil, superseded: true),
        ]
        #expect(try plan(machines).entries.map(\.decision) == [.stale, .stale, .stale])
    }

    @Test("hosting covers the years that the program names for it, and no others (LIC-09)")
    func entitledYears() throws {
        let program = try #require(try Known.catalog.get()["windows-7"])
        #expect(
            (0...4).map { program.entitlement(hosting: "AVD", year: $0) != nil } == [false, true, true, true, false])
    }

    @Test("a confirmation id without the installation id that it belongs to is of no use (PLAN-09)")
    func loneConfirmation() throws {
        var row = DecisionTests.restorable
        row.installationID = nil
        #expect(try plan([Machine(rows: [row])]).entries.map(\.decision) == [.activate])
    }

    @Test("prerequisites that block come before a stored confirmation id (DEP-01)")
    func blockedBeforeReapplied() throws {
        let machine = Machine(updates: [1], rows: [DecisionTests.restorable])
        let made = try plan([machine]) { $0.prerequisites = PrerequisiteRule(missing: .block, unknown: .prepare) }
        #expect(made.entries.map(\.decision) == [.ineligible])
    }

    @Test("of several base licenses the licensed one is noted, and of several licensed ones the newest (PLAN-10)")
    func baseLicense() throws {
        let skus = ["11111111-0000-0000-0000-000000000001", "11111111-0000-0000-0000-000000000002"]
        func noted(_ first: Machine.Row, _ second: Machine.Row) throws -> String? {
            let plan = try plan([Machine(base: first, rows: [second])])
            return plan.base(of: plan.entries[0])?.partialKey
        }
        let open = base("AAAAA", .notification, updated: "2021-01-20", sku: skus[0])
        let licensed = base("BBBBB", .licensed, updated: "2021-01-10", sku: skus[1])
        #expect(try noted(open, licensed) == "BBBBB")
        let older = base("CCCCC", .licensed, updated: "2021-01-05", sku: skus[0])
        #expect(try noted(older, licensed) == "BBBBB")
        let newer = base("DDDDD", .licensed, updated: "2021-01-15", sku: skus[1])
        #expect(try noted(older, newer) == "DDDDD")
    }

    @Test("a licensed ESU row is never noted as the base license (KEY-01)")
    func addOnIsNoBase() throws {
        let plan = try plan([Machine(base: nil, rows: [.year(Known.year1, .licensed, "ZZZZZ")])])
        #expect(plan.base(of: plan.entries[0]) == nil)
    }

    @Test("VAMT counts where it looked on the day of the last sign of life, not where it looked before (PLAN-05)")
    func sameDay() throws {
        func decision(_ updated: String) throws -> Decision {
            var row = Machine.Row.base
            row.name = "Windows(R), Professional edition"
            row.updated = Known.day(updated)
            return try plan([Machine(vamtVersion: "10.0.19045", base: row)]).entries[0].decision
        }
        #expect(try decision("2021-01-19") == .activate)
        #expect(try decision("2021-01-20") == .ineligible)
    }

    @Test("without dates VAMT counts, unless only the directory knows a build (PLAN-05)")
    func undatedEvidence() throws {
        func decision(_ version: String?, _ vamtVersion: String?) throws -> Decision {
            var row = Machine.Row.base
            row.name = "Windows(R) 7, HomePremium edition"
            row.family = "HomePremium"
            let machine = Machine(version: version, lastLogon: nil, vamtVersion: vamtVersion, base: row)
            return try plan([machine]).entries[0].decision
        }
        #expect(try decision("6.1 (7601)", "6.1.7601") == .ineligible)
        #expect(try decision("6.1 (7601)", nil) == .activate)
    }

    @Test("where both sources name the same system the higher build counts")
    func higherBuild() throws {
        func decision(_ version: String, _ vamtVersion: String) throws -> Decision {
            var row = Machine.Row.base
            row.name = "Windows(R), Professional edition"
            let machine = Machine(
                system: "Windows 10 Pro", version: version, lastLogon: Known.day("2026-01-10"),
                vamtVersion: vamtVersion, base: row)
            let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: 1)] }
            return try makePlanner(policy, asOf: "2026-01-15").plan(makeFleet([machine])).entries[0].decision
        }
        #expect(try decision("10.0 (19044)", "10.0.19045") == .shortage)
        #expect(try decision("10.0 (19045)", "10.0.19044") == .shortage)
        #expect(try decision("10.0 (19044)", "10.0.19044") == .ineligible)
    }

    @Test("a licensed base license is no warning (PLAN-10)")
    func healthyBase() throws {
        #expect(try !plan([Machine()]).warnings.contains { $0.code == "plan.base.unlicensed" })
    }

    @Test("consumer enrolment is a finding on listed machines of the program only (PLAN-14)")
    func consumer() throws {
        func isFound(_ machine: Machine) throws -> Bool {
            try plan([machine.with { $0.tags = ["consumer-esu"] }]).warnings.contains { $0.code == "plan.consumer" }
        }
        #expect(try isFound(Machine()))
        #expect(try !isFound(Machine(isListed: false, vamtEdition: "Professional", vamtVersion: "6.1.7601")))
        #expect(try !isFound(Machine(system: "Windows 10 Pro", version: "10.0 (19045)", base: nil)))
    }
}

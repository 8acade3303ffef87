import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Disputed readings")
struct DisputedReadingsTests {
    private func policy(_ yaml: String) throws -> Policy {
        try Policy(yaml: yaml, file: "p.yaml", catalog: Known.catalog.get())
    }

    @Test("every option is read in any case, and what is not named keeps the advised reading")
    func read() throws {
        let all = try policy(
            """
            disputed:
              ultimate: refuse
              virtualDesktops: machines
              yearStart: firstRelease
              softwareAssurance: held
              pastYear: Refuse
            """
        ).disputed
        #expect(all.ultimate == .refuse)
        #expect(all.virtualDesktops == .machines && all.virtualDesktopsOf.isEmpty)
        #expect(all.yearStart == .firstRelease)
        #expect(all.softwareAssurance == .held)
        #expect(all.pastYear == .refuse)
        var expected = DisputedReadings()
        expected.pastYear = .refuse
        #expect(try policy("disputed: {pastYear: refuse}").disputed == expected)
        #expect(try policy("").disputed == DisputedReadings())
    }

    @Test("virtual desktops can be counted differently per program")
    func perProgram() throws {
        let readings = try policy("disputed: {virtualDesktops: {default: machines, windows-7: endpoints}}").disputed
        #expect(readings.virtualDesktops(of: "windows-7") == .endpoints)
        #expect(readings.virtualDesktops(of: "windows-10") == .machines)
        #expect(DisputedReadings().virtualDesktops(of: "windows-10") == .endpoints)
    }

    @Test(
        "a wrong word is an error that names its line and the allowed words",
        arguments: [
            ("disputed: {ultimate: maybe}", "accept, refuse"), ("disputed: {pastYear: no}", "warn, refuse"),
            ("disputed: {ultimat: accept}", "ultimate"), ("disputed: {yearStart: first}", "coverage, firstRelease"),
            ("disputed: {virtualDesktops: {windows-8: machines}}", "windows-7"),
            ("disputed: {softwareAssurance: yes}", "warn, held"),
        ])
    func wrong(yaml: String, hint: String) throws {
        let error = #expect(throws: PolicyError.self) { try policy(yaml) }
        let first = try #require(error?.diagnostics.first)
        #expect(first.line == 1)
        #expect("\(first.message) \(first.remedy)".contains(hint))
    }

    @Test("Ultimate is planned with a warning, or refused by the policy (CON-01)")
    func ultimate() throws {
        let fleet = makeFleet([Machine(system: "Windows 7 Ultimate")], keys: [Known.key("k", remaining: 5)])
        let accepted = try makePlanner().plan(fleet)
        #expect(accepted.entries.map(\.decision) == [.activate])
        #expect(accepted.warnings.contains { $0.code == "plan.edition.doubtful" })
        let refused = try makePlanner(makePolicy { $0.disputed.ultimate = .refuse }).plan(fleet)
        #expect(refused.entries.map(\.decision) == [.ineligible])
        #expect(refused.reasons(of: refused.entries[0]) == ["CON-01"])
        #expect(!refused.warnings.contains { $0.code == "plan.edition.doubtful" })
    }

    @Test("a warning about doubtful editions names the first computer to look at")
    func firstDoubtful() throws {
        let fleet = makeFleet(
            [
                Machine(name: "pc-1"), Machine(name: "pc-2", system: "Windows 7 Ultimate"),
                Machine(name: "pc-3", system: "Windows 7 Ultimate"),
            ], keys: [Known.key("k", remaining: 5)])
        let warning = try makePlanner().plan(fleet).warnings.first { $0.code == "plan.edition.doubtful" }
        let name = try #require(fleet[fleet.computers[1].name])
        #expect(warning?.count == 2)
        #expect(warning?.remedy == "Look at the rule with: actkit plan explain \(name)")
    }

    @Test("refusing Ultimate refuses no other edition that documents disagree about")
    func onlyUltimate() throws {
        var row = Machine.Row.base
        row.name = "Windows Server(R), ServerStandardCore edition"
        row.family = "ServerStandardCore"
        let machine = Machine(name: "srv-1", system: "Windows Server 2008 R2 Standard", base: row)
        var policy = makePolicy { $0.targets = [TargetChoice(program: "windows-server-2008", year: 2)] }
        #expect(
            try makePlanner(policy).plan(makeFleet([machine])).warnings.contains { $0.code == "plan.edition.doubtful" })
        policy.disputed.ultimate = .refuse
        let decisions = try makePlanner(policy).plan(makeFleet([machine])).entries.map(\.decision)
        #expect(decisions == [.shortage])
    }

    @Test("Thin PC is refused whatever the policy reads (CON-02)")
    func thinPC() throws {
        let machine = Machine(system: "Windows Embedded Thin PC")
        for ultimate in DisputedReadings.Ultimate.allCases {
            let plan = try makePlanner(makePolicy { $0.disputed.ultimate = ultimate }).plan(makeFleet([machine]))
            #expect(plan.entries.map(\.decision) == [.ineligible])
            #expect(plan.reasons(of: plan.entries[0]) == ["CON-02"])
        }
    }

    @Test("a year begins with its window or with its first delivery (CON-07)")
    func yearStart() throws {
        func begins(_ day: String, _ start: DisputedReadings.YearStart) throws -> Bool {
            let policy = makePolicy {
                $0.targets = [TargetChoice(program: "windows-7", year: 3)]
                $0.disputed.yearStart = start
            }
            do {
                _ = try makePlanner(policy, asOf: day).plan(makeFleet([]))
                return true
            } catch PlanningError.notBegun {
                return false
            }
        }
        #expect(try !begins("2022-01-11", .coverage))
        #expect(try begins("2022-01-12", .coverage))
        #expect(try !begins("2022-02-07", .firstRelease))
        #expect(try begins("2022-02-08", .firstRelease))
    }

    @Test("a year that has not begun is refused at the line of its target (CON-10)")
    func notBegunPlace() throws {
        let policy = makePolicy {
            $0.targets = [TargetChoice(program: "windows-7", year: 3, line: 4)]
            $0.file = "policy.yaml"
        }
        let error = #expect(throws: PlanningError.self) {
            try makePlanner(policy, asOf: "2022-01-11").plan(makeFleet([]))
        }
        #expect(error.map { "\($0)" }?.hasPrefix("policy.yaml:4: windows-7 year 3 begins on 2022-01-12") == true)
    }

    @Test("a past year is warned about or refused (CON-09)")
    func pastYear() throws {
        let policy = makePolicy {
            $0.targets = [TargetChoice(program: "windows-7", year: 2, line: 4)]
            $0.file = "policy.yaml"
            $0.disputed.pastYear = .refuse
        }
        #expect(try makePlanner(policy, asOf: "2022-01-11").plan(makeFleet([])).targets.count == 1)
        let error = #expect(throws: PlanningError.self) {
            try makePlanner(policy, asOf: "2022-01-12").plan(makeFleet([]))
        }
        let text = try #require(error.map { "\($0)" })
        #expect(text.hasPrefix("policy.yaml:4: "))
        for word in ["CON-09", "2022-01-11", "pastYear: warn"] { #expect(text.contains(word)) }
        let warned = try makePlanner(asOf: "2022-01-12").plan(makeFleet([]))
        #expect(warned.warnings.contains { $0.code == "plan.year.past" })
    }

    @Test("Software Assurance is a condition of Server 2012, and only while nobody says that it is held (CON-08)")
    func softwareAssurance() throws {
        func warns(_ program: String, _ system: String, _ held: DisputedReadings.SoftwareAssurance, keys: Int) throws
            -> Bool
        {
            let policy = makePolicy {
                $0.targets = [TargetChoice(program: program, year: 1)]
                $0.keys = [
                    KeyDeclaration(
                        match: KeyPattern(partialKey: PartialProductKey("ABCDE")), program: program, year: 1)
                ]
                $0.disputed.softwareAssurance = held
            }
            let machine = Machine(system: system, version: "6.3 (9600)", lastLogon: Day("2024-01-01"), base: nil)
            let fleet = makeFleet([machine], keys: [Known.key("k", remaining: keys, pid: nil)])
            return try makePlanner(policy, asOf: "2024-02-01").plan(fleet).warnings
                .contains { $0.code == "plan.softwareAssurance" }
        }
        let server = "Windows Server 2012 R2 Standard"
        #expect(try warns("windows-server-2012", server, .warn, keys: 1))
        #expect(try !warns("windows-server-2012", server, .held, keys: 1))
        #expect(try !warns("windows-server-2012", server, .warn, keys: 0))
        #expect(try !warns("windows-7", "Windows 7 Professional", .warn, keys: 1))
    }
}

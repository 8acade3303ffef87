import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Windows 10")
struct Windows10Tests {
    static let ids = [
        1: "f520e45e-7413-4a34-a497-d2765967d094", 2: "1043add5-23b1-4afb-9a0f-64343c8f3f8d",
        3: "83d49986-add3-41d7-ba33-87c7bfb5c0fb",
    ]

    static func machine(_ change: (inout Machine) -> Void = { _ in }) -> Machine {
        var machine = Machine(
            system: "Windows 10 Enterprise", version: "10.0.19045.6456", lastLogon: Known.day("2026-11-20"),
            updates: [5_126_256], base: nil)
        change(&machine)
        return machine
    }

    static func plan(_ machines: [Machine], year: Int = 2, asOf: String = "2026-11-24") throws -> ActivationPlan {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: year)] }
        var key = Known.key("k", remaining: 1_000, pid: nil)
        key.supportedSKU = ids[year].flatMap { GUID($0) }
        return try makePlanner(policy, asOf: asOf).plan(makeFleet(machines, keys: [key]))
    }

    @Test(
        "each year has its own activation id",
        arguments: [(1, "2026-01-15"), (2, "2026-11-24"), (3, "2027-11-01")])
    func years(year: Int, day: String) throws {
        let machine = Windows10Tests.machine { $0.lastLogon = Known.day(day) }
        let plan = try Windows10Tests.plan([machine], year: year, asOf: day)
        #expect(plan.entries[0].decision == .activate)
        #expect(plan.activationID(of: plan.entries[0]).guid.description == Windows10Tests.ids[year])
    }

    @Test(
        "the package of September 2026 is recommended once the month is over",
        arguments: [("2026-09-29", 5_072_653), ("2026-09-30", 5_126_256)])
    func package(day: String, recommended: Int) throws {
        let machine = Windows10Tests.machine {
            $0.updates = [1]
            $0.lastLogon = Known.day(day)
        }
        let plan = try Windows10Tests.plan([machine], year: 1, asOf: day)
        let steps = try #require(plan.procedure(of: plan.entries[0])).steps
        guard case .installUpdate(let update) = steps.first else {
            Issue.record("the first step installs no update")
            return
        }
        #expect(update.demanded == [5_072_653])
        #expect(update.kb == recommended)
        #expect(plan.missing(of: plan.entries[0]) == [5_072_653])
    }

    @Test("the package comes after the cumulative update, which it does not replace")
    func order() throws {
        let machine = Windows10Tests.machine {
            $0.version = "10.0.19045.6455"
            $0.updates = [1]
        }
        let plan = try Windows10Tests.plan([machine])
        let installed = try #require(plan.procedure(of: plan.entries[0])).steps.compactMap { step in
            if case .installUpdate(let update) = step { update.kb } else { nil }
        }
        #expect(installed == [5_066_791, 5_126_256])
    }

    @Test(
        "long-term servicing is refused with the reason, whatever its build",
        arguments: [
            ("Windows 10 Enterprise LTSC", "10.0 (19044)"), ("Windows 10 Enterprise LTSC", "10.0 (17763)"),
            ("Windows 10 Enterprise 2016 LTSB", "10.0 (14393)"), ("Windows 10 Enterprise 2015 LTSB", "10.0 (10240)"),
        ])
    func longTerm(system: String, version: String) throws {
        let machine = Windows10Tests.machine {
            $0.system = system
            $0.version = version
        }
        let plan = try Windows10Tests.plan([machine])
        #expect(plan.entries[0].decision == .ineligible)
        #expect(plan.keys[0].assigned == 0)
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: 2)] }
        let explanation = try #require(
            try makePlanner(policy, asOf: "2026-11-24").explain("pc-0001", in: makeFleet([machine])).first)
        let reason = try #require(explanation.reasons.first { $0.rule.id == "ELIG-09" })
        #expect(reason.verdict == .violated && reason.datum.contains("Long-Term Servicing"))
    }

    @Test("no machine that is covered without a key gets one, in any program and year")
    func entitled() throws {
        let systems = [
            "windows-7": ("Windows 7 Professional", "6.1 (7601)"),
            "windows-server-2008": ("Windows Server 2008 R2 Standard", "6.1 (7601)"),
            "windows-server-2012": ("Windows Server 2012 R2 Standard", "6.3 (9600)"),
            "windows-10": ("Windows 10 Enterprise", "10.0 (19045)"),
        ]
        var seen = 0
        for program in try Known.catalog.get().programs where program.isPlannable {
            let (system, version) = try #require(systems[program.id])
            for year in program.years {
                guard let id = year.activationID, let day = year.coverageFrom else { continue }
                var key = Known.key("k", remaining: 1_000, pid: nil)
                key.supportedSKU = id
                let policy = makePolicy { $0.targets = [TargetChoice(program: program.id, year: year.number)] }
                let hostings = program.entitlements.filter { $0.years.isEmpty || $0.years.contains(year.number) }
                    .flatMap(\.hosting)
                let machines = (hostings + ["physical"]).map { hosting in
                    Machine(
                        name: "pc-\(hosting)", system: system, version: version, lastLogon: day, hosting: hosting,
                        base: nil)
                }
                let planner = Planner(catalog: try Known.catalog.get(), policy: policy, asOf: day)
                let plan = try planner.plan(makeFleet(machines, keys: [key]))
                for entry in plan.entries {
                    let isEntitled = plan.name(of: entry) != "pc-physical"
                    #expect((entry.decision == .entitled) == isEntitled, "\(program.id) \(plan.name(of: entry))")
                    #expect((plan.key(of: entry) == nil) == isEntitled)
                    #expect((plan.procedure(of: entry) == nil) == isEntitled)
                    seen += isEntitled ? 1 : 0
                }
                #expect(plan.keys[0].assigned == 1)
            }
        }
        #expect(seen > 20)
    }

    @Test("the endpoint of a Windows 365 user is covered, with the registry value it must opt in by")
    func optIn() throws {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: 2)] }
        let fleet = makeFleet([Windows10Tests.machine { $0.hosting = "windows365-endpoint" }])
        let explanation = try #require(
            try makePlanner(policy, asOf: "2026-11-24").explain("pc-0001", in: fleet).first)
        #expect(explanation.decision == .entitled)
        #expect(explanation.reasons.contains { $0.datum.contains("EnableESUSubscriptionCheck") })
    }

    struct Enrolled: Sendable, CustomTestStringConvertible {
        var title: String
        var machine: Machine
        var isFinding: Bool
        var testDescription: String { title }
    }

    static let enrolled: [Enrolled] = [
        Enrolled(title: "listed", machine: machine { $0.tags = ["Consumer-ESU"] }, isFinding: true),
        Enrolled(
            title: "activated",
            machine: machine {
                $0.tags = ["consumer-esu"]
                $0.rows.append(
                    Machine.Row(
                        sku: CoverageTests.windows10[1], name: "Windows(R), Client-ESU-Year2 add-on", family: nil,
                        status: .licensed, keyType: .mak, partialKey: "HQ2Y1"))
            }, isFinding: true),
        Enrolled(title: "by hosting", machine: machine { $0.hosting = "consumer-esu" }, isFinding: true),
        Enrolled(
            title: "not listed",
            machine: machine {
                $0.isListed = false
                $0.vamtEdition = "Windows 10 Enterprise"
                $0.vamtVersion = "10.0.19045"
                $0.tags = ["consumer-esu"]
            }, isFinding: false),
        Enrolled(title: "another tag", machine: machine { $0.tags = ["consumer"] }, isFinding: false),
        Enrolled(
            title: "not of the program",
            machine: machine {
                $0.system = "Windows 11 Pro"
                $0.version = "10.0 (26100)"
                $0.tags = ["consumer-esu"]
            }, isFinding: false),
    ]

    @Test(
        "consumer enrolment of a machine that a directory lists is a finding, and changes no decision",
        arguments: enrolled)
    func consumers(_ entry: Enrolled) throws {
        let plan = try Windows10Tests.plan([entry.machine])
        #expect(plan.reasons(of: plan.entries[0]).contains("PLAN-14") == entry.isFinding)
        #expect(plan.warnings.contains { $0.code == "plan.consumer" && $0.count == 1 } == entry.isFinding)
        let plain = try Windows10Tests.plan([
            entry.machine.with {
                $0.tags = []
                $0.hosting = nil
            }
        ])
        #expect(plan.entries[0].decision == plain.entries[0].decision)
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: 2)] }
        let explanation = try #require(
            try makePlanner(policy, asOf: "2026-11-24").explain("pc-0001", in: makeFleet([entry.machine])).first)
        #expect(explanation.reasons.contains { $0.rule.id == "PLAN-14" } == entry.isFinding)
    }
}

import ActivationModel
import ESUPrograms
import Foundation
import Planning
import Testing

@testable import Reporting

@Suite("The plan as a report")
struct PlanReportTests {
    static func planner(_ change: (inout Policy) -> Void = { _ in }) throws -> Planner {
        var policy = Policy()
        policy.targets = [TargetChoice(program: "windows-7", year: 2)]
        policy.keys = [
            KeyDeclaration(match: KeyPattern(partialKey: PartialProductKey("ABCDE")), reserve: .number(2)),
            KeyDeclaration(match: KeyPattern(partialKey: PartialProductKey("QRTVW")), program: "windows-7", year: 1),
        ]
        policy.priorities = [PriorityRule(tier: 1, condition: .name(Glob("pc-3*")))]
        policy.waves = [
            WaveRule(name: "pilot", limit: 2, start: Day("2021-02-02")), WaveRule(name: "broad", perDay: 500),
        ]
        change(&policy)
        return try Planner(
            catalog: ProgramCatalog.bundled(), policy: policy, asOf: #require(Day("2021-02-01")))
    }

    /// Windows 7 computers with and without updates, one of another system, one disabled, one without a system.
    static var fleet: Fleet {
        var fleet = Fleet()
        fleet.sources = ["ad.csv", "updates.csv"]
        func add(
            _ name: String, os: String?, version: String?, enabled: Bool = true, updates: [Int32] = []
        ) {
            var computer = Computer()
            computer.name = fleet.texts.intern(name + ".corp.example.com")
            computer.fqdn = computer.name
            computer.operatingSystem = fleet.texts.intern(os)
            computer.operatingSystemVersion = fleet.texts.intern(version)
            if os?.hasPrefix("Windows 7") == true {
                computer.operatingSystemServicePack = fleet.texts.intern("Service Pack 1")
            }
            computer.enabled = Tristate(enabled)
            computer.lastLogon = Timestamp(iso: "2021-01-25T00:00:00")
            computer.directoryPlace = Place(source: 0, line: Int32(fleet.computers.count + 2))
            computer.updates = Run(start: fleet.updates.count, count: updates.count)
            fleet.updates += updates.map {
                InstalledUpdate(kb: $0, installedOn: nil, place: Place(source: 1, line: 2))
            }
            fleet.computers.append(computer)
        }
        let all: [Int32] = [4_474_419, 4_490_628, 4_538_483]
        let (seven, version) = ("Windows 7 Enterprise", "6.1 (7601)")
        add("pc-1", os: seven, version: version, updates: all)
        add("pc-2", os: seven, version: version, updates: [4_474_419])
        add("pc-3", os: seven, version: version, updates: all)
        add("pc-4", os: seven, version: version, enabled: false, updates: all)
        add("pc-5", os: "Windows 10 Pro", version: "10.0 (19042)")
        add("pc-6", os: nil, version: nil)
        add("pc-7", os: seven, version: version, updates: all)
        fleet.keys = SampleFleet.keys
        fleet.purchases = [
            Purchase(
                record: PurchaseRecord(program: "windows-7", year: 1, quantity: 5),
                source: SourceReference(file: "purchases.csv", line: 2)),
            Purchase(
                record: PurchaseRecord(program: "windows-7", year: 2, quantity: 3),
                source: SourceReference(file: "purchases.csv", line: 3)),
        ]
        return fleet
    }

    @Test("Whole document", arguments: OutputFormat.allCases)
    func golden(format: OutputFormat) throws {
        let plan = try PlanReportTests.planner().plan(PlanReportTests.fleet)
        try expectGolden(
            PlanReport(plan).text(format, options: TableOptions(details: true)), "plan.\(format.rawValue)")
    }

    @Test("An explanation, whole document", arguments: OutputFormat.allCases)
    func explanation(format: OutputFormat) throws {
        let planner = try PlanReportTests.planner()
        let explanations = try planner.explain("PC-2", in: PlanReportTests.fleet)
        try expectGolden(
            ExplanationReport(explanations, asOf: planner.asOf).text(format), "explanation.\(format.rawValue)")
    }

    @Test("Summary, keys and computers of the JSON document agree")
    func consistency() throws {
        let plan = try PlanReportTests.planner().plan(PlanReportTests.fleet)
        let text = try PlanReport(plan).text(.json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "actkit.plan/1")
        let summary = try #require(document["summary"] as? [String: Any])
        let decisions = try #require(summary["decisions"] as? [String: Int])
        let computers = try #require(document["computers"] as? [[String: Any]])
        #expect(decisions.values.reduce(0, +) == computers.count)
        for (decision, count) in decisions {
            #expect(computers.filter { $0["decision"] as? String == decision }.count == count)
        }
        for key in try #require(document["keys"] as? [[String: Any]]) {
            let users = computers.filter { $0["key"] as? String == key["id"] as? String }
            #expect(users.count == key["assigned"] as? Int)
        }
        let rules = try #require(document["rules"] as? [String: String])
        let procedures = try #require(document["procedures"] as? [[String: Any]]).compactMap { $0["id"] as? Int }
        for computer in computers {
            for reason in try #require(computer["reasons"] as? [String]) { #expect(rules[reason] != nil) }
            if let procedure = computer["procedure"] as? Int { #expect(procedures.contains(procedure)) }
            #expect((computer["activationId"] == nil) == (computer["procedure"] == nil))
        }
    }

    @Test("Waves and computers of the JSON document agree")
    func waves() throws {
        let plan = try PlanReportTests.planner { $0.waves[0].limit = 1 }.plan(PlanReportTests.fleet)
        let text = try PlanReport(plan).text(.json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let computers = try #require(document["computers"] as? [[String: Any]])
        let waves = try #require(document["waves"] as? [[String: Any]])
        #expect(waves.compactMap { $0["name"] as? String } == ["pilot", "broad"])
        for wave in waves {
            let members = computers.filter { $0["wave"] as? String == wave["name"] as? String }
            #expect(members.count == wave["computers"] as? Int)
            #expect(members.compactMap { $0["day"] as? String }.min() == wave["firstDay"] as? String)
            #expect(members.compactMap { $0["day"] as? String }.max() == wave["lastDay"] as? String)
            for share in try #require(wave["days"] as? [[String: Any]]) {
                let those = members.filter { $0["day"] as? String == share["day"] as? String }
                #expect(those.count == share["computers"] as? Int)
            }
        }
    }

    @Test("The table of waves names ramp-up, the second Tuesday that is missed, and who is in no wave")
    func waveTable() throws {
        let plan = try PlanReportTests.planner {
            $0.waves = [WaveRule(name: "late", limit: 2, perDay: 5, rampUp: [1, 4], start: Day("2021-02-08"))]
        }.plan(PlanReportTests.fleet)
        let text = try PlanReport(plan).text(.table)
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("  late ") })
        #expect(row.contains("2021-02-08  2021-02-09     2  at most 2, 5 per day, ramp-up 1 4"))
        #expect(row.hasSuffix("2021-02-09, does not end before it"))
        #expect(text.contains("(no wave)          1"))
    }

    @Test(
        "The table of waves names the smaller number per day, the wave's own or that of all waves",
        arguments: [
            (nil, "10 per day, ramp-up 3 6"), (10, "10 per day, ramp-up 3 6"),
            (5, "ramp-up 3, at most 5 per day over all waves"), (3, "at most 3 per day over all waves"),
        ])
    func sharedLimit(perDay: Int?, limits: String) throws {
        let plan = try PlanReportTests.planner {
            $0.waves = [WaveRule(name: "broad", perDay: 10, rampUp: [3, 6])]
            $0.schedule.perDay = perDay
        }.plan(PlanReportTests.fleet)
        let text = try PlanReport(plan).text(.table)
        let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("  broad ") })
        #expect(row.contains("  \(limits)  "))
    }

    @Test("A computer with work for two targets counts once per route and per update")
    func severalTargets() throws {
        var fleet = PlanReportTests.fleet
        for index in fleet.keys.indices where fleet.keys[index].id == "qrtvw-5" {
            fleet.keys[index].readings = [
                Reading(remaining: 9, readAt: Timestamp(iso: "2021-01-31T00:00:00"), source: nil)
            ]
        }
        let plan = try PlanReportTests.planner {
            $0.targets = [1, 2].map { TargetChoice(program: "windows-7", year: $0) }
            $0.waves = []
        }.plan(fleet)
        #expect(plan.counts.map { $0[.activate] + $0[.prepare] } == [4, 3])
        #expect(plan.totals[.prepare] == 2)
        let text = try PlanReport(plan).text(.table)
        #expect(text.contains("  online: 4 computers\n"))
        #expect(text.contains("Install the updates above on 1 computer "))
        #expect(PlannedWork(plan).updates.allSatisfy { $0.computers == 1 })
    }

    @Test("The table of updates names what is demanded and what the steps install for it")
    func updates() throws {
        let plan = try PlanReportTests.planner().plan(PlanReportTests.fleet)
        let updates = PlannedWork(plan).updates
        #expect(updates.map(\.demanded) == [4_490_628, 4_538_483])
        let replaced = try #require(updates.first)
        #expect(!replaced.isDemandedAlone)
        let steps = try ExplanationReport(
            PlanReportTests.planner().explain("PC-2", in: PlanReportTests.fleet), asOf: plan.asOf
        ).text(.table)
        for update in updates { for kb in update.installed { #expect(steps.contains("install KB\(kb)")) } }
        #expect(try PlanReport(plan).text(.table).contains("  KB4490628  KB\(replaced.installed[0]) "))
    }

    @Test("What is bought on no agreement stands in a row of its own, and no agreement has more left than the pool")
    func agreements() throws {
        var fleet = PlanReportTests.fleet
        for year in [1, 2] {
            fleet.purchases.append(
                Purchase(
                    record: PurchaseRecord(
                        program: "windows-7", year: year, quantity: 2, channel: "VL", agreement: "EA-1"),
                    source: SourceReference(file: "purchases.csv", line: 3 + year)))
        }
        let plan = try PlanReportTests.planner().plan(fleet)
        let lines = try PlanReport(plan).text(.table).split(separator: "\n").map {
            $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        }
        #expect(lines.contains("EA-1 VL 2, 2 0 0 1"))
        #expect(lines.contains("(no agreement) 5, 3 0 4 0"))
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(PlanReport(plan).text(.json).utf8)) as? [String: Any])
        let pool = try #require((document["licenses"] as? [[String: Any]])?.first)
        #expect(pool["left"] as? Int == 1)
        #expect((pool["agreements"] as? [[String: Any]])?.first?["left"] as? Int == 1)
    }

    @Test("Without purchases the table says that they limit nothing")
    func withoutPurchases() throws {
        var fleet = PlanReportTests.fleet
        fleet.purchases = []
        let plan = try PlanReportTests.planner().plan(fleet)
        #expect(try PlanReport(plan).text(.table).contains("LIC-02 was not checked"))
    }
}

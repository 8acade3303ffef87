import ActivationModel
import ESUPrograms
import Foundation
import Planning
import Testing

@testable import Reporting

@Suite("Readiness as a report")
struct ReadinessReportTests {
    private static let ready: [Int32] = [4_474_419, 4_490_628, 4_538_483]

    /// Computers of Windows 7 with the updates they have; nil for no list.
    private static let updates: [(name: String, updates: [Int32]?)] = [
        ("pc-1", ready), ("pc-2", [4_474_419, 4_490_628]), ("pc-3", [4_474_419, 4_490_628]), ("pc-4", [1]),
        ("pc-5", nil), ("pc-6", [4_490_628, 4_538_483]),
    ]

    private static func readiness() throws -> Readiness {
        var fleet = Fleet()
        fleet.sources = ["ad.csv", "updates.csv"]
        for (index, machine) in updates.enumerated() {
            var computer = Computer()
            computer.name = fleet.texts.intern(machine.name + ".corp.example.com")
            computer.operatingSystem = fleet.texts.intern("Windows 7 Enterprise")
            computer.operatingSystemVersion = fleet.texts.intern("6.1 (7601)")
            computer.enabled = .yes
            computer.lastLogon = Timestamp(iso: "2021-01-25T00:00:00")
            computer.directoryPlace = Place(source: 0, line: Int32(index + 2))
            let installed = machine.updates ?? []
            computer.updates = Run(start: fleet.updates.count, count: installed.count)
            fleet.updates += installed.map {
                InstalledUpdate(kb: $0, installedOn: nil, place: Place(source: 1, line: 2))
            }
            fleet.computers.append(computer)
        }
        var policy = Policy()
        policy.targets = [TargetChoice(program: "windows-7", year: 2)]
        policy.updateSources = [
            UpdateSourceRule(source: .windowsUpdate, condition: .name(Glob("pc-3*"))),
            UpdateSourceRule(source: .configMgr, condition: .name(Glob("pc-2*"))), UpdateSourceRule(source: .wsus),
        ]
        let planner = Planner(
            catalog: try ProgramCatalog.bundled(), policy: policy, asOf: try #require(Day("2021-02-01")))
        return planner.readiness(of: try planner.plan(fleet), in: fleet)
    }

    @Test("Table, CSV and JSON", arguments: OutputFormat.allCases)
    func forms(format: OutputFormat) throws {
        let report = ReadinessReport(try ReadinessReportTests.readiness())
        try expectGolden(
            report.text(format, options: TableOptions(details: true)), "readiness.\(format.rawValue)")
    }

    @Test("Sums and computers of the JSON document agree")
    func consistency() throws {
        let text = try ReadinessReport(ReadinessReportTests.readiness()).text(.json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "actkit.readiness/1")
        let target = try #require((document["targets"] as? [[String: Any]])?.first)
        let computers = try #require(document["computers"] as? [[String: Any]])
        func count(_ state: String) -> Int { computers.count { $0["state"] as? String == state } }
        #expect(target["computers"] as? Int == computers.count)
        #expect(target["ready"] as? Int == count("ready"))
        #expect(target["unknown"] as? Int == count("unknown"))
        let missing = try #require(target["missing"] as? [[String: Int]])
        #expect(missing.compactMap { $0["computers"] }.reduce(0, +) == count("missing"))
        #expect(target["manualPush"] as? Int == computers.count { $0["manualPush"] as? Bool == true })
        let needs = try #require(document["needs"] as? [[String: Any]])
        for computer in computers {
            let need = needs[try #require(computer["need"] as? Int) - 1]
            #expect(need["missing"] as? [String] == computer["missing"] as? [String])
            let first = (need["updates"] as? [[String: Any]])?.first?["kb"] as? String
            #expect((computer["next"] as? [String: Any])?["kb"] as? String == first)
        }
    }

    @Test("Without details the table names no computer")
    func withoutDetails() throws {
        let table = try ReadinessReport(ReadinessReportTests.readiness()).text(.table)
        #expect(!table.contains("pc-1.corp"))
        #expect(table.contains("Manual push needed: 1 computer"))
    }
}

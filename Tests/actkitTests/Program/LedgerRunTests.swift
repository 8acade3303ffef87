import Foundation
import Testing

@Suite("The ledger of recorded plans, from the command line")
struct LedgerRunTests {
    /// A store of the samples and a folder of its own.
    private struct Desk {
        let inventory: SampleInventory
        let folder: ScratchFolder

        init() throws {
            inventory = try SampleInventory(importing: SampleInventory.files)
            folder = try ScratchFolder()
        }

        /// Plans for Windows 7 into a file.
        func plan(_ name: String, _ arguments: [String] = []) throws -> String {
            let run = try inventory.run(
                ["plan", "--policy", "policy-windows-7.yaml", "--format", "json", "--output", folder.path(name)]
                    + arguments)
            #expect(run.status == 0, "\(run.standardError)")
            return folder.path(name)
        }

        func record(_ path: String, _ arguments: [String] = []) throws -> [String: Any] {
            let document = try inventory.document(["plan", "record", path, "--as-of", "2021-02-01"] + arguments)
            return try #require((document["plans"] as? [[String: Any]])?.first)
        }

        func pending(asOf day: String = "2021-02-05") throws -> Int {
            let report = try inventory.document(["report", "counts", "--as-of", day])
            return try #require(report["keys"] as? [[String: Any]]).reduce(0) { $0 + ($1["pending"] as? Int ?? 0) }
        }
    }

    @Test("Recording a plan and planning again gives the same plan; both say so")
    func recordAndPlanAgain() throws {
        let desk = try Desk()
        let first = try desk.plan("first.json")
        #expect(try desk.pending() == 0)
        let record = try desk.record(first)
        let assignments = try #require(record["assignments"] as? Int)
        #expect(assignments > 0)
        #expect(record["pending"] as? Int == assignments)
        #expect(record["expires"] as? String == "2021-03-03")
        #expect(try desk.pending() == assignments)

        let second = try desk.plan("second.json")
        let diff = try ProgramRun(["plan", "diff", first, second, "--strict"])
        #expect(diff.status == 0, "\(diff.standardOutput)\(diff.standardError)")
    }

    @Test("The same document is one record; a release and the day of expiry let go of it")
    func releaseAndExpiry() throws {
        let desk = try Desk()
        let plan = try desk.plan("plan.json")
        #expect(try desk.record(plan)["id"] as? Int == 1)
        let again = try desk.record(plan, ["--expires", "10d"])
        #expect(again["id"] as? Int == 1)
        #expect(again["expires"] as? String == "2021-02-11")
        #expect(try desk.pending(asOf: "2021-02-11") > 0)
        #expect(try desk.pending(asOf: "2021-02-12") == 0)
        let expired = try desk.inventory.document(["plan", "records", "--as-of", "2021-02-12"])
        #expect((expired["plans"] as? [[String: Any]])?.first?["status"] as? String == "expired")

        let released = try desk.inventory.run(["plan", "release", "1", "--as-of", "2021-02-05"])
        #expect(released.status == 0, "\(released.standardError)")
        #expect(try desk.pending() == 0)
        #expect(try desk.inventory.run(["plan", "release", "7"]).status == 66)
    }

    /// The export of the samples as it looks a week later: BER-PC-001 is activated, and with `withCount` the count of the
    /// key was read afterwards.
    private static func export(withCount: Bool) throws -> String {
        let sample = try String(contentsOf: ProgramRun.samples.appending(path: "contoso/contoso.cilx"), encoding: .utf8)
        let rows = sample.split(separator: "      <Product>\n")
        let row = try #require(
            rows.first { $0.contains("BER-PC-004.") && $0.contains("<LicenseFamily>Client-ESU-Year2</LicenseFamily>") })
        let end = try #require(row.range(of: "</Product>\n")).upperBound
        let activated = row[..<end].replacing("BER-PC-004.", with: "BER-PC-001.")
            .replacing("2021-01-30T08:43:59.447", with: "2021-02-08T10:00:00")
            .replacing("493bc2a5-3c5b-4822-b91c-2564caba96e4", with: "493bc2a5-3c5b-4822-b91c-2564caba96e5")
        let later = sample.replacing("    </Products>\n", with: "      <Product>\n\(activated)    </Products>\n")
        guard withCount else { return later }
        return later.replacing("2021-01-30T09:12:44.887", with: "2021-02-09T09:00:00")
            .replacing(
                "<RemainingActivations>20</RemainingActivations>",
                with: "<RemainingActivations>19</RemainingActivations>")
    }

    @Test("An export that shows the activation and a new count takes it off the ledger")
    func reconciled() throws {
        let desk = try Desk()
        let plan = try desk.plan("plan.json")
        let assignments = try #require(try desk.record(plan)["assignments"] as? Int)
        let file = try desk.folder.file("later.cilx", LedgerRunTests.export(withCount: false))
        #expect(try desk.inventory.run(["import", file]).status == 0)
        var records = try desk.inventory.document(["plan", "records", "--as-of", "2021-02-10"])
        var first = try #require((records["plans"] as? [[String: Any]])?.first)
        #expect(first["done"] as? Int == 1)
        #expect(first["pending"] as? Int == assignments - 1)
        // The count was read before the plan, so the activation still has to be taken off it.
        #expect(try desk.pending(asOf: "2021-02-10") == assignments)

        let counted = try desk.folder.file("counted.cilx", LedgerRunTests.export(withCount: true))
        #expect(try desk.inventory.run(["import", counted]).status == 0)
        #expect(try desk.pending(asOf: "2021-02-10") == assignments - 1)
        records = try desk.inventory.document(["plan", "records", "--as-of", "2021-02-10"])
        first = try #require((records["plans"] as? [[String: Any]])?.first)
        #expect(first["pending"] as? Int == assignments - 1)
    }

    @Test("What a released or expired plan did is taken off an old count until a new one is read")
    func releasedAfterActivation() throws {
        let desk = try Desk()
        let path = try desk.plan("plan.json")
        _ = try desk.record(path)
        let file = try desk.folder.file("later.cilx", LedgerRunTests.export(withCount: false))
        #expect(try desk.inventory.run(["import", file]).status == 0)
        #expect(try desk.inventory.run(["plan", "release", "1", "--as-of", "2021-02-20"]).status == 0)
        #expect(try desk.pending(asOf: "2021-02-21") == 1)
        #expect(try desk.pending(asOf: "2021-05-01") == 1)
        // The list of records does not depend on what else is recorded.
        let records = try desk.inventory.document(["plan", "records", "--as-of", "2021-02-21"])
        let first = try #require((records["plans"] as? [[String: Any]])?.first)
        #expect(first["done"] as? Int == 1)

        let counted = try desk.folder.file("counted.cilx", LedgerRunTests.export(withCount: true))
        #expect(try desk.inventory.run(["import", counted]).status == 0)
        #expect(try desk.pending(asOf: "2021-02-21") == 0)
    }

    @Test("A record that was released before anything was done leaves no trace in a plan")
    func releasedUntouched() throws {
        let desk = try Desk()
        let first = try desk.plan("first.json")
        _ = try desk.record(first)
        #expect(try desk.inventory.run(["plan", "release", "1", "--as-of", "2021-02-01"]).status == 0)
        let second = try desk.plan("second.json")
        #expect(try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: second)))
    }

    @Test("What a plan holds stays held when more becomes known about its key")
    func enrichedKey() throws {
        let folder = try ScratchFolder()
        let store = folder.path("a.sqlite")
        let head =
            "Name,DNSHostName,OperatingSystem,OperatingSystemVersion,OperatingSystemServicePack,Enabled,ObjectClass"
        func computers(_ numbers: ClosedRange<Int>) -> String {
            numbers.reduce(into: head + "\n") {
                $0 += "PC\($1),pc\($1).x.example,Windows 7 Enterprise,6.1 (7601),Service Pack 1,True,computer\n"
            }
        }
        let policy = try folder.file(
            "policy.yaml",
            """
            asOf: 2021-02-01
            targets:
              - {program: windows-7, year: 2}
            keys:
              - match: {partialKey: BCDFG}
                program: windows-7
                year: 2
            prerequisites: {missing: assume, unknown: assume}
            priorities:
              - {tier: 1, where: {name: "pc3*"}}
              - {tier: 1, where: {name: "pc4*"}}
            """)
        func run(_ arguments: String...) throws -> ProgramRun {
            let run = try ProgramRun([arguments[0]] + arguments.dropFirst() + ["--store", store])
            #expect(run.status == 0, "\(run.standardError)")
            return run
        }
        func served() throws -> [String] {
            let table = try run("plan", "--policy", policy, "--format", "csv").standardOutput
            return table.split(whereSeparator: \.isNewline).filter { $0.contains(",activate,") }
                .map { String($0.prefix { $0 != "." }) }
        }
        let count = try folder.file("count.csv", "Key,Type,Remaining,Read at\nXXXXX-BCDFG,MAK,2,2021-01-20\n")
        _ = try run("import", count, try folder.file("ad.csv", computers(1...2)))
        let plan = folder.path("plan.json")
        _ = try run("plan", "--policy", policy, "--format", "json", "--output", plan)
        _ = try run("plan", "record", plan, "--expires", "2027-12-31", "--as-of", "2021-02-01")
        _ = try run("import", try folder.file("ad2.csv", computers(3...4)))
        #expect(try served() == ["pc1", "pc2"])
        _ = try run(
            "import", try folder.file("text.csv", "Key,Description\nXXXXX-BCDFG,Windows 7 ESU Year 2\n"))
        #expect(try served() == ["pc1", "pc2"])
        let again = folder.path("again.json")
        let planned = try run("plan", "--policy", policy, "--previous", plan, "--format", "json", "--output", again)
        #expect(!planned.standardError.contains("plan.hold"))
        let counts = try run("report", "counts", "--as-of", "2021-02-01", "--format", "json").standardOutput
        #expect(counts.contains(#""pending":2"#) || counts.contains(#""pending": 2"#))
    }

    @Test("A plan that answers a what-if question is not recorded")
    func hypothetical() throws {
        let desk = try Desk()
        let plan = try desk.plan("plan.json", ["--assume-extra", "HQ2Y7=5"])
        let run = try desk.inventory.run(["plan", "record", plan])
        #expect(run.status == 65)
        #expect(run.standardError.contains("what-if"))
    }

    @Test("A damaged plan is an error with its place, and --strict fails on changes")
    func damaged() throws {
        let desk = try Desk()
        let plan = try desk.plan("plan.json")
        let text = try String(contentsOfFile: plan, encoding: .utf8)
        let cut = try desk.folder.file("cut.json", String(text.prefix(4000)))
        let run = try ProgramRun(["plan", "diff", plan, cut])
        #expect(run.status == 65)
        #expect(run.standardError.contains("cut.json, byte \(text.prefix(4000).utf8.count)"))
        let other = try desk.folder.file("other.json", text.replacing("\"prepare\"", with: "\"shortage\""))
        #expect(try ProgramRun(["plan", "diff", plan, other]).status == 0)
        #expect(try ProgramRun(["plan", "diff", plan, other, "--strict"]).status == 1)
    }

    @Test("Without a store nothing is recorded")
    func stateless() throws {
        let run = try ProgramRun(["plan", "records", "--input", "contoso.cilx"])
        #expect(run.status == 64)
    }
}

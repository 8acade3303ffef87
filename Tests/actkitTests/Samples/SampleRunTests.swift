import Foundation
import Testing

@Suite("The run from exports to counts on Samples/contoso")
struct SampleRunTests {
    private func compare(_ text: String, with name: String) throws { try expectKept(text, name) }

    @Test("The import prints what was read, as kept")
    func importTable() throws {
        try compare(SampleInventory.shared.get().importTable, with: "contoso-import.txt")
    }

    @Test("The plan prints a summary, as kept", arguments: ["windows-7", "windows-10"])
    func planTable(policy: String) throws {
        let run = try SampleInventory.shared.get().run(["plan", "--policy", "policy-\(policy).yaml"])
        #expect(run.status == 0, "\(run.standardError)")
        try compare(run.standardOutput, with: "contoso-plan-\(policy).txt")
    }

    @Test("The counts print what is left on every key, as kept")
    func counts() throws {
        let run = try SampleInventory.shared.get().run(["report", "counts", "--as-of", "2021-02-01"])
        #expect(run.status == 0, "\(run.standardError)")
        try compare(run.standardOutput, with: "contoso-counts.txt")
    }

    @Test("Windows 10 computers with year 1 alone turn uncovered on the day year 2 begins, as kept")
    func coverage() throws {
        let inventory = try SampleInventory.shared.get()
        let command = ["report", "coverage", "--target", "windows-10", "--as-of", "2026-11-24"]
        let run = try inventory.run(command + ["--details"])
        #expect(run.status == 0, "\(run.standardError)")
        try compare(run.standardOutput, with: "contoso-coverage-windows-10.txt")
        func row(_ released: String) throws -> String? {
            try inventory.run(command + ["--released", released, "--format", "csv"]).standardOutput
                .split(separator: "\r\n").map(String.init).first { $0.hasPrefix("ber-nb-001") }
        }
        #expect(try row("2026-10-13")?.contains(",true,covered,") == true)
        #expect(try row("2026-10-14")?.contains(",false,uncovered,") == true)
        #expect(try inventory.run(command + ["--strict"]).status == 1)
    }

    @Test("An explanation names rule, data, file and line", arguments: ["zrh-pc-004", "fin-pc-002", "ber-pc-007"])
    func explanation(computer: String) throws {
        let run = try SampleInventory.shared.get().run([
            "plan", "explain", computer, "--policy", "policy-windows-7.yaml",
        ])
        #expect(run.status == 0, "\(run.standardError)")
        try compare(run.standardOutput, with: "contoso-explain-\(computer).txt")
    }

    @Test("Each key shows its newest known reading and the number of readings")
    func readings() throws {
        let report = try SampleInventory.shared.get().document(["report", "counts", "--as-of", "2021-02-01"])
        let keys = try #require(report["keys"] as? [[String: Any]])
        func key(_ partial: String) throws -> [String: Any] {
            try #require(keys.first { $0["partialKey"] as? String == partial })
        }
        #expect(try key("HQ2Y7")["remaining"] as? Int == 20)
        #expect(try key("HQ2Y7")["readings"] as? Int == 3)
        #expect(try key("HQ2Y7")["ageDays"] as? Int == 2)
        #expect(try key("RH2Y7")["remaining"] as? Int == 3)
        #expect(try key("RH2Y7")["readings"] as? Int == 2)
        #expect(try key("VV2Y7")["remaining"] is NSNull)
    }

    @Test("The order of the files changes nothing")
    func order() throws {
        let reversed = try SampleInventory(importing: SampleInventory.files.reversed())
        for arguments in [
            ["plan", "--policy", "policy-windows-7.yaml", "--format", "json"],
            ["report", "counts", "--as-of", "2021-02-01", "--format", "json"], ["computers", "--format", "json"],
            ["products", "--format", "json"], ["keys", "--format", "json"],
        ] {
            let (first, second) = (try SampleInventory.shared.get().run(arguments), try reversed.run(arguments))
            #expect(first.status == 0)
            #expect(first.standardOutput == second.standardOutput, "\(arguments)")
        }
    }

    @Test("Importing the files again changes nothing")
    func again() throws {
        let inventory = try SampleInventory(importing: SampleInventory.files)
        let before = try inventory.run(["products", "--format", "json"]).standardOutput
        let report = try inventory.document(["import"] + SampleInventory.files)
        for file in try #require(report["files"] as? [[String: Any]]) {
            let rows = try #require(file["rows"] as? [String: Int])
            #expect(rows["taken"] == 0, "\(file["file"] ?? "")")
            #expect(rows["rejected"] == 0, "\(file["file"] ?? "")")
        }
        #expect(try inventory.run(["products", "--format", "json"]).standardOutput == before)
    }

    @Test("A run without a store gives the same plan")
    func withoutStore() throws {
        let inputs = SampleInventory.files.flatMap { ["--input", $0] }
        let arguments = ["plan", "--policy", "policy-windows-7.yaml", "--format", "json"]
        let stateless = try ProgramRun(arguments + inputs)
        #expect(stateless.status == 0, "\(stateless.standardError)")
        #expect(try stateless.standardOutput == SampleInventory.shared.get().run(arguments).standardOutput)
    }

    /// The made-up keys of the samples: as they are written, and their first four groups, with and without hyphens.
    private static func keyTexts() throws -> [String] {
        let export = try String(
            contentsOf: ProgramRun.samples.appending(path: "contoso/contoso.cilx"), encoding: .utf8)
        return export.matches(of: /<KeyValue>([^<]+)<\/KeyValue>/).flatMap { match -> [String] in
            let groups = match.output.1.prefix(23)
            return [String(groups), String(groups.replacing("-", with: ""))]
        }
    }

    @Test("Neither an output nor the store shows a product key")
    func noKeys() throws {
        let inventory = try SampleInventory.shared.get()
        let keys = try SampleRunTests.keyTexts()
        #expect(keys.count == 24)
        for arguments in [
            ["keys", "--format", "json"], ["keys", "--format", "csv"], ["keys"], ["products", "--format", "csv"],
            ["computers", "--format", "json"], ["plan", "--policy", "policy-windows-7.yaml", "--format", "json"],
            ["report", "counts", "--format", "csv"], ["export", "--format", "json", "--mode", "no-keys"],
            ["export", "--format", "cilx", "--mode", "no-keys"], ["export", "--format", "cilx", "--mode", "proxy"],
        ] {
            let run = try inventory.run(arguments)
            let shown = (run.standardOutput + run.standardError).uppercased()
            #expect(!shown.isEmpty)
            for key in keys { #expect(!shown.contains(key), "\(arguments) shows a key") }
        }
        let stored = try Data(contentsOf: inventory.store)
        for key in keys { #expect(stored.range(of: Data(key.utf8)) == nil, "the store holds a key in clear text") }
    }
}

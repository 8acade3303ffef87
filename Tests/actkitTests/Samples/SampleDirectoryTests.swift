import Foundation
import Testing

@Suite("The computer lists of Samples/directory")
struct SampleDirectoryTests {
    /// A list, its format, and how many of its rows are computers and how many are skipped.
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var format: String
        var taken = 11
        var skipped = 2
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "get-adcomputer.csv", format: "ad-csv"), Case(file: "get-adcomputer-german.csv", format: "ad-csv"),
        Case(file: "get-adcomputer-7.csv", format: "ad-csv"), Case(file: "csvde.csv", format: "csvde"),
        Case(file: "adrecon.csv", format: "ad-csv", skipped: 0),
        Case(file: "configmgr-members.csv", format: "configmgr-csv", taken: 9, skipped: 1),
        Case(file: "configmgr-discovery.csv", format: "configmgr-csv", taken: 9, skipped: 0),
        Case(file: "intune.csv", format: "intune-csv", taken: 3, skipped: 1),
        Case(file: "convertto-json.json", format: "ad-json"), Case(file: "convertto-json-7.json", format: "ad-json"),
        Case(file: "export-clixml.xml", format: "clixml"),
        Case(file: "bloodhound-computers.json", format: "bloodhound-json", skipped: 1),
        Case(file: "dsquery.txt", format: "dsquery", skipped: 0), Case(file: "dsquery-columns.txt", format: "dsquery"),
        Case(file: "dsquery-attributes.txt", format: "dsquery"), Case(file: "names.txt", format: "names", skipped: 0),
        Case(file: "ldifde.ldf", format: "ldif"), Case(file: "ldifde-unicode.ldf", format: "ldif"),
        Case(file: "ldapsearch.ldif", format: "ldif"), Case(file: "ldbsearch.ldif", format: "ldif"),
    ]

    private func document(_ arguments: [String]) throws -> [String: Any] {
        let run = try ProgramRun(arguments + ["--format", "json"], in: "directory")
        #expect(run.status == 0, "\(run.standardError)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    }

    @Test("Each list is imported whole, and a second time changes nothing", arguments: cases)
    func imported(_ list: Case) throws {
        let folder = try ScratchFolder()
        for isFirst in [true, false] {
            let report = try document(["import", "--store", folder.path("store.sqlite"), list.file])
            let file = try #require((report["files"] as? [[String: Any]])?.first)
            let rows = try #require(file["rows"] as? [String: Int])
            #expect(file["format"] as? String == list.format)
            #expect(rows["taken"] == (isFirst ? list.taken : 0), "\(rows)")
            #expect(rows["unchanged"] == (isFirst ? 0 : list.taken), "\(rows)")
            #expect(rows["skipped"] == list.skipped, "\(rows)")
            #expect(rows["rejected"] == 0, "\(rows)")
            #expect(rows["read"] == list.taken + list.skipped, "\(rows)")
        }
        let listing = try document(["computers", "--store", folder.path("store.sqlite")])
        #expect((listing["computers"] as? [Any])?.count == list.taken)
    }

    @Test(
        "Groups and organisational units of every list that tells them reach the conditions of a policy",
        arguments: [
            "get-adcomputer.csv", "get-adcomputer-german.csv", "get-adcomputer-7.csv", "csvde.csv",
            "convertto-json.json", "convertto-json-7.json", "export-clixml.xml", "dsquery-columns.txt",
            "dsquery-attributes.txt", "ldifde.ldf",
            "ldifde-unicode.ldf", "ldapsearch.ldif", "ldbsearch.ldif",
        ])
    func conditions(_ list: String) throws {
        let folder = try ScratchFolder()
        let policy = try folder.file(
            "policy.yaml",
            """
            asOf: 2026-01-15
            targets:
              - {program: windows-10, year: 1}
            priorities:
              - {tier: 1, where: {group: ESU-Pilot}}
              - {tier: 2, where: {ou: "OU=München,DC=corp,DC=fabrikam,DC=example"}}
            """)
        let plan = try document(["plan", "--input", list, "--policy", policy])
        let computers = try #require(plan["computers"] as? [[String: Any]])
        func tier(_ name: String) -> Int? {
            computers.first { $0["name"] as? String == "\(name).corp.fabrikam.example" }?["tier"] as? Int
        }
        #expect(tier("ber-pc-001") == 1)
        #expect(tier("muc-pc-001") == 2)
    }

    @Test("A format that the user names is not looked for in the content")
    func namedFormat() throws {
        let folder = try ScratchFolder()
        let list = try folder.file("list.txt", "HQFYX\nBW7MK\n")
        let arguments = ["import", "--store", folder.path("store.sqlite"), list]
        #expect(try ProgramRun(arguments).status == 65)
        let run = try ProgramRun(arguments + ["--as", "names", "--format", "json"])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("\"taken\":2") || run.standardOutput.contains("\"taken\": 2"))
        let unknown = try ProgramRun(arguments + ["--as", "banana"])
        #expect(unknown.status == 64)
        #expect(unknown.standardError.contains("ad-csv"))
    }

    @Test("Every list is tested")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: ProgramRun.samples.appending(path: "directory").path)
        #expect(Set(files) == Set(SampleDirectoryTests.cases.map(\.file)))
    }
}

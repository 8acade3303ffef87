import Foundation
import Testing

@Suite("The lists of groups of Samples/groups")
struct SampleGroupTests {
    static let lists = [
        ("get-adgroup.csv", "ad-csv"), ("ldapsearch.ldif", "ldif"), ("csvde.csv", "csvde"),
        ("convertto-json-7.json", "ad-json"),
    ]

    private func document(_ arguments: [String]) throws -> [String: Any] {
        let run = try ProgramRun(arguments + ["--format", "json"], in: "groups")
        #expect(run.status == 0, "\(run.standardError)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    }

    @Test("Each list is imported whole, and what another one tells again changes nothing", arguments: lists)
    func imported(_ list: String, _ format: String) throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        for (file, taken) in [(list, 7), (list, 0), ("ldapsearch.ldif", 0)] {
            let report = try document(["import", "--store", store, file])
            let entry = try #require((report["files"] as? [[String: Any]])?.first)
            let rows = try #require(entry["rows"] as? [String: Int])
            #expect(rows["read"] == 7)
            #expect(rows["taken"] == taken, "\(file): \(rows)")
            #expect(rows["unchanged"] == 7 - taken)
            #expect((entry["records"] as? [String: Int])?["groups"] == 7)
            if file == list { #expect(entry["format"] as? String == format) }
        }
    }

    @Test("The groups of BloodHound are the same, with members by their SIDs, and a list that tells when counts more")
    func bloodHound() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        for (file, rows, codes) in [
            (
                "bloodhound-groups.json", ["read": 8, "taken": 7, "unchanged": 0, "skipped": 1],
                ["bloodhound.group.place"]
            ),
            (
                "bloodhound-groups.json", ["read": 8, "taken": 0, "unchanged": 7, "skipped": 1],
                ["bloodhound.group.place"]
            ),
            ("ldapsearch.ldif", ["read": 7, "taken": 7, "unchanged": 0, "skipped": 0], []),
        ] {
            let report = try document(["import", "--store", store, file])
            let entry = try #require((report["files"] as? [[String: Any]])?.first)
            let found = try #require(entry["rows"] as? [String: Int])
            for (name, count) in rows { #expect(found[name] == count, "\(file): \(found)") }
            #expect((entry["records"] as? [String: Int])?["groups"] == 7)
            let diagnostics = try #require(entry["diagnostics"] as? [[String: Any]])
            #expect(diagnostics.map { $0["code"] as? String } == codes)
        }
    }

    /// All that the planner makes of two lists, without where it stands.
    private func plan(_ computers: String, _ groups: String) throws -> [String] {
        let plan = try document(["plan", "--policy", "policy.yaml", "--input", computers, "--input", groups])
        return try #require(plan["computers"] as? [[String: Any]]).map { computer in
            let told = ["name", "decision", "tier", "program"].map { "\(computer[$0] ?? "-")" }
            return told.joined(separator: " ")
        }
    }

    @Test("Computers and groups of BloodHound are planned as those of LDIF are")
    func sameAsLDIF() throws {
        let computers = "../directory/ldapsearch.ldif"
        let expected = try plan(computers, "ldapsearch.ldif")
        #expect(expected.contains { $0.hasPrefix("muc-pc-001") && $0.contains(" 2 ") })
        #expect(try plan(computers, "bloodhound-groups.json") == expected)
        func tiers(_ computers: String, _ groups: String) throws -> [String] {
            let plan = try document(["plan", "--policy", "policy.yaml", "--input", computers, "--input", groups])
            return try #require(plan["computers"] as? [[String: Any]]).map {
                "\($0["name"] ?? "-") \($0["tier"] ?? "-")"
            }
        }
        #expect(
            try tiers("../directory/bloodhound-computers.json", "bloodhound-groups.json")
                == tiers("../directory/bloodhound-computers.json", "ldapsearch.ldif"))
    }

    @Test(
        "A condition on a group holds for the computers of groups in it, whatever format told them",
        arguments: lists + [("bloodhound-groups.json", "bloodhound-json")])
    func conditions(_ list: String, _: String) throws {
        let computers = "../directory/ldapsearch.ldif"
        for order in [[computers, list], [list, computers]] {
            let plan = try document(["plan", "--policy", "policy.yaml"] + order.flatMap { ["--input", $0] })
            let entries = try #require(plan["computers"] as? [[String: Any]])
            func tier(_ name: String) -> Int? {
                entries.first { ($0["name"] as? String)?.hasPrefix(name) == true }?["tier"] as? Int
            }
            #expect(tier("ber-pc-001") == 1)
            #expect(tier("muc-pc-001") == 2)
        }
        let without = try document(["plan", "--policy", "policy.yaml", "--input", computers])
        let entries = try #require(without["computers"] as? [[String: Any]])
        let entry = entries.first { ($0["name"] as? String)?.hasPrefix("muc-pc-001") == true }
        #expect(entry?["tier"] as? Int != 2)
    }

    @Test("An explanation tells the chain of groups, and the plan which members no list tells, as kept")
    func explanation() throws {
        let inputs = [
            "--input", "../directory/ldapsearch.ldif", "--input", "ldapsearch.ldif", "--policy", "policy.yaml",
        ]
        let run = try ProgramRun(["plan", "explain", "muc-pc-001"] + inputs, in: "groups")
        #expect(run.status == 0, "\(run.standardError)")
        try expectKept(run.standardOutput, "groups-explain-muc-pc-001.txt")
        #expect(
            run.standardOutput.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                "it is a member of the group München-PCs, which is in ESU-Clients, which is in ESU-All"))
        let plan = try ProgramRun(["plan", "--format", "json"] + inputs, in: "groups")
        #expect((plan.standardOutput + plan.standardError).contains("plan.group.members"))
    }
}

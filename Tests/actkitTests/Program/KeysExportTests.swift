import Foundation
import Testing

@Suite("keys export")
struct KeysExportRunTests {
    /// Made up; its checksum fails. The second row begins like a formula.
    private static let table = """
        key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks,supportedEditions,activationId
        BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ,55041-00178-938-000123-03-1033-7601.0000-0302021,"Windows 7, ESU",MAK,windows-7,2,\
        120,2021-01-30T10:00:00Z,EA-1,main office,Enterprise,04fa0286-fa74-401e-bbe9-fbfbb158010d
        XXXXX-XXXXX-XXXXX-XXXXX-T83GX,,=sum of all,TB:Eval,,,,,,-1 to be sorted,,
        BBBBB-CCCCC-DDDDD-FFFFF-GGHNK,,Office,Retail,,,,,,,,
        """

    private func store(_ folder: ScratchFolder, _ name: String, _ file: String) throws -> String {
        let store = folder.path(name)
        let run = try ProgramRun(["import", "--store", store, "--strict", file])
        #expect(run.status == 0, "\(run.standardError)")
        return store
    }

    /// The keys of a store as far as they do not depend on the file that they came from.
    private func keys(_ store: String) throws -> [[String: String]] {
        let run = try ProgramRun(["keys", "list", "--store", store, "--format", "json", "--as-of", "2021-02-01"])
        #expect(run.status == 0, "\(run.standardError)")
        let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
        let keys = try #require(document?["keys"] as? [[String: Any]])
        return keys.map { key in
            var told = key.filter { !["source", "history", "id"].contains($0.key) }
            // Each agreement tells where it stands, too.
            told["agreements"] = (told["agreements"] as? [[String: Any]])?.map { "\($0["agreement"] ?? "")" }
            return told.mapValues { "\($0)" }
        }.sorted { ($0["partialKey"] ?? "") < ($1["partialKey"] ?? "") }
    }

    @Test("What is written is read again as the same records, with whole keys", arguments: ["csv", "json"])
    func roundTrip(format: String) throws {
        let folder = try ScratchFolder()
        let first = try store(folder, "a.sqlite", folder.file("keys.csv", Self.table))
        let out = folder.path("out.\(format)")
        let run = try ProgramRun([
            "keys", "export", "--store", first, "--format", format, "--reveal-keys", "--output", out,
        ])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardError.contains("keys.reveal"))
        #expect(try String(contentsOfFile: out, encoding: .utf8).contains("BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"))
        #expect(try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int == 0o600)
        let second = try store(folder, "b.sqlite", out)
        #expect(try keys(second) == keys(first))
        #expect(try keys(second).map { $0["fullKeyStored"] } == ["1", "1", "0"])
        let again = folder.path("again.\(format)")
        _ = try ProgramRun(["keys", "export", "--store", second, "--format", format, "--reveal-keys", "-o", again])
        #expect(try Data(contentsOf: URL(filePath: again)) == Data(contentsOf: URL(filePath: out)))
    }

    @Test(
        "Forms with fewer places keep keys, names and types, and say what they lost", arguments: ["keysexport", "cilx"])
    func reduced(format: String) throws {
        let folder = try ScratchFolder()
        let first = try store(folder, "a.sqlite", folder.file("keys.csv", Self.table))
        let out = folder.path("out.xml")
        let run = try ProgramRun([
            "keys", "export", "--store", first, "--format", format, "--reveal-keys", "--output", out,
        ])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardError.contains("program"), "\(run.standardError)")
        let second = try store(folder, "b.sqlite", out)
        let kept = ["partialKey", "keyType", "description", "remarks", "fullKeyStored"]
        func part(_ keys: [[String: String]]) -> [[String: String]] { keys.map { $0.filter { kept.contains($0.key) } } }
        #expect(try part(keys(second)) == part(keys(first)))
    }

    @Test("Without --reveal-keys no form shows more than last fives", arguments: ["csv", "json", "keysexport", "cilx"])
    func masked(format: String) throws {
        let folder = try ScratchFolder()
        let first = try store(folder, "a.sqlite", folder.file("keys.csv", Self.table))
        let run = try ProgramRun(["keys", "export", "--store", first, "--format", format])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(!run.standardError.contains("keys.reveal"))
        for last in ["GGHNJ", "GGHNK", "T83GX"] { #expect(run.standardOutput.contains(last)) }
        #expect(!run.standardOutput.contains("CCCCC"))
    }

    @Test("A list is turned into a table without a store")
    func withoutStore() throws {
        let folder = try ScratchFolder()
        let list = try folder.file("list.txt", "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ lab\n")
        let out = folder.path("out.csv")
        let run = try ProgramRun([
            "keys", "export", "--input", list, "--format", "csv", "--reveal-keys", "--output", out,
        ])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(try String(contentsOfFile: out, encoding: .utf8).contains("BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ,,lab,"))
    }

    @Test("--force without --reveal-keys is wrong usage")
    func force() throws {
        #expect(try ProgramRun(["keys", "export", "--force"]).status == 64)
    }
}

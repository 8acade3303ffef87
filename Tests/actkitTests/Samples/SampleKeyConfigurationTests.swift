import Foundation
import Testing

@Suite("The key configuration files of Samples/keys")
struct SampleKeyConfigurationTests {
    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("keys verify resolves each extended product id, and says which is newer than the files")
    func verify() throws {
        let run = try ProgramRun(
            ["keys", "verify", "--pkeyconfig", "pkconfig", "--format", "json", "extended-pids.txt"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        let keys = try #require(try object(run.standardOutput)["keys"] as? [[String: Any]])
        let resolved = keys.map { $0["resolved"] as? [String: Any] }
        #expect(
            resolved.map { $0?["keyType"] as? String } == [
                "Volume:MAK", "Volume:MAK", "Volume:MAK", "Volume:CSVLK", nil,
            ])
        #expect(resolved[2]?["editions"] as? [String] == ["Enterprise", "EnterpriseN"])
        #expect(resolved[2]?["partNumber"] as? String == "[XX]X99-00004:Virtual")
        #expect(resolved[3]?["description"] as? String == "Windows Server KMS host")
        let years = keys.map { ($0["esu"] as? [String: Any])?["year"] as? Int }
        #expect(years == [1, 2, nil, nil, nil])
        #expect(keys.map { $0["use"] as? String } == ["proven", "proven", "refuted", "refuted", "unproven"])
        #expect((keys[4]["reason"] as? String)?.contains("may be newer than they are") == true)
        let without = try ProgramRun(["keys", "verify", "--format", "json", "extended-pids.txt"], in: "keys")
        let bare = try #require(try object(without.standardOutput)["keys"] as? [[String: Any]])
        #expect(bare.allSatisfy { $0["resolved"] is NSNull && $0["esu"] is NSNull })
        #expect((bare[4]["reason"] as? String)?.contains("newer") == false)
    }

    @Test("a MAK whose extended product id lies in an ESU range is proven in a plan, and only there")
    func plan() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let files = ["contoso.cilx", "ad-computers.csv", "purchases.csv", "tags.csv", "../keys/esu-mak.csv"]
        #expect(try ProgramRun(["import", "--store", store] + files).status == 0)
        let arguments = [
            "plan", "--store", store, "--target", "windows-10:2", "--as-of", "2026-11-24", "--format", "json",
        ]
        func key(_ more: [String]) throws -> [String: Any]? {
            let run = try ProgramRun(arguments + more)
            #expect(run.status == 0, "\(run.standardError)")
            let keys = try #require(try object(run.standardOutput)["keys"] as? [[String: Any]])
            return keys.first { $0["partialKey"] as? String == "PK2MX" }
        }
        #expect(try key([])?["program"] == nil)
        let proven = try #require(try key(["--pkeyconfig", "../keys/pkconfig"]))
        #expect(proven["program"] as? String == "windows-10")
        #expect(proven["year"] as? Int == 2)
        #expect(proven["remaining"] as? Int == 50)
        // What the files said is in the store now.
        #expect(try key([])?["year"] as? Int == 2)
    }
}

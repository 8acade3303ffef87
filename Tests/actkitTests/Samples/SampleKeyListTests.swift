import Foundation
import Testing

@Suite("The key lists of Samples/keys")
struct SampleKeyListTests {
    /// A list, its format, how many of its rows are keys and how many are skipped, and the last five of its keys.
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var format: String
        var skipped: Int
        var keys: Set<String>
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "m365-keys.csv", format: "m365-keys", skipped: 0, keys: ["HQ2YX", "HQFYX", "KM2HX", "FC2MX"]),
        Case(file: "vlsc.csv", format: "m365-keys", skipped: 0, keys: ["HQFY7", "KMHKT", "BW7MK"]),
        Case(file: "KeysExport.xml", format: "keysexport", skipped: 4, keys: ["VT2MX", "VT3RX", "VT4RX"]),
        Case(file: "unattend.xml", format: "unattend", skipped: 0, keys: ["VR2RX", "VR3MX", "VR4MK"]),
        Case(
            file: "keys.txt", format: "key-list", skipped: 2, keys: ["TX2MX", "TX3MK", "TX4MX", "TX6MX", "TX7MX"]),
        Case(file: "azure-esu.json", format: "azure-esu-json", skipped: 1, keys: ["RC2MK"]),
    ]

    @Test("Each list is imported whole, and nothing that is printed or stored shows a key", arguments: cases)
    func imported(_ list: Case) throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let arguments = ["import", "--store", store, "--read-at", "2026-11-24T08:00:00Z", list.file]
        let run = try ProgramRun(arguments + ["--format", "json"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
        let file = try #require((report["files"] as? [[String: Any]])?.first)
        let rows = try #require(file["rows"] as? [String: Int])
        #expect(file["format"] as? String == list.format)
        #expect(rows["skipped"] == list.skipped && rows["rejected"] == 0, "\(rows)")
        #expect(rows["taken"] == list.keys.count, "\(rows)")

        let listing = try ProgramRun(["keys", "--store", store, "--format", "json"], in: "keys")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(listing.standardOutput.utf8)) as? [String: Any])
        let keys = try #require(document["keys"] as? [[String: Any]])
        #expect(Set(keys.compactMap { $0["partialKey"] as? String }) == list.keys)

        let text = try String(contentsOf: ProgramRun.samples.appending(path: "keys/\(list.file)"), encoding: .utf8)
        let written = text.matches(of: /([0-9A-Za-z]{5}[- ]?){4}[0-9A-Za-z]{5}/).map { String($0.output.0) }
        #expect(Set(written.map { $0.suffix(5).uppercased() }) == list.keys)
        let whole = written.filter { !$0.hasPrefix("XXXXX-XXXXX-") }
        #expect(!whole.isEmpty)
        let stored = try Data(contentsOf: folder.url.appending(path: "store.sqlite"))
        for key in whole {
            let hidden = String(key.dropLast(5))
            #expect(!(run.standardOutput + run.standardError + listing.standardOutput).contains(hidden))
            #expect(stored.range(of: Data(hidden.utf8)) == nil)
        }
    }

    @Test(
        "A key under two license ids stands under both agreements, which the list, its JSON, a selection and exports show"
    )
    func agreements() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let run = try ProgramRun(["import", "--store", store, "m365-agreements.csv"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        #expect(!run.standardError.contains("inventory.conflict"))
        #expect(
            run.standardError.contains(
                "The key ending in HQ2YX stands under agreements 80005678 (m365-agreements.csv, line 3) and EA-2025-0093 "
                    + "(m365-agreements.csv, line 2)."), "\(run.standardError)")
        let listing = try ProgramRun(["keys", "--store", store, "--format", "json"], in: "keys")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(listing.standardOutput.utf8)) as? [String: Any])
        let keys = try #require(document["keys"] as? [[String: Any]])
        #expect(keys.map { $0["agreement"] as? String } == ["80005678"])
        let all = try #require(keys.first?["agreements"] as? [[String: Any]])
        #expect(all.map { $0["agreement"] as? String } == ["80005678", "EA-2025-0093"])
        for agreement in ["80005678", "ea-2025-0093", "other"] {
            let selected = try ProgramRun(["keys", "--store", store, "--agreement", agreement], in: "keys")
            #expect(selected.standardOutput.contains("HQ2YX") == (agreement != "other"))
        }
        let export = folder.path("keys.csv")
        let written = try ProgramRun(
            ["keys", "export", "--store", store, "--format", "csv", "--output", export], in: "keys")
        #expect(written.status == 0, "\(written.standardError)")
        #expect(try String(contentsOfFile: export, encoding: .utf8).contains("80005678; EA-2025-0093"))
        let second = folder.path("second.sqlite")
        _ = try ProgramRun(["import", "--store", second, export])
        let copy = try ProgramRun(["keys", "--store", second, "--agreement", "EA-2025-0093"], in: "keys")
        #expect(copy.standardOutput.contains("80005678, EA-2025-0093"), "\(copy.standardOutput)")
    }

    @Test("A registry export gives the installed key of the computer after which it is named")
    func registry() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let run = try ProgramRun(["import", "--store", store, "ber-pc-030.reg"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        let listing = try ProgramRun(["products", "--store", store, "--format", "json"], in: "keys")
        for words in ["ber-pc-030", "55041-00172-700-000321-03-1031-7601.0000-0402020", "MAK"] {
            #expect(listing.standardOutput.contains(words), "\(listing.standardOutput)")
        }
    }

    @Test(
        "A registry export without the product gives its keys by their last five characters, and nothing shows one whole"
    )
    func registryKeys() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let run = try ProgramRun(["import", "--store", store, "zrh-pc-014.reg"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        for code in ["zrh-pc-014.reg:14", "reg.key.clear", "RG2MX", "reg.key.stored", "reg.product.unknown"] {
            #expect((run.standardOutput + run.standardError).contains(code), "\(run.standardError)")
        }
        let listing = try ProgramRun(["keys", "--store", store, "--format", "json"], in: "keys")
        for words in ["RG2MX", "PK76Q", "group 86", "X16-19638", "Professional Plus 2010"] {
            #expect(listing.standardOutput.contains(words), "\(listing.standardOutput)")
        }
        let text = try String(contentsOf: ProgramRun.samples.appending(path: "keys/zrh-pc-014.reg"), encoding: .utf8)
        let clear = try #require(text.firstMatch(of: /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)).output.0
        let stored = try Data(contentsOf: folder.url.appending(path: "store.sqlite"))
        #expect(!(run.standardOutput + run.standardError + listing.standardOutput).contains(clear.prefix(11)))
        #expect(stored.range(of: Data(clear.prefix(11).utf8)) == nil)
    }
}

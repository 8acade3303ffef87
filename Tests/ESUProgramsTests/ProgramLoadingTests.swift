import ActivationModel
import Foundation
import Testing

@testable import ESUPrograms

@Suite("Loading program files")
struct ProgramLoadingTests {
    private func withDirectory<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("programs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appendingPathComponent(name))
        }
        return try body(directory.path)
    }

    private func program(_ id: String, title: String) -> String {
        #"{"schema":"actkit.program/1","id":"\#(id)","title":"\#(title)","keyType":"MAK"}"#
    }

    @Test("A directory adds programs and replaces those with the same id")
    func overrides() throws {
        let files = [
            "a.json": program("windows-7", title: "Mine"), "b.json": program("windows-99", title: "New"),
            "notes.txt": "no program",
        ]
        try withDirectory(files) { directory in
            let catalog = try ProgramCatalog.load(overridesIn: directory)
            #expect(catalog["windows-7"]?.title == "Mine")
            #expect(catalog["windows-7"]?.file == directory + "/a.json")
            #expect(catalog["windows-99"]?.title == "New")
            #expect(catalog["windows-10"]?.title == "Windows 10")
            #expect(catalog.target(group: 178, serial: 938_000_000) == nil)
        }
        #expect(try ProgramCatalog.load(overridesIn: nil)["windows-7"]?.title == "Windows 7")
    }

    @Test("Two files of a directory cannot describe the same program")
    func twice() throws {
        try withDirectory(["a.json": program("p", title: "A"), "b.json": program("p", title: "B")]) { directory in
            let error = #expect(throws: ProgramFileError.self) { try ProgramCatalog.load(overridesIn: directory) }
            #expect(error?.file == directory + "/b.json")
            #expect(error?.problems.first?.path == "id")
        }
    }

    @Test("A directory that does not exist, and one without programs, are errors")
    func noDirectory() throws {
        let error = #expect(throws: ProgramFileError.self) { try ProgramCatalog.load(overridesIn: "/no/such/place") }
        #expect(error?.file == "/no/such/place" && error?.isUnavailable == true)
        _ = try withDirectory([:]) { directory in
            #expect(throws: ProgramFileError.self) { try ProgramCatalog.load(overridesIn: directory) }
        }
    }

    @Test("All mistakes of a file are told with their place")
    func mistakes() {
        let json = """
            {"schema": "actkit.program/2", "id": "A b", "keyType": "KMS", "titel": "T",
             "years": [{"number": "one", "coverageTo": "2021-13-01", "keyRanges":
               [{"group": 1, "algorithm": 2012, "first": 5, "last": 4}]}, 7],
             "soldThrough": ["VL", "MPSA"], "prerequisites": [{"requirements": [{"id": "x", "title": "y", "kind": "sha2",
               "rule": "DEP-01", "minimums": [{"kb": 1, "validFrom": "now", "build": "19045"}]}]}],
             "provenance": {"colour": {}}}
            """
        let error = #expect(throws: ProgramFileError.self) { try ESUProgram(json: Array(json.utf8), file: "p.json") }
        let paths = Set(error?.problems.map(\.path) ?? [])
        let expected: Set<String> = [
            "titel", "schema", "id", "title", "keyType", "soldThrough[1]", "years[0].number", "years[0].coverageTo",
            "years[0].keyRanges[0].algorithm", "years[0].keyRanges[0].last", "years[1]", "years[1].number",
            "prerequisites[0].requirements[0].minimums[0].validFrom",
            "prerequisites[0].requirements[0].minimums[0].build", "provenance",
        ]
        #expect(paths == expected)
        #expect(error?.description.contains("did you mean \"title\"?") == true)
        #expect(error?.description.contains("p.json: years[0].number: ") == true)
    }

    @Test("What is not JSON is an error that names the file", arguments: ["", "{", "[1 2]", "{\"a\": nope}"])
    func notJSON(text: String) {
        let error = #expect(throws: ProgramFileError.self) { try ESUProgram(json: Array(text.utf8), file: "p.json") }
        #expect(error?.description.hasPrefix("p.json: this is not JSON") == true)
    }
}

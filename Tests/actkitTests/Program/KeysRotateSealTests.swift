import Foundation
import Testing

@Suite("keys rotate-seal")
struct KeysRotateSealTests {
    /// A folder with a configuration folder of its own, so that the sealing key lies in a file.
    private struct Place {
        let scratch: ScratchFolder
        var store: String { scratch.path("store.sqlite") }
        var keyFile: String { scratch.path("actkit/seal.key") }
        var variables: [String: String?] {
            ["XDG_CONFIG_HOME": scratch.url.path, "ACTKIT_SEAL_KEY": String?.none, "ACTKIT_NEW_SEAL_KEY": String?.none]
        }

        init() throws {
            scratch = try ScratchFolder()
            let run = try run(["import", "--store", store, ProgramRun.samples.path + "/keys/vlsc.csv"])
            #expect(run.status == 0, "\(run.standardError)")
        }

        func run(_ arguments: [String], _ more: [String: String?] = [:]) throws -> ProgramRun {
            try ProgramRun(arguments, variables: variables.merging(more) { $1 })
        }

        func keyLines() throws -> [String] {
            try String(contentsOfFile: keyFile, encoding: .utf8).split(separator: "\n").map(String.init)
        }

        /// A full export, which needs the sealing key.
        func export(_ more: [String: String?] = [:]) throws -> ProgramRun {
            try run(
                [
                    "export", "--store", store, "--format", "json", "--mode", "full", "--output",
                    scratch.path("all.json"),
                ],
                more)
        }

        func rights(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
    }

    @Test("the new key comes first in the key file, which only its owner may read, and opens the store")
    func keyFile() throws {
        let place = try Place()
        let old = try place.keyLines()
        let run = try place.run(["keys", "rotate-seal", "--store", place.store])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("sealed 3 keys anew and rewrote 3 keyed hashes"))
        let lines = try place.keyLines()
        #expect(lines.count == 2)
        #expect(lines.first != old.first)
        #expect(lines.last == old.first)
        #expect(try place.rights(place.keyFile) == 0o600)
        #expect(try place.export().status == 0)
        #expect(!run.standardOutput.contains(lines[0]) && !run.standardError.contains(lines[0]))
    }

    @Test("--forget-old leaves the new key alone in the file")
    func forgetOld() throws {
        let place = try Place()
        let old = try place.keyLines()
        #expect(try place.run(["keys", "rotate-seal", "--store", place.store, "--forget-old"]).status == 0)
        #expect(try place.keyLines().count == 1)
        #expect(try place.keyLines() != old)
        #expect(try place.export().status == 0)
        #expect(try place.export(["ACTKIT_SEAL_KEY": old[0]]).status == 65)
    }

    @Test("a store that fails leaves a key file that still opens it")
    func noStore() throws {
        let place = try Place()
        let old = try place.keyLines()
        let run = try place.run(["keys", "rotate-seal", "--store", place.scratch.path("none.sqlite")])
        #expect(run.status == 66)
        #expect(try place.keyLines() == old)
        #expect(try place.export().status == 0)
    }

    @Test("another store is brought to the key that comes first in the key file")
    func secondStore() throws {
        let place = try Place()
        let other = place.scratch.path("other.sqlite")
        try FileManager.default.copyItem(atPath: place.store, toPath: other)
        #expect(try place.run(["keys", "rotate-seal", "--store", place.store]).status == 0)
        let first = try place.keyLines()[0]
        let run = try place.run([
            "keys", "rotate-seal", "--store", other, "--new-key-file", place.keyFile, "--forget-old",
        ])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(try place.keyLines() == [first])
        #expect(try place.export().status == 0)
    }

    @Test("with the key in the environment the new one must be given, and the store opens with it alone")
    func environment() throws {
        let place = try Place()
        let old = try place.keyLines()[0]
        let new = Data(repeating: 9, count: 32).base64EncodedString()
        let command = ["keys", "rotate-seal", "--store", place.store]
        #expect(try place.run(command, ["ACTKIT_SEAL_KEY": old]).status == 64)
        let run = try place.run(command, ["ACTKIT_SEAL_KEY": old, "ACTKIT_NEW_SEAL_KEY": new])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(!run.standardOutput.contains(new))
        #expect(try place.export(["ACTKIT_SEAL_KEY": new]).status == 0)
        #expect(try place.export(["ACTKIT_SEAL_KEY": "\(old) \(new)"]).status == 0)
        #expect(try place.export(["ACTKIT_SEAL_KEY": old]).status == 65)
        #expect(try place.keyLines() == [old])
    }

    @Test("a store whose key file is lost still lists, reports and plans; only whole keys are out of reach")
    func lostKeyFile() throws {
        let place = try Place()
        let before = try place.run(["keys", "--store", place.store, "--format", "json"])
        try FileManager.default.removeItem(atPath: place.keyFile)
        let after = try place.run(["keys", "--store", place.store, "--format", "json"])
        #expect(after.status == 0)
        #expect(after.standardOutput == before.standardOutput)
        #expect(after.standardOutput.contains("\"fullKeyStored\": true"))
        #expect(try place.run(["report", "counts", "--store", place.store, "--as-of", "2021-02-01"]).status == 0)
        let plan = try place.run(["plan", "--store", place.store, "--target", "windows-7:1", "--as-of", "2021-02-01"])
        #expect(plan.status == 0, "\(plan.standardError)")
        let export = try place.export()
        #expect(export.status == 66)
        #expect(export.standardError.contains("seal.missing"))
        #expect(try place.run(["keys", "rotate-seal", "--store", place.store]).status == 66)
    }
}

import ActivationModel
import Foundation
import GRDB
import Testing

@testable import Inventory

@Suite struct StoreFileTests {
    private struct Interruption: Error {}

    @Test("An import that fails leaves the store as it was")
    func rollback() throws {
        let store = try InventoryStore.inMemory()
        try store.take(client("pc1", edition: "Professional"))
        let before = rendering(try store.fleet())
        #expect(throws: Interruption.self) {
            try store.importFile(ImportedFile(name: "b", format: "cilx", at: Timestamp(seconds: 0))) { receive in
                try receive([LocatedRecord(line: 1, record: client("pc2"))])
                throw Interruption()
            }
        }
        #expect(rendering(try store.fleet()) == before)
        #expect(try store.imports.count == 1)
    }

    @Test("A dry run tells what would change and changes nothing")
    func dryRun() throws {
        let store = try InventoryStore.inMemory()
        let outcome = try store.take(TestFile(name: "a", records: [client("pc1"), product("pc1")]), dryRun: true)
        #expect(outcome.taken == 2)
        #expect(try store.fleet().computers.isEmpty)
        #expect(try store.imports.isEmpty)
    }

    @Test("The journal remembers every import")
    func journal() throws {
        let store = try InventoryStore.inMemory()
        let file = ImportedFile(
            name: "a.cilx", format: "cilx", bytes: 7, sha256: "00ff", at: Timestamp(seconds: 86_400), isComplete: false)
        for _ in 0..<2 {
            _ = try store.importFile(file) { try $0([LocatedRecord(line: 3, record: client("pc1"))]) }
        }
        #expect(try store.imports.map(\.file) == [file, file])
        #expect(try store.imports.map(\.taken) == [1, 0])
        #expect(try store.imports.map(\.unchanged) == [0, 1])
    }

    @Test("A store is there again when it is opened again, and only its owner may read it")
    func reopening() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            try InventoryStore(path: path, seal: nil).take(client("pc1"))
            #expect(try InventoryStore(path: path, seal: nil).fleet().computers.count == 1)
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(files == ["actkit.sqlite"])
        }
    }

    @Test("A store of a newer version is refused")
    func newerSchema() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            _ = try InventoryStore(path: path, seal: nil)
            try DatabaseQueue(path: path).write { database in
                try database.execute(sql: "INSERT INTO grdb_migrations(identifier) VALUES ('v9')")
            }
            #expect(throws: InventoryError.newerSchema(path: path, migrations: ["v9"])) {
                try InventoryStore(path: path, seal: nil)
            }
        }
    }

    @Test("Files that are no store are refused and stay as they are")
    func noStore() throws {
        try withFolder { folder in
            let text = folder + "/text"
            let content = Data(String(repeating: "no database ", count: 100).utf8)
            try content.write(to: URL(fileURLWithPath: text))
            #expect(throws: InventoryError.notADatabase(path: text)) { try InventoryStore(path: text, seal: nil) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == content)

            let foreign = folder + "/foreign.sqlite"
            try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE mine(a)") }
            #expect(throws: InventoryError.foreignDatabase(path: foreign)) {
                try InventoryStore(path: foreign, seal: nil)
            }
            #expect(throws: InventoryError.directory(path: folder)) { try InventoryStore(path: folder, seal: nil) }
            let missing = folder + "/none/actkit.sqlite"
            #expect(throws: InventoryError.folderMissing(path: missing)) {
                try InventoryStore(path: missing, seal: nil)
            }
        }
    }

    @Test("A damaged store is told apart from one that is busy")
    func damaged() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let names = (0..<2000).map { client("pc\($0).corp.example.com") }
            try InventoryStore(path: path, seal: nil).take(TestFile(name: "a", records: names))
            var content = try Data(contentsOf: URL(fileURLWithPath: path))
            for position in 8192..<content.count { content[position] = 0xFF }
            try content.write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: InventoryError.self) {
                let store = try InventoryStore(path: path, seal: nil)
                _ = try store.fleet()
            }
            #expect(error?.code == "store.corrupted")
            #expect(error?.kind == .unreadable)
        }
    }

    @Test("A store that another process writes to is reported after a short wait")
    func locked() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: nil)
            let other = try DatabaseQueue(path: path)
            try other.inDatabase { database in
                try database.execute(sql: "BEGIN EXCLUSIVE")
                let started = ContinuousClock.now
                #expect(throws: InventoryError.locked(path: path)) { try store.take(client("pc1")) }
                #expect(ContinuousClock.now - started > .seconds(4))
                try database.execute(sql: "ROLLBACK")
            }
            #expect(try store.take(client("pc1")).taken == 1)
        }
    }

    @Test("A full disk is reported and leaves the store as it was")
    func fullDisk() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: nil)
            try store.take(client("pc1"))
            // The limit of pages stands for the end of the disk: SQLite reports both in the same way.
            try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 90") }
            let many = (0..<5000).map { client("pc\($0).corp.example.com") }
            #expect(throws: InventoryError.full(path: path)) {
                try store.take(TestFile(name: "big", records: many))
            }
            #expect(try store.fleet().computers.count == 1)
        }
    }

    @Test("A process that is killed in the middle of an import leaves the store as it was")
    func killed() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            try InventoryStore(path: path, seal: nil).take(client("pc1"))
            // What a killed process leaves behind is the file and its journal in the middle of a transaction.
            let copy = folder + "/copy.sqlite"
            // With a small cache SQLite writes pages long before the end.
            let store = try InventoryStore(path: path, keys: nil, importingCache: 40)
            let records = (0..<20_000).map {
                LocatedRecord(line: $0, record: client("pc\($0).corp.example.com", edition: "Edition \($0)"))
            }
            #expect(throws: Interruption.self) {
                try store.importFile(ImportedFile(name: "b", format: "cilx", at: Timestamp(seconds: 0))) { receive in
                    try receive(records)
                    for suffix in ["", "-journal"] {
                        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
                    }
                    throw Interruption()
                }
            }
            let size = try FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int
            #expect((size ?? 0) > 1_000_000, "the copy holds part of the import")
            let survivor = try InventoryStore(path: copy, seal: nil).fleet()
            #expect(survivor.computers.map { survivor[$0.name] } == ["pc1"])
        }
    }

    @Test("Every error says what to do")
    func remedies() {
        let errors: [InventoryError] = [
            .directory(path: "p"), .folderMissing(path: "p"), .noPermission(path: "p"), .notADatabase(path: "p"),
            .foreignDatabase(path: "p"), .corrupted(path: "p", detail: "d"),
            .newerSchema(path: "p", migrations: ["v9"]), .locked(path: "p"), .readOnly(path: "p"), .full(path: "p"),
            .database(path: "p", detail: "d"), .sealMissing(path: "p"), .sealMismatch(path: "p"),
            .sealUnusable(place: "p", reason: "r"),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        for error in errors {
            #expect(error.message.hasPrefix("p: "))
            #expect(error.description == error.message + " " + error.remedy)
            #expect(error.remedy.hasSuffix("."))
        }
    }
}

import ActivationModel
import Foundation
import Importing
import Interchange
import Inventory
import Testing

@Suite("Importing files into a store")
final class ImporterTests {
    private let folder: URL
    private let store: InventoryStore

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "importing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try InventoryStore.inMemory()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func file(_ name: String, _ text: String) throws -> String {
        let url = folder.appending(path: name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }

    private func importer(dryRun: Bool = false, parsers: Int = 3) -> Importer {
        Importer(options: ReadOptions(), at: Timestamp(seconds: 0), isDryRun: dryRun, parsers: parsers)
    }

    private func updates(_ name: String, rows: Int, prefix: String) throws -> String {
        var text = "computer,kb,installedOn\n"
        for row in 0..<rows { text += "\(prefix)\(row % 97).corp.example.com,KB\(4_000_000 + row),2020-02-11\n" }
        return try file(name, text)
    }

    @Test("results come in the order of the files, whichever is parsed first")
    func order() throws {
        let paths = try [
            updates("a.csv", rows: 20_000, prefix: "a"), file("b.csv", "program,year,quantity\nwindows-7,1,10\n"),
            updates("c.csv", rows: 3, prefix: "c"), updates("d.csv", rows: 9_000, prefix: "d"),
        ]
        var seen: [String] = []
        let results = try importer().importFiles(paths, into: store) { seen.append($0) }
        #expect(results.map(\.file) == paths)
        #expect(seen == paths)
        #expect(results.map(\.format) == [.updates, .purchases, .updates, .updates])
        #expect(results.map(\.taken) == [20_000, 1, 3, 9_000])
        #expect(try store.imports.map(\.file.format) == ["updates", "purchases", "updates", "updates"])
    }

    @Test("rows add up to what was read, and a second import changes nothing")
    func sums() throws {
        let path = try file(
            "purchases.csv",
            """
            program,year,quantity,channel
            windows-7,1,10,VL
            windows-7,2,ten,VL
            windows-7,2,10,MPSA
            windows-7,2,5,CSP

            """)
        let first = try #require(try importer().importFiles([path], into: store).first)
        #expect((first.read, first.taken, first.rejected) == (4, 2, 2))
        let second = try #require(try importer().importFiles([path], into: store).first)
        #expect((second.read, second.taken, second.unchanged, second.rejected) == (4, 0, 2, 2))
    }

    @Test("a file that cannot be read leaves no trace and does not stop the others")
    func badFile() throws {
        let broken = try file("broken.csv", "computer,kb\npc1,KB1234567\npc2,\"KB12")
        let good = try file("good.csv", "program,year,quantity\nwindows-7,1,10\n")
        let missing = folder.appending(path: "missing.csv").path
        let results = try importer().importFiles([missing, broken, folder.path, good], into: store)
        #expect(results.map { $0.failure?.kind } == [.unavailable, .unreadable, .unavailable, nil])
        #expect(results.map(\.taken) == [0, 0, 0, 1])
        #expect(try store.imports.map(\.file.name) == [good])
        #expect(try store.fleet().updates.isEmpty)
    }

    @Test("a dry run says the same as an import and changes nothing")
    func dryRun() throws {
        let path = try file("good.csv", "program,year,quantity\nwindows-7,1,10\n")
        let result = try #require(try importer(dryRun: true).importFiles([path], into: store).first)
        #expect(result.taken == 1)
        #expect(try store.fleet().purchases.isEmpty)
        #expect(try store.imports.isEmpty)
    }

    @Test("one parser gives the same as many", arguments: [1, 2, 8])
    func parsers(count: Int) throws {
        let paths = try (0..<6).map { try updates("u\($0).csv", rows: 2_000, prefix: "p\($0)-") }
        let results = try importer(parsers: count).importFiles(paths, into: store)
        #expect(results.map(\.taken) == Array(repeating: 2_000, count: 6))
    }
}

import ActivationModel
import Importing
import Interchange
import Inventory
import Testing

@Suite("Importing lists that are no files")
struct RecordSourceTests {
    private struct Stopped: Error {}

    private let store: InventoryStore
    private let importer = Importer(options: ReadOptions(), at: Timestamp(seconds: 0), parsers: 2)

    init() throws { store = try InventoryStore.inMemory() }

    /// A list of accounts, with an error behind the last one.
    private func source(_ name: String, accounts: Int, then error: (any Error & Sendable)? = nil) -> RecordSource {
        RecordSource(name: name, format: .ldap, isComplete: true) { output in
            for number in 0..<accounts {
                var record = DirectoryRecord()
                record.dnsHostName = "\(name)-\(number).corp.test"
                try output.emit(.account(record), line: number + 1)
            }
            if let error { throw error }
        }
    }

    @Test("Each list is merged as a whole, and the journal says that it is complete")
    func complete() throws {
        let results = try importer.importSources([source("a", accounts: 700), source("b", accounts: 2)], into: store)
        #expect(results.map(\.file) == ["a", "b"])
        #expect(results.map(\.format) == [.ldap, .ldap])
        #expect(results.map(\.taken) == [700, 2])
        #expect(results.map(\.bytes) == [nil, nil])
        #expect(results.map(\.isComplete) == [true, true])
        #expect(try store.imports.map(\.file.isComplete) == [true, true])
        #expect(try store.fleet().computers.count == 702)
    }

    @Test("A list that fails behind its records leaves none of them, is not complete, and does not stop the others")
    func failure() throws {
        let error = InterchangeError(.unreadable, code: "directory.limit.size", message: "Stopped.", remedy: "")
        let results = try importer.importSources(
            [source("a", accounts: 700, then: error), source("b", accounts: 2)], into: store)
        #expect(results.map(\.failure?.code) == ["directory.limit.size", nil])
        #expect(results.map(\.isComplete) == [false, true])
        #expect(try store.imports.map(\.file.name) == ["b"])
        #expect(try store.fleet().computers.count == 2)
    }

    @Test("Any other error stops the import, and the list whose turn it was leaves no trace")
    func stopping() throws {
        #expect(throws: Stopped.self) {
            try importer.importSources(
                [source("a", accounts: 3), source("b", accounts: 700, then: Stopped()), source("c", accounts: 2)],
                into: store)
        }
        #expect(try store.imports.map(\.file.name) == ["a"])
        #expect(try store.fleet().computers.count == 3)
    }
}

import ActivationModel
import GRDB
import Testing

@testable import Inventory

@Suite("Tables of purchases and tags are the authority for their own rows")
struct StatementTests {
    private func purchase(_ quantity: Int, year: Int = 1) -> InventoryRecord {
        .purchase(PurchaseRecord(program: "windows-7", year: year, quantity: quantity))
    }

    private func tag(_ computer: String, _ tag: String) -> InventoryRecord {
        .tag(TagRecord(computer: ComputerIdentity(name: computer), tag: tag))
    }

    private func quantities(_ store: InventoryStore) throws -> [Int] {
        try store.fleet().purchases.map(\.record.quantity).sorted()
    }

    @Test("A corrected purchase replaces what the file said before, and the import says so")
    func correction() throws {
        let store = try InventoryStore.inMemory()
        try store.take(purchase(100), purchase(5, year: 2), format: "purchases", name: "p.csv")
        let outcome = try store.take(purchase(90), purchase(5, year: 2), format: "purchases", name: "p.csv")
        #expect(try quantities(store) == [5, 90])
        #expect(outcome.taken == 1 && outcome.unchanged == 1)
        #expect(outcome.diagnostics.map(\.code) == ["inventory.purchases.replaced"])
        #expect(outcome.diagnostics.first?.message.hasPrefix("Replaced 1 earlier purchase of this file") == true)
        #expect(
            try store.take(purchase(90), purchase(5, year: 2), format: "purchases", name: "p.csv").diagnostics == [])
    }

    @Test("Of equal rows as many stay as the table still has")
    func repeatedRows() throws {
        let store = try InventoryStore.inMemory()
        try store.take(purchase(10), purchase(10), purchase(10), format: "purchases", name: "p.csv")
        try store.take(purchase(10), purchase(10), format: "purchases", name: "p.csv")
        #expect(try quantities(store) == [10, 10])
    }

    @Test("A row that another table states stays, at its place there")
    func sharedRow() throws {
        let store = try InventoryStore.inMemory()
        try store.take(purchase(10), purchase(20), format: "purchases", name: "a.csv")
        try store.take(purchase(7), purchase(10), format: "purchases", name: "b.csv")
        try store.take(purchase(20), format: "purchases", name: "a.csv")
        let purchases = try store.fleet().purchases
        #expect(purchases.map(\.record.quantity).sorted() == [7, 10, 20])
        #expect(
            purchases.first { $0.record.quantity == 10 }?.source == SourceReference(file: "b.csv", line: 2))
        #expect(
            purchases.first { $0.record.quantity == 20 }?.source == SourceReference(file: "a.csv", line: 1))
    }

    @Test("A removed tag is gone, and a tag of another table stays")
    func tags() throws {
        let store = try InventoryStore.inMemory()
        try store.take(client("pc1"))
        try store.take(tag("pc1", "pilot"), tag("pc1", "late"), format: "tags", name: "t.csv")
        try store.take(tag("pc1", "kiosk"), format: "tags", name: "u.csv")
        let outcome = try store.take(tag("pc1", "late"), format: "tags", name: "t.csv")
        let fleet = try store.fleet()
        #expect(fleet.computers.first.map { fleet.tags(of: $0).map { fleet[$0] } } == ["kiosk", "late"])
        #expect(outcome.diagnostics.map(\.code) == ["inventory.tags.replaced"])
    }

    @Test("A dry run replaces nothing, and what comes through standard input adds")
    func withoutReplacing() throws {
        let store = try InventoryStore.inMemory()
        let first = TestFile(name: "p.csv", format: "purchases", records: [purchase(1)])
        try store.take(first)
        let dry = try store.take(
            TestFile(name: "p.csv", format: "purchases", records: [purchase(2)]), dryRun: true)
        #expect(dry.diagnostics.map(\.code) == ["inventory.purchases.replaced"])
        #expect(try quantities(store) == [1])
        try store.take(purchase(3), format: "purchases", name: "-")
        try store.take(purchase(4), format: "purchases", name: "-")
        #expect(try quantities(store) == [1, 3, 4])
    }

    @Test("Any order and repetition of versions of three tables gives the ledger of the versions imported last")
    func newestVersions() throws {
        var generator = FixedGenerator(seed: 0x5EED)
        for _ in 0..<60 {
            let store = try InventoryStore.inMemory()
            try store.take(client("pc1"))
            var newest: [String: TestFile] = [:]
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let isTags = Int.random(in: 0..<3, using: &generator) == 0
                let name = isTags ? "t.csv" : ["a.csv", "b.csv"][Int.random(in: 0..<2, using: &generator)]
                let records = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    let number = Int.random(in: 1...3, using: &generator)
                    return isTags ? tag("pc1", "tag\(number)") : purchase(number)
                }
                let file = TestFile(name: name, format: isTags ? "tags" : "purchases", records: records)
                try store.take(file)
                newest[name] = file
            }
            let once = try InventoryStore.inMemory()
            try once.take(client("pc1"))
            for file in newest.values.sorted(by: { $0.name > $1.name }) { try once.take(file) }
            #expect(try facts(store) == facts(once))
        }
    }

    /// What a store says about purchases and tags, with places.
    private func facts(_ store: InventoryStore) throws -> [String] {
        let fleet = try store.fleet()
        return fleet.purchases.map { "\($0)" }
            + fleet.computers.flatMap { computer in
                fleet.tags(of: computer).map { "\(fleet[$0] ?? "-")" }
                    + ["\(fleet.reference(computer.tagPlace).map { "\($0)" } ?? "-")"]
            }
    }

    @Test("A store of the version before knows which file its rows came from")
    func migration() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "v2")
            try old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO source VALUES (1, 'p.csv');
                        INSERT INTO purchase(identity, ordinal, program, year, quantity, source, line)
                        VALUES ('windows-7\t1\t100\t\t\t', 1, 'windows-7', 1, 100, 1, 2)
                        """)
            }
            try old.close()
            let store = try InventoryStore(path: path, seal: nil)
            #expect(try quantities(store) == [100])
            try store.take(purchase(90), format: "purchases", name: "p.csv")
            #expect(try quantities(store) == [90])
        }
    }
}

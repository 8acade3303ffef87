import ActivationModel
import GRDB
import Inventory
import Testing

@Suite("Agreements of keys")
struct KeyAgreementTests {
    private static let pid = "55041-00178-123-000001-03-1033-7601.0000-0302021"

    private static func row(
        _ agreement: String?, partial: String? = "BCDFG", pid: String? = pid, remarks: String? = nil
    ) -> InventoryRecord {
        InventoryTests.key {
            $0.partialKey = partial.flatMap { PartialProductKey($0) }
            $0.extendedPID = pid
            $0.agreement = agreement
            $0.remarks = remarks
        }
    }

    private static func describe(_ fleet: Fleet) -> [String] {
        fleet.keys.flatMap(\.agreements).map { "\($0.name) \($0.source?.file ?? "-"):\($0.source?.line ?? 0)" }
    }

    @Test("A key stands under every agreement that a row or a file names, in whatever order they come")
    func all() throws {
        let files = [
            TestFile(name: "a", records: [Self.row("200"), Self.row("100")]),
            TestFile(name: "b", records: [Self.row(nil), Self.row("300", partial: nil), Self.row("ea-1", pid: nil)]),
            TestFile(name: "c", records: [Self.row("100"), Self.row("EA-1")]),
        ]
        let expected = try fleet(files)
        #expect(expected.keys.map(\.agreement) == ["100"])
        #expect(Self.describe(expected) == ["100 a:2", "200 a:1", "300 b:2", "ea-1 b:3"])
        for order in [[2, 1, 0], [1, 0, 2], [0, 1, 2, 0, 1, 2]] {
            #expect(try fleet(order.map { files[$0] }).keys == expected.keys)
        }
    }

    @Test("Two agreements of a key are told with their places, once, and not in the words of the store")
    func told() throws {
        let store = try InventoryStore.inMemory()
        try store.take(TestFile(name: "a.csv", records: [Self.row(nil, partial: "VWXYH", pid: nil), Self.row("100")]))
        let file = TestFile(name: "b.csv", records: [Self.row("200"), Self.row("200")])
        let outcome = try store.take(file)
        #expect(outcome.diagnostics.map(\.code) == ["inventory.key.agreements"])
        #expect(
            outcome.diagnostics.first?.message
                == "The key ending in BCDFG stands under agreements 100 (a.csv, line 2) and 200 (b.csv, line 1).")
        #expect(outcome.diagnostics.first?.line == 1)
        #expect(outcome.taken == 1 && outcome.unchanged == 1)
        let again = try store.take(file)
        #expect(again.diagnostics == [] && again.unchanged == 2)
    }

    @Test("A list that is imported again takes back what it said about keys that it states, and nothing else")
    func corrected() throws {
        let store = try InventoryStore.inMemory()
        let other = Self.row("EA-9", partial: "VWXYH", pid: nil)
        try store.take(TestFile(name: "list", records: [Self.row("EA-1"), other]))
        try store.take(TestFile(name: "other", records: [Self.row("EA-3")]))
        let outcome = try store.take(TestFile(name: "list", records: [Self.row("EA-2")]))
        #expect(outcome.diagnostics.map(\.code) == ["inventory.agreements.replaced", "inventory.key.agreements"])
        #expect(Set(Self.describe(try store.fleet())) == ["EA-2 list:1", "EA-3 other:1", "EA-9 list:2"])
        try store.take(TestFile(name: "list", records: [Self.row(nil)]))
        #expect(Set(Self.describe(try store.fleet())) == ["EA-2 list:1", "EA-3 other:1", "EA-9 list:2"])
    }

    @Test("A second agreement leaves the id of a key as it is when it comes first by name")
    func identifier() throws {
        let row = Self.row("EA-2", pid: nil)
        let one = try fleet([TestFile(name: "a", records: [row])]).keys.map(\.id)
        let two = try fleet([TestFile(name: "a", records: [row, Self.row("EA-1", pid: nil)])]).keys.map(\.id)
        #expect(one == two)
    }

    @Test("Exports name all agreements of a key")
    func exported() throws {
        let store = try InventoryStore.inMemory()
        try store.take(Self.row("200"), Self.row("100"))
        var agreements: [[String]] = []
        try store.exportRecords([.key], revealKeys: false) { batch in
            for case .key(let key) in batch.map(\.record) { agreements.append(key.agreements) }
        }
        #expect(agreements == [["100", "200"]])
    }

    @Test("The agreement of an older store is kept")
    func migrated() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            try InventoryStore(path: path, seal: nil).take(TestFile(name: "a", records: [Self.row("EA-1")]))
            // What a store was before agreements had a table.
            try DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: """
                        UPDATE license_key SET agreement = 'EA-1';
                        DROP TABLE key_agreement;
                        DELETE FROM grdb_migrations WHERE identifier = 'key-agreements';
                        """)
            }
            let store = try InventoryStore(path: path, seal: nil)
            #expect(Self.describe(try store.fleet()) == ["EA-1 a:1"])
            let outcome = try store.take(TestFile(name: "a", records: [Self.row("EA-1")]))
            #expect(outcome.unchanged == 1 && outcome.diagnostics == [])
        }
    }

    /// What a finding calls a value of a key, and how a row says it in two ways.
    struct Difference: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [InventoryRecord]

        init<Value: Sendable>(
            _ words: String, _ path: WritableKeyPath<KeyRecord, Value?>, _ first: Value, _ second: Value
        ) {
            testDescription = words
            rows = [first, second].map { value in
                InventoryTests.key {
                    $0.partialKey = PartialProductKey("BCDFG")
                    $0.extendedPID = pid
                    $0[keyPath: path] = value
                }
            }
        }
    }

    static let differences = [
        Difference("remarks", \.remarks, "a", "b"), Difference("description", \.description, "a", "b"),
        Difference("editions", \.supportedEditions, "a", "b"), Difference("program", \.program, "a", "b"),
        Difference("type", \.keyTypeText, "a", "b"), Difference("type", \.keyType, .mak, .csvlk),
        Difference("activation id", \.supportedSKU, GUID(high: 1, low: 1), GUID(high: 1, low: 2)),
        Difference("year", \.year, 1, 2), Difference("last error code", \.lastErrorCode, 1, 2),
    ]

    @Test("What two lists say differently about a key is told in the words of people", arguments: differences)
    func conflicts(_ difference: Difference) throws {
        let store = try InventoryStore.inMemory()
        try store.take(difference.rows[0], name: "a")
        let found = try store.take(difference.rows[1], name: "b").diagnostics
        #expect(found.map(\.code) == ["inventory.conflict"])
        #expect(
            found.first?.message
                == "Two records of the same time differ in the \(difference.testDescription) of the key ending in BCDFG; the "
                + "greater value is kept.")
    }
}

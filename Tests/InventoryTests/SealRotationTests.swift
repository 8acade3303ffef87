import ActivationModel
import Foundation
import GRDB
import Inventory
import Testing

@Suite("Changing the sealing key")
struct SealRotationTests {
    private static let first = "BCDFG-HJKMP-QRTVW-XY234-BCDFG"
    private static let second = "BCDFG-HJKMP-QRTVW-XY234-HJKMP"

    private static func record(_ text: String) -> InventoryRecord { key { $0.productKey = ProductKey(text) } }

    /// Imports two keys, a forest activation and a client set-up key, all whole.
    private static func fill(_ store: InventoryStore) throws -> ImportOutcome {
        var forest = ForestActivationRecord()
        forest.installationID = "1"
        forest.productKey = ProductKey(first)
        var setup = ClientSetupKeyRecord()
        setup.productKey = ProductKey(second)
        return try store.take(record(first), record(second), .forestActivation(forest), .clientSetupKey(setup))
    }

    private static func wholeKeys(
        _ store: InventoryStore, _ kinds: Set<RecordKind> = [.key, .forestActivation, .clientSetupKey]
    ) throws -> [ProductKey?] {
        var keys: [ProductKey?] = []
        try store.exportRecords(kinds, revealKeys: true) { records in
            for located in records {
                switch located.record {
                case .key(let record): keys.append(record.productKey)
                case .forestActivation(let record): keys.append(record.productKey)
                case .clientSetupKey(let record): keys.append(record.productKey)
                default: break
                }
            }
        }
        return keys
    }

    private static var expected: [ProductKey?] {
        [first, second, first, second].map { ProductKey($0) }
    }

    @Test("everything sealed opens with the new key and no more with the old one, and plans see the same keys")
    func rotated() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: testSeal(1))
            _ = try Self.fill(store)
            let before = try store.fleet().keys
            let rotation = try store.rotateSeal(to: testSeal(2))
            #expect(rotation.sealedKeys == 4)
            #expect(rotation.lookupMarks == 2)
            #expect(!rotation.wasUnneeded)
            let opened = try InventoryStore(path: path, seal: testSeal(2))
            #expect(Set(try Self.wholeKeys(opened)) == Set(Self.expected))
            #expect(try opened.fleet().keys == before)
            #expect(throws: InventoryError.sealMismatch(path: path)) {
                _ = try Self.wholeKeys(InventoryStore(path: path, seal: testSeal(1)))
            }
        }
    }

    @Test("a key that is imported again is the same record, since its keyed hash was rewritten")
    func recognised() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: testSeal(1))
            _ = try Self.fill(store)
            _ = try store.rotateSeal(to: testSeal(2))
            let again = try Self.fill(InventoryStore(path: path, seal: testSeal(2)))
            #expect(again.taken == 0)
            #expect(again.unchanged == 4)
            #expect(try InventoryStore(path: path, seal: nil).fleet().keys.count == 2)
        }
    }

    @Test("what the old key opens is not left in the file")
    func erased() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: testSeal(1))
            _ = try Self.fill(store)
            let old = try DatabaseQueue(path: path).read { database in
                try Data.fetchAll(database, sql: "SELECT sealed FROM license_key")
                    + String.fetchAll(database, sql: "SELECT lookup_mark FROM license_key").map { Data($0.utf8) }
            }
            #expect(old.count == 4)
            var content = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(old.allSatisfy { content.range(of: $0) != nil })
            _ = try store.rotateSeal(to: testSeal(2))
            content = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(old.allSatisfy { content.range(of: $0) == nil })
        }
    }

    @Test("when keeping the new key fails, the store stays as it was")
    func prepareFails() throws {
        struct NoRoom: Error {}
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: testSeal(1))
            _ = try Self.fill(store)
            #expect(throws: NoRoom.self) { _ = try store.rotateSeal(to: testSeal(2)) { throw NoRoom() } }
            #expect(Set(try Self.wholeKeys(InventoryStore(path: path, seal: testSeal(1)))) == Set(Self.expected))
        }
    }

    @Test("one damaged key stops the change, and all others still open with the old key")
    func damaged() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: testSeal(1))
            _ = try Self.fill(store)
            try DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: "UPDATE client_setup_key SET sealed = ?", arguments: [Data(repeating: 7, count: 60)])
            }
            #expect {
                _ = try store.rotateSeal(to: testSeal(2))
            } throws: { error in
                guard case InventoryError.corrupted(_, let detail) = error else { return false }
                return detail.contains("client_setup_key")
            }
            let keys = try Self.wholeKeys(
                InventoryStore(path: path, seal: testSeal(1)), [.key, .forestActivation])
            #expect(Set(keys) == Set(Self.expected))
            #expect(keys.count == 3)
        }
    }

    @Test("without the key that the store is sealed with nothing is changed", arguments: [nil, 3] as [UInt8?])
    func wrongKey(number: UInt8?) throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            _ = try Self.fill(InventoryStore(path: path, seal: testSeal(1)))
            var isPrepared = false
            #expect(throws: InventoryError.self) {
                let store = try InventoryStore(path: path, seal: number.map { try testSeal($0) })
                _ = try store.rotateSeal(to: testSeal(2)) { isPrepared = true }
            }
            #expect(!isPrepared)
            #expect(Set(try Self.wholeKeys(InventoryStore(path: path, seal: testSeal(1)))) == Set(Self.expected))
        }
    }

    @Test("a store that is sealed with the new key already, or holds nothing sealed, is left alone")
    func unneeded() throws {
        let store = try InventoryStore.inMemory(seal: testSeal(1))
        #expect(try store.rotateSeal(to: testSeal(2)).wasUnneeded)
        _ = try Self.fill(store)
        #expect(try store.rotateSeal(to: testSeal(1)).wasUnneeded)
        #expect(Set(try Self.wholeKeys(store)) == Set(Self.expected))
    }

    @Test("of several sealing keys the one opens a store that it is sealed with, at every moment of a change")
    func ring() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            _ = try Self.fill(InventoryStore(path: path, seal: testSeal(1)))
            let during = KeyRing(try testSeal(1), earlier: [try testSeal(2)])
            #expect(Set(try Self.wholeKeys(InventoryStore(path: path, keys: during))) == Set(Self.expected))
            _ = try InventoryStore(path: path, keys: during).rotateSeal(to: testSeal(2))
            #expect(Set(try Self.wholeKeys(InventoryStore(path: path, keys: during))) == Set(Self.expected))
            let after = KeyRing(try testSeal(2), earlier: during.all)
            #expect(after.all.map(\.fingerprint) == [try testSeal(2).fingerprint, try testSeal(1).fingerprint])
            #expect(Set(try Self.wholeKeys(InventoryStore(path: path, keys: after))) == Set(Self.expected))
        }
    }

    @Test("a key file with several keys is read as it was written, and one without any is refused")
    func file() throws {
        let ring = KeyRing(try testSeal(1), earlier: [try testSeal(2), try testSeal(1)])
        let read = try KeyRing(text: ring.fileContent, place: "file")
        #expect(read.all.map(\.fingerprint) == ring.all.map(\.fingerprint))
        #expect(read.all.count == 2)
        #expect(throws: InventoryError.sealUnusable(place: "file", reason: "it is empty")) {
            _ = try KeyRing(text: " \n", place: "file")
        }
    }
}

import ActivationModel
import Foundation
import GRDB

/// What a change of the sealing key rewrote.
public struct SealRotation: Sendable, Hashable {
    /// Whole keys that were sealed anew.
    public var sealedKeys = 0
    /// Keyed hashes by which keys are found again.
    public var lookupMarks = 0
    /// Whether the store was sealed with the new key already, or holds nothing sealed.
    public var wasUnneeded = false
}

extension InventoryStore {
    /// The tables that hold whole keys, sealed.
    private static let sealedTables = [
        KeyEntity.layout.table, ForestActivationEntity.layout.table, ClientSetupKeyEntity.layout.table,
    ]

    /// Seals everything with another key: every sealed key and every keyed hash is rewritten in one transaction, or
    /// nothing is. Open the store with the new key afterwards.
    ///
    /// `prepare` runs while this process holds the store's write lock and before anything is changed. Make sure in it that
    /// the new key can be found again, beside the old one: if the process dies then, the store opens with one of the two.
    /// Pages are overwritten rather than left free, so that what the old key opens does not stay in the store's file.
    ///
    /// - Throws: `InventoryError.sealMissing` or `.sealMismatch` when this store was opened without the key that it is
    ///   sealed with, `.corrupted` when something sealed cannot be opened, and what `prepare` throws.
    public func rotateSeal(to new: KeySeal, prepare: () throws -> Void = {}) throws -> SealRotation {
        try InventoryError.translating(path: path) {
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA secure_delete = ON")
                var rotation = SealRotation()
                try database.inTransaction(.immediate) {
                    guard let fingerprint = try KeyVault.fingerprint(database), fingerprint != new.fingerprint else {
                        rotation.wasUnneeded = true
                        return .rollback
                    }
                    guard let seal else { throw InventoryError.sealMissing(path: path) }
                    guard seal.fingerprint == fingerprint else { throw InventoryError.sealMismatch(path: path) }
                    try prepare()
                    for table in InventoryStore.sealedTables {
                        try reseal(table, from: seal, to: new, in: database, &rotation)
                    }
                    try database.execute(
                        sql: "UPDATE meta SET value = ? WHERE name = 'seal'", arguments: [new.fingerprint])
                    return .commit
                }
                return rotation
            }
        }
    }

    private func reseal(
        _ table: String, from old: KeySeal, to new: KeySeal, in database: Database, _ rotation: inout SealRotation
    ) throws {
        let hasMarks = table == KeyEntity.layout.table
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT id, sealed, \(hasMarks ? "lookup_mark" : "NULL") FROM \(table) WHERE sealed IS NOT NULL")
        for row in rows {
            let id: Int64 = row[0]
            let sealed: Data = row[1]
            guard let key = old.open(Array(sealed)) else {
                throw InventoryError.corrupted(
                    path: path, detail: "the sealed key in row \(id) of \(table) does not open")
            }
            try database.execute(
                sql: "UPDATE \(table) SET sealed = ? WHERE id = ?", arguments: [Data(try new.seal(key)), id])
            rotation.sealedKeys += 1
            guard hasMarks, let oldMark: String = row[2] else { continue }
            let mark = new.lookupMark(of: key)
            // A key that a file held whole is known by its mark.
            try database.execute(
                sql: """
                    UPDATE \(table) SET lookup_mark = ?1, identity = CASE WHEN identity = ?2 THEN ?3 ELSE identity END
                    WHERE id = ?4
                    """,
                arguments: [mark, KeyEntity.identity(lookupMark: oldMark), KeyEntity.identity(lookupMark: mark), id])
            rotation.lookupMarks += 1
        }
    }
}

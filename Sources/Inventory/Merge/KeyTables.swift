import ActivationModel
import Foundation
import GRDB

/// Seals whole keys for one import, with the seal that the store remembers.
final class KeyVault {
    /// Whether whole keys can be kept.
    enum State { case open, noSeal, otherSeal }

    private let database: Database
    private let seal: KeySeal?
    private(set) var state: State
    private var isRemembered: Bool

    init(_ database: Database, seal: KeySeal?) throws {
        self.database = database
        self.seal = seal
        let known = try KeyVault.fingerprint(database)
        isRemembered = known != nil
        state =
            if let seal { known == nil || known == seal.fingerprint ? .open : .otherSeal } else { .noSeal }
    }

    /// The fingerprint of the sealing key that the store's keys were sealed with.
    static func fingerprint(_ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM meta WHERE name = 'seal'")
    }

    /// By what the key is found again; nil when whole keys cannot be kept.
    func lookupMark(of key: ProductKey?) -> String? {
        guard let key, let seal, state == .open else { return nil }
        return seal.lookupMark(of: key)
    }

    /// Puts the whole key beside a row that has none yet. Returns whether it did.
    func keep(_ key: ProductKey?, in table: String, row: Int64) throws -> Bool {
        guard let key, let seal, state == .open else { return false }
        let isKept =
            try Bool.fetchOne(
                database, sql: "SELECT sealed IS NOT NULL FROM \(table) WHERE id = ?", arguments: [row]) ?? true
        guard !isKept else { return false }
        if !isRemembered {
            try database.execute(
                sql: "INSERT INTO meta(name, value) VALUES ('seal', ?)", arguments: [seal.fingerprint])
            isRemembered = true
        }
        try database.execute(
            sql: "UPDATE \(table) SET sealed = ? WHERE id = ?", arguments: [Data(try seal.seal(key)), row])
        return true
    }
}

/// The tables of product keys and of readings of what is left on them.
final class KeyTables {
    struct Merged {
        var outcome: EntityTable.Outcome
        /// Whether a reading, an agreement or the whole key was added.
        var hasChangedBeside: Bool
        var hasReading: Bool
        /// Whether a whole key was cut to its last five characters.
        var keyIsUnsealed: Bool
    }

    /// Stands for "unknown" in the unique index over readings, in which NULLs would all differ.
    static let unknownRemaining: Int64 = -1

    let vault: KeyVault
    private let database: Database
    private let sources: SourceTable
    private let keys: EntityTable
    private let agreements: AgreementTable

    /// `source` is the file that is imported.
    init(_ database: Database, texts: TextTable, sources: SourceTable, source: Int64, vault: KeyVault) throws {
        self.database = database
        agreements = try AgreementTable(database, source: source)
        self.sources = sources
        self.vault = vault
        keys = try EntityTable(database, layout: KeyEntity.layout, texts: texts, sources: sources)
    }

    /// Takes what a file says about a key; nil when nothing tells which key it is.
    func merge(_ record: KeyRecord, place: StoredPlace) throws -> Merged? {
        var record = record
        if let key = record.productKey { record.partialKey = key.partialKey }
        let mark = vault.lookupMark(of: record.productKey)
        guard let identity = KeyEntity.identity(record, lookupMark: mark) else { return nil }
        let outcome = try keys.merge(
            key: identity.databaseValue, values: KeyEntity.values(record, lookupMark: mark), place: place)
        let isKept = try vault.keep(record.productKey, in: KeyEntity.layout.table, row: outcome.row)
        let hasReading = record.remaining != nil || record.readAt != nil
        let isNewReading = hasReading ? try add(record, to: outcome.row, place: place) : false
        var isNewAgreement = false
        for agreement in record.agreements
        where try agreements.add(agreement, ofKey: outcome.row, line: place.line) {
            isNewAgreement = true
        }
        return Merged(
            outcome: outcome, hasChangedBeside: isKept || isNewReading || isNewAgreement, hasReading: hasReading,
            keyIsUnsealed: record.productKey != nil && mark == nil)
    }

    /// Ends the file.
    func finish(into diagnostics: inout DiagnosticCollector) throws { try agreements.finish(into: &diagnostics) }

    private func add(_ record: KeyRecord, to key: Int64, place: StoredPlace) throws -> Bool {
        let remaining = record.remaining.map { Int64($0) } ?? KeyTables.unknownRemaining
        let readAt = record.readAt?.milliseconds ?? Observation.noTime
        return try sources.insert(
            into: "reading",
            [
                "license_key": key.databaseValue, "remaining": remaining.databaseValue,
                "read_at": readAt.databaseValue,
            ],
            unique: ["license_key", "remaining", "read_at"], place: place, database
        ).isNew
    }
}

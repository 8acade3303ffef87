import ActivationModel
import Foundation
import GRDB

/// The inventory: what all imported files say, merged, in one SQLite file.
///
///     let store = try InventoryStore(path: "actkit.sqlite", seal: nil)
///     let outcome = try store.importFile(file, dryRun: false) { receive in
///         try read(url, receive)
///     }
///     let fleet = try store.fleet()
///
/// The store keeps what each file calls a computer, a product, a key or an account, joined field by field (see
/// `Observation`). Which of them are one and the same is decided when the fleet is loaded, from all of them together.
/// So neither the order of files nor their repetition changes the result. Tables of purchases and tags are the authority for
/// their own rows: of each, the version that was imported last counts, and a row of another table stays.
///
/// Another process may read at any time; while it writes, this one waits five seconds and then gives up.
public final class InventoryStore: Sendable {
    /// How long to wait for another process that writes, in seconds.
    private static let patience: Double = 5

    /// Page cache in KiB. Loading a fleet reads every page once; an import of a hundred megabytes goes back to many.
    private static let readingCache = 4_000
    private static let importingCache = 48_000
    private let importingCache: Int

    let queue: DatabaseQueue
    /// The file as the user named it.
    public let path: String
    let seal: KeySeal?

    /// Opens the store at `path`, creates it or brings it to the present schema.
    ///
    /// A new file is readable and writable by its owner only. A file that may not be written is opened for reading.
    public convenience init(path: String, seal: KeySeal?) throws(InventoryError) {
        try self.init(path: path, keys: seal.map { KeyRing($0) })
    }

    /// Opens the store at `path` with that of several sealing keys with which it is sealed.
    public convenience init(path: String, keys: KeyRing?) throws(InventoryError) {
        try self.init(path: path, keys: keys, importingCache: InventoryStore.importingCache)
    }

    /// `importingCache` is the page cache of an import in KiB.
    convenience init(path: String, keys: KeyRing?, importingCache: Int) throws(InventoryError) {
        let isNew = try InventoryStore.prepareFile(path)
        var configuration = InventoryStore.configuration
        configuration.readonly = !FileManager.default.isWritableFile(atPath: path)
        do {
            try self.init(
                queue: DatabaseQueue(path: path, configuration: configuration), path: path, keys: keys,
                importingCache: importingCache)
        } catch {
            if isNew { try? FileManager.default.removeItem(atPath: path) }
            throw InventoryStore.translate(error, path: path)
        }
    }

    /// Makes a store that lives as long as this object, for runs without a file.
    public static func inMemory(seal: KeySeal? = nil) throws(InventoryError) -> InventoryStore {
        do {
            return try InventoryStore(
                queue: DatabaseQueue(configuration: configuration), path: "the store in memory",
                keys: seal.map { KeyRing($0) }, importingCache: importingCache)
        } catch {
            throw translate(error, path: "the store in memory")
        }
    }

    private init(queue: DatabaseQueue, path: String, keys: KeyRing?, importingCache: Int) throws {
        self.importingCache = importingCache
        self.queue = queue
        self.path = path
        let migrator = Schema.migrator
        let isUsable = try queue.read { database in
            let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
            let mark = try Int64.fetchOne(database, sql: "PRAGMA application_id") ?? 0
            guard tables > 0 else { return false }
            let applied = try migrator.appliedIdentifiers(database)
            guard mark == Schema.applicationID || (mark == 0 && !applied.isDisjoint(with: migrator.migrations)) else {
                throw InventoryError.foreignDatabase(path: path)
            }
            let unknown = applied.subtracting(migrator.migrations)
            guard unknown.isEmpty else {
                throw InventoryError.newerSchema(path: path, migrations: unknown.sorted())
            }
            // Whoever may only read an older store reads it as it is; the tables added since would be empty.
            if queue.configuration.readonly, !applied.isEmpty { return true }
            return try migrator.hasCompletedMigrations(database)
        }
        if !isUsable { try migrator.migrate(queue) }
        seal = try keys.map { keys in keys.seal(for: try queue.read { try KeyVault.fingerprint($0) }) }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        configuration.label = "Inventory"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA cache_size = -\(readingCache)")
        }
        return configuration
    }

    /// Checks the place and creates the file with the rights of its owner only. Returns whether it is new.
    private static func prepareFile(_ path: String) throws(InventoryError) -> Bool {
        let files = FileManager.default
        if files.fileExists(atPath: path) {
            let type = (try? files.attributesOfItem(atPath: (path as NSString).resolvingSymlinksInPath))?[.type]
            if type as? FileAttributeType == .typeDirectory { throw .directory(path: path) }
            guard files.isReadableFile(atPath: path) else { throw .noPermission(path: path) }
            return false
        }
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty, !files.fileExists(atPath: folder) { throw .folderMissing(path: path) }
        // SQLite takes an empty file for an empty database and gives its journal the same rights.
        guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw .noPermission(path: path)
        }
        return true
    }

    private static func translate(_ error: any Error, path: String) -> InventoryError {
        switch error {
        case let error as InventoryError: error
        case let error as DatabaseError: InventoryError(error, path: path)
        default: .database(path: path, detail: String(describing: error))
        }
    }

    // MARK: - Import

    /// Imports one file in one transaction: all of it or nothing of it.
    ///
    /// `read` is called once and hands on the file's records in batches. If it throws, the store stays as it was and the
    /// error is thrown on. With `dryRun` the outcome is the same, and the store stays as it was, too.
    ///
    /// Throws what `read` throws, or an `InventoryError`.
    public func importFile(
        _ file: ImportedFile, dryRun: Bool = false,
        _ read: (_ receive: @escaping ([LocatedRecord]) throws -> Void) throws -> Void
    ) throws -> ImportOutcome {
        try InventoryError.translating(path: path) {
            try queue.writeWithoutTransaction { database in
                var outcome = ImportOutcome()
                try database.execute(sql: "PRAGMA cache_size = -\(importingCache)")
                defer { InventoryStore.releaseCache(database) }
                try database.inTransaction(.immediate) {
                    let merger = try RecordMerger(database, file: file, seal: seal)
                    try read { batch in try merger.merge(batch) }
                    try merger.finish()
                    outcome = merger.outcome
                    if dryRun { return .rollback }
                    try InventoryStore.record(file, outcome, in: database)
                    return .commit
                }
                return outcome
            }
        }
    }

    /// A cache that cannot be made smaller only costs memory, so that is no failure of an import.
    private static func releaseCache(_ database: Database) {
        try? database.execute(sql: "PRAGMA cache_size = -\(readingCache); PRAGMA shrink_memory")
    }

    private static func record(_ file: ImportedFile, _ outcome: ImportOutcome, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO import(
                    file, format, bytes, sha256, imported_at, taken, unchanged, rejected, complete)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                file.name, file.format, file.bytes, file.sha256, file.at.milliseconds, outcome.taken,
                outcome.unchanged, outcome.rejected, file.isComplete,
            ])
    }

    /// All imports so far, oldest first.
    public var imports: [JournalEntry] {
        get throws {
            try InventoryError.translating(path: path) {
                try queue.read { database in
                    // An older store that may only be read lacks the columns that were added since; they read as nil.
                    try Row.fetchAll(database, sql: "SELECT * FROM import ORDER BY id").map { row in
                        JournalEntry(
                            number: row["id"],
                            file: ImportedFile(
                                name: row["file"], format: row["format"], bytes: row["bytes"], sha256: row["sha256"],
                                at: Timestamp(milliseconds: row["imported_at"]), isComplete: row["complete"]),
                            taken: row["taken"], unchanged: row["unchanged"], rejected: row["rejected"])
                    }
                }
            }
        }
    }
}

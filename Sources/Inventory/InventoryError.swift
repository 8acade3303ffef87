import GRDB

/// Why the inventory could not be opened, read or written.
public enum InventoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The path names a directory.
    case directory(path: String)
    /// The folder in which the store should be created does not exist.
    case folderMissing(path: String)
    /// The file or its folder may not be read or written by this user.
    case noPermission(path: String)
    /// The file is not an SQLite database.
    case notADatabase(path: String)
    /// The file is an SQLite database, but not one of this program.
    case foreignDatabase(path: String)
    /// The file is an SQLite database that is damaged.
    case corrupted(path: String, detail: String)
    /// The store was made by a newer version of this program.
    case newerSchema(path: String, migrations: [String])
    /// Another process is writing and did not finish in time.
    case locked(path: String)
    /// The file or its file system cannot be written.
    case readOnly(path: String)
    /// There is no room left on the device.
    case full(path: String)
    /// Any other failure of the database, in SQLite's words.
    case database(path: String, detail: String)
    /// Whole keys are wanted, but no sealing key is at hand.
    case sealMissing(path: String)
    /// The sealing key is not the one that the store's keys were sealed with.
    case sealMismatch(path: String)
    /// The sealing key itself could not be read or made.
    case sealUnusable(place: String, reason: String)

    /// What a caller can act on.
    public enum Kind: Sendable, Hashable {
        /// Something that must be there is not, or may not be reached.
        case unavailable
        /// The data cannot be understood.
        case unreadable
        /// The data could not be written.
        case unwritable
    }

    /// What a caller can act on.
    public var kind: Kind {
        switch self {
        case .directory, .folderMissing, .noPermission, .sealMissing: .unavailable
        case .notADatabase, .foreignDatabase, .corrupted, .newerSchema, .sealMismatch, .sealUnusable: .unreadable
        case .locked, .readOnly, .full, .database: .unwritable
        }
    }

    /// A stable identifier such as `store.locked`; scripts may rely on it.
    public var code: String {
        switch self {
        case .directory: "store.directory"
        case .folderMissing: "store.folder.missing"
        case .noPermission: "store.permission"
        case .notADatabase: "store.notADatabase"
        case .foreignDatabase: "store.foreign"
        case .corrupted: "store.corrupted"
        case .newerSchema: "store.newer"
        case .locked: "store.locked"
        case .readOnly: "store.readOnly"
        case .full: "store.full"
        case .database: "store.database"
        case .sealMissing: "seal.missing"
        case .sealMismatch: "seal.mismatch"
        case .sealUnusable: "seal.unusable"
        }
    }

    /// What is wrong and why, as one sentence.
    public var message: String {
        switch self {
        case .directory(let path): "\(path): this is a directory, not a store."
        case .folderMissing(let path): "\(path): the store cannot be created because its folder does not exist."
        case .noPermission(let path): "\(path): the store may not be opened by this user."
        case .notADatabase(let path): "\(path): this file is not an SQLite database."
        case .foreignDatabase(let path): "\(path): this SQLite database was not made by this program."
        case .corrupted(let path, let detail): "\(path): the store is damaged (\(detail))."
        case .newerSchema(let path, let migrations):
            "\(path): the store was made by a newer version of this program"
                + " (unknown schema \(migrations.joined(separator: ", ")))."
        case .locked(let path): "\(path): another process is writing to the store."
        case .readOnly(let path): "\(path): the store cannot be written."
        case .full(let path): "\(path): there is no room left on the device; nothing was changed."
        case .database(let path, let detail): "\(path): the database failed (\(detail)); nothing was changed."
        case .sealMissing(let path): "\(path): the store's whole keys are sealed and no sealing key was given."
        case .sealMismatch(let path): "\(path): the store's whole keys were sealed with another sealing key."
        case .sealUnusable(let place, let reason): "\(place): the sealing key cannot be used (\(reason))."
        }
    }

    /// What to do about it, as one sentence.
    public var remedy: String {
        switch self {
        case .directory: "Name a file, such as actkit.sqlite inside it."
        case .folderMissing: "Create the folder, or name another place."
        case .noPermission: "Check the owner and the rights of the file and its folder."
        case .notADatabase, .foreignDatabase: "Check the path, or name a file that does not exist yet."
        case .corrupted: "Restore the file from a backup, or import the sources into a new store."
        case .newerSchema: "Update the program, or import the sources into a new store."
        case .locked: "Wait until the other process has finished, then try again."
        case .readOnly: "Check the rights of the file and of its folder, and whether the disk is mounted read-only."
        case .full: "Make room, then try again."
        case .database: "Try again; if it stays, check the disk or import the sources into a new store."
        case .sealMissing: "Set ACTKIT_SEAL_KEY or restore the key file that was in use when the keys were imported."
        case .sealMismatch: "Use the sealing key that was in use when the keys were first imported into this store."
        case .sealUnusable: "Give 32 bytes in base64, for instance from `openssl rand -base64 32`."
        }
    }

    /// The message and the remedy.
    public var description: String { message + " " + remedy }

    /// What SQLite reports, in the terms above.
    init(_ error: DatabaseError, path: String) {
        let detail = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_NOTADB: self = .notADatabase(path: path)
        case .SQLITE_CORRUPT: self = .corrupted(path: path, detail: detail)
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
        case .SQLITE_READONLY: self = .readOnly(path: path)
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_PERM, .SQLITE_AUTH, .SQLITE_CANTOPEN: self = .noPermission(path: path)
        default: self = .database(path: path, detail: detail)
        }
    }

    /// Runs `body`; what SQLite throws comes out as an `InventoryError`, everything else as it is.
    static func translating<Value>(path: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw InventoryError(error, path: path)
        }
    }
}

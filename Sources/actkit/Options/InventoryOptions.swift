import ActivationModel
import ArgumentParser
import Foundation
import Importing
import Interchange
import Inventory

/// Which inventory a command works on: a store, or files that are read for this run only.
struct InventoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The inventory's file (default: actkit.sqlite in the current directory).", valueName: "path")
    )
    var store: String?

    @Option(
        name: .customLong("input"),
        help: ArgumentHelp(
            "Work on FILE without a store: it is read and merged in memory for this run. Repeatable.", valueName: "file"
        ))
    var inputs: [String] = []

    @OptionGroup var reading: ReadingOptions

    static let defaultStore = "actkit.sqlite"

    func validate() throws {
        if store != nil, !inputs.isEmpty {
            throw ValidationError("--store and --input exclude each other: a run with --input uses no store.")
        }
    }

    /// Opens the inventory. With a seal, files that are read for this run keep their whole keys.
    func open(seal: KeySeal? = nil) throws -> InventoryStore {
        guard inputs.isEmpty else {
            let store = try InventoryStore.inMemory(seal: seal)
            try ImportRun(paths: ImportPaths(inputs), options: reading.parsed()).readAll(into: store)
            return store
        }
        return try openStore()
    }

    /// Opens the store, for what only a store holds.
    func openStore() throws -> InventoryStore {
        guard inputs.isEmpty else {
            throw ValidationError("--input uses no store, but recorded plans are kept in one: name it with --store.")
        }
        return try InventoryOptions.openStore(at: store ?? InventoryOptions.defaultStore)
    }

    /// Opens the store in a file that must be there.
    static func openStore(at path: String) throws -> InventoryStore {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .missingInput, "\(path): there is no inventory here",
                remedy: "Make one with 'actkit import --store \(path) FILE…', name another with --store PATH, "
                    + "or read files for this run with --input FILE.")
        }
        return try InventoryStore(path: path, keys: SealingKey.load())
    }

    /// The inventory laid out for planning and reports.
    func fleet(_ detail: FleetDetail = .complete) throws -> Fleet { try open().fleet(detail) }
}

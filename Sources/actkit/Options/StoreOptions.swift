import ArgumentParser
import Inventory

/// The store of a command that changes it, or that reads what only a store holds.
struct StoreOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The inventory's file (default: actkit.sqlite in the current directory).", valueName: "path")
    )
    var store: String?

    /// Opens the store.
    func open() throws -> InventoryStore { try InventoryOptions.openStore(store) }
}

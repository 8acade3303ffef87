import Foundation
import Inventory

/// The store that an import goes to.
struct TargetStore {
    var path: String
    /// Whether it is to be left as it is.
    var isDryRun: Bool

    /// Opens the store, or makes one, and lets `body` import into it. A new one that nothing was imported into does not
    /// stay behind.
    func fill<Result>(_ body: (InventoryStore) throws -> Result) throws -> Result {
        let isNew = !FileManager.default.fileExists(atPath: path)
        // A dry run on a store that does not exist yet must not make one.
        let inventory =
            isDryRun && isNew
            ? try InventoryStore.inMemory(seal: nil)
            : try InventoryStore(path: path, keys: isDryRun ? SealingKey.load() : SealingKey.loadOrCreate())
        defer {
            if isNew, !isDryRun, (try? inventory.imports.isEmpty) ?? false {
                try? FileManager.default.removeItem(atPath: path)
            }
        }
        return try body(inventory)
    }
}

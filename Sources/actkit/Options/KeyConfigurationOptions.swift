import ActivationModel
import ArgumentParser
import ESUPrograms
import Importing
import Inventory

/// Where the ranges of keys come from, beside the program data.
struct KeyConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder of key configuration files (*.xrm-ms) of your own VAMT or Windows: they tell what a key is for. "
                + "The store remembers what they say, so that it is named once.",
            valueName: "dir"))
    var pkeyconfig: String?

    /// What the files of the folder say, else what the store remembers.
    func configuration(in store: InventoryStore) throws -> KeyConfiguration {
        guard let pkeyconfig else { return try store.keyConfiguration() }
        let folder = try KeyConfigurationFolder(path: pkeyconfig)
        do {
            Console.tell(try folder.remember(in: store))
            return try store.keyConfiguration()
        } catch InventoryError.readOnly {
            // Whoever may only read the store still learns what the files say.
            let (configuration, findings) = try folder.configuration()
            Console.tell(findings)
            return KeyConfiguration(files: try store.keyConfiguration().files + configuration.files)
        }
    }
}

extension PlanningOptions {
    /// The programs to plan with, and the key ranges that the store remembers.
    func catalog(with store: InventoryStore) throws -> ProgramCatalog {
        try programs.catalog().adding(keyConfiguration.configuration(in: store))
    }
}

extension CatalogOptions {
    /// The programs, and the key ranges that the store remembers: what 'actkit plan' goes by without --pkeyconfig.
    func catalog(with store: InventoryStore) throws -> ProgramCatalog {
        try catalog().adding(store.keyConfiguration())
    }
}

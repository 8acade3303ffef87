import ActivationModel
import GRDB

/// The small tables of a `.cilx` file: pending forest activations and VAMT's own system data.
final class SystemDataTables {
    struct Merged {
        var outcome: EntityTable.Outcome
        var layout: EntityLayout
        /// Whether a whole key was cut to its last five characters.
        var keyIsUnsealed = false
    }

    private let vault: KeyVault
    private let forestActivations: EntityTable
    private let clientSetupKeys: EntityTable
    private let applications: EntityTable
    private let keyTypeNames: EntityTable
    private let productMappings: EntityTable

    init(_ database: Database, texts: TextTable, sources: SourceTable, vault: KeyVault) throws {
        func table(_ layout: EntityLayout) throws -> EntityTable {
            try EntityTable(database, layout: layout, texts: texts, sources: sources)
        }
        self.vault = vault
        forestActivations = try table(ForestActivationEntity.layout)
        clientSetupKeys = try table(ClientSetupKeyEntity.layout)
        applications = try table(ApplicationEntity.layout)
        keyTypeNames = try table(KeyTypeNameEntity.layout)
        productMappings = try table(ProductMappingEntity.layout)
    }

    /// Takes a record; nil when nothing tells it from others, or it is not of a kind that belongs here.
    func merge(_ record: InventoryRecord, place: StoredPlace) throws -> Merged? {
        switch record {
        case .forestActivation(let record):
            try merge(
                forestActivations, ForestActivationEntity.identity(record), ForestActivationEntity.values(record),
                record.productKey, place)
        case .clientSetupKey(let record):
            try merge(
                clientSetupKeys, ClientSetupKeyEntity.identity(record), ClientSetupKeyEntity.values(record),
                record.productKey, place)
        case .application(let record):
            try merge(applications, ApplicationEntity.identity(record), ApplicationEntity.values(record), nil, place)
        case .keyTypeName(let record):
            try merge(keyTypeNames, KeyTypeNameEntity.identity(record), KeyTypeNameEntity.values(record), nil, place)
        case .productMapping(let record):
            try merge(
                productMappings, ProductMappingEntity.identity(record), ProductMappingEntity.values(record), nil, place)
        default: nil
        }
    }

    private func merge(
        _ table: EntityTable, _ identity: String?, _ values: [FieldValue], _ key: ProductKey?, _ place: StoredPlace
    ) throws -> Merged? {
        guard let identity else { return nil }
        var outcome = try table.merge(key: identity.databaseValue, values: values, place: place)
        if key != nil, try vault.keep(key, in: table.layout.table, row: outcome.row), outcome.effect == .unchanged {
            outcome.effect = .changed
        }
        return Merged(outcome: outcome, layout: table.layout, keyIsUnsealed: key != nil && vault.state != .open)
    }
}

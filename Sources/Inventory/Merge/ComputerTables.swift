import ActivationModel
import GRDB

/// What VAMT says about computers: the tables of clients, products and available products.
final class ComputerTables {
    /// What became of a record.
    enum Result {
        case merged(EntityTable.Outcome)
        case refused(Refusal)
    }

    /// Numbers of computers and SKUs that are remembered; the caches start over when they are full, so that memory
    /// does not grow with the file.
    private static let cacheLimit = 50_000

    private let database: Database
    private let networkTellsApart: Bool
    private let clients: EntityTable
    private let products: EntityTable
    private let available: EntityTable
    private let findClient: Statement
    private let describeClient: Statement
    private let addMAC: Statement
    private let findSKU: Statement
    private let addSKU: Statement
    private var findExport: Statement?

    /// Whether the last computer that was looked up was a new one; the next one is likely to be, too.
    private var expectsNew = true
    /// Whether the last computer that was described had only been named before.
    private var expectsUndescribed = true
    private var lastName: String?
    private var lastClient: Int64 = 0
    private var clientNumbers: [String: Int64] = [:]
    private var skuNumbers: [SKUKey: Int64] = [:]

    private struct SKUKey: Hashable {
        var application: GUID
        var sku: GUID
    }

    init(_ database: Database, texts: TextTable, sources: SourceTable, networkTellsApart: Bool) throws {
        self.database = database
        self.networkTellsApart = networkTellsApart
        clients = try EntityTable(database, layout: ClientEntity.layout, texts: texts, sources: sources)
        products = try EntityTable(database, layout: ProductEntity.layout, texts: texts, sources: sources)
        available = try EntityTable(database, layout: AvailableProductEntity.layout, texts: texts, sources: sources)
        findClient = try database.makeStatement(sql: "SELECT id FROM client WHERE identity = ?")
        describeClient = try database.makeStatement(
            sql: """
                UPDATE client SET network = ?, network_type = ?, network_type_text = ?, os_edition = ?, os_version = ?,
                    is_kms_host = ?, described = 1, source = ?, line = ?
                WHERE identity = ? AND described IS NULL AND network IS NULL AND network_type IS NULL
                """)
        addMAC = try database.makeStatement(
            sql: "INSERT INTO client_mac(client, mac) VALUES (?, ?) ON CONFLICT DO NOTHING")
        findSKU = try database.makeStatement(sql: "SELECT id FROM sku WHERE identity = ?")
        addSKU = try database.makeStatement(sql: "INSERT INTO sku(identity, application, sku) VALUES (?, ?, ?)")
    }

    /// Takes what a file says about a computer; nil when it names none.
    func merge(_ record: ClientRecord, place: StoredPlace) throws -> EntityTable.Outcome? {
        guard let identity = ClientEntity.identity(record.computer, networkTellsApart: networkTellsApart) else {
            return nil
        }
        if expectsUndescribed, record.macAddresses.isEmpty {
            if try describe(record, identity: identity, place: place) {
                return EntityTable.Outcome(row: 0, effect: .changed)
            }
            expectsUndescribed = false
        }
        var outcome = try clients.merge(
            key: identity.databaseValue, values: ClientEntity.values(record), place: place)
        expectsUndescribed = outcome.effect == .changed
        for mac in record.macAddresses {
            try addMAC.execute(arguments: [outcome.row, Int64(mac.value)])
            if database.changesCount > 0, outcome.effect == .unchanged { outcome.effect = .changed }
        }
        return outcome
    }

    /// Fills in the row of a computer that only products have named so far, which is the rule: in a file, products come
    /// before computers. Returns whether there is such a row.
    private func describe(_ record: ClientRecord, identity: String, place: StoredPlace) throws -> Bool {
        let values = ClientEntity.values(record)
        func column(_ column: ClientEntity.Column) throws -> (any DatabaseValueConvertible)? {
            try clients.encoded(values[column.rawValue], column: column.rawValue)
        }
        describeClient.setUncheckedArguments([
            try column(.network), try column(.networkType), try column(.networkTypeText), try column(.osEdition),
            try column(.osVersion), try column(.isKMSHost), place.source, place.line, identity,
        ])
        try describeClient.execute()
        return database.changesCount > 0
    }

    /// Takes what a file says about a product. A record without a computer's name or id comes from a proxy export and
    /// belongs to the product with its `ExportGuid`.
    func merge(_ record: ProductRecord, place: StoredPlace) throws -> Result {
        guard let client = try client(record.computer) else {
            return try mergeByExport(record, place: place)
        }
        guard
            let sku = try sku(
                application: record[.applicationID], sku: record[.sku], name: record.text(.productName))
        else { return .refused(.tooManySKUs) }
        return .merged(
            try products.merge(
                key: ProductEntity.row(client: client, sku: sku).databaseValue, values: ProductEntity.values(record),
                place: place))
    }

    /// Takes a SKU that a computer could hold.
    func merge(_ record: AvailableProductRecord, place: StoredPlace) throws -> Result {
        guard let client = try client(record.computer) else { return .refused(.unnamed) }
        guard
            let sku = try sku(
                application: FieldValue(record.applicationID), sku: FieldValue(record.sku),
                name: record.applicationName)
        else { return .refused(.tooManySKUs) }
        return .merged(
            try available.merge(
                key: ProductEntity.row(client: client, sku: sku).databaseValue,
                values: AvailableProductEntity.values(record), place: place))
    }

    private func mergeByExport(_ record: ProductRecord, place: StoredPlace) throws -> Result {
        guard let export = record.guid(.exportGuid) else { return .refused(.unnamed) }
        let rows = try Int64.fetchAll(exportStatement(), arguments: [export.databaseValue])
        guard var total = rows.first.map({ EntityTable.Outcome(row: $0, effect: .unchanged) }) else {
            return .refused(.unmatchedExport)
        }
        for row in rows {
            // The place stays that of the record which describes the product.
            let outcome = try products.merge(
                key: row.databaseValue, values: ProductEntity.actionValues(record), place: nil)
            if outcome.effect != .unchanged { total.effect = .changed }
            total.conflicts += outcome.conflicts
        }
        return .merged(total)
    }

    /// Only stores that meet a proxy file pay for the index.
    private func exportStatement() throws -> Statement {
        if let findExport { return findExport }
        try database.execute(
            sql: """
                CREATE INDEX IF NOT EXISTS product_by_export_guid ON product(export_guid)
                WHERE export_guid IS NOT NULL
                """)
        let statement = try database.makeStatement(
            sql: "SELECT id FROM product WHERE export_guid = ? AND export_guid IS NOT NULL ORDER BY id")
        findExport = statement
        return statement
    }

    // MARK: - Numbers

    private func client(_ computer: ComputerIdentity) throws -> Int64? {
        // Files list the products of one computer one after the other more often than not.
        let saysNetwork = computer.network != nil || (computer.networkType ?? .none) != .none
        let isPlain = computer.vamtID == nil && !saysNetwork && !networkTellsApart
        if isPlain, let name = computer.name {
            if name == lastName { return lastClient }
            if let number = clientNumbers[name] {
                lastName = name
                lastClient = number
                return number
            }
        }
        guard let identity = ClientEntity.identity(computer, networkTellsApart: networkTellsApart) else { return nil }
        let number: Int64
        if isPlain, !expectsNew, let known = try Int64.fetchOne(findClient, arguments: [identity]) {
            number = known
        } else {
            let outcome = try clients.merge(
                key: identity.databaseValue, values: ClientEntity.values(mention: computer), place: nil)
            number = outcome.row
            expectsNew = outcome.effect == .inserted
        }
        if isPlain, let name = computer.name {
            if clientNumbers.count >= ComputerTables.cacheLimit { clientNumbers.removeAll(keepingCapacity: true) }
            clientNumbers[name] = number
            lastName = name
            lastClient = number
        }
        return number
    }

    /// The number of an application and a SKU; a product without a SKU is told apart by its name. Nil when there are
    /// too many.
    private func sku(application: FieldValue, sku: FieldValue, name: String?) throws -> Int64? {
        var key: SKUKey?
        if case .guid(let application) = application, case .guid(let sku) = sku {
            let found = SKUKey(application: application, sku: sku)
            if let number = skuNumbers[found] { return number }
            key = found
        }
        let identity =
            [application, sku].map(ComputerTables.identity).joined(separator: "\t")
            + (sku.isMissing ? "\t" + (name?.lowercased() ?? "") : "")
        let number: Int64
        if let known = try Int64.fetchOne(findSKU, arguments: [identity]) {
            number = known
        } else {
            try addSKU.execute(arguments: [identity, ComputerTables.stored(application), ComputerTables.stored(sku)])
            number = database.lastInsertedRowID
        }
        guard number <= ProductEntity.largestSKU else { return nil }
        if let key {
            if skuNumbers.count >= ComputerTables.cacheLimit { skuNumbers.removeAll(keepingCapacity: true) }
            skuNumbers[key] = number
        }
        return number
    }

    private static func identity(_ value: FieldValue) -> String {
        switch value {
        case .guid(let guid): guid.description
        case .text(let text): "text:" + text
        default: ""
        }
    }

    private static func stored(_ value: FieldValue) -> DatabaseValue {
        switch value {
        case .guid(let guid): guid.databaseValue
        case .text(let text): text.databaseValue
        default: .null
        }
    }
}

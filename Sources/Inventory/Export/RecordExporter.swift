import ActivationModel
import Foundation
import GRDB

/// Makes records of what the store holds, kind by kind.
final class RecordExporter {
    private let database: Database
    private let batch: RecordBatch
    private let opener: KeySeal?
    private let path: String
    private let texts: TextTable
    private var cachedComputers: [ExportedComputer]?
    private var cachedFleet: Fleet?

    init(_ database: Database, batch: RecordBatch, opener: KeySeal?, path: String) throws {
        self.database = database
        self.batch = batch
        self.opener = opener
        self.path = path
        texts = try TextTable(database)
    }

    func export(_ kind: RecordKind) throws {
        switch kind {
        case .product: try exportProducts()
        case .availableProduct: try exportAvailableProducts()
        case .client: try exportClients()
        case .account: try exportAccounts()
        case .key: try exportKeys()
        case .forestActivation:
            try exportRows(ForestActivationEntity.layout, sealed: true) { values, key in
                var record = ForestActivationEntity.record(values)
                record.productKey = key
                return .forestActivation(record)
            }
        case .clientSetupKey:
            try exportRows(ClientSetupKeyEntity.layout, sealed: true) { values, key in
                var record = ClientSetupKeyEntity.record(values)
                record.productKey = key
                return .clientSetupKey(record)
            }
        case .application:
            try exportRows(ApplicationEntity.layout) { values, _ in .application(ApplicationEntity.record(values)) }
        case .keyTypeName:
            try exportRows(KeyTypeNameEntity.layout) { values, _ in .keyTypeName(KeyTypeNameEntity.record(values)) }
        case .productMapping:
            try exportRows(ProductMappingEntity.layout) { values, _ in
                .productMapping(ProductMappingEntity.record(values))
            }
        case .purchase:
            for purchase in try fleet().purchases { try batch.append(.purchase(purchase.record)) }
        case .update: try exportUpdates()
        // Key configuration files are Microsoft's; whoever needs them has their own.
        case .configuredProduct: break
        // The store keeps what many events have in common, not each of them.
        case .kmsEvent: break
        // Nor the names of members, but keys that stand for them.
        case .group: break
        // Names of domains only tell which rows are one computer, which is decided then.
        case .domain: break
        case .kmsHost:
            try exportRows(KMSHostEntity.layout) { values, _ in .kmsHost(KMSHostEntity.record(values)) }
            try exportRows(KMSHostEntity.officeLayout) { values, _ in .kmsHost(KMSHostEntity.officeRecord(values)) }
        case .activationObject:
            try exportRows(ActivationObjectEntity.layout) { values, _ in
                .activationObject(ActivationObjectEntity.record(values))
            }
        case .tag: try exportTags()
        }
    }

    // MARK: - Computers

    private func computers() throws -> [ExportedComputer] {
        if let cachedComputers { return cachedComputers }
        let loaded = try ExportedComputer.load(database)
        cachedComputers = loaded
        return loaded
    }

    /// The number of the SKU in `row`, and the rows of the clients of one computer in a table numbered as products are.
    private func rows(of computer: ExportedComputer, _ fetch: Statement, _ body: (Int64, Row) throws -> Void) throws {
        for client in computer.clients {
            let first = ProductEntity.row(client: client, sku: 0)
            let rows = try Row.fetchCursor(fetch, arguments: [first, first | ProductEntity.largestSKU])
            while let row = try rows.next() { try body((row[0] as Int64) & ProductEntity.largestSKU, row) }
        }
    }

    /// A SKU as `FieldValue`s, and by what products of one computer are ordered.
    private struct SKU {
        var application: FieldValue
        var sku: FieldValue
    }

    private func skus() throws -> [Int64: SKU] {
        func value(_ value: DatabaseValue) -> FieldValue {
            switch value.storage {
            case .blob(let data): FieldValue(GUID(stored: data))
            case .string(let text): .text(text)
            default: .missing
            }
        }
        var found: [Int64: SKU] = [:]
        let rows = try Row.fetchCursor(database, sql: "SELECT id, application, sku FROM sku")
        while let row = try rows.next() { found[row[0]] = SKU(application: value(row[1]), sku: value(row[2])) }
        return found
    }

    /// The entities of one computer by SKU, joined where several clients have them, in the order of the fleet.
    private func entities(
        of computer: ExportedComputer, _ fetch: Statement, _ reader: EntityReader, _ skus: [Int64: SKU]
    )
        throws -> [(sku: SKU, entity: Observation)]
    {
        var found: [Int64: Observation] = [:]
        try rows(of: computer, fetch) { number, row in
            let observation = try reader.decode(row, from: 1)
            if found[number] == nil { found[number] = observation } else { _ = found[number]?.join(observation) }
        }
        let ordered = found.compactMap { number, entity in
            skus[number].map { (number: number, sku: $0, entity: entity) }
        }.sorted { left, right in
            if left.sku.application != right.sku.application {
                return left.sku.application.precedes(right.sku.application)
            }
            if left.sku.sku != right.sku.sku { return left.sku.sku.precedes(right.sku.sku) }
            return left.number < right.number
        }
        return ordered.map { ($0.sku, $0.entity) }
    }

    /// Joins products without an activation id with those that they mention, as the fleet does.
    private func joinMentions(_ products: inout [(sku: SKU, entity: Observation)]) {
        guard products.contains(where: { $0.sku.sku.guid == nil }) else { return }
        func text(_ field: ProductField, _ entity: Observation) -> String? {
            ProductEntity.columns[field.rawValue].flatMap { entity[$0].text }
        }
        func keyType(of entity: Observation) -> KeyType? {
            ProductEntity.columns[ProductField.productKeyType.rawValue].flatMap { entity[$0].number }
                .flatMap { KeyType(rawValue: Int(truncatingIfNeeded: $0)) }
        }
        let mentions = ProductMentions(
            products.map { sku, entity in
                ProductMentions.Product(
                    application: sku.application.guid, hasID: sku.sku.guid != nil, name: text(.productName, entity),
                    partialKey: text(.partialProductKey, entity), keyType: keyType(of: entity))
            })
        for (mention, target) in mentions.targets.sorted(by: { $0.key < $1.key }) {
            _ = products[target].entity.join(products[mention].entity)
        }
        products = products.indices.filter { mentions.targets[$0] == nil }.map { products[$0] }
    }

    private func statement(_ layout: EntityLayout) throws -> Statement {
        try database.makeStatement(
            sql: """
                SELECT id, \(EntityReader.selection(layout)) FROM \(layout.table)
                WHERE id BETWEEN ? AND ? ORDER BY id
                """)
    }

    private func exportProducts() throws {
        let skus = try skus()
        let reader = EntityReader(ProductEntity.layout, texts: texts)
        let fetch = try statement(ProductEntity.layout)
        for computer in try computers() {
            var products = try entities(of: computer, fetch, reader, skus)
            joinMentions(&products)
            for (sku, entity) in products {
                let record = ProductEntity.record(
                    entity.values, of: computer.identity, application: sku.application, sku: sku.sku)
                try batch.append(.product(record))
            }
        }
    }

    private func exportAvailableProducts() throws {
        let skus = try skus()
        let reader = EntityReader(AvailableProductEntity.layout, texts: texts)
        let fetch = try statement(AvailableProductEntity.layout)
        for computer in try computers() {
            for (sku, entity) in try entities(of: computer, fetch, reader, skus) {
                try batch.append(
                    .availableProduct(
                        AvailableProductRecord(
                            computer: computer.identity, applicationName: entity[0].text,
                            applicationID: sku.application.guid, sku: sku.sku.guid,
                            softwareProtectionService: entity[1].text)))
            }
        }
    }

    private func exportClients() throws {
        let addresses = try database.makeStatement(sql: "SELECT mac FROM client_mac WHERE client = ? ORDER BY mac")
        for computer in try computers() where !computer.clients.isEmpty {
            var macs: Set<Int64> = []
            for client in computer.clients { macs.formUnion(try Int64.fetchAll(addresses, arguments: [client])) }
            try batch.append(
                .client(
                    ClientRecord(
                        computer: computer.identity, osEdition: computer.osEdition, osVersion: computer.osVersion,
                        networkTypeText: computer.networkTypeText, isKMSHost: computer.isKMSHost,
                        macAddresses: macs.sorted().map { MACAddress(value: UInt64(bitPattern: $0)) })))
        }
    }

    private func exportAccounts() throws {
        let reader = EntityReader(AccountEntity.layout, texts: texts)
        let fetch = try reader.statement(database)
        for computer in try computers() where !computer.accounts.isEmpty {
            var joined: Observation?
            for number in computer.accounts {
                guard let row = try Row.fetchOne(fetch, arguments: [number]) else { continue }
                let observation = try reader.decode(row)
                if joined == nil { joined = observation } else { _ = joined?.join(observation) }
            }
            if let joined { try batch.append(.account(AccountEntity.record(joined.values))) }
        }
    }

    // MARK: - Keys

    private func exportKeys() throws {
        var findings = FindingCounter()
        let loader = try KeyLoader(database, texts: FleetTexts(database))
        for (cluster, readings) in try loader.clustersWithReadings(&findings) {
            var record = KeyEntity.record(cluster.facts.values)
            record.agreements = cluster.agreements.map(\.name)
            record.productKey = try open(cluster.sealed)
            let current = readings.last { $0.remaining != nil }
            record.remaining = current?.remaining
            record.readAt = current?.readAt ?? readings.last?.readAt
            try batch.append(.key(record))
        }
    }

    private func open(_ sealed: Data?) throws -> ProductKey? {
        guard let sealed, let opener else { return nil }
        guard let key = opener.open(Array(sealed)) else {
            throw InventoryError.corrupted(path: path, detail: "a sealed key cannot be opened")
        }
        return key
    }

    private func exportRows(
        _ layout: EntityLayout, sealed: Bool = false,
        _ record: ([FieldValue], ProductKey?) throws -> InventoryRecord
    ) throws {
        let reader = EntityReader(layout, texts: texts)
        let columns = EntityReader.selection(layout) + (sealed ? ", sealed" : ", NULL")
        let rows = try Row.fetchCursor(database, sql: "SELECT \(columns) FROM \(layout.table) ORDER BY identity")
        while let row = try rows.next() {
            let key = try open(row[reader.count + 3])
            try batch.append(try record(try reader.decode(row).values, key))
        }
    }

    // MARK: - What people write down

    private func fleet() throws -> Fleet {
        if let cachedFleet { return cachedFleet }
        let loaded = try FleetLoader(database, ProductReading(.planning)).load()
        cachedFleet = loaded
        return loaded
    }

    private func exportUpdates() throws {
        let fleet = try fleet()
        for computer in fleet.computers {
            let identity = ComputerIdentity(name: fleet[computer.name])
            for update in fleet.updates(of: computer) {
                try batch.append(
                    .update(UpdateRecord(computer: identity, kb: Int(update.kb), installedOn: update.installedOn)))
            }
        }
    }

    private func exportTags() throws {
        let fleet = try fleet()
        for computer in fleet.computers where computer.tagPlace != .none {
            let identity = ComputerIdentity(name: fleet[computer.name])
            let facts = TagRecord(
                computer: identity, hosting: fleet[computer.hosting],
                endpoints: computer.endpoints < 0 ? nil : Int(computer.endpoints), route: fleet[computer.route])
            if facts.hosting != nil || facts.endpoints != nil || facts.route != nil { try batch.append(.tag(facts)) }
            for tag in fleet.tags(of: computer) {
                try batch.append(.tag(TagRecord(computer: identity, tag: fleet[tag])))
            }
        }
    }
}

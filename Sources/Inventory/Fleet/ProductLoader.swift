import ActivationModel
import Foundation
import GRDB

/// The products of all computers, first in the order of the store, which is that of its client rows.
struct ProductLoader: Sendable {
    private(set) var products: [Product] = []
    /// By the position of a client, where its products lie; empty until `assign` is called.
    private(set) var runs: [Run] = []
    /// Rows of clients that have products, ascending, with where they lie.
    private var owners: [(row: Int64, products: Run)] = []
    /// By the position of a product, the number of its SKU.
    private var skuNumbers: [Int32] = []

    /// What a profile says, in the fleet's terms.
    private struct Profile {
        var name = TextID.none
        var description = TextID.none
        var family = TextID.none
        var version = TextID.none
        var keyType: KeyType?

        init() {}

        init(_ values: [FieldValue], _ texts: FleetTexts) {
            func value(_ field: ProductField) -> FieldValue {
                guard let column = ProductEntity.columns[field.rawValue],
                    let position = ProductEntity.layout.grouped.firstIndex(of: column), position < values.count
                else { return .missing }
                return values[position]
            }
            name = texts.pool.intern(value(.productName).text)
            description = texts.pool.intern(value(.productDescription).text)
            family = texts.pool.intern(value(.licenseFamily).text)
            version = texts.pool.intern(value(.productVersion).text)
            keyType = ProductLoader.keyType(value(.productKeyType))
        }
    }

    /// Of an id that is not to be loaded SQLite only tells whether it is there.
    private static func columns(_ detail: FleetDetail) -> String {
        let ids = ["product_key_id", "installation_id", "confirmation_id"]
        let read = detail == .complete ? ids : ids.map { "\($0) > ''" }
        return
            (["profile", "partial_product_key"] + read + [
                "license_status", "license_status_last_updated", "last_error_code", "source", "line",
            ]).joined(separator: ", ")
    }

    private var clientRows: [Int64] = []
    private let detail: FleetDetail

    /// Reads all products.
    init(_ database: Database, texts: FleetTexts, _ detail: FleetDetail) throws {
        self.detail = detail
        var skus: [Int64: (application: GUID?, sku: GUID?)] = [:]
        let pairs = try Row.fetchCursor(database, sql: "SELECT id, application, sku FROM sku")
        while let row = try pairs.next() {
            skus[row[0]] = (ProductLoader.guid(row, 1), ProductLoader.guid(row, 2))
        }
        var profiles: [Int64: Profile] = [:]
        let contents = try Row.fetchCursor(database, sql: "SELECT id, content FROM product_profile")
        while let row = try contents.next() {
            profiles[row[0]] = Profile(try ProfileTable.values(row[1]), texts)
        }
        let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM product") ?? 0
        products.reserveCapacity(count)
        skuNumbers.reserveCapacity(count)
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, \(ProductLoader.columns(detail)) FROM product ORDER BY id")
        while let row = try rows.next() {
            let number: Int64 = row[0]
            let owner = number >> ProductEntity.skuBits
            if owners.last?.row != owner { owners.append((owner, Run(start: products.count, count: 0))) }
            owners[owners.count - 1].products.count += 1
            let sku = number & ProductEntity.largestSKU
            var product = Product()
            (product.applicationID, product.sku) = skus[sku] ?? (nil, nil)
            let profile = (row[1] as Int64?).flatMap { profiles[$0] } ?? Profile()
            product.name = profile.name
            product.description = profile.description
            product.family = profile.family
            product.version = profile.version
            product.keyType = profile.keyType
            try read(row, into: &product, texts)
            products.append(product)
            skuNumbers.append(Int32(sku))
        }
    }

    /// Leads clients, by their rows in ascending order, to their products. What is of no client stays unused.
    mutating func assign(clientRows: [Int64]) {
        self.clientRows = clientRows
        runs = Array(repeating: .empty, count: clientRows.count)
        var client = 0
        for owner in owners {
            while client < clientRows.count, clientRows[client] < owner.row { client += 1 }
            if client < clientRows.count, clientRows[client] == owner.row { runs[client] = owner.products }
        }
        owners = []
    }

    /// Replaces the numbers of texts in one pool by those in another one, to which the texts are added.
    mutating func move(from old: TextPool, to new: inout TextPool) {
        let numbers = (0..<old.count).map { new.intern(old[TextID(rawValue: UInt32($0))]) }
        for position in products.indices {
            func move(_ id: inout TextID) { if id != .withheld { id = numbers[Int(id.rawValue)] } }
            move(&products[position].name)
            move(&products[position].description)
            move(&products[position].family)
            move(&products[position].version)
            move(&products[position].partialKey)
            move(&products[position].extendedPID)
            move(&products[position].installationID)
            move(&products[position].confirmationID)
            move(&products[position].statusText)
        }
    }

    private func read(_ row: Row, into product: inout Product, _ texts: FleetTexts) throws {
        func id(_ index: Int) -> TextID {
            switch detail {
            case .complete: texts.pool.intern(row[index])
            case .planning: (row[index] as Int64?) == 1 ? .withheld : .none
            }
        }
        product.partialKey = try texts.shared(row[2])
        product.extendedPID = id(3)
        product.installationID = id(4)
        product.confirmationID = id(5)
        ProductLoader.describe(&product, status: ProductLoader.value(row, 6), texts)
        if case .int64(let time) = (row[7] as DatabaseValue).storage {
            product.statusUpdated = Timestamp(milliseconds: time)
        }
        if case .int64(let code) = (row[8] as DatabaseValue).storage { product.lastErrorCode = code }
        product.place = texts.place(row, 9)
    }

    private static func keyType(_ value: FieldValue) -> KeyType? {
        value.number.flatMap { KeyType(rawValue: Int(truncatingIfNeeded: $0)) }
    }

    /// A state that is none of the known ones is kept as it was written.
    private static func describe(_ product: inout Product, status: FieldValue, _ texts: FleetTexts) {
        product.status = status.number.flatMap { LicenseStatus(rawValue: Int(truncatingIfNeeded: $0)) }
        guard product.status == nil else { return }
        product.statusText = texts.pool.intern(status.text ?? status.number.map { String($0) })
    }

    private static func value(_ row: Row, _ index: Int) -> FieldValue {
        switch (row[index] as DatabaseValue).storage {
        case .int64(let number): .number(number)
        case .string(let text): .text(text)
        default: .missing
        }
    }

    private static func guid(_ row: Row, _ index: Int) -> GUID? {
        guard case .blob(let data) = (row[index] as DatabaseValue).storage else { return nil }
        return GUID(stored: data)
    }

    // MARK: - Computers of several clients

    /// A product with the rows that say something about it.
    private struct Joint {
        var sku: Int32
        var product: Product
        var members: [(position: Int, row: Int64)]
    }

    /// Joins the products of the clients of one computer, and those without an activation id with the ones that they
    /// mention. Returns where they lie; `ambiguous` grows by the products that fit several.
    mutating func join(_ positions: [Int], _ joiner: ProductJoiner, _ texts: FleetTexts, ambiguous: inout Int) throws
        -> Run
    {
        let filled = positions.filter { runs[$0].count > 0 }
        let mayMention = filled.contains { client in
            runs[client].range.contains { products[$0].sku == nil }
        }
        guard filled.count > 1 || mayMention else { return filled.first.map { runs[$0] } ?? .empty }
        var members: [Int32: [(position: Int, row: Int64)]] = [:]
        for client in filled {
            for position in runs[client].range {
                let sku = skuNumbers[position]
                members[sku, default: []].append(
                    (position, ProductEntity.row(client: clientRows[client], sku: Int64(sku))))
            }
        }
        var joints: [Joint] = []
        for sku in members.keys.sorted() {
            guard let group = members[sku], let first = group.first else { continue }
            var joint = Joint(sku: sku, product: products[first.position], members: group)
            if group.count > 1 { try complete(&joint, joiner, texts) }
            joints.append(joint)
        }
        if mayMention {
            try joinMentions(&joints, joiner, texts, &ambiguous)
            if filled.count == 1, joints.count == runs[filled[0]].count { return runs[filled[0]] }
        }
        let start = products.count
        products += joints.map(\.product)
        skuNumbers += joints.map(\.sku)
        return Run(start: start, count: products.count - start)
    }

    private func joinMentions(
        _ joints: inout [Joint], _ joiner: ProductJoiner, _ texts: FleetTexts, _ ambiguous: inout Int
    ) throws {
        let mentions = ProductMentions(
            joints.map { joint in
                ProductMentions.Product(
                    application: joint.product.applicationID, hasID: joint.product.sku != nil,
                    name: texts.pool[joint.product.name], partialKey: texts.pool[joint.product.partialKey],
                    keyType: joint.product.keyType)
            })
        ambiguous += mentions.ambiguous
        for (mention, target) in mentions.targets.sorted(by: { $0.key < $1.key }) {
            joints[target].members += joints[mention].members
        }
        for target in Set(mentions.targets.values).sorted() { try complete(&joints[target], joiner, texts) }
        joints = joints.indices.filter { mentions.targets[$0] == nil }.map { joints[$0] }
    }

    /// Makes the product say what all its rows say together. Application and activation id stay those of the first.
    private func complete(_ joint: inout Joint, _ joiner: ProductJoiner, _ texts: FleetTexts) throws {
        let values = try joiner.join(joint.members.map(\.row)).values
        func value(_ field: ProductField) -> FieldValue {
            ProductEntity.columns[field.rawValue].map { values[$0] } ?? .missing
        }
        func text(_ field: ProductField) -> TextID { texts.pool.intern(value(field).text) }
        func id(_ field: ProductField) -> TextID {
            detail == .complete ? text(field) : value(field).text?.isEmpty == false ? .withheld : .none
        }
        joint.product.name = text(.productName)
        joint.product.description = text(.productDescription)
        joint.product.family = text(.licenseFamily)
        joint.product.version = text(.productVersion)
        joint.product.partialKey = text(.partialProductKey)
        joint.product.extendedPID = id(.productKeyID)
        joint.product.installationID = id(.installationID)
        joint.product.confirmationID = id(.confirmationID)
        joint.product.statusText = .none
        ProductLoader.describe(&joint.product, status: value(.licenseStatus), texts)
        joint.product.keyType = ProductLoader.keyType(value(.productKeyType))
        joint.product.statusUpdated = value(.licenseStatusLastUpdated).timestamp
        joint.product.lastErrorCode = value(.lastErrorCode).number
        joint.product.place = newestPlace(joint.members.map(\.position))
    }

    /// All products; the loader has none afterwards.
    mutating func takeProducts() -> [Product] {
        let taken = products
        products = []
        return taken
    }

    private func newestPlace(_ positions: [Int]) -> Place {
        let ordered = positions.map { products[$0] }.sorted { left, right in
            if left.statusUpdated != right.statusUpdated {
                return (left.statusUpdated?.milliseconds ?? Observation.noTime)
                    > (right.statusUpdated?.milliseconds ?? Observation.noTime)
            }
            return Place.precedes(left.place, right.place)
        }
        return ordered.first?.place ?? .none
    }
}

/// Joins rows of the `product` table.
struct ProductJoiner {
    private let reader: EntityReader
    private let fetch: Statement

    init(_ database: Database, texts: TextTable) throws {
        reader = EntityReader(ProductEntity.layout, texts: texts)
        fetch = try reader.statement(database)
    }

    /// What the rows say together.
    func join(_ rows: [Int64]) throws -> Observation {
        var joined = Observation(
            values: Array(repeating: .missing, count: reader.layout.columns.count),
            times: Array(repeating: Observation.noTime, count: reader.layout.columns.count))
        for number in rows {
            guard let row = try Row.fetchOne(fetch, arguments: [number]) else { continue }
            _ = joined.join(try reader.decode(row))
        }
        return joined
    }
}

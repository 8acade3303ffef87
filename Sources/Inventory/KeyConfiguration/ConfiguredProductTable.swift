import ActivationModel
import GRDB

/// The products of one key configuration file in the store. A file is replaced as a whole.
final class ConfiguredProductTable {
    private let database: Database
    private let name: String
    private var file: Int64?
    private var stored: [ActivationID: (row: Int64, product: ConfiguredProduct)] = [:]
    private var seen: Set<ActivationID> = []

    init(_ database: Database, file name: String) {
        self.database = database
        self.name = name
    }

    /// Takes a product. Returns whether it says something new.
    func merge(_ product: ConfiguredProduct) throws -> Bool {
        let file = try open()
        seen.insert(product.activationID)
        if let known = stored[product.activationID] {
            guard known.product != product else { return false }
            try remove(known.row)
        }
        try forgetDigest()
        try database.cachedStatement(
            sql: """
                INSERT INTO configured_product(
                    file, activation_id, key_group, editions, description, key_type, is_randomized, algorithm)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            file, product.activationID.guid.databaseValue, product.group, product.editions.joined(separator: ";"),
            product.description, product.keyTypeText, product.isRandomized, product.algorithm?.rawValue,
        ])
        let row = database.lastInsertedRowID
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO configured_range(product, ordinal, first_serial, last_serial, part_number, eula_type)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (ordinal, range) in product.ranges.enumerated() {
            try insert.execute(arguments: [
                row, ordinal, range.serials.lowerBound, range.serials.upperBound, range.partNumber, range.eulaType,
            ])
        }
        stored[product.activationID] = (row, product)
        return true
    }

    /// Removes the products that the file does not hold any more. A file without any product changes nothing.
    func finish() throws {
        guard !seen.isEmpty else { return }
        let gone = stored.filter { !seen.contains($0.key) }
        guard !gone.isEmpty else { return }
        try forgetDigest()
        for entry in gone.values { try remove(entry.row) }
    }

    private func open() throws -> Int64 {
        if let file { return file }
        try database.execute(sql: "INSERT OR IGNORE INTO key_configuration(name) VALUES (?)", arguments: [name])
        let id =
            try Int64.fetchOne(database, sql: "SELECT id FROM key_configuration WHERE name = ?", arguments: [name])
            ?? database.lastInsertedRowID
        for entry in try ConfiguredProductTable.products(database, of: id) {
            stored[entry.product.activationID] = entry
        }
        file = id
        return id
    }

    /// Whoever compares digests must read the file again, since the store does not say what that content said.
    private func forgetDigest() throws {
        try database.cachedStatement(sql: "UPDATE key_configuration SET sha256 = NULL WHERE name = ?")
            .execute(arguments: [name])
    }

    private func remove(_ row: Int64) throws {
        try database.cachedStatement(sql: "DELETE FROM configured_range WHERE product = ?").execute(arguments: [row])
        try database.cachedStatement(sql: "DELETE FROM configured_product WHERE id = ?").execute(arguments: [row])
    }

    // MARK: - Reading

    /// Whether the store has the tables. A store of an earlier version that may not be written has none.
    static func exists(in database: Database) throws -> Bool { try database.tableExists("key_configuration") }

    /// The products of a file, ordered by activation id.
    static func products(
        _ database: Database, of file: Int64
    ) throws -> [(row: Int64, product: ConfiguredProduct)] {
        var products: [(row: Int64, product: ConfiguredProduct)] = []
        var positions: [Int64: Int] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, activation_id, key_group, editions, description, key_type, is_randomized, algorithm
                FROM configured_product WHERE file = ? ORDER BY activation_id
                """, arguments: [file])
        while let row = try rows.next() {
            guard let id = GUID(stored: row[1]) else { continue }
            let editions: String = row[3]
            positions[row[0]] = products.count
            products.append(
                (
                    row[0],
                    ConfiguredProduct(
                        activationID: ActivationID(id), group: row[2],
                        editions: editions.split(separator: ";").map(String.init), description: row[4],
                        keyTypeText: row[5], isRandomized: row[6],
                        algorithm: (row[7] as Int?).flatMap { ConfiguredProduct.Algorithm(rawValue: $0) })
                ))
        }
        let ranges = try Row.fetchCursor(
            database,
            sql: """
                SELECT product, first_serial, last_serial, part_number, eula_type FROM configured_range
                WHERE product IN (SELECT id FROM configured_product WHERE file = ?) ORDER BY product, ordinal
                """, arguments: [file])
        while let row = try ranges.next() {
            let first: Int = row[1]
            let last: Int = row[2]
            guard let position = positions[row[0]], first <= last else { continue }
            products[position].product.ranges.append(
                ConfiguredProduct.Range(serials: first...last, partNumber: row[3], eulaType: row[4]))
        }
        return products
    }
}

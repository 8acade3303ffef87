import ActivationModel
import GRDB

/// A key configuration file of a folder that the store shall remember.
public struct ConfigurationContent: Sendable, Hashable {
    /// The file as the user named it.
    public var name: String
    /// SHA-256 of the content in lower-case hexadecimal digits.
    public var sha256: String
    /// What the file holds; nil when the store has it already.
    public var products: [ConfiguredProduct]?

    /// Makes a file's content.
    public init(name: String, sha256: String, products: [ConfiguredProduct]?) {
        self.name = name
        self.sha256 = sha256
        self.products = products
    }
}

extension InventoryStore {
    /// The key configuration files that the store remembers.
    ///
    /// - Throws: `InventoryError`.
    public func keyConfiguration() throws -> KeyConfiguration {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                guard try ConfiguredProductTable.exists(in: database) else { return KeyConfiguration() }
                let files = try Row.fetchAll(database, sql: "SELECT id, name FROM key_configuration ORDER BY name")
                return KeyConfiguration(
                    files: try files.map { row in
                        KeyConfiguration.File(
                            name: row[1],
                            products: try ConfiguredProductTable.products(database, of: row[0]).map(\.product))
                    })
            }
        }
    }

    /// The digests of the key configuration files that were read from a folder, by name. The store has their content.
    ///
    /// - Throws: `InventoryError`.
    public func configurationDigests() throws -> [String: String] {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                guard try ConfiguredProductTable.exists(in: database) else { return [:] }
                let rows = try Row.fetchAll(
                    database, sql: "SELECT name, sha256 FROM key_configuration WHERE sha256 IS NOT NULL")
                return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as String, $0[1] as String) })
            }
        }
    }

    /// Remembers the key configuration files of a folder in one transaction.
    ///
    /// One folder is remembered: files that were read from another one, or are not in the folder any more, are forgotten.
    /// Files that were imported one by one stay.
    ///
    /// - Throws: `InventoryError`.
    public func rememberKeyConfiguration(_ files: [ConfigurationContent], folder: String) throws {
        try InventoryError.translating(path: path) {
            try queue.write { database in
                for file in files {
                    guard let products = file.products else { continue }
                    let table = ConfiguredProductTable(database, file: file.name)
                    for product in products { _ = try table.merge(product) }
                    try table.finish()
                }
                let names = Set(files.map(\.name))
                for row in try Row.fetchAll(
                    database, sql: "SELECT id, name FROM key_configuration WHERE folder IS NOT NULL")
                where !names.contains(row[1]) {
                    let id: Int64 = row[0]
                    try database.execute(
                        sql: """
                            DELETE FROM configured_range
                            WHERE product IN (SELECT id FROM configured_product WHERE file = ?)
                            """, arguments: [id])
                    try database.execute(sql: "DELETE FROM configured_product WHERE file = ?", arguments: [id])
                    try database.execute(sql: "DELETE FROM key_configuration WHERE id = ?", arguments: [id])
                }
                for file in files {
                    try database.execute(
                        sql: "UPDATE key_configuration SET folder = ?, sha256 = ? WHERE name = ?",
                        arguments: [folder, file.sha256, file.name])
                }
            }
        }
    }
}

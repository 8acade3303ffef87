import ActivationModel
import GRDB

/// The `directory_domain` table: which NetBIOS name and which DNS name are those of one domain.
final class DomainTable {
    private let database: Database
    private let insert: Statement

    init(_ database: Database) throws {
        self.database = database
        insert = try database.makeStatement(
            sql: "INSERT OR IGNORE INTO directory_domain(netbios_name, dns_name) VALUES (?, ?)")
    }

    /// Takes the names of a domain. Returns whether they are new.
    func merge(_ domain: DomainRecord) throws -> Bool {
        try insert.execute(arguments: [domain.netBIOSName.lowercased(), domain.dnsName.lowercased()])
        return database.changesCount > 0
    }

    /// All domains, by their names.
    static func all(_ database: Database) throws -> [DomainRecord] {
        // A store of an earlier version that may not be written has no such table.
        guard try database.tableExists("directory_domain") else { return [] }
        let sql = "SELECT netbios_name, dns_name FROM directory_domain ORDER BY netbios_name, dns_name"
        return try Row.fetchAll(database, sql: sql).map { DomainRecord(netBIOSName: $0[0], dnsName: $0[1]) }
    }
}

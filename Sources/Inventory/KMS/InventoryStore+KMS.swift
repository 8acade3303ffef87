import ActivationModel
import Foundation
import GRDB

extension InventoryStore {
    /// What the store knows of Key Management Service at the end of a day. `windowDays` is how long a host counts a client.
    ///
    /// - Throws: `InventoryError`.
    public func kmsRecords(asOf day: Day, windowDays: Int) throws -> KMSRecords {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                var records = KMSRecords(asOf: day, windowDays: windowDays)
                // A store of an earlier version that may not be written has no such tables.
                guard try database.tableExists("kms_event") else { return records }
                let loader = try KMSLoader(database, asOf: day, windowDays: windowDays)
                records.events = try loader.events()
                records.hosts = try loader.entities(KMSHostEntity.layout, KMSHostEntity.record)
                if try database.tableExists(KMSHostEntity.officeLayout.table) {
                    records.hosts += try loader.entities(KMSHostEntity.officeLayout, KMSHostEntity.officeRecord)
                }
                records.activationObjects = try loader.entities(
                    ActivationObjectEntity.layout, ActivationObjectEntity.record)
                records.products = try loader.products()
                return records
            }
        }
    }
}

/// Reads the tables of Key Management Service.
private struct KMSLoader {
    let database: Database
    let sources: SourceTable
    let texts: TextTable
    /// The last millisecond that counts.
    let end: Int64
    /// In milliseconds.
    let window: Int64

    init(_ database: Database, asOf day: Day, windowDays: Int) throws {
        self.database = database
        sources = try SourceTable(database)
        texts = try TextTable(database)
        window = Int64(windowDays) * 86_400_000
        end = Timestamp(day).milliseconds + 86_400_000 - 1
    }

    func events() throws -> [KMSEventGroup] {
        var groups: [KMSEventGroup] = []
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT event, text.value, partner, client_machine_id, activation_id, minimum_count, result, last_at, times,
                    source, line, \(KMSEventMoment.columns.joined(separator: ", "))
                FROM kms_event LEFT JOIN text ON text.id = computer ORDER BY identity
                """)
        while let row = try rows.next() {
            let bytes: Data = row[8]
            guard let kind = KMSEventKind(rawValue: row[0]), let times = TimeSet(bytes: bytes) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row of kms_event is damaged")
            }
            let past = times.values.prefix { $0 <= end }
            guard let first = past.first, let last = past.last else { continue }
            var newest = KMSEventRecord(kind: kind, at: Timestamp(milliseconds: last))
            newest.computer = row[1]
            newest.partner = row[2]
            newest.clientMachineID = guid(row, 3)
            newest.activationID = guid(row, 4)
            newest.minimumCount = row[5]
            newest.result = (row[6] as Int64?).map { UInt32(truncatingIfNeeded: $0) }
            if row[7] as Int64 == last { KMSEventMoment(row, from: 11).fill(&newest) }
            groups.append(
                KMSEventGroup(
                    newest: newest, first: Timestamp(milliseconds: first), count: past.count,
                    countInWindow: past.count { $0 > end - window }, runs: runs(past),
                    source: sources.reference(StoredPlace(source: row[9], line: row[10]))))
        }
        return groups
    }

    private func guid(_ row: Row, _ column: Int) -> GUID? {
        (row[column] as Data?).flatMap { GUID(stored: $0) }
    }

    private func runs(_ times: ArraySlice<Int64>) -> [ClosedRange<Timestamp>] {
        var runs: [ClosedRange<Timestamp>] = []
        var start: Int64?
        var previous: Int64 = 0
        func close(_ start: Int64) {
            runs.append(Timestamp(milliseconds: start)...Timestamp(milliseconds: previous))
        }
        for time in times {
            if let open = start, time - previous > window {
                close(open)
                start = nil
            }
            if start == nil { start = time }
            previous = time
        }
        if let start { close(start) }
        return runs
    }

    func entities<Record>(
        _ layout: EntityLayout, _ record: ([FieldValue]) -> Record
    ) throws -> [Sourced<Record>] {
        let reader = EntityReader(layout, texts: texts)
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(EntityReader.selection(layout)) FROM \(layout.table) ORDER BY identity")
        var found: [Sourced<Record>] = []
        while let row = try rows.next() {
            found.append(
                Sourced(record(try reader.decode(row).values), source: sources.reference(reader.place(row))))
        }
        return found
    }

    /// Names from VAMT's system data and from key configuration files.
    func products() throws -> [GUID: KMSProduct] {
        var products: [GUID: KMSProduct] = [:]
        let configured = try Row.fetchCursor(
            database, sql: "SELECT activation_id, description, editions FROM configured_product ORDER BY id")
        while let row = try configured.next() {
            guard let id = guid(row, 0) else { continue }
            let name = (row[1] as String?) ?? row[2]
            products[id] = KMSProduct(name: name, isOffice: KMSLoader.isOffice(name))
        }
        let mapped = try Row.fetchCursor(
            database, sql: "SELECT sku, application_id, product_name FROM product_mapping ORDER BY id")
        while let row = try mapped.next() {
            guard let id = guid(row, 0) else { continue }
            let name: String? = row[2]
            let application = guid(row, 1)
            let isOffice =
                application.map { $0 != .windowsApplication } ?? name.flatMap { KMSLoader.isOffice($0) }
            products[id] = KMSProduct(name: name ?? products[id]?.name, isOffice: isOffice ?? products[id]?.isOffice)
        }
        return products
    }

    /// Whether a product's description names Office or one of its applications; nil when it names Windows neither.
    private static func isOffice(_ name: String) -> Bool? {
        let name = name.lowercased()
        if ["office", "visio", "project", "mondo"].contains(where: name.contains) { return true }
        return name.contains("win") || name.contains("server") ? false : nil
    }
}

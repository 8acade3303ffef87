import ActivationModel
import Foundation
import GRDB

/// The tables of Key Management Service: events, the state of hosts, activation objects.
///
/// Millions of events are few rows: a client asks the same host for the same product again and again. The instants of a row
/// are a set, so an event counts once however many exports hold it. Rows are held while a file is merged and written when
/// they hold `limit` instants together, so that a large log costs bounded memory.
final class KMSTables {
    private struct Entry {
        /// Nil for a row that is not in the store yet.
        var row: Int64?
        var times = TimeSet()
        var last = Int64.min
        var moment: KMSEventMoment
        var place: StoredPlace
        var isChanged = false

        /// Takes another event. Returns whether it says something new.
        mutating func take(
            _ time: Int64, _ moment: KMSEventMoment, _ place: StoredPlace, _ sources: SourceTable
        ) -> Bool {
            let isNew = times.insert(time)
            if isNew { isChanged = true }
            guard time >= last else { return isNew }
            if time > last || self.moment.precedes(moment) {
                last = time
                self.moment = moment
                self.place = place
                isChanged = true
                return true
            }
            // Of equal events the first place counts; that is no news to anybody.
            if self.moment == moment, sources.precedes(place, self.place) {
                self.place = place
                isChanged = true
            }
            return isNew
        }
    }

    /// About what a row costs beside its instants, in instants.
    private static let rowCost = 64
    private let limit: Int

    private let database: Database
    private let texts: TextTable
    private let sources: SourceTable
    private let hosts: EntityTable
    private let officeHosts: EntityTable
    private let objects: EntityTable
    private let find: Statement
    private let insert: Statement
    private let update: Statement
    private var entries: [KMSEventKey: Entry] = [:]
    private var held = 0

    init(_ database: Database, texts: TextTable, sources: SourceTable, limit: Int = 8_000_000) throws {
        self.database = database
        self.texts = texts
        self.sources = sources
        self.limit = limit
        hosts = try EntityTable(database, layout: KMSHostEntity.layout, texts: texts, sources: sources)
        officeHosts = try EntityTable(
            database, layout: KMSHostEntity.officeLayout, texts: texts, sources: sources)
        objects = try EntityTable(database, layout: ActivationObjectEntity.layout, texts: texts, sources: sources)
        let moment = KMSEventMoment.columns
        find = try database.makeStatement(
            sql: """
                SELECT id, times, last_at, source, line, \(moment.joined(separator: ", ")) FROM kms_event
                WHERE identity = ?
                """)
        let changing = moment + ["last_at", "times", "source", "line"]
        let columns =
            [
                "identity", "event", "computer", "partner", "client_machine_id", "activation_id", "minimum_count",
                "result",
            ] + changing
        insert = try database.makeStatement(
            sql: """
                INSERT INTO kms_event(\(columns.joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
                """)
        update = try database.makeStatement(
            sql: "UPDATE kms_event SET \(changing.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?")
    }

    // MARK: - Events

    /// Takes an event. Returns whether it is new.
    func merge(_ record: KMSEventRecord, place: StoredPlace) throws -> Bool {
        let key = KMSEventKey(record)
        let moment = KMSEventMoment(record)
        if entries[key] == nil {
            let entry = try fetch(key) ?? Entry(moment: moment, place: place)
            held += KMSTables.rowCost + entry.times.count
            entries[key] = entry
        }
        // The dictionary is changed in place, so that the instants are not copied.
        let isNew = entries[key]?.take(record.at.milliseconds, moment, place, sources) ?? false
        held += isNew ? 1 : 0
        if held > limit {
            try finish()
            entries.removeAll()
            held = 0
        }
        return isNew
    }

    private func fetch(_ key: KMSEventKey) throws -> Entry? {
        guard let row = try Row.fetchOne(find, arguments: [key.identity]) else { return nil }
        let bytes: Data = row[1]
        guard let times = TimeSet(bytes: bytes) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the times of a row of kms_event are damaged")
        }
        return Entry(
            row: row[0], times: times, last: row[2], moment: KMSEventMoment(row, from: 5),
            place: StoredPlace(source: row[3], line: row[4]), isChanged: false)
    }

    /// Writes what is held. Call it once at the end of the file.
    func finish() throws {
        for (key, entry) in entries where entry.isChanged {
            let changing: [(any DatabaseValueConvertible)?] =
                entry.moment.values.map { $0 as (any DatabaseValueConvertible)? }
                + [entry.last, Data(entry.times.bytes), entry.place.source, entry.place.line]
            if let row = entry.row {
                try update.execute(arguments: StatementArguments(changing + [row]))
            } else {
                let fixed: [(any DatabaseValueConvertible)?] = [
                    key.identity, key.kind.rawValue, try key.computer.map { try texts.number(of: $0) }, key.partner,
                    key.clientMachineID?.databaseValue, key.activationID?.databaseValue, key.minimumCount,
                    key.result.map { Int64($0) },
                ]
                try insert.execute(arguments: StatementArguments(fixed + changing))
                entries[key]?.row = database.lastInsertedRowID
            }
            entries[key]?.isChanged = false
        }
    }

    // MARK: - Hosts and activation objects

    /// Takes the state of a host.
    func merge(_ record: KMSHostRecord, place: StoredPlace) throws -> EntityTable.Outcome {
        try (record.isOffice ? officeHosts : hosts).merge(
            key: record.computer.databaseValue, values: KMSHostEntity.values(record), place: place)
    }

    /// Takes an activation object; nil when nothing tells it from others.
    func merge(_ record: ActivationObjectRecord, place: StoredPlace) throws -> EntityTable.Outcome? {
        guard let identity = ActivationObjectEntity.identity(record) else { return nil }
        return try objects.merge(
            key: identity.databaseValue, values: ActivationObjectEntity.values(record), place: place)
    }
}

import ActivationModel
import GRDB

/// One table of entities: inserts what is new and joins what is known.
///
/// Statements are prepared once. A row that is new costs one INSERT; only a row that is there already is fetched.
final class EntityTable {
    /// What merging a record did.
    struct Outcome {
        enum Effect { case inserted, changed, unchanged }
        /// The row of the entity.
        var row: Int64
        var effect: Effect
        /// Columns that two records of the same time tell differently.
        var conflicts: [Int] = []
    }

    let layout: EntityLayout
    private let reader: EntityReader
    private let database: Database
    private let texts: TextTable
    private let sources: SourceTable
    private let insert: Statement
    private let confirm: Statement
    private let select: Statement
    private let update: Statement
    private let movePlace: Statement
    private var bound: [DatabaseValue] = []
    /// Whether the last record was known already; in a file that is imported again the next one is, too.
    private var expectsKnown = false

    init(_ database: Database, layout: EntityLayout, texts: TextTable, sources: SourceTable) throws {
        self.database = database
        self.layout = layout
        reader = EntityReader(layout, texts: texts)
        self.texts = texts
        self.sources = sources
        let columns = layout.columnNames + ["overlay", "source", "line"]
        let table = layout.table
        insert = try database.makeStatement(
            sql: """
                INSERT INTO \(table)(\(([layout.key] + columns).joined(separator: ", ")))
                VALUES (\(Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")))
                ON CONFLICT DO NOTHING
                """)
        confirm = try database.makeStatement(
            sql: """
                SELECT rowid FROM \(table) WHERE \(layout.key) = ? AND \(columns.map { "\($0) IS ?" }.joined(separator: " AND "))
                """)
        select = try database.makeStatement(
            sql: "SELECT \(EntityReader.selection(layout)), rowid FROM \(table) WHERE \(layout.key) = ?")
        update = try database.makeStatement(
            sql: "UPDATE \(table) SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE rowid = ?")
        movePlace = try database.makeStatement(sql: "UPDATE \(table) SET source = ?, line = ? WHERE rowid = ?")
    }

    /// Takes a record into the entity of that key. Without a place the record only says that the entity exists.
    func merge(key: DatabaseValue, values: [FieldValue], place: StoredPlace?) throws -> Outcome {
        bound.removeAll(keepingCapacity: true)
        bound.append(key)
        try bind(values)
        bound.append(.null)
        bound.append(place?.source.databaseValue ?? .null)
        bound.append(place?.line.databaseValue ?? .null)
        let arguments = arguments()
        if expectsKnown, let row = try identicalRow(arguments) { return Outcome(row: row, effect: .unchanged) }
        insert.setUncheckedArguments(arguments)
        try insert.execute()
        if database.changesCount > 0 {
            expectsKnown = false
            return Outcome(row: database.lastInsertedRowID, effect: .inserted)
        }
        if !expectsKnown, let row = try identicalRow(arguments) {
            expectsKnown = true
            return Outcome(row: row, effect: .unchanged)
        }
        guard let row = try Row.fetchOne(select, arguments: [key]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row of \(layout.table) vanished")
        }
        return try join(values, place: place, into: row)
    }

    /// The row that says exactly what is bound, at the same place. This spares fetching it.
    private func identicalRow(_ arguments: StatementArguments) throws -> Int64? {
        confirm.setUncheckedArguments(arguments)
        return try Int64.fetchOne(confirm)
    }

    private func join(_ values: [FieldValue], place: StoredPlace?, into row: Row) throws -> Outcome {
        let number: Int64 = row[reader.count + 3]
        let storedPlace = reader.place(row)
        if saysNothingNew(row) {
            return Outcome(row: number, effect: try settle(place, over: storedPlace, in: number))
        }
        var entity = try reader.decode(row)
        let storedClock = layout.clocks(entity.values)[0]
        let recordClock = layout.clocks(values)[0]
        let change = entity.join(Observation(record: values, layout: layout))
        guard change.changed else {
            let effect =
                recordClock == storedClock ? try settle(place, over: storedPlace, in: number) : .unchanged
            return Outcome(row: number, effect: effect, conflicts: change.conflicts)
        }
        var winner = storedPlace
        if let place {
            if let storedPlace {
                let newer = recordClock > storedClock
                let tied = recordClock == storedClock && sources.precedes(place, storedPlace)
                if newer || tied { winner = place }
            } else {
                winner = place
            }
        }
        bound.removeAll(keepingCapacity: true)
        try bind(entity.values)
        bound.append(overlay(of: entity)?.databaseValue ?? .null)
        bound.append(winner?.source.databaseValue ?? .null)
        bound.append(winner?.line.databaseValue ?? .null)
        bound.append(number.databaseValue)
        update.setUncheckedArguments(arguments())
        try update.execute()
        return Outcome(row: number, effect: .changed, conflicts: change.conflicts)
    }

    /// Whether the stored row, all of one age, says all that the bound record says, which is of the same age.
    private func saysNothingNew(_ row: Row) -> Bool {
        let overlay: DatabaseValue = row[reader.count]
        guard overlay.isNull else { return false }
        for index in 0..<reader.count where !bound[index + 1].isNull {
            let stored: DatabaseValue = row[index]
            if stored != bound[index + 1] { return false }
        }
        return layout.clockColumns.allSatisfy { index in
            let stored: DatabaseValue = row[index]
            return stored == bound[index + 1]
        }
    }

    /// Among records of the same age the first place names the entity. That is no news to anybody.
    private func settle(_ place: StoredPlace?, over stored: StoredPlace?, in row: Int64) throws -> Outcome.Effect {
        guard let place else { return .unchanged }
        if let stored, !sources.precedes(place, stored) { return .unchanged }
        try movePlace.execute(arguments: [place.source, place.line, row])
        return .unchanged
    }

    // MARK: - Columns

    /// The times that differ from the entity's age, as a JSON object by column; nil when there is none.
    private func overlay(of entity: Observation) -> String? {
        let clocks = layout.clocks(entity.values)
        var entries: [String] = []
        for (index, column) in layout.columns.enumerated()
        where !entity.values[index].isMissing && entity.times[index] != clocks[column.clock] {
            let time = entity.times[index]
            entries.append("\"\(column.name)\":\(time == Observation.noTime ? "null" : String(time))")
        }
        return entries.isEmpty ? nil : "{" + entries.joined(separator: ",") + "}"
    }

    /// Binds the values of the table's columns.
    private func bind(_ values: [FieldValue]) throws {
        for column in layout.stored { bound.append(try encode(values[column], layout.columns[column].storage)) }
        guard !layout.grouped.isEmpty else { return }
        let profile = try texts.profiles.number(of: layout.grouped.map { values[$0] })
        bound.append(profile?.databaseValue ?? .null)
    }

    /// What is bound. GRDB goes through existentials several times as fast as through a generic sequence of values.
    private func arguments() -> StatementArguments {
        StatementArguments(bound.map { $0 as (any DatabaseValueConvertible)? })
    }

    /// A value as its column holds it.
    func encoded(_ value: FieldValue, column: Int) throws -> DatabaseValue {
        try encode(value, layout.columns[column].storage)
    }

    private func encode(_ value: FieldValue, _ storage: EntityLayout.Storage) throws -> DatabaseValue {
        switch value {
        case .missing: .null
        case .text(let text):
            switch storage {
            case .shared: try texts.number(of: text).databaseValue
            case .sharedLines: try texts.numbers(ofLines: text).databaseValue
            case .plain, .instant, .grouped: text.databaseValue
            }
        case .number(let number): number.databaseValue
        case .timestamp(let instant): instant.milliseconds.databaseValue
        case .guid(let guid): guid.databaseValue
        }
    }
}

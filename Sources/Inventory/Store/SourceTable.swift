import ActivationModel
import GRDB

/// A file (row of the `source` table) and a line in it.
struct StoredPlace: Equatable {
    var source: Int64
    var line: Int64
}

/// The `source` table: the files that facts come from. They are few, so all are held.
final class SourceTable {
    private var names: [Int64: String] = [:]
    private var numbers: [String: Int64] = [:]
    private let database: Database

    init(_ database: Database) throws {
        self.database = database
        let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM source")
        while let row = try rows.next() {
            let number: Int64 = row[0]
            let name: String = row[1]
            names[number] = name
            numbers[name] = number
        }
    }

    /// The number of a file, which is added if it is new.
    func number(of name: String) throws -> Int64 {
        if let number = numbers[name] { return number }
        try database.execute(sql: "INSERT INTO source(name) VALUES (?)", arguments: [name])
        let number = database.lastInsertedRowID
        names[number] = name
        numbers[name] = number
        return number
    }

    /// The name of a file.
    func name(of number: Int64) -> String? { names[number] }

    /// The order of places, by file name and line: the same whatever order the files were imported in.
    func precedes(_ left: StoredPlace, _ right: StoredPlace) -> Bool {
        if left.source == right.source { return left.line < right.line }
        return (names[left.source] ?? "", left.line) < (names[right.source] ?? "", right.line)
    }

    /// The place as records and findings name it.
    func reference(_ place: StoredPlace?) -> SourceReference? {
        guard let place, let name = names[place.source] else { return nil }
        return SourceReference(file: name, line: Int(place.line))
    }
}

extension SourceTable {
    /// Inserts a row, or moves the place of the row that is there already to the earlier of the two places.
    ///
    /// `unique` are the columns that tell rows apart. Returns the number of the row, and whether it is new.
    func insert(
        into table: String, _ values: KeyValuePairs<String, DatabaseValue>, unique: [String], place: StoredPlace,
        _ database: Database
    ) throws -> (row: Int64, isNew: Bool) {
        let columns = values.map(\.key) + ["source", "line"]
        let arguments = values.map(\.value) + [place.source.databaseValue, place.line.databaseValue]
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO \(table)(\(columns.joined(separator: ", ")))
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", "))) ON CONFLICT DO NOTHING
                """)
        try insert.execute(arguments: StatementArguments(arguments))
        if database.changesCount > 0 { return (database.lastInsertedRowID, true) }
        let keys = values.filter { unique.contains($0.key) }
        let find = try database.cachedStatement(
            sql: """
                SELECT id, source, line FROM \(table) WHERE \(keys.map { "\($0.key) = ?" }.joined(separator: " AND "))
                """)
        guard let row = try Row.fetchOne(find, arguments: StatementArguments(keys.map(\.value))) else {
            throw DatabaseError(message: "a row of \(table) is refused, though no other row is like it")
        }
        if precedes(place, StoredPlace(source: row[1], line: row[2])) {
            try database.execute(
                sql: "UPDATE \(table) SET source = ?, line = ? WHERE id = ?",
                arguments: [place.source, place.line, row[0] as Int64])
        }
        return (row[0], false)
    }
}

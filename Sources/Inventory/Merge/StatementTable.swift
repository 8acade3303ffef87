import GRDB

/// Which files state the rows of one table of people's statements (purchases, tags).
///
/// Invariant: every row is stated by a file at least, and its `source` and `line` are the earliest of its statements, by
/// the file's name and the line. So the table is a function of the newest version of every file, whatever the order and
/// repetition of imports.
final class StatementTable {
    private let database: Database
    private let table: String
    private let source: Int64
    private let number: Int64
    /// Whether the file stated rows when it was imported before.
    private let isKnown: Bool
    private let state: Statement

    /// `table` is the table whose rows are stated; `source` is the file that is imported now.
    init(_ database: Database, table: String, source: Int64) throws {
        self.database = database
        self.table = table
        self.source = source
        number = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM import") ?? 1
        isKnown =
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS(SELECT 1 FROM \(table)_statement WHERE source = ?)", arguments: [source])
            ?? false
        state = try database.makeStatement(
            sql: """
                INSERT INTO \(table)_statement(row, source, line, import) VALUES (?, ?, ?, ?)
                ON CONFLICT(row, source) DO UPDATE SET
                    line = CASE WHEN import = excluded.import THEN min(line, excluded.line) ELSE excluded.line END,
                    import = excluded.import
                """)
    }

    /// Notes that the file states a row.
    func add(_ row: Int64, line: Int64) throws { try state.execute(arguments: [row, source, line, number]) }

    /// Takes back what an earlier version of the file stated and this one does not. A row that another file states stays.
    /// Returns how many statements were taken back.
    func replaceEarlier() throws -> Int {
        guard isKnown else { return 0 }
        try database.execute(
            sql: "DELETE FROM \(table)_statement WHERE source = ? AND import <> ?", arguments: [source, number])
        let count = database.changesCount
        if count > 0 {
            try database.execute(
                sql: "DELETE FROM \(table) WHERE id NOT IN (SELECT row FROM \(table)_statement)")
        }
        try database.execute(
            sql: """
                UPDATE \(table) SET (source, line) = (
                    SELECT stated.source, stated.line FROM \(table)_statement AS stated
                    JOIN source ON source.id = stated.source
                    WHERE stated.row = \(table).id ORDER BY source.name, stated.line LIMIT 1)
                WHERE source = ?1 OR id IN (SELECT row FROM \(table)_statement WHERE source = ?1)
                """, arguments: [source])
        return count
    }
}

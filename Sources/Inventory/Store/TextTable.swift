import GRDB

/// The `text` table: texts that many rows share, each held once.
///
/// Invariant: the two caches hold at most `limit` entries each, so that a file with ever new texts costs time, not
/// memory.
final class TextTable {
    /// Texts that always come together.
    let profiles: ProfileTable
    private let find: Statement
    private let insert: Statement
    private let fetch: Statement
    private let database: Database
    private let limit: Int
    private var numbers: [String: (number: Int64, text: String)] = [:]
    private var texts: [Int64: String] = [:]

    init(_ database: Database, limit: Int = 20_000) throws {
        self.database = database
        self.limit = limit
        profiles = try ProfileTable(database)
        find = try database.makeStatement(sql: "SELECT id FROM text WHERE value = ?")
        insert = try database.makeStatement(sql: "INSERT INTO text(value) VALUES (?)")
        fetch = try database.makeStatement(sql: "SELECT value FROM text WHERE id = ?")
    }

    /// The number of a text, which is added if it is new.
    func number(of text: String) throws -> Int64 {
        // Swift takes different bytes of one text for equal; the table must not.
        if let known = numbers[text], known.text.utf8.elementsEqual(text.utf8) { return known.number }
        let number: Int64
        if let known = try Int64.fetchOne(find, arguments: [text]) {
            number = known
        } else {
            try insert.execute(arguments: [text])
            number = database.lastInsertedRowID
        }
        remember(text, number)
        return number
    }

    /// The text of a number.
    func text(of number: Int64) throws -> String? {
        if let text = texts[number] { return text }
        guard let text = try String.fetchOne(fetch, arguments: [number]) else { return nil }
        remember(text, number)
        return text
    }

    /// The numbers of the lines of a text, divided by blanks.
    func numbers(ofLines text: String) throws -> String {
        try text.split(separator: "\n").map { String(try number(of: String($0))) }.joined(separator: " ")
    }

    /// The text whose lines have these numbers.
    func lines(of numbers: String) throws -> String {
        try numbers.split(separator: " ").compactMap { try Int64($0).flatMap(text(of:)) }.joined(separator: "\n")
    }

    private func remember(_ text: String, _ number: Int64) {
        if numbers.count >= limit { numbers.removeAll(keepingCapacity: true) }
        if texts.count >= limit { texts.removeAll(keepingCapacity: true) }
        numbers[text] = (number, text)
        texts[number] = text
    }
}

import ActivationModel
import GRDB

/// Under which agreements keys stand, and which files say so.
///
/// Invariant: of a key that a file states, what the newest version of the file says counts. What other files say stays. So
/// a key stands under every agreement that a file names, and a list that is corrected and imported again takes back its own
/// mistake.
final class AgreementTable {
    private let database: Database
    private let source: Int64
    private let number: Int64
    private let find: Statement
    private let state: Statement
    /// Rows of keys that this import put under an agreement.
    private var changed: Set<Int64> = []

    /// `source` is the file that is imported.
    init(_ database: Database, source: Int64) throws {
        self.database = database
        self.source = source
        number = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) + 1 FROM import") ?? 1
        find = try database.makeStatement(
            sql: "SELECT EXISTS(SELECT 1 FROM key_agreement WHERE license_key = ? AND agreement = ?)")
        state = try database.makeStatement(
            sql: """
                INSERT INTO key_agreement(license_key, agreement, source, line, import) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT(license_key, agreement, source) DO UPDATE SET
                    line = CASE WHEN import = excluded.import THEN min(line, excluded.line) ELSE excluded.line END,
                    import = excluded.import
                """)
    }

    /// Notes that the file states an agreement of a key. Returns whether no file did so before.
    func add(_ agreement: String, ofKey row: Int64, line: Int64) throws -> Bool {
        let isKnown = try Bool.fetchOne(find, arguments: [row, agreement]) ?? false
        try state.execute(arguments: [row, agreement, source, line, number])
        if !isKnown { changed.insert(row) }
        return !isKnown
    }

    /// Takes back what an earlier version of the file said about keys that this one states, and tells which keys stand under
    /// several agreements now. Call it once at the end of the file.
    func finish(into diagnostics: inout DiagnosticCollector) throws {
        try database.execute(
            sql: """
                DELETE FROM key_agreement WHERE source = ?1 AND import <> ?2 AND license_key IN (
                    SELECT license_key FROM key_agreement WHERE source = ?1 AND import = ?2)
                """, arguments: [source, number])
        if database.changesCount > 0 {
            diagnostics.report(
                .note, "inventory.agreements.replaced",
                "Took back \(database.changesCount) agreements of keys that an earlier version of this file named.",
                remedy: "Give the new list another name if it was to add to the earlier one.")
        }
        for row in changed.sorted() { try report(row, into: &diagnostics) }
    }

    private func report(_ row: Int64, into diagnostics: inout DiagnosticCollector) throws {
        let agreements = try AgreementTable.agreements(database, ofKey: row)
        guard agreements.count > 1 else { return }
        let partial = try String.fetchOne(
            database, sql: "SELECT partial_key FROM license_key WHERE id = ?", arguments: [row])
        let names = agreements.map { agreement in
            agreement.source.map { "\(agreement.name) (\($0.file), line \($0.line))" } ?? agreement.name
        }
        let own = agreements.last { $0.source?.file == diagnostics.file }?.source?.line
        diagnostics.report(
            .note, "inventory.key.agreements", line: own,
            "The key \(partial.map { "ending in \($0)" } ?? "without text") stands under agreements \(Phrase.list(names)).",
            remedy:
                "Plans count its activations under one of them; name that one as agreement: under keys: in the policy.")
    }

    // MARK: - Reading

    /// The agreements of one row of a key, each once, ordered by name.
    private static func agreements(_ database: Database, ofKey row: Int64) throws -> [KeyAgreement] {
        try read(database, where: "license_key = \(row)")[row] ?? []
    }

    /// The agreements by the rows of keys.
    static func agreements(_ database: Database) throws -> [Int64: [KeyAgreement]] {
        // An older store that may only be read has no such table.
        guard try database.tableExists("key_agreement") else { return [:] }
        return try read(database, where: "TRUE")
    }

    private static func read(_ database: Database, where condition: String) throws -> [Int64: [KeyAgreement]] {
        var found: [Int64: [KeyAgreement]] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT license_key, agreement, source.name, line FROM key_agreement
                JOIN source ON source.id = key_agreement.source WHERE \(condition) ORDER BY source.name, line, agreement
                """)
        while let row = try rows.next() {
            found[row[0], default: []].append(
                KeyAgreement(name: row[1], source: SourceReference(file: row[2], line: row[3])))
        }
        return found.mapValues(joined)
    }

    /// Each agreement once, as its first place writes it, ordered by name. Case does not tell agreements apart.
    static func joined(_ agreements: [KeyAgreement]) -> [KeyAgreement] {
        let byPlace = agreements.sorted { left, right in
            guard let first = left.source, let second = right.source, first != second else {
                return left.name < right.name
            }
            return first < second
        }
        var names: Set<String> = []
        return byPlace.filter { names.insert($0.name.lowercased()).inserted }.sorted { $0.name < $1.name }
    }
}

import ActivationModel
import GRDB

/// The tables of recorded plans.
///
/// Words that many rows share stand in the `text` table; the name of a computer stands in its row.
struct PlanTable {
    private let database: Database
    private let texts: TextTable

    init(_ database: Database) throws {
        self.database = database
        texts = try TextTable(database)
    }

    /// Whether the store has the tables. A store of an earlier version that may not be written has none.
    static func exists(in database: Database) throws -> Bool { try database.tableExists("planned_run") }

    // MARK: - Runs

    private static let selection = """
        SELECT id, sha256, file, as_of, expires, recorded, released,
            (SELECT count(*) FROM planned_assignment WHERE run = planned_run.id)
        FROM planned_run
        """

    static func runs(_ database: Database) throws -> [PlannedRun] {
        guard try exists(in: database) else { return [] }
        return try Row.fetchAll(database, sql: selection + " ORDER BY id").map { try run($0, database) }
    }

    static func run(_ database: Database, id: Int64) throws -> PlannedRun? {
        try Row.fetchOne(database, sql: selection + " WHERE id = ?", arguments: [id]).map { try run($0, database) }
    }

    static func run(_ database: Database, sha256: String) throws -> PlannedRun? {
        try Row.fetchOne(database, sql: selection + " WHERE sha256 = ?", arguments: [sha256])
            .map { try run($0, database) }
    }

    private static func run(_ row: Row, _ database: Database) throws -> PlannedRun {
        let id: Int64 = row[0]
        let counts = try Row.fetchAll(
            database,
            sql: """
                SELECT value, remaining, read_at FROM planned_key JOIN text ON text.id = license_key
                WHERE run = ? ORDER BY value
                """, arguments: [id]
        ).map { row in
            PlannedRun.KeyCount(
                key: row[0], remaining: row[1],
                readAt: (row[2] as Int64?).map { Timestamp(milliseconds: $0) })
        }
        var run = PlannedRun(
            sha256: row[1], file: row[2], asOf: Day(ordinal: row[3]), expires: Day(ordinal: row[4]),
            recorded: Day(ordinal: row[5]), keyCounts: counts)
        run.id = id
        run.released = (row[6] as Int32?).map { Day(ordinal: $0) }
        run.assignments = row[7]
        return run
    }

    /// Inserts a plan and gives it as stored.
    func insert(
        _ plan: PlannedRun, keys: [KeyReference], _ assignments: some Sequence<StoredAssignment>
    ) throws -> PlannedRun {
        try database.execute(
            sql: "INSERT INTO planned_run(sha256, file, as_of, expires, recorded) VALUES (?, ?, ?, ?, ?)",
            arguments: [plan.sha256, plan.file, plan.asOf.ordinal, plan.expires.ordinal, plan.recorded.ordinal])
        var stored = plan
        stored.id = database.lastInsertedRowID
        stored.keyCounts.sort { $0.key < $1.key }
        var numbers: [String: Int64] = [:]
        for count in stored.keyCounts {
            let number = try texts.number(of: count.key)
            numbers[count.key] = number
            try database.execute(
                sql: "INSERT INTO planned_key(run, license_key, remaining, read_at) VALUES (?, ?, ?, ?)",
                arguments: [
                    stored.id, number, count.remaining, count.readAt?.milliseconds,
                ])
        }
        try PlannedKeys(database).note(keys, numbers: numbers, of: stored.id)
        let insert = try database.makeStatement(
            sql: """
                INSERT INTO planned_assignment(
                    run, ordinal, computer, program, year, decision, license_key, partial_key, tier, wave, day)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for assignment in assignments {
            try insert.execute(arguments: [
                stored.id, stored.assignments, assignment.computer, try texts.number(of: assignment.program),
                assignment.year, try texts.number(of: assignment.decision), try texts.number(of: assignment.key),
                try assignment.partialKey.map { try texts.number(of: $0) }, assignment.tier,
                try assignment.wave.map { try texts.number(of: $0) }, assignment.day?.ordinal,
            ])
            stored.assignments += 1
        }
        return stored
    }

    // MARK: - Assignments

    func assignments(of run: Int64, renamedKeys: [String: String]) throws -> [StoredAssignment] {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT computer, program, year, decision, license_key, partial_key, tier, wave, day
                FROM planned_assignment WHERE run = ? ORDER BY ordinal
                """, arguments: [run])
        var assignments: [StoredAssignment] = []
        while let row = try rows.next() {
            func word(_ column: Int) throws -> String? {
                try (row[column] as Int64?).flatMap { try texts.text(of: $0) }
            }
            guard let program = try word(1), let decision = try word(3), let key = try word(4) else {
                throw DatabaseError(
                    resultCode: .SQLITE_CORRUPT, message: "a recorded plan refers to a text that is not there")
            }
            assignments.append(
                StoredAssignment(
                    computer: row[0], program: program, year: row[2], decision: decision,
                    key: renamedKeys[key] ?? key,
                    partialKey: try word(5), tier: row[6], wave: try word(7),
                    day: (row[8] as Int32?).map { Day(ordinal: $0) }))
        }
        return assignments
    }
}

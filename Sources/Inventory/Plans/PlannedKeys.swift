import ActivationModel
import GRDB

/// Which keys of the store the recorded plans speak of.
///
/// A plan names keys by their ids, which change when more becomes known about a key. So with a recorded plan the store keeps
/// the rows of the keys, which stay, and tells the present id of the key that has them.
struct PlannedKeys {
    private let database: Database
    private let ids: [String]
    private let rows: [[Int64]]
    private var keyOfRow: [Int64: Int] = [:]
    private let register: KeyRegister

    init(_ database: Database) throws {
        self.database = database
        var findings = FindingCounter()
        let loader = try KeyLoader(database, texts: FleetTexts(database))
        let clusters = try loader.clustersWithReadings(&findings).map(\.cluster)
        ids = KeyLoader.ids(of: clusters)
        rows = clusters.map(\.rows)
        for (position, rows) in rows.enumerated() {
            for row in rows { keyOfRow[row] = position }
        }
        register = KeyRegister(
            zip(ids, clusters).map { id, cluster in
                KeyReference(
                    id: id, partialKey: cluster.partialKey.flatMap { PartialProductKey($0) },
                    extendedPID: cluster[.extendedPID].text)
            })
    }

    /// Whether the store has the table. A store of an earlier version that may not be written has none.
    private static func exists(in database: Database) throws -> Bool {
        try database.tableExists("planned_key_row")
    }

    /// Notes the rows of the keys that a plan names; `numbers` are those of the ids in the `text` table.
    func note(_ references: [KeyReference], numbers: [String: Int64], of run: Int64) throws {
        let positions = Dictionary(zip(ids, ids.indices)) { first, _ in first }
        for reference in references {
            guard let number = numbers[reference.id], let id = register.id(of: reference), let position = positions[id]
            else { continue }
            for row in rows[position] {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO planned_key_row(run, license_key, row) VALUES (?, ?, ?)",
                    arguments: [run, number, row])
            }
        }
    }

    /// The run with the ids that its keys have now.
    func renamed(_ run: PlannedRun) throws -> PlannedRun {
        let noted = try notedRows(of: run.id)
        var run = run
        for count in run.keyCounts {
            let id =
                noted[count.key].map { present(count.key, rows: $0) } ?? register.id(of: KeyReference(id: count.key))
            if let id, id != count.key { run.renamedKeys[count.key] = id }
        }
        guard !run.renamedKeys.isEmpty else { return run }
        var counts: [String: PlannedRun.KeyCount] = [:]
        for var count in run.keyCounts {
            count.key = run.renamedKeys[count.key] ?? count.key
            // Of two counts of what is one key the newer one is what the plan could know best.
            if let other = counts[count.key], !PlannedKeys.isNewer(count, than: other) { continue }
            counts[count.key] = count
        }
        run.keyCounts = counts.values.sorted { $0.key < $1.key }
        return run
    }

    private func notedRows(of run: Int64) throws -> [String: [Int64]] {
        guard try PlannedKeys.exists(in: database) else { return [:] }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT value, row FROM planned_key_row JOIN text ON text.id = license_key WHERE run = ?
                ORDER BY value, row
                """, arguments: [run])
        var found: [String: [Int64]] = [:]
        while let row = try rows.next() { found[row[0], default: []].append(row[1]) }
        return found
    }

    /// The present id of the key that has the rows. Rows that have become several keys since are the one that kept the id,
    /// else the one with the most of them.
    private func present(_ id: String, rows: [Int64]) -> String? {
        var counts: [Int: Int] = [:]
        for row in rows { keyOfRow[row].map { counts[$0, default: 0] += 1 } }
        if counts.keys.contains(where: { ids[$0] == id }) { return id }
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map { ids[$0.key] }
    }

    private static func isNewer(_ left: PlannedRun.KeyCount, than right: PlannedRun.KeyCount) -> Bool {
        func rank(_ count: PlannedRun.KeyCount) -> (Int, Int64, Int) {
            (count.remaining == nil ? 0 : 1, count.readAt?.milliseconds ?? .min, -(count.remaining ?? 0))
        }
        return rank(left) > rank(right)
    }
}

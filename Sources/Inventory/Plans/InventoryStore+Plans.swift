import ActivationModel
import GRDB

extension InventoryStore {
    /// Records a plan with the activations that it gives to computers, in one transaction.
    ///
    /// A document that is recorded already is not recorded again: its record gets the new day of expiry, and is in force
    /// again when it was released.
    ///
    /// - Parameter keys: what the document says about its keys; they are then found again whatever becomes known about them.
    /// - Returns: the record as it is now stored, and whether it is new.
    /// - Throws: `InventoryError`.
    public func recordPlan(
        _ plan: PlannedRun, keys: [KeyReference] = [], _ assignments: some Sequence<StoredAssignment>
    ) throws -> (run: PlannedRun, isNew: Bool) {
        try InventoryError.translating(path: path) {
            try queue.write { database in
                if let known = try PlanTable.run(database, sha256: plan.sha256) {
                    try database.execute(
                        sql: "UPDATE planned_run SET expires = ?, released = NULL WHERE id = ?",
                        arguments: [plan.expires.ordinal, known.id])
                    return (try PlanTable.run(database, id: known.id) ?? known, false)
                }
                let stored = try PlanTable(database).insert(plan, keys: keys, assignments)
                return (stored, true)
            }
        }
    }

    /// All recorded plans, oldest record first. Their keys have the ids of the present inventory.
    ///
    /// - Throws: `InventoryError`.
    public func plannedRuns() throws -> [PlannedRun] {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                let runs = try PlanTable.runs(database)
                guard !runs.isEmpty else { return [] }
                let keys = try PlannedKeys(database)
                return try runs.map { try keys.renamed($0) }
            }
        }
    }

    /// The activations that a recorded plan gives to computers, in the order of its document.
    ///
    /// - Parameter renamedKeys: present ids of keys, as `PlannedRun` has them.
    /// - Throws: `InventoryError`.
    public func assignments(ofPlan id: Int64, renamedKeys: [String: String] = [:]) throws -> [StoredAssignment] {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                guard try PlanTable.exists(in: database) else { return [] }
                return try PlanTable(database).assignments(of: id, renamedKeys: renamedKeys)
            }
        }
    }

    /// Lets go of what a recorded plan holds. Releasing it twice keeps the first day.
    ///
    /// - Returns: the record; nil when there is none of that number.
    /// - Throws: `InventoryError`.
    public func releasePlan(_ id: Int64, on day: Day) throws -> PlannedRun? {
        try InventoryError.translating(path: path) {
            try queue.write { database in
                try database.execute(
                    sql: "UPDATE planned_run SET released = ? WHERE id = ? AND released IS NULL",
                    arguments: [day.ordinal, id])
                return try PlanTable.run(database, id: id)
            }
        }
    }
}

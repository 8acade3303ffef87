import ActivationModel
import ESUPrograms
import Inventory
import Planning
import Reporting

/// The recorded plans of a store in the terms of planning.
struct Ledger {
    let runs: [PlannedRun]
    private let store: InventoryStore

    init(_ store: InventoryStore) throws {
        self.store = store
        runs = try store.plannedRuns()
    }

    /// What the plans in force hold on a day, and what was done by any plan; nil when there is no such plan.
    func held(on day: Day, fleet: Fleet, catalog: ProgramCatalog) throws -> HeldActivations? {
        let readings = Dictionary(
            fleet.keys.map { ($0.id, $0.reading(on: day)) }, uniquingKeysWith: { first, _ in first })
        let plans = try runs.filter { $0.isInForce(on: day) || isMissing($0, in: readings) }.map {
            try recorded($0, ended: $0.isInForce(on: day) ? nil : $0.ended)
        }
        return plans.isEmpty ? nil : HeldActivations(plans, fleet: fleet, catalog: catalog, asOf: day)
    }

    /// Whether a plan that has ended may have spent activations that the counts of its keys do not contain. Where all counts
    /// were read after its end, there is no need to look at its computers.
    private func isMissing(_ run: PlannedRun, in readings: [String: Reading?]) -> Bool {
        run.keyCounts.contains { count in
            guard let reading = readings[count.key] ?? nil else { return false }
            return reading.readAt.map { $0 < Timestamp(run.ended) } ?? true
        }
    }

    /// How far each plan has got. One that is not in force any more is looked at alone.
    func progress(on day: Day, fleet: Fleet, catalog: ProgramCatalog) throws -> [Int64: RecordedProgress] {
        var progress = try held(on: day, fleet: fleet, catalog: catalog)?.progress ?? [:]
        for run in runs where !run.isInForce(on: day) {
            let alone = HeldActivations([try recorded(run, ended: nil)], fleet: fleet, catalog: catalog, asOf: day)
            progress[run.id] = alone.progress[run.id]
        }
        return progress
    }

    private func recorded(_ run: PlannedRun, ended: Day?) throws -> RecordedPlan {
        RecordedPlan(
            id: run.id, asOf: run.asOf,
            counts: Dictionary(
                uniqueKeysWithValues: run.keyCounts.map {
                    ($0.key, RecordedPlan.Count(remaining: $0.remaining, readAt: $0.readAt))
                }),
            assignments: try store.assignments(ofPlan: run.id, renamedKeys: run.renamedKeys).compactMap { stored in
                guard let decision = Decision(token: stored.decision) else { return nil }
                return PlannedAssignment(
                    computer: stored.computer, target: ProgramTarget(program: stored.program, year: stored.year),
                    decision: decision, key: stored.key, partialKey: stored.partialKey, tier: stored.tier,
                    wave: stored.wave, day: stored.day)
            }, expires: run.expires, ended: ended)
    }
}

extension PlanRecordsReport {
    /// The recorded plans of a store on a day; with `only` one of them.
    init(_ store: InventoryStore, on day: Day, fleet: Fleet, catalog: ProgramCatalog, only: Int64? = nil) throws {
        let ledger = try Ledger(store)
        let progress = try ledger.progress(on: day, fleet: fleet, catalog: catalog)
        self.init(
            asOf: day,
            plans: ledger.runs.filter { only == nil || $0.id == only }.map { run in
                Plan(
                    id: run.id, file: run.file, sha256: run.sha256, asOf: run.asOf, recorded: run.recorded,
                    expires: run.expires, released: run.released, isInForce: run.isInForce(on: day),
                    assignments: run.assignments, progress: progress[run.id] ?? RecordedProgress())
            })
    }
}

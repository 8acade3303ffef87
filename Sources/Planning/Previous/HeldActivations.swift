import ActivationModel
import ESUPrograms

/// The activations that recorded plans hold: which are still to be done, and which are done but not yet part of the
/// count of their key.
///
///     let held = HeldActivations(recordedPlans, fleet: fleet, catalog: catalog, asOf: day)
///     let plan = try planner.plan(fleet, held: held)
///
/// An activation is held until its computer is seen as licensed for the target. From then on it lessens what a key has
/// left only until the key's count contains it: a count that was read when the computer was licensed already does, one
/// that the plan itself went by does not, and for one read in between the drop of the count since the plan tells.
///
/// It is an activation of the key that the licensed row shows, whichever key was planned. A record that has ended holds
/// nothing, but what was done by it is spent all the same.
///
/// Invariant: a computer holds at most one activation per target, that of its newest record in force; `holds` of a target
/// are ordered by computer.
public struct HeldActivations: Sendable {
    /// An activation that is held and not seen as done.
    struct Hold: Sendable, Hashable {
        /// The first computer of that name; `Int32.max` when the inventory has none any more.
        var computer: Int32
        /// A position in `keys`.
        var key: Int32
        /// A position in `records`.
        var record: Int32
    }

    /// The ids of the keys that recorded plans name, in the order of first use.
    private(set) var keys: [String] = []
    /// All records, ordered by age.
    private(set) var records: [HoldingRecord] = []
    private(set) var holds: [ProgramTarget: [Hold]] = [:]
    /// Per key id: activations that are held and not seen as done.
    public private(set) var heldPerKey: [String: Int] = [:]
    /// Per key id: activations that are done, but not yet part of the key's count.
    public private(set) var uncountedPerKey: [String: Int] = [:]
    /// Per record.
    public private(set) var progress: [Int64: RecordedProgress] = [:]

    /// Nothing is held.
    public init() {}

    /// Compares recorded plans with the inventory.
    ///
    /// - Parameters:
    ///   - plans: all recorded plans, also those that have ended, in any order; of two for the same day the later record
    ///     is the newer.
    ///   - fleet: the inventory.
    ///   - asOf: the day on which keys have the counts that their readings show.
    /// - Complexity: linear in computers and assignments when both are ordered by name, as the store gives them.
    public init(_ plans: [RecordedPlan], fleet: Fleet, catalog: ProgramCatalog, asOf: Day) {
        self.init()
        guard plans.contains(where: { !$0.assignments.isEmpty }) else {
            for plan in plans { progress[plan.id] = RecordedProgress() }
            return
        }
        var review = HoldReview(plans, fleet: fleet, catalog: catalog, asOf: asOf)
        review.run()
        keys = review.keys
        records = review.records
        holds = review.holds
        progress = review.progress
        heldPerKey = review.heldPerKey
        uncountedPerKey = review.uncountedPerKey
    }

    /// The records that hold activations for computers of a target, per key id, each ordered by age.
    func holders(of target: ProgramTarget) -> [String: [HoldingRecord]] {
        var found: [Int32: Set<Int32>] = [:]
        for hold in holds[target] ?? [] { found[hold.key, default: []].insert(hold.record) }
        return Dictionary(
            uniqueKeysWithValues: found.map { key, numbers in
                (keys[Int(key)], numbers.sorted().map { records[Int($0)] })
            })
    }

    /// Per key id: what recorded plans take away from the key's count.
    public var pendingPerKey: [String: Int] { heldPerKey.merging(uncountedPerKey) { $0 + $1 } }
}

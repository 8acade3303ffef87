import ActivationModel
import ESUPrograms

/// The keys of which recorded plans hold an activation for computers of one target.
///
/// Computers are to be asked for in the order of the fleet. Of several computers of one name, those that compete get what is
/// held, the first ones first.
struct HeldKeys {
    private let holds: [HeldActivations.Hold]
    /// Per key of `HeldActivations`: its position in `KeyChoices.planned`; -1 when it cannot be used any more.
    private let positions: [Int32]
    private let ids: [String]
    let records: [HoldingRecord]
    /// Per key id: the records that hold activations of it.
    let holders: [String: [HoldingRecord]]
    /// Per key of `HeldActivations`: how many activations nobody has taken.
    private var open: [Int]
    private var next = 0
    /// How many computers took what is held for them.
    private(set) var taken = 0
    /// Per usable key: how many activations are held.
    private(set) var count: [Int]

    init(_ held: HeldActivations, target: PlanTarget, keys: KeyChoices) {
        holds = held.holds[target.target] ?? []
        ids = held.keys
        records = held.records
        holders = held.holders(of: target.target)
        open = [Int](repeating: 0, count: ids.count)
        for hold in holds { open[Int(hold.key)] += 1 }
        count = [Int](repeating: 0, count: keys.planned.count)
        var known: [String: Int32] = [:]
        for (position, planned) in keys.planned.enumerated() where planned.key.license == target.license {
            known[planned.key.id] = Int32(position)
        }
        positions = held.keys.map { known[$0] ?? -1 }
        for hold in holds {
            let position = positions[Int(hold.key)]
            if position >= 0 { count[Int(position)] += 1 }
        }
    }

    /// How many activations are held for computers that do not compete.
    var unclaimed: Int { holds.count - taken }

    /// The same per key id; keys of which nothing is left are missing.
    var unclaimedPerKey: [String: Int] {
        Dictionary(
            uniqueKeysWithValues: zip(ids, open).filter { $0.1 > 0 })
    }

    /// What is held for the computer at a position, which competes: the key as a position in `KeyChoices.planned`, or -1 for
    /// one that cannot be used any more, and the record as a position in `records`; nil when nothing is held for it.
    mutating func take(at position: Int, in fleet: Fleet) -> (key: Int32, record: Int32)? {
        while next < holds.count, Int(holds[next].computer) <= position {
            let hold = holds[next]
            guard fleet.computers[Int(hold.computer)].name == fleet.computers[position].name else {
                next += 1
                continue
            }
            next += 1
            taken += 1
            open[Int(hold.key)] -= 1
            return (positions[Int(hold.key)], hold.record)
        }
        return nil
    }
}

import ActivationModel
import ESUPrograms

/// The keys that an earlier plan gave to the computers of one target.
struct PreviousKeys {
    /// Per computer of the fleet, the number of the key in the earlier plan; -1 for none.
    private let numberOf: [Int32]
    /// Per key of the earlier plan: its position in `KeyChoices.planned`, or -1 for one that cannot be used any more.
    private let positions: [Int32]

    init(_ plan: PreviousPlan, target: PlanTarget, keys: KeyChoices, fleet: Fleet) {
        var known: [String: Int32] = [:]
        for (position, planned) in keys.planned.enumerated() where planned.key.license == target.license {
            known[planned.key.id] = Int32(position)
        }
        positions = plan.keys.map { known[$0] ?? -1 }
        numberOf = plan.keys(for: target.target, of: fleet)
    }

    /// The key of the computer at a position of the fleet; nil when the earlier plan gave it none.
    subscript(computer: Int) -> Int32? { numberOf[computer] < 0 ? nil : positions[Int(numberOf[computer])] }
}

import ActivationModel
import ESUPrograms

/// The keys that an earlier plan gave to the computers of one target.
struct PreviousKeys {
    /// By name: the key as a position in `KeyChoices.planned`, or -1 for one that cannot be used any more.
    private var keyOf: [String: Int32] = [:]

    init(_ plan: PreviousPlan, target: PlanTarget, keys: KeyChoices) {
        var positions: [String: Int32] = [:]
        for (position, planned) in keys.planned.enumerated() where planned.key.license == target.license {
            positions[planned.key.id] = Int32(position)
        }
        for assignment in plan.assignments where assignment.target == target.target {
            guard assignment.decision.usesActivation, let key = assignment.key else { continue }
            keyOf[assignment.computer] = positions[key] ?? -1
        }
    }

    /// The key of a computer; nil when the earlier plan gave it none.
    subscript(name: String?) -> Int32? { name.flatMap { keyOf[$0] } }
}

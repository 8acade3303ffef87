import ActivationModel

/// Computers that compete although a recorded plan holds an activation for them: the plan cannot give them what is held.
struct UnusableHolds {
    private struct Count {
        var computers = 0
        var withAnotherKey = 0
        var first: TextID = .none
    }

    private var counts: [Count]

    init(records: Int) { counts = [Count](repeating: Count(), count: records) }

    /// Counts a computer, in the order of the fleet.
    mutating func count(_ computer: Computer, record: Int32, getsKey: Bool) {
        let index = Int(record)
        if counts[index].computers == 0 { counts[index].first = computer.name }
        counts[index].computers += 1
        if getsKey { counts[index].withAnotherKey += 1 }
    }

    /// A warning per record, as what it holds stays taken until somebody gives it back.
    func diagnostics(_ records: [HoldingRecord], target: PlanTarget, fleet: Fleet) -> [Diagnostic] {
        zip(records, counts).compactMap { record, count in
            guard count.computers > 0 else { return nil }
            let computers = count.computers == 1 ? "1 computer" : "\(count.computers) computers"
            let example = fleet[count.first].map { ", such as \($0)," } ?? ""
            let release = "'actkit plan release \(record.id)'"
            return Diagnostic(
                code: "plan.hold.unusable", severity: .warning, file: nil, line: nil,
                message:
                    "recorded plan \(record.id) holds activations of \(target.target) for \(computers)\(example) that this "
                    + "plan cannot give them, as the key, its scope or its licenses do not allow it any more; they stay held"
                    + (count.withAnotherKey > 0
                        ? ", and \(count.withAnotherKey) of these computers get another key, which makes two activations each"
                        : ""),
                remedy: count.withAnotherKey > 0
                    ? "Record this plan, which replaces the older record for them, or give back what that record holds: "
                        + "\(release)."
                    : "Give back what the record holds if it will not be carried out: \(release).")
        }
    }
}

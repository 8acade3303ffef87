import ActivationModel
import ESUPrograms

/// The tables of a plan while it is made: what repeats is stored once and referred to by number.
///
/// Invariant: no table holds the same element twice, and numbers are given in the order of first use; as computers are
/// visited in the order of their names, the tables do not depend on the order in which files were imported.
struct PlanTables {
    private var ruleNumbers: [String: UInt16] = [:]
    private var ruleIDs: [String] = []
    private(set) var ruleSets: [[UInt16]] = [[]]
    private var ruleSetSteps: [UInt64: UInt32] = [:]

    private var missingNumbers: [[Int32]: Int32] = [:]
    private(set) var missingLists: [[Int32]] = []
    private var procedureNumbers: [ActivationProcedure: Int32] = [:]
    private(set) var procedures: [ActivationProcedure] = []

    /// The set without rules.
    static let noRules: UInt32 = 0

    /// The set of a rule after those of another set; the same set when it names the rule already.
    mutating func rules(_ set: UInt32, adding id: String) -> UInt32 {
        let rule = ruleNumbers[id] ?? UInt16(ruleIDs.count)
        if Int(rule) == ruleIDs.count {
            ruleNumbers[id] = rule
            ruleIDs.append(id)
        }
        let step = UInt64(set) << 16 | UInt64(rule)
        if let next = ruleSetSteps[step] { return next }
        var next = set
        if !ruleSets[Int(set)].contains(rule) {
            next = UInt32(ruleSets.count)
            ruleSets.append(ruleSets[Int(set)] + [rule])
        }
        ruleSetSteps[step] = next
        return next
    }

    mutating func rules(_ set: UInt32, adding rule: PlannerRule) -> UInt32 { rules(set, adding: rule.rawValue) }

    mutating func missing(_ list: [Int32]) -> Int32 {
        if list.isEmpty { return -1 }
        if let number = missingNumbers[list] { return number }
        missingNumbers[list] = Int32(missingLists.count)
        missingLists.append(list)
        return Int32(missingLists.count - 1)
    }

    mutating func procedure(_ procedure: ActivationProcedure) -> Int32 {
        if let number = procedureNumbers[procedure] { return number }
        procedureNumbers[procedure] = Int32(procedures.count)
        procedures.append(procedure)
        return Int32(procedures.count - 1)
    }

    /// The rules in the order of their ids, and the sets that refer to that order.
    ///
    /// Two sets of the same rules may have been reached in different orders; both orders are kept, because they tell in
    /// which order the rules spoke.
    func orderedRules(_ rule: (String) -> ESURule) -> (rules: [ESURule], sets: [[UInt16]]) {
        let order = ruleIDs.indices.sorted { ruleIDs[$0] < ruleIDs[$1] }
        var renumbered = [UInt16](repeating: 0, count: ruleIDs.count)
        for (new, old) in order.enumerated() { renumbered[old] = UInt16(new) }
        return (order.map { rule(ruleIDs[$0]) }, ruleSets.map { $0.map { renumbered[Int($0)] } })
    }
}

import ActivationModel
import ESUPrograms

/// Which keys an earlier plan gave to computers, as far as a later plan looks back at it.
///
///     var plan = PreviousPlan(asOf: day)
///     let target = plan.number(of: ProgramTarget(program: "windows-7", year: 2))
///     let key = plan.number(ofKey: id)
///     for name in names { plan.append(name.utf8, target: target, key: key) }
///
/// Invariant: an assignment takes 16 bytes and its name; no text is held per computer.
public struct PreviousPlan: Sendable {
    /// The day the earlier plan was made for.
    public let asOf: Day
    private(set) var targets: [ProgramTarget] = []
    /// The ids of the keys.
    private(set) var keys: [String] = []
    private var names: [UInt8] = []
    private var assignments: [Assignment] = []
    private var isOrdered = true
    private var targetNumbers: [ProgramTarget: Int] = [:]
    private var keyNumbers: [String: Int] = [:]

    private struct Assignment {
        var nameStart: UInt32
        var nameLength: UInt16
        var target: UInt16
        var key: UInt32
    }

    /// Makes a plan that gave no activation.
    public init(asOf: Day) { self.asOf = asOf }

    /// Makes a previous plan. Only assignments that use an activation of a key count.
    ///
    /// - Parameter assignments: one element per computer and target, in any order.
    public init(asOf: Day, assignments: [PlannedAssignment]) {
        self.init(asOf: asOf)
        for assignment in assignments where assignment.decision.usesActivation {
            guard let key = assignment.key else { continue }
            append(
                Array(assignment.computer.utf8)[...], target: number(of: assignment.target), key: number(ofKey: key))
        }
    }

    /// The number of a target, for `append`.
    public mutating func number(of target: ProgramTarget) -> Int {
        if let number = targetNumbers[target] { return number }
        targetNumbers[target] = targets.count
        targets.append(target)
        return targets.count - 1
    }

    /// The number of a key, for `append`.
    public mutating func number(ofKey key: String) -> Int {
        if let number = keyNumbers[key] { return number }
        keyNumbers[key] = keys.count
        keys.append(key)
        return keys.count - 1
    }

    /// Adds an activation of a key that a computer was given. It is cheapest in the order of the names' bytes.
    ///
    /// - Parameters:
    ///   - name: as plan documents write it: the full DNS name in lower case, else the single name; a name of more than
    ///     65,535 bytes is none of a computer and is left out.
    ///   - target: a number of `number(of:)`.
    ///   - key: a number of `number(ofKey:)`.
    public mutating func append(_ name: ArraySlice<UInt8>, target: Int, key: Int) {
        guard name.count <= Int(UInt16.max), names.count + name.count <= Int(UInt32.max) else { return }
        var start = names.count
        if let last = assignments.last {
            let own = self.name(last)
            if own == name {
                start = Int(last.nameStart)
            } else if name.lexicographicallyPrecedes(own) {
                isOrdered = false
            }
        }
        if start == names.count { names.append(contentsOf: name) }
        assignments.append(
            Assignment(
                nameStart: UInt32(start), nameLength: UInt16(name.count), target: UInt16(clamping: target),
                key: UInt32(key)))
    }

    private func name(_ assignment: Assignment) -> ArraySlice<UInt8> {
        names[Int(assignment.nameStart)..<Int(assignment.nameStart) + Int(assignment.nameLength)]
    }

    /// Per computer of a fleet, the number of the key that the plan gave it for a target; -1 for none. Of several
    /// assignments of one name the last one counts, for all computers of that name.
    ///
    /// Complexity: linear in computers and assignments, when both are ordered by name.
    func keys(for target: ProgramTarget, of fleet: Fleet) -> [Int32] {
        var found = [Int32](repeating: -1, count: fleet.computers.count)
        guard let number = targetNumbers[target] else { return found }
        let own = ordered(assignments.filter { Int($0.target) == number })
        var next = 0
        for computer in PreviousPlan.order(of: fleet) {
            guard let text = fleet[fleet.computers[computer].name] else { continue }
            while next < own.count, name(own[next]).lexicographicallyPrecedes(text.utf8) { next += 1 }
            var match = next
            while match < own.count, name(own[match]).elementsEqual(text.utf8) {
                found[computer] = Int32(own[match].key)
                match += 1
            }
        }
        return found
    }

    /// Assignments by the bytes of their names; those of one name in the order in which they came.
    private func ordered(_ assignments: [Assignment]) -> [Assignment] {
        if isOrdered { return assignments }
        return assignments.enumerated().sorted { left, right in
            let (first, second) = (name(left.element), name(right.element))
            if first == second { return left.offset < right.offset }
            return first.lexicographicallyPrecedes(second)
        }.map(\.element)
    }

    /// The positions of a fleet's computers by the bytes of their names. A fleet is ordered by name, which for names beyond
    /// ASCII may be another order.
    private static func order(of fleet: Fleet) -> [Int] {
        func name(_ position: Int) -> String.UTF8View { (fleet[fleet.computers[position].name] ?? "").utf8 }
        let positions = Array(fleet.computers.indices)
        guard zip(positions, positions.dropFirst()).contains(where: { name($1).lexicographicallyPrecedes(name($0)) })
        else { return positions }
        return positions.sorted { left, right in
            name(left).elementsEqual(name(right)) ? left < right : name(left).lexicographicallyPrecedes(name(right))
        }
    }
}

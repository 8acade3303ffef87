import ActivationModel

/// Which of some conditions hold for which computers of a fleet; computers for which the same hold share a profile.
///
///     let profiles = ComputerProfiles(policy.priorities.map(\.condition), fleet: fleet)
///     for position in fleet.computers.indices where profiles.holds(0, at: position) { … }
///
/// A text is compared once, however many computers share it, and a condition is evaluated once per set of tests that
/// some computer passes. So hundreds of conditions cost hardly more than one, and memory is four bytes per computer.
///
/// Invariants: profiles are numbered from 0 in the order in which the computers of the fleet first show them; no two
/// profiles have the same conditions.
public struct ComputerProfiles: Sendable {
    /// The number of conditions.
    public let conditionCount: Int
    /// The number of profiles; 0 for a fleet without computers.
    public private(set) var count = 0
    /// Per computer; empty when all computers share profile 0.
    private var profiles: [UInt32] = []
    /// Per profile `words` words, in which bit `n` tells whether condition `n` holds.
    private var verdicts: [UInt64] = []
    private let words: Int

    /// Evaluates conditions for all computers.
    ///
    /// Complexity: linear in computers with their groups, tags and products; the number of conditions counts only per
    /// profile and per pattern on names that begins like the name of a computer.
    public init(_ conditions: [Condition], fleet: Fleet) {
        conditionCount = conditions.count
        words = (conditions.count + 63) / 64
        guard !fleet.computers.isEmpty else { return }
        guard !conditions.isEmpty else {
            count = 1
            return
        }
        var tests = ConditionTests()
        let formulas = Formulas(conditions, &tests)
        var sets = TestSets(tests: tests.count)
        /// The verdicts on a computer that passes no test; others differ from them in conditions of tests they pass.
        var none = [UInt64](repeating: 0, count: words)
        for condition in conditions.indices where formulas.holds(condition, in: TestSets.empty, sets) {
            none[condition / 64] |= 1 << UInt64(condition % 64)
        }
        var profileOfSet: [Int32] = []
        var profileOfVerdicts: [[UInt64]: Int32] = [:]
        profiles.reserveCapacity(fleet.computers.count)
        for computer in fleet.computers {
            let set = tests.set(of: computer, in: fleet, &sets)
            while profileOfSet.count <= Int(set) { profileOfSet.append(-1) }
            if profileOfSet[Int(set)] < 0 {
                var row = none
                for test in sets.tests(in: set) {
                    for condition in formulas.conditions(of: test) {
                        let bit: UInt64 = 1 << UInt64(condition % 64)
                        row[condition / 64] &= ~bit
                        if formulas.holds(condition, in: set, sets) { row[condition / 64] |= bit }
                    }
                }
                if let known = profileOfVerdicts[row] {
                    profileOfSet[Int(set)] = known
                } else {
                    profileOfSet[Int(set)] = Int32(count)
                    profileOfVerdicts[row] = Int32(count)
                    verdicts += row
                    count += 1
                }
            }
            profiles.append(UInt32(profileOfSet[Int(set)]))
        }
    }

    /// The profile of the computer at a position of the fleet.
    public func profile(at position: Int) -> Int { profiles.isEmpty ? 0 : Int(profiles[position]) }

    /// Whether a condition, by its position among those given, holds for the computers of a profile.
    public func holds(_ condition: Int, in profile: Int) -> Bool {
        verdicts[profile * words + condition / 64] >> UInt64(condition % 64) & 1 == 1
    }

    /// Whether a condition holds for the computer at a position of the fleet.
    public func holds(_ condition: Int, at position: Int) -> Bool { holds(condition, in: profile(at: position)) }

    /// The conditions that hold for the computers of a profile, ascending.
    public func conditions(in profile: Int) -> [Int] { (0..<conditionCount).filter { holds($0, in: profile) } }
}

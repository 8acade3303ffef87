/// What this project does about one rule, and where.
public struct RuleEffect: Sendable, Hashable {
    /// What the rule does here.
    public var role: Role
    /// Where it acts and how, as sentences.
    public var actsIn: String
    /// The option of a policy that chooses a reading, such as `disputed.ultimate: accept (default) or refuse`.
    public var option: String?
    /// The code that does it: a type with its module, such as `Planning.LicensePool`, or a file below `Sources`.
    public var code: [String]
    /// The tests that prove it, such as `PlanningTests.LicensePoolTests/pools`.
    public var tests: [String]

    /// What a rule does here.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// It changes decisions, or refuses what breaks it.
        case enforced
        /// It shows in reports, columns or diagnostics.
        case reported
        /// It is written down, and nothing is decided by it.
        case information
    }

    init(
        _ role: Role, _ actsIn: String, option: String? = nil, code: [String] = [], tests: [String] = []
    ) {
        self.role = role
        self.actsIn = actsIn
        self.option = option
        self.code = code
        self.tests = tests
    }

    /// A rule that is written down only.
    static func information(_ why: String) -> RuleEffect { RuleEffect(.information, why) }

    /// How a policy chooses between readings; the words are those that the policy reads.
    static func option<Word: RawRepresentable & CaseIterable & Equatable>(
        _ key: String, _ advised: Word
    ) -> String where Word.RawValue == String {
        "disputed.\(key): "
            + Word.allCases.map { $0.rawValue + ($0 == advised ? " (default)" : "") }.joined(separator: " or ")
    }
}

import ActivationModel

/// What one rule said about a computer, and the datum that decided.
public struct Finding: Sendable, Hashable {
    /// The identifier of the rule, such as `ELIG-01`.
    public var rule: String
    public var verdict: Verdict
    /// The datum and what it means, as one sentence.
    public var datum: String
    var origin: Origin

    init(_ rule: String, _ verdict: Verdict, _ datum: String, from origin: Origin = .none) {
        self.rule = rule
        self.verdict = verdict
        self.datum = datum
        self.origin = origin
    }

    init(_ rule: PlannerRule, _ verdict: Verdict, _ datum: String, from origin: Origin = .none) {
        self.init(rule.rawValue, verdict, datum, from: origin)
    }

    /// How a rule was answered.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// The computer satisfies the rule.
        case satisfied
        /// The computer does not satisfy the rule; this is why it is not served.
        case violated
        /// Data are missing.
        case unknown
        /// Satisfied, but somebody should look at it.
        case doubtful
    }

    /// Which of a computer's places a datum was read at.
    enum Origin: Sendable, Hashable {
        case none
        case directory
        case vamt
        case base
        case tag
        /// The product at that position of the fleet.
        case product(Int)
        case update(Int)
        case place(SourceReference)
    }
}

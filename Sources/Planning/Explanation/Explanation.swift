import ActivationModel
import ESUPrograms

/// Why a plan decided as it did about one computer and one target.
public struct Explanation: Sendable, Hashable {
    /// The computer's name.
    public var computer: String
    public var target: ProgramTarget
    public var decision: Decision
    /// The decision as a sentence.
    public var summary: String
    /// The rules that spoke, in the order in which they were applied.
    public var reasons: [Reason]
    /// Who got the activations or licenses that the computer could have had, as sentences; empty when it was served.
    public var rivals: [String]
    /// What would help the computer, as sentences; empty when it was served.
    public var advice: [String]
    /// The key the computer receives.
    public var key: PlannedKey?
    public var tier: Int?
    public var wave: String?
    /// The day for which the steps are planned.
    public var day: Day?
    /// When the computer is visited, and how that day lies to the second Tuesday, as a sentence.
    public var schedule: String?
    /// Where the policy defines the wave.
    public var waveSource: SourceReference?
    /// What is done, in order.
    public var procedure: ActivationProcedure?
    public var base: BaseLicense?

    /// One rule that spoke.
    public struct Reason: Sendable, Hashable {
        public var rule: ESURule
        public var verdict: Finding.Verdict
        /// The datum that decided and what it means.
        public var datum: String
        /// Where the datum was read; nil when it follows from other data or from what is absent.
        public var source: SourceReference?
    }
}

import ActivationModel
import ESUPrograms

/// What an earlier plan decided about one computer and one target.
public struct PlannedAssignment: Sendable, Hashable {
    /// The computer's name as plan documents write it: the full DNS name in lower case, else the single name.
    public var computer: String
    /// The program and year that were planned.
    public var target: ProgramTarget
    public var decision: Decision
    /// The id of the key that was assigned; nil when none was.
    public var key: String?
    /// The last five characters of that key.
    public var partialKey: String?
    /// The tier in which the computer competed; nil when it did not.
    public var tier: Int?
    /// The name of the wave; nil without waves.
    public var wave: String?
    /// The day on which the activation was planned; nil without a schedule.
    public var day: Day?

    /// Makes an assignment.
    public init(
        computer: String, target: ProgramTarget, decision: Decision, key: String? = nil, partialKey: String? = nil,
        tier: Int? = nil, wave: String? = nil, day: Day? = nil
    ) {
        self.computer = computer
        self.target = target
        self.decision = decision
        self.key = key
        self.partialKey = partialKey
        self.tier = tier
        self.wave = wave
        self.day = day
    }
}

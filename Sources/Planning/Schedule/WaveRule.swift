import ActivationModel

/// A wave of the roll-out: which computers it takes, when it begins and how fast it goes.
///
/// A computer belongs to the first wave that takes it and is not full; computers of lower tiers are asked first. A wave
/// begins on its own `start`; without one on the day after the last day of the wave before it, the first wave on the day of
/// the plan. It goes on day by day, blackout days left out. The first days follow `rampUp`, one number per day, the others
/// `perDay`; without `perDay` all that is left is planned for the first day after the ramp-up.
public struct WaveRule: Sendable, Hashable {
    public var name: String
    /// Nil for all computers that no earlier wave takes.
    public var condition: Condition?
    /// The most computers the wave takes.
    public var limit: Int?
    /// The most computers per day.
    public var perDay: Int?
    /// The most computers on the first, second, … day of the wave, before `perDay` applies; empty for no ramp-up.
    public var rampUp: [Int]
    /// The first day; a day before the plan's own counts as the plan's own.
    public var start: Day?
    /// The line of the policy, from 1; nil when the wave does not come from a file.
    public var line: Int?

    /// Makes a wave.
    public init(
        name: String, condition: Condition? = nil, limit: Int? = nil, perDay: Int? = nil, rampUp: [Int] = [],
        start: Day? = nil, line: Int? = nil
    ) {
        self.name = name
        self.condition = condition
        self.limit = limit
        self.perDay = perDay
        self.rampUp = rampUp
        self.start = start
        self.line = line
    }

    /// The most computers on a day of the wave, counted from 0; nil for any number.
    func rate(onDay index: Int) -> Int? {
        guard index < rampUp.count else { return perDay }
        return min(rampUp[index], perDay ?? .max)
    }
}

/// What holds for all waves together.
public struct ScheduleRule: Sendable, Hashable {
    /// The most computers per day over all waves. A wave that stands earlier in the policy takes its share first.
    public var perDay: Int?

    /// Makes a rule.
    public init(perDay: Int? = nil) { self.perDay = perDay }
}

/// Days on which nothing is planned.
public struct Blackout: Sendable, Hashable {
    public var days: Days
    /// Why, for people.
    public var reason: String?
    /// The line of the policy, from 1; nil when the blackout does not come from a file.
    public var line: Int?

    /// The days of a blackout.
    public enum Days: Sendable, Hashable {
        /// From a day to another, both included.
        case range(ClosedRange<Day>)
        /// Every such day.
        case weekday(Weekday)
    }

    /// Makes a blackout.
    public init(_ days: Days, reason: String? = nil, line: Int? = nil) {
        self.days = days
        self.reason = reason
        self.line = line
    }
}

import ActivationModel

/// The days of a plan's waves, and who is in none.
public struct WaveSchedule: Sendable, Hashable {
    /// In the order of the policy.
    public var waves: [ScheduledWave] = []
    /// The most computers per day over all waves; nil for any number.
    public var perDay: Int?
    /// Computers that something is done on and that no wave takes, because none matches them.
    public var unmatched = 0
    /// Computers that something is done on and that match waves, all of which are full.
    public var turnedAway = 0

    /// Computers that something is done on and that are in no wave.
    public var inNoWave: Int { unmatched + turnedAway }
}

/// A wave with its days.
public struct ScheduledWave: Sendable, Hashable {
    public var rule: WaveRule
    /// Computers in the wave, counted once however many targets they have.
    public var computers: Int
    /// The days on which computers are planned, in order; empty for a wave without computers.
    public var days: [DayShare]

    /// How many computers are planned for a day.
    public struct DayShare: Sendable, Hashable {
        public var day: Day
        public var computers: Int
    }

    public var firstDay: Day? { days.first?.day }
    public var lastDay: Day? { days.last?.day }

    /// The second Tuesday of a month that is the first day of the wave or follows it; nil for a wave without days.
    public var patchTuesday: Day? { firstDay.flatMap { Day.secondTuesday(onOrAfter: $0) } }

    /// Whether all computers are planned before that Tuesday, so that the updates of that day find them activated: they
    /// check it when they install (rule DEP-06). Nil for a wave without days.
    public var endsBeforePatchTuesday: Bool? {
        guard let lastDay, let patchTuesday else { return nil }
        return lastDay < patchTuesday && undated == 0
    }

    /// Computers that have no day, because it would lie too far in the future for any calendar.
    public var undated: Int { computers - days.reduce(0) { $0 + $1.computers } }

    /// Which day of the wave a day is, counted from 1; nil when the wave plans nothing for it.
    public func number(of day: Day) -> Int? { days.firstIndex { $0.day == day }.map { $0 + 1 } }

    /// Computers that are planned for a day or later.
    func computers(from day: Day) -> Int {
        days.lazy.filter { $0.day >= day }.reduce(0) { $0 + $1.computers } + undated
    }
}

extension WaveSchedule {
    /// Gives the visits of every wave their days.
    ///
    /// - Parameters:
    ///   - visits: in the order of the computers' names.
    ///   - earliest: days after the day of the plan before which nothing is planned.
    /// - Returns: the waves, and per visit the days after the day of the plan; -1 for none.
    static func plan(
        _ visits: [Visit], waves rules: [WaveRule], calendar: ScheduleCalendar, earliest: Int = 0
    ) -> (waves: [ScheduledWave], offsets: [Int16]) {
        var calendar = calendar
        var counts = [Int](repeating: 0, count: rules.count)
        for visit in visits where visit.wave >= 0 { counts[Int(visit.wave)] += 1 }
        var offsets = [Int16](repeating: -1, count: visits.count)
        var waves: [ScheduledWave] = []
        let order = WaveOrder(visits).sequence
        var first = 0
        var afterLast = earliest
        for (rule, count) in zip(rules, counts) {
            let begin = max(earliest, rule.start.map { $0.days(since: calendar.asOf) } ?? afterLast)
            let shares = calendar.take(count, for: rule, from: begin)
            var next = first
            for share in shares {
                for position in order[next..<next + share.count] { offsets[Int(position)] = Int16(share.offset) }
                next += share.count
            }
            waves.append(
                ScheduledWave(
                    rule: rule, computers: count,
                    days: shares.map { .init(day: calendar.asOf.adding(days: $0.offset), computers: $0.count) }))
            first += count
            afterLast = shares.last.map { $0.offset + 1 } ?? begin
        }
        return (waves, offsets)
    }
}

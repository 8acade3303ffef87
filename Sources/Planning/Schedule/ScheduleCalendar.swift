import ActivationModel

/// The days from the day of the plan on: which are free, and how many computers each still takes.
///
/// Invariant: no day takes more than `perDay` computers over all waves, and a blackout day takes none.
struct ScheduleCalendar {
    /// The last day that can be planned, in days after the day of the plan; about 89 years.
    static let horizon = Int(Int16.max)

    /// Some computers on one day.
    struct Share: Equatable {
        /// Days after the day of the plan.
        var offset: Int
        var count: Int
    }

    let asOf: Day
    private let perDay: Int?
    private var isFree: [Bool]
    /// Per day, the computers planned so far; empty without a limit over all waves.
    private var taken: [Int]

    init(asOf: Day, blackouts: [Blackout], perDay: Int?) {
        self.asOf = asOf
        self.perDay = perDay
        isFree = [Bool](repeating: true, count: ScheduleCalendar.horizon + 1)
        taken = perDay == nil ? [] : [Int](repeating: 0, count: ScheduleCalendar.horizon + 1)
        for blackout in blackouts {
            switch blackout.days {
            case .range(let days):
                let first = max(0, days.lowerBound.days(since: asOf))
                let last = min(ScheduleCalendar.horizon, days.upperBound.days(since: asOf))
                if first <= last { for offset in first...last { isFree[offset] = false } }
            case .weekday(let weekday):
                let first = (0..<7).first { Weekday(asOf.adding(days: $0)) == weekday } ?? 0
                for offset in stride(from: first, through: ScheduleCalendar.horizon, by: 7) { isFree[offset] = false }
            }
        }
    }

    /// Takes days for the computers of a wave: from a day on every free day, at most the rate of the wave and what the day
    /// still takes. A day that takes none is no day of the wave, so it does not count for the ramp-up.
    ///
    /// - Returns: the shares in the order of days; they hold fewer computers than asked for only beyond the horizon.
    mutating func take(_ count: Int, for wave: WaveRule, from offset: Int) -> [Share] {
        var shares: [Share] = []
        var left = count
        var offset = max(0, offset)
        while left > 0, offset <= ScheduleCalendar.horizon {
            defer { offset += 1 }
            guard isFree[offset] else { continue }
            var most = min(left, wave.rate(onDay: shares.count) ?? .max)
            if let perDay { most = min(most, perDay - taken[offset]) }
            guard most > 0 else { continue }
            if perDay != nil { taken[offset] += most }
            shares.append(Share(offset: offset, count: most))
            left -= most
        }
        return shares
    }
}

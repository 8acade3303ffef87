import ActivationModel

extension ActivationPlan {
    /// The day for which the entry's steps are planned: updates that come first begin on it. Nil without waves, without
    /// steps, and for a computer in no wave.
    public func day(of entry: PlanEntry) -> Day? { entry.day < 0 ? nil : asOf.adding(days: Int(entry.day)) }

    /// The wave of an entry with its days; nil when the policy defines none that takes the computer.
    public func scheduledWave(of entry: PlanEntry) -> ScheduledWave? {
        entry.wave < 0 ? nil : schedule.waves[Int(entry.wave)]
    }

    /// When an entry's computer is visited, as a sentence without its stop; nil when nothing is scheduled for it.
    ///
    ///     planned for Tuesday 9 February 2021 in wave broad (day 3 of 5), 4 weeks before the updates of …
    public func scheduleSentence(of entry: PlanEntry) -> String? {
        guard entry.procedure >= 0, !schedule.waves.isEmpty else { return nil }
        guard let wave = scheduledWave(of: entry) else {
            return "in no wave: the policy has none for it that is not full, so no day is planned"
        }
        guard let day = day(of: entry), let number = wave.number(of: day) else {
            return "in wave \(wave.rule.name), which has no day left for it"
        }
        let place =
            "planned for \(day.spelledOutWithWeekday) in wave \(wave.rule.name) (day \(number) of \(wave.days.count))"
        guard let tuesday = wave.patchTuesday else { return place }
        let release = "the updates of the second Tuesday, \(tuesday.spelledOut)"
        let distance = tuesday.days(since: day)
        if distance > 0 { return "\(place), \(ActivationPlan.span(distance)) before \(release)" }
        let when = distance == 0 ? "on the day of" : "\(ActivationPlan.span(-distance)) after"
        return "\(place), \(when) \(release), which check the activation when they install (rule DEP-06)"
    }

    /// `3 weeks` where that is exact, else days.
    private static func span(_ days: Int) -> String {
        days % 7 == 0 ? Phrase.count(days / 7, "week") : Phrase.count(days, "day")
    }
}

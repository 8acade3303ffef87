import ActivationModel

/// What is worth saying about waves, counted while days are given.
struct WaveNotes {
    /// More computers than this on the first day of a wave without ramp-up are worth a note. No source gives a number: a
    /// deduction from the size of a day that one team can still call back.
    static let firstDayStorm = 1_000

    private let policy: Policy
    private let asOf: Day
    private let targets: [PlanTarget]
    private var unmatched: (count: Int, place: Place) = (0, .none)
    private var turnedAway: (count: Int, place: Place) = (0, .none)
    /// Per wave and target: the computers planned after the end of the target's year.
    private var late: [Int]

    init(policy: Policy, asOf: Day, targets: [PlanTarget]) {
        self.policy = policy
        self.asOf = asOf
        self.targets = targets
        late = [Int](repeating: 0, count: policy.waves.count * targets.count)
    }

    /// Counts a computer that is in no wave; the first place seen is where the note points to.
    mutating func count(inNoWave computer: Computer, isFull: Bool) {
        if isFull {
            turnedAway = (turnedAway.count + 1, turnedAway.count == 0 ? computer.directoryPlace : turnedAway.place)
        } else {
            unmatched = (unmatched.count + 1, unmatched.count == 0 ? computer.directoryPlace : unmatched.place)
        }
    }

    /// Counts an entry that has its wave and day.
    mutating func count(_ entry: PlanEntry) {
        // A year that is past when the plan is made is told about with the target.
        guard entry.day >= 0, let end = targets[Int(entry.target)].coverageTo, asOf <= end,
            asOf.adding(days: Int(entry.day)) > end
        else { return }
        late[Int(entry.wave) * targets.count + Int(entry.target)] += 1
    }

    func diagnostics(_ schedule: WaveSchedule, _ fleet: Fleet) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for (position, wave) in schedule.waves.enumerated() where wave.computers > 0 {
            found += pastStart(wave) + lateEnd(wave, at: position) + patchDay(wave) + storm(wave) + undated(wave)
        }
        if unmatched.count > 0 {
            let place = fleet.reference(unmatched.place)
            found.append(
                Diagnostic(
                    code: "plan.wave.unmatched", severity: .warning, file: place?.file, line: place?.line,
                    count: unmatched.count,
                    message: "\(computers(unmatched.count)) with work to do: no wave of the policy takes them",
                    remedy: "Add a last wave without where, or widen the conditions of a wave."))
        }
        if turnedAway.count > 0 {
            let place = fleet.reference(turnedAway.place)
            found.append(
                Diagnostic(
                    code: "plan.wave.full", severity: .warning, file: place?.file, line: place?.line,
                    count: turnedAway.count,
                    message: "\(computers(turnedAway.count)) with work to do: all waves that take them are full",
                    remedy: "Raise the limit of a wave, or add a last wave without limit."))
        }
        return found
    }

    private func note(
        _ code: String, _ wave: ScheduledWave, _ severity: Severity = .warning, message: String,
        remedy: String, count: Int = 1
    ) -> Diagnostic {
        Diagnostic(
            code: code, severity: severity, file: policy.file, line: wave.rule.line, count: count,
            message: "wave \(wave.rule.name): \(message)", remedy: remedy)
    }

    private func computers(_ count: Int) -> String { count == 1 ? "1 computer" : "\(count) computers" }

    private func pastStart(_ wave: ScheduledWave) -> [Diagnostic] {
        guard let start = wave.rule.start, start < asOf else { return [] }
        return [
            note(
                "plan.wave.start.past", wave,
                message: "its start, \(start), lies before the day of the plan; \(asOf) counts instead",
                remedy: "Correct the start, or remove it when the wave is under way.")
        ]
    }

    private func lateEnd(_ wave: ScheduledWave, at position: Int) -> [Diagnostic] {
        targets.indices.compactMap { index in
            let count = late[position * targets.count + index]
            guard count > 0, let end = targets[index].coverageTo else { return nil }
            return note(
                "plan.wave.late", wave,
                message:
                    "\(computers(count)) planned after \(end), when \(targets[index].target) ends: new activations of a "
                    + "past year may be refused (rule CON-09)",
                remedy: "Raise perDay or start the wave earlier.", count: count)
        }
    }

    private func patchDay(_ wave: ScheduledWave) -> [Diagnostic] {
        guard wave.endsBeforePatchTuesday == false, let tuesday = wave.patchTuesday else { return [] }
        let count = wave.computers(from: tuesday)
        return [
            note(
                "plan.wave.patchday", wave,
                message:
                    "\(computers(count)) planned on or after the second Tuesday, \(tuesday): the updates of that day check "
                    + "the activation when they install (rule DEP-06)",
                remedy:
                    "Start the wave earlier, raise perDay, or hold these updates back where the activation is still "
                    + "to come.",
                count: count)
        ]
    }

    private func storm(_ wave: ScheduledWave) -> [Diagnostic] {
        guard wave.rule.rampUp.isEmpty, let first = wave.days.first, first.computers > WaveNotes.firstDayStorm else {
            return []
        }
        return [
            note(
                "plan.wave.storm", wave, .note,
                message: "\(computers(first.computers)) on its first day, \(first.day), without a ramp-up",
                remedy:
                    "Begin smaller, such as rampUp: [50, 100, 250], so that an error shows before it is everywhere.",
                count: first.computers)
        ]
    }

    private func undated(_ wave: ScheduledWave) -> [Diagnostic] {
        guard wave.undated > 0 else { return [] }
        let last = asOf.adding(days: ScheduleCalendar.horizon)
        return [
            note(
                "plan.wave.undated", wave,
                message:
                    "\(computers(wave.undated)) without a day: none is left for them until \(last), the last that is planned",
                remedy: "Raise perDay, remove blackout days, or correct the start.", count: wave.undated)
        ]
    }
}

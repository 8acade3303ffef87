import ActivationModel

/// What to know about the counts that a plan relies on (rule KEY-05): those that are old, and those that were read after
/// the day of the plan. Counts that the policy assumes have no reading.
enum CountHints {
    /// One diagnostic of each kind for all usable keys, at the place of the reading that is furthest away.
    static func diagnostics(_ keys: [PlannedKey], asOf: Day) -> [Diagnostic] {
        let read = keys.compactMap { key in key.capacity.readAt.map { (key: key, age: asOf.days(since: $0.day)) } }
        let old = read.filter { $0.age > KeyCapacity.oldReadingDays }
        let later = read.filter { $0.age < 0 }
        var found: [Diagnostic] = []
        if let oldest = old.max(by: { $0.age < $1.age }) {
            found.append(
                warning(
                    "plan.count.old", oldest.key, old.count,
                    "is older than \(KeyCapacity.oldReadingDays) days on the day of the plan: it was read "
                        + "\(oldest.age) days before (rule KEY-05)",
                    "Refresh the counts in VAMT, export again and import."))
        }
        if let latest = later.min(by: { $0.age < $1.age }) {
            found.append(
                warning(
                    "plan.count.later", latest.key, later.count,
                    "was read \(-latest.age) \(latest.age == -1 ? "day" : "days") after the day of the plan (rule KEY-05)",
                    "Check the day of the plan, or the clock of the computer that read it."))
        }
        return found
    }

    private static func warning(
        _ code: String, _ key: PlannedKey, _ count: Int, _ what: String, _ remedy: String
    ) -> Diagnostic {
        let source = key.capacity.source ?? key.source
        let others =
            count == 1 ? "" : "; the same holds for \(count - 1) more \(count == 2 ? "key" : "keys") of this plan"
        return Diagnostic(
            code: code, severity: .warning, file: source?.file, line: source?.line, count: count,
            message: "the count of the key \(key.key.name) \(what)\(others)", remedy: remedy)
    }
}

import ActivationModel

/// What to know about the conditions of a policy: one that holds for no computer of the inventory decides nothing, and
/// shows nowhere else.
enum PolicyHints {
    /// A condition and where it stands.
    struct Place {
        var condition: Condition
        var section: String
        var line: Int?
    }

    /// One warning per condition that holds for no computer, in the order of the policy's sections. Without computers
    /// there is nothing to say.
    ///
    /// Complexity: that of `ComputerProfiles` for all conditions, once.
    static func diagnostics(_ fleet: Fleet, policy: Policy) -> [Diagnostic] {
        let places = policy.conditions
        guard !places.isEmpty, !fleet.computers.isEmpty else { return [] }
        let profiles = ComputerProfiles(places.map(\.condition), fleet: fleet)
        var holds = [Bool](repeating: false, count: places.count)
        for profile in 0..<profiles.count {
            for condition in profiles.conditions(in: profile) { holds[condition] = true }
        }
        let unmatched = places.indices.filter { !holds[$0] }.map { position in
            let place = places[position]
            return Diagnostic(
                code: "plan.condition.unmatched", severity: .warning, file: policy.file, line: place.line,
                message: "this condition under \(place.section): holds for no computer of the inventory",
                remedy:
                    "Correct it, or import what it looks at: groups, units and locations come with a directory list, "
                    + "tags and hosting with a table of tags.")
        }
        return unmatched + GroupHints.diagnostics(fleet, places, file: policy.file)
    }
}

extension Policy {
    /// The conditions in the order of the sections.
    var conditions: [PolicyHints.Place] {
        var places: [PolicyHints.Place] = []
        func add(_ condition: Condition?, _ section: String, _ line: Int?) {
            if let condition { places.append(PolicyHints.Place(condition: condition, section: section, line: line)) }
        }
        for rule in keys { add(rule.scope, "keys", rule.line) }
        for rule in priorities { add(rule.condition, "priorities", rule.line) }
        for rule in waves { add(rule.condition, "waves", rule.line) }
        for rule in routes { add(rule.condition, "routes", rule.line) }
        for rule in updateSources { add(rule.condition, "updateSources", rule.line) }
        return places
    }
}

import ActivationModel

/// What to know about the groups that conditions ask for: lists that hold not all of their members, and members of which the
/// inventory knows nothing.
enum GroupHints {
    /// Counts about one condition.
    private struct Tally {
        var partial = 0
        var partialExample = TextID.none
        var unknown = 0
        var unknownExample: GroupNesting.Group?
    }

    /// Up to two findings per condition, in the order of the conditions.
    ///
    /// Complexity: linear in the groups.
    static func diagnostics(_ fleet: Fleet, _ places: [PolicyHints.Place], file: String?) -> [Diagnostic] {
        var tests = GroupTests()
        for (position, place) in places.enumerated() {
            for group in place.condition.groups {
                switch group {
                case .group(let glob): tests.insert(glob, test: position)
                case .groupNamed(let name): tests.insert(equalTo: name, test: position)
                default: break
                }
            }
        }
        guard !tests.isEmpty else { return [] }
        var sets = TestSets(tests: places.count)
        var tallies = [Tally](repeating: Tally(), count: places.count)
        for group in fleet.nesting.groups where group.isPartial || group.unknownMembers > 0 {
            for position in sets.tests(in: tests.set(of: group.name, in: fleet, &sets)) {
                if group.isPartial {
                    tallies[position].partial += 1
                    if tallies[position].partialExample.isNone { tallies[position].partialExample = group.name }
                }
                tallies[position].unknown += group.unknownMembers
                if group.unknownMembers > 0, tallies[position].unknownExample == nil {
                    tallies[position].unknownExample = group
                }
            }
        }
        return zip(places, tallies).flatMap { place, tally in
            [partial(tally, place, fleet, file), unknown(tally, place, fleet, file)].compactMap { $0 }
        }
    }

    private static func partial(
        _ tally: Tally, _ place: PolicyHints.Place, _ fleet: Fleet, _ file: String?
    ) -> Diagnostic? {
        guard tally.partial > 0 else { return nil }
        return Diagnostic(
            code: "plan.group.partial", severity: .warning, file: file, line: place.line, count: tally.partial,
            message:
                "of groups that this condition under \(place.section): asks for, a server gave only the first members, "
                + "for example of \(name(tally.partialExample, fleet)); it may hold for more computers",
            remedy: "Import a list of these groups that holds all members, or a list of the computers with memberOf.")
    }

    private static func unknown(
        _ tally: Tally, _ place: PolicyHints.Place, _ fleet: Fleet, _ file: String?
    ) -> Diagnostic? {
        guard let example = tally.unknownExample else { return nil }
        return Diagnostic(
            code: "plan.group.members", severity: .note, file: file, line: place.line, count: tally.unknown,
            message:
                "members of groups that this condition under \(place.section): asks for are neither computers nor groups "
                + "of the inventory, for example \(example.unknownMembers) of the \(example.members) members of "
                + name(example.name, fleet),
            remedy: "Users are such members. If computers or groups are among them, import the lists that tell these.")
    }

    private static func name(_ id: TextID, _ fleet: Fleet) -> String {
        fleet[id].map { "“\(MaskedText.excerpt(DistinguishedName($0)?.commonName ?? $0))”" } ?? ""
    }
}

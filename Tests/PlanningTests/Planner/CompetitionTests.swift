import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Competition for keys")
struct CompetitionTests {
    private func plan(_ names: [String], _ keys: [LicenseKey], previous: [PlannedAssignment]) throws -> [String] {
        let plan = try makePlanner().plan(
            makeFleet(names.map { Machine(name: $0) }, keys: keys),
            previous: PreviousPlan(asOf: Known.day("2021-01-20"), assignments: previous))
        return plan.entries.map { "\(plan.name(of: $0)) \(plan.key(of: $0)?.key.id ?? "-")" }
    }

    @Test("a computer that an earlier plan served with a key that is gone comes before newcomers")
    func goneKey() throws {
        let target = ProgramTarget(program: "windows-7", year: 2)
        let previous = [PlannedAssignment(computer: "pc-2", target: target, decision: .activate, key: "gone")]
        #expect(
            try plan(["pc-1", "pc-2"], [Known.key("a", remaining: 1)], previous: previous) == ["pc-1 -", "pc-2 a"])
    }

    @Test("what an earlier plan decided for another year, or without an activation, gives no precedence")
    func otherAssignments() throws {
        let year1 = ProgramTarget(program: "windows-7", year: 1)
        let year2 = ProgramTarget(program: "windows-7", year: 2)
        for (target, decision) in [(year1, Decision.activate), (year2, .activated), (year2, .shortage)] {
            let previous = [PlannedAssignment(computer: "pc-2", target: target, decision: decision, key: "a")]
            #expect(
                try plan(["pc-1", "pc-2"], [Known.key("a", remaining: 1)], previous: previous) == ["pc-1 a", "pc-2 -"])
        }
    }

    @Test("of several declarations of a key the first one that names a scope counts")
    func firstScope() throws {
        let policy = makePolicy {
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "k"), reserve: .number(0)),
                KeyDeclaration(match: KeyPattern(id: "k"), scope: .name(Glob("pc-1"))),
                KeyDeclaration(match: KeyPattern(id: "k"), scope: .name(Glob("pc-2"))),
            ]
        }
        let plan = try makePlanner(policy).plan(
            makeFleet([Machine(name: "pc-1"), Machine(name: "pc-2")], keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries.map(\.decision) == [.activate, .shortage])
    }

    @Test("a computer makes room on a key for some, so that a key for all stays whole")
    func openKeysLast() throws {
        let policy = makePolicy {
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "s1"), scope: .name(Glob("pc-?"))),
                KeyDeclaration(match: KeyPattern(id: "s2"), scope: .name(Glob("pc-1"))),
            ]
            $0.priorities = [PriorityRule(tier: 1, condition: .name(Glob("pc-1")))]
        }
        let keys = ["open", "s1", "s2"].map { Known.key($0, remaining: $0 == "open" ? 5 : 1) }
        let plan = try makePlanner(policy).plan(makeFleet([Machine(name: "pc-1"), Machine(name: "pc-2")], keys: keys))
        #expect(plan.keys.map { "\($0.key.id) \($0.assigned)" } == ["open 0", "s1 1", "s2 1"])
    }
}

import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Competition for keys")
struct CompetitionTests {
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

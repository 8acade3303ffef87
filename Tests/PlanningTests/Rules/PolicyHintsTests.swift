import ActivationModel
import Planning
import Testing

@Suite("Hints about the policy")
struct PolicyHintsTests {
    private func hints(
        _ policy: Policy, machines: [Machine] = [Machine(name: "pc-1")], keys: [LicenseKey] = [], code: String
    ) throws -> [Diagnostic] {
        try makePlanner(policy).plan(makeFleet(machines, keys: keys)).warnings.filter { $0.code == code }
    }

    @Test("a condition that holds for no computer is named with its section and line")
    func unmatched() throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "k"), scope: .name(Glob("pc-9")), line: 3)]
            $0.priorities = [
                PriorityRule(tier: 1, condition: .name(Glob("pc-1")), line: 5),
                PriorityRule(tier: 2, condition: .tag(Glob("kiosk")), line: 6),
            ]
            $0.waves = [WaveRule(name: "a", condition: .name(Glob("x")), line: 8), WaveRule(name: "b", line: 9)]
            $0.routes = [RouteRule(route: .proxy, condition: .name(Glob("y")), line: 11)]
            $0.updateSources = [UpdateSourceRule(source: .wsus, condition: .name(Glob("z")), line: 13)]
        }
        let found = try hints(policy, keys: [Known.key("k", remaining: 1)], code: "plan.condition.unmatched")
        #expect(found.map(\.line) == [3, 6, 8, 11, 13])
        #expect(found.allSatisfy { $0.severity == .warning && $0.file == "policy.yaml" })
        for (hint, section) in zip(found, ["keys", "priorities", "waves", "routes", "updateSources"]) {
            #expect(hint.message.contains("under \(section):"))
        }
    }

    @Test("a condition that holds for a computer that does not compete is none to warn about")
    func matched() throws {
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .not(.tag(Glob("kiosk"))), line: 5)]
        }
        let code = "plan.condition.unmatched"
        #expect(try hints(policy, machines: [Machine(enabled: false)], code: code).isEmpty)
        #expect(try hints(policy, machines: [Machine(tags: ["kiosk"])], code: code).count == 1)
        #expect(try hints(policy, machines: [], code: code).isEmpty)
    }

    @Test("two declarations of one key that disagree are named with both lines and the matter")
    func conflict() throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.keys = [
                KeyDeclaration(
                    match: KeyPattern(description: Glob("*")), agreement: "EA-1", reserve: .number(1), line: 3),
                KeyDeclaration(match: KeyPattern(id: "k1"), agreement: "EA-2", reserve: .number(1), line: 7),
                KeyDeclaration(match: KeyPattern(id: "k2"), agreement: " ea-1 ", line: 9),
                KeyDeclaration(match: KeyPattern(id: "k2"), scope: .name(Glob("pc-*")), line: 11),
                KeyDeclaration(match: KeyPattern(id: "k2"), program: "windows-7", year: 2, line: 13),
                KeyDeclaration(match: KeyPattern(id: "k2"), program: "windows-7", year: 1, line: 15),
            ]
        }
        let keys = ["k1", "k2"].map { id in
            var key = Known.key(id, remaining: 9)
            key.description = "Windows 7 ESU"
            return key
        }
        let found = try hints(policy, keys: keys, code: "plan.key.declaration.conflict")
        #expect(found.map(\.line) == [7, 15])
        #expect(
            found.first?.message
                == "the agreement of the key ending in ABCDE is declared otherwise by line 3, which counts")
        #expect(found.last?.message.hasPrefix("the program and year of") == true)
        #expect(found.last?.message.contains("line 13") == true)
    }

    @Test("a conflict of two patterns is told once, with the number of keys")
    func conflictOfPatterns() throws {
        let policy = makePolicy {
            $0.keys = ["EA-1", "EA-2"].map {
                KeyDeclaration(match: KeyPattern(extendedPID: Glob("55041-*")), agreement: $0)
            }
        }
        let keys = ["k1", "k2", "k3"].map { Known.key($0, remaining: 1) }
        let found = try hints(policy, keys: keys, code: "plan.key.declaration.conflict")
        #expect(found.map(\.count) == [3])
        #expect(found.first?.message.contains("and 2 other keys") == true)
    }
}

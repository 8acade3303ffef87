import ActivationModel
import Planning
import Testing

@Suite("Hints about tables of tags")
struct TagHintsTests {
    private func warnings(_ machines: [Machine], _ policy: Policy = makePolicy()) throws -> [Diagnostic] {
        try makePlanner(policy).plan(makeFleet(machines)).warnings
            .filter { $0.code == "plan.hosting.unknown" || $0.code == "plan.route.unknown" }
    }

    @Test("a misspelt hosting is named with its computers, its first line and the nearest known value")
    func hosting() throws {
        let found = try warnings([
            Machine(name: "a", hosting: "azur"), Machine(name: "b", hosting: "azur"),
            Machine(name: "c", hosting: "zeppelin"),
        ])
        #expect(found.map(\.code) == ["plan.hosting.unknown", "plan.hosting.unknown"])
        #expect(found.map(\.count) == [2, 1])
        #expect(found[0].message.contains("\"azur\"") && found[0].remedy.contains("\"azure\""))
        #expect(found[0].file == "tags.csv" && found[0].line != nil)
        #expect(found[1].remedy.contains("physical"))
    }

    @Test(
        "what a program covers, what people call machines and what the policy asks for is known",
        arguments: ["azure", "avd", "windows365", "vdi", "physical", "on-premises", "consumer-esu", "hyper-v"])
    func knownHosting(_ value: String) throws {
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .not(.any([.hosting(Glob("hyper-*"))])))]
        }
        #expect(try warnings([Machine(hosting: value)], policy).isEmpty)
    }

    @Test("an unknown route is named also where nobody competes")
    func route() throws {
        let found = try warnings([
            Machine(name: "a", enabled: false, route: "telepathy"), Machine(name: "b", route: "proxi"),
            Machine(name: "c", route: "Proxy"),
        ])
        #expect(found.map(\.code) == ["plan.route.unknown", "plan.route.unknown"])
        #expect(found[0].remedy.contains("\"proxy\""))
        #expect(found[1].message.contains("\"telepathy\"") && found[1].remedy.contains("online"))
    }
}

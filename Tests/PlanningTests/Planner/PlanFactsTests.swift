import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Five facts: bought, allotted, activated, licensed today, covered today")
struct PlanFactsTests {
    static let machines = [
        Machine(name: "licensed").with { $0.rows = [.year(Known.year2, .licensed, "ABCDE")] },
        Machine(name: "reinstalled").with { $0.rows = [DecisionTests.restorable] },
        Machine(name: "year-1-only").with { $0.rows = [.year(Known.year1, .licensed)] },
        Machine(name: "cloud", hosting: "azure"),
        Machine(name: "foreign-cloud", system: "Windows 10 Pro", version: "10.0 (19045)", hosting: "azure"),
        Machine(name: "open"),
    ]

    static func facts(_ day: String, year: Int = 2) throws -> PlanFacts {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-7", year: year)] }
        let planner = Planner(catalog: try Known.catalog.get(), policy: policy, asOf: Known.day(day))
        let plan = try planner.plan(
            makeFleet(
                machines, keys: [Known.key("k", remaining: 20)],
                purchases: [Known.purchase(1, 9), Known.purchase(2, 30)]))
        return try #require(plan.facts.first)
    }

    @Test("each is a number of its own")
    func separate() throws {
        let facts = try Self.facts("2021-02-01")
        #expect(facts.bought == 30)
        #expect(facts.allotted == 22)
        #expect(facts.activated == 2)
        #expect(facts.licensedToday == 1)
        #expect(facts.coveredToday == 2)
    }

    @Test("a license of year 1 covers until the day before year 2 begins, and not longer")
    func boundary() throws {
        #expect(try Self.facts("2021-01-12", year: 1).coveredToday == 2)
        #expect(try Self.facts("2021-01-13", year: 1).coveredToday == 2)
        let last = try Self.facts("2021-01-12", year: 1)
        let first = try Self.facts("2021-01-13", year: 1)
        // Year 1: the machine with year 1 and the cloud; year 2: the licensed one and the cloud.
        #expect(last.licensedToday == 1 && first.licensedToday == 1)
        #expect(try Self.facts("2023-02-01", year: 2).coveredToday == nil)
    }
}

import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Prerequisites")
struct ServicingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var updates: [Int]?
        var missing: [Int]
        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(title: "all named updates", updates: [4_474_419, 4_490_628, 4_538_483], missing: []),
        Case(title: "direct successors", updates: [4_474_419, 4_536_952, 4_575_903], missing: []),
        Case(title: "successors of successors", updates: [4_474_419, 4_592_510, 5_016_892], missing: []),
        Case(title: "package missing", updates: [4_474_419, 4_490_628], missing: [4_538_483]),
        Case(
            title: "all missing, in the order of installation", updates: [1],
            missing: [4_474_419, 4_490_628, 4_538_483]),
        Case(title: "no list", updates: nil, missing: [4_474_419, 4_490_628, 4_538_483]),
    ]

    @Test("an update or any successor satisfies a requirement", arguments: cases)
    func windows7(_ entry: Case) throws {
        let plan = try makePlanner().plan(
            makeFleet([Machine(updates: entry.updates)], keys: [Known.key("k", remaining: 9)]))
        let made = plan.entries[0]
        #expect(plan.missing(of: made) == entry.missing)
        #expect(made.decision == (entry.missing.isEmpty ? .activate : .prepare))
        let steps = try #require(plan.procedure(of: made)).steps
        let installed = steps.compactMap { step -> Int? in
            if case .installUpdate(let update) = step { update.demanded.first } else { nil }
        }
        #expect(installed == entry.missing)
    }

    @Test("requirements are dated: before the package existed nothing demands it")
    func dated() throws {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-7", year: 1)] }
        let machine = Machine(lastLogon: Known.day("2020-01-20"), updates: [4_474_419, 4_490_628])
        var key = Known.key("k", remaining: 9, pid: Known.year1PID)
        key.keyType = .mak
        func missing(_ day: String) throws -> [Int] {
            let plan = try makePlanner(policy, asOf: day).plan(makeFleet([machine], keys: [key]))
            return plan.missing(of: plan.entries[0])
        }
        #expect(try missing("2020-02-01") == [])
        #expect(try missing("2020-02-11") == [4_538_483])
    }

    struct PolicyCase: Sendable, CustomTestStringConvertible {
        var missing: PrerequisiteRule.Action
        var unknown: PrerequisiteRule.Action
        var updates: [Int]?
        var decision: Decision
        var testDescription: String {
            "missing: \(missing), unknown: \(unknown), \(updates == nil ? "no list" : "a list")"
        }
    }

    static let policies: [PolicyCase] = [
        PolicyCase(missing: .prepare, unknown: .block, updates: [1], decision: .prepare),
        PolicyCase(missing: .block, unknown: .prepare, updates: [1], decision: .ineligible),
        PolicyCase(missing: .assume, unknown: .prepare, updates: [1], decision: .activate),
        PolicyCase(missing: .block, unknown: .prepare, updates: nil, decision: .prepare),
        PolicyCase(missing: .prepare, unknown: .block, updates: nil, decision: .undetermined),
        PolicyCase(missing: .prepare, unknown: .assume, updates: nil, decision: .activate),
        PolicyCase(missing: .block, unknown: .block, updates: [4_474_419, 4_490_628, 4_538_483], decision: .activate),
    ]

    @Test("the policy decides about missing and unknown updates", arguments: policies)
    func policy(_ entry: PolicyCase) throws {
        let policy = makePolicy { $0.prerequisites = PrerequisiteRule(missing: entry.missing, unknown: entry.unknown) }
        let plan = try makePlanner(policy).plan(
            makeFleet([Machine(updates: entry.updates)], keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries[0].decision == entry.decision)
        #expect(!plan.reasons(of: plan.entries[0]).isEmpty)
        if entry.decision == .ineligible || entry.decision == .undetermined {
            #expect(plan.missing(of: plan.entries[0]) == [4_474_419, 4_490_628, 4_538_483])
            #expect(plan.keys[0].assigned == 0)
        }
    }

    @Test("a build proves or refutes what a list of updates does not tell")
    func builds() throws {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: 1)] }
        func missing(_ version: String, _ updates: [Int]?) throws -> [Int] {
            let machine = Machine(
                system: "Windows 10 Pro", version: version, lastLogon: Known.day("2026-01-10"), updates: updates,
                base: nil)
            var key = Known.key("k", remaining: 10, pid: nil)
            key.supportedSKU = GUID("f520e45e-7413-4a34-a497-d2765967d094")
            let plan = try makePlanner(policy, asOf: "2026-01-15").plan(makeFleet([machine], keys: [key]))
            return plan.missing(of: plan.entries[0])
        }
        #expect(try missing("10.0.19045.6456", [5_072_653]) == [])
        #expect(try missing("10.0.19045.6456", nil) == [5_072_653])
        #expect(try missing("10.0.19045.6455", [5_072_653]) == [])
        #expect(try missing("10.0.19045.6455", nil) == [5_066_791, 5_072_653])
        #expect(try missing("10.0 (19045)", [5_126_256]) == [])
        #expect(try missing("10.0 (19045)", nil) == [5_066_791, 5_072_653])
    }

    @Test("a build that is too low shows that an update is missing, even where the policy assumes unknown ones")
    func buildAgainstPolicy() throws {
        let policy = makePolicy {
            $0.targets = [TargetChoice(program: "windows-10", year: 1)]
            $0.prerequisites = PrerequisiteRule(missing: .prepare, unknown: .assume)
        }
        func missing(_ version: String) throws -> [Int] {
            let machine = Machine(
                system: "Windows 10 Pro", version: version, lastLogon: Known.day("2026-01-10"), updates: nil, base: nil)
            var key = Known.key("k", remaining: 10, pid: nil)
            key.supportedSKU = GUID("f520e45e-7413-4a34-a497-d2765967d094")
            let plan = try makePlanner(policy, asOf: "2026-01-15").plan(makeFleet([machine], keys: [key]))
            return plan.missing(of: plan.entries[0])
        }
        #expect(try missing("10.0.19045.6455") == [5_066_791])
        #expect(try missing("10.0 (19045)") == [])
    }

    @Test("whether a source has an update is unknown where no document says where it can be had (DEP-03)")
    func unknownChannels() {
        #expect(UpdateSource.wsus.offers([]) == nil)
        #expect(UpdateSource.wsus.offers([.wsus]) == true)
        #expect(UpdateSource.wsus.offers([.windowsUpdate, .updateCatalog]) == false)
    }

    @Test("an update that replaces one that implies another proves that other one as well")
    func impliedBySuccessor() throws {
        let catalog = try Known.catalog.get()
        let requirement = try #require(
            catalog.prerequisites(program: "windows-10", system: "windows-10-22h2")?.requirements
                .first { $0.id == "cumulative" })
        var minimum = try #require(requirement.minimum(on: Known.day("2026-01-15")))
        minimum.impliedBy = [5_072_653]
        #expect(catalog.accepted(for: minimum) == [5_066_791, 5_072_653, 5_126_256])
    }
}

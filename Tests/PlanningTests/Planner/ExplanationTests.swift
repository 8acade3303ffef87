import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Explanations")
struct ExplanationTests {
    static let fleet = makeFleet(
        [
            Machine(name: "pc-0001.corp.example.com"),
            Machine(name: "pc-0002.corp.example.com", version: "6.1 (7600)", base: nil),
            Machine(name: "pc-0003.corp.example.com", enabled: false), Machine(name: "pc-0003.lab.example.com"),
            Machine(name: "srv", hosting: "azure"), Machine(name: "late", updates: [4_474_419, 4_536_952]),
        ], keys: [Known.key("k", remaining: 120)], purchases: [Known.purchase(1, 9), Known.purchase(2, 5, line: 3)])

    private func reason(_ name: String, _ rule: String) throws -> Explanation.Reason {
        let explanation = try #require(try makePlanner().explain(name, in: Self.fleet).first)
        return try #require(explanation.reasons.first { $0.rule.id == rule }, "\(explanation.reasons)")
    }

    @Test("each rule names its datum, file and line")
    func data() throws {
        let pack = try reason("pc-0002", "ELIG-02")
        #expect(pack.verdict == .violated)
        #expect(pack.datum.contains("Service Pack 1"))
        #expect(pack.source == SourceReference(file: "ad.csv", line: 4))
        #expect(!pack.rule.text.isEmpty)
        let license = try reason("pc-0001", "LIC-02")
        #expect(license.verdict == .satisfied)
        #expect(license.source == SourceReference(file: "purchases.csv", line: 3))
        #expect(license.datum.hasPrefix("5 licenses"))
        let key = try reason("pc-0001", "PLAN-12")
        #expect(key.datum.contains("ABCDE"))
        #expect(key.source == SourceReference(file: "site.cilx", line: 40))
        let base = try reason("pc-0001", "PLAN-10")
        #expect(base.datum.contains("GVLK HVTHH"))
        #expect(base.source == SourceReference(file: "site.cilx", line: 30))
        let hosting = try reason("srv", "LIC-10")
        #expect(hosting.source?.file == "tags.csv")
    }

    @Test("an embedded system is told the program by which its manufacturer serves it (ELIG-04)")
    func embedded() throws {
        let fleet = makeFleet([Machine(name: "till", system: "Windows Embedded POSReady 7", base: nil)])
        let explanation = try #require(try makePlanner().explain("till", in: fleet).first)
        let reason = try #require(explanation.reasons.first { $0.rule.id == "ELIG-04" })
        #expect(reason.datum.contains("which only the manufacturer serves"))
        let posReady = try #require(try ProgramCatalog.bundled()["posready-7"])
        #expect(reason.datum.contains(posReady.title))
    }

    @Test("missing and replaced updates are told one by one")
    func updates() throws {
        let explanation = try #require(try makePlanner().explain("LATE", in: Self.fleet).first)
        #expect(explanation.decision == .prepare)
        let updates = explanation.reasons.filter { $0.rule.id.hasPrefix("DEP") }
        #expect(updates.map(\.verdict) == [.satisfied, .satisfied, .violated])
        #expect(updates[1].datum.contains("KB4536952"))
        #expect(updates[1].source == SourceReference(file: "updates.csv", line: 2))
        #expect(updates[2].datum.contains("KB4538483"))
        #expect(explanation.summary.contains("1 update"))
        guard case .installUpdate(let update) = explanation.procedure?.steps.first else {
            Issue.record("the first step installs no update")
            return
        }
        #expect(update.demanded == [4_538_483])
        // On that day the package of July 2020 was the newest; that of August 2022 did not exist.
        #expect(update.kb == 4_575_903)
    }

    @Test("a name is found in any case, by full name or first label")
    func names() throws {
        let planner = try makePlanner()
        for name in ["PC-0001", "pc-0001.corp.example.com", "PC-0001.Corp.Example.Com."] {
            #expect(try planner.explain(name, in: Self.fleet).first?.computer == "pc-0001.corp.example.com")
        }
    }

    @Test("an unknown name lists near names, an ambiguous one the candidates")
    func errors() throws {
        let planner = try makePlanner()
        let unknown = #expect(throws: PlanningError.self) { try planner.explain("pc-0009", in: Self.fleet) }
        guard case .noComputer(_, let near) = unknown else {
            Issue.record("\(String(describing: unknown))")
            return
        }
        #expect(near.contains("pc-0001.corp.example.com"))
        let several = #expect(throws: PlanningError.self) { try planner.explain("pc-0003", in: Self.fleet) }
        #expect("\(several.map { "\($0)" } ?? "")".contains("pc-0003.lab.example.com"))
    }

    @Test("a shortage names the refused keys that could help, and only those")
    func refusedKeys() throws {
        let keys = [
            Known.key("ordinary", remaining: 5, pid: Known.ordinaryPID, partial: "BBBBB"),
            Known.key("uncounted", remaining: nil, partial: "CCCCC"),
            Known.key("unproven", remaining: 5, pid: nil, partial: "DDDDD"),
        ]
        let fleet = makeFleet([Machine(name: "a")], keys: keys)
        let explanation = try #require(try makePlanner().explain("a", in: fleet).first)
        #expect(explanation.decision == .shortage)
        let told = explanation.reasons.filter { $0.datum.contains("is refused") }
        #expect(told.count == 2)
        #expect(told.first?.datum.contains("CCCCC is refused: it is a key of windows-7 year 2") == true)
        #expect(told.last?.datum.contains("DDDDD is refused: nothing proves") == true)
        #expect(told.allSatisfy { $0.verdict == .violated })
    }
}

@Suite("Targets, waves and routes")
struct TargetTests {
    private func error(_ choice: TargetChoice?, asOf: String = "2021-02-01") throws -> String {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.targets = choice.map { [$0] } ?? []
        }
        let planner = try makePlanner(policy, asOf: asOf)
        let error = #expect(throws: PlanningError.self) { try planner.plan(makeFleet([])) }
        return error.map { "\($0)" } ?? ""
    }

    @Test("targets that cannot be planned are errors that name place, reason and remedy")
    func errors() throws {
        #expect(try error(nil).contains("targets:"))
        let unknown = try error(TargetChoice(program: "windows-8", year: 1, line: 3))
        #expect(unknown.hasPrefix("policy.yaml:3: "))
        #expect(unknown.contains("windows-10"))
        #expect(try error(TargetChoice(program: "windows-7", year: 4)).contains("years 1 to 3"))
        #expect(try error(TargetChoice(program: "windows-7-embedded", year: 1)).contains("manufacturer"))
        #expect(try error(TargetChoice(program: "windows-server-2016", year: nil)).contains("auto"))
        #expect(try error(TargetChoice(program: "windows-server-2008", year: 4), asOf: "2023-03-01").contains("no key"))
        #expect(try error(TargetChoice(program: "windows-7", year: nil), asOf: "2019-01-01").contains("2019-01-01"))
        let early = try error(TargetChoice(program: "windows-7", year: 3))
        #expect(early.contains("CON-10"))
        #expect(early.contains("2022-01-12"))
    }

    @Test("auto is the year that covers the day")
    func auto() throws {
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-7", year: nil)] }
        for (day, year) in [("2020-01-14", 1), ("2021-01-12", 1), ("2021-01-13", 2), ("2023-01-10", 3)] {
            #expect(try makePlanner(policy, asOf: day).plan(makeFleet([])).targets.map(\.year) == [year])
        }
    }

    @Test("a past year is a warning, the current one is not")
    func past() throws {
        #expect(
            try makePlanner(asOf: "2022-01-12").plan(makeFleet([])).warnings.contains { $0.code == "plan.year.past" })
        #expect(
            try !makePlanner(asOf: "2022-01-11").plan(makeFleet([])).warnings.contains { $0.code == "plan.year.past" })
    }

    @Test("waves take the first that fits and is not full; computers without steps are in none")
    func waves() throws {
        let policy = makePolicy {
            $0.waves = [WaveRule(name: "pilot", condition: .tag(Glob("pilot")), limit: 1), WaveRule(name: "broad")]
        }
        let machines = [
            Machine(name: "a", enabled: false, tags: ["pilot"]), Machine(name: "b", tags: ["pilot"]),
            Machine(name: "c", tags: ["pilot"]), Machine(name: "d"),
        ]
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries.map { plan.wave(of: $0)?.name } == [nil, "pilot", "broad", "broad"])
    }

    @Test("the tag's route wins over the policy's, and online is the default")
    func routes() throws {
        let policy = makePolicy { $0.routes = [RouteRule(route: .proxy, condition: .name(Glob("lab-*")))] }
        let machines = [
            Machine(name: "lab-1"), Machine(name: "lab-2", route: "Phone"), Machine(name: "pc-1"),
            Machine(name: "pc-2", route: "pigeon"),
        ]
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries.compactMap { plan.procedure(of: $0)?.route } == [.proxy, .phone, .online, .online])
        #expect(plan.procedures.count == 3)
        #expect(plan.warnings.contains { $0.code == "plan.route.unknown" && $0.count == 1 })
    }

    @Test("the tier is that of the first rule that matches, or one below the lowest")
    func tiers() throws {
        let policy = makePolicy {
            $0.priorities = [
                PriorityRule(tier: 3, condition: .tag(Glob("x"))), PriorityRule(tier: 1, condition: .tag(Glob("*"))),
            ]
        }
        let machines = [Machine(name: "a", tags: ["x"]), Machine(name: "b", tags: ["y"]), Machine(name: "c")]
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: [Known.key("k", remaining: 2)]))
        #expect(plan.entries.map(\.tier) == [3, 1, 4])
        #expect(plan.entries.map(\.decision) == [.activate, .activate, .shortage])
    }

    @Test("several targets give one entry each, computer by computer")
    func several() throws {
        let policy = makePolicy { $0.targets.append(TargetChoice(program: "windows-server-2008", year: 2)) }
        let machines = [Machine(name: "a"), Machine(name: "b", system: "Windows Server 2008 R2 Standard", base: nil)]
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries.map { plan.name(of: $0) } == ["a", "a", "b", "b"])
        #expect(plan.entries.map(\.decision) == [.activate, .ineligible, .ineligible, .shortage])
        #expect(plan.totals.total == 4)
    }
}

@Suite("The answer to a computer that got nothing")
struct CompetitionAnswerTests {
    static func explanation(
        _ name: String, _ machines: [Machine], keys: [LicenseKey], purchases: [Purchase] = [],
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> Explanation {
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .tag(Glob("critical")))]
            change(&$0)
        }
        let explanations = try makePlanner(policy).explain(
            name, in: makeFleet(machines, keys: keys, purchases: purchases))
        return try #require(explanations.first)
    }

    static let machines =
        [Machine(name: "zz-boss", tags: ["critical"])] + (1...3).map { Machine(name: "pc-\($0)") }

    @Test("it is told which tiers got the activations, and who was the last of its own")
    func rivals() throws {
        let answer = try Self.explanation("pc-3", Self.machines, keys: [Known.key("k", remaining: 3)])
        #expect(
            answer.rivals == [
                "The activations of its keys (ABCDE) went to others: 1 to tier 1 and 2 to tier 2.",
                "Lower tiers are served first; this computer is of tier 2.",
                "Of its own tier, 2 were served; the order of names decides: the last by name is pc-2.",
            ])
    }

    @Test("it is told what would help: the key that is the bottleneck, and whom to ask")
    func activations() throws {
        let answer = try Self.explanation("pc-3", Self.machines, keys: [Known.key("k", remaining: 3)])
        #expect(answer.advice.count == 3)
        #expect(
            answer.advice[0].hasPrefix("One more activation on ABCDE would serve one more of the 1 computer that waits")
        )
        #expect(answer.advice[1] == "To serve everybody: request 1 more activation on ABCDE.")
        #expect(answer.advice.last?.hasPrefix("For the activations ask Microsoft") == true)
    }

    @Test("where licenses are missing it is told which years to buy, and at what price")
    func licenses() throws {
        let answer = try Self.explanation(
            "pc-3", Self.machines, keys: [Known.key("k", remaining: 9)],
            purchases: [Known.purchase(1, 3), Known.purchase(2, 2)]
        ) { $0.prices = NeedsTests.prices }
        #expect(answer.decision == .unpurchased)
        #expect(
            answer.advice == [
                "To serve everybody: buy 1 license of windows-7 year 1 (50.00 USD) and buy 2 licenses of windows-7 year 2 "
                    + "(201.00 USD).",
                "A year counts only with all years before it (LIC-02), so earlier ones are bought as well.",
            ])
    }

    @Test("a computer that no key takes is told so")
    func noKey() throws {
        let answer = try Self.explanation("pc-3", Self.machines, keys: [Known.key("k", remaining: 9)]) {
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "k"), scope: .tag(Glob("critical")))]
        }
        #expect(answer.rivals == ["No key of the inventory takes this computer, so nobody took its place."])
        #expect(answer.advice == ["Widen the scope of a key in the policy, or import the key that was bought for it."])
    }

    @Test("a computer that is served gets no such answer")
    func served() throws {
        let answer = try Self.explanation("zz-boss", Self.machines, keys: [Known.key("k", remaining: 3)])
        #expect(answer.rivals.isEmpty && answer.advice.isEmpty)
    }

    @Test(
        "the priority rule that is cited is the one that matches, not another one of the same tier",
        arguments: [("pc-a", 5), ("pc-b", 6), ("pc-c", nil)] as [(String, Int?)])
    func matchingPriority(name: String, line: Int?) throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.priorities = [
                PriorityRule(tier: 1, condition: .name(Glob("pc-a")), line: 5),
                PriorityRule(tier: 1, condition: .name(Glob("pc-b")), line: 6),
            ]
        }
        let fleet = makeFleet(
            ["pc-a", "pc-b", "pc-c"].map { Machine(name: $0) }, keys: [Known.key("k", remaining: 9)])
        let explanation = try #require(try makePlanner(policy).explain(name, in: fleet).first)
        let reason = try #require(explanation.reasons.first { $0.rule.id == "PLAN-11" })
        #expect(reason.source?.line == line)
    }

    @Test("a priority rule that names the lowest tier itself is no match of a computer that none takes")
    func lowestTier() throws {
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .name(Glob("other")), line: 5)]
        }
        let fleet = makeFleet([Machine(name: "pc-a")], keys: [Known.key("k", remaining: 9)])
        let explanation = try #require(try makePlanner(policy).explain("pc-a", in: fleet).first)
        let reason = try #require(explanation.reasons.first { $0.rule.id == "PLAN-11" })
        #expect(reason.datum == "tier 2: no priority rule of the policy matches")
    }

    @Test("who has other keys is not said to come first by name")
    func otherKeys() throws {
        let policy = makePolicy {
            $0.keys = ["1", "2"].map {
                KeyDeclaration(match: KeyPattern(id: "k\($0)"), scope: .name(Glob("pc-\($0)*")))
            }
        }
        let fleet = makeFleet(
            ["pc-1", "pc-2", "pc-2b"].map { Machine(name: $0) },
            keys: [Known.key("k1", remaining: 9), Known.key("k2", remaining: 5)],
            purchases: [Known.purchase(1, 1), Known.purchase(2, 1)])
        func rivals(_ name: String) throws -> String {
            try #require(try makePlanner(policy).explain(name, in: fleet).first).rivals.joined(separator: " ")
        }
        #expect(try rivals("pc-1").contains("between computers with different keys the keys decide, not the names"))
        #expect(try rivals("pc-2b").contains("the order of names decides: the last by name is pc-2."))
    }
}

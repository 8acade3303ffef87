import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

@Suite("Waves and days of a plan")
struct PlannedDaysTests {
    private func plan(
        _ machines: [Machine], keys: [LicenseKey] = [Known.key("k", remaining: 5_000)], asOf: String = "2021-02-01",
        _ change: @escaping (inout Policy) -> Void
    ) throws -> ActivationPlan {
        try makePlanner(makePolicy(change), asOf: asOf).plan(makeFleet(machines, keys: keys))
    }

    private func machines(_ count: Int) -> [Machine] {
        (0..<count).map { index in
            let digits = "\(index)"
            return Machine(name: "pc-" + String(repeating: "0", count: 4 - digits.count) + digits)
        }
    }

    private func days(_ plan: ActivationPlan) -> [String?] { plan.entries.map { plan.day(of: $0)?.description } }

    private func warning(_ code: String, in plan: ActivationPlan) -> Diagnostic? {
        plan.warnings.first { $0.code == code }
    }

    @Test("an entry fits into 48 bytes")
    func entrySize() {
        #expect(MemoryLayout<PlanEntry>.stride <= 48)
    }

    @Test("without waves nothing has a day")
    func noWaves() throws {
        let plan = try plan(machines(2)) { $0.schedule.perDay = 1 }
        #expect(days(plan) == [nil, nil])
        #expect(plan.schedule == WaveSchedule())
        #expect(plan.scheduleSentence(of: plan.entries[0]) == nil)
    }

    @Test("computers without work have no wave and no day")
    func noWork() throws {
        let machines = [Machine(name: "a", enabled: false), Machine(name: "b")]
        let plan = try plan(machines) { $0.waves = [WaveRule(name: "all", perDay: 1)] }
        #expect(days(plan) == [nil, "2021-02-01"])
        #expect(plan.schedule.waves.map(\.computers) == [1])
    }

    @Test("lower tiers fill a wave with a limit first, and machines that need updates come last in their tier")
    func tiers() throws {
        var machines = machines(4)
        machines[0].updates = nil
        machines[3].tags = ["critical"]
        let plan = try plan(machines) {
            $0.priorities = [PriorityRule(tier: 1, condition: .tag(Glob("critical")))]
            $0.waves = [WaveRule(name: "pilot", limit: 1), WaveRule(name: "broad", perDay: 1)]
        }
        #expect(plan.entries.map { plan.wave(of: $0)?.name } == ["broad", "broad", "broad", "pilot"])
        #expect(days(plan) == ["2021-02-04", "2021-02-02", "2021-02-03", "2021-02-01"])
    }

    @Test("a stored confirmation id keeps the tier that the policy gives the computer")
    func reapply() throws {
        var machines = machines(2)
        machines[0].tags = ["later"]
        machines[0].rows = [DecisionTests.restorable]
        let plan = try plan(machines) {
            $0.priorities = [
                PriorityRule(tier: 1, condition: .not(.tag(Glob("later")))),
                PriorityRule(tier: 2, condition: .tag(Glob("later"))),
            ]
            $0.waves = [WaveRule(name: "all", perDay: 1)]
        }
        #expect(plan.entries.map(\.decision) == [.reapply, .activate])
        #expect(days(plan) == ["2021-02-02", "2021-02-01"])
    }

    @Test("a computer with work for several targets is visited once")
    func severalTargets() throws {
        let machines = machines(3)
        let keys = [
            Known.key("k1", remaining: 9, pid: Known.year1PID), Known.key("k2", remaining: 9),
        ]
        let plan = try plan(machines, keys: keys) {
            $0.targets = [TargetChoice(program: "windows-7", year: 1), TargetChoice(program: "windows-7", year: 2)]
            $0.waves = [WaveRule(name: "pilot", limit: 1), WaveRule(name: "broad", perDay: 1)]
        }
        #expect(plan.totals[.activate] == 6)
        #expect(plan.schedule.waves.map(\.computers) == [1, 2])
        #expect(
            days(plan) == ["2021-02-01", "2021-02-01", "2021-02-02", "2021-02-02", "2021-02-03", "2021-02-03"])
    }

    @Test("days of a wave mix the keys")
    func mixed() throws {
        let keys = [Known.key("a", remaining: 5), Known.key("b", remaining: 5)]
        let plan = try plan(machines(10), keys: keys) { $0.waves = [WaveRule(name: "all", perDay: 2)] }
        for offset in 0..<5 {
            let day = Known.day("2021-02-01").adding(days: offset)
            let used = plan.entries.filter { plan.day(of: $0) == day }.compactMap { plan.key(of: $0)?.key.id }
            #expect(Set(used) == ["a", "b"])
        }
    }

    // MARK: - Warnings

    @Test("a start before the day of the plan is a warning at its line, the day itself is none")
    func pastStart() throws {
        func start(_ day: String) -> (inout Policy) -> Void {
            {
                $0.file = "policy.yaml"
                $0.waves = [WaveRule(name: "all", start: Known.day(day), line: 7)]
            }
        }
        let past = try plan(machines(1), start("2021-01-31"))
        #expect(days(past) == ["2021-02-01"])
        let found = try #require(warning("plan.wave.start.past", in: past))
        #expect(found.file == "policy.yaml" && found.line == 7)
        #expect(try warning("plan.wave.start.past", in: plan(machines(1), start("2021-02-01"))) == nil)
    }

    @Test("computers after the last day of the year are counted; the last day itself is none too late")
    func late() throws {
        func run(_ asOf: String) throws -> Diagnostic? {
            try warning(
                "plan.wave.late",
                in: plan(machines(4), asOf: asOf) {
                    $0.stale.action = .plan
                    $0.waves = [WaveRule(name: "all", perDay: 1)]
                })
        }
        // The second year of Windows 7 ends on 11 January 2022.
        #expect(try run("2022-01-08") == nil)
        let found = try #require(try run("2022-01-10"))
        #expect(found.count == 2 && found.message.contains("CON-09") && found.message.contains("2022-01-11"))
        #expect(try run("2022-01-11")?.count == 3)
        // A past year is told about with its target, once.
        #expect(try run("2022-01-12") == nil)
    }

    @Test("a wave that ends on or after the second Tuesday after its start is a warning with the number of computers")
    func patchDay() throws {
        func run(_ start: String) throws -> Diagnostic? {
            try warning(
                "plan.wave.patchday",
                in: plan(machines(3)) {
                    $0.waves = [WaveRule(name: "all", perDay: 1, start: Known.day(start))]
                })
        }
        #expect(try run("2021-02-06") == nil)
        let found = try #require(try run("2021-02-08"))
        #expect(found.count == 2 && found.message.contains("2021-02-09") && found.message.contains("DEP-06"))
        #expect(try run("2021-02-09")?.count == 3)
        #expect(try run("2021-02-10") == nil)
    }

    @Test("computers that no wave takes, and those that full waves turn away, are counted apart")
    func noWave() throws {
        var machines = machines(4)
        machines[3].tags = ["pilot"]
        machines[2].tags = ["pilot"]
        let plan = try plan(machines) { $0.waves = [WaveRule(name: "pilot", condition: .tag(Glob("pilot")), limit: 1)] }
        #expect(plan.schedule.unmatched == 2 && plan.schedule.turnedAway == 1 && plan.schedule.inNoWave == 3)
        let unmatched = try #require(warning("plan.wave.unmatched", in: plan))
        #expect(unmatched.count == 2 && unmatched.file == "ad.csv" && unmatched.line == 2)
        let full = try #require(warning("plan.wave.full", in: plan))
        #expect(full.count == 1 && full.line == 5)
        #expect(plan.scheduleSentence(of: plan.entries[0])?.hasPrefix("in no wave") == true)
    }

    @Test("more than a thousand computers on the first day without ramp-up are a note")
    func storm() throws {
        func run(_ count: Int, _ wave: WaveRule) throws -> Diagnostic? {
            try warning("plan.wave.storm", in: plan(machines(count)) { $0.waves = [wave] })
        }
        #expect(try run(1_001, WaveRule(name: "all"))?.severity == .note)
        #expect(try run(1_000, WaveRule(name: "all")) == nil)
        #expect(try run(1_001, WaveRule(name: "all", rampUp: [1_001])) == nil)
        #expect(try run(1_001, WaveRule(name: "all", perDay: 500)) == nil)
    }

    @Test("computers for which no day is left are a warning")
    func undated() throws {
        let plan = try plan(machines(2)) { $0.waves = [WaveRule(name: "all", start: Known.day("2500-01-01"))] }
        #expect(days(plan) == [nil, nil])
        #expect(plan.schedule.waves[0].undated == 2)
        #expect(warning("plan.wave.undated", in: plan)?.count == 2)
        #expect(plan.scheduleSentence(of: plan.entries[0]) == "in wave all, which has no day left for it")
    }

    // MARK: - Sentences

    @Test(
        "an explanation says which day, which day of the wave, and how far from the second Tuesday",
        arguments: [
            (
                "2021-01-30", 1,
                "planned for Sunday 7 February 2021 in wave all (day 2 of 3), 2 days before the updates of the second "
                    + "Tuesday, 9 February 2021"
            ),
            (
                "2021-02-06", 7,
                "planned for Tuesday 16 February 2021 in wave all (day 2 of 3), 1 week after the updates of the second "
                    + "Tuesday, 9 February 2021, which check the activation when they install (rule DEP-06)"
            ),
            (
                "2021-02-08", 1,
                "planned for Tuesday 9 February 2021 in wave all (day 2 of 3), on the day of the updates of the second "
                    + "Tuesday, 9 February 2021, which check the activation when they install (rule DEP-06)"
            ),
        ])
    func sentence(start: String, gap: Int, expected: String) throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.waves = [WaveRule(name: "all", perDay: 1, start: Known.day(start), line: 4)]
            if start == "2021-01-30" {
                $0.blackouts = [Blackout(.range(Known.day("2021-02-02")...Known.day("2021-02-06")))]
            }
            if gap == 7 {
                $0.blackouts = [Blackout(.range(Known.day("2021-02-07")...Known.day("2021-02-15")))]
            }
        }
        let fleet = makeFleet(machines(3), keys: [Known.key("k", remaining: 9)])
        let explanation = try #require(try makePlanner(policy).explain("pc-0001", in: fleet).first)
        #expect(explanation.schedule == expected)
        #expect(explanation.day != nil && explanation.wave == "all")
        #expect(explanation.waveSource == SourceReference(file: "policy.yaml", line: 4))
    }
}

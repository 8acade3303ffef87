import ActivationModel
import Testing

@testable import Planning

@Suite("Order and days of waves")
struct WaveScheduleTests {
    /// Monday 1 February 2021.
    private static let monday = Known.day("2021-02-01")

    private func plan(
        _ visits: [Visit], _ waves: [WaveRule], blackouts: [Blackout] = [], perDay: Int? = nil, earliest: Int = 0
    ) -> (waves: [ScheduledWave], offsets: [Int16]) {
        WaveSchedule.plan(
            visits, waves: waves,
            calendar: ScheduleCalendar(asOf: WaveScheduleTests.monday, blackouts: blackouts, perDay: perDay),
            earliest: earliest)
    }

    private func visits(_ count: Int, wave: Int32 = 0) -> [Visit] {
        (0..<count).map { _ in Visit(wave: wave, tier: 1, needsUpdates: false, key: 0) }
    }

    @Test("lower tiers come first, within a tier ready ones, then keys in turn, then names")
    func order() {
        let visits = [
            Visit(wave: 1, tier: 1, needsUpdates: false, key: 0),
            Visit(wave: 0, tier: 2, needsUpdates: false, key: 0),
            Visit(wave: 0, tier: 1, needsUpdates: true, key: 0),
            Visit(wave: 0, tier: 1, needsUpdates: false, key: 0),
            Visit(wave: 0, tier: 1, needsUpdates: false, key: 0),
            Visit(wave: 0, tier: 1, needsUpdates: false, key: 1),
            Visit(tier: 1, needsUpdates: false, key: 0),
            Visit(wave: 0, tier: 1, needsUpdates: false, key: -1),
        ]
        // Of four turns key 0 has two: its windows are the first and the last two.
        let sequence = WaveOrder(visits).sequence
        #expect(sequence.suffix(3) == [2, 1, 0])
        #expect(sequence.prefix(4).map { visits[Int($0)].key } == [0, -1, 0, 1])
        #expect(sequence.prefix(4).filter { visits[Int($0)].key == 0 } == [3, 4])
    }

    @Test("a wave without start follows the wave before it, the first one begins with the plan")
    func follows() {
        let waves = [
            WaveRule(name: "a", perDay: 2), WaveRule(name: "b"), WaveRule(name: "c", start: Known.day("2021-02-02")),
        ]
        let plan = plan(visits(3) + visits(1, wave: 1) + visits(1, wave: 2), waves)
        #expect(plan.offsets == [0, 0, 1, 2, 1])
        #expect(plan.waves.map { $0.firstDay?.description } == ["2021-02-01", "2021-02-03", "2021-02-02"])
        #expect(plan.waves.map { $0.lastDay?.description } == ["2021-02-02", "2021-02-03", "2021-02-02"])
    }

    @Test("a wave without computers has no days; the next begins where it would have")
    func empty() {
        let waves = [WaveRule(name: "a", start: Known.day("2021-02-10")), WaveRule(name: "b")]
        let plan = plan(visits(1, wave: 1), waves)
        #expect(plan.waves[0].days.isEmpty && plan.waves[0].patchTuesday == nil)
        #expect(plan.waves[0].endsBeforePatchTuesday == nil)
        #expect(plan.waves[1].firstDay?.description == "2021-02-10")
    }

    @Test("nothing is planned before the earliest day, nor before the plan's own")
    func earliest() {
        let past = [WaveRule(name: "a", start: Known.day("2021-01-20"))]
        #expect(plan(visits(1), past).offsets == [0])
        #expect(plan(visits(1), past, earliest: 9).offsets == [9])
        #expect(plan(visits(1), [WaveRule(name: "a")], earliest: 9).offsets == [9])
    }

    @Test(
        "a wave ends before the second Tuesday that is not before its first day",
        arguments: [
            ("2021-02-08", 1, "2021-02-09", true), ("2021-02-08", 2, "2021-02-09", false),
            ("2021-02-09", 1, "2021-02-09", false), ("2021-02-10", 27, "2021-03-09", true),
            ("2021-02-10", 28, "2021-03-09", false),
        ])
    func patchTuesday(start: String, days: Int, tuesday: String, before: Bool) {
        let wave = plan(visits(days), [WaveRule(name: "a", perDay: 1, start: Known.day(start))]).waves[0]
        #expect(wave.patchTuesday?.description == tuesday)
        #expect(wave.endsBeforePatchTuesday == before)
    }

    @Test("a wave with computers that have no day does not end before the second Tuesday")
    func undated() {
        func wave(_ computers: Int) -> ScheduledWave {
            ScheduledWave(
                rule: WaveRule(name: "a"), computers: computers,
                days: [.init(day: WaveScheduleTests.monday, computers: 1)])
        }
        #expect(wave(1).endsBeforePatchTuesday == true)
        #expect(wave(2).endsBeforePatchTuesday == false)
    }

    @Test("a blocked key stops only its share of every stretch of days")
    func spread() {
        // 30 computers of one key, then 60 of another by name; ten a day.
        let visits = (0..<90).map { Visit(wave: 0, tier: 1, needsUpdates: false, key: $0 < 30 ? 4 : 7) }
        let offsets = plan(visits, [WaveRule(name: "a", perDay: 10)]).offsets
        for day in 0..<9 {
            let blocked = zip(visits, offsets).count { $0.key == 4 && Int($1) == day }
            #expect((3...4).contains(blocked))
        }
    }

    // MARK: - Random schedules

    struct World: Sendable {
        var visits: [Visit]
        var waves: [WaveRule]
        var blackouts: [Blackout]
        var perDay: Int?

        init(seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
            func day() -> Day { WaveScheduleTests.monday.adding(days: Int.random(in: -5...40, using: &random)) }
            waves = (0..<Int.random(in: 1...4, using: &random)).map { index in
                let perDay = chance(60) ? Int.random(in: 1...9, using: &random) : nil
                return WaveRule(
                    name: "wave \(index)", perDay: perDay,
                    rampUp: chance(40)
                        ? (0..<Int.random(in: 1...4, using: &random)).map { _ in
                            Int.random(in: 1...(perDay ?? 6), using: &random)
                        } : [],
                    start: chance(50) ? day() : nil)
            }
            blackouts = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                if chance(50) { return Blackout(.weekday(Weekday.allCases.randomElement(using: &random) ?? .sunday)) }
                let first = day()
                return Blackout(.range(first...first.adding(days: Int.random(in: 0...6, using: &random))))
            }
            perDay = chance(40) ? Int.random(in: 1...8, using: &random) : nil
            let last = Int32(waves.count) - 1
            visits = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                Visit(
                    wave: Int32.random(in: -1...last, using: &random), tier: Int32.random(in: 1...3, using: &random),
                    needsUpdates: chance(30), key: Int32.random(in: -1...4, using: &random))
            }
        }

        func isBlackout(_ day: Day) -> Bool {
            blackouts.contains {
                switch $0.days {
                case .range(let days): days.contains(day)
                case .weekday(let weekday): Weekday(day) == weekday
                }
            }
        }
    }

    static let seeds = Array(UInt64(1)...200)

    @Test(
        "every computer of a wave has a day, and no day takes more than rate, ramp-up and limit allow", arguments: seeds
    )
    func rates(seed: UInt64) {
        let world = World(seed: seed)
        let plan = plan(world.visits, world.waves, blackouts: world.blackouts, perDay: world.perDay)
        #expect(zip(world.visits, plan.offsets).allSatisfy { ($0.wave >= 0) == ($1 >= 0) })
        var perDay: [Day: Int] = [:]
        for (number, wave) in plan.waves.enumerated() {
            var counted: [Day: Int] = [:]
            for (visit, offset) in zip(world.visits, plan.offsets) where Int(visit.wave) == number {
                counted[WaveScheduleTests.monday.adding(days: Int(offset)), default: 0] += 1
            }
            #expect(counted == Dictionary(uniqueKeysWithValues: wave.days.map { ($0.day, $0.computers) }))
            #expect(wave.computers == world.visits.count { Int($0.wave) == number } && wave.undated == 0)
            for (index, share) in wave.days.enumerated() {
                perDay[share.day, default: 0] += share.computers
                #expect(!world.isBlackout(share.day))
                #expect(share.day >= max(WaveScheduleTests.monday, wave.rule.start ?? WaveScheduleTests.monday))
                if let rate = wave.rule.perDay { #expect(share.computers <= rate) }
                if index < wave.rule.rampUp.count { #expect(share.computers <= wave.rule.rampUp[index]) }
                #expect(wave.number(of: share.day) == index + 1)
            }
        }
        if let most = world.perDay { #expect(perDay.values.allSatisfy { $0 <= most }) }
    }

    @Test("between the days of a wave lie only blackout days and days that are full", arguments: seeds)
    func contiguous(seed: UInt64) {
        let world = World(seed: seed)
        let plan = plan(world.visits, world.waves, blackouts: world.blackouts, perDay: world.perDay)
        var perDay: [Day: Int] = [:]
        for share in plan.waves.flatMap(\.days) { perDay[share.day, default: 0] += share.computers }
        var begin = WaveScheduleTests.monday
        for wave in plan.waves {
            begin = max(WaveScheduleTests.monday, wave.rule.start ?? begin)
            var expected = begin
            for share in wave.days {
                while expected < share.day {
                    #expect(world.isBlackout(expected) || perDay[expected] == world.perDay)
                    expected = expected.adding(days: 1)
                }
                #expect(expected == share.day)
                expected = expected.adding(days: 1)
            }
            begin = wave.lastDay?.adding(days: 1) ?? begin
        }
    }

    @Test(
        "within a wave, nobody of a later tier or with updates to install comes before one who is due first",
        arguments: seeds)
    func tiers(seed: UInt64) {
        let world = World(seed: seed)
        let offsets = plan(world.visits, world.waves, blackouts: world.blackouts, perDay: world.perDay).offsets
        func rank(_ visit: Visit) -> Int32 { visit.tier * 2 + (visit.needsUpdates ? 1 : 0) }
        for (earlier, one) in zip(world.visits, offsets) where earlier.wave >= 0 {
            for (later, other) in zip(world.visits, offsets)
            where later.wave == earlier.wave && rank(earlier) < rank(later) {
                #expect(one <= other)
            }
        }
    }
}

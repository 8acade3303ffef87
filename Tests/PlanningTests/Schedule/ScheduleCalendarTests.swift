import ActivationModel
import Testing

@testable import Planning

@Suite("Days of a wave")
struct ScheduleCalendarTests {
    /// Monday 1 February 2021.
    private static let monday = Known.day("2021-02-01")

    private func shares(
        _ count: Int, _ wave: WaveRule, from offset: Int = 0, blackouts: [Blackout] = [], perDay: Int? = nil
    ) -> [[Int]] {
        var calendar = ScheduleCalendar(asOf: ScheduleCalendarTests.monday, blackouts: blackouts, perDay: perDay)
        return calendar.take(count, for: wave, from: offset).map { [$0.offset, $0.count] }
    }

    @Test("without a rate all computers are planned for the first day")
    func oneDay() {
        #expect(shares(7, WaveRule(name: "a"), from: 3) == [[3, 7]])
        #expect(shares(0, WaveRule(name: "a")) == [])
    }

    @Test("the last day takes what the rate leaves")
    func rate() {
        #expect(shares(7, WaveRule(name: "a", perDay: 3)) == [[0, 3], [1, 3], [2, 1]])
        #expect(shares(6, WaveRule(name: "a", perDay: 3)) == [[0, 3], [1, 3]])
    }

    @Test("the ramp-up gives the first days, then perDay, or all the rest without it")
    func rampUp() {
        #expect(
            shares(20, WaveRule(name: "a", perDay: 6, rampUp: [1, 2, 4])) == [
                [0, 1], [1, 2], [2, 4], [3, 6], [4, 6], [5, 1],
            ])
        #expect(shares(20, WaveRule(name: "a", rampUp: [1, 2])) == [[0, 1], [1, 2], [2, 17]])
        #expect(shares(5, WaveRule(name: "a", perDay: 2, rampUp: [4])) == [[0, 2], [1, 2], [2, 1]])
    }

    @Test("blackout days take nothing and do not count for the ramp-up")
    func blackouts() {
        let blackouts = [
            Blackout(.weekday(.saturday)), Blackout(.weekday(.sunday)),
            Blackout(.range(Known.day("2021-01-20")...Known.day("2021-02-01"))),
            Blackout(.range(Known.day("2021-02-04")...Known.day("2021-02-04"))),
        ]
        // Tuesday 2, Wednesday 3, Friday 5, Monday 8, Tuesday 9 February.
        #expect(
            shares(15, WaveRule(name: "a", perDay: 4, rampUp: [1, 2]), blackouts: blackouts) == [
                [1, 1], [2, 2], [4, 4], [7, 4], [8, 4],
            ])
    }

    @Test("the limit of all waves together leaves to later waves what earlier ones leave")
    func overAll() {
        var calendar = ScheduleCalendar(asOf: ScheduleCalendarTests.monday, blackouts: [], perDay: 5)
        func take(_ count: Int, _ wave: WaveRule) -> [[Int]] {
            calendar.take(count, for: wave, from: 0).map { [$0.offset, $0.count] }
        }
        #expect(take(8, WaveRule(name: "a", perDay: 4)) == [[0, 4], [1, 4]])
        #expect(take(4, WaveRule(name: "b", rampUp: [2, 3])) == [[0, 1], [1, 1], [2, 2]])
        #expect(take(12, WaveRule(name: "c")) == [[2, 3], [3, 5], [4, 4]])
    }

    @Test("where no day is left, the rest has none")
    func horizon() {
        let last = ScheduleCalendar.horizon
        #expect(shares(5, WaveRule(name: "a", perDay: 2), from: last) == [[last, 2]])
        #expect(shares(5, WaveRule(name: "a"), from: last + 1) == [])
        #expect(shares(5, WaveRule(name: "a"), blackouts: Weekday.allCases.map { Blackout(.weekday($0)) }) == [])
    }
}

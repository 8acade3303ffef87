import ActivationModel
import Testing

@Suite("Days and instants")
struct TimeTests {
    @Test("every day from 1600 to 2500 survives the way through its parts and its text")
    func dayRoundTrip() throws {
        let first = try #require(Day(year: 1600, month: 1, day: 1))
        let last = try #require(Day(year: 2500, month: 12, day: 31))
        for ordinal in stride(from: first.ordinal, through: last.ordinal, by: 1) {
            let day = Day(ordinal: ordinal)
            let (year, month, dayOfMonth) = day.parts
            guard Day(year: year, month: month, day: dayOfMonth) == day else {
                Issue.record("\(ordinal) does not survive")
                return
            }
        }
        #expect(Day("2021-02-01")?.description == "2021-02-01")
    }

    @Test(
        "days that the calendar does not have are refused",
        arguments: ["2021-02-29", "2021-13-01", "2021-00-10", "2021-1-1", "21-01-01", "2021-04-31", "today"])
    func noSuchDay(text: String) {
        #expect(Day(text) == nil)
    }

    @Test("2026-11-24 is a Tuesday")
    func weekday() throws {
        #expect(try #require(Day("2026-11-24")).weekday == 1)
        #expect(try #require(Day("1969-12-31")).weekday == 2)
    }

    @Test(
        "the second Tuesday is the day of Microsoft's releases",
        arguments: [
            (2020, 1, "2020-01-14"), (2021, 1, "2021-01-12"), (2026, 11, "2026-11-10"), (2028, 10, "2028-10-10"),
            (2023, 8, "2023-08-08"),
        ])
    func secondTuesday(year: Int, month: Int, expected: String) {
        #expect(Day.secondTuesday(ofMonth: month, year: year)?.description == expected)
    }

    @Test(
        "the next second Tuesday is the day itself, one of the month, or one of the next month",
        arguments: [
            ("2021-02-09", "2021-02-09"), ("2021-02-10", "2021-03-09"), ("2021-02-01", "2021-02-09"),
            ("2020-12-09", "2021-01-12"), ("2026-10-14", "2026-11-10"), ("2026-11-11", "2026-12-08"),
            ("9999-12-31", nil),
        ])
    func nextSecondTuesday(day: String, expected: String?) throws {
        #expect(Day.secondTuesday(onOrAfter: try #require(Day(day)))?.description == expected)
    }

    @Test(
        "a day is spelled out with its weekday",
        arguments: [
            ("2021-02-09", Weekday.tuesday, "Tuesday 9 February 2021"),
            ("2026-11-01", .sunday, "Sunday 1 November 2026"), ("2024-02-29", .thursday, "Thursday 29 February 2024"),
        ])
    func spelledOut(text: String, weekday: Weekday, expected: String) throws {
        let day = try #require(Day(text))
        #expect(Weekday(day) == weekday)
        #expect(day.spelledOutWithWeekday == expected)
    }

    @Test("the bytes of a day are its description", arguments: ["0001-01-01", "2021-02-09", "9999-12-31"])
    func bytes(text: String) throws {
        var bytes: [UInt8] = []
        try #require(Day(text)).append(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test(
        "the forms that .NET writes are read",
        arguments: [
            ("2021-01-30T10:00:00Z", "2021-01-30T10:00:00Z"), ("2021-01-30T10:00:00", "2021-01-30T10:00:00Z"),
            ("2021-01-30T10:00:00.1234567Z", "2021-01-30T10:00:00.123Z"),
            ("2021-01-30T11:00:00.5+01:00", "2021-01-30T10:00:00.500Z"),
            ("2021-01-30 10:00:00", "2021-01-30T10:00:00Z"), ("2021-01-30", "2021-01-30T00:00:00Z"),
            ("2021-01-30T00:30:00+0200", "2021-01-29T22:30:00Z"), (" 2021-01-30T10:00Z ", "2021-01-30T10:00:00Z"),
        ])
    func iso(text: String, expected: String) {
        #expect(Timestamp(iso: text)?.description == expected)
    }

    @Test(
        "what is no instant, and .NET's empty date, give nothing",
        arguments: [
            "", "0001-01-01T00:00:00", "2021-01-30T25:00:00", "30.01.2021", "2021-01-30T10:00:00Zulu",
            "2021-01-30T10:00:00.", "9999-12-31T23:59:60Z", "9999-12-31T23:00:00-02:00", "0002-01-01T00:00:00+01:00",
        ])
    func isoRefused(text: String) {
        #expect(Timestamp(iso: text) == nil)
    }

    @Test(
        "an instant of the first and of the last year is read as it was written",
        arguments: ["0002-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z"])
    func isoEnds(text: String) {
        #expect(Timestamp(iso: text)?.description == text)
    }

    @Test("a FILETIME becomes an instant, and the values for never become none")
    func fileTime() {
        #expect(Timestamp(fileTime: 132_564_744_000_000_000)?.description == "2021-01-30T10:00:00Z")
        #expect(Timestamp(fileTime: 0) == nil)
        #expect(Timestamp(fileTime: .max) == nil)
        #expect(Timestamp(fileTime: -1) == nil)
    }

    @Test("an instant before 1970 belongs to its own day")
    func negative() {
        #expect(Timestamp(milliseconds: -1).day == Day(year: 1969, month: 12, day: 31))
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }
}

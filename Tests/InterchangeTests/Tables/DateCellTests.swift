import ActivationModel
import Testing

@testable import Interchange

@Suite("Dates in tables")
struct DateCellTests {
    static func cell(_ text: String) -> DateCell { DateCell(Array(text.utf8).span) }

    @Test(
        "Forms that say all by themselves",
        arguments: [
            ("132537600000000000", "2020-12-30T00:00:00Z"),
            ("01cb5e1f3d3e4000", "2010-09-27T08:37:37.467Z"),
            ("20200102030405.0Z", "2020-01-02T03:04:05Z"),
            ("20200102030405Z", "2020-01-02T03:04:05Z"),
            ("20200102030405.0+0200", "2020-01-02T01:04:05Z"),
            ("20200102030405.000000+060", "2020-01-02T02:04:05Z"),
            ("20200102030405.000000+***", "2020-01-02T03:04:05Z"),
            ("20200102", "2020-01-02T00:00:00Z"),
            ("2020-01-02 오후 3:04:05", "2020-01-02T15:04:05Z"),
            ("2020-01-02 오전 12:04:05", "2020-01-02T00:04:05Z"),
            ("2020/1/2 下午 03:04:05", "2020-01-02T15:04:05Z"),
            ("2020/1/2 上午 03:04:05", "2020-01-02T03:04:05Z"),
            ("2020/1/2 下午 12:04:05", "2020-01-02T12:04:05Z"),
            ("2-Jan-20", "2020-01-02T00:00:00Z"),
            ("02-JAN-2020 03:04:05", "2020-01-02T03:04:05Z"),
            ("2 January 2020 3:04 PM", "2020-01-02T15:04:00Z"),
            ("31-Dec-99", "1999-12-31T00:00:00Z"),
            ("2020-01-02", "2020-01-02T00:00:00Z"),
            ("2020-01-02T03:04:05+01:00", "2020-01-02T02:04:05Z"),
            ("2020/01/02 3:04:05", "2020-01-02T03:04:05Z"),
            ("2020. 01. 02. 3:04:05", "2020-01-02T03:04:05Z"),
        ])
    func absolute(_ text: String, _ expected: String) {
        guard case .instant(let instant) = DateCellTests.cell(text) else {
            Issue.record("\(text) was not read")
            return
        }
        #expect(instant.description == expected)
    }

    @Test(
        "Local dates, read in the order that they show or are given",
        arguments: [
            ("10/22/2018 11:02:08 AM", DateOrder.mdy, true, "2018-10-22T11:02:08Z"),
            ("10/22/2018 12:02:08 AM", .mdy, true, "2018-10-22T00:02:08Z"),
            ("10/22/2018 11:02:08 PM", .mdy, true, "2018-10-22T23:02:08Z"),
            ("10/22/2018 11:02:08\u{202F}PM", .mdy, true, "2018-10-22T23:02:08Z"),
            ("10/22/2018 12:02 p. m.", .mdy, true, "2018-10-22T12:02:00Z"),
            ("22.10.2018 11:02:08", .dmy, true, "2018-10-22T11:02:08Z"),
            ("2.1.2018 11.02.08", .dmy, true, "2018-01-02T11:02:08Z"),
            ("22/10/2018 11:02", .dmy, true, "2018-10-22T11:02:00Z"),
            ("22.10.2018 г. 15:04:05", .dmy, true, "2018-10-22T15:04:05Z"),
            ("2.1.2018 г.", .dmy, true, "2018-01-02T00:00:00Z"),
            ("22-10-18", .dmy, true, "2018-10-22T00:00:00Z"),
            ("3/4/2021", .mdy, false, "2021-03-04T00:00:00Z"),
            ("3/4/2021", .dmy, false, "2021-04-03T00:00:00Z"),
        ])
    func local(_ text: String, _ order: DateOrder, _ showsOrder: Bool, _ expected: String) {
        guard case .local(let date) = DateCellTests.cell(text) else {
            Issue.record("\(text) was not read")
            return
        }
        #expect(date.order == (showsOrder ? order : nil))
        #expect(date.instant(order)?.description == expected)
    }

    @Test("Values that mean never, and values that are no dates")
    func others() {
        #expect(DateCellTests.cell("") == .absent)
        #expect(DateCellTests.cell("0") == .never)
        #expect(DateCellTests.cell("9223372036854775807") == .never)
        for text in [
            "never", "-1", "12345", "31/31/2020", "2020-13-40", "1/2", "99999999999999999999", "1/2/2020 99:99",
            "30-Feb-20", "2-Ja-20", "2-Januar-20", "2-Jan-020", "2-Jan", "Jan", "123-Jan-20", "20200102030405.0+**",
            "00010129", "99991231235959.0-0100", "9999-12-31 23:59:60",
        ] {
            #expect(DateCellTests.cell(text) == .unreadable, "\(text)")
        }
    }

    @Test("Every day of two centuries comes back from every form")
    func roundTrip() {
        for ordinal in stride(from: Int32(-10_000), to: 60_000, by: 37) {
            let day = Day(ordinal: ordinal)
            let (year, month, number) = day.parts
            let fileTime = (Timestamp(day).milliseconds + 11_644_473_600_000) * 10_000
            #expect(DateCellTests.cell("\(fileTime)") == .instant(Timestamp(day)))
            for (text, order) in [
                ("\(number).\(month).\(year)", DateOrder.dmy), ("\(number)/\(month)/\(year)", .dmy),
                ("\(month)/\(number)/\(year)", .mdy),
            ] {
                guard case .local(let date) = DateCellTests.cell(text) else {
                    Issue.record("\(text) was not read")
                    continue
                }
                #expect(date.instant(order) == Timestamp(day))
                if let shown = date.order { #expect(shown == order) }
            }
        }
    }
}

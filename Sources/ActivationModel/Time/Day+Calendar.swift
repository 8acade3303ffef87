/// A day of the week; the raw value is its English name.
public enum Weekday: String, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// The day of the week of a day.
    public init(_ day: Day) { self = Weekday.allCases[day.weekday] }
}

extension Day {
    /// The first second Tuesday of a month that is not before a day; nil after the year 9999.
    ///
    /// Microsoft releases security updates on the second Tuesday of a month
    /// (https://learn.microsoft.com/windows/deployment/update/release-cycle).
    public static func secondTuesday(onOrAfter day: Day) -> Day? {
        let (year, month, _) = day.parts
        guard let same = secondTuesday(ofMonth: month, year: year) else { return nil }
        if same >= day { return same }
        return month == 12 ? secondTuesday(ofMonth: 1, year: year + 1) : secondTuesday(ofMonth: month + 1, year: year)
    }

    /// The day for people, such as `9 February 2021`.
    public var spelledOut: String {
        let (year, month, day) = parts
        return "\(day) \(Day.monthNames[month - 1]) \(year)"
    }

    /// The day with its weekday for people, such as `Tuesday 9 February 2021`.
    public var spelledOutWithWeekday: String { Weekday(self).rawValue.capitalizedInitial + " " + spelledOut }

    /// Appends `YYYY-MM-DD` to `output`, without making a text first.
    public func append(to output: inout [UInt8]) {
        let (year, month, day) = parts
        func put(_ value: Int, from largest: Int) {
            var divisor = largest
            while divisor > 0 {
                output.append(UInt8(value / divisor % 10) + UInt8(ascii: "0"))
                divisor /= 10
            }
        }
        put(year, from: 1000)
        output.append(UInt8(ascii: "-"))
        put(month, from: 10)
        output.append(UInt8(ascii: "-"))
        put(day, from: 10)
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension String {
    fileprivate var capitalizedInitial: String { prefix(1).uppercased() + dropFirst() }
}

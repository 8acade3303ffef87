/// An instant in milliseconds since 1970-01-01 00:00 UTC.
///
/// Libraries never ask for the current time; it is always given to them.
public struct Timestamp: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    public let milliseconds: Int64

    /// Makes an instant from milliseconds since 1970.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The instants that a file may name: years 2 to 9999. .NET's empty date is the first day of year 1, and text has four
    /// places for the year.
    private static let readable: ClosedRange<Int64> = -62_104_060_800_000...253_402_300_799_999

    /// Makes an instant from what a file says; nil outside the years 2 to 9999 in UTC.
    public init?(read milliseconds: Int64) {
        guard Timestamp.readable.contains(milliseconds) else { return nil }
        self.milliseconds = milliseconds
    }

    /// Makes an instant from seconds since 1970.
    public init(seconds: Int64) { milliseconds = seconds * 1000 }

    /// Midnight UTC at the start of a day.
    public init(_ day: Day) { milliseconds = Int64(day.ordinal) * 86_400_000 }

    /// Makes an instant from a Windows FILETIME: 100-nanosecond steps since 1601-01-01 UTC.
    ///
    /// Returns nil for "never" (0 and 9223372036854775807), negative values and years beyond 9999.
    public init?(fileTime: Int64) {
        guard fileTime > 0, fileTime <= 2_650_467_743_999_999_999 else { return nil }
        milliseconds = fileTime / 10_000 - 11_644_473_600_000
    }

    /// The day in UTC.
    public var day: Day {
        let days = milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
        return Day(ordinal: Int32(truncatingIfNeeded: days))
    }

    /// Reads the forms that .NET writes: `2021-01-30T10:00:00`, with a fraction of up to nine digits, with `Z`, an
    /// offset or nothing, with a blank instead of `T`, or a day alone.
    ///
    /// A time without zone is taken as UTC; VAMT stores SQL `DATETIME` values, which have none. .NET's empty dates
    /// (year 1) give nil.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(isoBytes: bytes.span)
    }

    /// Reads the same forms from UTF-8 bytes.
    public init?(isoBytes bytes: Span<UInt8>) {
        var scan = ISOScan()
        scan.skipBlanks(bytes)
        guard let year = scan.number(4, bytes), scan.take(UInt8(ascii: "-"), bytes), let month = scan.number(2, bytes),
            scan.take(UInt8(ascii: "-"), bytes),
            let dayOfMonth = scan.number(2, bytes), year > 1, let day = Day(year: year, month: month, day: dayOfMonth)
        else { return nil }
        var total = Int64(day.ordinal) * 86_400_000
        if scan.take(UInt8(ascii: "T"), bytes) || scan.take(UInt8(ascii: "t"), bytes)
            || scan.take(UInt8(ascii: " "), bytes)
        {
            guard let hour = scan.number(2, bytes), hour < 24, scan.take(UInt8(ascii: ":"), bytes),
                let minute = scan.number(2, bytes), minute < 60
            else {
                return nil
            }
            total += Int64(hour * 3600 + minute * 60) * 1000
            if scan.take(UInt8(ascii: ":"), bytes) {
                guard let second = scan.number(2, bytes), second < 61 else { return nil }
                total += Int64(second) * 1000
                if scan.take(UInt8(ascii: "."), bytes) || scan.take(UInt8(ascii: ","), bytes) {
                    var scale: Int64 = 100
                    var read = 0
                    while scan.position < bytes.count, bytes[scan.position] >= 0x30, bytes[scan.position] <= 0x39 {
                        total += Int64(bytes[scan.position] - 0x30) * scale
                        scale /= 10
                        read += 1
                        scan.position += 1
                    }
                    guard (1...9).contains(read) else { return nil }
                }
            }
            if !scan.take(UInt8(ascii: "Z"), bytes), !scan.take(UInt8(ascii: "z"), bytes), scan.position < bytes.count,
                bytes[scan.position] == UInt8(ascii: "+") || bytes[scan.position] == UInt8(ascii: "-")
            {
                let sign: Int64 = bytes[scan.position] == UInt8(ascii: "+") ? -1 : 1
                scan.position += 1
                guard let hours = scan.number(2, bytes), hours <= 14 else { return nil }
                _ = scan.take(UInt8(ascii: ":"), bytes)
                guard let minutes = scan.number(2, bytes), minutes < 60 else { return nil }
                total += sign * Int64(hours * 3600 + minutes * 60) * 1000
            }
        }
        scan.skipBlanks(bytes)
        guard scan.position == bytes.count else { return nil }
        self.init(read: total)
    }

    /// Appends `YYYY-MM-DDTHH:MM:SSZ`, with a fraction of three digits when there is one, to `output`.
    public func append(to output: inout [UInt8]) {
        let day = self.day
        let parts = day.parts
        let rest = Int(milliseconds - Int64(day.ordinal) * 86_400_000)
        func put(_ value: Int, _ places: Int) {
            var divisor = 1
            for _ in 1..<places { divisor *= 10 }
            while divisor > 0 {
                output.append(UInt8(value / divisor % 10) + 0x30)
                divisor /= 10
            }
        }
        put(parts.year, 4)
        output.append(UInt8(ascii: "-"))
        put(parts.month, 2)
        output.append(UInt8(ascii: "-"))
        put(parts.day, 2)
        output.append(UInt8(ascii: "T"))
        put(rest / 3_600_000, 2)
        output.append(UInt8(ascii: ":"))
        put(rest / 60_000 % 60, 2)
        output.append(UInt8(ascii: ":"))
        put(rest / 1000 % 60, 2)
        if rest % 1000 != 0 {
            output.append(UInt8(ascii: "."))
            put(rest % 1000, 3)
        }
        output.append(UInt8(ascii: "Z"))
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A position in a text of fixed layout. It is a value with methods and no closure over a variable, because closures
/// would check every access at run time, and exports hold millions of dates.
private struct ISOScan {
    var position = 0

    mutating func number(_ length: Int, _ bytes: Span<UInt8>) -> Int? {
        guard position + length <= bytes.count else { return nil }
        var value = 0
        for _ in 0..<length {
            let digit = bytes[position] &- 0x30
            guard digit <= 9 else { return nil }
            value = value * 10 + Int(digit)
            position += 1
        }
        return value
    }

    mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func skipBlanks(_ bytes: Span<UInt8>) {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }
}

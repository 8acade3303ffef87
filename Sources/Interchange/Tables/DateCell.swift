import ActivationModel

/// What a date cell says by itself.
///
/// Read are: FILETIME (17 to 19 digits, or the 16 hexadecimal digits that Windows Vista and Server 2008 give as
/// `InstalledOn`), GeneralizedTime (`20200102030405.0Z`) and the like of WMI, ISO 8601, and what .NET writes in the culture
/// of the exporter, such as `10/22/2018 11:02:08 AM`, `22.10.2018 11:02` or `22-Oct-18`. Local times have no zone and are taken as UTC; they
/// serve to tell weeks apart.
///
/// Sources: https://learn.microsoft.com/windows/win32/adschema/a-lastlogontimestamp,
/// https://learn.microsoft.com/windows/win32/wmisdk/cim-datetime
enum DateCell: Hashable {
    /// No value.
    case absent
    /// A FILETIME that means "never".
    case never
    case instant(Timestamp)
    /// Two numbers of which one is the day; `order` is what the cell itself shows.
    case local(LocalDate)
    /// A FILETIME that a spreadsheet wrote with fewer digits: `1.34127E+17`.
    case rounded
    case unreadable

    /// A local date before the order of its first two numbers is known.
    struct LocalDate: Hashable {
        var first: Int
        var second: Int
        var year: Int
        /// Time of day in milliseconds.
        var time: Int64
        var hasDots: Bool

        /// The order that the cell shows; nil when both are possible.
        var order: DateOrder? {
            if first > 12 { return .dmy }
            if second > 12 { return .mdy }
            // No culture of .NET writes the month first with dots between: a deduction from the list of cultures.
            return hasDots ? .dmy : nil
        }

        /// The instant when both orders give the same day; nil when they do not.
        var unambiguous: Timestamp? { first == second ? instant(.dmy) : nil }

        /// The instant when the numbers are read in an order; nil when there is no such day.
        func instant(_ order: DateOrder) -> Timestamp? {
            let day = order == .dmy ? first : second
            let month = order == .dmy ? second : first
            return Day(year: year, month: month, day: day).flatMap {
                Timestamp(read: Timestamp($0).milliseconds + time)
            }
        }
    }

    /// Whether the cell says when something was, or that it never was.
    var hasMeaning: Bool {
        switch self {
        case .never, .instant, .local: true
        case .absent, .rounded, .unreadable: false
        }
    }

    /// Reads a cell of a row.
    init(_ row: CSVRow, _ column: Int) {
        let range = row.trimmedRange(column)
        self.init(row.bytes.span.extracting(range))
    }

    /// Reads UTF-8 bytes without blanks at their ends.
    init(_ bytes: Span<UInt8>) {
        guard !bytes.isEmpty else {
            self = .absent
            return
        }
        var scanner = Scanner(bytes)
        let leading = scanner.digits(bytes)
        if scanner.position == bytes.count {
            self = DateCell.number(bytes, leading)
        } else if bytes.count == 16, let value = DateCell.hexadecimal(bytes) {
            self = Timestamp(fileTime: value).map { .instant($0) } ?? .unreadable
        } else if leading.count == 14, [0x2B, 0x2D, 0x2E, 0x5A].contains(bytes[14]) {
            self = DateCell.compact(bytes).map { .instant($0) } ?? .unreadable
        } else if let instant = Timestamp(isoBytes: bytes) {
            self = .instant(instant)
        } else if scanner.isExponent(bytes) {
            self = .rounded
        } else {
            self = DateCell.separated(bytes)
        }
    }

    // MARK: - Forms

    /// A run of digits: a FILETIME, a day without separators, or zero for "never".
    private static func number(_ bytes: Span<UInt8>, _ run: Scanner.Digits) -> DateCell {
        if bytes.count == 16, let value = hexadecimal(bytes), let instant = Timestamp(fileTime: value) {
            return .instant(instant)
        }
        guard let value = run.value else { return .unreadable }
        if value == 0 || value == Int64.max { return .never }
        if run.count == 8 {
            let day = Day(year: Int(value / 10_000), month: Int(value / 100 % 100), day: Int(value % 100))
            return day.flatMap { Timestamp(read: Timestamp($0).milliseconds) }.map { .instant($0) } ?? .unreadable
        }
        guard run.count >= 17 else { return .unreadable }
        return Timestamp(fileTime: value).map { .instant($0) } ?? .unreadable
    }

    private static func hexadecimal(_ bytes: Span<UInt8>) -> Int64? {
        var value: Int64 = 0
        for index in bytes.indices {
            let digit: Int64
            switch bytes[index] {
            case 0x30...0x39: digit = Int64(bytes[index]) - 0x30
            case 0x41...0x46: digit = Int64(bytes[index]) - 0x37
            case 0x61...0x66: digit = Int64(bytes[index]) - 0x57
            default: return nil
            }
            guard value <= Int64.max >> 4 else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    /// `YYYYMMDDHHMMSS` with a fraction and `Z`, an offset in hours and minutes, or WMI's offset in minutes.
    private static func compact(_ bytes: Span<UInt8>) -> Timestamp? {
        func number(_ range: Range<Int>) -> Int {
            range.reduce(0) { $0 * 10 + Int(bytes[$1]) - 0x30 }
        }
        guard let day = Day(year: number(0..<4), month: number(4..<6), day: number(6..<8)), number(8..<10) < 24,
            number(10..<12) < 60, number(12..<14) < 61
        else { return nil }
        var seconds = Int64(number(8..<10) * 3600 + number(10..<12) * 60 + number(12..<14))
        var scanner = Scanner(bytes)
        scanner.position = 14
        if scanner.take(UInt8(ascii: "."), bytes) { _ = scanner.digits(bytes) }
        // WMI writes asterisks where it does not know the offset.
        let isOpen = bytes.extracting(scanner.position...).hasPrefix("+***")
        if isOpen { scanner.position += 4 }
        if !isOpen, !scanner.take(UInt8(ascii: "Z"), bytes), scanner.position < bytes.count {
            let sign: Int64 = bytes[scanner.position] == UInt8(ascii: "-") ? 1 : -1
            guard scanner.take(UInt8(ascii: "+"), bytes) || scanner.take(UInt8(ascii: "-"), bytes) else { return nil }
            let offset = scanner.digits(bytes)
            guard let value = offset.value, offset.count == 3 || offset.count == 4 else { return nil }
            seconds += sign * 60 * (offset.count == 3 ? value : value / 100 * 60 + value % 100)
        }
        guard scanner.position == bytes.count else { return nil }
        return Timestamp(read: Timestamp(day).milliseconds + seconds * 1000)
    }

    /// Three numbers with `/`, `-`, `.` or blanks between, then a time of day.
    private static func separated(_ bytes: Span<UInt8>) -> DateCell {
        var scanner = Scanner(bytes)
        let first = scanner.digits(bytes)
        if let month = scanner.monthName(bytes) {
            return named(day: first, month: month, scanner: scanner, bytes)
        }
        let hasDots = scanner.position < bytes.count && bytes[scanner.position] == UInt8(ascii: ".")
        guard scanner.separator(bytes) else { return .unreadable }
        let second = scanner.digits(bytes)
        guard scanner.separator(bytes) else { return .unreadable }
        let third = scanner.digits(bytes)
        guard let a = first.value, let b = second.value, let c = third.value, let time = scanner.timeOfDay(bytes) else {
            return .unreadable
        }
        if first.count == 4 {
            guard let day = Day(year: Int(a), month: Int(b), day: Int(c)), a > 1 else { return .unreadable }
            return Timestamp(read: Timestamp(day).milliseconds + time).map { .instant($0) } ?? .unreadable
        }
        guard let year = fullYear(c, digits: third.count), first.count <= 2, second.count <= 2 else {
            return .unreadable
        }
        let date = LocalDate(first: Int(a), second: Int(b), year: year, time: time, hasDots: hasDots)
        guard date.instant(.dmy) != nil || date.instant(.mdy) != nil else { return .unreadable }
        return .local(date)
    }

    /// `12-Jan-26`: the name of the month leaves no question of order.
    private static func named(day: Scanner.Digits, month: Int, scanner: Scanner, _ bytes: Span<UInt8>) -> DateCell {
        var scanner = scanner
        guard scanner.separator(bytes, orBlank: true), day.count <= 2, let number = day.value else {
            return .unreadable
        }
        let third = scanner.digits(bytes)
        guard let value = third.value, let year = fullYear(value, digits: third.count),
            let time = scanner.timeOfDay(bytes), let date = Day(year: year, month: month, day: Int(number))
        else { return .unreadable }
        return Timestamp(read: Timestamp(date).milliseconds + time).map { .instant($0) } ?? .unreadable
    }

    /// The year of two or four digits; .NET reads those of two up to 49 as this century.
    private static func fullYear(_ value: Int64, digits: Int) -> Int? {
        switch digits {
        case 4: value > 1 ? Int(value) : nil
        case 2: Int(value) + (value <= 49 ? 2000 : 1900)
        default: nil
        }
    }

    private struct Scanner {
        struct Digits {
            var count: Int
            /// nil when there are none or more than fit.
            var value: Int64?
        }

        var position = 0
        private let end: Int

        init(_ bytes: Span<UInt8>) { end = bytes.count }

        mutating func digits(_ bytes: Span<UInt8>) -> Digits {
            let start = position
            // Eighteen digits always fit.
            let sure = min(end, start + 18)
            var prefix: Int64 = 0
            while position < sure, bytes[position] &- 0x30 < 10 {
                prefix = prefix &* 10 &+ Int64(bytes[position] &- 0x30)
                position &+= 1
            }
            var value: Int64? = prefix
            while position < end, bytes[position] >= 0x30, bytes[position] <= 0x39 {
                let digit = Int64(bytes[position]) - 0x30
                value = value.flatMap { $0 <= (Int64.max - digit) / 10 ? $0 * 10 + digit : nil }
                position += 1
            }
            return Digits(count: position - start, value: position == start ? nil : value)
        }

        /// Whether what follows a first digit makes a number with a fraction and an exponent of two digits.
        func isExponent(_ bytes: Span<UInt8>) -> Bool {
            var rest = self
            guard position == 1, rest.take(UInt8(ascii: "."), bytes) || rest.take(UInt8(ascii: ","), bytes),
                rest.digits(bytes).count > 0,
                rest.take(UInt8(ascii: "E"), bytes) || rest.take(UInt8(ascii: "e"), bytes),
                rest.take(UInt8(ascii: "+"), bytes)
            else { return false }
            return rest.digits(bytes).count == 2 && rest.position == end
        }

        mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
            guard position < end, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        mutating func skipBlanks(_ bytes: Span<UInt8>) {
            while position < end {
                if bytes[position] == 0x20 {
                    position += 1
                } else if position + 1 < end, bytes[position] == 0xC2, bytes[position + 1] == 0xA0 {
                    position += 2
                } else if position + 2 < end, bytes[position] == 0xE2, bytes[position + 1] == 0x80,
                    bytes[position + 2] == 0xAF || bytes[position + 2] == 0x8E || bytes[position + 2] == 0x8F
                {
                    // The narrow no-break space before AM and PM of newer systems, and direction marks.
                    position += 3
                } else {
                    return
                }
            }
        }

        mutating func separator(_ bytes: Span<UInt8>, orBlank: Bool = false) -> Bool {
            guard position < end, [0x2F, 0x2D, 0x2E].contains(bytes[position]) || (orBlank && bytes[position] == 0x20)
            else { return false }
            position += 1
            skipBlanks(bytes)
            return true
        }

        private static let months = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ]

        /// The month whose English name, whole or its first three letters, stands behind a separator or a blank.
        mutating func monthName(_ bytes: Span<UInt8>) -> Int? {
            var ahead = self
            guard ahead.separator(bytes, orBlank: true) else { return nil }
            let start = ahead.position
            while ahead.position < end, (bytes[ahead.position] | 0x20) &- 0x61 < 26 { ahead.position += 1 }
            let length = ahead.position - start
            guard length >= 3 else { return nil }
            let month = Scanner.months.firstIndex { name in
                (length == 3 || length == name.utf8.count) && bytes.hasLetters(String(name.prefix(length)), at: start)
            }
            guard let month else { return nil }
            position = ahead.position
            return month + 1
        }

        /// The words for before and after noon that stand before the time in Chinese, Korean and Japanese.
        private static let halves: [(word: String, isAfternoon: Bool)] = [
            ("上午", false), ("下午", true), ("오전", false), ("오후", true), ("午前", false), ("午後", true),
        ]

        /// Takes such a word; nil when there is none.
        private mutating func halfOfDay(_ bytes: Span<UInt8>) -> Bool? {
            guard position < end, bytes[position] >= 0x80 else { return nil }
            let rest = bytes.extracting(position...)
            guard let half = Scanner.halves.first(where: { rest.hasPrefix($0.word) }) else { return nil }
            position += half.word.utf8.count
            skipBlanks(bytes)
            return half.isAfternoon
        }

        /// Milliseconds since midnight; nil when what follows the date is no time.
        mutating func timeOfDay(_ bytes: Span<UInt8>) -> Int64? {
            _ = take(UInt8(ascii: "."), bytes)
            skipBlanks(bytes)
            // Bulgarian writes the word for year behind its number.
            if position < end, bytes[position] >= 0x80, bytes.extracting(position...).hasPrefix("г.") {
                position += "г.".utf8.count
                skipBlanks(bytes)
            }
            if position == end { return 0 }
            let isAfternoon = halfOfDay(bytes)
            guard let hour = digits(bytes).value, hour < 24,
                take(UInt8(ascii: ":"), bytes) || take(UInt8(ascii: "."), bytes),
                let minute = digits(bytes).value, minute < 60
            else { return nil }
            var second: Int64 = 0
            if take(UInt8(ascii: ":"), bytes) || take(UInt8(ascii: "."), bytes) {
                guard let value = digits(bytes).value, value < 61 else { return nil }
                second = value
            }
            skipBlanks(bytes)
            var shifted = hour
            if let isAfternoon {
                if isAfternoon, hour < 12 { shifted += 12 }
                if !isAfternoon, hour == 12 { shifted = 0 }
            } else if position < end {
                // AM or PM in the letters of the culture; other letters leave the hour as it is written.
                switch bytes[position] | 0x20 {
                case UInt8(ascii: "p") where hour < 12: shifted += 12
                case UInt8(ascii: "a") where hour == 12: shifted = 0
                default: break
                }
            }
            return ((shifted * 60 + minute) * 60 + second) * 1000
        }
    }
}

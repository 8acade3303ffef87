import ActivationModel

extension JSONItem {
    /// The values of an array in any of the forms of `ConvertTo-Json`: an array, an object with `value` and `Count`, or
    /// the only value itself. Null gives no values.
    ///
    /// Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json
    var list: [JSONItem] {
        switch kind {
        case .null: []
        case .array: children
        case .object:
            if let values = self["value"], values.kind == .array, self["Count"] != nil {
                values.children
            } else {
                [self]
            }
        default: [self]
        }
    }

    /// The value itself, or what `ConvertTo-Json` wraps with notes about it: `{"value": …, "DisplayHint": 2}`.
    var unwrapped: JSONItem {
        guard kind == .object, let value = self["value"], !value.kind.isContainer else { return self }
        return value
    }

    /// An instant in any of the forms that PowerShell writes: `/Date(1612000000000)/`, ISO 8601, or that of CIM,
    /// `20210130100000.000000+060`. Empty dates give nil.
    var instant: Timestamp? {
        let item = unwrapped
        guard item.kind == .string else { return nil }
        return Timestamp(powerShell: item.bytes)
    }

    /// A whole number, also one that is written as a text.
    var integer: Int64? {
        let item = unwrapped
        guard item.kind == .number || item.kind == .string else { return nil }
        let text = Array(item.bytes)
        return Int64(decimal: text.span.extracting(text.span.contentRange))
    }

    /// An identifier.
    var guid: GUID? {
        guard kind == .string else { return nil }
        let text = Array(bytes)
        return GUID(bytes: text.span.extracting(text.span.contentRange))
    }

    /// Whether PowerShell wrote a text instead of what the value holds, because it stands deeper than `-Depth` allows:
    /// `@{Name=…}`, or the name of a type such as `System.Object[]`.
    var isCutShort: Bool {
        guard kind == .string else { return false }
        if bytes.starts(with: "@{".utf8), bytes.last == UInt8(ascii: "}") { return true }
        guard bytes.starts(with: "System.".utf8) || bytes.starts(with: "Microsoft.".utf8) else { return false }
        return bytes.count <= 200 && bytes.allSatisfy { $0 > 0x20 }
    }
}

extension Timestamp {
    /// Reads `/Date(1612000000000)/`, with or without an offset, which changes nothing; else the forms of ISO 8601, else
    /// those of CIM.
    init?(powerShell text: ArraySlice<UInt8>) {
        if text.starts(with: "/Date(".utf8) {
            let inner = text.dropFirst(6)
            let isNegative = inner.first == UInt8(ascii: "-")
            let digits = inner.dropFirst(isNegative ? 1 : 0).prefix { $0 >= 0x30 && $0 <= 0x39 }
            let rest = inner[digits.endIndex...]
            guard (1...17).contains(digits.count), rest.suffix(2).elementsEqual(")/".utf8) else { return nil }
            let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
            self.init(read: isNegative ? -value : value)
            return
        }
        let bytes = Array(text)
        if let instant = Timestamp(isoBytes: bytes.span) {
            self = instant
        } else if let instant = Timestamp(cim: text) {
            self = instant
        } else {
            return nil
        }
    }

    /// Reads `yyyymmddHHMMSS.mmmmmmsUUU`, the form of CIM, whose last digits are minutes east of UTC.
    ///
    /// The empty date of CIM, in the year 1601, gives nil.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/wmisdk/cim-datetime
    init?(cim text: ArraySlice<UInt8>) {
        guard text.count == 25, text[text.startIndex + 14] == UInt8(ascii: ".") else { return nil }
        func number(_ offset: Int, _ length: Int) -> Int? {
            var value = 0
            for index in text.startIndex + offset..<text.startIndex + offset + length {
                guard text[index] >= 0x30, text[index] <= 0x39 else { return nil }
                value = value * 10 + Int(text[index] - 0x30)
            }
            return value
        }
        guard let year = number(0, 4), year > 1601, let month = number(4, 2), let dayOfMonth = number(6, 2),
            let day = Day(year: year, month: month, day: dayOfMonth), let hour = number(8, 2), hour < 24,
            let minute = number(10, 2), minute < 60, let second = number(12, 2), second < 61,
            let micro = number(15, 6), let offset = number(22, 3)
        else { return nil }
        let sign = text[text.startIndex + 21]
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        let minutes = hour * 60 + minute - (sign == UInt8(ascii: "-") ? -offset : offset)
        self.init(
            read: Int64(day.ordinal) * 86_400_000 + Int64(minutes * 60 + second) * 1000 + Int64(micro / 1000))
    }
}

/// Goes through well-formed or damaged JSON (RFC 8259) value by value, without making anything of what is passed over.
///
///     var cursor = JSONCursor(bytes)
///     try cursor.object { cursor, member in
///         if cursor[member].elementsEqual("year".utf8) { year = try cursor.integer() } else { try cursor.skip() }
///     }
struct JSONCursor {
    /// What is wrong.
    enum Damage: Error {
        case malformed
        /// The value is of another kind than the one asked for.
        case kind
    }

    /// A text: the bytes between its quotation marks.
    struct Text {
        var range: Range<Int>
        var hasEscapes: Bool
    }

    private let bytes: [UInt8]
    private(set) var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The bytes of a text, with its escapes as they are written.
    subscript(text: Text) -> ArraySlice<UInt8> { bytes[text.range] }

    /// The bytes of a value that was passed over.
    subscript(range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    // MARK: - Values

    /// The members of an object, one after the other; `member` must take or skip the value of each.
    mutating func object(_ member: (inout JSONCursor, Text) throws -> Void) throws {
        try open(UInt8(ascii: "{"))
        if close(UInt8(ascii: "}")) { return }
        repeat {
            let name = try text()
            guard take(UInt8(ascii: ":")) else { throw Damage.malformed }
            try member(&self, name)
        } while take(UInt8(ascii: ","))
        guard close(UInt8(ascii: "}")) else { throw Damage.malformed }
    }

    /// The elements of an array, one after the other; `element` must take or skip each.
    mutating func array(_ element: (inout JSONCursor) throws -> Void) throws {
        try open(UInt8(ascii: "["))
        if close(UInt8(ascii: "]")) { return }
        repeat { try element(&self) } while take(UInt8(ascii: ","))
        guard close(UInt8(ascii: "]")) else { throw Damage.malformed }
    }

    /// Passes over `null`, if it is what comes.
    mutating func null() -> Bool {
        guard peek() == UInt8(ascii: "n") else { return false }
        return word("null")
    }

    mutating func text() throws(Damage) -> Text {
        guard let first = peek() else { throw .malformed }
        guard first == UInt8(ascii: "\"") else { throw isStartOfValue(first) ? .kind : .malformed }
        let start = index + 1
        var end = start
        var hasEscapes = false
        var isASCII = true
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            if bytes[end] < 0x20 { throw .malformed }
            if bytes[end] >= 0x80 { isASCII = false }
            if bytes[end] == UInt8(ascii: "\\") {
                hasEscapes = true
                end += 1
            }
            end += 1
        }
        guard end < bytes.count else { throw .malformed }
        // Bytes that are no UTF-8 come back changed.
        if !isASCII {
            let own = bytes[start..<end]
            guard String(decoding: own, as: UTF8.self).utf8.elementsEqual(own) else { throw .malformed }
        }
        index = end + 1
        return Text(range: start..<end, hasEscapes: hasEscapes)
    }

    mutating func integer() throws(Damage) -> Int {
        guard let first = peek() else { throw .malformed }
        guard first == UInt8(ascii: "-") || isDigit(first) else { throw isStartOfValue(first) ? .kind : .malformed }
        let isNegative = first == UInt8(ascii: "-")
        var end = isNegative ? index + 1 : index
        let start = end
        var value = 0
        while end < bytes.count, isDigit(bytes[end]) {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(bytes[end] - UInt8(ascii: "0")))
            if overflow || carry { throw .kind }
            value = sum
            end += 1
        }
        guard end > start else { throw .malformed }
        if end < bytes.count, isPartOfNumber(bytes[end]) { throw .kind }
        index = end
        return isNegative ? -value : value
    }

    /// Passes over a value of any kind and gives where it stands.
    @discardableResult
    mutating func skip() throws -> Range<Int> {
        guard let first = peek() else { throw Damage.malformed }
        let start = index
        switch first {
        case UInt8(ascii: "{"): try object { cursor, _ in try cursor.skip() }
        case UInt8(ascii: "["): try array { try $0.skip() }
        case UInt8(ascii: "\""): _ = try text()
        case UInt8(ascii: "t"): guard word("true") else { throw Damage.malformed }
        case UInt8(ascii: "f"): guard word("false") else { throw Damage.malformed }
        case UInt8(ascii: "n"): guard word("null") else { throw Damage.malformed }
        default: try number()
        }
        return start..<index
    }

    // MARK: - Texts

    /// A text with its escapes resolved.
    func unescaped(_ text: Text) throws(Damage) -> [UInt8] {
        guard text.hasEscapes else { return Array(bytes[text.range]) }
        var result: [UInt8] = []
        var place = text.range.lowerBound
        while place < text.range.upperBound {
            guard bytes[place] == UInt8(ascii: "\\") else {
                result.append(bytes[place])
                place += 1
                continue
            }
            switch bytes[place + 1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(bytes[place + 1])
            case UInt8(ascii: "b"): result.append(0x08)
            case UInt8(ascii: "f"): result.append(0x0C)
            case UInt8(ascii: "n"): result.append(0x0A)
            case UInt8(ascii: "r"): result.append(0x0D)
            case UInt8(ascii: "t"): result.append(0x09)
            case UInt8(ascii: "u"):
                let (scalar, length) = try scalar(at: place, before: text.range.upperBound)
                result.append(contentsOf: String(Character(scalar)).utf8)
                place += length
                continue
            default: throw .malformed
            }
            place += 2
        }
        return result
    }

    /// The scalar that one `\u` escape, or two for one beyond the basic plane, write, and their length in bytes.
    private func scalar(at place: Int, before end: Int) throws(Damage) -> (Unicode.Scalar, Int) {
        let first = try unit(at: place, before: end)
        if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
        let second = try unit(at: place + 6, before: end)
        guard (0xD800..<0xDC00).contains(first), (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .malformed }
        return (scalar, 12)
    }

    private func unit(at place: Int, before end: Int) throws(Damage) -> UInt32 {
        guard place + 6 <= end, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
            throw .malformed
        }
        var value: UInt32 = 0
        for byte in bytes[place + 2..<place + 6] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .malformed }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    // MARK: - Bytes

    /// The next byte that is no blank.
    private mutating func peek() -> UInt8? {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            index += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        index += 1
        return true
    }

    private mutating func close(_ bracket: UInt8) -> Bool { take(bracket) }

    private mutating func open(_ bracket: UInt8) throws(Damage) {
        guard let first = peek() else { throw .malformed }
        guard first == bracket else { throw isStartOfValue(first) ? .kind : .malformed }
        index += 1
    }

    private mutating func word(_ text: StaticString) -> Bool {
        let word = Array("\(text)".utf8)
        guard bytes[index...].starts(with: word) else { return false }
        index += word.count
        return true
    }

    private mutating func number() throws(Damage) {
        let start = index
        while index < bytes.count, isPartOfNumber(bytes[index]) { index += 1 }
        guard index > start, Double(String(decoding: bytes[start..<index], as: UTF8.self)) != nil else {
            throw .malformed
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "E"), UInt8(ascii: "e"): true
        default: isDigit(byte)
        }
    }

    private func isStartOfValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "t"):
            true
        default: isDigit(byte)
        }
    }
}

import ActivationModel

/// Receives the parts of a JSON text in their order.
protocol JSONSink {
    /// The name of the member whose value comes next.
    mutating func name(_ bytes: [UInt8]) throws
    /// An object or array begins.
    mutating func begin(_ kind: JSONKind, line: Int) throws
    /// A string without its escapes, a number as written, or a word; `isCut` when the text is longer than the limit.
    mutating func scalar(_ kind: JSONKind, _ text: [UInt8], isCut: Bool, line: Int, output: inout RecordOutput) throws
    /// The last object or array that began ends.
    mutating func end(output: inout RecordOutput) throws
}

/// Cuts JSON (RFC 8259) into its parts while its text, in UTF-8, arrives in pieces of any size.
///
/// Several values may follow one another, as when `ConvertTo-Json` is appended to one file for each computer. Nothing
/// else is read more leniently than the standard says. Half of a surrogate pair becomes the replacement character.
///
/// Throws `InterchangeError` with the code `json.malformed`, `json.truncated`, `json.depth` or `json.empty`.
///
/// Invariant: memory holds one string or number and one bit per open container.
struct JSONParser {
    private enum State {
        case value, firstElement, firstName, name, colon, comma, between
        case string, escape, unicode, number, word
    }

    /// The line at the start of what comes next, from 1.
    private(set) var line = 1

    private let limits: TextLimits
    private var state = State.between
    /// Whether each open container is an object, and the line on which it began.
    private var open: [(isObject: Bool, line: Int)] = []
    private var isName = false
    private var text: [UInt8] = []
    private var isCut = false
    private var textLine = 1
    private var code: UInt32 = 0
    private var codeDigits = 0
    private var highSurrogate: UInt32?
    private var column = 0
    private var endsInCarriageReturn = false
    private var hasValue = false

    init(limits: TextLimits) { self.limits = limits }

    // MARK: - Bytes

    mutating func parse<Sink: JSONSink>(
        _ bytes: Span<UInt8>, into sink: inout Sink, output: inout RecordOutput
    ) throws {
        var index = 0
        while index < bytes.count {
            if state == .string {
                let start = index
                while index < bytes.count {
                    let byte = bytes[index]
                    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
                    index += 1
                }
                if index > start {
                    endSurrogate()
                    append(bytes.extracting(start..<index))
                    column += index - start
                    continue
                }
            }
            let byte = bytes[index]
            count(byte)
            if try take(byte, into: &sink, output: &output) { index += 1 } else { uncount(byte) }
        }
    }

    /// Says that the text has ended.
    mutating func finish<Sink: JSONSink>(into sink: inout Sink, output: inout RecordOutput) throws {
        if state == .number || state == .word { try endPlain(into: &sink, output: &output) }
        guard open.isEmpty, state == .between else {
            let place = open.last.map {
                " inside \($0.isObject ? "an object" : "an array") that began on line \($0.line)"
            }
            throw InterchangeError(
                .unreadable, code: "json.truncated", line: line, column: column,
                message: "The JSON text ends\(place ?? " inside a text").",
                remedy: "Export it again, and check that the export was finished before the file was copied.")
        }
        guard hasValue else {
            throw InterchangeError(
                .unreadable, code: "json.empty", message: "The file holds no JSON value.",
                remedy: "Export it again, and check that the command gave any output.")
        }
    }

    private mutating func count(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n"), endsInCarriageReturn {
            endsInCarriageReturn = false
            return
        }
        endsInCarriageReturn = byte == UInt8(ascii: "\r")
        if endsInCarriageReturn || byte == UInt8(ascii: "\n") {
            line += 1
            column = 0
        } else {
            column += 1
        }
    }

    /// A byte that ends a number is looked at twice, and counted once.
    private mutating func uncount(_ byte: UInt8) {
        if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
            line -= 1
            endsInCarriageReturn = false
        } else {
            column -= 1
        }
    }

    /// Takes one byte; false when it ended a number or word and has to be looked at again.
    private mutating func take<Sink: JSONSink>(
        _ byte: UInt8, into sink: inout Sink, output: inout RecordOutput
    ) throws -> Bool {
        switch state {
        case .string: try takeInString(byte, into: &sink, output: &output)
        case .escape: try takeEscape(byte)
        case .unicode: try takeCode(byte)
        case .number, .word:
            let isPart =
                state == .word
                ? byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                : JSONParser.isPartOfNumber(byte)
            guard isPart else {
                try endPlain(into: &sink, output: &output)
                return false
            }
            append(byte)
        default:
            if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { return true }
            // The byte order mark of a file that was appended to another one.
            if state == .between, JSONParser.isMark(byte, after: text) {
                if byte == 0xBF { text = [] } else { text.append(byte) }
                return true
            }
            try takeStructure(byte, into: &sink, output: &output)
        }
        return true
    }

    private static func isMark(_ byte: UInt8, after text: [UInt8]) -> Bool {
        text.count < 3 && byte == [0xEF, 0xBB, 0xBF][text.count]
            && text.elementsEqual([0xEF, 0xBB, 0xBF].prefix(text.count))
    }

    private static func isPartOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    // MARK: - Structure

    private mutating func takeStructure<Sink: JSONSink>(
        _ byte: UInt8, into sink: inout Sink, output: inout RecordOutput
    ) throws {
        switch (state, byte) {
        case (.firstElement, UInt8(ascii: "]")), (.firstName, UInt8(ascii: "}")):
            try close(into: &sink, output: &output)
        case (.value, _), (.firstElement, _), (.between, _): try beginValue(byte, into: &sink)
        case (.firstName, UInt8(ascii: "\"")), (.name, UInt8(ascii: "\"")):
            beginText(.string, isName: true)
        case (.firstName, _), (.name, _): throw malformed("the name of a member in quotes", byte)
        case (.colon, UInt8(ascii: ":")): state = .value
        case (.colon, _): throw malformed("a colon", byte)
        case (.comma, UInt8(ascii: ",")): state = open.last?.isObject == true ? .name : .value
        case (.comma, UInt8(ascii: "}")) where open.last?.isObject == true: try close(into: &sink, output: &output)
        case (.comma, UInt8(ascii: "]")) where open.last?.isObject == false: try close(into: &sink, output: &output)
        default: throw malformed(open.last?.isObject == true ? "a comma or “}”" : "a comma or “]”", byte)
        }
    }

    private mutating func beginValue<Sink: JSONSink>(_ byte: UInt8, into sink: inout Sink) throws {
        hasValue = true
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard open.count < limits.depth else {
                throw InterchangeError(
                    .unreadable, code: "json.depth", line: line, column: column,
                    message: "Values are nested more than \(limits.depth) deep.",
                    remedy: "Check whether the file is what it claims to be; no export is nested so deeply.")
            }
            let isObject = byte == UInt8(ascii: "{")
            open.append((isObject, line))
            state = isObject ? .firstName : .firstElement
            try sink.begin(isObject ? .object : .array, line: line)
        case UInt8(ascii: "\""): beginText(.string, isName: false)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            beginText(.number, isName: false)
            append(byte)
        case UInt8(ascii: "a")...UInt8(ascii: "z"):
            beginText(.word, isName: false)
            append(byte)
        default: throw malformed("a value", byte)
        }
    }

    private mutating func close<Sink: JSONSink>(into sink: inout Sink, output: inout RecordOutput) throws {
        open.removeLast()
        endValue()
        try sink.end(output: &output)
    }

    private mutating func endValue() {
        state = open.isEmpty ? .between : .comma
        text.removeAll(keepingCapacity: true)
    }

    // MARK: - Texts

    private mutating func beginText(_ state: State, isName: Bool) {
        self.state = state
        self.isName = isName
        text.removeAll(keepingCapacity: true)
        isCut = false
        textLine = line
    }

    private mutating func append(_ byte: UInt8) {
        if text.count < limits.rowLength { text.append(byte) } else { isCut = true }
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        guard text.count + bytes.count <= limits.rowLength else {
            isCut = true
            return
        }
        text.reserveCapacity(text.count + bytes.count)
        for index in bytes.indices { text.append(bytes[index]) }
    }

    private mutating func append(scalar: UInt32) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
    }

    private mutating func takeInString<Sink: JSONSink>(
        _ byte: UInt8, into sink: inout Sink, output: inout RecordOutput
    ) throws {
        switch byte {
        case UInt8(ascii: "\\"): state = .escape
        case UInt8(ascii: "\""):
            endSurrogate()
            if isName {
                guard !isCut else { throw malformed("the end of a name", byte) }
                state = .colon
                try sink.name(text)
            } else {
                let isCut = self.isCut
                try sink.scalar(.string, text, isCut: isCut, line: textLine, output: &output)
                endValue()
            }
        default: throw malformed("the end of a text that began on line \(textLine)", byte)
        }
    }

    private mutating func takeEscape(_ byte: UInt8) throws {
        state = .string
        let meaning: UInt8
        switch byte {
        case UInt8(ascii: "u"):
            state = .unicode
            code = 0
            codeDigits = 0
            return
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = byte
        case UInt8(ascii: "b"): meaning = 0x08
        case UInt8(ascii: "f"): meaning = 0x0C
        case UInt8(ascii: "n"): meaning = 0x0A
        case UInt8(ascii: "r"): meaning = 0x0D
        case UInt8(ascii: "t"): meaning = 0x09
        default: throw malformed("one of the letters that may follow a backslash", byte)
        }
        endSurrogate()
        append(meaning)
    }

    private mutating func takeCode(_ byte: UInt8) throws {
        let digit: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 0x30
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 0x57
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 0x37
        default: throw malformed("a hexadecimal digit", byte)
        }
        code = code << 4 | UInt32(digit)
        codeDigits += 1
        guard codeDigits == 4 else { return }
        state = .string
        if let high = highSurrogate, code & 0xFC00 == 0xDC00 {
            highSurrogate = nil
            append(scalar: 0x10000 + (high & 0x3FF) << 10 + code & 0x3FF)
            return
        }
        endSurrogate()
        switch code & 0xFC00 {
        case 0xD800: highSurrogate = code
        case 0xDC00: append(scalar: 0xFFFD)
        default: append(scalar: code)
        }
    }

    /// Half of a pair that the other half does not follow.
    private mutating func endSurrogate() {
        guard highSurrogate != nil else { return }
        highSurrogate = nil
        append(scalar: 0xFFFD)
    }

    private mutating func endPlain<Sink: JSONSink>(into sink: inout Sink, output: inout RecordOutput) throws {
        let kind: JSONKind
        if state == .number {
            guard JSONParser.isNumber(text) else { throw malformed("a number", nil) }
            kind = .number
        } else if text.elementsEqual("true".utf8) {
            kind = .yes
        } else if text.elementsEqual("false".utf8) {
            kind = .no
        } else if text.elementsEqual("null".utf8) {
            kind = .null
        } else {
            throw malformed("a value", nil)
        }
        try sink.scalar(kind, kind == .number ? text : [], isCut: isCut, line: textLine, output: &output)
        endValue()
    }

    /// Whether the text is a number as RFC 8259 writes them.
    private static func isNumber(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func takeDigits() -> Int {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            rest = rest[digits.endIndex...]
            return digits.count
        }
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let startsWithZero = rest.first == UInt8(ascii: "0")
        let whole = takeDigits()
        guard whole > 0, !startsWithZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard takeDigits() > 0 else { return false }
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    // MARK: - Errors

    /// The text itself is never shown: it may be a product key.
    private func malformed(_ expected: String, _ byte: UInt8?) -> InterchangeError {
        let found: String? =
            switch byte {
            case nil: nil
            case .some(0x21...0x7E): byte.map { "“\(Unicode.Scalar($0))”" }
            case .some(0x20): "a blank"
            case .some(0x09): "a tab"
            case .some(0x0A), .some(0x0D): "the end of the line"
            case .some(..<0x20): "a control character"
            default: "something else"
            }
        return InterchangeError(
            .unreadable, code: "json.malformed", line: byte == 0x0A || byte == 0x0D ? line - 1 : line,
            column: byte == 0x0A || byte == 0x0D ? nil : column,
            message: "This is no JSON: \(expected) should stand here" + (found.map { ", not \($0)." } ?? "."),
            remedy: "Export it again; if it was edited, correct the named place.")
    }
}

import ActivationModel

/// Writes a JSON document (RFC 8259) as it goes, without ever holding it in memory.
///
///     var json = JSONStreamWriter(into: sink)
///     try json.object { json in
///         try json.member("schema", "actkit.keys/1")
///         try json.array("keys") { json in
///             for key in keys { try json.object(.line) { json in try json.member("id", key.id) } }
///         }
///     }
///     try json.finish()
///
/// An unknown value (nil) is written as `null`. The caller is responsible for distinct member names.
public struct JSONStreamWriter: ~Copyable {
    /// How the members of an object or the elements of an array are laid out.
    public enum Layout: Sendable {
        /// Each on a line of its own, indented by two blanks per level.
        case block
        /// All on one line; what lies within is on that line, too.
        case line
    }

    private struct Level {
        var layout: Layout
        var isEmpty = true
    }

    private var buffer: BlockBuffer
    private var levels: [Level] = []
    /// A member name was written and its value is due.
    private var valueIsDue = false
    private let compact: Bool

    /// Makes a writer; `compact` leaves out every blank and line break that JSON does not need.
    public init(compact: Bool = false, into sink: @escaping ByteConsumer) {
        buffer = BlockBuffer(sink)
        self.compact = compact
    }

    /// Ends the document with a line break and hands on what is left.
    public mutating func finish() throws {
        buffer.bytes.append(UInt8(ascii: "\n"))
        try buffer.flush()
    }

    // MARK: Containers

    /// Writes an object as the document, as an element, or as the value of the name written before.
    public mutating func object(
        _ layout: Layout = .block, _ body: (inout JSONStreamWriter) throws -> Void
    ) throws {
        try begin(UInt8(ascii: "{"), layout)
        try body(&self)
        try end(UInt8(ascii: "}"))
    }

    /// Writes an array as the document, as an element, or as the value of the name written before.
    public mutating func array(
        _ layout: Layout = .block, _ body: (inout JSONStreamWriter) throws -> Void
    ) throws {
        try begin(UInt8(ascii: "["), layout)
        try body(&self)
        try end(UInt8(ascii: "]"))
    }

    /// Writes a member whose value is an object.
    public mutating func object(
        _ name: String, _ layout: Layout = .block, _ body: (inout JSONStreamWriter) throws -> Void
    ) throws {
        try self.name(name)
        try object(layout, body)
    }

    /// Writes a member whose value is an array.
    public mutating func array(
        _ name: String, _ layout: Layout = .block, _ body: (inout JSONStreamWriter) throws -> Void
    ) throws {
        try self.name(name)
        try array(layout, body)
    }

    // MARK: Members

    /// Writes a member with a text.
    public mutating func member(_ name: String, _ text: String?) throws {
        try self.name(name)
        try value(text)
    }

    /// Writes a member with a whole number.
    public mutating func member(_ name: String, _ number: Int?) throws {
        try self.name(name)
        try value(number)
    }

    /// Writes a member with a truth value.
    public mutating func member(_ name: String, _ truth: Bool?) throws {
        try self.name(name)
        guard let truth else { return try literal("null") }
        try literal(truth ? "true" : "false")
    }

    /// Writes a member with an identifier, in lower case with dashes.
    public mutating func member(_ name: String, _ guid: GUID?) throws {
        try self.name(name)
        guard let guid else { return try literal("null") }
        try quoted { guid.append(to: &$0) }
    }

    /// Writes a member with an instant, in UTC.
    public mutating func member(_ name: String, _ instant: Timestamp?) throws {
        try self.name(name)
        guard let instant else { return try literal("null") }
        try quoted { instant.append(to: &$0) }
    }

    /// Writes a member with a day.
    public mutating func member(_ name: String, _ day: Day?) throws {
        try self.name(name)
        guard let day else { return try literal("null") }
        try quoted { day.append(to: &$0) }
    }

    /// Writes a member with the place a fact comes from: `{"file": …, "line": …}`.
    public mutating func member(_ name: String, _ source: SourceReference?) throws {
        try self.name(name)
        guard let source else { return try literal("null") }
        try object(.line) { json in
            try json.member("file", source.file)
            try json.member("line", source.line > 0 ? source.line : nil)
        }
    }

    /// Writes a member with an array of texts, on one line, or null.
    public mutating func member(_ name: String, _ texts: [String]?) throws {
        guard let texts else { return try member(name, nil as String?) }
        try array(name, .line) { json in
            for text in texts { try json.value(text) }
        }
    }

    // MARK: Values

    /// Writes a text as an element, or as the value of the name written before.
    public mutating func value(_ text: String?) throws {
        guard let text else { return try literal("null") }
        try startValue()
        append(quoted: text)
        try buffer.drain()
    }

    /// Writes a whole number as an element, or as the value of the name written before.
    public mutating func value(_ number: Int?) throws {
        guard let number else { return try literal("null") }
        try startValue()
        buffer.append(decimal: Int64(number))
    }

    /// Writes the name of a member; its value must follow.
    public mutating func name(_ name: String) throws {
        startItem()
        append(quoted: name)
        buffer.bytes.append(UInt8(ascii: ":"))
        if !compact { buffer.bytes.append(UInt8(ascii: " ")) }
        valueIsDue = true
    }

    // MARK: Layout

    private mutating func literal(_ text: String) throws {
        try startValue()
        buffer.bytes.append(contentsOf: text.utf8)
    }

    private mutating func quoted(_ body: (inout [UInt8]) -> Void) throws {
        try startValue()
        buffer.bytes.append(UInt8(ascii: "\""))
        body(&buffer.bytes)
        buffer.bytes.append(UInt8(ascii: "\""))
    }

    private mutating func begin(_ bracket: UInt8, _ layout: Layout) throws {
        try startValue()
        buffer.bytes.append(bracket)
        let inherited: Layout = levels.last?.layout == .line ? .line : layout
        levels.append(Level(layout: inherited))
    }

    private mutating func end(_ bracket: UInt8) throws {
        if let level = levels.popLast(), level.layout == .block, !level.isEmpty { breakLine() }
        buffer.bytes.append(bracket)
        try buffer.drain()
    }

    private mutating func startValue() throws {
        if valueIsDue {
            valueIsDue = false
        } else {
            startItem()
        }
    }

    /// Writes the comma, the line break and the indentation that stand before a member or an element.
    private mutating func startItem() {
        guard let last = levels.indices.last else { return }
        let isFirst = levels[last].isEmpty
        levels[last].isEmpty = false
        if !isFirst { buffer.bytes.append(UInt8(ascii: ",")) }
        if levels[last].layout == .block {
            breakLine()
        } else if !isFirst, !compact {
            buffer.bytes.append(UInt8(ascii: " "))
        }
    }

    private mutating func breakLine() {
        guard !compact else { return }
        buffer.bytes.append(UInt8(ascii: "\n"))
        for _ in levels { buffer.bytes.append(contentsOf: [0x20, 0x20]) }
    }

    // MARK: Text

    /// Appends a text in quotation marks. Nearly every text needs no escape, so it is copied in one piece and looked
    /// through afterwards.
    private mutating func append(quoted text: String) {
        buffer.bytes.append(UInt8(ascii: "\""))
        let start = buffer.bytes.count
        buffer.bytes.append(contentsOf: text.utf8)
        var index = start
        let end = buffer.bytes.count
        while index < end {
            let byte = buffer.bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F { break }
            index += 1
        }
        if index < end {
            let rest = Array(buffer.bytes[index..<end])
            buffer.bytes.removeSubrange(index..<end)
            append(escaped: rest)
        }
        buffer.bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaped bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): buffer.bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: buffer.bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case 0x0D: buffer.bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
            case 0x09: buffer.bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
            case 0..<0x20, 0x7F:
                buffer.bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "u"), 0x30, 0x30])
                buffer.bytes.append(digits[Int(byte >> 4)])
                buffer.bytes.append(digits[Int(byte & 15)])
            default: buffer.bytes.append(byte)
            }
        }
    }
}

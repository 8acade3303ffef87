import ActivationModel

/// Writes comma-separated values as RFC 4180 describes them: UTF-8, CRLF after each row, quotation marks where a cell
/// needs them, an empty cell for an unknown value.
///
/// Spreadsheets run a cell that starts with `=`, `+`, `-` or `@` as a formula, and what these tables hold was written by
/// others. Such a text gets a leading apostrophe, which makes a spreadsheet show it as text. Numbers, identifiers and
/// dates are written by this program and are never changed. JSON carries every text unchanged.
///
/// Source: https://owasp.org/www-community/attacks/CSV_Injection
public struct CSVWriter: ~Copyable {
    private var buffer: BlockBuffer
    private var rowIsEmpty = true

    /// Makes a writer.
    public init(into sink: @escaping ByteConsumer) { buffer = BlockBuffer(sink) }

    /// Writes the first row.
    public mutating func header(_ names: [String]) throws {
        for name in names { cell(name) }
        try endRow()
    }

    /// Adds a text to the row.
    public mutating func cell(_ text: String?) {
        separate()
        guard let text, !text.isEmpty else { return }
        let start = buffer.bytes.count
        var needsQuotes = text.utf8.first == 0x20 || text.utf8.last == 0x20
        if let first = text.utf8.first, CSVWriter.startsFormula(first) { buffer.bytes.append(UInt8(ascii: "'")) }
        buffer.bytes.append(contentsOf: text.utf8)
        var index = start
        while index < buffer.bytes.count, !needsQuotes {
            switch buffer.bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D: needsQuotes = true
            default: index += 1
            }
        }
        guard needsQuotes else { return }
        let plain = Array(buffer.bytes[start...])
        buffer.bytes.removeSubrange(start...)
        buffer.bytes.append(UInt8(ascii: "\""))
        for byte in plain {
            if byte == UInt8(ascii: "\"") { buffer.bytes.append(byte) }
            buffer.bytes.append(byte)
        }
        buffer.bytes.append(UInt8(ascii: "\""))
    }

    /// Adds a whole number to the row.
    public mutating func cell(_ number: Int?) {
        separate()
        if let number { buffer.append(decimal: Int64(number)) }
    }

    /// Adds `true`, `false` or nothing to the row.
    public mutating func cell(_ truth: Bool?) {
        cell(truth.map { $0 ? "true" : "false" })
    }

    /// Adds an identifier to the row.
    public mutating func cell(_ guid: GUID?) {
        separate()
        guid?.append(to: &buffer.bytes)
    }

    /// Adds an instant to the row, in UTC.
    public mutating func cell(_ instant: Timestamp?) {
        separate()
        instant?.append(to: &buffer.bytes)
    }

    /// Adds a day to the row.
    public mutating func cell(_ day: Day?) {
        separate()
        day?.append(to: &buffer.bytes)
    }

    /// Ends the row.
    public mutating func endRow() throws {
        buffer.bytes.append(contentsOf: [0x0D, 0x0A])
        rowIsEmpty = true
        try buffer.drain()
    }

    /// Hands on what is left.
    public mutating func finish() throws { try buffer.flush() }

    private mutating func separate() {
        if rowIsEmpty {
            rowIsEmpty = false
        } else {
            buffer.bytes.append(UInt8(ascii: ","))
        }
    }

    private static func startsFormula(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D: true
        default: false
        }
    }
}

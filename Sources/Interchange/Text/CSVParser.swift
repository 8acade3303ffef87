import ActivationModel

/// Cuts UTF-8 text into the rows of a CSV file, chunk by chunk.
///
/// The grammar is RFC 4180 with what programs of the field do: comma, semicolon or tab between cells, found out from the
/// header line; LF, CR LF or CR at the end of a line; a first line `#TYPE …` of Windows PowerShell or `sep=;` of
/// Excel; blanks around cells; blank lines; empty cells behind the last column; and what joining files leaves: byte order
/// marks, `#TYPE` lines and headers between the rows, and an end-of-file character. A row with another number of cells than
/// the header and a row with misplaced quotes are rejected; the parser goes on with the next line.
///
/// Sources: https://www.rfc-editor.org/rfc/rfc4180,
/// https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv
///
/// Invariant: rows and rejections do not depend on where the chunks are cut.
struct CSVParser {
    private enum State {
        /// The lines up to the header are collected, as the delimiter is not known yet.
        case preamble
        case cellStart
        case bare
        case quoted
        /// Behind a quote inside a quoted cell: a second one is an escaped quote.
        case quoteInQuoted
        /// Behind a quoted cell, where only blanks may stand.
        case afterQuoted
        /// In a row with misplaced quotes, up to the end of the line.
        case skipping
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    static let quote = UInt8(ascii: "\"")
    static let blank = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")

    /// The line that is being read, from 1.
    private(set) var line = 1
    /// What stands between cells; nil before the header was read.
    private(set) var delimiter: UInt8?
    /// Whether the file begins with a `#TYPE` line.
    private(set) var hasTypeLine = false

    private let limits: TextLimits
    private let unnamedColumns: Int
    private var separator: UInt8 = 0
    private var state = State.preamble
    private var preamble: [UInt8] = []
    private var preambleIsQuoted = false
    private var row = CSVRow()
    /// How many bytes of `row.bytes` are in use.
    private var used = 0
    private var cellStart = 0
    private var columnCount: Int?
    private var quoteLine = 0
    /// A CR was read last: an LF that follows belongs to it.
    private var skipsLineFeed = false

    /// Makes a parser; `delimiter` nil means that the header line shows it.
    /// `unnamedColumns` is how many cells a row may have behind those of the header.
    init(delimiter: UInt8?, limits: TextLimits, unnamedColumns: Int = 0) {
        self.delimiter = delimiter
        self.limits = limits
        self.unnamedColumns = unnamedColumns
    }

    /// Whether nothing but blank lines has been seen.
    var isBeforeHeader: Bool { columnCount == nil }

    // MARK: - Reading

    /// Reads the next bytes.
    mutating func parse(
        _ input: Span<UInt8>, into sink: inout some CSVSink, output: inout RecordOutput
    ) throws {
        var position = 0
        while position < input.count, case .preamble = state {
            try collectPreamble(input, from: &position, into: &sink, output: &output)
        }
        try scan(input.extracting(position...), into: &sink, output: &output)
    }

    /// Reads what is left when the file has ended.
    mutating func finish(into sink: inout some CSVSink, output: inout RecordOutput) throws {
        if case .preamble = state, !preamble.isEmpty { try endPreambleLine(into: &sink, output: &output) }
        switch state {
        case .preamble: break
        case .quoted:
            throw InterchangeError(
                .unreadable, code: "csv.quote.open", line: quoteLine,
                message:
                    "A quoted cell begins on line \(quoteLine) and never ends; the row begins on line \(row.line).",
                remedy: "The file was cut off, or a quote inside the cell was not doubled. Export it again.")
        case .cellStart where row.cells.isEmpty, .skipping: break
        case .cellStart, .bare, .quoteInQuoted, .afterQuoted:
            endCell(isQuoted: state == .quoteInQuoted || state == .afterQuoted)
            try endRow(into: &sink, output: &output)
        }
        state = .cellStart
    }

    // MARK: - The lines up to the header

    private mutating func collectPreamble(
        _ input: Span<UInt8>, from position: inout Int, into sink: inout some CSVSink, output: inout RecordOutput
    ) throws {
        let byte = input[position]
        position += 1
        if skipsLineFeed {
            skipsLineFeed = false
            if byte == CSVParser.lineFeed { return }
        }
        if byte == CSVParser.lineFeed || byte == CSVParser.carriageReturn {
            skipsLineFeed = byte == CSVParser.carriageReturn
            if preambleIsQuoted {
                preamble.append(CSVParser.lineFeed)
            } else {
                try endPreambleLine(into: &sink, output: &output)
            }
            return
        }
        if byte == CSVParser.quote { preambleIsQuoted.toggle() }
        preamble.append(byte)
        if preamble.count > limits.rowLength {
            throw InterchangeError(
                .unreadable, code: "csv.header.length", line: line,
                message: "The first row is longer than \(limits.rowLength) bytes.",
                remedy: "Check that the file is a table with a header line; a missing end quote has the same effect.")
        }
    }

    /// Judges a whole line in front of the header, or the header itself.
    private mutating func endPreambleLine(into sink: inout some CSVSink, output: inout RecordOutput) throws {
        let text = preamble.span.hasByteOrderMark ? Array(preamble.dropFirst(3)) : preamble
        preamble = []
        preambleIsQuoted = false
        let lines = text.count { $0 == CSVParser.lineFeed } + 1
        if text.allSatisfy({ $0 == CSVParser.blank || $0 == CSVParser.tab }) {
            line += lines
            return
        }
        if text.starts(with: "#TYPE".utf8) {
            hasTypeLine = true
            line += lines
            return
        }
        if text.count <= 5, text.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }),
            text.dropFirst(4).allSatisfy(CSVParser.canDivide)
        {
            if delimiter == nil, let named = text.dropFirst(4).first { delimiter = named }
            line += lines
            return
        }
        separator = delimiter ?? CSVParser.delimiter(of: text)
        delimiter = separator
        state = .cellStart
        row.line = line
        // The end of this line is counted when the header itself is cut into cells.
        let pendingLineFeed = skipsLineFeed
        skipsLineFeed = false
        var header = text
        header.append(CSVParser.lineFeed)
        try scan(header.span, into: &sink, output: &output)
        skipsLineFeed = pendingLineFeed
    }

    // MARK: - Rows

    private mutating func scan(
        _ input: Span<UInt8>, into sink: inout some CSVSink, output: inout RecordOutput
    ) throws {
        makeRoom(for: input.count)
        var position = 0
        while position < input.count {
            let byte = input[position]
            if skipsLineFeed {
                skipsLineFeed = false
                if byte == CSVParser.lineFeed {
                    position += 1
                    continue
                }
            }
            switch state {
            case .preamble: return
            case .cellStart:
                if byte == CSVParser.quote {
                    quoteLine = line
                    state = .quoted
                    position += 1
                } else if byte == CSVParser.blank || (byte == CSVParser.tab && byte != separator) {
                    position += 1
                } else {
                    state = .bare
                }
            case .bare:
                let copied = CSVParser.copyBare(
                    input, from: position, to: &row.bytes, at: used, separator: separator)
                position += copied
                used += copied
                if used > limits.rowLength { throw rowTooLong() }
                guard position < input.count else { break }
                let end = input[position]
                position += 1
                if end == separator {
                    endCell(isQuoted: false)
                } else if end == CSVParser.quote, cellIsByteOrderMark {
                    used = cellStart
                    quoteLine = line
                    state = .quoted
                } else if end == CSVParser.quote {
                    try reject("a quote stands inside a cell that does not begin with one", into: &output)
                } else {
                    endCell(isQuoted: false)
                    try endRow(into: &sink, output: &output)
                    endLine(end)
                }
            case .quoted:
                let copied = CSVParser.copyQuoted(input, from: position, to: &row.bytes, at: used)
                position += copied
                used += copied
                if used > limits.rowLength { throw rowTooLong() }
                guard position < input.count else { break }
                let end = input[position]
                position += 1
                if end == CSVParser.quote {
                    state = .quoteInQuoted
                    // What follows nearly always: the next cell, in quotes as well.
                    if position < input.count, input[position] == separator {
                        position += 1
                        endCell(isQuoted: true)
                        if position < input.count, input[position] == CSVParser.quote {
                            position += 1
                            quoteLine = line
                            state = .quoted
                        }
                    }
                } else {
                    // A line end inside a cell; CR LF is kept as it stands.
                    append(end)
                    if end == CSVParser.lineFeed {
                        let follows = used >= 2 && row.bytes[used - 2] == CSVParser.carriageReturn
                        if !(follows && used - 2 >= cellStart) { line += 1 }
                    } else {
                        line += 1
                    }
                }
            case .quoteInQuoted:
                if byte == CSVParser.quote {
                    append(byte)
                    position += 1
                    state = .quoted
                } else {
                    state = .afterQuoted
                }
            case .afterQuoted:
                position += 1
                if byte == separator {
                    endCell(isQuoted: true)
                } else if byte == CSVParser.lineFeed || byte == CSVParser.carriageReturn {
                    endCell(isQuoted: true)
                    try endRow(into: &sink, output: &output)
                    endLine(byte)
                } else if byte != CSVParser.blank, byte != CSVParser.tab {
                    try reject("text follows the end quote of a cell", into: &output)
                }
            case .skipping:
                position += 1
                if byte == CSVParser.lineFeed || byte == CSVParser.carriageReturn {
                    beginRow()
                    endLine(byte)
                }
            }
        }
        if used > limits.rowLength { throw rowTooLong() }
    }

    private mutating func append(_ byte: UInt8) {
        row.bytes[used] = byte
        used += 1
    }

    /// Makes the buffer long enough for all that the next bytes can add to it.
    private mutating func makeRoom(for count: Int) {
        // Whole words are stored.
        let needed = used + count + 8
        if row.bytes.count < needed {
            row.bytes.append(contentsOf: repeatElement(0, count: max(needed, 4096) - row.bytes.count))
        }
    }

    /// Whether the row holds nothing but a byte order mark so far.
    private var cellIsByteOrderMark: Bool {
        row.cells.isEmpty && used - cellStart == 3 && row.bytes.span.extracting(cellStart..<used).hasByteOrderMark
    }

    private mutating func endCell(isQuoted: Bool) {
        var end = used
        if !isQuoted {
            if row.cells.isEmpty, row.bytes.span.extracting(cellStart..<used).hasByteOrderMark { cellStart += 3 }
            while end > cellStart, row.bytes[end - 1] == CSVParser.blank || row.bytes[end - 1] == CSVParser.tab {
                end -= 1
            }
        }
        row.cells.append(CSVRow.Cell(start: Int32(cellStart), end: Int32(end), isQuoted: isQuoted))
        cellStart = used
        state = .cellStart
    }

    private mutating func endLine(_ byte: UInt8) {
        line += 1
        row.line = line
        skipsLineFeed = byte == CSVParser.carriageReturn
    }

    private mutating func beginRow() {
        row.cells.removeAll(keepingCapacity: true)
        row.line = line
        used = 0
        cellStart = 0
        state = .cellStart
    }

    private mutating func endRow(into sink: inout some CSVSink, output: inout RecordOutput) throws {
        defer { beginRow() }
        if row.count == 1, row.isNull(0) || row.bytes.span.extracting(row.range(0)).isEndOfFileMark { return }
        if let known = columnCount {
            if row.beginsWithType {
                output.skip(
                    "csv.header.repeated", line: row.line, "The row is the #TYPE line of another table.",
                    remedy: "This is what joining several exports leaves; nothing is lost.")
                return
            }
            if row.count != known, row.count <= limits.columns, sink.isHeader(row) { columnCount = row.count }
        }
        if let columnCount {
            if row.isAllNull {
                output.skip("csv.row.empty", line: row.line, "The row has no values.")
                return
            }
            while row.count > columnCount, row.isNull(row.count - 1) { row.cells.removeLast() }
            guard row.count >= columnCount, row.count <= columnCount + unnamedColumns else {
                output.reject(
                    "csv.columns", line: row.line,
                    "The row has \(row.count) cells, the header has \(columnCount).",
                    remedy: "Look for a delimiter or a line end inside a cell without quotes, which PowerShell 7.0 "
                        + "wrote with -UseQuotes AsNeeded.")
                return
            }
        } else {
            guard row.count <= limits.columns else {
                throw InterchangeError(
                    .unreadable, code: "csv.columns.limit", line: row.line,
                    message: "The header has \(row.count) columns; \(limits.columns) are read at most.",
                    remedy: "Export only the columns that are needed.")
            }
            columnCount = row.count
        }
        try sink.row(row, into: &output)
    }

    private mutating func reject(_ what: String, into output: inout RecordOutput) throws {
        guard columnCount != nil else {
            throw InterchangeError(
                .unreadable, code: "csv.header.quote", line: row.line,
                message: "In column \(row.count + 1) of the header, \(what).",
                remedy: "Put the header in quotes and double the quotes inside it.")
        }
        output.reject(
            "csv.quote", line: row.line, "In column \(row.count + 1), \(what).",
            remedy: "Write quotes inside a cell twice and put the cell in quotes; exports of PowerShell 7.0 with "
                + "-UseQuotes AsNeeded do not, so export with -UseQuotes Always.")
        state = .skipping
    }

    private func rowTooLong() -> InterchangeError {
        let isOpen = state == .quoted
        return InterchangeError(
            .unreadable, code: "csv.row.length", line: row.line,
            message: "The row is longer than \(limits.rowLength) bytes"
                + (isOpen ? "; the quote that was opened on line \(quoteLine) may have no end." : "."),
            remedy: "Check that the file is a table and that every quote is closed.")
    }
}

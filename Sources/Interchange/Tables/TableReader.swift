import ActivationModel

/// Reads a CSV file of one kind.
struct TableReader<Content: TableContent>: FileReader {
    private struct Stage {
        var parser: CSVParser
        var sink: TableSink<Content>
    }

    private var source: TextSource
    private var stage: Stage

    init(_ options: ReadOptions) throws {
        source = TextSource(options: options)
        stage = Stage(
            parser: CSVParser(
                delimiter: options.delimiter, limits: options.limits, unnamedColumns: Content.unnamedColumns),
            sink: try TableSink(options: options))
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.sink, output: &output)
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.sink, output: &output)
        }
        try stage.parser.finish(into: &stage.sink, output: &output)
        try stage.sink.finish(into: &output)
        source.report(into: &output)
    }
}

/// Turns the rows of a CSV file into records: the first row gives the columns, the others the content.
struct TableSink<Content: TableContent>: CSVSink {
    private let options: ReadOptions
    private var content: Content
    private var header: CSVRow?
    private var words = HeaderWords<Content>(titles: [], map: [:])
    private var columns: ColumnSet<Content.Column>?
    private var dates: DateColumns
    /// The positions of the columns of each date, the preferred one first.
    private var datePositions: [[Int]] = []
    /// The columns for which rows are held.
    private var awaited: Set<Int> = []
    private var held = HeldRows()
    private var rows = 0

    init(options: ReadOptions) throws {
        self.options = options
        content = Content(options: options)
        dates = DateColumns(count: 0, order: nil)
        let known = Content.Column.headers
        for column in options.columnMap.values.sorted() where known[headerKey(column)] == nil {
            throw InterchangeError(
                .unreadable, code: "table.column.unknown",
                message: "\(Content.title) has no column “\(cellForMessages(column))” that a header could stand for.",
                remedy: "Its columns are \(Content.Column.allCases.map(\.name).joined(separator: ", ")).")
        }
    }

    mutating func row(_ row: CSVRow, into output: inout RecordOutput) throws {
        guard let columns, let header else {
            try begin(row, into: &output)
            return
        }
        if row.hasSameCells(as: header) || words.isHeader(row) {
            try beginPart(row, below: header.line, columns, into: &output)
            return
        }
        rows += 1
        let waits = observeDates(row)
        if waits || !held.isEmpty {
            held.append(row)
            let isDecided = awaited.allSatisfy { dates.order($0) != .undecided }
            if isDecided {
                try release(into: &output)
            } else if held.size > options.limits.heldBytes {
                try giveUp(into: &output)
            }
            return
        }
        try content.read(TableRow(csv: row, columns: columns, dates: dates), into: &output)
    }

    /// Says what shows at the end of the file only.
    mutating func finish(into output: inout RecordOutput) throws {
        guard columns != nil else {
            throw InterchangeError(
                .unreadable, code: "table.header.missing", message: "The file has no header line.",
                remedy: "\(Content.title) begins with a line of column names.")
        }
        try giveUp(into: &output)
        content.finish(rows: rows, into: &output)
    }

    func isHeader(_ row: CSVRow) -> Bool { words.isHeader(row) }

    // MARK: - The header

    /// Takes a header between the rows, which may give the columns another order.
    private mutating func beginPart(
        _ row: CSVRow, below line: Int, _ columns: ColumnSet<Content.Column>, into output: inout RecordOutput
    ) throws {
        let keys = (0..<row.count).map { headerKey(row.text($0)) }
        guard keys != columns.titles.map({ headerKey($0) }) else {
            output.skip(
                "csv.header.repeated", line: row.line, "The row repeats the header.",
                remedy: "This is what joining several exports leaves; nothing is lost.")
            return
        }
        try giveUp(into: &output)
        output.skip(
            "csv.header.changed", line: row.line,
            "The row is a header with other columns than the one on line \(line); the rows below it are read by it.",
            remedy: "This is what joining different exports leaves; nothing is lost.")
        try begin(row, into: &output)
    }

    private mutating func begin(_ row: CSVRow, into output: inout RecordOutput) throws {
        let titles = (0..<row.count).map { String(row.text($0).trimmingBlanks()) }
        let columns = ColumnSet<Content.Column>(titles: titles, map: options.columnMap)
        let missing = Content.Column.allCases.filter { $0.isRequired && columns[$0] == nil }.map(\.name)
        guard missing.isEmpty, Content.Column.isKind(columns.present) else {
            let names = missing.isEmpty ? "needed columns" : "“" + missing.joined(separator: "”, “") + "”"
            throw InterchangeError(
                .unreadable, code: "table.column.missing", line: row.line,
                message: "\(Content.title) needs more than the header of this file gives: \(names) missing.",
                remedy: "Name the columns as the help of import lists them, or map headers with --map.")
        }
        if !columns.repeated.isEmpty {
            output.diagnostics.report(
                .warning, "table.column.repeated", line: row.line,
                "Several headers mean the same column; these were not read: \(list(columns.repeated)).",
                remedy: "Remove the columns that are not meant, or map the right one with --map.")
        }
        if !columns.ignored.isEmpty {
            output.diagnostics.report(
                .note, "table.column.ignored", line: row.line,
                "Headers that mean no column of \(Content.title.lowercasedFirst): \(list(columns.ignored)).")
        }
        let headers = Set(titles.map { headerKey($0) })
        for title in options.columnMap.keys.sorted() where !headers.contains(headerKey(title)) {
            output.diagnostics.report(
                .warning, "table.map.unused", line: row.line,
                "No header of this table is “\(cellForMessages(title))”, which --map names.",
                remedy: "Compare the name with the first line of the file; case and blanks do not matter.")
        }
        header = row
        words = HeaderWords(titles: titles, map: options.columnMap)
        self.columns = columns
        dates = DateColumns(count: row.count, order: options.dateOrder)
        datePositions = Content.dates(in: columns).map { $0.compactMap { columns[$0] } }.filter { !$0.isEmpty }
        try content.begin(columns, line: row.line, into: &output)
    }

    private func list(_ titles: [String]) -> String {
        let shown = titles.prefix(12).map(cellForMessages).joined(separator: ", ")
        return titles.count > 12 ? "\(shown) and \(titles.count - 12) more" : shown
    }

    // MARK: - Dates whose order is not known yet

    /// Learns from the date cells of a row; true when one whose value is needed has to wait.
    private mutating func observeDates(_ row: CSVRow) -> Bool {
        var waits = false
        for positions in datePositions {
            var isNeeded = true
            for position in positions where !row.isEmpty(position) {
                // A FILETIME says nothing about the order.
                guard dates.order(position) == .undecided, !row.isDigits(position) else {
                    isNeeded = false
                    continue
                }
                let cell = DateCell(row, position)
                let isOpen = dates.observe(cell, column: position)
                if isOpen, isNeeded {
                    waits = true
                    awaited.insert(position)
                }
                if cell.hasMeaning { isNeeded = false }
            }
        }
        return waits
    }

    private mutating func release(into output: inout RecordOutput) throws {
        guard let columns else { return }
        awaited = []
        let dates = self.dates
        var waiting = held
        held = HeldRows()
        try waiting.drain { row in
            try content.read(TableRow(csv: row, columns: columns, dates: dates), into: &output)
        }
    }

    /// Releases the held rows although their dates are ambiguous: as the other columns of the file are, else as unknown.
    private mutating func giveUp(into output: inout RecordOutput) throws {
        guard let columns, !held.isEmpty else { return }
        // All columns of an export are written in one culture, so a column that shows the order speaks for the others.
        let common = dates.common
        for position in awaited.sorted() where dates.order(position) == .undecided {
            let title = columns.titles[position]
            if let common {
                dates.set(.decided(common), column: position)
                output.diagnostics.report(
                    .note, "date.order.borrowed", line: held.firstLine,
                    "The column “\(title)” does not show the order of day and month; it was read as \(common.rawValue) "
                        + "like the other dates of the file.",
                    remedy: "If that is wrong, import the file with --date-order.")
            } else {
                dates.set(.unknowable, column: position)
                output.diagnostics.report(
                    .warning, "date.order.unknown", line: held.firstLine,
                    "The dates in the column “\(title)” can be read as day/month or as month/day; they are left unknown.",
                    remedy: "Import the file again with --date-order dmy or --date-order mdy.")
            }
        }
        try release(into: &output)
    }
}

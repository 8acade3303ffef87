import ActivationModel

/// What one kind of table means: how its rows become records.
protocol TableContent: Sendable {
    associatedtype Column: TableColumn

    /// What the table is, for messages.
    static var title: String { get }
    /// The columns of each date, the preferred one first.
    static var dates: [[Column]] { get }
    /// Of these, the dates that are of use in a table with such columns.
    static func dates(in columns: ColumnSet<Column>) -> [[Column]]
    /// How many cells may stand behind those that the header names.
    static var unnamedColumns: Int { get }

    init(options: ReadOptions)

    /// How well the headers fit: nil when the table is of another kind. `present` are the columns that they mean.
    static func score(titles: [String], present: Set<Column>) -> Int?
    /// Sees the header before the first row.
    mutating func begin(_ columns: ColumnSet<Column>, line: Int, into output: inout RecordOutput) throws
    /// Turns a row into exactly one record, skip or rejection.
    mutating func read(_ row: TableRow<Column>, into output: inout RecordOutput) throws
    /// Says what shows at the end of the file only; `rows` counts the rows below the header.
    mutating func finish(rows: Int, into output: inout RecordOutput)
}

extension TableContent {
    static var unnamedColumns: Int { 0 }
    static func dates(in columns: ColumnSet<Column>) -> [[Column]] { dates }
    static func score(titles: [String], present: Set<Column>) -> Int? {
        Column.isKind(present) ? present.count : nil
    }
    mutating func begin(_ columns: ColumnSet<Column>, line: Int, into output: inout RecordOutput) throws {}
    mutating func finish(rows: Int, into output: inout RecordOutput) {}
}

/// A row whose cells are asked for by column.
struct TableRow<Column: TableColumn> {
    /// The row as it was cut.
    let csv: CSVRow
    /// Where the columns are.
    let columns: ColumnSet<Column>
    /// How dates are read.
    let dates: DateColumns

    /// The line the row starts on.
    var line: Int { csv.line }

    /// The text of a column without blanks at its ends; nil when the file lacks the column or the cell is empty.
    func text(_ column: Column) -> String? {
        guard let position = columns[column] else { return nil }
        var range = csv.trimmedRange(position)
        // The apostrophe that keeps spreadsheets from running a text as a formula, as this program writes it, too.
        if range.count > 1, csv.bytes[range.lowerBound] == UInt8(ascii: "'"),
            "=+-@".utf8.contains(csv.bytes[range.lowerBound + 1])
        {
            range = range.lowerBound + 1..<range.upperBound
        }
        return range.isEmpty ? nil : String(decoding: csv.bytes[range], as: UTF8.self)
    }

    /// The text of the first cell behind those that the header names; nil when there is none, or it is empty.
    var unnamedText: String? {
        guard csv.count > columns.titles.count else { return nil }
        let range = csv.trimmedRange(columns.titles.count)
        return range.isEmpty ? nil : String(decoding: csv.bytes[range], as: UTF8.self)
    }

    /// The bytes of a column without blanks at their ends.
    func bytes(_ column: Column) -> ArraySlice<UInt8>? {
        guard let position = columns[column] else { return nil }
        let range = csv.trimmedRange(position)
        return range.isEmpty ? nil : csv.bytes[range]
    }

    /// The first of these columns whose cell holds a date. A cell that cannot be read is reported, and the next column
    /// speaks.
    func date(_ preference: [Column], into output: inout RecordOutput) -> Timestamp? {
        for column in preference {
            guard let position = columns[column] else { continue }
            switch dates.read(DateCell(csv, position), column: position) {
            case .absent, .orderUnknown: continue
            case .never: return nil
            case .instant(let instant): return instant
            case .contradicts:
                output.diagnostics.report(
                    .warning, "date.order.mixed", line: line,
                    "The column “\(columns.title(column))” holds dates whose day and month are in another order than "
                        + "in the rest of the column; they are left unknown.",
                    remedy: "Export the dates in one form, best as YYYY-MM-DD.")
            case .rounded:
                output.diagnostics.report(
                    .warning, "date.rounded", line: line,
                    "The column “\(columns.title(column))” holds numbers that a spreadsheet rounded; the times are lost.",
                    remedy: "Export the list again, and do not save it with Excel.")
            case .unreadable:
                output.diagnostics.report(
                    .warning, "date.unreadable", line: line,
                    "The column “\(columns.title(column))” holds values that are no dates; they are left unknown.",
                    remedy: "Write dates as YYYY-MM-DD.")
            }
        }
        return nil
    }

    /// A cell as it may be shown in a message: short, and with every product key masked.
    func shown(_ column: Column) -> String { text(column).map(cellForMessages) ?? "" }
}

/// A value as it may be shown in a message: at most 40 characters, and with every product key masked to its last five.
func cellForMessages(_ text: String) -> String { MaskedText.excerpt(text) }

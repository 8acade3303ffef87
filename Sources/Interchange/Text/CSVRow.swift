import ActivationModel

/// One row of a CSV file: the bytes of its cells one after the other, as UTF-8 without quotes and escapes.
struct CSVRow {
    /// Where one cell lies in `bytes`.
    struct Cell {
        var start: Int32
        var end: Int32
        /// Whether the cell was written in quotes; a bare empty cell is no value, `""` is an empty text.
        var isQuoted: Bool
    }

    /// The line the row starts on, from 1.
    var line = 1
    /// The cells of the row.
    var cells: [Cell] = []
    /// The bytes the cells point into; what lies behind the last cell has no meaning.
    var bytes: [UInt8] = []

    /// The number of cells.
    var count: Int { cells.count }

    /// Where a cell lies in `bytes`.
    func range(_ column: Int) -> Range<Int> { Int(cells[column].start)..<Int(cells[column].end) }

    /// Whether a cell has no characters.
    func isEmpty(_ column: Int) -> Bool { cells[column].start == cells[column].end }

    /// Whether a cell holds no value: empty and without quotes.
    func isNull(_ column: Int) -> Bool { isEmpty(column) && !cells[column].isQuoted }

    /// Whether a cell holds decimal digits and nothing else.
    func isDigits(_ column: Int) -> Bool {
        let text = bytes.span.extracting(range(column))
        return !text.isEmpty && text.isDigits
    }

    /// Whether no cell holds a value.
    var isAllNull: Bool { cells.indices.allSatisfy { isNull($0) } }

    /// Whether the row is the line `#TYPE …` with which Windows PowerShell begins a table.
    var beginsWithType: Bool {
        guard let first = cells.first, !first.isQuoted, first.end - first.start > 5 else { return false }
        return bytes.span.extracting(range(0)).hasPrefix("#TYPE ")
    }

    /// The text of a cell as it stands.
    func text(_ column: Int) -> String { String(decoding: bytes[range(column)], as: UTF8.self) }

    /// Where a cell lies without the blanks, line ends and no-break spaces at its ends.
    func trimmedRange(_ column: Int) -> Range<Int> {
        let range = range(column)
        let trimmed = bytes.span.extracting(range).trimmedBlanks
        return range.lowerBound + trimmed.lowerBound..<range.lowerBound + trimmed.upperBound
    }

    /// Whether two rows have the same cells.
    func hasSameCells(as other: CSVRow) -> Bool {
        guard count == other.count else { return false }
        return cells.indices.allSatisfy { bytes[range($0)] == other.bytes[other.range($0)] }
    }
}

/// Receives the rows of a CSV file in their order; the first is the header.
protocol CSVSink {
    mutating func row(_ row: CSVRow, into output: inout RecordOutput) throws
    /// Whether a row below the header is the header of another table, whose rows may have another number of cells.
    func isHeader(_ row: CSVRow) -> Bool
}

extension CSVSink {
    func isHeader(_ row: CSVRow) -> Bool { false }
}

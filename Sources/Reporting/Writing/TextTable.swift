/// A table for people: columns aligned by what a terminal shows, not by bytes.
///
///     let table = TextTable(columns: [.init("Key"), .init("Left", .right)])
///     try table.render(rows: [["ABCDE", "120"], ["FGHJK", "7"]], into: &output)
///
/// The rows are traversed twice, once to measure and once to write, so a lazy collection of any size costs no memory.
public struct TextTable: Sendable {
    /// Where the text of a cell stands in its column.
    public enum Alignment: Sendable {
        /// For words.
        case left
        /// For numbers.
        case right
    }

    /// One column.
    public struct Column: Sendable {
        /// The heading.
        public var title: String
        /// Where the text stands.
        public var alignment: Alignment
        /// A longer text is cut and ends in `…`.
        public var maximumWidth: Int?

        /// Makes a column.
        public init(_ title: String, _ alignment: Alignment = .left, maximumWidth: Int? = nil) {
            self.title = title
            self.alignment = alignment
            self.maximumWidth = maximumWidth
        }
    }

    /// The columns from left to right.
    public var columns: [Column]
    /// Blanks before each line.
    public var indentation: Int
    /// Whether the headings are written.
    public var showsHeader: Bool

    /// Makes a table.
    public init(columns: [Column], indentation: Int = 0, showsHeader: Bool = true) {
        self.columns = columns
        self.indentation = indentation
        self.showsHeader = showsHeader
    }

    /// Writes the rows. A row with fewer cells than columns is filled with empty cells.
    public func render(rows: some Sequence<[String]>, into output: inout TextOutput) throws {
        var widths = columns.map { showsHeader ? DisplayText.width(of: $0.title) : 0 }
        for row in rows {
            for (column, cell) in row.prefix(columns.count).enumerated() {
                let limit = columns[column].maximumWidth ?? .max
                widths[column] = max(widths[column], min(DisplayText.width(of: cell), limit))
            }
        }
        if showsHeader {
            try write(columns.map(\.title), widths: widths, into: &output, style: .heading)
        }
        for row in rows { try write(row, widths: widths, into: &output, style: .plain) }
    }

    private func write(
        _ cells: [String], widths: [Int], into output: inout TextOutput, style: TextOutput.Style
    ) throws {
        var line = String(repeating: " ", count: indentation)
        var blanks = 0
        for (column, width) in widths.enumerated() {
            let cell = column < cells.count ? DisplayText.fitting(cells[column], width: width) : ""
            let gap = width - DisplayText.width(of: cell)
            if column > 0 { blanks += 2 }
            if columns[column].alignment == .right { blanks += gap }
            if !cell.isEmpty {
                // Blanks are written when a text follows, so that no line ends in them.
                line += String(repeating: " ", count: blanks) + cell
                blanks = 0
            }
            if columns[column].alignment == .left { blanks += gap }
        }
        try output.line(line, style)
    }
}

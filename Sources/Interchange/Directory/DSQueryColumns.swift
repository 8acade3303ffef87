import ActivationModel

/// The columns that `dsquery * -attr` prints: attributes in the first line, values below them, blanks between. Several
/// values of one attribute stand in one cell with `;` between.
///
/// There are no quotes, so where a column begins is told by the line of attributes alone. The widths count characters.
struct DSQueryColumns {
    private var sink: TableSink<DSQueryTable>
    private var row = CSVRow()
    /// The characters at which the columns begin.
    private var starts: [Int] = []

    init(options: ReadOptions) throws { sink = try TableSink(options: options) }

    mutating func read(line: Span<UInt8>, number: Int, into output: inout RecordOutput) throws {
        if starts.isEmpty {
            starts = DSQueryColumns.starts(in: line)
        } else if DSQueryForm.areWords(line) {
            beginPart(line)
        }
        guard cut(line) else {
            output.reject(
                "dsquery.columns", line: number, "The values of the line do not stand below their attributes.",
                remedy: "Query without attributes whose values have several lines, or with -l, which lists attributes.")
            return
        }
        row.line = number
        try sink.row(row, into: &output)
    }

    /// Takes the columns of a line of attributes that begins the output of another query.
    private mutating func beginPart(_ line: Span<UInt8>) {
        let known = starts
        starts = DSQueryColumns.starts(in: line)
        guard cut(line), sink.isHeader(row) else {
            starts = known
            return
        }
    }

    mutating func finish(into output: inout RecordOutput) throws { try sink.finish(into: &output) }

    private static func starts(in header: Span<UInt8>) -> [Int] {
        header.indices.filter { header[$0] != 0x20 && ($0 == 0 || header[$0 - 1] == 0x20) }
    }

    /// Cuts a line into the cells of `row`; false when a value crosses the border of two columns.
    private mutating func cut(_ line: Span<UInt8>) -> Bool {
        row.cells.removeAll(keepingCapacity: true)
        row.bytes.removeAll(keepingCapacity: true)
        var borders: [Int] = []
        borders.reserveCapacity(starts.count + 1)
        var character = 0
        for index in line.indices where line[index] & 0xC0 != 0x80 {
            if borders.count < starts.count, character == starts[borders.count] {
                guard index == 0 || line[index - 1] == 0x20 else { return false }
                borders.append(index)
            }
            character += 1
        }
        guard let first = borders.first, (0..<first).allSatisfy({ line[$0] == 0x20 }) else { return false }
        while borders.count <= starts.count { borders.append(line.count) }
        for column in starts.indices {
            let start = row.bytes.count
            let part = line.extracting(borders[column]..<borders[column + 1])
            row.bytes.append(copying: part.extracting(part.trimmedBlanks))
            row.cells.append(CSVRow.Cell(start: Int32(start), end: Int32(row.bytes.count), isQuoted: false))
        }
        return true
    }
}

/// The rows below the attributes.
private struct DSQueryTable: ADComputerTable {
    static let title = DSQueryContent.title

    var accounts = ADComputerContent(.dsquery)

    init(options: ReadOptions) {}
}

import ActivationModel

/// A table of accounts and groups that another tool than PowerShell wrote: it differs in how it is recognised and made.
protocol ADComputerTable: TableContent where Column == DirectoryAttribute {
    /// Reads the rows.
    var accounts: ADComputerContent { get set }
}

extension ADComputerTable {
    static var dates: [[DirectoryAttribute]] { ADComputerContent.dates }

    static func dates(in columns: ColumnSet<DirectoryAttribute>) -> [[DirectoryAttribute]] {
        ADComputerContent.dates(in: columns)
    }

    mutating func begin(
        _ columns: ColumnSet<DirectoryAttribute>, line: Int, into output: inout RecordOutput
    ) throws {
        try accounts.begin(columns, line: line, into: &output)
    }

    mutating func read(_ row: TableRow<DirectoryAttribute>, into output: inout RecordOutput) throws {
        try accounts.read(row, into: &output)
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        accounts.finish(rows: rows, into: &output)
    }
}

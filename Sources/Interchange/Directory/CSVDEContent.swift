import ActivationModel

/// Computer accounts and groups as csvde exports them: the column `DN`, then the LDAP names of all attributes that any account has.
/// Several values of one attribute stand in one cell with `;` between, octets as `X'0105…'`.
///
/// Source: https://learn.microsoft.com/windows/win32/ad/comma-separated-value-csv-scripts
struct CSVDEContent: TableContent {
    static let title = "Computer accounts of csvde"
    static let dates = ADComputerContent.dates

    static func dates(in columns: ColumnSet<DirectoryAttribute>) -> [[DirectoryAttribute]] {
        ADComputerContent.dates(in: columns)
    }

    /// What tells accounts from other objects, which csvde exports as well.
    private static let telling: Set<DirectoryAttribute> = [
        .samAccountName, .dnsHostName, .operatingSystem, .operatingSystemVersion, .userAccountControl,
        .lastLogonTimestamp, .pwdLastSet, .member, .groupType,
    ]

    private var accounts = ADComputerContent(.csvde)

    init(options: ReadOptions) {}

    /// csvde writes the column `DN` first; nothing else does.
    static func score(titles: [String], present: Set<DirectoryAttribute>) -> Int? {
        guard titles.first?.lowercased() == "dn", !present.isDisjoint(with: telling) else { return nil }
        return present.count + 1
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

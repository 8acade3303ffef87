import ActivationModel

/// Computer accounts as `Get-ADComputer … | Export-Csv` lists them, and groups as `Get-ADGroup … | Export-Csv` does.
///
/// The times that PowerShell writes are local and without zone; they are taken as UTC.
///
/// Source: https://learn.microsoft.com/powershell/module/activedirectory/get-adcomputer
struct ADComputerContent: TableContent {
    typealias Row = TableRow<DirectoryAttribute>

    static let title = "A list of computer accounts"
    /// FILETIME columns come first: they are exact and in UTC.
    static let dates: [[DirectoryAttribute]] = [
        [.lastLogonTimestamp, .lastLogonDate], [.pwdLastSet, .passwordLastSet], [.whenCreated, .created],
        [.whenChanged],
    ]

    /// When an account was changed matters where it is deleted only, so rows need not wait for the form of that date.
    static func dates(in columns: ColumnSet<DirectoryAttribute>) -> [[DirectoryAttribute]] {
        listsGroups(columns) ? dates : dates.filter { $0 != [.whenChanged] }
    }

    private static func listsGroups(_ columns: ColumnSet<DirectoryAttribute>) -> Bool {
        columns[.member] != nil || columns[.groupType] != nil
    }

    private var list: DirectoryList
    /// The columns that hold no dates, with their positions in a row.
    private var cells: [(attribute: DirectoryAttribute, position: Int)] = []
    private var dates: [[DirectoryAttribute]] = []
    private var lacksSystem = false
    /// The columns that a list of groups needs not have, but one with computers, and the line of the header.
    private var missing: (columns: [String], line: Int)?
    /// The line of a header without versions, which another column may hold as well, until an account shows one.
    private var versionlessLine: Int?

    init(options: ReadOptions) { self.init(.csv) }

    /// Makes the content of a table that was exported in another way.
    init(_ export: DirectoryExport) { list = DirectoryList(export) }

    mutating func begin(
        _ columns: ColumnSet<DirectoryAttribute>, line: Int, into output: inout RecordOutput
    ) throws {
        list.terms = DirectoryTerms(list.export.term, title: columns.title)
        dates = ADComputerContent.dates(in: columns)
        let timed = Set(dates.joined())
        cells = DirectoryAttribute.allCases.compactMap { attribute in
            timed.contains(attribute) ? nil : columns[attribute].map { (attribute, $0) }
        }
        let needed: [DirectoryAttribute] = [.operatingSystem, .operatingSystemVersion]
        let missing = needed.filter { columns[$0] == nil }.map(\.name)
        guard !missing.isEmpty else { return }
        lacksSystem = true
        // ADRecon writes the version behind the name of the system.
        if missing == [DirectoryAttribute.operatingSystemVersion.name] {
            versionlessLine = line
        } else if ADComputerContent.listsGroups(columns) {
            self.missing = (missing, line)
        } else {
            reportMissing(missing, line: line, into: &output)
        }
    }

    private func reportMissing(_ columns: [String], line: Int, into output: inout RecordOutput) {
        output.diagnostics.report(
            .warning, "directory.os.missing", line: line,
            "The list has no column \(columns.joined(separator: " and no column ")); without it the operating system "
                + "of these accounts is not known.",
            remedy: "Export again with: \(list.export.command)")
    }

    mutating func read(_ row: Row, into output: inout RecordOutput) throws {
        var account = DirectoryAccount(line: row.line)
        for cell in cells where !row.csv.isNull(cell.position) {
            if row.csv.isEmpty(cell.position) {
                // Two quotes with nothing between: PowerShell joined no values.
                account.addNone(cell.attribute)
                continue
            }
            if cell.attribute == .whenChanged, !account.isDeleted { continue }
            account.addJoined(
                cell.attribute, row.csv.bytes.span.extracting(row.csv.range(cell.position)), list: &list,
                into: &output)
        }
        for columns in dates {
            if let time = row.date(columns, into: &output) { account.add(columns[0], time: time) }
        }
        try list.take(&account, into: &output)
        if list.showsVersions { versionlessLine = nil }
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        if let missing, list.findings.accounts > 0 {
            reportMissing(missing.columns, line: missing.line, into: &output)
        }
        if let versionlessLine {
            reportMissing([DirectoryAttribute.operatingSystemVersion.name], line: versionlessLine, into: &output)
        }
        list.finish(rows: rows, saysColumnsMissing: lacksSystem, into: &output)
    }
}

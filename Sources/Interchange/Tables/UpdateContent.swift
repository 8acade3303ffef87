import ActivationModel

/// The columns of a list of installed updates, those of `Get-HotFix | Export-Csv` among them.
enum UpdateColumn: Int, TableColumn {
    case computer, psComputerName, server, csName, kb, installedOn, installDate

    var name: String {
        switch self {
        case .computer: "computer"
        case .psComputerName: "psComputerName"
        case .server: "source"
        case .csName: "csName"
        case .kb: "kb"
        case .installedOn: "installedOn"
        case .installDate: "installDate"
        }
    }

    var synonyms: [String] {
        switch self {
        case .computer: ["computerName", "hostName", "host", "machine", "fqdn", "dnsHostName", "systemName"]
        case .psComputerName: []
        case .server: ["__SERVER"]
        case .csName: []
        case .kb: ["hotFixID", "hotFix", "kbArticle", "kbNumber", "kbid", "update", "article"]
        case .installedOn: ["installed", "installationDate", "date"]
        case .installDate: []
        }
    }

    var isRequired: Bool { self == .kb }

    static func isKind(_ columns: Set<UpdateColumn>) -> Bool {
        columns.contains(.kb) && !columns.isDisjoint(with: [.computer, .psComputerName, .server, .csName])
    }
}

/// Installed updates: a table prepared by hand, or what PowerShell and WMI list.
///
/// Source: https://learn.microsoft.com/windows/win32/cimwin32prov/win32-quickfixengineering
struct UpdateContent: TableContent {
    static let title = "A table of installed updates"
    static let dates: [[UpdateColumn]] = [[.installedOn, .installDate]]

    /// Where the computer is named, the most telling first.
    private static let computerColumns: [UpdateColumn] = [.computer, .psComputerName, .server, .csName]

    init(options: ReadOptions) {}

    mutating func read(_ row: TableRow<UpdateColumn>, into output: inout RecordOutput) throws {
        guard let text = row.text(.kb) else {
            output.reject(
                "updates.kb.missing", line: row.line, "The row names no update.",
                remedy: "Write the number of the knowledge base article, such as KB4538483.")
            return
        }
        guard let kb = UpdateContent.articleNumber(text) else {
            output.skip(
                "updates.kb.other", line: row.line, "“\(cellForMessages(text))” is no knowledge base article.",
                remedy: "Old systems list parts of an update as “File 1”; nothing is lost.")
            return
        }
        guard let computer = computer(row) else {
            output.reject(
                "updates.computer", line: row.line, "The row names no computer.",
                remedy: "Write the computer's name into the column “computer”; Get-HotFix -ComputerName gives it.")
            return
        }
        let installed = row.date([.installedOn, .installDate], into: &output)?.day
        try output.emit(
            .update(UpdateRecord(computer: ComputerIdentity(name: computer), kb: kb, installedOn: installed)),
            line: row.line)
    }

    private func computer(_ row: TableRow<UpdateColumn>) -> String? {
        for column in UpdateContent.computerColumns {
            guard let text = row.text(column), let name = HostName(text) else { continue }
            // What a remote call names `localhost` has its real name in the next column.
            if name.text == "localhost" || name.text == "127.0.0.1" || name.text == "::1" { continue }
            return text
        }
        return nil
    }

    /// The number in `KB4538483`, `kb 4538483`, `4538483` or `KB2533552-v2`; nil for anything else.
    static func articleNumber(_ text: String) -> Int? {
        var rest = text[...]
        if rest.prefix(2).lowercased() == "kb" { rest = rest.dropFirst(2).trimmingBlanks() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let tail = rest.dropFirst(digits.count)
        guard (4...9).contains(digits.count), tail.isEmpty || "-_.( ".contains(tail.first ?? "x") else { return nil }
        return Int(digits: digits)
    }
}

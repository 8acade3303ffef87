import ActivationModel

/// What `dsquery` prints: one quoted distinguished name or name on a line; with `*` and `-attr` columns that blanks
/// divide, and with `-l` one `attribute: value` on a line. Distinguished names without quotes are taken as well.
///
/// Sources: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc730720(v=ws.11),
/// https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-R2-and-2012/cc754232(v=ws.11)
struct DSQueryContent: LineContent {
    static let title = "Output of dsquery, or a list of distinguished names"

    private enum Form {
        case undecided
        case names
        case columns(DSQueryColumns)
        case attributes
    }

    private let options: ReadOptions
    private var form = Form.undecided
    private var list = DirectoryList(.dsquery)
    /// The account whose attributes are being read.
    private var account: DirectoryAccount?
    /// The attribute that begins each account of a list of attributes, and whether another one has followed.
    private var leading: [UInt8] = []
    private var hasFollowing = false

    init(options: ReadOptions) { self.options = options }

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        let line = line.span
        let content = line.trimmedBlanks
        if content.isEmpty {
            if case .attributes = form { try endAccount(into: &output) }
            return
        }
        if DSQueryContent.isRemark(line) {
            remark(line.extracting(content), number: number, into: &output)
            return
        }
        if case .undecided = form {
            if DSQueryForm.isTitle(line) { return }
            try decide(by: line, number: number, into: &output)
        }
        switch form {
        case .undecided: break
        case .names: try readName(line.extracting(content), number: number, into: &output)
        case .columns(var columns):
            // The line of headers is the columns' own first row.
            try columns.read(line: line, number: number, into: &output)
            form = .columns(columns)
        case .attributes: try readAttribute(line.extracting(content), number: number, into: &output)
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        if case .columns(var columns) = form {
            form = .undecided
            try columns.finish(into: &output)
            return
        }
        try endAccount(into: &output)
        list.finish(into: &output)
    }

    private mutating func decide(by line: Span<UInt8>, number: Int, into output: inout RecordOutput) throws {
        switch DSQueryForm(firstLine: line) {
        case .columns: form = .columns(try DSQueryColumns(options: options))
        case .attributes: form = .attributes
        case .names, nil: form = .names
        }
    }

    // MARK: - What the tool says

    /// The tool's own messages, which stand in the file when its standard error was redirected as well. They name the tool
    /// in every language, and begin at the first character.
    private static func isRemark(_ line: Span<UInt8>) -> Bool {
        guard let first = line.indices.first, line[first] > 0x20, line[first] != UInt8(ascii: "\""),
            !line.hasLetters("cn=", at: 0), DSQueryForm.attributeEnd(line) == nil
        else { return false }
        return line.indices.contains { line[$0] | 0x20 == UInt8(ascii: "d") && line.hasLetters("dsquery", at: $0) }
            && line.indices.contains { line[$0] == 0x20 }
    }

    private func remark(_ line: Span<UInt8>, number: Int, into output: inout RecordOutput) {
        let text = String(copying: line)
        let lower = text.lowercased()
        if lower.contains("limit") {
            output.diagnostics.report(
                .warning, "directory.list.cut", line: number,
                "dsquery says that it reached its limit, so the list was cut.",
                remedy: "Query again with -limit 0.")
        } else if lower.contains(":") {
            // Errors stand behind a colon; the other lines are that of success and the one that names the help.
            list.reportIncomplete(
                "dsquery says “\(cellForMessages(text))”", line: number,
                remedy:
                    "Query again; each domain of a forest by itself, with -d DOMAIN or -s SERVER, when the message tells "
                    + "of a referral.", into: &output)
        }
    }

    // MARK: - Names

    private mutating func readName(_ line: Span<UInt8>, number: Int, into output: inout RecordOutput) throws {
        let inner = DSQueryForm.unquoted(line)
        let text = line.extracting(inner)
        var account = DirectoryAccount(line: number)
        if let name = DSQueryForm.nameOfCut(text) {
            output.diagnostics.report(
                .warning, "dsquery.line.cut", line: number,
                "Distinguished names end in “…”, where PowerShell cut them at the width of its window; only the name of the "
                    + "computer is left.",
                remedy: "Make the list again with Select-Object -ExpandProperty DistinguishedName, or with Export-Csv.")
            account.add(.accountName, text.extracting(name), list: &list, into: &output)
        } else if DSQueryForm.isDistinguishedName(text) {
            account.add(.distinguishedName, text, list: &list, into: &output)
        } else if ComputerNameText.isName(text) {
            account.add(
                text[text.count - 1] == UInt8(ascii: "$") ? .samAccountName : .accountName, text, list: &list,
                into: &output)
        } else {
            output.reject(
                "dsquery.line", line: number,
                "“\(cellForMessages(String(copying: text)))” is neither a distinguished name nor the name of a computer.",
                remedy: "Redirect the output of dsquery into the file as it is.")
            return
        }
        try list.take(&account, into: &output)
    }

    // MARK: - Attributes

    private mutating func readAttribute(_ line: Span<UInt8>, number: Int, into output: inout RecordOutput) throws {
        guard let nameEnd = DSQueryForm.attributeEnd(line) else {
            output.reject(
                "dsquery.line", line: number,
                "“\(cellForMessages(String(copying: line)))” has no attribute before its value.",
                remedy: "Query without attributes whose values have several lines.")
            return
        }
        let name = line.extracting(..<nameEnd)
        let attribute = DirectoryAttribute.headers[headerKey(String(copying: name))]
        let isLeading = name.hasSameLetters(as: leading)
        // Several values of one attribute stand one below the other; its return begins the next account.
        if isLeading, hasFollowing || attribute.map({ !DSQueryContent.listed.contains($0) }) ?? false {
            try endAccount(into: &output)
        }
        if account == nil {
            account = DirectoryAccount(line: number)
            leading.removeAll(keepingCapacity: true)
            leading.append(copying: name)
        } else if !isLeading {
            hasFollowing = true
        }
        guard let attribute else { return }
        let value = line.extracting((nameEnd + 1)...)
        if let order = options.dateOrder, case .local(let date) = DateCell(value.extracting(value.trimmedBlanks)) {
            account?.add(attribute, time: date.instant(order))
        } else {
            account?.add(attribute, value, list: &list, into: &output)
        }
    }

    /// The attributes that may have several values.
    private static let listed: Set<DirectoryAttribute> = [.memberOf, .servicePrincipalName, .objectClass, .description]

    private mutating func endAccount(into output: inout RecordOutput) throws {
        hasFollowing = false
        guard var ended = account.take() else { return }
        try list.take(&ended, into: &output)
    }
}

extension Span<UInt8> {
    /// Whether two names are the same without regard to the case of ASCII letters.
    fileprivate func hasSameLetters(as other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        for index in indices {
            let (left, right) = (self[index], other[index])
            guard left == right || (left | 0x20 == right | 0x20 && left | 0x20 >= UInt8(ascii: "a")) else {
                return false
            }
        }
        return true
    }
}

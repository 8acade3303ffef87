import ActivationModel

/// What attributes are called in one file, for messages: the header of a column, else the name in the directory.
struct DirectoryTerms: Sendable {
    /// `column`, `attribute` or `property`
    let term: String
    private let titles: [String]

    /// Makes terms; `title` gives what the file writes.
    init(_ term: String, title: (DirectoryAttribute) -> String = { $0.name }) {
        self.term = term
        titles = DirectoryAttribute.allCases.map(title)
    }

    /// `OS`
    func title(_ attribute: DirectoryAttribute) -> String { titles[attribute.rawValue] }

    /// `column “OS”`
    func name(_ attribute: DirectoryAttribute) -> String { "\(term) “\(title(attribute))”" }
}

/// The accounts and groups of one list, whatever its format: each becomes a record or is skipped or rejected with its
/// reason.
///
/// Accounts that are no machines — managed service accounts, names of failover clusters, leftovers of replication
/// conflicts, other classes — are skipped.
///
///     var account = DirectoryAccount(line: line)
///     account.add(.samAccountName, bytes.span, list: &list, into: &output)
///     try list.take(&account, into: &output)
struct DirectoryList {
    /// How the list was made.
    var export: DirectoryExport
    /// What attributes are called in it.
    var terms: DirectoryTerms
    /// What its accounts have in common.
    var texts = DirectoryTexts()
    private(set) var findings = DirectoryFindings()
    /// Rows or entries that the list is judged by: all accounts, also those that were skipped.
    private(set) var rows = 0
    /// Whether an account told the version of its operating system.
    private(set) var showsVersions = false
    /// The message for each reason to skip, which names the first account as the example.
    private var reasons: [String: String] = [:]

    init(_ export: DirectoryExport) {
        self.export = export
        terms = DirectoryTerms(export.term)
    }

    /// Turns an account into exactly one record, skip or rejection. It is used up then.
    mutating func take(_ account: inout DirectoryAccount, into output: inout RecordOutput) throws {
        rows += 1
        account.finish()
        if account.record.operatingSystemVersion != nil { showsVersions = true }
        let line = account.line
        // Only what is needed: the whole account would be copied.
        findings.begin(
            suffix: account.distinguishedName?.container.suffix, host: account.record.dnsHostName, line: line)
        if account.isGroup {
            try takeGroup(account, into: &output)
            return
        }
        if let time = account.forgetImpossibleTimes(readOn: output.readOn) {
            findings.count(.impossibleTime, line: line, example: "\(time.day) of \(DirectoryList.shown(account))")
        }
        if let reason = reasonToSkip(account) {
            let message = self.message(reason, account)
            output.skip(reason.code, line: line, message, remedy: reason.remedy)
            return
        }
        guard !account.isNameless else {
            reject(account, into: &output)
            return
        }
        if account.hasOpenRange {
            findings.count(.partialValues, line: line, example: DirectoryList.shown(account))
        }
        findings.observe(account.record, name: account.distinguishedName, line: line)
        try output.emit(.account(account.takeRecord()), line: line)
    }

    private mutating func takeGroup(_ account: DirectoryAccount, into output: inout RecordOutput) throws {
        guard let group = account.group, let name = account.distinguishedName else {
            output.reject(
                "directory.group.name", line: account.line, "The row names no group by its distinguished name.",
                remedy: "Export the property DistinguishedName, by which members and groups find each other.")
            return
        }
        if let reason = reasonToSkip(group: account, name) {
            let message = self.message(reason, account)
            output.skip(reason.code, line: account.line, message, remedy: reason.remedy)
            return
        }
        if account.hasOpenRange {
            findings.count(.partialValues, line: account.line, example: DirectoryList.shown(account))
        }
        if group.tellsMembers, group.extent == .opened {
            findings.count(.partialMembers, line: account.line, example: DirectoryList.shown(account))
        }
        findings.observe(group)
        try output.emit(.group(group), line: account.line)
        // Members of many large groups would add up in a batch.
        let members = (group.members?.count ?? 0) + (group.memberSIDs?.count ?? 0)
        if members > DirectoryList.manyMembers { try output.flush() }
    }

    private static let manyMembers = 4096

    private func reasonToSkip(group account: DirectoryAccount, _ name: AccountName) -> Reason? {
        if name.isConflict {
            return Reason(
                code: "directory.group.conflict",
                message: "The group is the leftover of a replication conflict (CNF)",
                remedy: "Delete such groups in the directory; the valid group has the name without CNF.")
        }
        guard account.record.deleted == true else { return nil }
        return Reason(code: "directory.group.deleted", message: "The group is deleted and has no members")
    }

    /// Says what shows at the end of the list only. `rows` is what the file counts, where that is more than the accounts.
    mutating func finish(rows: Int? = nil, saysColumnsMissing: Bool = false, into output: inout RecordOutput) {
        findings.report(
            rows: rows ?? self.rows, export: export, saysColumnsMissing: saysColumnsMissing, into: &output)
    }

    /// Says that the list does not hold all accounts, and how that shows.
    func reportIncomplete(
        _ why: String, line: Int?, remedy: String? = nil, into output: inout RecordOutput
    ) {
        output.diagnostics.report(
            .warning, "directory.list.incomplete", line: line, "The list is incomplete: \(why).",
            remedy: remedy ?? export.limitRemedy)
    }

    // MARK: - What is no computer

    private struct Reason {
        var code: String
        var message: String
        /// What belongs to the example.
        var detail = ""
        var remedy = ""
    }

    private func reasonToSkip(_ account: DirectoryAccount) -> Reason? {
        switch account.kind {
        case .managedServiceAccount: return DirectoryList.managedServiceAccount
        case .other(let name):
            return Reason(
                code: "directory.account.class", message: "The entry is of another class than computer",
                detail: " of the class “\(cellForMessages(name))”")
        case .unstated:
            if let name = account.distinguishedName, name.own.attribute != "CN" {
                return Reason(code: "directory.account.class", message: "The entry is a container, not a computer")
            }
        case .computer, .group: break
        }
        if let name = account.distinguishedName {
            // Both kinds of managed service accounts have the class computer, too, and by default this container.
            if name.container.holdsServiceAccounts { return DirectoryList.managedServiceAccount }
            if name.isConflict {
                return Reason(
                    code: "directory.account.conflict",
                    message: "The account is the leftover of a replication conflict (CNF)",
                    remedy: "Delete such accounts in the directory; the valid account has the name without CNF.")
            }
        }
        if account.isCluster {
            return Reason(
                code: "directory.account.cluster",
                message: "The account is the name of a failover cluster or of a role on one, not a machine")
        }
        if account.record.deleted == true, account.record.objectGUID == nil, account.record.sid == nil {
            return Reason(
                code: "directory.account.deleted",
                message: "The account is deleted and nothing but its name tells it from a newer account of that name")
        }
        return nil
    }

    private static let managedServiceAccount = Reason(
        code: "directory.account.class", message: "The account is a managed service account, not a machine")

    /// The message of a reason with the first account it concerned. Equal messages are counted as one finding.
    private mutating func message(_ reason: Reason, _ account: DirectoryAccount) -> String {
        if let known = reasons[reason.message] { return known }
        let message = "\(reason.message), for example \(DirectoryList.shown(account))\(reason.detail)."
        reasons[reason.message] = message
        return message
    }

    private static func shown(_ account: DirectoryAccount) -> String {
        let record = account.record
        let name =
            record.samAccountName ?? record.name ?? record.dnsHostName ?? account.distinguishedName?.own.commonName
        return "“" + cellForMessages(name ?? "") + "”"
    }

    private func reject(_ account: DirectoryAccount, into output: inout RecordOutput) {
        if let unusable = account.unusableName {
            output.reject(
                "directory.account.name", line: account.line,
                "“\(cellForMessages(unusable))” is no usable computer name.",
                remedy: "Export the properties DNSHostName and SamAccountName, with -Encoding UTF8.")
        } else {
            output.reject(
                "directory.account.name", line: account.line, "The row names no computer.",
                remedy: "Export the properties DNSHostName and SamAccountName.")
        }
    }
}

import ActivationModel

/// What a list shows as a whole, counted while it is read: each finding is reported once, with a count and an example.
struct DirectoryFindings {
    /// A finding about accounts that are taken nevertheless.
    enum Kind: Int, CaseIterable {
        /// A member that does not run Windows.
        case foreignSystem
        /// A DNS suffix other than the domain of the account.
        case disjointSuffix
        /// Accounts of one DNS name, as re-imaging leaves them.
        case sharedName
        /// Accounts of which nothing but a single name is known, and that name is one, though their systems differ.
        case sharedLabel
        /// An account that the list holds more than once.
        case repeated
        /// Values of which a server gave only the first ones.
        case partialValues
        /// Members of a group of which a server gave only the first ones.
        case partialMembers
        /// A time of an account that cannot be.
        case impossibleTime
        /// A deleted account, without the time of its deletion.
        case undatedDeletion
    }

    private struct Tally {
        var count = 0
        var line = 0
        var example = ""
    }

    /// Limits at which queries are cut: `dsquery` without `-limit`, MaxPageSize of Active Directory, and MaxValRange, to
    /// which some set it.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/view-set-ldap-policy-using-ntdsutil
    private static let queryLimits = [100, 1000, 1500]

    /// How many names are looked up at once.
    private static let batch = 256
    /// `Windows` with the blank behind it.
    private static let windows: UInt64 = 0x20_7377_6F64_6E69_57

    private var tallies = [Tally](repeating: Tally(), count: Kind.allCases.count)
    private var names = NameRegister()
    /// The DNS names that are looked up next, all at once, with their lines.
    private var waiting: [NameRegister.Name] = []
    private var waitingHosts: [(host: String, line: Int)] = []
    /// Whether a system's name is that of something else than Windows, for names seen before.
    private var foreign: [String: Bool] = [:]
    private var tally = DomainTallies()
    private var groups = 0
    private var groupsWithMembers = 0
    private var groupsWithGroups = 0

    /// Accounts that became records and are not deleted.
    var accounts: Int { tally.total.accounts }

    /// Counts one account.
    mutating func count(_ kind: Kind, line: Int, example: String) {
        tallies[kind.rawValue].count += 1
        guard tallies[kind.rawValue].count == 1 else { return }
        tallies[kind.rawValue].line = line
        tallies[kind.rawValue].example = cellForMessages(example)
    }

    /// Counts an account of the list, before it is known whether it becomes a record.
    mutating func begin(suffix: [UInt8]?, host: String?, line: Int) {
        tally.begin(suffix: suffix, host: host, line: line)
    }

    /// Looks at the account that was counted last and becomes a record.
    mutating func observe(_ record: DirectoryRecord, name: AccountName?, line: Int) {
        // Deleted accounts have lost most of their attributes, and keep the names of those that replaced them.
        guard record.deleted != true else {
            if record.deletedAt == nil { count(.undatedDeletion, line: line, example: shown(record)) }
            return
        }
        tally.note(record, line: line)
        if let system = record.operatingSystem, isForeign(system) {
            count(.foreignSystem, line: line, example: "\(shown(record)) with \(system)")
        }
        guard let host = record.dnsHostName else {
            observeUnqualified(record, domain: record.domain ?? record.dnsDomain ?? name?.container.dnsDomain, line)
            return
        }
        if let container = name?.container, DirectoryFindings.isDisjoint(host, container) {
            count(.disjointSuffix, line: line, example: "\(host) in \(container.dnsDomain ?? "")")
        }
        if record.objectGUID == nil, let sid = record.sid {
            waiting.append(NameRegister.Name(host, tag: 0, identifier: sid))
        } else {
            waiting.append(NameRegister.Name(host, tag: 0, identifier: record.objectGUID))
        }
        waitingHosts.append((host, line))
        if waiting.count == DirectoryFindings.batch { registerWaiting() }
    }

    /// Looks at the names of the accounts that wait.
    private mutating func registerWaiting() {
        var findings: [(kind: Kind, index: Int)] = []
        names.add(waiting) { index, sighting in
            switch sighting {
            case .first: break
            case .repeated: findings.append((.repeated, index))
            case .shared: findings.append((.sharedName, index))
            }
        }
        for finding in findings {
            let (host, line) = waitingHosts[finding.index]
            count(finding.kind, line: line, example: host)
        }
        waiting.removeAll(keepingCapacity: true)
        waitingHosts.removeAll(keepingCapacity: true)
    }

    /// Looks at a group that becomes a record.
    mutating func observe(_ group: GroupRecord) {
        groups += 1
        if group.members?.isEmpty == false || group.memberSIDs?.isEmpty == false { groupsWithMembers += 1 }
        if group.memberOf?.isEmpty == false { groupsWithGroups += 1 }
    }

    /// Looks at an account that is known by its identifier, or by its account name inside its domain.
    private mutating func observeUnqualified(_ record: DirectoryRecord, domain: String?, _ line: Int) {
        guard let account = record.samAccountName ?? record.name else { return }
        let isKnown: Bool
        var isSame = true
        if let guid = record.objectGUID {
            isKnown = names.contains(adding: guid)
        } else if let sid = record.sid {
            isKnown = names.contains(adding: sid, tag: 1)
        } else {
            let domain = domain ?? ""
            isKnown = names.contains(adding: account, beside: (domain, ""), tag: 2)
            if let system = record.operatingSystem {
                isSame = names.contains(adding: account, beside: (domain, system), tag: 3)
            }
        }
        guard isKnown else { return }
        count(isSame ? .repeated : .sharedLabel, line: line, example: account)
    }

    private func shown(_ record: DirectoryRecord) -> String {
        record.samAccountName ?? record.name ?? record.dnsHostName ?? ""
    }

    private mutating func isForeign(_ system: String) -> Bool {
        if system.withSpan({ $0.count >= 8 && $0.word(at: 0) == DirectoryFindings.windows }) { return false }
        if let known = foreign[system] { return known }
        let isForeign = OperatingSystem(name: system, version: nil).generation == .nonWindows
        if foreign.count < 1024 { foreign[system] = isForeign }
        return isForeign
    }

    /// Whether the DNS suffix of a host is another than the domain that its account is in.
    ///
    /// Source: https://learn.microsoft.com/windows-server/identity/ad-ds/plan/disjoint-namespace
    static func isDisjoint(_ host: String, _ container: AccountContainer) -> Bool {
        guard !container.suffix.isEmpty else { return false }
        return host.withSpan { host in
            guard let dot = host.indices.first(where: { host[$0] == UInt8(ascii: ".") }) else { return false }
            return !host.extracting(dot...).hasSameBytes(as: container.suffix.span)
        }
    }

    // MARK: - The end of the list

    /// Reports what was counted; `rows` counts what the file holds, with what was skipped.
    mutating func report(rows: Int, export: DirectoryExport, saysColumnsMissing: Bool, into output: inout RecordOutput)
    {
        registerWaiting()
        for kind in Kind.allCases where tallies[kind.rawValue].count > 0 { report(kind, export, into: &output) }
        if !saysColumnsMissing { reportSystems(export, into: &output) }
        if groups > 0, groupsWithMembers + groupsWithGroups == 0 {
            output.diagnostics.report(
                Diagnostic(
                    code: "directory.group.empty", severity: .warning, count: groups,
                    message: "The list tells neither members of its groups nor groups that they are members of.",
                    remedy: export.groupRemedy ?? "Export groups with: \(export.groupCommand)"))
        }
        if rows > 0 { reportLimits(rows: rows, export, into: &output) }
    }

    private func reportSystems(_ export: DirectoryExport, into output: inout RecordOutput) {
        let total = tally.total
        guard total.accounts > 0 else { return }
        let remedy = "Export from a domain controller of each domain, port 389 or 636, with: \(export.command)"
        func ending(_ tally: DomainTallies.Tally) -> String {
            tally.looksLikeGlobalCatalog
                ? "; nor when a password was set, so it may come from the Global Catalog (port 3268 or 3269), which holds "
                    + "neither." : "."
        }
        guard total.knownSystems > 0 else {
            output.diagnostics.report(
                .warning, "directory.os.none",
                "The list tells the operating system of none of its accounts" + ending(total), remedy: remedy)
            return
        }
        var others = 0
        var example: (name: String, line: Int)?
        for tally in tally.all where tally.accounts > tally.knownSystems {
            if tally.knownSystems == 0, tally.accounts > 1, !tally.suffix.isEmpty {
                output.diagnostics.report(
                    Diagnostic(
                        code: "directory.os.none", severity: .warning, line: tally.line, count: tally.accounts,
                        message: "The list tells the operating system of none of the accounts in the domain "
                            + cellForMessages(tally.domain) + ending(tally),
                        remedy: remedy))
            } else {
                others += tally.accounts - tally.knownSystems
                example = example ?? tally.withoutSystem
            }
        }
        guard let example else { return }
        output.diagnostics.report(
            Diagnostic(
                code: "directory.os.unknown", severity: .note, line: example.line, count: others,
                message: "Accounts of which the list does not tell the operating system, for example "
                    + "\(cellForMessages(example.name)).",
                remedy:
                    "An account that was made before its computer joined has none; others lost theirs in the export."))
    }

    private func reportLimits(rows: Int, _ export: DirectoryExport, into output: inout RecordOutput) {
        func report(_ what: String, line: Int?) {
            output.diagnostics.report(
                .warning, "directory.list.cut", line: line,
                "\(what), which is a limit of directory queries; it may have been cut.", remedy: export.limitRemedy)
        }
        if DirectoryFindings.queryLimits.contains(rows) { report("The list has exactly \(rows) rows", line: nil) }
        for tally in tally.domains where tally.rows < rows && DirectoryFindings.queryLimits.contains(tally.rows) {
            report(
                "The list has exactly \(tally.rows) accounts of the domain \(cellForMessages(tally.domain))",
                line: tally.line)
        }
    }

    private func report(_ kind: Kind, _ export: DirectoryExport, into output: inout RecordOutput) {
        let tally = tallies[kind.rawValue]
        let example = "for example \(tally.example)."
        let (severity, code, message, remedy): (Severity, String, String, String) =
            switch kind {
            case .foreignSystem:
                (.note, "directory.system.foreign", "Accounts of members that do not run Windows, \(example)", "")
            case .disjointSuffix:
                (
                    .note, "directory.suffix.disjoint",
                    "The DNS name of a computer ends in another domain than that of its account, \(example)",
                    "This is a disjoint namespace when it is meant so; if not, correct the DNS suffix of these computers."
                )
            case .sharedName:
                (
                    .warning, "directory.name.shared",
                    "Different accounts have one DNS name, as a computer that was set up anew leaves them, \(example)",
                    "The account with the newest sign of life counts; delete the others in the directory."
                )
            case .sharedLabel:
                (
                    .warning, "directory.name.repeated",
                    "The list holds a name more than once with different systems, which counts as one computer, "
                        + example,
                    "Export DNSHostName, DistinguishedName or the domain; they tell computers of several domains apart."
                )
            case .repeated:
                (
                    .note, "directory.account.repeated", "The list holds an account more than once, \(example)",
                    "This is what joining several exports leaves; the account counts once."
                )
            case .undatedDeletion:
                (
                    .note, "directory.deletion.undated",
                    "The list does not tell when accounts were deleted, \(example) Where another list shows a sign of "
                        + "life of such an account, it counts as restored.",
                    "Export whenChanged as well, which is the time of the deletion."
                )
            case .partialValues:
                (
                    .warning, "directory.values.partial",
                    "A server gave only the first values of an attribute (range=), \(example)",
                    "Ask for the rest with the next range, or for the members of the groups instead."
                )
            case .partialMembers:
                (
                    .warning, "directory.group.partial",
                    "A server gave only the first members of a group (range=), \(example)",
                    "Its other members are not known. Get-ADGroup and ldifde ask for all; so does a list of the computers "
                        + "with their memberOf."
                )
            case .impossibleTime:
                (
                    .warning, "directory.time.impossible",
                    "Times before \(AccountTime.firstDay.parts.year) or after the import cannot be; they are left unknown, "
                        + example,
                    "Export the times as the directory gives them, in lastLogonTimestamp, pwdLastSet and whenCreated. Dates "
                        + "of other calendars look so, and what a clock wrote that was wrong."
                )
            }
        output.diagnostics.report(
            Diagnostic(
                code: code, severity: severity, line: tally.line, count: tally.count, message: message, remedy: remedy))
    }
}

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
        /// An account that the list holds more than once.
        case repeated
        /// Values of which a server gave only the first ones.
        case partialValues
        /// Members of a group of which a server gave only the first ones.
        case partialMembers
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

    private var tallies = [Tally](repeating: Tally(), count: Kind.allCases.count)
    private var names = NameRegister()
    /// Whether a system's name is that of something else than Windows, for names seen before.
    private var foreign: [String: Bool] = [:]
    /// Accounts that became records and are not deleted; the counts below are among them.
    private(set) var accounts = 0
    private var groups = 0
    private var groupsWithMembers = 0
    private var groupsWithGroups = 0
    private var knownSystems = 0
    private var knownPasswords = 0
    private var knownOthers = 0

    /// Counts one account.
    mutating func count(_ kind: Kind, line: Int, example: String) {
        tallies[kind.rawValue].count += 1
        guard tallies[kind.rawValue].count == 1 else { return }
        tallies[kind.rawValue].line = line
        tallies[kind.rawValue].example = cellForMessages(example)
    }

    /// Looks at an account that becomes a record.
    mutating func observe(_ record: DirectoryRecord, name: AccountName?, line: Int) {
        // Deleted accounts have lost most of their attributes, and keep the names of those that replaced them.
        guard record.deleted != true else { return }
        accounts += 1
        if record.passwordLastSet != nil { knownPasswords += 1 }
        if record.accountControl != nil || record.created != nil || record.lastLogon != nil { knownOthers += 1 }
        if let system = record.operatingSystem {
            knownSystems += 1
            if isForeign(system) { count(.foreignSystem, line: line, example: "\(shown(record)) with \(system)") }
        } else if record.operatingSystemVersion != nil {
            knownSystems += 1
        }
        guard let host = record.dnsHostName else { return }
        if let container = name?.container, DirectoryFindings.isDisjoint(host, container) {
            count(.disjointSuffix, line: line, example: "\(host) in \(container.dnsDomain ?? "")")
        }
        let isKnown = names.contains(adding: host, tag: 0)
        let isSame: Bool
        if let guid = record.objectGUID {
            isSame = names.contains(adding: guid)
        } else if let sid = record.sid {
            isSame = names.contains(adding: sid, tag: 1)
        } else {
            isSame = isKnown
        }
        if isSame {
            count(.repeated, line: line, example: host)
        } else if isKnown {
            count(.sharedName, line: line, example: host)
        }
    }

    /// Looks at a group that becomes a record.
    mutating func observe(_ group: GroupRecord) {
        groups += 1
        if group.members?.isEmpty == false { groupsWithMembers += 1 }
        if group.memberOf?.isEmpty == false { groupsWithGroups += 1 }
    }

    private func shown(_ record: DirectoryRecord) -> String {
        record.samAccountName ?? record.name ?? record.dnsHostName ?? ""
    }

    private mutating func isForeign(_ system: String) -> Bool {
        if system.withSpan({ $0.hasPrefix("Windows ") }) { return false }
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
    func report(rows: Int, export: DirectoryExport, saysColumnsMissing: Bool, into output: inout RecordOutput) {
        for kind in Kind.allCases where tallies[kind.rawValue].count > 0 { report(kind, export, into: &output) }
        if accounts > 0, knownSystems == 0, !saysColumnsMissing {
            output.diagnostics.report(
                .warning, "directory.os.none",
                "The list tells the operating system of none of its accounts"
                    + (knownPasswords == 0 && knownOthers > 0
                        ? "; nor when a password was set, so it may come from the Global Catalog (port 3268 or 3269), "
                            + "which holds neither." : "."),
                remedy: "Export from a domain controller of each domain, port 389 or 636, with: \(export.command)")
        }
        if groups > 0, groupsWithMembers + groupsWithGroups == 0 {
            output.diagnostics.report(
                Diagnostic(
                    code: "directory.group.empty", severity: .warning, count: groups,
                    message: "The list tells neither members of its groups nor groups that they are members of.",
                    remedy: export.groupRemedy ?? "Export groups with: \(export.groupCommand)"))
        }
        if DirectoryFindings.queryLimits.contains(rows) {
            output.diagnostics.report(
                .warning, "directory.list.cut",
                "The list has exactly \(rows) rows, which is a limit of directory queries; it may have been cut.",
                remedy: export.limitRemedy)
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
            case .repeated:
                (
                    .note, "directory.account.repeated", "The list holds an account more than once, \(example)",
                    "This is what joining several exports leaves; the account counts once."
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
            }
        output.diagnostics.report(
            Diagnostic(
                code: code, severity: severity, line: tally.line, count: tally.count, message: message, remedy: remedy))
    }
}

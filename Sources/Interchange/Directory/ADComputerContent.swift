import ActivationModel

/// Computer accounts as `Get-ADComputer … | Export-Csv` lists them.
///
/// Accounts that are no machines — managed service accounts, names of failover clusters, other classes — are skipped
/// with their reason. The times that PowerShell writes are local and without zone; they are taken as UTC.
///
/// Source: https://learn.microsoft.com/powershell/module/activedirectory/get-adcomputer
struct ADComputerContent: TableContent {
    typealias Row = TableRow<ADComputerColumn>

    static let title = "A list of computer accounts"
    /// FILETIME columns come first: they are exact and in UTC.
    static let dates: [[ADComputerColumn]] = [lastLogon, passwordLastSet, created]

    private static let lastLogon: [ADComputerColumn] = [.lastLogonTimestamp, .lastLogonDate]
    private static let passwordLastSet: [ADComputerColumn] = [.pwdLastSet, .passwordLastSet]
    private static let created: [ADComputerColumn] = [.whenCreated, .created]

    /// The bit of userAccountControl that disables an account.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties
    private static let disabledBit: Int64 = 0x2
    /// What the service principal names of cluster names begin with.
    ///
    /// Sources: https://github.com/netwrix/pingcastle,
    /// https://techcommunity.microsoft.com/t5/Failover-Clustering/Identifying-Stale-Cluster-Computer-Objects/ba-p/371687
    private static let clusterPrefixes = ["msclustervirtualserver/", "msservercluster/"]
    /// Limits at which queries are cut: MaxPageSize of Active Directory, and `dsquery` without `-limit`.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/view-set-ldap-policy-using-ntdsutil
    private static let queryLimits = [1000, 100]
    /// The command whose output holds all that planning needs.
    private static let command =
        "Get-ADComputer -Filter * -Properties OperatingSystem,OperatingSystemVersion,OperatingSystemServicePack,"
        + "lastLogonTimestamp,pwdLastSet,whenCreated,userAccountControl,Location | Select-Object Name,DNSHostName,"
        + "SamAccountName,DistinguishedName,ObjectGUID,SID,ObjectClass,Enabled,OperatingSystem,OperatingSystemVersion,"
        + "OperatingSystemServicePack,lastLogonTimestamp,pwdLastSet,whenCreated,userAccountControl,Location | "
        + "Export-Csv -Path computers.csv -NoTypeInformation -Encoding UTF8"

    /// Columns whose cells showed a .NET type name instead of values.
    private var typeNameColumns: Set<ADComputerColumn> = []

    init(options: ReadOptions) {}

    // MARK: - The file as a whole

    mutating func begin(
        _ columns: ColumnSet<ADComputerColumn>, line: Int, into output: inout RecordOutput
    ) throws {
        let needed: [ADComputerColumn] = [.operatingSystem, .operatingSystemVersion]
        let missing = needed.filter { columns[$0] == nil }.map(\.name)
        guard !missing.isEmpty else { return }
        output.diagnostics.report(
            .warning, "directory.os.missing", line: line,
            "The list has no column \(missing.joined(separator: " and no column ")); without it the operating system "
                + "of these accounts is not known.",
            remedy: "Export again with: \(ADComputerContent.command)")
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        guard ADComputerContent.queryLimits.contains(rows) else { return }
        output.diagnostics.report(
            .warning, "directory.list.cut",
            "The list has exactly \(rows) rows, which is a limit of directory queries; it may have been cut.",
            remedy: "Export again with -ResultPageSize 1000 and without -ResultSetSize, or dsquery with -limit 0.")
    }

    // MARK: - One account

    mutating func read(_ row: Row, into output: inout RecordOutput) throws {
        var record = DirectoryRecord()
        let name = distinguishedName(row, into: &output)
        if let reason = notAComputer(row, name) {
            output.skip("directory.account.class", line: row.line, reason)
            return
        }
        if name?.isConflict == true {
            output.skip(
                "directory.account.conflict", line: row.line,
                "The account is the leftover of a replication conflict (CNF).",
                remedy: "Delete such accounts in the directory; the valid account has the name without CNF.")
            return
        }
        record.servicePrincipalNames = list(.servicePrincipalName, row, into: &output)
        if let names = record.servicePrincipalNames, names.contains(where: ADComputerContent.marksCluster) {
            output.skip(
                "directory.account.cluster", line: row.line,
                "The account is the name of a failover cluster or of a role on one, not a machine.")
            return
        }
        record.objectGUID = row.bytes(.objectGUID).flatMap { GUID(bytes: $0.span) }
        record.sid = row.text(.sid).flatMap { ADComputerContent.securityIdentifier($0) }
        record.deleted = name?.isDeleted == true ? true : truth(.isDeleted, row, into: &output)
        if record.deleted == true, record.objectGUID == nil, record.sid == nil {
            output.skip(
                "directory.account.deleted", line: row.line,
                "The account is deleted and nothing but its name tells it from a newer account of that name.")
            return
        }
        guard readNames(row, name, into: &record, &output) else { return }
        record.distinguishedName = name?.text
        record.operatingSystem = text(.operatingSystem, row, into: &output)
        record.operatingSystemVersion = row.text(.operatingSystemVersion)
        record.operatingSystemServicePack = row.text(.operatingSystemServicePack)
        record.location = text(.location, row, into: &output)
        record.description = text(.description, row, into: &output)
        record.accountControl = number(.userAccountControl, row, into: &output)
        record.primaryGroupID = number(.primaryGroupID, row, into: &output)
        record.enabled =
            truth(.enabled, row, into: &output)
            ?? record.accountControl.map { $0 & ADComputerContent.disabledBit == 0 }
        record.lastLogon = row.date(ADComputerContent.lastLogon, into: &output)
        record.passwordLastSet = row.date(ADComputerContent.passwordLastSet, into: &output)
        record.created = row.date(ADComputerContent.created, into: &output)
        record.memberOf = list(.memberOf, row, into: &output)
        try output.emit(.account(record), line: row.line)
    }

    private static func marksCluster(_ servicePrincipalName: String) -> Bool {
        let lower = servicePrincipalName.lowercased()
        return clusterPrefixes.contains { lower.hasPrefix($0) }
    }

    private func distinguishedName(_ row: Row, into output: inout RecordOutput) -> DistinguishedName? {
        guard let text = row.text(.distinguishedName) else { return nil }
        if let name = DistinguishedName(text) { return name }
        output.diagnostics.report(
            .warning, "directory.dn.invalid", line: row.line,
            "The column “\(row.columns.title(.distinguishedName))” holds values that are no distinguished names; they "
                + "are left unknown.",
            remedy: "Export the property DistinguishedName as it is.")
        return nil
    }

    /// Why the account is no computer; nil when it is one.
    private func notAComputer(_ row: Row, _ name: DistinguishedName?) -> String? {
        if let bytes = row.bytes(.objectClass), !bytes.elementsEqual("computer".utf8),
            let reason = ADComputerContent.otherClass(row.text(.objectClass) ?? "")
        {
            return reason
        }
        // Both kinds of managed service accounts have the class computer, too, and by default this container.
        if let name, name.components.dropFirst().contains(where: ADComputerContent.holdsServiceAccounts) {
            return "The account is a managed service account, not a machine."
        }
        return nil
    }

    /// Why an account of these classes is no computer; nil when it is one.
    private static func otherClass(_ classes: String) -> String? {
        // A multi-valued class ends in the most special one.
        let last = classes.split(whereSeparator: { ";|, ".contains($0) }).last.map { $0.lowercased() } ?? ""
        if last.hasSuffix("managedserviceaccount") {
            return "The account is a managed service account, not a machine."
        }
        if last == "computer" || last.isEmpty || last.hasPrefix("microsoft.activedirectory.") { return nil }
        return "The account is of the class “\(cellForMessages(last))”, not a computer."
    }

    private static func holdsServiceAccounts(_ component: DistinguishedName.Component) -> Bool {
        component.attribute == "CN" && component.value.utf8.count == 24
            && component.value.lowercased() == "managed service accounts"
    }

    /// The text form of a security identifier; nil for anything else.
    private static func securityIdentifier(_ text: String) -> String? {
        if text.utf8.starts(with: "S-1-".utf8) { return text }
        return text.utf8.starts(with: "s-1-".utf8) ? text.uppercased() : nil
    }

    /// Fills the names; false when none is usable and the row was rejected.
    private func readNames(
        _ row: Row, _ distinguished: DistinguishedName?, into record: inout DirectoryRecord,
        _ output: inout RecordOutput
    ) -> Bool {
        var unusable: [String] = []
        func usable(_ text: String?) -> String? {
            guard let text, !text.isEmpty else { return nil }
            if ADComputerContent.isHostName(text) { return text }
            unusable.append(text)
            return nil
        }
        func withoutMarker(_ text: String?) -> String? {
            text.map { text in
                text.utf8.firstIndex { $0 == 0x0A || $0 == 0x0D }.map { String(text[..<$0]) } ?? text
            }
        }
        record.dnsHostName = usable(row.text(.dnsHostName)).flatMap { HostName($0)?.text }
        if var account = withoutMarker(row.text(.samAccountName)) {
            if let slash = account.utf8.firstIndex(of: UInt8(ascii: "\\")) {
                record.domain = String(account[..<slash])
                account = String(account[account.index(after: slash)...])
            }
            if account.utf8.last == UInt8(ascii: "$") { account = String(account.utf8.dropLast()) ?? account }
            record.samAccountName = usable(account)
        }
        if var given = withoutMarker(row.text(.accountName)) {
            if let slash = given.utf8.firstIndex(of: UInt8(ascii: "\\")) {
                record.domain = record.domain ?? String(given[..<slash])
                given = String(given[given.index(after: slash)...])
            }
            if given.utf8.last == UInt8(ascii: "$") { given = String(given.utf8.dropLast()) ?? given }
            record.name = usable(given)
        }
        if record.name == nil { record.name = usable(distinguished?.commonName) }
        if record.dnsHostName == nil, let name = record.name.flatMap({ HostName($0) }), name.isQualified {
            record.dnsHostName = name.text
        }
        // A name with dots is the DNS name of the domain, which the distinguished name tells as well.
        if record.domain == nil, let domain = row.text(.domain), !domain.contains(".") { record.domain = domain }
        guard record.dnsHostName == nil, record.samAccountName == nil, record.name == nil else { return true }
        if let first = unusable.first {
            output.reject(
                "directory.account.name", line: row.line, "“\(cellForMessages(first))” is no usable computer name.",
                remedy: "Export the properties DNSHostName and SamAccountName, with -Encoding UTF8.")
        } else {
            output.reject(
                "directory.account.name", line: row.line, "The row names no computer.",
                remedy: "Export the properties DNSHostName and SamAccountName.")
        }
        return false
    }

    /// Whether `HostName` takes the text. A question mark stands for a character that the exporter's code page does not
    /// have, so the name is not known.
    private static func isHostName(_ text: String) -> Bool {
        text.utf8.count <= 255 && text != "."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "?") }
    }

    // MARK: - Cells

    /// A text, with a warning when characters were lost in the export.
    private func text(_ column: ADComputerColumn, _ row: Row, into output: inout RecordOutput) -> String? {
        let text = row.text(column)
        // A single one is usual in a description, but not in the name of a system.
        if let text, text.utf8.contains(UInt8(ascii: "?")), column == .operatingSystem || text.contains("??") {
            output.diagnostics.report(
                .warning, "directory.text.lost", line: row.line,
                "Question marks stand where the export lost characters such as ® or ü.",
                remedy: "Windows PowerShell writes ASCII by default; export again with -Encoding UTF8.")
        }
        return text
    }

    private func number(_ column: ADComputerColumn, _ row: Row, into output: inout RecordOutput) -> Int64? {
        guard let text = row.text(column) else { return nil }
        if let value = Int64(text) { return value }
        output.diagnostics.report(
            .warning, "directory.number.invalid", line: row.line,
            "The column “\(row.columns.title(column))” holds values that are no numbers; they are left unknown.")
        return nil
    }

    private func truth(_ column: ADComputerColumn, _ row: Row, into output: inout RecordOutput) -> Bool? {
        guard let text = row.text(column) else { return nil }
        if text == "True" { return true }
        switch text.lowercased() {
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        default:
            output.diagnostics.report(
                .warning, "directory.flag.invalid", line: row.line,
                "The column “\(row.columns.title(column))” holds values other than True and False; they are left unknown."
            )
            return nil
        }
    }

    /// A cell of several values; nil when the file does not say them.
    private mutating func list(
        _ column: ADComputerColumn, _ row: Row, into output: inout RecordOutput
    ) -> [String]? {
        guard row.columns[column] != nil, let text = row.text(column) else { return nil }
        if text.hasPrefix("Microsoft.ActiveDirectory.Management.") || text.hasPrefix("System.") {
            output.diagnostics.report(
                .warning, "directory.values.lost", line: row.line,
                "The column “\(row.columns.title(column))” holds the name of a .NET type instead of values; they are "
                    + "left unknown.",
                remedy: "Join the values in the export: Select-Object *,@{n='\(column.name)';"
                    + "e={$_.\(column == .servicePrincipalName ? "ServicePrincipalNames" : "MemberOf") -join ';'}}")
            return nil
        }
        return ADComputerContent.values(text)
    }

    /// Splits at `;` and `|`, but not behind a backslash, which escapes them inside a distinguished name.
    static func values(_ text: String) -> [String] {
        var result: [String] = []
        var value: [UInt8] = []
        var isEscaped = false
        func end() {
            let trimmed = String(decoding: value, as: UTF8.self).trimmingBlanks()
            if !trimmed.isEmpty { result.append(String(trimmed)) }
            value = []
        }
        for byte in text.utf8 {
            if !isEscaped, byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") {
                end()
            } else {
                value.append(byte)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        end()
        return result
    }
}

import ActivationModel

/// The columns of a list of ConfigMgr that are of use: members of a collection, devices, and discovered systems.
///
/// Sources: https://learn.microsoft.com/powershell/module/configurationmanager/get-cmcollectionmember,
/// https://learn.microsoft.com/mem/configmgr/develop/reference/core/clients/collections/sms_fullcollectionmembership-server-wmi-class,
/// https://learn.microsoft.com/mem/configmgr/develop/reference/core/clients/manage/sms_r_system-server-wmi-class
enum ConfigMgrColumn: Int, TableColumn {
    case name, netBIOSName, resourceNames, domain, fullDomainName, distinguishedName, objectGUID, sid
    case system, build, lastLogonTimestamp, lastActiveTime, whenCreated, userAccountControl, primaryGroupID
    case entraDeviceID, adLastLogonTime, lastOnlineTime
    case systemGroups, isObsolete, isDecommissioned, resourceID, smsID, isClient, isActive

    var name: String {
        switch self {
        case .name: "Name"
        case .netBIOSName: "NetbiosName"
        case .resourceNames: "ResourceNames"
        case .domain: "Domain"
        case .fullDomainName: "FullDomainName"
        case .distinguishedName: "DistinguishedName"
        case .objectGUID: "ObjectGUID"
        case .sid: "SID"
        case .system: "DeviceOS"
        case .build: "DeviceOSBuild"
        case .lastLogonTimestamp: "LastLogonTimestamp"
        case .lastActiveTime: "LastActiveTime"
        case .whenCreated: "whenCreated"
        case .entraDeviceID: "AADDeviceID"
        case .adLastLogonTime: "ADLastLogonTime"
        case .lastOnlineTime: "CNLastOnlineTime"
        case .userAccountControl: "UserAccountControl"
        case .primaryGroupID: "PrimaryGroupID"
        case .systemGroups: "SystemGroupName"
        case .isObsolete: "IsObsolete"
        case .isDecommissioned: "IsDecommissioned"
        case .resourceID: "ResourceID"
        case .smsID: "SMSID"
        case .isClient: "IsClient"
        case .isActive: "IsActive"
        }
    }

    var synonyms: [String] {
        switch self {
        case .domain: ["resourceDomainORWorkgroup"]
        case .system: ["operatingSystemNameandVersion"]
        case .build: ["build"]
        case .isObsolete: ["obsolete"]
        case .isDecommissioned: ["decommissioned"]
        case .smsID: ["smsUniqueIdentifier"]
        case .entraDeviceID: ["azureADDeviceID", "entraDeviceID"]
        case .isClient: ["client"]
        case .isActive: ["active"]
        default: []
        }
    }

    static func isKind(_ columns: Set<ConfigMgrColumn>) -> Bool {
        let named: Set<ConfigMgrColumn> = [.name, .netBIOSName, .resourceNames, .distinguishedName]
        let own: Set<ConfigMgrColumn> = [
            .system, .resourceID, .smsID, .isObsolete, .isDecommissioned, .resourceNames,
        ]
        return !columns.isDisjoint(with: named) && !columns.isDisjoint(with: own)
    }
}

/// Devices as ConfigMgr knows them. Records that ConfigMgr itself calls obsolete or decommissioned are skipped: another
/// record has taken their place, or nothing is managed any more.
///
/// ConfigMgr names the system `Microsoft Windows NT Workstation 6.1`, without an edition; the build tells the rest. Its
/// domain is a NetBIOS name.
struct ConfigMgrContent: TableContent {
    static let title = "A device list of ConfigMgr"
    static let dates: [[ConfigMgrColumn]] = [
        [.lastLogonTimestamp, .adLastLogonTime], [.lastActiveTime], [.lastOnlineTime], [.whenCreated],
    ]

    /// The columns that say what an attribute of the directory says.
    private static let attributes: [(ConfigMgrColumn, DirectoryAttribute)] = [
        (.distinguishedName, .distinguishedName), (.objectGUID, .objectGUID), (.sid, .sid), (.domain, .domain),
        (.fullDomainName, .domain),
        (.userAccountControl, .userAccountControl), (.primaryGroupID, .primaryGroupID),
    ]

    /// The columns whose values are taken apart, for messages.
    private static let otherTitles: [(ConfigMgrColumn, DirectoryAttribute)] = [
        (.resourceNames, .dnsHostName), (.systemGroups, .memberOf), (.name, .accountName), (.system, .operatingSystem),
        (.build, .operatingSystemVersion),
    ]

    /// The columns by which ConfigMgr itself says that a record counts no more.
    private static let ended: [(ConfigMgrColumn, String)] = [
        (.isObsolete, "obsolete"), (.isDecommissioned, "decommissioned"),
    ]
    private static let computerClass = Array("computer".utf8)

    private var list = DirectoryList(.configMgr)
    private var lacksSystem = false

    init(options: ReadOptions) {}

    mutating func begin(_ columns: ColumnSet<ConfigMgrColumn>, line: Int, into output: inout RecordOutput) throws {
        list.terms = DirectoryTerms(list.export.term) { attribute in
            let named = ConfigMgrContent.attributes + ConfigMgrContent.otherTitles
            return named.first { $0.1 == attribute }.map { columns.title($0.0) } ?? attribute.name
        }
        guard columns[.system] == nil || columns[.build] == nil else { return }
        lacksSystem = true
        let missing = [ConfigMgrColumn.system, .build].filter { columns[$0] == nil }.map(\.name)
        output.diagnostics.report(
            .warning, "directory.os.missing", line: line,
            "The list has no column \(missing.joined(separator: " and no column ")); without it the operating system "
                + "of these devices is not known well enough.",
            remedy: "Export again with: \(list.export.command)")
    }

    mutating func read(_ row: TableRow<ConfigMgrColumn>, into output: inout RecordOutput) throws {
        for (column, word) in ConfigMgrContent.ended where ConfigMgrContent.isTrue(row.text(column)) {
            output.skip(
                "directory.device.\(word)", line: row.line, "ConfigMgr calls the record \(word).",
                remedy: "Nothing is lost where the computer has a newer record; else import it from the directory.")
            return
        }
        if let name = row.bytes(.name), ConfigMgrContent.isOwnRecord(name.span) {
            output.skip(
                "directory.device.unknown", line: row.line,
                "The record is one of ConfigMgr's own for computers that it does not know yet.")
            return
        }
        var account = DirectoryAccount(line: row.line)
        account.add(.objectClass, ConfigMgrContent.computerClass.span, list: &list, into: &output)
        for (column, attribute) in ConfigMgrContent.attributes {
            guard let value = row.bytes(column) else { continue }
            account.addJoined(attribute, value.span, list: &list, into: &output)
        }
        takeNames(row, into: &account, &output)
        takeGroups(row, into: &account, &output)
        if let identifier = row.bytes(.entraDeviceID), let guid = GUID(bytes: identifier.span),
            EntraDevice.isObjectGUID(guid, joinType: nil)
        {
            account.add(.objectGUID, identifier.span, list: &list, into: &output)
        }
        takeSystem(row, into: &account, &output)
        var lastSign: Timestamp?
        for columns in ConfigMgrContent.dates.dropLast() {
            guard let time = row.date(columns, into: &output) else { continue }
            lastSign = lastSign.map { max($0, time) } ?? time
        }
        account.add(.lastLogonTimestamp, time: lastSign)
        account.add(.whenCreated, time: row.date([.whenCreated], into: &output))
        try list.take(&account, into: &output)
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        list.finish(rows: rows, saysColumnsMissing: lacksSystem, into: &output)
    }

    // MARK: - Cells

    /// `Name` is the NetBIOS name; `ResourceNames` are all names in the DNS, of which the qualified one counts.
    private mutating func takeNames(
        _ row: TableRow<ConfigMgrColumn>, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        for column in [ConfigMgrColumn.name, .netBIOSName] {
            guard let name = row.bytes(column) else { continue }
            account.addJoined(.accountName, name.span, list: &list, into: &output)
        }
        if let names = row.bytes(.resourceNames), DotNetTypeName.isOne(names.span) {
            account.addJoined(.dnsHostName, names.span, list: &list, into: &output)
            return
        }
        let names = row.text(.resourceNames)?.split(whereSeparator: { ",;| {}".contains($0) }) ?? []
        if let qualified = names.first(where: { HostName($0)?.isQualified == true }) {
            account.add(.dnsHostName, Array(qualified.utf8).span, list: &list, into: &output)
        }
    }

    /// The groups of a discovered system, as `CORP\ESU-A`.
    private mutating func takeGroups(
        _ row: TableRow<ConfigMgrColumn>, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        guard let cell = row.bytes(.systemGroups) else { return }
        let text = cell.span
        if DotNetTypeName.isOne(text) {
            account.addJoined(.memberOf, text, list: &list, into: &output)
            return
        }
        for range in JoinedValues.ranges(in: text, of: .memberOf) {
            let domain = range.first { text[$0] == UInt8(ascii: "\\") }
            let group = text.extracting((domain.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound)
            account.add(.memberOf, group, list: &list, into: &output)
        }
    }

    /// Whether a name is that of the records that stand in all collections for computers without one, such as
    /// `x64 Unknown Computer (x64 Unknown Computer)`. Names of computers hold no blanks.
    ///
    /// Source: https://learn.microsoft.com/intune/configmgr/osd/get-started/prepare-for-unknown-computer-deployments
    private static func isOwnRecord(_ name: Span<UInt8>) -> Bool {
        guard name.indices.contains(where: { name[$0] == UInt8(ascii: " ") }) else { return false }
        let text = String(copying: name).lowercased()
        return text.contains(" unknown computer (") || text.hasPrefix("provisioning device (")
    }

    /// The build column holds the whole version; without it the number in the name is the version.
    private mutating func takeSystem(
        _ row: TableRow<ConfigMgrColumn>, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        if let system = row.bytes(.system) {
            account.addJoined(.operatingSystem, system.span, list: &list, into: &output)
        }
        if let build = row.bytes(.build) {
            account.addJoined(.operatingSystemVersion, build.span, list: &list, into: &output)
        } else if let word = row.text(.system)?.split(separator: " ").first(where: { WindowsVersion($0) != nil }) {
            account.add(.operatingSystemVersion, Array(word.utf8).span, list: &list, into: &output)
        }
    }

    private static func isTrue(_ text: String?) -> Bool {
        switch text?.lowercased() {
        case "true", "1", "yes": true
        default: false
        }
    }
}

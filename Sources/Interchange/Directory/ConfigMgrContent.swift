import ActivationModel

/// The columns of a list of ConfigMgr that are of use: members of a collection, devices, and discovered systems.
///
/// Sources: https://learn.microsoft.com/powershell/module/configurationmanager/get-cmcollectionmember,
/// https://learn.microsoft.com/mem/configmgr/develop/reference/core/clients/collections/sms_fullcollectionmembership-server-wmi-class,
/// https://learn.microsoft.com/mem/configmgr/develop/reference/core/clients/manage/sms_r_system-server-wmi-class
enum ConfigMgrColumn: Int, TableColumn {
    case name, netBIOSName, resourceNames, domain, fullDomainName, distinguishedName, objectGUID, sid
    case system, build, lastLogonTimestamp, lastActiveTime, whenCreated, userAccountControl, primaryGroupID
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
    static let dates: [[ConfigMgrColumn]] = [[.lastLogonTimestamp, .lastActiveTime], [.whenCreated]]

    /// The columns that say what an attribute of the directory says.
    private static let attributes: [(ConfigMgrColumn, DirectoryAttribute)] = [
        (.distinguishedName, .distinguishedName), (.objectGUID, .objectGUID), (.sid, .sid), (.domain, .domain),
        (.userAccountControl, .userAccountControl), (.primaryGroupID, .primaryGroupID),
    ]

    private var list = DirectoryList(.configMgr)
    private var lacksSystem = false

    init(options: ReadOptions) {}

    mutating func begin(_ columns: ColumnSet<ConfigMgrColumn>, line: Int, into output: inout RecordOutput) throws {
        list.terms = DirectoryTerms(list.export.term) { attribute in
            ConfigMgrContent.attributes.first { $0.1 == attribute }.map { columns.title($0.0) } ?? attribute.name
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
        for (column, word) in [(ConfigMgrColumn.isObsolete, "obsolete"), (.isDecommissioned, "decommissioned")]
        where ConfigMgrContent.isTrue(row.text(column)) {
            output.skip(
                "directory.device.\(word)", line: row.line, "ConfigMgr calls the record \(word).",
                remedy: "Nothing is lost where the computer has a newer record; else import it from the directory.")
            return
        }
        var account = DirectoryAccount(line: row.line)
        account.add(.objectClass, Array("computer".utf8).span, list: &list, into: &output)
        for (column, attribute) in ConfigMgrContent.attributes {
            guard let value = row.bytes(column) else { continue }
            account.addJoined(attribute, value.span, list: &list, into: &output)
        }
        takeNames(row, into: &account, &output)
        takeSystem(row, into: &account, &output)
        account.add(.lastLogonTimestamp, time: row.date([.lastLogonTimestamp, .lastActiveTime], into: &output))
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
            account.add(.accountName, name.span, list: &list, into: &output)
        }
        let names = row.text(.resourceNames)?.split(whereSeparator: { ",;| {}".contains($0) }) ?? []
        if let qualified = names.first(where: { HostName($0)?.isQualified == true }) {
            account.add(.dnsHostName, Array(qualified.utf8).span, list: &list, into: &output)
        }
    }

    /// The build column holds the whole version; without it the number in the name is the version.
    private mutating func takeSystem(
        _ row: TableRow<ConfigMgrColumn>, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        if let system = row.bytes(.system) {
            account.add(.operatingSystem, system.span, list: &list, into: &output)
        }
        if let build = row.bytes(.build) {
            account.add(.operatingSystemVersion, build.span, list: &list, into: &output)
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

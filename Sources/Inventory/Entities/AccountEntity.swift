import ActivationModel

/// A computer account of the directory, as a row of the `account` table.
enum AccountEntity {
    enum Column: Int, CaseIterable {
        case objectGUID, sid, dnsHostName, samAccountName, name, distinguishedName, operatingSystem
        case operatingSystemVersion, operatingSystemServicePack, disabled, deleted, lastLogon, passwordLastSet, created
        case location, description, accountControl, primaryGroupID, memberOf, servicePrincipalNames, domain, dnsDomain
        case deletedAt
    }

    /// The age of a record is the newest sign of life that it shows, or the time of its deletion. A name of the system
    /// that tells no edition is older than any other: it must not hide what the directory says.
    static let layout = EntityLayout(
        table: "account", key: "identity",
        columns: [
            .init("object_guid", .plain), .init("sid", .plain), .init("dns_host_name", .plain),
            .init("sam_account_name", .plain), .init("name", .plain), .init("distinguished_name", .plain),
            .init("operating_system", .shared, clock: 1), .init("operating_system_version", .shared),
            .init("operating_system_service_pack", .shared), .init("disabled", .plain), .init("deleted", .plain),
            .init("last_logon", .instant), .init("password_last_set", .instant), .init("created", .instant),
            .init("location", .shared), .init("description", .plain), .init("account_control", .plain),
            .init("primary_group_id", .plain), .init("member_of", .sharedLines),
            .init("service_principal_names", .plain), .init("domain", .shared), .init("dns_domain", .shared),
            .init("deleted_at", .instant),
        ],
        clocks: { values in
            let age = clockColumns.compactMap { values[$0].timestamp?.milliseconds }.max() ?? Observation.noTime
            return [age, isGeneric(values[Column.operatingSystem.rawValue].text) ? Observation.noTime : age]
        },
        clockColumns: clockColumns)

    /// Whether a system is named as ConfigMgr names it, by kind and version alone: `Microsoft Windows NT Workstation 6.1`.
    private static func isGeneric(_ system: String?) -> Bool {
        system?.utf8.starts(with: "Microsoft Windows NT ".utf8) ?? false
    }

    private static let clockColumns = [Column.lastLogon, .passwordLastSet, .created, .deletedAt].map(\.rawValue)

    /// What tells one account from another, as written; nil when the record names none.
    ///
    /// The order is the one in which directories promise that an identifier never changes: objectGUID, SID, and then
    /// names, which do. Of the names of a domain the DNS name comes first: domains of two forests may share a NetBIOS name.
    /// Rows that tell that alone are led to the account they fit when the fleet is loaded.
    static func identity(_ record: DirectoryRecord) -> String? {
        if let guid = record.objectGUID { return "guid:\(guid)" }
        if let sid = record.sid, !sid.isEmpty { return "sid:" + sid.uppercased() }
        let dns = ClientEntity.folded(record.dnsHostName)
        if !dns.isEmpty { return "dns:" + dns }
        let account = ClientEntity.folded(record.samAccountName ?? record.name)
        guard !account.isEmpty else { return nil }
        let domain =
            DistinguishedName.dnsDomain(record.distinguishedName) ?? record.dnsDomain ?? record.domain?.lowercased()
        return "name:\(domain ?? "")\t\(account)"
    }

    static func values(_ record: DirectoryRecord) -> [FieldValue] {
        [
            FieldValue(record.objectGUID), FieldValue(record.sid?.uppercased()),
            FieldValue(ClientEntity.folded(record.dnsHostName)), FieldValue(record.samAccountName),
            FieldValue(record.name), FieldValue(record.distinguishedName), FieldValue(record.operatingSystem),
            FieldValue(record.operatingSystemVersion), FieldValue(record.operatingSystemServicePack),
            // Accounts are mostly disabled without a new logon and seldom enabled without one. So of two records of one
            // age the one that says "disabled" is taken, which is the greater number here.
            FieldValue(record.enabled.map { !$0 }), FieldValue(record.deleted), FieldValue(record.lastLogon),
            FieldValue(record.passwordLastSet), FieldValue(record.created), FieldValue(record.location),
            FieldValue(record.description), FieldValue(record.accountControl), FieldValue(record.primaryGroupID),
            lines(record.memberOf), lines(record.servicePrincipalNames), FieldValue(record.domain),
            FieldValue(record.dnsDomain), FieldValue(record.deletedAt),
        ]
    }

    static func record(_ values: [FieldValue]) -> DirectoryRecord {
        func value(_ column: Column) -> FieldValue { values[column.rawValue] }
        var record = DirectoryRecord()
        record.objectGUID = value(.objectGUID).guid
        record.sid = value(.sid).text
        record.dnsHostName = value(.dnsHostName).text
        record.samAccountName = value(.samAccountName).text
        record.name = value(.name).text
        record.distinguishedName = value(.distinguishedName).text
        record.operatingSystem = value(.operatingSystem).text
        record.operatingSystemVersion = value(.operatingSystemVersion).text
        record.operatingSystemServicePack = value(.operatingSystemServicePack).text
        record.enabled = value(.disabled).truth.map { !$0 }
        record.deleted = value(.deleted).truth
        record.lastLogon = value(.lastLogon).timestamp
        record.passwordLastSet = value(.passwordLastSet).timestamp
        record.created = value(.created).timestamp
        record.location = value(.location).text
        record.description = value(.description).text
        record.accountControl = value(.accountControl).number
        record.primaryGroupID = value(.primaryGroupID).number
        record.memberOf = value(.memberOf).text.map { $0.split(separator: "\n").map(String.init) }
        record.servicePrincipalNames = value(.servicePrincipalNames).text.map {
            $0.split(separator: "\n").map(String.init)
        }
        record.domain = value(.domain).text
        record.dnsDomain = value(.dnsDomain).text
        record.deletedAt = value(.deletedAt).timestamp
        return record
    }

    /// A set of texts as lines in the order of their bytes; an empty set is known, and not missing.
    private static func lines(_ texts: [String]?) -> FieldValue {
        guard let texts else { return .missing }
        let kept = texts.map { $0.replacing("\n", with: " ") }.filter { !$0.isEmpty }
        let ordered = Set(kept).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return .text(ordered.joined(separator: "\n"))
    }
}

/// The parts of a distinguished name that the inventory needs.
///
/// Source: RFC 4514, https://www.rfc-editor.org/rfc/rfc4514
enum DistinguishedName {
    /// The name without its first component: the container; nil when there is none.
    static func container(_ name: String) -> String? {
        guard let comma = firstComma(name) else { return nil }
        let rest = name[name.index(after: comma)...].drop { $0 == " " }
        return rest.isEmpty ? nil : String(rest)
    }

    /// The first component of a name as written.
    static func own(_ name: String) -> Substring { name[..<(firstComma(name) ?? name.endIndex)] }

    /// `corp.example.com` of `…,DC=corp,DC=example,DC=com`; nil when there is no such part.
    static func dnsDomain(_ name: String?) -> String? {
        guard let name else { return nil }
        var labels: [String] = []
        var rest = name[...]
        while !rest.isEmpty {
            let comma = firstComma(rest)
            let part = rest[..<(comma ?? rest.endIndex)].drop { $0 == " " }
            if part.prefix(3).lowercased() == "dc=" { labels.append(part.dropFirst(3).lowercased()) }
            rest = comma.map { rest[rest.index(after: $0)...] } ?? ""
        }
        return labels.isEmpty ? nil : labels.joined(separator: ".")
    }

    private static func firstComma(_ name: some StringProtocol) -> String.Index? {
        var escaped = false
        for index in name.utf8.indices {
            let byte = name.utf8[index]
            if escaped {
                escaped = false
            } else if byte == UInt8(ascii: "\\") {
                escaped = true
            } else if byte == UInt8(ascii: ",") {
                return index
            }
        }
        return nil
    }
}

import ActivationModel

/// What a list may say about a computer account or a group, whatever its format: the attributes that are of use, with their
/// LDAP and PowerShell names and those that scripts commonly give them. In a table they are the columns.
///
/// Sources: https://learn.microsoft.com/windows/win32/adschema/c-computer,
/// https://learn.microsoft.com/windows/win32/adschema/c-group, https://learn.microsoft.com/archive/technet-wiki/12056.active-directory-get-adcomputer-default-and-extended-properties
enum DirectoryAttribute: Int, TableColumn {
    case dnsHostName, samAccountName, accountName, distinguishedName, objectGUID, sid, objectClass, objectCategory
    case operatingSystem, operatingSystemVersion, operatingSystemServicePack
    case enabled, userAccountControl, primaryGroupID, isDeleted
    case lastLogonTimestamp, lastLogonDate, pwdLastSet, passwordLastSet, whenCreated, created
    case location, description, memberOf, servicePrincipalName, domain, userName, canonicalName
    case member, groupType, whenChanged

    var name: String {
        switch self {
        case .dnsHostName: "dNSHostName"
        case .samAccountName: "sAMAccountName"
        case .accountName: "name"
        case .distinguishedName: "distinguishedName"
        case .objectGUID: "objectGUID"
        case .sid: "objectSid"
        case .objectClass: "objectClass"
        case .objectCategory: "objectCategory"
        case .operatingSystem: "operatingSystem"
        case .operatingSystemVersion: "operatingSystemVersion"
        case .operatingSystemServicePack: "operatingSystemServicePack"
        case .enabled: "enabled"
        case .userAccountControl: "userAccountControl"
        case .primaryGroupID: "primaryGroupID"
        case .isDeleted: "isDeleted"
        case .lastLogonTimestamp: "lastLogonTimestamp"
        case .lastLogonDate: "lastLogonDate"
        case .pwdLastSet: "pwdLastSet"
        case .passwordLastSet: "passwordLastSet"
        case .whenCreated: "whenCreated"
        case .created: "created"
        case .location: "location"
        case .description: "description"
        case .memberOf: "memberOf"
        case .servicePrincipalName: "servicePrincipalName"
        case .domain: "domain"
        case .canonicalName: "canonicalName"
        case .member: "member"
        case .groupType: "groupType"
        case .whenChanged: "whenChanged"
        // The sAMAccountName in the tables of ADRecon; elsewhere the user of a computer.
        // https://github.com/adrecon/ADRecon
        case .userName: "userName"
        }
    }

    var synonyms: [String] {
        switch self {
        case .dnsHostName: ["fqdn", "dnsName", "fullyQualifiedDomainName"]
        case .samAccountName: ["sam", "account"]
        case .accountName: ["cn", "computerName", "computer", "hostName", "host", "machine", "machineName"]
        case .distinguishedName: ["dn"]
        case .objectGUID: ["guid"]
        case .sid: ["sid"]
        case .operatingSystem: ["os", "osName", "operatingSystemName"]
        case .operatingSystemVersion: ["osVersion"]
        case .operatingSystemServicePack: ["osServicePack", "servicePack"]
        case .userAccountControl: ["uac"]
        case .isDeleted: ["deleted"]
        case .lastLogonDate: ["lastLogonTime"]
        case .created: ["createTimeStamp", "creationDate"]
        // With the groups that these groups are members of.
        // https://learn.microsoft.com/windows/win32/adschema/a-msds-memberoftransitive
        case .memberOf: ["groups", "msds-memberOfTransitive"]
        case .servicePrincipalName: ["servicePrincipalNames", "spn", "spns"]
        case .domain: ["domainName", "netBIOSDomain", "netBIOSDomainName"]
        case .member: ["members"]
        // PowerShell's two halves of it.
        case .groupType: ["groupCategory", "groupScope"]
        case .whenChanged: ["modified", "modifyTimeStamp"]
        default: []
        }
    }

    static func isKind(_ columns: Set<DirectoryAttribute>) -> Bool {
        let named: Set<DirectoryAttribute> = [.dnsHostName, .samAccountName, .accountName, .distinguishedName]
        // A name, a description and a location alone could be a list of anything.
        let plain: Set<DirectoryAttribute> = [
            .accountName, .location, .description, .domain, .created, .isDeleted, .member, .groupType, .whenChanged,
            .userName,
        ]
        return !columns.isDisjoint(with: named) && !columns.isSubset(of: plain)
    }

    /// The LDAP names under which a directory itself gives these attributes; `cn` is the name, as `name` is.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/adschema/attributes-all
    static let ldapNames: [(name: String, attribute: DirectoryAttribute)] =
        [("cn", .accountName)]
        + [
            dnsHostName, samAccountName, accountName, distinguishedName, objectGUID, sid, objectClass, objectCategory,
            operatingSystem, operatingSystemVersion, operatingSystemServicePack, userAccountControl, primaryGroupID,
            isDeleted, lastLogonTimestamp, pwdLastSet, whenCreated, location, description, memberOf,
            servicePrincipalName, member, groupType, whenChanged,
        ].map { (name: $0.name, attribute: $0) }

    /// Whether only groups have the attribute, or it is of use for groups only.
    var isOfGroups: Bool { self == .member || self == .groupType || self == .whenChanged }
}

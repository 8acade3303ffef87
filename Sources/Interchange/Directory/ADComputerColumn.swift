import ActivationModel

/// The columns of a list of computer accounts that are of use, with the LDAP and PowerShell names and those that scripts
/// commonly give them.
///
/// Source: https://learn.microsoft.com/archive/technet-wiki/12056.active-directory-get-adcomputer-default-and-extended-properties
enum ADComputerColumn: Int, TableColumn {
    case dnsHostName, samAccountName, accountName, distinguishedName, objectGUID, sid, objectClass
    case operatingSystem, operatingSystemVersion, operatingSystemServicePack
    case enabled, userAccountControl, primaryGroupID, isDeleted
    case lastLogonTimestamp, lastLogonDate, pwdLastSet, passwordLastSet, whenCreated, created
    case location, description, memberOf, servicePrincipalName, domain

    var name: String {
        switch self {
        case .dnsHostName: "dNSHostName"
        case .samAccountName: "sAMAccountName"
        case .accountName: "name"
        case .distinguishedName: "distinguishedName"
        case .objectGUID: "objectGUID"
        case .sid: "objectSid"
        case .objectClass: "objectClass"
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
        case .memberOf: ["groups"]
        case .servicePrincipalName: ["servicePrincipalNames", "spn", "spns"]
        case .domain: ["domainName", "netBIOSDomain", "netBIOSDomainName"]
        default: []
        }
    }

    static func isKind(_ columns: Set<ADComputerColumn>) -> Bool {
        let named: Set<ADComputerColumn> = [.dnsHostName, .samAccountName, .accountName, .distinguishedName]
        // A name, a description and a location alone could be a list of anything.
        let plain: Set<ADComputerColumn> = [.accountName, .location, .description, .domain, .created, .isDeleted]
        return !columns.isDisjoint(with: named) && !columns.isSubset(of: plain)
    }
}

/// How a list of computer accounts was made, as far as messages need it.
struct DirectoryExport: Sendable {
    /// What one kind of value is called in the format: a column, an attribute, a property.
    var term: String
    /// The command whose output holds all that planning needs.
    var command: String
    /// The command whose output holds groups with their members.
    var groupCommand = DirectoryExport.groupTable
    /// What to do when no group shows a membership, where exporting again is of no use.
    var groupRemedy: String?
    /// What to do when a query was cut at its limit.
    var limitRemedy: String
    /// Whether the format has a header that names all columns.
    var hasHeader = false

    private static let attributes = [
        "dNSHostName", "sAMAccountName", "operatingSystem", "operatingSystemVersion", "operatingSystemServicePack",
        "userAccountControl", "primaryGroupID", "lastLogonTimestamp", "pwdLastSet", "whenCreated", "objectGUID",
        "objectSid", "objectClass", "objectCategory", "servicePrincipalName", "memberOf", "location", "description",
    ]

    private static let groupAttributes = [
        "objectGUID", "objectClass", "groupType", "whenChanged", "member", "memberOf",
    ]

    /// `Get-ADGroup … | Export-Csv`
    ///
    /// Source: https://learn.microsoft.com/powershell/module/activedirectory/get-adgroup
    static let groupTable =
        "Get-ADGroup -Filter * -Properties Member,MemberOf,whenChanged | Select-Object DistinguishedName,ObjectGUID,"
        + "ObjectClass,@{n='whenChanged';e={$_.whenChanged.ToUniversalTime().ToString('u')}},@{n='Member';e={$_.Member -join ';'}},"
        + "@{n='MemberOf';e={$_.MemberOf -join ';'}} | Export-Csv -Path groups.csv -NoTypeInformation -Encoding UTF8"

    /// `Get-ADComputer … | Export-Csv`
    ///
    /// Source: https://learn.microsoft.com/powershell/module/activedirectory/get-adcomputer
    static let csv = DirectoryExport(
        term: "column",
        command: ADComputerCommand.csv,
        limitRemedy: "Export again with -ResultPageSize 1000 and without -ResultSetSize, or dsquery with -limit 0.",
        hasHeader: true)

    /// ldifde, which pages by itself unless `-g` is given.
    ///
    /// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc731033(v=ws.11)
    static let ldifde = DirectoryExport(
        term: "attribute",
        command: "ldifde -f computers.ldf -r \"(objectCategory=computer)\" -l \"\(attributes.joined(separator: ","))\"",
        groupCommand: "ldifde -f groups.ldf -r \"(objectCategory=group)\" -l "
            + "\"\(groupAttributes.joined(separator: ","))\"",
        limitRemedy: "Export again without -g, which turns paging off.")

    /// ldapsearch of OpenLDAP.
    ///
    /// Source: https://www.openldap.org/software/man.cgi?query=ldapsearch
    static let ldapsearch = DirectoryExport(
        term: "attribute",
        command:
            "ldapsearch -LLL -o ldif-wrap=no -E pr=500/noprompt -H ldaps://dc.example.com -D reader@example.com -W "
            + "-b DC=example,DC=com \"(objectCategory=computer)\" \(attributes.joined(separator: " "))",
        groupCommand:
            "ldapsearch -LLL -o ldif-wrap=no -E pr=500/noprompt -H ldaps://dc.example.com -D reader@example.com -W "
            + "-b DC=example,DC=com \"(objectCategory=group)\" \(groupAttributes.joined(separator: " "))",
        limitRemedy: "Search again in pages, with -E pr=500/noprompt and without -z.")

    /// ldbsearch of Samba.
    ///
    /// Source: https://ldb.samba.org/
    static let ldbsearch = DirectoryExport(
        term: "attribute",
        command: "ldbsearch -H /var/lib/samba/private/sam.ldb \"(objectCategory=computer)\" "
            + attributes.joined(separator: " "),
        groupCommand: "ldbsearch -H /var/lib/samba/private/sam.ldb \"(objectCategory=group)\" "
            + groupAttributes.joined(separator: " "),
        limitRemedy: "Search again without a limit.")
}

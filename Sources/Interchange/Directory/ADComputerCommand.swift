/// The one command that asks PowerShell for all that planning needs, whatever form its output takes.
///
/// Times come as the directory holds them (FILETIME), without a culture; values of several are joined, as Export-Csv writes
/// but the name of their type.
///
/// Sources: https://learn.microsoft.com/powershell/module/activedirectory/get-adcomputer,
/// https://learn.microsoft.com/archive/technet-wiki/12056.active-directory-get-adcomputer-default-and-extended-properties
enum ADComputerCommand {
    private static let extended = [
        "OperatingSystem", "OperatingSystemVersion", "OperatingSystemServicePack", "lastLogonTimestamp", "pwdLastSet",
        "whenCreated", "userAccountControl", "Location",
    ]
    private static let several = ["MemberOf", "ServicePrincipalNames"]
    private static let usual = [
        "DistinguishedName", "DNSHostName", "Enabled", "Name", "ObjectClass", "ObjectGUID", "SamAccountName", "SID",
    ]

    private static let query =
        "Get-ADComputer -Filter * -Properties \((extended + several).joined(separator: ",")) | Select-Object "
        + (usual + extended + several.map { "@{n='\($0)';e={$_.\($0) -join ';'}}" }).joined(separator: ",")

    static let csv = "\(query) | Export-Csv computers.csv -NoTypeInformation -Encoding UTF8"
    static let json = "\(query) | ConvertTo-Json -Depth 3 | Out-File computers.json -Encoding UTF8"
    static let clixml = "\(query) | Export-Clixml computers.xml"
}

extension DirectoryExport {
    private static let attributes = [
        "dNSHostName", "sAMAccountName", "operatingSystem", "operatingSystemVersion", "operatingSystemServicePack",
        "userAccountControl", "primaryGroupID", "lastLogonTimestamp", "pwdLastSet", "whenCreated", "objectGUID",
        "objectSid", "objectClass", "servicePrincipalName", "memberOf", "location",
    ]

    /// csvde, which pages by itself unless `-g` is given and writes UTF-16 with `-u`.
    ///
    /// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc732101(v=ws.11)
    static let csvde = DirectoryExport(
        term: "column",
        command:
            "csvde -u -f computers.csv -r \"(objectCategory=computer)\" -l \"\(attributes.joined(separator: ","))\"",
        limitRemedy: "Export again without -g, which turns paging off.", hasHeader: true)

    /// `Get-ADComputer … | ConvertTo-Json`
    ///
    /// Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json
    static let json = DirectoryExport(
        term: "property",
        command: ADComputerCommand.json,
        limitRemedy: "Export again with -ResultPageSize 1000 and without -ResultSetSize.")

    /// `Get-ADComputer … | Export-Clixml`
    ///
    /// Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-clixml
    static let clixml = DirectoryExport(
        term: "property",
        command: ADComputerCommand.clixml,
        limitRemedy: "Export again with -ResultPageSize 1000 and without -ResultSetSize.")

    /// `dsquery *`, which gives 100 objects unless `-limit` says otherwise.
    ///
    /// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-R2-and-2012/cc754232(v=ws.11)
    static let dsquery = DirectoryExport(
        term: "attribute",
        command: "dsquery * domainroot -filter \"(objectCategory=computer)\" -limit 0 -l -attr distinguishedName "
            + "\(attributes.joined(separator: " "))",
        limitRemedy: "Query again with -limit 0.")

    /// A list of names, which tells nothing about the computers themselves.
    static let names = DirectoryExport(
        term: "line", command: csv.command,
        limitRemedy: "Make the list again, and check that nothing limits the number of its names.")

    /// `computers.json` and `groups.json` of BloodHound's collectors, which hold no versions.
    ///
    /// Source: https://github.com/SpecterOps/SharpHound
    static let bloodHound = DirectoryExport(
        term: "property", command: csv.command,
        groupCommand: "SharpHound.exe --CollectionMethods ObjectProps,Group --NoZip",
        limitRemedy: "Collect again, and check that the collector was not stopped.")
}

extension DirectoryExport {
    /// Members of a collection of ConfigMgr.
    ///
    /// Source: https://learn.microsoft.com/powershell/module/configurationmanager/get-cmcollectionmember
    static let configMgr = DirectoryExport(
        term: "column",
        command: "Get-CMCollectionMember -CollectionId SMS00001 | Select-Object Name,Domain,SMSID,ResourceID,DeviceOS,"
            + "DeviceOSBuild,IsObsolete,IsDecommissioned,LastActiveTime | Export-Csv -Path devices.csv -NoTypeInformation "
            + "-Encoding UTF8",
        limitRemedy: "Export again; Set-CMQueryResultMaximum raises the limit of the ConfigMgr cmdlets.",
        hasHeader: true)

    /// The device list of Intune's portal.
    ///
    /// Source: https://learn.microsoft.com/mem/intune/fundamentals/reports-export-graph-available-reports
    static let intune = DirectoryExport(
        term: "column",
        command: "In the Intune admin center choose Devices, All devices, Export, and include all inventory data.",
        limitRemedy: "Export again, and wait until the portal has finished.", hasHeader: true)
}

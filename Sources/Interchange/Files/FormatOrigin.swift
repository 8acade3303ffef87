/// One way in which a file of a format comes about.
public struct FormatOrigin: Sendable, Hashable {
    /// What makes the file: a program, a portal, or a person.
    public let maker: String
    /// The command line to copy; nil when no command makes such a file.
    public let command: String?
    /// What else there is to do or to know; nil when the command says it all.
    public let note: String?

    private init(_ maker: String, command: String?, note: String?) {
        self.maker = maker
        self.command = command
        self.note = note
    }

    static func command(_ maker: String, _ command: String, note: String? = nil) -> Self {
        Self(maker, command: command, note: note)
    }

    static func steps(_ maker: String, _ note: String) -> Self { Self(maker, command: nil, note: note) }
}

extension FileFormat {
    /// The ways in which files of this format come about, the usual one first. Never empty.
    ///
    /// Sources: the references of the commands at https://learn.microsoft.com/powershell,
    /// https://learn.microsoft.com/windows-server/administration/windows-commands/windows-commands and
    /// https://www.openldap.org/software/man.cgi?query=ldapsearch.
    public var origins: [FormatOrigin] {
        switch self {
        case .cilx: [.steps("VAMT 3", "Export list, with products and product keys")]
        case .cil: [.steps("VAMT 2.0", "Save List As")]
        case .adCSV:
            [
                .command("PowerShell", ADComputerCommand.csv),
                .command(
                    "PowerShell", "\(Commands.adGroups) | Export-Csv groups.csv \(Commands.utf8)",
                    note: "groups: conditions on them then hold through groups in groups"),
                .steps("ADRecon", "Computers.csv of the report"),
            ]
        case .adJSON:
            [.command("PowerShell", ADComputerCommand.json)]
        case .clixml: [.command("PowerShell", ADComputerCommand.clixml)]
        case .ldif:
            [
                .command(
                    "Windows",
                    "ldifde -f computers.ldf -r \"\(Commands.computerFilter)\" -l \"\(Commands.attributes(","))\""),
                .command(
                    "Windows",
                    "ldifde -f groups.ldf -r \"(objectCategory=group)\" -l \"\(Commands.groupAttributes)\"",
                    note: "groups: conditions on them then hold through groups in groups"),
                .command(
                    "Windows",
                    "ldifde -f domains.ldf -d \"CN=Partitions,CN=Configuration,DC=example,DC=com\" -r \"(nETBIOSName=*)\" -l "
                        + "\"nETBIOSName,dnsRoot\"",
                    note: "both names of each domain, for lists that tell only the short one"),
                .command(
                    "OpenLDAP",
                    "ldapsearch -LLL -o ldif-wrap=no -E pr=500/noprompt -H ldaps://dc1.example.com -x -D reader@example.com -W "
                        + "-b DC=example,DC=com \"\(Commands.computerFilter)\" \(Commands.attributes(" ")) > computers.ldif"
                ),
                .command(
                    "Samba",
                    "ldbsearch -H /var/lib/samba/private/sam.ldb --paged \"\(Commands.computerFilter)\" "
                        + "\(Commands.attributes(" ")) > computers.ldif", note: "on a domain controller of Samba"),
            ]
        case .ldap:
            [
                .command(
                    "actkit", "actkit directory sync ldaps://dc1.example.com --bind reader@example.com",
                    note:
                        "when built with --traits LiveDirectory; the libraries: libldap-dev on Debian, openldap of Homebrew"
                )
            ]
        case .csvde:
            [
                .command(
                    "Windows",
                    "csvde -u -f computers.csv -r \"\(Commands.computerFilter)\" -l \"\(Commands.attributes(","))\"")
            ]
        case .configMgrCSV:
            [
                .command(
                    "PowerShell",
                    "Get-CMCollectionMember -CollectionId SMS00001 | Select-Object Name,Domain,SMSID,ResourceID,DeviceOS,"
                        + "DeviceOSBuild,IsObsolete,IsDecommissioned,LastActiveTime | Export-Csv devices.csv \(Commands.utf8)",
                    note: "in the console's PowerShell; discovered systems (SMS_R_System) are read as well")
            ]
        case .intuneCSV:
            [
                .steps(
                    "Intune",
                    "Devices → All devices → Export, with all inventory data; the portal packs the file, so unpack it")
            ]
        case .bloodHoundJSON:
            [
                .command(
                    "BloodHound", "SharpHound.exe --CollectionMethods ObjectProps,Group --NoZip",
                    note:
                        "…_computers.json, and …_groups.json for groups in groups; other collectors pack them, so unpack"
                )
            ]
        case .dsquery:
            [
                .command(
                    "Windows",
                    "dsquery * domainroot -filter \"\(Commands.computerFilter)\" -limit 0 -l -attr distinguishedName "
                        + "\(Commands.attributes(" ")) > computers.txt",
                    note: "without -limit 0 it stops at 100; 'dsquery computer -limit 0' gives the names alone")
            ]
        case .names: [.steps("by hand", "a text with one computer name on a line")]
        case .purchases: [.steps("by hand", "a table: program, year, quantity, channel, agreement, orderDate")]
        case .updates:
            [
                .command(
                    "PowerShell",
                    "Invoke-Command -ComputerName (Get-Content names.txt) { Get-HotFix } | Export-Csv updates.csv "
                        + Commands.utf8)
            ]
        case .keys:
            [
                .steps(
                    "by hand",
                    "a table: key, extendedPid, description, type, program, year, remaining, readAt, agreement, remarks"
                ),
                .steps(
                    "a spreadsheet",
                    "any sheet of keys, saved as CSV; --map \"Header=column\" names the columns that are not understood"
                ),
            ]
        case .tags: [.steps("by hand", "a table: computer, tag, hosting, endpoints, route")]
        case .pkeyconfig:
            [
                .steps(
                    "VAMT or Windows",
                    "the folder pkconfig of VAMT, or %windir%\\System32\\spp\\tokens\\pkeyconfig; --pkeyconfig DIR")
            ]
        case .m365Keys:
            [
                .steps(
                    "Microsoft 365 admin center",
                    "product keys of volume licenses → Export all keys to CSV, by an Administrator or Product keys reader; the "
                        + "file does not say when it was made, so add --read-at DAY"),
                .steps(
                    "VLSC", "the page Product Keys, copied into a sheet that is saved as CSV; add --read-at DAY"),
            ]
        case .keysExport: [.steps("Visual Studio subscriptions portal", "Product keys → Export all keys")]
        case .unattend:
            [
                .steps(
                    "Windows Setup",
                    "unattend.xml as it lies on shares and in images; each whole key in it is reported with its line, only "
                        + "its last five characters are kept")
            ]
        case .keyList:
            [.steps("by hand", "a text with a key on each line, such as VAMT imports, or with keys in prose")]
        case .registry:
            [
                .command(
                    "Windows", "reg export \"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\" pc-0001.reg",
                    note: "the file's name tells the computer, else --computer NAME")
            ]
        case .keyRecords: [.command("actkit", "actkit keys export --format json --output keys.json")]
        case .azureKeys:
            [
                .command(
                    "PowerShell",
                    "(Invoke-AzRestMethod -Method GET -Path \"/subscriptions/$subscription/providers/Microsoft.WindowsESU/"
                        + "multipleActivationKeys?api-version=2019-09-16-preview\").Content | Out-File azure-esu.json",
                    note: "the JSON of Microsoft.WindowsESU/multipleActivationKeys; ConvertTo-Json needs -Depth 5")
            ]
        case .kmsEvents:
            [
                .command("Windows", "wevtutil qe \"Key Management Service\" /f:xml > kms.xml"),
                .command(
                    "PowerShell",
                    "Get-WinEvent -LogName 'Key Management Service' | Export-Csv kms.csv \(Commands.utf8)"),
                .command(
                    "PowerShell", "Get-WinEvent -LogName 'Key Management Service' | Export-Clixml kms.clixml",
                    note: "ConvertTo-Json does as well"),
                .steps("Event Viewer", "Save All Events As, XML or CSV"),
            ]
        case .kmsHosts:
            [
                .command(
                    "PowerShell",
                    "Get-CimInstance SoftwareLicensingService -ComputerName $hosts | Export-Csv kms-hosts.csv \(Commands.utf8)",
                    note: "Export-Clixml, ConvertTo-Json and Format-List * do as well"
                )
            ]
        case .activationObjects:
            [
                .command(
                    "Windows",
                    "ldifde -f activation-objects.ldf -d \"CN=Activation Objects,CN=Microsoft SPP,CN=Services,CN=Configuration,"
                        + "DC=example,DC=com\" -r \"(objectClass=msSPP-ActivationObject)\"")
            ]
        case .slmgr:
            [
                .command(
                    "Windows", "cscript //nologo %windir%\\System32\\slmgr.vbs /dlv all > pc-0001.txt",
                    note:
                        "the file's name tells the computer, else --computer NAME; a folder is read file by file; of a KMS "
                        + "host it gives the state of the host, too"),
                .command(
                    "Checkmk", "cmk -d pc-0001 > pc-0001.txt",
                    note: "the output of the agent of Windows, whose section win_license is read"),
            ]
        case .ospp:
            [
                .command(
                    "Office", "cscript //nologo ospp.vbs /dstatus > pc-0001.txt",
                    note: "in the folder of Office; the file's name tells the computer, else --computer NAME")
            ]
        case .cimList:
            [
                .command(
                    "Windows",
                    "wmic /node:@names.txt path SoftwareLicensingProduct where \"PartialProductKey is not null\" get /format:list "
                        + "> products.txt")
            ]
        case .cimCSV:
            [.command("PowerShell", "\(Commands.licensedProducts) | Export-Csv products.csv \(Commands.utf8)")]
        case .cimJSON:
            [
                .command(
                    "PowerShell",
                    "\(Commands.licensedProducts) | ConvertTo-Json | Out-File products.json -Encoding UTF8")
            ]
        case .cimCLIXML: [.command("PowerShell", "\(Commands.licensedProducts) | Export-Clixml products.clixml")]
        case .ansibleJSON:
            [.command("Ansible", "ansible windows -m community.windows.win_product_facts --tree facts/")]
        }
    }

    /// Parts that several commands share.
    private enum Commands {
        static let utf8 = "-NoTypeInformation -Encoding UTF8"
        static let computerFilter = "(objectCategory=computer)"
        static let licensedProducts =
            "Get-CimInstance SoftwareLicensingProduct -ComputerName $names -Filter 'PartialProductKey IS NOT NULL'"

        static let groupAttributes = DirectoryEntryReader.groupAttributes.joined(separator: ",")
        static let adGroups =
            "Get-ADGroup -Filter * -Properties Member,MemberOf,whenChanged | Select-Object DistinguishedName,ObjectGUID,"
            + "ObjectClass,@{n='whenChanged';e={$_.whenChanged.ToUniversalTime().ToString('u')}},"
            + "@{n='Member';e={$_.Member -join ';'}},@{n='MemberOf';e={$_.MemberOf -join ';'}}"

        static func attributes(_ separator: String) -> String {
            DirectoryEntryReader.attributes.joined(separator: separator)
        }
    }
}

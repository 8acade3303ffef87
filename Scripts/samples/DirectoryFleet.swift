/// A small fleet that every format of device lists tells: the same accounts, as far as the format can say them.
///
/// Whoever adds a format adds one function that writes `accounts`, and a line in `write`.
struct DirectoryFleet {
    struct Account {
        var name: String
        /// The container below the root, as a distinguished name writes it.
        var container: String
        var system: String?
        var version: String?
        var servicePack: String?
        var flags = 4096
        var primaryGroup = 515
        var logon: Int?
        var password: Int?
        /// `YYYYMMDDHHMMSS`
        var created = "20190304083000"
        var location: String?
        var note: String?
        var groups: [String] = []
        var principals: [String] = []
        var suffix = DirectoryFleet.domain
        /// A class behind `computer`; nil for plain computers.
        var special: String?
        var category = "Computer"

        var distinguishedName: String { "CN=\(name),\(container),\(DirectoryFleet.root)" }
        var isEnabled: Bool { flags & 2 == 0 }
        var dnsName: String? { special == nil ? "\(name.lowercased()).\(suffix)" : nil }

        /// The account's number in its SID.
        var number: Int {
            var seed = Seed("directory number " + name)
            return 1_100 + seed.below(60_000)
        }
        var guid: String {
            var seed = Seed("directory " + name)
            return seed.guid()
        }
        var guidOctets: [UInt8] {
            let digits = Array(guid.utf8.filter { $0 != 0x2D })
            func value(_ byte: UInt8) -> UInt8 { byte < 0x3A ? byte - 0x30 : byte - 0x57 }
            let octets = stride(from: 0, to: 32, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
            return [3, 2, 1, 0, 5, 4, 7, 6].map { octets[$0] } + octets[8...]
        }
        var sid: String { "S-1-5-21-\(DirectoryFleet.domainParts.map(String.init).joined(separator: "-"))-\(number)" }
        var sidOctets: [UInt8] {
            var octets: [UInt8] = [1, 5, 0, 0, 0, 0, 0, 5]
            for part in [21] + DirectoryFleet.domainParts + [number] {
                for shift in stride(from: 0, to: 32, by: 8) { octets.append(UInt8(truncatingIfNeeded: part >> shift)) }
            }
            return octets
        }
    }

    static let domain = "corp.fabrikam.example"
    static let root = "DC=corp,DC=fabrikam,DC=example"
    static let domainParts = [1_806_334_771, 2_718_281_828, 577_215_664]

    /// FILETIME of midnight UTC on a day of January 2026, the 1st for 0.
    static func january(_ day: Int) -> Int { 134_116_992_000_000_000 + day * 864_000_000_000 }

    static let accounts: [Account] = [
        Account(
            name: "BER-PC-001", container: "OU=Clients,OU=Berlin", system: "Windows 10 Enterprise",
            version: "10.0 (19045)", logon: january(11), password: january(3), location: "Berlin",
            groups: ["CN=ESU-Pilot,OU=Groups,\(root)"],
            principals: ["HOST/BER-PC-001", "HOST/ber-pc-001.\(domain)"]),
        Account(
            name: "BER-PC-002", container: "OU=Clients,OU=Berlin", system: "Windows 7 Professional",
            version: "6.1 (7601)", servicePack: "Service Pack 1", logon: january(12), password: january(9),
            location: "Berlin", note: "Till, \"front\" desk", groups: ["CN=ESU-Pilot,OU=Groups,\(root)"]),
        Account(
            name: "MUC-PC-001", container: "OU=München", system: "Windows 10 Pro N", version: "10.0 (19045)",
            logon: january(10), password: january(2), location: "München, Süd"),
        Account(
            name: "MUC-SRV-01", container: "OU=Server\\, alt,OU=München", system: "Windows Server® 2008 Standard",
            version: "6.0 (6003)", servicePack: "Service Pack 2", logon: january(13), password: january(1),
            location: "München", groups: ["CN=ESU-Server,OU=Groups,\(root)", "CN=Büro,OU=Groups,\(root)"]),
        Account(
            name: "PAR-PC-001", container: "OU=Paris", system: "Windows 7 Professionnel", version: "6.1 (7601)",
            servicePack: "Service Pack 1", logon: january(8), password: january(8)),
        Account(
            name: "SRV-012", container: "OU=Servers", system: "Windows Server 2012 R2 Datacenter Evaluation",
            version: "6.3 (9600)", logon: january(13), password: january(6)),
        Account(
            name: "DC-01", container: "OU=Domain Controllers", system: "Windows Server 2019 Standard",
            version: "10.0 (17763)", flags: 532_480, primaryGroup: 516, logon: january(13), password: january(5)),
        Account(
            name: "OLD-PC-001", container: "OU=Clients,OU=Berlin", system: "Windows 7 Enterprise",
            version: "6.1 (7601)",
            servicePack: "Service Pack 1", flags: 4098, logon: january(-900), password: january(-910)),
        Account(
            name: "LAB-PC-001", container: "OU=Lab", system: "Windows 10 Enterprise LTSC", version: "10.0 (17763)",
            logon: january(9), password: january(4), suffix: "lab.fabrikam.example"),
        Account(name: "STAGED-01", container: "CN=Computers", flags: 4128, logon: nil, password: nil),
        Account(
            name: "NAS-01", container: "OU=Servers", system: "Samba", version: "4.17.12", logon: january(12),
            password: january(7)),
        Account(
            name: "CLU-01", container: "OU=Servers", system: "Windows Server 2012 R2 Standard", version: "6.3 (9600)",
            logon: january(12), password: january(7), principals: ["MSClusterVirtualServer/CLU-01", "HOST/CLU-01"]),
        Account(
            name: "svc-backup", container: "CN=Managed Service Accounts", logon: january(12), password: january(7),
            special: "msDS-GroupManagedServiceAccount", category: "ms-DS-Group-Managed-Service-Account"),
    ]

    static func write(_ directory: String) {
        writeTable(directory)
        writeLDIF(directory)
        writeTables(directory)
        writeObjects(directory)
        writeLists(directory)
    }

    static func file(_ directory: String, _ name: String, _ bytes: [UInt8]) {
        let file = Output(directory, name)
        file.put(bytes)
        file.close()
    }

    /// `Get-ADComputer … | Export-Csv -Encoding UTF8` of Windows PowerShell, with the exact times.
    private static func writeTable(_ directory: String) {
        func row(_ cells: [String?]) -> String {
            cells.map { cell in cell.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? "" }
                .joined(separator: ",") + "\r\n"
        }
        var text =
            "\u{FEFF}#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\n"
            + row([
                "DistinguishedName", "DNSHostName", "Name", "ObjectClass", "ObjectGUID", "SamAccountName", "SID",
                "OperatingSystem", "OperatingSystemVersion", "OperatingSystemServicePack", "userAccountControl",
                "primaryGroupID", "lastLogonTimestamp", "pwdLastSet", "whenCreated", "Location", "Description",
                "MemberOf", "ServicePrincipalNames",
            ])
        for account in accounts {
            text += row([
                account.distinguishedName, account.dnsName, account.name, account.special ?? "computer", account.guid,
                account.name + "$", account.sid, account.system, account.version, account.servicePack,
                "\(account.flags)", "\(account.primaryGroup)", account.logon.map { "\($0)" },
                account.password.map { "\($0)" } ?? "0", account.created + ".0Z", account.location, account.note,
                account.groups.joined(separator: ";"), account.principals.joined(separator: ";"),
            ])
        }
        file(directory, "get-adcomputer.csv", Array(text.utf8))
    }
}

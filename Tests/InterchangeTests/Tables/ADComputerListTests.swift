import ActivationModel
import Testing

@testable import Interchange

@Suite("Lists of computer accounts")
struct ADComputerListTests {
    static let full = """
        "DistinguishedName","DNSHostName","Enabled","Name","ObjectClass","ObjectGUID","SamAccountName","SID",\
        "OperatingSystem","OperatingSystemVersion","OperatingSystemServicePack","lastLogonTimestamp","LastLogonDate",\
        "Location","Description","MemberOf","ServicePrincipalNames","userAccountControl"
        "CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com","pc-1.corp.example.com","True","PC-1","computer",\
        "a5963b5b-ef8d-4dce-9364-595bb15139d2","PC-1$","S-1-5-21-1-2-3-1104","Windows 7 Professional","6.1 (7601)",\
        "Service Pack 1","132537600000000000","12/29/2020 5:00:00 PM",,"Line 1
        Line 2","CN=A,DC=corp,DC=example,DC=com;CN=B,DC=corp,DC=example,DC=com","HOST/PC-1;HOST/pc-1.corp.example.com","4098"

        """

    @Test("Every column that is of use is read")
    func everything() throws {
        let result = ReadResult(ADComputerListTests.full)
        #expect(result.error == nil)
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        let account = try #require(result.accounts.first)
        #expect(account.dnsHostName == "pc-1.corp.example.com")
        #expect(account.samAccountName == "PC-1")
        #expect(account.name == "PC-1")
        #expect(account.distinguishedName == "CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com")
        #expect(account.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
        #expect(account.sid == "S-1-5-21-1-2-3-1104")
        #expect(account.operatingSystem == "Windows 7 Professional")
        #expect(account.operatingSystemVersion == "6.1 (7601)")
        #expect(account.operatingSystemServicePack == "Service Pack 1")
        #expect(account.enabled == true)
        #expect(account.accountControl == 4098)
        #expect(account.lastLogon?.description == "2020-12-30T00:00:00Z")
        #expect(account.location == nil)
        #expect(account.description == "Line 1\nLine 2")
        #expect(account.memberOf == ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"])
        #expect(account.servicePrincipalNames?.count == 2)
        #expect(account.domain == nil)
        #expect(account.deleted == false)
    }

    @Test("The same list in every encoding gives the same accounts, cut at every byte")
    func encodings() {
        let text = ADComputerListTests.full
        let expected = ReadResult(text).records
        let ansi = text.unicodeScalars.map { UInt8($0.value) }
        let files: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false),
            [0xFE, 0xFF] + text.utf16Bytes(bigEndian: true), text.utf16Bytes(bigEndian: false), ansi,
            Array(("#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\n" + text).utf8),
        ]
        for (number, file) in files.enumerated() {
            let whole = ReadResult(file)
            #expect(whole.records.map(\.record) == expected.map(\.record), "file \(number)")
            for cuts in [[1], [2, 3], [5], [300, 1]] {
                #expect(ReadResult(file, cuts: cuts) == whole, "file \(number), cuts \(cuts)")
            }
        }
        #expect(ReadResult(ansi).codes == ["text.encoding.assumed"])
    }

    @Test(
        "Headers that scripts commonly write are recognised",
        arguments: [
            "ComputerName;OS;OSVersion\npc-1.corp.example.com;Windows 7 Professional;6.1 (7601)\n",
            "CN\tdNSHostName\toperatingSystem\toperatingSystemVersion\nPC-1\tpc-1.corp.example.com\tWindows 7 Professional\t6.1 (7601)\n",
            "Name,DNS Host Name,Operating System,Operating_System_Version\nPC-1,pc-1.corp.example.com,Windows 7 Professional,6.1 (7601)\n",
            "SAMACCOUNTNAME,FQDN,OPERATINGSYSTEM,OPERATINGSYSTEMVERSION\nCORP\\PC-1$,PC-1.corp.example.com.,Windows 7 Professional,6.1 (7601)\n",
        ])
    func headers(_ text: String) throws {
        let result = ReadResult(text)
        let account = try #require(result.accounts.first, "\(result)")
        #expect(account.dnsHostName == "pc-1.corp.example.com")
        #expect(account.operatingSystem == "Windows 7 Professional")
        #expect(account.operatingSystemVersion == "6.1 (7601)")
        #expect(result.codes.isEmpty)
    }

    @Test("Headers that the user maps are read, and a column that does not exist is an error")
    func mapped() throws {
        let text = "Rechner,System,sAMAccountName\npc-1.corp.example.com,Windows 7 Professional,PC-1$\n"
        let result = ReadResult(text, options: ReadOptions(columnMap: ["rechner": "dnsHostName", "System": "OS"]))
        #expect(result.accounts.first?.operatingSystem == "Windows 7 Professional")
        #expect(result.accounts.first?.dnsHostName == "pc-1.corp.example.com")
        let wrong = ReadResult(text, options: ReadOptions(format: .adCSV, columnMap: ["System": "banana"]))
        #expect(wrong.error?.code == "table.column.unknown")
    }

    @Test("A NetBIOS domain is kept, a DNS domain is left to the distinguished name")
    func domains() {
        let result = ReadResult("Name,Domain,OS,OSVersion\nPC-1,CORP,Windows,y\nPC-2,corp.example.com,Windows,y\n")
        #expect(result.accounts.map(\.domain) == ["CORP", nil])
        #expect(ReadResult("SamAccountName,OS,OSVersion\nCORP\\PC-1$,Windows,y\n").accounts.first?.domain == "CORP")
    }

    struct Unwanted: CustomTestStringConvertible {
        var code: String
        var row: String
        var isRejected = false
        var testDescription: String { row }
    }

    @Test(
        "Accounts that are no machines are skipped or rejected with their reason",
        arguments: [
            Unwanted(code: "directory.account.class", row: "gmsa1$,,msDS-GroupManagedServiceAccount,,Windows"),
            Unwanted(code: "directory.account.class", row: "PC-1$,,top;person;organizationalPerson;user,,Windows"),
            Unwanted(
                code: "directory.account.class",
                row: "svc$,\"CN=svc,CN=Managed Service Accounts,DC=a\",computer,,Windows"),
            Unwanted(
                code: "directory.account.cluster", row: "CL1$,,computer,HOST/CL1;MSClusterVirtualServer/CL1,Windows"),
            Unwanted(code: "directory.account.cluster", row: "CL1$,,computer,MSServerCluster/CL1|HOST/CL1,Windows"),
            Unwanted(
                code: "directory.account.conflict",
                row: "PC-1$,\"CN=PC-1\\0ACNF:a5963b5b-ef8d-4dce-9364-595bb15139d2,OU=x,DC=a\",computer,,Windows"),
            Unwanted(
                code: "directory.account.deleted",
                row:
                    "PC-1$,\"CN=PC-1\\0ADEL:a5963b5b-ef8d-4dce-9364-595bb15139d2,CN=Deleted Objects,DC=a\",computer,,Windows"
            ),
            Unwanted(code: "directory.account.name", row: ",,computer,,Windows", isRejected: true),
            Unwanted(code: "directory.account.name", row: "M?ller-PC$,,computer,,Windows", isRejected: true),
            Unwanted(code: "directory.account.name", row: "two words,,computer,,Windows", isRejected: true),
        ])
    func unwanted(_ example: Unwanted) {
        let header = "SamAccountName,DistinguishedName,ObjectClass,ServicePrincipalNames,OperatingSystem"
        let result = ReadResult("\(header),OSVersion\n\(example.row),y\nPC-9$,,computer,,Windows,y\n")
        #expect(result.accounts.map(\.samAccountName) == ["PC-9"])
        #expect(result.codes == [example.code])
        #expect((result.skipped, result.rejected) == (example.isRejected ? (0, 1) : (1, 0)))
        #expect(result.diagnostics.first?.line == 2)
    }

    @Test("A deleted account that its GUID tells apart is kept and marked")
    func deleted() throws {
        let result = ReadResult(
            "Name,ObjectGUID,Deleted,OS,OSVersion\n\"PC-1\nDEL:a5963b5b-ef8d-4dce-9364-595bb15139d2\","
                + "{A5963B5BEF8D4DCE9364595BB15139D2},True,Windows,y\n")
        let account = try #require(result.accounts.first)
        #expect(account.deleted == true)
        #expect(account.name == "PC-1")
        #expect(account.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
    }

    @Test("Whether an account is enabled comes from Enabled, else from userAccountControl")
    func enabled() {
        let result = ReadResult(
            "Name,Enabled,userAccountControl,OS,OSVersion\na,True,4098,Windows,\nb,,4098,,\nc,,4096,,\nd,,,,\ne,maybe,,,\n"
        )
        #expect(result.accounts.map(\.enabled) == [true, false, true, nil, nil])
        #expect(result.codes == ["directory.flag.invalid", "directory.os.unknown"])
    }

    @Test("A list without operating systems names the missing column and the command that adds it")
    func noOperatingSystem() throws {
        let result = ReadResult("Name,DNSHostName,SID\nPC-1,pc-1.corp.example.com,S-1-5-21-1\n")
        let finding = try #require(result.diagnostic("directory.os.missing"))
        #expect(finding.message.contains("operatingSystem and no column operatingSystemVersion"))
        #expect(finding.remedy.contains("Get-ADComputer -Filter * -Properties OperatingSystem,OperatingSystemVersion"))
        #expect(result.accounts.count == 1)
    }

    @Test("A list of exactly 100 or 1,000 rows may have been cut", arguments: [99, 100, 101, 999, 1000, 1001])
    func cut(_ count: Int) {
        let rows = (0..<count).map { "pc-\($0),Windows,y\n" }.joined()
        let result = ReadResult("Name,OS,OSVersion\n" + rows)
        #expect(result.accounts.count == count)
        #expect((result.diagnostic("directory.list.cut") != nil) == (count == 100 || count == 1000))
    }

    @Test("The description of a cluster's name tells it where there are no service principal names")
    func clusterByDescription() {
        let result = ReadResult(
            "Name,OS,OSVersion,Description\nCL-1,Windows,y,Failover cluster virtual network name account\n"
                + "PC-1,Windows,y,Failover cluster test machine\n")
        #expect(result.accounts.map(\.name) == ["PC-1"])
        #expect(result.codes == ["directory.account.cluster"])
    }

    @Test("The commands that make lists of accounts ask for all that planning needs, and are those of the messages")
    func commands() throws {
        for (format, export) in [(FileFormat.adCSV, DirectoryExport.csv), (.adJSON, .json), (.clixml, .clixml)] {
            let command = try #require(format.origins.first?.command)
            #expect(command == export.command)
            for part in [
                "{$_.MemberOf -join ';'}", "{$_.ServicePrincipalNames -join ';'}", "userAccountControl", "pwdLastSet",
                "whenCreated", "lastLogonTimestamp", "OperatingSystemServicePack", "ObjectGUID",
            ] {
                #expect(command.contains(part), "\(part)")
            }
        }
    }

    @Test("What the export lost is said once")
    func lost() {
        let result = ReadResult(
            "Name,OperatingSystem,OSVersion,MemberOf\na,Windows Server? 2008 Standard,6.0 (6002),"
                + "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\nb,Windows Server? 2008,6.0 (6002),"
                + "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\n")
        #expect(result.accounts.map(\.operatingSystem) == ["Windows Server? 2008 Standard", "Windows Server? 2008"])
        #expect(result.accounts.map(\.memberOf) == [nil, nil])
        #expect(result.diagnostic("directory.text.lost")?.count == 2)
        #expect(result.diagnostic("directory.values.lost")?.count == 2)
    }

    @Test("Joined exports repeat the header; the repetition is no account")
    func joined() {
        let part = "Name,OS,OSVersion\n"
        let result = ReadResult(part + "a,Windows,y\n" + part + "b,Windows,y\n")
        #expect(result.accounts.count == 2)
        #expect(result.codes == ["csv.header.repeated"])
    }
}

@Suite("The order of day and month")
struct DateOrderTests {
    static func list(_ rows: [String]) -> String {
        "Name,OS,OSVersion,LastLogonDate,PasswordLastSet\n"
            + rows.enumerated().map { "pc-\($0.offset),Windows,y,\($0.element)\n" }.joined()
    }

    @Test("A later row of the column decides for the earlier ones, and the order of the file is kept")
    func decidedLater() {
        let result = ReadResult(
            DateOrderTests.list(["03/04/2021,", "05/06/2021,", "22/10/2020,", "01/02/2021,"]), cuts: [7])
        #expect(
            result.accounts.map { $0.lastLogon?.day.description } == [
                "2021-04-03", "2021-06-05", "2020-10-22", "2021-02-01",
            ])
        #expect(result.records.map(\.line) == [2, 3, 4, 5])
        #expect(result.codes.isEmpty)
    }

    @Test("A column that shows nothing follows the others of the file, with a note")
    func borrowed() {
        let result = ReadResult(DateOrderTests.list(["03/04/2021,", "05/06/2021,10/22/2020"]))
        #expect(result.accounts.map { $0.lastLogon?.day.description } == ["2021-03-04", "2021-05-06"])
        #expect(result.codes == ["date.order.borrowed"])
    }

    @Test("When nothing shows it, the values are unknown and the option is named")
    func undecided() throws {
        let text = DateOrderTests.list(["03/04/2021,", "05/05/2021,"])
        let result = ReadResult(text)
        #expect(result.accounts.map { $0.lastLogon?.day.description } == [nil, "2021-05-05"])
        let finding = try #require(result.diagnostic("date.order.unknown"))
        #expect(finding.line == 2)
        #expect(finding.remedy.contains("--date-order dmy or --date-order mdy"))
        for (order, day) in [(DateOrder.dmy, "2021-04-03"), (.mdy, "2021-03-04")] {
            let given = ReadResult(text, options: ReadOptions(dateOrder: order))
            #expect(given.accounts.first?.lastLogon?.day.description == day)
            #expect(given.codes.isEmpty)
        }
    }

    @Test("A cell in another order than its column is unknown")
    func mixed() {
        let result = ReadResult(DateOrderTests.list(["22/10/2020,", "10/23/2020,"]))
        #expect(result.accounts.map { $0.lastLogon?.day.description } == ["2020-10-22", nil])
        #expect(result.codes == ["date.order.mixed"])
    }

    @Test("FILETIME values need no order and win over local ones")
    func fileTime() {
        let result = ReadResult(
            "Name,OS,OSVersion,LastLogonDate,lastLogonTimestamp\na,Windows,y,03/04/2021,132537600000000000\nb,Windows,y,,0\n"
        )
        #expect(result.accounts.map { $0.lastLogon?.description } == ["2020-12-30T00:00:00Z", nil])
        #expect(result.codes.isEmpty)
    }

    @Test("Dates beside a FILETIME show the order for the other columns of the file")
    func besideFileTime() {
        let header = "Name,OS,OSVersion,whenCreated,lastLogonTimestamp,LastLogonDate,pwdLastSet,PasswordLastSet\n"
        let row = "pc,Windows,y,3/4/2019 8:30:00 AM,132537600000000000,1/2/2021 8:11:12 AM,132537600000000000,"
        let result = ReadResult(header + row + "12/24/2020 8:11:12 AM\n")
        #expect(result.accounts.first?.created?.day.description == "2019-03-04")
        #expect(result.accounts.first?.lastLogon?.description == "2020-12-30T00:00:00Z")
        #expect(result.codes == ["date.order.borrowed"])
        // Nothing waits for a date that a FILETIME makes needless.
        let filled = ReadResult(header + row.replacing("3/4/2019", with: "2019-03-04") + "1/2/2020 8:11:12 AM\n")
        #expect(filled.codes.isEmpty)
    }

    @Test("Objects and lists of attributes say that the order is unknown, and obey the one that is given")
    func withoutColumns() throws {
        let lists = [
            "distinguishedName: CN=PC-1,DC=a\nwhenCreated: 3/4/2019 8:30:00 AM\noperatingSystem: Windows 10 Pro\n",
            "[{\"DNSHostName\": \"pc-1.a\", \"whenCreated\": \"3/4/2019 8:30:00 AM\", \"OperatingSystem\": \"Windows 10 Pro\"}]",
        ]
        for text in lists {
            let result = ReadResult(text)
            #expect(result.codes == ["date.order.unknown"])
            let finding = try #require(result.diagnostics.first)
            #expect(finding.remedy.contains("--date-order dmy or --date-order mdy"))
            #expect(finding.message.contains("whenCreated"))
            let given = ReadResult(text, options: ReadOptions(dateOrder: .dmy))
            #expect(given.accounts.first?.created?.day.description == "2019-04-03")
        }
    }

    @Test("Rows that wait cost bounded memory: beyond the limit the order is given up")
    func bounded() {
        let rows = [String](repeating: "03/04/2021,", count: 1000) + ["22/10/2020,"]
        let options = ReadOptions(limits: TextLimits(heldBytes: 2000))
        let result = ReadResult(DateOrderTests.list(rows), options: options)
        #expect(result.accounts.count == 1001)
        #expect(result.accounts.first?.lastLogon == nil)
        #expect(result.accounts.last?.lastLogon?.day.description == "2020-10-22")
        #expect(result.codes == ["date.order.unknown"])
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("Output of dsquery")
struct DSQueryTests {
    static let names = """
        "CN=PC-1,OU=Berlin\\, Mitte,DC=corp,DC=example,DC=com"
        "CN=PC-2,OU=München,DC=corp,DC=example,DC=com"

        """

    @Test("Quoted distinguished names give name, container and domain")
    func distinguishedNames() {
        let result = ReadResult(DSQueryTests.names)
        #expect(result.error == nil)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2"])
        #expect(
            result.accounts.map(\.distinguishedName) == [
                "CN=PC-1,OU=Berlin\\, Mitte,DC=corp,DC=example,DC=com", "CN=PC-2,OU=München,DC=corp,DC=example,DC=com",
            ])
        #expect(result.records.map(\.line) == [1, 2])
    }

    static let otherForms: [(String, String?, String?)] = [
        ("CN=PC-1,OU=Berlin,DC=corp,DC=example\n", "PC-1", nil), ("\"PC-1$\"\n\"PC-2$\"\n", nil, "PC-1"),
        ("\"PC-1\"\n\"PC-2\"\n", "PC-1", nil),
    ]

    @Test(
        "Distinguished names without quotes, account names of -o samid and names of -o rdn are read",
        arguments: otherForms)
    func otherNames(_ text: String, _ name: String?, _ account: String?) throws {
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .dsquery)
        let first = try #require(ReadResult(text).accounts.first)
        #expect(first.name == name)
        #expect(first.samAccountName == account)
    }

    static let columns = """
          name    dNSHostName              operatingSystem           operatingSystemVersion    lastLogonTimestamp    memberOf
          PC-1    pc-1.corp.example.com    Windows 7 Professional    6.1 (7601)                132537600000000000    CN=A,DC=x;CN=B\\;C,DC=x
          BÜRO    büro.corp.example.com    Windows 10 Enterprise     10.0 (19045)              0
          PC-3

        """

    @Test("Columns are cut where the attributes begin, and several values stand in one cell")
    func columnForm() throws {
        let result = ReadResult(DSQueryTests.columns)
        #expect(result.error == nil)
        #expect(result.accounts.map(\.name) == ["PC-1", "BÜRO", "PC-3"])
        let first = try #require(result.accounts.first)
        #expect(first.dnsHostName == "pc-1.corp.example.com")
        #expect(first.operatingSystem == "Windows 7 Professional")
        #expect(first.operatingSystemVersion == "6.1 (7601)")
        #expect(first.lastLogon?.description == "2020-12-30T00:00:00Z")
        #expect(first.memberOf == ["CN=A,DC=x", "CN=B\\;C,DC=x"])
        #expect(result.accounts[1].operatingSystem == "Windows 10 Enterprise")
        #expect(result.accounts[1].lastLogon == nil)
        #expect(result.accounts[2].operatingSystem == nil)
    }

    @Test("A line whose values cross the borders of the columns is rejected, and the others are taken")
    func crossing() {
        let text = DSQueryTests.columns + "  This value has a second line, which begins anywhere\n"
        let result = ReadResult(text)
        #expect(result.accounts.count == 3)
        #expect(result.rejected == 1)
        #expect(result.diagnostic("dsquery.columns")?.line == 5)
    }

    @Test("Local dates of a column are read in the order that the column shows")
    func localDates() {
        let text = """
              name    whenCreated            operatingSystem    operatingSystemVersion
              PC-1    03/04/2020 10:00:00    Windows 7          6.1 (7601)
              PC-2    22/10/2018 11:02:08    Windows 7          6.1 (7601)

            """
        #expect(
            ReadResult(text).accounts.map { $0.created?.description } == [
                "2020-04-03T10:00:00Z", "2018-10-22T11:02:08Z",
            ])
    }

    static let attributes = """
        objectClass: top
        objectClass: computer
        cn: PC-1
        distinguishedName: CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com
        dNSHostName: pc-1.corp.example.com
        memberOf: CN=A,DC=corp,DC=example,DC=com
        memberOf: CN=B,DC=corp,DC=example,DC=com
        objectGUID: {A5963B5B-EF8D-4DCE-9364-595BB15139D2}
        operatingSystem: Windows 7 Professional
        operatingSystemVersion: 6.1 (7601)
        whenCreated: 03/04/2020 10:00:00
        objectClass: top
        objectClass: computer
        cn: PC-2
        dNSHostName: pc-2.corp.example.com

        """

    @Test("Attributes one below the other make accounts, which the return of the first attribute divides")
    func attributeForm() throws {
        let result = ReadResult(DSQueryTests.attributes)
        #expect(result.error == nil)
        #expect(result.records.map(\.line) == [1, 12])
        #expect(result.accounts.map(\.dnsHostName) == ["pc-1.corp.example.com", "pc-2.corp.example.com"])
        let first = try #require(result.accounts.first)
        #expect(first.memberOf == ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"])
        #expect(first.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
        #expect(first.operatingSystem == "Windows 7 Professional")
        #expect(first.created == nil)
        #expect(result.codes.contains("date.order.unknown"))
    }

    @Test("A local date among attributes is read in the order that the user names")
    func namedOrder() {
        let american = ReadResult(DSQueryTests.attributes, options: ReadOptions(dateOrder: .mdy))
        #expect(american.accounts.first?.created?.description == "2020-03-04T10:00:00Z")
        #expect(!american.codes.contains("date.unreadable"))
    }

    @Test("A blank line ends an account, and a single-valued first attribute begins one each time")
    func blocks() {
        let divided = "name: PC-1\noperatingSystem: Windows 7\n\nname: PC-2\noperatingSystem: Windows 7\n"
        #expect(ReadResult(divided).accounts.map(\.name) == ["PC-1", "PC-2"])
        let single = "dNSHostName: pc-1.example.com\ndNSHostName: pc-2.example.com\n"
        #expect(ReadResult(single).accounts.map(\.dnsHostName) == ["pc-1.example.com", "pc-2.example.com"])
    }

    @Test("A list of exactly 100 lines may have been cut, one of 101 was not")
    func limit() {
        func list(_ count: Int) -> String { (1...count).map { "\"CN=PC-\($0),DC=corp,DC=example\"\n" }.joined() }
        let cut = ReadResult(list(100)).diagnostic("directory.list.cut")
        #expect(cut?.message.contains("100") == true)
        #expect(cut?.remedy.contains("-limit 0") == true)
        #expect(ReadResult(list(101)).diagnostic("directory.list.cut") == nil)
        #expect(ReadResult(list(99)).diagnostic("directory.list.cut") == nil)
    }

    @Test("What dsquery says about the list itself is no row")
    func remarks() {
        let failed = ReadResult(DSQueryTests.names + "dsquery failed:The server is not operational.\n")
        #expect(failed.accounts.count == 2)
        #expect(failed.rejected == 0)
        #expect(failed.diagnostic("directory.list.incomplete")?.line == 3)
        let limited = ReadResult(
            DSQueryTests.names + "Dsquery has reached the specified limit on number of results to display; use a "
                + "different value for the -limit option to display more results.\n")
        #expect(limited.diagnostic("directory.list.cut")?.line == 3)
        #expect(ReadResult(DSQueryTests.names + "dsquery succeeded\n").rejected == 0)
    }

    @Test(
        "Errors of dsquery in any language make the list incomplete, with a remedy that fits",
        arguments: [
            "dsquery failed:A referral was returned from the server.\ntype dsquery /? for help.\n",
            "Fehler bei dsquery:Es wurde eine Referenz vom Server zurückgegeben.\n",
        ])
    func errors(_ message: String) throws {
        let plain = ReadResult(DSQueryTests.names)
        let result = ReadResult(DSQueryTests.names + message)
        #expect(result.accounts == plain.accounts)
        #expect(result.rejected == 0)
        let finding = try #require(result.diagnostic("directory.list.incomplete"))
        #expect(finding.remedy.contains("-d DOMAIN"))
        #expect(result.diagnostics.filter { $0.code == "directory.list.incomplete" }.count == 1)
    }

    @Test("Distinguished names as Out-File writes them are read, and those that were cut keep the computer's name")
    func outFile() throws {
        let text = """

            DistinguishedName                                   
            -----------------                                   
            CN=PC-1,OU=Clients,DC=emea,DC=contoso,DC=com        
            CN=PC-2,OU=Clients,OU=Berlin,DC=emea,DC=con...
            CN=PC-3,OU=Clients,OU=Berlin,DC=emea,DC=conto…


            """
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .dsquery)
        let result = ReadResult(text)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2", "PC-3"])
        #expect(
            result.accounts.map(\.distinguishedName) == ["CN=PC-1,OU=Clients,DC=emea,DC=contoso,DC=com", nil, nil])
        let finding = try #require(result.diagnostic("dsquery.line.cut"))
        #expect(finding.count == 2)
        #expect(finding.remedy.contains("-ExpandProperty DistinguishedName"))
        #expect(result.rejected == 0)
        #expect(ReadResult(text, cuts: [1]) == result)
    }

    @Test("A line that is no name is rejected with its number")
    func wrongLine() {
        let result = ReadResult(DSQueryTests.names + "\"CN=PC-3,\"\n\"10.1.2.3\"\n")
        #expect(result.accounts.count == 2)
        #expect(result.rejected == 2)
        #expect(result.diagnostics.filter { $0.code == "dsquery.line" }.map(\.line) == [3, 4])
    }

    @Test("Every form gives the same accounts however it is cut and encoded", arguments: [names, columns, attributes])
    func cuts(_ text: String) {
        let expected = ReadResult(text)
        #expect(!expected.records.isEmpty)
        let wide = [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false)
        let windows = text.replacing("\n", with: "\r\n")
        for cuts in [[1], [2, 3], [7], [300, 1]] {
            #expect(ReadResult(text, cuts: cuts) == expected, "\(cuts)")
            #expect(ReadResult(wide, cuts: cuts) == expected, "\(cuts)")
            #expect(ReadResult(windows, cuts: cuts) == expected, "\(cuts)")
        }
    }

    @Test("A label of a licensing capture and a table with quotes are no output of dsquery")
    func others() {
        for text in [
            "Name: Windows(R) 7, Enterprise edition\nPartial Product Key: HVTHH\n", "\"Name\",\"OS\"\n\"PC-1\",\"x\"\n",
            "Description: x\nlocation: y\n", "  name,os\n",
        ] {
            let fits = DSQueryForm.fits(Array(text.utf8).span)
            #expect(!fits, "\(text)")
        }
    }
}

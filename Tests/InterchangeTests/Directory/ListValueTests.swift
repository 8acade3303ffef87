import ActivationModel
import Testing

@testable import Interchange

@Suite("Values of lists as tools and people leave them")
struct ListValueTests {
    static let header = "Name,OperatingSystem,OperatingSystemVersion,"
    static let start = "PC-1,Windows 10 Pro,10.0 (19045),"

    static func account(_ column: String, _ value: String, readOn: Timestamp? = nil) -> ReadResult {
        let quoted = value.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return ReadResult("\(header)\(column)\n\(start)\"\(quoted)\"\n", readOn: readOn)
    }

    // MARK: - Names of types

    @Test(
        "The name of a .NET type is no value of any attribute",
        arguments: [
            "System.String[]", "System.Object[]", "System.DirectoryServices.ResultPropertyValueCollection",
            "System.Collections.Generic.List`1[System.String]", "System.__ComObject",
            "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
        ])
    func typeNames(_ text: String) throws {
        for column in ["dNSHostName", "sAMAccountName", "description", "location", "memberOf", "lastLogonTimestamp"] {
            let result = ListValueTests.account(column, text)
            let record = try #require(result.accounts.first)
            #expect(record.dnsHostName == nil && record.samAccountName == nil, "\(column)")
            #expect(record.description == nil && record.location == nil && record.memberOf == nil, "\(column)")
            guard column != "lastLogonTimestamp" else { continue }
            let finding = try #require(result.diagnostic("directory.values.lost"), "\(column)")
            #expect(finding.message.contains(column))
            #expect(finding.remedy.contains("{$_.\(column) -join ';'}} -ExcludeProperty \(column)"))
        }
    }

    @Test(
        "A computer may be called like the beginning of a type",
        arguments: ["System", "System.corp.example.com", "SYSTEM-PC", "Microsoft.example.com"])
    func systemAsName(_ name: String) {
        let result = ListValueTests.account("dNSHostName", name)
        #expect(result.codes.isEmpty)
        #expect(result.accounts.first?.dnsHostName != nil)
    }

    @Test("ConfigMgr's arrays that PowerShell did not write are no DNS names")
    func resourceNames() {
        let result = ReadResult(
            """
            "Name","ResourceNames","OperatingSystemNameandVersion","Build","ResourceId"
            "PC-1","System.String[]","Microsoft Windows NT Workstation 10.0","10.0.19045","1"
            "PC-2","System.String[]","Microsoft Windows NT Workstation 10.0","10.0.19045","2"

            """)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2"])
        #expect(result.accounts.map(\.dnsHostName) == [nil, nil])
        let finding = result.diagnostic("directory.values.lost")
        #expect(finding?.count == 2)
        #expect(finding?.remedy.contains("$_.ResourceNames -join ';'") == true)
    }

    @Test("A list of nothing but type names names no computer")
    func nothingElse() {
        let type = "System.DirectoryServices.ResultPropertyValueCollection"
        let result = ReadResult(
            "name,dnshostname,operatingsystem,operatingsystemversion\n\(type),\(type),\(type),\(type)\n")
        #expect(result.accounts.isEmpty)
        #expect(result.rejected == 1)
        #expect(result.codes.contains("directory.values.lost"))
    }

    // MARK: - Spreadsheets

    @Test(
        "A FILETIME that a spreadsheet rounded leaves the word to the next column",
        arguments: ["1,34127E+17", "1.34127E+17", "1.3e+17"])
    func rounded(_ number: String) throws {
        let result = ReadResult(
            "\(ListValueTests.header)lastLogonTimestamp;LastLogonDate\n".replacing(",", with: ";")
                + "PC-1;Windows 10 Pro;10.0 (19045);\(number);22.01.2021 00:00\n")
        #expect(result.accounts.first?.lastLogon?.day.description == "2021-01-22")
        let finding = try #require(result.diagnostic("date.rounded"))
        #expect(finding.remedy.contains("do not save it with Excel"))
        #expect(result.codes == ["date.rounded"])
    }

    @Test(
        "What is no number with an exponent is just no date", arguments: ["1,34127E", "1.E+17", "12.3E+17", "1.3E+7"])
    func notRounded(_ text: String) {
        #expect(ListValueTests.account("lastLogonTimestamp", text).codes == ["date.unreadable"])
    }

    @Test("An unreadable cell leaves the word to the next column")
    func nextColumn() {
        let result = ReadResult(
            "\(ListValueTests.header)lastLogonTimestamp,LastLogonDate\n\(ListValueTests.start)soon,2021-01-22\n")
        #expect(result.accounts.first?.lastLogon?.day.description == "2021-01-22")
        #expect(result.codes == ["date.unreadable"])
    }

    @Test(
        "True and False are understood as spreadsheets translate them",
        arguments: [
            ("True", true), ("FALSE", false), ("WAHR", true), ("FALSCH", false), ("VRAI", true), ("FAUX", false),
            ("VERDADERO", true), ("FALSO", false), ("vero", true), ("VERDADEIRO", true), ("WAAR", true),
            ("ONWAAR", false), ("WAHRHEIT", nil), ("", nil),
        ] as [(String, Bool?)])
    func truth(_ word: String, _ value: Bool?) {
        let result = ListValueTests.account("Enabled", word)
        #expect(result.accounts.first?.enabled == value)
        #expect(result.codes.contains("directory.flag.invalid") == (word == "WAHRHEIT"))
    }

    // MARK: - Times that cannot be

    @Test(
        "A time before 1990 or after the import is reported and unknown",
        arguments: ["2561-01-22", "1404-10-22", "1989-12-31T23:59:59Z", "2021-02-02T10:00:01Z"])
    func impossible(_ text: String) throws {
        let readOn = try #require(Timestamp(iso: "2021-02-01T10:00:00Z"))
        for column in ["LastLogonDate", "PasswordLastSet", "whenCreated"] {
            let result = ListValueTests.account(column, text, readOn: readOn)
            let record = try #require(result.accounts.first)
            #expect(record.lastLogon == nil && record.passwordLastSet == nil && record.created == nil)
            let finding = try #require(result.diagnostic("directory.time.impossible"))
            #expect(finding.message.contains("\(text.prefix(10)) of “PC-1”"))
            #expect(finding.line == 2)
        }
    }

    @Test(
        "A time from 1990 to a day after the import is believed",
        arguments: ["1990-01-01", "2021-02-02T10:00:00Z", "2020-12-30"])
    func believable(_ text: String) throws {
        let readOn = try #require(Timestamp(iso: "2021-02-01T10:00:00Z"))
        let result = ListValueTests.account("LastLogonDate", text, readOn: readOn)
        #expect(result.accounts.first?.lastLogon?.day.description == String(text.prefix(10)))
        #expect(result.codes.isEmpty)
    }

    @Test("Where nobody says when the list is read, the limit is the year 2200")
    func withoutDay() {
        #expect(ListValueTests.account("LastLogonDate", "2199-12-31").accounts.first?.lastLogon != nil)
        #expect(ListValueTests.account("LastLogonDate", "2200-01-02").accounts.first?.lastLogon == nil)
    }

    @Test(
        "The first day of FILETIME means never, in every zone",
        arguments: ["1601-01-01T00:00:00", "1600-12-31 16:00:00", "1601-01-01 14:00:00", "0001-01-02", "1"])
    func never(_ text: String) {
        let result = ListValueTests.account("LastLogonDate", text)
        #expect(result.accounts.first?.lastLogon == nil)
        #expect(!result.codes.contains("directory.time.impossible"))
    }

    // MARK: - Groups

    static let two = ["CN=ESU-A,OU=Groups,DC=corp,DC=com", "CN=ESU-B,OU=Groups,DC=corp,DC=com"]
    static let groups: [(String, [String])] = [
        (two.joined(separator: ";"), two), (two.joined(separator: "|"), two), (two.joined(separator: ","), two),
        (two.joined(separator: ", "), two), (two.joined(separator: " "), two), (two.joined(separator: "\n"), two),
        (two.joined(separator: "\r\n"), two), (two.joined(separator: "; ") + ";", two),
        ("ESU-A, ESU-B", ["ESU-A", "ESU-B"]), ("ESU-A,ESU-B", ["ESU-A", "ESU-B"]),
        ("ESU A, ESU B", ["ESU A", "ESU B"]), ("Sales, Berlin;ESU-A", ["Sales, Berlin", "ESU-A"]),
        ("CN=A\\;B,DC=com;CN=C,DC=com", ["CN=A\\;B,DC=com", "CN=C,DC=com"]),
        ("CN=A\\, B,OU=x,DC=com", ["CN=A\\, B,OU=x,DC=com"]), ("CN=A,CN=Users,DC=com", ["CN=A,CN=Users,DC=com"]),
        ("CN=A CN=B,CN=Users,DC=com", ["CN=A CN=B,CN=Users,DC=com"]),
        ("cn=A,cn=Users,dc=com, cn=B,dc=com", ["cn=A,cn=Users,dc=com", "cn=B,dc=com"]),
        ("CN=A,DC=com\\,CN=B", ["CN=A,DC=com\\,CN=B"]), ("CN=A", ["CN=A"]),
        ("CORP\\ESU-A,CORP\\ESU-B", ["CORP\\ESU-A", "CORP\\ESU-B"]),
    ]

    @Test("Groups are told apart however they were joined", arguments: groups)
    func memberOf(_ text: String, _ expected: [String]) {
        #expect(ListValueTests.account("MemberOf", text).accounts.first?.memberOf == expected)
    }

    @Test(
        "Service principal names are told apart however they were joined",
        arguments: [";", "|", ",", ", ", " ", "\n"])
    func principals(_ separator: String) {
        let names = ["HOST/CL-1", "MSClusterVirtualServer/cl-1.corp.com"]
        let result = ListValueTests.account("ServicePrincipalNames", names.joined(separator: separator))
        #expect(result.codes == ["directory.account.cluster"])
        let others = ["HOST/PC-1", "TERMSRV/pc-1.corp.com"]
        let plain = ListValueTests.account("ServicePrincipalNames", others.joined(separator: separator))
        #expect(plain.accounts.first?.servicePrincipalNames == others)
    }
}

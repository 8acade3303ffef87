import ActivationModel
import Testing

@testable import Interchange

@Suite("Lists that were joined of several files")
struct JoinedListTests {
    static let mark = "\u{FEFF}"
    static let header = "\"Name\",\"DNSHostName\",\"OperatingSystem\",\"OperatingSystemVersion\"\n"

    static func row(_ name: String, _ domain: String) -> String {
        "\"\(name)\",\"\(name).\(domain)\",\"Windows 10 Pro\",\"10.0 (19045)\"\n"
    }

    /// Reads a text whole and cut at every byte, which must make no difference.
    static func read(_ text: String) -> ReadResult {
        let whole = ReadResult(text)
        #expect(ReadResult(text, cuts: [1]) == whole)
        #expect(ReadResult(text, cuts: [2, 3]) == whole)
        return whole
    }

    // MARK: - Marks between the parts

    static let tables = [
        mark + header + row("pc-1", "a.com") + mark + header + row("pc-1", "b.com"),
        "#TYPE X\n" + header + row("pc-1", "a.com") + "#TYPE X\n" + header + row("pc-1", "b.com"),
        mark + "#TYPE X\n" + header + row("pc-1", "a.com") + mark + "#TYPE X\n" + header + row("pc-1", "b.com"),
        header + row("pc-1", "a.com") + header + row("pc-1", "b.com") + "\u{1A}",
        (mark + header + row("pc-1", "a.com") + mark + header + row("pc-1", "b.com"))
            .replacing("\"", with: "").replacing("\n", with: "\r\n"),
    ]

    @Test(
        "Byte order marks, type lines, headers and an end-of-file character lose no row of a table", arguments: tables)
    func joinedTables(_ text: String) {
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.dnsHostName) == ["pc-1.a.com", "pc-1.b.com"])
        #expect(
            result.codes == ["csv.header.repeated"] || result.codes == ["csv.header.repeated", "csv.header.repeated"])
        #expect(result.rejected == 0)
    }

    @Test("A mark before a row is no part of its name, quoted or not", arguments: ["pc-2", "\"pc-2\""])
    func markBeforeRow(_ name: String) {
        let result = JoinedListTests.read(
            "Name,OS,OSVersion\npc-1,Windows,y\n\(JoinedListTests.mark)\(name),Windows,y\n")
        #expect(result.accounts.map(\.name) == ["pc-1", "pc-2"])
    }

    @Test("Only the beginning of a row is looked at for marks and type lines")
    func elsewhere() {
        let text = "Name,OS,OSVersion,Description\npc-1,Windows,y,\(JoinedListTests.mark)x\n\"#TYPE x\",Windows,y,\n"
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.description) == [JoinedListTests.mark + "x"])
        #expect(result.codes == ["directory.account.name"])
    }

    static let template = """
        dn: CN=PC-NUMBER,DC=corp,DC=com
        objectClass: computer
        operatingSystem: Windows 10 Pro
        operatingSystemVersion: 10.0 (19045)


        """
    static func entry(_ number: Int) -> String { template.replacing("NUMBER", with: "\(number)") }

    @Test(
        "Byte order marks between entries and an end-of-file character lose none",
        arguments: [
            mark + entry(1) + mark + entry(2) + mark + entry(3), entry(1) + mark + "version: 1\n" + entry(2) + entry(3),
            entry(1) + entry(2) + entry(3) + "\u{1A}",
            entry(1) + entry(2) + String(entry(3).trimmingBlanks()) + "\n\u{1A}",
        ])
    func entries(_ text: String) {
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2", "PC-3"])
        #expect(result.codes.isEmpty)
    }

    @Test("The same entries in UTF-16 are read")
    func entriesInUTF16() {
        let text = JoinedListTests.mark + JoinedListTests.entry(1)
        let bytes = (text + text.replacing("PC-1", with: "PC-2")).utf16Bytes(bigEndian: false)
        #expect(ReadResult(bytes).accounts.map(\.name) == ["PC-1", "PC-2"])
    }

    @Test("Byte order marks before lines of names lose none")
    func lines() {
        let names = ["pc-1.a.com", "pc-2.a.com", "pc-3.a.com"]
        let text = names.map { JoinedListTests.mark + $0 + "\r\n" }.joined()
        #expect(JoinedListTests.read(text).accounts.map(\.dnsHostName) == names)
        let quoted = ["a", "b"].map { "\(JoinedListTests.mark)\"CN=PC-\($0),DC=a,DC=com\"\n" }.joined()
        let result = JoinedListTests.read(quoted)
        #expect(result.accounts.map(\.name) == ["PC-a", "PC-b"])
        #expect(result.codes == ["directory.os.none"])
    }

    // MARK: - Headers with other columns

    @Test(
        "A header that differs in case and punctuation only is the same header",
        arguments: [
            "\"name\",\"dNSHostName\",\"operatingSystem\",\"operatingSystemVersion\"\n",
            "NAME,DNS Host Name,Operating System,Operating-System-Version\n",
        ])
    func sameHeader(_ other: String) {
        let text =
            JoinedListTests.header + JoinedListTests.row("pc-1", "a.com") + other
            + JoinedListTests.row("pc-2", "a.com")
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.name) == ["pc-1", "pc-2"])
        #expect(result.codes == ["csv.header.repeated"])
    }

    static let others = [
        "DNSHostName,Name,OperatingSystem,OperatingSystemVersion\npc-2.b.com,pc-2,Windows 7 Professional,6.1 (7601)\n",
        "Name,DNSHostName,OperatingSystem,OperatingSystemVersion,Location\npc-2,pc-2.b.com,Windows 7 Professional,6.1 (7601),x\n",
        "OperatingSystemVersion,OperatingSystem,DNSHostName\n6.1 (7601),Windows 7 Professional,pc-2.b.com\n",
        "DNSHostName,OS,OSVersion\npc-2.b.com,Windows 7 Professional,6.1 (7601)\n",
    ]

    @Test("A header with other columns is followed, whatever their number and order", arguments: others)
    func otherHeader(_ part: String) throws {
        let text = JoinedListTests.header + JoinedListTests.row("pc-1", "a.com") + part
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.dnsHostName) == ["pc-1.a.com", "pc-2.b.com"])
        #expect(result.accounts.map(\.operatingSystem) == ["Windows 10 Pro", "Windows 7 Professional"])
        #expect(result.accounts.map(\.operatingSystemVersion) == ["10.0 (19045)", "6.1 (7601)"])
        let finding = try #require(result.diagnostic("csv.header.changed"))
        #expect(finding.line == 3)
        #expect(finding.message.contains("line 1"))
        #expect((result.skipped, result.rejected) == (1, 0))
    }

    @Test("csvde's files of several domains, each with the columns that it found, are read")
    func csvde() {
        let start = "DN,objectClass,cn,operatingSystem,"
        let text =
            start + "operatingSystemVersion\n\"CN=PC-1,DC=a\",computer,PC-1,Windows,y\n" + start
            + "operatingSystemServicePack,operatingSystemVersion\n\"CN=PC-2,DC=b\",computer,PC-2,Windows,Service Pack 1,y\n"
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.operatingSystemServicePack) == [nil, "Service Pack 1"])
        #expect(result.accounts.map(\.operatingSystemVersion) == ["y", "y"])
        #expect(result.codes == ["csv.header.changed"])
    }

    @Test("Columns of dates are judged in each part by itself")
    func dates() {
        let text =
            "Name,OS,OSVersion,LastLogonDate\npc-1,Windows,y,22/10/2020\n"
            + "LastLogonDate,Name,OS,OSVersion\n03/04/2020,pc-2,Windows,y\n10/22/2020,pc-3,Windows,y\n"
        let result = JoinedListTests.read(text)
        #expect(
            result.accounts.map { $0.lastLogon?.day.description } == ["2020-10-22", "2020-03-04", "2020-10-22"])
    }

    @Test("Rows that wait for the order of day and month are released before another header")
    func heldRows() {
        let text =
            "Name,OS,OSVersion,LastLogonDate\npc-1,Windows,y,03/04/2020\n"
            + "LastLogonDate,Name,OS,OSVersion\n10/22/2020,pc-2,Windows,y\n"
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.name) == ["pc-1", "pc-2"])
        #expect(result.accounts.map { $0.lastLogon?.day.description } == [nil, "2020-10-22"])
        #expect(result.codes.contains("date.order.unknown"))
    }

    @Test(
        "A computer named like a column is no header",
        arguments: ["name,host,Windows,y", "Computer,,Windows,y", "account,Location,,", "host,,,"])
    func named(_ row: String) {
        let result = JoinedListTests.read("Name,Location,OS,OSVersion\npc-1,,Windows,y\n\(row)\n")
        #expect(result.accounts.count == 2)
        #expect(result.skipped == 0)
    }

    @Test("Another number of cells without the names of columns is still rejected")
    func otherCount() {
        let result = JoinedListTests.read("Name,OS,OSVersion\npc-1,Windows,y\npc-2,Windows\n")
        #expect(result.codes == ["csv.columns"])
    }

    @Test("Outputs of dsquery that were appended to each other keep their own columns")
    func columns() {
        let text = """
              name    distinguishedName             operatingSystem    operatingSystemVersion
              PC-1    CN=PC-1,DC=a,DC=com           Windows 7          6.1 (7601)
              name             distinguishedName                 operatingSystem    operatingSystemVersion
              LONG-PC-2        CN=LONG-PC-2,DC=b,DC=com          Windows 10         10.0 (19045)

            """
        let result = JoinedListTests.read(text)
        #expect(result.accounts.map(\.name) == ["PC-1", "LONG-PC-2"])
        #expect(result.accounts.map(\.operatingSystem) == ["Windows 7", "Windows 10"])
        #expect(result.codes == ["csv.header.repeated"])
    }
}

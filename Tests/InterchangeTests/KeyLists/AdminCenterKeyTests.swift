import ActivationModel
import Testing

@testable import Interchange

@Suite("Key lists of the Microsoft 365 admin center and VLSC")
struct AdminCenterKeyTests {
    private static let header =
        "License ID\tOrganization name\tProduct\tType\tActivations or Seats\tOSA Status\tKey\r\n"
    private static let masked = "XXXXX-XXXXX-XXXXX-XXXXX-FC2MX"
    private static let readAt = Timestamp(iso: "2026-11-24T08:00:00Z")

    private static func read(_ rows: String, header: String = header) -> ReadResult {
        ReadResult(header + rows, options: ReadOptions(readAt: readAt))
    }

    @Test("The tab-delimited list is recognised by its header and read")
    func list() throws {
        let bytes = Array((AdminCenterKeyTests.header).utf8)
        #expect(try FormatDetector().detect(bytes.span) == .m365Keys)
        let result = AdminCenterKeyTests.read(
            "80001234\tContoso AG\tOffice LTSC 2021\tMAK\t17 of 50\tActive\t\(AdminCenterKeyTests.masked)\r\n")
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        var expected = KeyRecord()
        expected.partialKey = PartialProductKey("FC2MX")
        expected.keyType = .mak
        expected.description = "Office LTSC 2021"
        expected.agreement = "80001234"
        expected.remarks = "Contoso AG; OSA status: Active"
        expected.remaining = 33
        expected.readAt = AdminCenterKeyTests.readAt
        #expect(result.keys == [expected])
    }

    @Test("A list from VLSC with other headers and semicolons is the same kind")
    func vlsc() {
        let result = AdminCenterKeyTests.read(
            "Windows 7 Professional;\(AdminCenterKeyTests.masked);MAK;442/500\n",
            header: "Product;Product Key;Type;MAK Activations\n")
        #expect(result.keys.map(\.remaining) == [58])
        #expect(result.keys.map(\.description) == ["Windows 7 Professional"])
    }

    @Test(
        "A cell may name several agreements",
        arguments: [
            ("80001234", ["80001234"]), ("80001234, 80005678", ["80001234", "80005678"]),
            ("EA-1; EA-2 ;", ["EA-1", "EA-2"]), ("Contoso, EA", ["Contoso, EA"]), (" ", []), (nil, []), (";,", []),
        ] as [(String?, [String])])
    func agreementsOfCell(_ cell: String?, _ expected: [String]) {
        #expect(agreements(in: cell) == expected)
    }

    @Test(
        "The counts of every form of the list are read",
        arguments: [
            "MAK Activations Used/Available", "MAK Activations: Used / Available", "Used/Available",
            "Activations or Seats (used of total)", "Activations/Seats (used of total)", "MAK Activations Used/Total",
        ])
    func countHeaders(_ title: String) throws {
        let header = "Product,Product Key,Type,\(title)\n"
        #expect(try FormatDetector().detect(Array(header.utf8).span) == .m365Keys)
        let result = AdminCenterKeyTests.read(
            "Windows 10 Enterprise,\(AdminCenterKeyTests.masked),KMS,\nWindows 10 Enterprise,XXXXX-T83GX,MAK,12/50\n",
            header: header)
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        #expect(result.keys.map(\.remaining) == [nil, 38])
        #expect(result.keys.map(\.keyType) == [.csvlk, .mak])
        #expect(result.keys.map(\.program) == [nil, nil])
        #expect(result.keys.map(\.description) == ["Windows 10 Enterprise", "Windows 10 Enterprise"])
    }

    @Test("Used and total beside product and type make such a list; without a total nothing is made up")
    func usedAndTotal() throws {
        let header = "Product,Key,Type,Used,Total\n"
        #expect(try FormatDetector().detect(Array(header.utf8).span) == .m365Keys)
        let masked = AdminCenterKeyTests.masked
        let result = AdminCenterKeyTests.read(
            "P,\(masked),MAK,3,10\nP,\(masked),MAK,-,-\nP,\(masked),MAK,N/A,N/A\n", header: header)
        #expect(result.keys.map(\.remaining) == [7, nil, nil])
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
    }

    @Test("A header that looks like a count and is not known is named with the option that reads it")
    func unknownCount() throws {
        let header = "License ID,Organization,Product,Type,Key,MAK Activations (so far)\n"
        let row = "1,C,P,MAK,\(AdminCenterKeyTests.masked),3/10\n"
        let finding = try #require(AdminCenterKeyTests.read(row, header: header).diagnostic("keys.activations.header"))
        #expect(finding.remedy.contains("--map \"MAK Activations (so far)=activations\""))
        let known = AdminCenterKeyTests.read(
            "1,C,P,MAK,\(AdminCenterKeyTests.masked),1/2,2/2\n",
            header: "License ID,Organization,Product,Type,Key,Activations,Activations last year\n")
        #expect(!known.codes.contains("keys.activations.header"))
    }

    @Test("KMS in such a list is the key of a host, not a client set-up key")
    func kms() {
        let result = AdminCenterKeyTests.read("1\tC\tWindows Server 2022\tKMS\tN/A\t\t\(AdminCenterKeyTests.masked)\n")
        #expect(result.keys.map(\.keyType) == [.csvlk])
        #expect(result.keys.map(\.remaining) == [nil])
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
    }

    @Test(
        "What is left is total less used, and unknown where the cells do not say both",
        arguments: [
            ("12/50", 38), ("12 of 50", 38), ("0 / 50", 50), ("50 von 50", 0), ("51/50", nil), ("50", nil), ("", nil),
            ("N/A", nil), ("-", nil), ("1,200/5,000", nil), ("1 of 2 of 3", nil),
        ] as [(String, Int?)])
    func counts(_ cell: String, _ remaining: Int?) {
        let result = AdminCenterKeyTests.read("1\tC\tP\tMAK\t\(cell)\tActive\t\(AdminCenterKeyTests.masked)\n")
        #expect(result.keys.map(\.remaining) == [remaining])
        let saysNothing = ["", "N/A", "-"].contains(cell)
        #expect(result.codes == (remaining == nil && !saysNothing ? ["m365.activations"] : []))
    }

    @Test("Used and total may stand in columns of their own")
    func twoColumns() {
        let header = "License ID\tOrganization\tProduct\tKey\tActivations used\tTotal activations\n"
        let result = AdminCenterKeyTests.read("1\tC\tP\t\(AdminCenterKeyTests.masked)\t3\t12\n", header: header)
        #expect(result.keys.map(\.remaining) == [9])
    }

    @Test("A count without the time of the export is pointed out")
    func noTime() {
        let result = ReadResult(
            AdminCenterKeyTests.header + "1\tC\tP\tMAK\t1/2\tActive\t\(AdminCenterKeyTests.masked)\n")
        #expect(result.codes == ["keys.readAt"])
        #expect(result.diagnostics.first?.remedy.contains("--read-at") == true)
    }

    @Test("A row that hides its key is rejected and names who may see keys")
    func hiddenKey() {
        let result = AdminCenterKeyTests.read("1\tC\tP\tMAK\t1/2\tActive\t\n")
        #expect(result.rejected == 1)
        #expect(result.diagnostics.first?.line == 2)
        #expect(result.diagnostics.first?.remedy.contains("Product keys reader") == true)
    }

    @Test("A table of keys that people keep stays one")
    func handMade() throws {
        let header = Array("key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks\n".utf8)
        #expect(try FormatDetector().detect(header.span) == .keys)
    }

    @Test("A header of the user's own is read through the map")
    func mapped() {
        let result = ReadResult(
            "Vertrag\tFirma\tSchlüssel\tStatus\n1\tC\t\(AdminCenterKeyTests.masked)\tActive\n",
            options: ReadOptions(
                format: .m365Keys,
                columnMap: ["Schlüssel": "key", "Vertrag": "licenseId", "Status": "osaStatus"]))
        #expect(result.keys.map(\.agreement) == ["1"])
    }

    @Test("A header that the map names and the file lacks is pointed out")
    func mapUnused() {
        let result = ReadResult(
            AdminCenterKeyTests.header, options: ReadOptions(columnMap: ["Lizenz": "licenseId", "KEY": "key"]))
        #expect(result.codes == ["table.map.unused"])
        #expect(result.diagnostics.first?.message.contains("Lizenz") == true)
    }

    @Test(
        "Commas, semicolons or tabs divide the columns, with quotes or without, in UTF-8 or UTF-16, whatever the file is called",
        arguments: ["\t", ";", ","], [false, true])
    func delimiters(_ delimiter: String, _ isQuoted: Bool) throws {
        let cells = [
            AdminCenterKeyTests.header.trimmingBlanks().split(separator: "\t").map(String.init),
            ["80001234", "Contoso AG", "Windows 7", "MAK", "3 of 10", "Active", AdminCenterKeyTests.masked],
        ]
        let text = cells.map { row in
            row.map { isQuoted ? "\"\($0)\"" : $0 }.joined(separator: delimiter) + "\r\n"
        }.joined()
        for bytes in [Array(text.utf8), [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false)] {
            let result = ReadResult(
                bytes, options: ReadOptions(readAt: AdminCenterKeyTests.readAt, fileName: "keys.csv"))
            #expect(result.keys.map(\.remaining) == [7])
            #expect(result.keys.map(\.agreement) == ["80001234"])
            #expect(result.codes.filter { !$0.hasPrefix("text.") } == [])
        }
    }

    @Test(
        "Every spelling of a header means its column, because Microsoft publishes none",
        arguments: AdminCenterKeyColumn.allCases.flatMap { column in column.synonyms.map { (column, $0) } })
    func spellings(_ column: AdminCenterKeyColumn, _ header: String) {
        for spelled in [header, header.uppercased(), " " + header.replacing("s", with: "s ")] {
            let columns = ColumnSet<AdminCenterKeyColumn>(titles: [spelled], map: [:])
            #expect(columns.present == [column])
        }
    }

    @Test("Seats of a key that is no MAK are counted like activations, and an unlimited number is unknown")
    func seats() {
        let result = AdminCenterKeyTests.read(
            "1\tC\tOffice\tMAK\t12 of 50 seats\tActive\t\(AdminCenterKeyTests.masked)\n"
                + "1\tC\tWindows\tRetail\tUnlimited\t\t\(AdminCenterKeyTests.masked.replacing("MX", with: "MY"))\n")
        #expect(result.keys.map(\.remaining) == [38, nil])
        #expect(result.keys.map(\.keyType) == [.mak, .retail])
        #expect(result.codes == [])
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("Texts in which product keys stand")
struct KeyListTests {
    /// Made up; their checksums fail.
    private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"
    private static let other = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNK"

    private static func format(_ text: String) throws -> FileFormat {
        try FormatDetector().detect(Array(text.utf8).span)
    }

    @Test(
        "A key is read in every form in which people note one",
        arguments: [
            key, "bbbbb-ccccc-ddddd-fffff-gghnj", "BBBBBCCCCCDDDDDFFFFFGGHNJ", "BBBBB CCCCC DDDDD FFFFF GGHNJ",
            "  \(key)  ", "\"\(key)\"", "\(key),", "<li>\(key)</li>", "\u{FEFF}\(key)",
            "ＢＢＢＢＢ－ＣＣＣＣＣ－ＤＤＤＤＤ－ＦＦＦＦＦ－ＧＧＨＮＪ", "BBBBB\u{2013}CCCCC\u{2013}DDDDD\u{2013}FFFFF\u{2013}GGHNJ",
        ])
    func forms(_ line: String) throws {
        #expect(try KeyListTests.format(line) == .keyList)
        let result = ReadResult(line)
        #expect(result.keys.map(\.productKey) == [ProductKey(KeyListTests.key)])
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.description) == [nil])
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
    }

    @Test(
        "What a line says beside its key describes it, and shows no key",
        arguments: [
            ("Windows 7 ESU Year 2: \(key)", "Windows 7 ESU Year 2"), ("\(key) - lab, 50 seats", "lab 50 seats"),
            ("\"Windows 10\",\"\(key)\",50", "Windows 10 50"), ("<td>Windows 10</td><td>\(key)</td>", "Windows 10"),
            ("Office\t\(key)\t", "Office"), ("was \(key), again \(key)", "was again"),
            ("XXXXX-XXXXX-XXXXX-XXXXX-GGHNJ spare", "spare"),
        ])
    func description(_ line: String, _ expected: String) {
        let result = ReadResult(line)
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.description) == [expected])
    }

    @Test("Every line is counted: keys, comments, text and slips, each with its line")
    func mixed() {
        let result = ReadResult(
            """
            Hello Bob,

            here are the keys:
            \(KeyListTests.key) (first floor)
            # \(KeyListTests.other)
            BBBBB-CCCCC-DDDDD-FFFF0-GGHNJ
            AAAAA-BBBBB-CCCCC-DDDDD-EEEEE
            XXXXX-XXXXX-XXXXX-XXXXX-XXXXX

            \(KeyListTests.key) and \(KeyListTests.other)
            BBBBB-CCCCC-DDDDD-FFFFF-GGHN
            """)
        #expect(result.records.map(\.line) == [4, 10, 10])
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ", "GGHNJ", "GGHNK"])
        #expect(result.keys.map(\.description) == ["(first floor)", nil, nil])
        #expect(result.skipped == 3)
        #expect(result.rejected == 4)
        #expect(result.diagnostic("keylist.line.text")?.count == 2)
        #expect(result.diagnostic("keylist.line.comment")?.line == 5)
        #expect(result.diagnostics.filter { $0.code == "keys.key.invalid" }.map(\.line) == [6, 11])
        #expect(result.diagnostics.filter { $0.code == "keys.key.placeholder" }.map(\.count) == [2])
        #expect(!"\(result.diagnostics)".contains("CCCCC"))
    }

    @Test(
        "A table whose headers are not known is not taken for a list, and a table that is known stays one",
        arguments: [
            ("Produkt;Schlüssel;Rest\nWindows 7;\(key);5\n", nil), ("Product Key\n\(key)\n", .keys),
            ("Schlüssel\n\(key)\n", .keyList), ("Hello Bob, the keys\n\(key)\n", .keyList),
            ("\(key);Windows 7\n\(other);Windows 10\n", .keyList),
            ("# our keys, with products\n\(key),Windows 7\n", .keyList),
            ("Hello,\nplease find the export attached.\n", nil), ("HQFYX\nBW7MK\n", nil),
            ("XXXXX-XXXXX-XXXXX-XXXXX-GGHNJ\n", .keyList),
        ] as [(String, FileFormat?)])
    func detection(_ text: String, _ expected: FileFormat?) {
        #expect((try? KeyListTests.format(text)) == expected)
    }

    @Test(
        "Line ends of every system give the same lines, and cuts between chunks change nothing",
        arguments: [[1], [3, 7]])
    func cuts(_ cuts: [Int]) {
        let text = "x\r\n\(KeyListTests.key)\r\n\r\n\(KeyListTests.other)\rlast\n\(KeyListTests.key)"
        let result = ReadResult(text, options: ReadOptions(format: .keyList))
        #expect(result.records.map(\.line) == [2, 4, 6])
        #expect(ReadResult(text, cuts: cuts, options: ReadOptions(format: .keyList)) == result)
    }

    @Test("UTF-16 as Notepad saves it is read")
    func utf16() {
        let result = ReadResult([0xFF, 0xFE] + "Büro: \(KeyListTests.key)\r\n".utf16Bytes(bigEndian: false))
        #expect(result.keys.map(\.description) == ["Büro"])
    }

    @Test("A file without a key says so")
    func none() {
        let result = ReadResult("nothing here\n", options: ReadOptions(format: .keyList))
        #expect(result.codes == ["keylist.line.text", "keylist.key.none"])
        #expect(result.skipped == 1)
    }

    @Test("A line beyond the limit costs bounded memory and does not stop the file")
    func longLine() {
        let options = ReadOptions(format: .keyList, limits: TextLimits(rowLength: 64))
        let result = ReadResult(
            "\(KeyListTests.key) \(String(repeating: "x ", count: 500))\n\(KeyListTests.other)\n", options: options)
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ", "GGHNK"])
        #expect((result.keys.first?.description?.count ?? 999) < 64)
    }
}

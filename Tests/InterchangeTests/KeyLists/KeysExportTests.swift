import ActivationModel
import Testing

@testable import Interchange

@Suite("KeysExport.xml of Visual Studio subscriptions")
struct KeysExportTests {
    /// Made up; its checksum fails.
    private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"

    private static func document(_ content: String, root: String = "<root>") -> String {
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\(root)\n<YourKey>\n\(content)\n</YourKey>\n</root>\n"
    }

    private static func entry(_ text: String, type: String = "Retail", id: String = "7") -> String {
        "<Product_Key Name=\"Windows 10\" KeyRetrievalNote=\"\">\n<Key ID=\"\(id)\" Type=\"\(type)\" "
            + "ClaimedDate=\"2/19/2024\">\(text)</Key>\n</Product_Key>"
    }

    @Test("The reason why a document is refused shows no key that stands in its markup")
    func keyInMarkup() {
        let result = ReadResult(
            Array("<root><YourKey><Product_Key V9C7N-XWQRT-2B3D4-FGHJK-M6P8Y></Product_Key></YourKey></root>".utf8))
        #expect(result.error?.code == "xml.malformed")
        #expect(result.error?.message.contains("M6P8Y") == true)
        #expect(result.error?.message.contains("XWQRT") == false)
    }

    @Test("A key is read with its product, type, claim and line", arguments: ["<root>", "<root xmlns=\"urn:x\">"])
    func oneKey(_ root: String) {
        let result = ReadResult(KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key), root: root))
        #expect(result.diagnostics.isEmpty && result.error == nil, "\(result.diagnostics)")
        #expect(result.keys.map(\.productKey) == [ProductKey(KeysExportTests.key)])
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.description) == ["Windows 10"])
        #expect(result.keys.map(\.keyType) == [.retail])
        #expect(result.keys.map(\.remarks) == ["claimed 2/19/2024"])
        #expect(result.records.map(\.line) == [5])
    }

    @Test(
        "What is no product key is skipped with its reason",
        arguments: [
            ("You have not claimed a key.", "Retail", "-3", "keysexport.key.unclaimed"),
            ("", "Retail", "7", "keysexport.key.none"),
            ("No key is needed.", "Not Applicable", "0", "keysexport.key.text"),
            ("See &lt;a href=\"x\"&gt;page&lt;/a&gt;", "Custom Key", "7", "keysexport.key.text"),
            ("See <a href=\"x\">page</a>", "Custom Key", "7", "keysexport.key.text"),
            ("0000-CONTOSO-1111", "Static Activation Key", "7", "keysexport.key.form"),
        ])
    func skipped(_ text: String, _ type: String, _ id: String, _ code: String) {
        let result = ReadResult(KeysExportTests.document(KeysExportTests.entry(text, type: type, id: id)))
        #expect(result.codes == [code], "\(result.diagnostics)")
        #expect(result.skipped == 1)
        #expect(result.records.isEmpty)
        #expect(result.diagnostics.first?.line == 5)
    }

    @Test("A key with a typing error is rejected, and its text is not shown")
    func typingError() {
        let wrong = "BBBBB-CCCCC-DDDDD-FFFF0-GGHNJ"
        let result = ReadResult(KeysExportTests.document(KeysExportTests.entry(wrong)))
        #expect(result.rejected == 1)
        #expect(result.codes == ["keys.key.placeholder"])
        #expect(!"\(result.diagnostics)".contains("BBBBB"))
        #expect("\(result.diagnostics)".contains("GGHNJ"))
    }

    @Test("A key inside a sentence is taken")
    func sentence() {
        let result = ReadResult(
            KeysExportTests.document(KeysExportTests.entry("Use \(KeysExportTests.key) for all.", type: "Custom Key")))
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.keyTypeText) == ["Custom Key"])
    }

    @Test("Names that differ only in blanks are one product, so that a repeated product merges")
    func sameName() {
        let text = KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key))
            .replacing("Windows 10", with: "Windows\u{A0} 10 ")
        #expect(ReadResult(text).keys.map(\.description) == ["Windows 10"])
    }

    @Test("Stray bytes of another encoding and control characters do not stop the file")
    func strayBytes() {
        let text = KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key))
        var bytes = Array(text.replacing("Windows 10", with: "Lab\u{1}s own").utf8)
        if let place = bytes.firstIndex(of: 1) { bytes.insert(0x92, at: place) }
        let result = ReadResult(bytes)
        #expect(result.error == nil)
        #expect(result.keys.map(\.description) == ["Lab\u{2019} s own"])
        #expect(result.codes.contains("keysexport.character.control"))
        #expect(result.diagnostic("keysexport.character.control")?.line == 4)
        #expect(result.codes.contains { $0.hasPrefix("text.encoding.") })
    }

    @Test("A UTF-16 file is read although its declaration says utf-8")
    func utf16() {
        let text = KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key))
        let result = ReadResult([0xFF, 0xFE] + text.utf16Bytes(bigEndian: false))
        #expect(result.keys.count == 1, "\(String(describing: result.error))")
    }

    @Test("A product without an entry is counted as skipped")
    func emptyProduct() {
        let result = ReadResult(KeysExportTests.document("<Product_Key Name=\"A\" KeyRetrievalNote=\"\" />"))
        #expect(result.codes == ["keysexport.key.none"])
        #expect(result.skipped == 1)
    }

    @Test("A key in a note never comes into the inventory in clear")
    func keyInNote() {
        let text = KeysExportTests.document(KeysExportTests.entry("XXXXX-XXXXX-XXXXX-XXXXX-GGHNJ"))
            .replacing("KeyRetrievalNote=\"\"", with: "KeyRetrievalNote=\"was \(KeysExportTests.key)\"")
        let remarks = ReadResult(text).keys.first?.remarks ?? ""
        #expect(remarks.contains("GGHNJ"))
        #expect(!remarks.contains("BBBBB"))
    }

    @Test(
        "Only what has the shape of a key is masked in stored text",
        arguments: [
            ("Microsoft-Windows-Shell-Setup", "Microsoft-Windows-Shell-Setup"),
            ("Windows 7  Professional and Enterprise", "Windows 7 Professional and Enterprise"),
            ("(was \(KeysExportTests.key), spare)", "(was XXXXX-XXXXX-XXXXX-XXXXX-GGHNJ, spare)"),
            (KeysExportTests.key.replacing("-", with: ""), "XXXXX-XXXXX-XXXXX-XXXXX-GGHNJ"),
        ])
    func maskedText(_ text: String, _ expected: String) {
        #expect(remarkText(text) == expected)
    }

    @Test("The cuts between chunks change nothing", arguments: [[1], [3, 7], [64]])
    func cuts(_ cuts: [Int]) throws {
        let text = KeysExportTests.document(
            KeysExportTests.entry(KeysExportTests.key) + KeysExportTests.entry("No key.", type: ""))
        #expect(ReadResult(text, cuts: cuts, options: ReadOptions(format: .keysExport)) == ReadResult(text))
    }

    @Test("A file that was cut off is refused")
    func cutOff() {
        let text = KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key))
        let result = ReadResult(String(text.dropLast(30)))
        #expect(result.error?.code == "xml.truncated")
        #expect(result.records.isEmpty)
    }

    @Test("XML with the root of another document is not taken for a key list")
    func otherRoot() {
        #expect(ReadResult("<root><item/></root>").error?.code == "format.unknown")
    }

    @Test("Several keys of one product are a row each, and one that was not claimed hides none of the others")
    func severalKeys() {
        let result = ReadResult(
            KeysExportTests.document(
                """
                <Product_Key Name="Windows 10" KeyRetrievalNote="">
                <Key ID="-3" Type="Retail" ClaimedDate="">No key was claimed.</Key>
                <Key ID="7" Type="Retail" ClaimedDate="2/19/2024" notes="lab">\(KeysExportTests.key)</Key>
                <Key ID="8" Type="Multiple Activation" ClaimedDate="">BBBBB-CCCCC-DDDDD-FFFFF-GGHNK</Key>
                </Product_Key>
                """))
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ", "GGHNK"])
        #expect(result.keys.map(\.description) == ["Windows 10", "Windows 10"])
        #expect(result.keys.map(\.remarks) == ["lab; claimed 2/19/2024", nil])
        #expect(result.records.map(\.line) == [6, 7])
        #expect(result.codes == ["keysexport.key.unclaimed"])
        #expect(result.skipped == 1)
    }

    @Test(
        "The portal's types are ours where they mean the same, and are kept as they are written where not",
        arguments: [
            ("Retail", .retail), ("Multiple Activation", .mak), ("OEM Key", nil), ("VA 1.0", nil), ("Custom Key", nil),
            ("Not Applicable", nil), ("Static Activation Key", nil),
        ] as [(String, KeyType?)])
    func types(_ type: String, _ expected: KeyType?) {
        let result = ReadResult(KeysExportTests.document(KeysExportTests.entry(KeysExportTests.key, type: type)))
        #expect(result.keys.map(\.keyType) == [expected])
        #expect(result.keys.map(\.keyTypeText) == [expected == nil ? type : nil])
    }

    @Test("The table into which other tools flatten the file is a table of keys")
    func flattened() throws {
        let text = "name,key,type,ClaimedDate,id,note\nWindows 10,\(KeysExportTests.key),Retail,2/19/2024,7,lab\n"
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .keys)
        let result = ReadResult(text)
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.description) == ["Windows 10"])
        #expect(result.keys.map(\.keyType) == [.retail])
        #expect(result.keys.map(\.remarks) == ["lab"])
    }

    @Test("A declaration that never ends is no reason to pass over what follows it", arguments: [[], [1], [700]])
    func openDeclaration(cuts: [Int]) {
        let text =
            "<?xml version=" + String(repeating: "x", count: 1500) + "<root>" + String(repeating: " ", count: 600)
            + "</root>"
        #expect(
            ReadResult(Array(text.utf8), cuts: cuts, options: ReadOptions(format: .keysExport)).error?.code
                == "xml.truncated")
    }
}

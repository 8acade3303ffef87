import ActivationModel
import Testing

@testable import Interchange

@Suite("Answer files of Windows Setup")
struct UnattendTests {
    /// Made up; its checksum fails.
    private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"

    private static func document(_ content: String, prefix: String = "") -> String {
        let name = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix.dropLast())"
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <\(prefix)unattend \(name)="urn:schemas-microsoft-com:unattend">
            <\(prefix)settings pass="specialize"><\(prefix)component name="Microsoft-Windows-Shell-Setup">
            \(content)
            </\(prefix)component></\(prefix)settings>
            </\(prefix)unattend>
            """
    }

    @Test(
        "A whole key is reported with its line, wherever it stands, and only its last five characters are kept",
        arguments: [
            "<ProductKey>\(key)</ProductKey>", "<ProductKey>\n\(key) \n</ProductKey>",
            "<UserData><ProductKey><Key>\(key)</Key><WillShowUI>OnError</WillShowUI></ProductKey></UserData>",
            "<CommandLine>cscript slmgr.vbs /ipk \(key)</CommandLine>", "<!-- old: \(key) -->",
            "<Component Note=\"\(key)\"/>",
        ])
    func leak(_ content: String) {
        let result = ReadResult(UnattendTests.document(content))
        #expect(result.error == nil)
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.keys.map(\.productKey) == [nil])
        #expect(result.codes == ["unattend.key.leak"])
        let lines = content.count { $0 == "\n" }
        #expect(result.diagnostics.first?.line == 4 + lines)
        #expect(result.diagnostics.first?.message.contains("GGHNJ") == true)
        #expect(!"\(result.diagnostics) \(result.records)".contains("BBBBB"))
    }

    @Test("A prefix on the names changes nothing")
    func prefixed() {
        let result = ReadResult(
            UnattendTests.document("<u:ProductKey>\(UnattendTests.key)</u:ProductKey>", prefix: "u:"))
        #expect(result.codes == ["unattend.key.leak"])
        #expect(
            result.keys.map(\.remarks) == ["seen in an answer file (pass specialize, Microsoft-Windows-Shell-Setup)"])
    }

    @Test(
        "A placeholder is no leak",
        arguments: ["%PRODUCTKEY%", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"])
    func placeholder(_ text: String) {
        let result = ReadResult(UnattendTests.document("<ProductKey>\(text)</ProductKey>"))
        #expect(result.codes == ["unattend.key.placeholder"])
        #expect(result.skipped == 1)
        #expect(result.records.isEmpty)
    }

    @Test(
        "A client set-up key that Microsoft publishes is no leak",
        arguments: ["<ProductKey>%</ProductKey>", "<!-- % -->"])
    func published(_ content: String) throws {
        let key = try #require(ClientSetupKeys.published.keys.first)
        let result = ReadResult(UnattendTests.document(content.replacing("%", with: key.key.revealed)))
        #expect(result.codes == ["unattend.key.public"])
        #expect(result.diagnostics.first?.severity == .note)
        #expect(result.diagnostics.first?.message.contains(key.product) == true)
        #expect(result.skipped == 1)
        #expect(result.records.isEmpty)
    }

    @Test("An answer file without keys says so")
    func none() {
        let result = ReadResult(UnattendTests.document("<ComputerName>*</ComputerName><ProductKey />"))
        #expect(result.codes == ["unattend.key.none"])
        #expect(result.records.isEmpty)
    }

    @Test("An answer file whose elements do not close is refused")
    func damaged() {
        let result = ReadResult(UnattendTests.document("<ProductKey>\(UnattendTests.key)"))
        #expect(result.error?.code == "xml.malformed")
    }

    @Test("The key of Setup and that of the shell differ by design: both are found, each with its pass")
    func bothPlaces() {
        let text = """
            <?xml version="1.0" encoding="utf-8"?>
            <unattend xmlns="urn:schemas-microsoft-com:unattend">
            <settings pass="windowsPE"><component name="Microsoft-Windows-Setup"><UserData>
            <ProductKey><Key>BBBBB-CCCCC-DDDDD-FFFFF-GGHNK</Key><WillShowUI>OnError</WillShowUI></ProductKey>
            </UserData></component></settings>
            <settings pass="specialize"><component name="Microsoft-Windows-Shell-Setup">
            <ProductKey>\(UnattendTests.key)</ProductKey>
            </component></settings>
            </unattend>
            """
        for bytes in [
            Array(text.utf8), [0xFF, 0xFE] + text.replacing("utf-8", with: "utf-16").utf16Bytes(bigEndian: false),
        ] {
            let result = ReadResult(bytes)
            #expect(result.error == nil)
            #expect(result.keys.map(\.partialKey?.text) == ["GGHNK", "GGHNJ"])
            #expect(
                result.keys.map(\.remarks) == [
                    "seen in an answer file (pass windowsPE, Microsoft-Windows-Setup)",
                    "seen in an answer file (pass specialize, Microsoft-Windows-Shell-Setup)",
                ])
            #expect(result.records.map(\.line) == [4, 7])
        }
    }

    @Test("What surrounds a key is not taken for one: an empty key, and whether the page is shown")
    func surroundings() {
        let result = ReadResult(
            UnattendTests.document(
                "<UserData><ProductKey><Key></Key><WillShowUI>Never</WillShowUI></ProductKey></UserData>"))
        #expect(result.codes == ["unattend.key.none"])
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("Registry exports")
struct RegistryReaderTests {
    private static let windows = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"

    /// The long value with a key field that is wiped, or that holds bytes that are no key.
    private static func value(pid: String = "06401-02618-046-320884-03-1036-9600.0000-0492014", key: UInt8 = 0)
        -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: 1_272)
        bytes[0] = 0xF8
        bytes[1] = 0x04
        func put(_ text: String, at offset: Int) {
            for (index, unit) in text.utf16.enumerated() { bytes[offset + index * 2] = UInt8(unit & 0xFF) }
        }
        put(pid, at: 8)
        put("77DB037B-95C3-48D7-A3AB-A9C6D41093E0", at: 136)
        put("Professional", at: 280)
        put("Volume:MAK", at: 1_016)
        bytes[808] = key
        return bytes
    }

    /// As `reg export` writes a value: 25 bytes on a line.
    private static func lines(_ bytes: [UInt8], name: String = "DigitalProductId4") -> String {
        var text = "\"\(name)\"=hex:"
        for (index, byte) in bytes.enumerated() {
            let digits = String(byte, radix: 16)
            text += (digits.count == 1 ? "0" : "") + digits
            if index + 1 < bytes.count { text += index % 25 == 24 ? ",\\\r\n  " : "," }
        }
        return text + "\r\n"
    }

    private static func export(_ content: String, names: Bool = true) -> String {
        "Windows Registry Editor Version 5.00\r\n\r\n[\(windows)]\r\n\"ProductName\"=\"Windows 8.1 Pro\"\r\n\(content)\r\n"
            + (names
                ? "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters]\r\n"
                    + "\"Hostname\"=\"PC-0001\"\r\n\"Domain\"=\"corp.example.com\"\r\n" : "")
    }

    private static func products(_ result: ReadResult) -> [ProductRecord] {
        result.records.compactMap { if case .product(let product) = $0.record { product } else { nil } }
    }

    @Test("The installed key of the computer is read as a product, with its line")
    func product() throws {
        let text = RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value()))
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .registry)
        let result = ReadResult(text)
        #expect(result.diagnostics.isEmpty && result.error == nil, "\(result.diagnostics)")
        let product = try #require(RegistryReaderTests.products(result).first)
        #expect(product.computer.name == "PC-0001.corp.example.com")
        #expect(product.sku == GUID("77db037b-95c3-48d7-a3ab-a9c6d41093e0"))
        #expect(product.applicationID == GUID("55c92734-d682-4d71-983e-d6ec3f16059f"))
        #expect(product.text(.productKeyID) == "06401-02618-046-320884-03-1036-9600.0000-0492014")
        #expect(product.text(.licenseFamily) == "Professional")
        #expect(product.keyType == .mak)
        #expect(result.records.map(\.line) == [5])
    }

    @Test(
        "UTF-16 as regedit saves it is read, and cuts between chunks change nothing", arguments: [[], [1], [7, 300]])
    func cuts(_ cuts: [Int]) {
        let text = RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value()))
        let result = ReadResult([0xFF, 0xFE] + text.utf16Bytes(bigEndian: false), cuts: cuts)
        #expect(result.records == ReadResult(text).records)
        #expect(result.records.count == 1)
    }

    @Test("An export without names is that of the computer after which its file is named")
    func fileName() {
        let text = RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value()), names: false)
        let result = ReadResult(text)
        // The tests read everything as test.csv.
        #expect(RegistryReaderTests.products(result).map(\.computer.name) == ["test.csv"])
        #expect(result.codes == ["reg.computer.file"])
    }

    @Test("A whole key that lies in the value is pointed out")
    func storedKey() {
        let result = ReadResult(
            RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value(key: 9))))
        #expect(result.codes == ["reg.key.stored"])
        #expect(result.records.count == 1)
    }

    @Test("A stored key is pointed out also where nothing tells which product it is for")
    func storedKeyOfNoProduct() {
        var old = [UInt8](repeating: 0, count: 164)
        old[0] = 0xA4
        old[52] = 9
        let result = ReadResult(RegistryReaderTests.export(RegistryReaderTests.lines(old, name: "DigitalProductId")))
        #expect(Set(result.codes) == ["reg.key.stored", "reg.product.unknown"])
        #expect(result.diagnostic("reg.key.stored")?.message.contains("ending in BBBBP") == true)
        #expect(result.keys.map(\.partialKey?.text) == ["BBBBP"])
        #expect(result.skipped == 0)
    }

    /// The short value with these facts; bytes for the key that are none of the 2009 format.
    private static func short(pid: String = "", group: UInt8 = 0, part: String = "", key: [UInt8] = []) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 164)
        bytes[0] = 0xA4
        bytes.replaceSubrange(8..<8 + pid.utf8.count, with: pid.utf8)
        bytes[32] = group
        bytes.replaceSubrange(36..<36 + part.utf8.count, with: part.utf8)
        bytes.replaceSubrange(52..<52 + key.count, with: key)
        return bytes
    }

    @Test(
        "the short value alone makes a key record of what it tells",
        arguments: [
            (
                short(pid: "55041-029-0047897-86624", group: 172, part: "X15-39081", key: [9]), "BBBBP", nil,
                "group 172, part number X15-39081"
            ),
            (
                short(pid: "00261-80463-20884-AA358", part: "[Blue]X18-95516", key: [9]), "BBBBP", nil,
                "group 2618, part number [Blue]X18-95516"
            ),
            (short(group: 86, key: [0, 0, 1]), "BG23Y", nil, "group 86"),
        ] as [([UInt8], String?, String?, String)])
    func keyAlone(bytes: [UInt8], partial: String?, description: String?, facts: String) throws {
        let result = ReadResult(RegistryReaderTests.export(RegistryReaderTests.lines(bytes, name: "DigitalProductId")))
        let key = try #require(result.keys.first)
        #expect(result.records.map(\.line) == [5])
        #expect(key.partialKey?.text == partial)
        #expect(key.description == description)
        #expect(key.remarks == "seen in a registry export: " + facts)
        #expect(key.productKey == nil)
        #expect(result.diagnostic("reg.product.unknown")?.severity == .note)
        #expect((result.diagnostic("reg.key.stored") != nil) == (partial != nil))
    }

    @Test(
        "a key that was wiped makes no record, whatever stands beside it",
        arguments: [
            short(), short(pid: "00261-80463-20884-AA358"),
            short(pid: "55041-029-0047897-86624", group: 172, part: "X15-39081"),
        ])
    func wipedKey(bytes: [UInt8]) {
        let content =
            "\"ProductId\"=\"00261-80463-20884-AA358\"\r\n"
            + RegistryReaderTests.lines(bytes, name: "DigitalProductId")
        let result = ReadResult(RegistryReaderTests.export(content))
        #expect(result.records.isEmpty && result.skipped == 1)
        #expect(result.codes == ["reg.product.unknown"])
    }

    @Test("the long value without an activation id makes a key record with its extended PID and type")
    func longWithoutProduct() throws {
        var bytes = RegistryReaderTests.value()
        for index in 136..<264 { bytes[index] = 0 }
        let content =
            "\"ProductId\"=\"00261-80463-20885-AA358\"\r\n" + RegistryReaderTests.lines(bytes)
        let result = ReadResult(RegistryReaderTests.export(content))
        let key = try #require(result.keys.first)
        #expect(key.extendedPID == "06401-02618-046-320884-03-1036-9600.0000-0492014")
        #expect(key.keyType == .mak)
        // The product id is that of another serial.
        #expect(Set(result.codes) == ["reg.product.unknown", "reg.conflict"])
    }

    @Test("the last five characters of a stored key are those of the product")
    func partialKeyOfProduct() throws {
        let stored = ReadResult(
            RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value(key: 9))))
        #expect(RegistryReaderTests.products(stored).map { $0.text(.partialProductKey) } == ["BBBBP"])
        let wiped = ReadResult(RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value())))
        #expect(RegistryReaderTests.products(wiped).map { $0.text(.partialProductKey) } == [nil])
    }

    @Test("the form of binary values that regedit takes as well is read")
    func otherForm() {
        let lines = RegistryReaderTests.lines(RegistryReaderTests.value()).replacing("=hex:", with: "=hex(3):")
        let result = ReadResult(RegistryReaderTests.export(lines))
        #expect(result.codes.isEmpty && result.records.count == 1)
    }

    @Test("a public client set-up key that stands in clear is skipped, as it is no secret")
    func publicKey() throws {
        let published = try #require(ClientSetupKeys.published.keys.first)
        let content = "\"BackupProductKeyDefault\"=\"\(published.key.revealed)\"\r\n"
        let result = ReadResult(RegistryReaderTests.export(content))
        #expect(result.codes == ["reg.key.public"])
        #expect(result.skipped == 1 && result.records.isEmpty)
    }

    @Test("A key that stands in the export as a text is pointed out by its last five characters")
    func clearKey() throws {
        let content =
            "\"BackupProductKeyDefault\"=\"BCDFG-HJKMP-QRTVW-XY234-6789B\"\r\n"
            + RegistryReaderTests.lines(RegistryReaderTests.value())
        let result = ReadResult(RegistryReaderTests.export(content))
        #expect(result.codes == ["reg.key.clear"])
        let finding = try #require(result.diagnostic("reg.key.clear"))
        #expect(finding.line == 5)
        #expect(finding.message.contains("6789B"))
        #expect(!finding.message.contains("QRTVW"))
        #expect(result.keys.map(\.partialKey?.text) == ["6789B"])
        #expect(result.keys.allSatisfy { $0.remarks == nil })
        #expect(result.keys.allSatisfy { $0.productKey == nil })
        #expect(RegistryReaderTests.products(result).count == 1)
        let empty = "\"BackupProductKeyDefault\"=\"\"\r\n" + RegistryReaderTests.lines(RegistryReaderTests.value())
        #expect(ReadResult(RegistryReaderTests.export(empty)).codes.isEmpty)
    }

    @Test("A product id of another key than the extended PID is named as a contradiction")
    func conflict() {
        let content = RegistryReaderTests.lines(RegistryReaderTests.value())
        let same = ReadResult(RegistryReaderTests.export("\"ProductId\"=\"00261-80463-20884-AA358\"\r\n" + content))
        #expect(same.codes.isEmpty, "\(same.diagnostics)")
        let other = ReadResult(RegistryReaderTests.export("\"ProductId\"=\"00261-80463-20885-AA358\"\r\n" + content))
        #expect(other.codes == ["reg.conflict"])
        #expect(other.records.count == 1)
    }

    @Test("Damaged and cut values are rejected with their line, and a key without an activation id is skipped")
    func damaged() {
        let short = RegistryReaderTests.lines(Array(RegistryReaderTests.value().prefix(100)))
        let result = ReadResult(RegistryReaderTests.export(short))
        #expect(result.rejected == 1)
        #expect(result.diagnostic("reg.value.damaged")?.line == 5)
        let cut = RegistryReaderTests.export(RegistryReaderTests.lines(RegistryReaderTests.value()), names: false)
        #expect(ReadResult(String(cut.prefix(400))).diagnostic("reg.value.damaged")?.line == 5)
        var old = [UInt8](repeating: 0, count: 164)
        old[0] = 0xA4
        let skipped = ReadResult(RegistryReaderTests.export(RegistryReaderTests.lines(old, name: "DigitalProductId")))
        #expect(skipped.skipped == 1)
        #expect(skipped.codes == ["reg.product.unknown"])
    }

    @Test("An export without a digital product id says so")
    func none() {
        #expect(ReadResult(RegistryReaderTests.export("")).codes == ["reg.value.none"])
    }
}

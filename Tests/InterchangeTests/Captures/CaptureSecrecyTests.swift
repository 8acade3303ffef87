import ActivationModel
import Testing

@testable import Interchange

@Suite("Product keys in captures")
struct CaptureSecrecyTests {
    private static let key = "BCDFG-HJKMP-QRTVW-XY234-67892"
    private static let masked = "XXXXX-XXXXX-XXXXX-XXXXX-67892"

    /// One row, in which one property is replaced.
    private static func read(_ property: String, _ value: String) -> ReadResult {
        let properties = SampleProduct().properties(of: "pc-1").map { name, old in
            (name: name, value: name == property ? value : old)
        }
        let lines = [properties.map(\.name), properties.map { "\"\($0.value)\"" }].map { $0.joined(separator: ",") }
        return ReadResult(lines.joined(separator: "\n"))
    }

    private static func isShown(_ result: ReadResult) -> Bool {
        let texts = result.records.map { String(reflecting: $0) } + result.diagnostics.map(\.message)
        return texts.contains { $0.contains("QRTVW") }
    }

    @Test(
        "A key in the text of a product is kept masked",
        arguments: [
            ("Name", ProductField.productName), ("Description", .productDescription),
            ("LicenseFamily", .licenseFamily), ("ADActivationObjectName", .adActivationObjectName),
        ])
    func texts(_ property: String, _ field: ProductField) {
        let result = CaptureSecrecyTests.read(property, "Windows \(CaptureSecrecyTests.key)")
        #expect(result.products.map { $0.text(field) } == ["Windows \(CaptureSecrecyTests.masked)"])
        #expect(!CaptureSecrecyTests.isShown(result))
    }

    @Test("A key in the place of the extended PID is left out")
    func extendedPID() {
        let result = CaptureSecrecyTests.read("ProductKeyID", CaptureSecrecyTests.key)
        #expect(result.products.map { $0[.productKeyID] } == [.missing])
        #expect(!CaptureSecrecyTests.isShown(result))
    }

    @Test("A key behind the groups of an extended PID is masked")
    func keyInExtendedPID() {
        let result = CaptureSecrecyTests.read(
            "ProductKeyID", "55041-00172-220-100123-03-1033-\(CaptureSecrecyTests.key)")
        #expect(result.products.count == 1)
        #expect(!CaptureSecrecyTests.isShown(result))
    }

    @Test("A key as the licence state is kept masked, as a word that is not known")
    func state() {
        let result = CaptureSecrecyTests.read("LicenseStatus", CaptureSecrecyTests.key)
        #expect(result.products.map { $0[.licenseStatus] } == [.text(CaptureSecrecyTests.masked)])
        #expect(!CaptureSecrecyTests.isShown(result))
    }

    @Test("Of a whole key in the column of the partial key its last five characters are taken")
    func partialKey() {
        let result = CaptureSecrecyTests.read("PartialProductKey", CaptureSecrecyTests.key)
        #expect(result.products.map { $0.text(.partialProductKey) } == ["67892"])
        #expect(!CaptureSecrecyTests.isShown(result))
    }

    @Test("A computer is never named like a key, whether a heading or the file says so")
    func names() {
        let key = CaptureSecrecyTests.key
        let heading = ReadResult((["=== \(key) ==="] + SampleProduct().slmgr()).joined(separator: "\n"))
        #expect(heading.codes == ["capture.computer.unnamed"])
        #expect(CaptureComputer.name(ofFile: "\(key).txt") == nil)
        #expect(CaptureComputer.name(ofFile: "\(key.replacing("-", with: "")).txt") == nil)
    }

    @Test("A client of a KMS host is never named like a key")
    func client() {
        let fields = [
            "0x0", "25", CaptureSecrecyTests.key, "11111111-2222-3333-4444-555555555555", "2021/1/30 10:05", "0", "1",
            "0", "ae2ee509-1b34-41c0-acb7-6d4650168915",
        ]
        let text =
            "Id,TimeCreated,ProviderName,Message\n12290,2021-01-30T10:05:33Z,Microsoft-Windows-Security-SPP,"
            + "\"Info: \(fields.joined(separator: ","))\"\n"
        let result = ReadResult(text, options: ReadOptions(format: .kmsEvents))
        #expect(result.rejected == 1)
        #expect(!CaptureSecrecyTests.isShown(result))
    }
}

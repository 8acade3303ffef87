import ActivationModel
import Testing

@testable import Interchange

@Suite("Installation ids of captures")
struct CaptureInstallationIDTests {
    private static let good = SampleProduct().installationID
    private static let formats = ["slmgr", "slmgr in no known language", "wmic list", "Export-Csv", "JSON", "CLIXML"]

    /// One product in a format.
    private func capture(_ product: SampleProduct, _ format: String) -> String {
        let properties = product.properties(of: "pc-1")
        switch format {
        case "slmgr": return (["=== pc-1 ==="] + product.slmgr()).joined(separator: "\n")
        case "slmgr in no known language":
            var language = SampleProduct.Language()
            language.installationID = "Pqr: "
            return (["=== pc-1 ==="] + product.slmgr(language)).joined(separator: "\n")
        case "wmic list": return properties.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
        case "Export-Csv":
            return properties.map { "\"\($0.name)\"" }.joined(separator: ",") + "\n"
                + properties.map { "\"\($0.value)\"" }.joined(separator: ",") + "\n"
        case "JSON": return CaptureText.json(properties)
        default:
            return "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                + CaptureText.clixml(properties) + "</Objs>"
        }
    }

    @Test(
        "a doubtful id is a warning with the line of its product, and the product is taken",
        arguments: formats,
        [
            ("123451" + good.dropFirst(6), "group 1 of 9", true), (String(good.dropLast(2)), "52 digits", false),
            (good + good.prefix(6), "60 digits", false), (String(repeating: "0", count: 54), "Zeros", false),
        ] as [(text: String, says: String, isKept: Bool)])
    func doubtful(format: String, id: (text: String, says: String, isKept: Bool)) throws {
        var product = SampleProduct()
        product.installationID = id.text
        let result = ReadResult(capture(product, format))
        let warnings = result.diagnostics.filter { $0.severity != .note }
        #expect(warnings.map(\.code) == ["installationId.digit"], "\(warnings)")
        #expect(warnings.first?.message.contains(id.says) == true, "\(warnings)")
        #expect(warnings.first?.message.contains(id.isKept ? "is kept" : "left out") == true, "\(warnings)")
        #expect(warnings.first?.line == result.records.first?.line)
        #expect(result.products.map { $0.text(.installationID) } == [id.isKept ? id.text : nil])
        #expect(result.products.first?.text(.partialProductKey) == product.partialKey)
    }

    @Test("a text in place of the id is left out, and one that holds a key is not repeated")
    func text() {
        var product = SampleProduct()
        product.installationID = "BCDFG-HJKMP-QRTVW-XY234-6789B"
        let result = ReadResult(capture(product, "JSON"))
        let warnings = result.diagnostics.filter { $0.severity != .note }
        #expect(warnings.map(\.code) == ["installationId.digit"])
        #expect(warnings.allSatisfy { !$0.message.contains("BCDFG") && !$0.message.contains("6789B") })
        #expect(result.products.map { $0.text(.installationID) } == [nil])
    }
}

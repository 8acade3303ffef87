import ActivationModel
import Testing

@testable import Interchange

@Suite("ESU keys of Azure")
struct AzureKeyTests {
    /// Made up; its checksum fails.
    private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"

    private static func resource(_ properties: String, type: String = "Microsoft.WindowsESU/multipleActivationKeys")
        -> String
    {
        "{\"id\": \"/subscriptions/x/lab\", \"name\": \"lab\", \"type\": \"\(type)\",\n\"properties\": {\(properties)}}"
    }

    private static let issued = """
        "multipleActivationKey": "\(key)", "expirationDate": "2023-01-10T00:00:00Z", "osType": "WindowsServer2008R2",
        "supportType": "SupplementalServicing", "installedServerNumber": 12, "agreementNumber": "EA-1",
        "isEligible": true, "provisioningState": "Succeeded"
        """

    @Test(
        "A key is read from each form of the answer",
        arguments: [
            "{\"value\": [\(resource(issued))], \"nextLink\": null}", "[\(resource(issued))]", resource(issued),
            "[{\(issued)}]",
        ])
    func forms(_ text: String) throws {
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .azureKeys)
        let result = ReadResult(text)
        #expect(result.diagnostics.isEmpty && result.error == nil, "\(result.diagnostics)")
        let record = try #require(result.keys.first)
        #expect(result.keys.count == 1)
        #expect(record.productKey == ProductKey(AzureKeyTests.key))
        #expect(record.keyType == .mak)
        #expect(record.program == "windows-server-2008")
        #expect(record.year == nil)
        #expect(record.agreement == "EA-1")
        #expect(record.description == "ESU key of Azure for WindowsServer2008R2 (SupplementalServicing)")
        let remarks = "expires 2023-01-10; for 12 servers"
        #expect(record.remarks == (text.contains("\"lab\"") ? "lab; \(remarks)" : remarks))
        // What was asked for is not what is left.
        #expect(record.remaining == nil)
    }

    @Test(
        "A resource without a key is skipped with its reason",
        arguments: [
            ("\"multipleActivationKey\": \"\", \"isEligible\": false", "agreement"),
            ("\"multipleActivationKey\": null, \"provisioningState\": \"Accepted\"", "Accepted"),
            ("\"osType\": \"Windows7\"", "holds no key"),
        ])
    func absent(_ properties: String, _ words: String) {
        let result = ReadResult(AzureKeyTests.resource(properties))
        #expect(result.codes == ["azure.key.absent"])
        #expect(result.skipped == 1)
        #expect(result.diagnostics.first?.message.contains(words) == true, "\(result.diagnostics)")
    }

    @Test("A resource of another type, a value that is none and a key with a slip are counted, and the rest is read")
    func mixed() {
        let result = ReadResult(
            """
            {"value": [
            \(AzureKeyTests.resource("\"a\": 1", type: "Microsoft.Compute/virtualMachines")),
            7,
            \(AzureKeyTests.resource("\"multipleActivationKey\": \"BBBBB-CCCCC-DDDDD-FFFF0-GGHNJ\"")),
            \(AzureKeyTests.resource("\"multipleActivationKey\": \"\(AzureKeyTests.key)\", \"osType\": \"Windows9\""))
            ]}
            """)
        #expect(result.error == nil)
        #expect(result.skipped == 1)
        #expect(result.rejected == 2)
        #expect(result.keys.map(\.program) == [nil])
        #expect(Set(result.codes) == ["azure.key.other", "azure.key.form", "keys.key.placeholder", "azure.key.system"])
        #expect(!"\(result.diagnostics)".contains("CCCCC"))
    }

    @Test("Properties that PowerShell cut off are pointed out with the depth that keeps them")
    func cutShort() {
        let result = ReadResult(
            "[{\"type\": \"Microsoft.WindowsESU/multipleActivationKeys\", \"properties\": \"@{osType=Windows7}\"}]")
        #expect(result.codes == ["azure.key.cut"])
        #expect(result.diagnostics.first?.remedy.contains("-Depth") == true)
        #expect(result.rejected == 1)
    }

    @Test("A file that was cut off is refused")
    func cutOff() {
        let text = "[\(AzureKeyTests.resource(AzureKeyTests.issued))]"
        let result = ReadResult(String(text.dropLast(20)))
        #expect(result.error != nil)
        #expect(result.records.isEmpty)
    }

    @Test("The cuts between chunks change nothing", arguments: [[1], [3, 7], [64]])
    func cuts(_ cuts: [Int]) {
        let text = "{\"value\": [\(AzureKeyTests.resource(AzureKeyTests.issued))]}"
        #expect(ReadResult(text, cuts: cuts, options: ReadOptions(format: .azureKeys)) == ReadResult(text))
    }

    @Test(
        "Each system of the service names its program, in any case, and never a year",
        arguments: [
            ("Windows7", "windows-7"), ("WindowsServer2008", "windows-server-2008"),
            ("WindowsServer2008R2", "windows-server-2008"), ("windows7", "windows-7"),
        ])
    func systems(_ system: String, _ program: String) {
        let result = ReadResult(
            AzureKeyTests.resource("\"multipleActivationKey\": \"\(AzureKeyTests.key)\", \"osType\": \"\(system)\""))
        #expect(result.keys.map(\.program) == [program])
        #expect(result.keys.map(\.year) == [nil])
        #expect(result.codes == [])
    }

    @Test("A date that cannot be read costs the date, not the key; an issued key counts whatever its state is")
    func date() {
        let result = ReadResult(
            AzureKeyTests.resource(
                "\"multipleActivationKey\": \"\(AzureKeyTests.key)\", \"osType\": \"Windows7\", "
                    + "\"expirationDate\": \"next year\", \"isEligible\": false, \"provisioningState\": \"Failed\""))
        #expect(result.keys.map(\.partialKey?.text) == ["GGHNJ"])
        #expect(result.codes == ["azure.key.date"])
        #expect(result.diagnostics.first?.message.contains("next year") == false)
    }
}

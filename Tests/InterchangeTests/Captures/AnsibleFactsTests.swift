import ActivationModel
import Testing

@testable import Interchange

@Suite("Facts of Ansible's win_product_facts")
struct AnsibleFactsTests {
    /// Made up; its checksum fails.
    private static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ"

    private static func facts(_ more: String = "") -> String {
        """
        {"ansible_facts": {"ansible_os_license_channel": "Volume:MAK", "ansible_os_license_edition": "Windows(R) ServerStandard edition",
        "ansible_os_license_status": "Licensed", "ansible_os_product_id": "00326-10000-00000-AA698",
        "ansible_os_product_key": "\(key)"\(more)}, "changed": false}
        """
    }

    private static let arrays = """
        {"ansible_facts": {"ansible_os_license_channel": ["Volume:GVLK", "Retail"],
        "ansible_os_license_edition": ["Windows(R) ServerStandard edition", "Office 19, Office19ProPlus edition"],
        "ansible_os_license_status": ["Licensed", "Notification"], "ansible_os_product_id": "00326-10000-00000-AA698",
        "ansible_os_product_key": "\(key)"}}
        """

    private static func describe(_ record: ProductRecord) -> String {
        [
            record.computer.name, record.text(.productName), record.keyType?.label, record.licenseStatus?.name,
            record.text(.partialProductKey),
        ].map { $0 ?? "-" }.joined(separator: "|")
    }

    @Test("A file per computer, as --tree writes it, is named after the computer")
    func tree() throws {
        let bytes = Array(AnsibleFactsTests.facts().utf8)
        #expect(try FormatDetector().detect(bytes.span) == .ansibleJSON)
        let result = ReadResult(bytes, options: ReadOptions(fileName: "facts/srv-1.corp.example"))
        #expect(
            result.products.map(AnsibleFactsTests.describe) == [
                "srv-1.corp.example|Windows(R) ServerStandard edition|MAK|Licensed|GGHNJ"
            ])
        #expect(result.products.map(\.applicationID) == [.windowsApplication])
        #expect(!"\(result.records) \(result.diagnostics)".contains("BBBBB"), "a whole key was taken or shown")
    }

    @Test("Arrays are several products, and the key then belongs to none of them")
    func severalProducts() {
        let result = ReadResult(AnsibleFactsTests.arrays, options: ReadOptions(computer: "srv-1"))
        #expect(
            result.products.map(AnsibleFactsTests.describe) == [
                "srv-1|Windows(R) ServerStandard edition|GVLK|Licensed|-",
                "srv-1|Office 19, Office19ProPlus edition|Retail|Notification|-",
            ])
        #expect(result.products.map(\.applicationID) == [.windowsApplication, .officeApplication])
    }

    @Test("The JSON callback holds many hosts, and those without facts are counted")
    func callback() {
        let text = """
            {"plays": [{"play": {"name": "x"}, "tasks": [{"task": {"name": "facts"}, "hosts": {
            "srv-1": \(AnsibleFactsTests.facts()),
            "srv-2": \(AnsibleFactsTests.arrays),
            "srv-3": {"unreachable": true, "msg": "timeout"}, "srv-4": {"changed": false}}}]}],
            "stats": {"srv-1": {"ok": 1}}}
            """
        for cuts in [[], [1]] {
            let result = ReadResult(text, cuts: cuts)
            #expect(result.error == nil)
            #expect(result.products.map(\.computer.name) == ["srv-1", "srv-2", "srv-2"])
            #expect(result.skipped == 2)
            #expect(result.diagnostics.filter { $0.code == "ansible.facts.none" }.count == 2)
        }
    }

    @Test("An object of hosts is read, and the time of the facts is that of the captures")
    func hosts() {
        let time = ", \"ansible_date_time\": {\"iso8601\": \"2021-01-30T10:05:33Z\"}"
        let result = ReadResult(
            "{\"srv-1\": \(AnsibleFactsTests.facts(time)), \"srv-2\": \(AnsibleFactsTests.facts(time))}")
        #expect(result.products.map(\.computer.name) == ["srv-1", "srv-2"])
        #expect(
            result.products.map { $0.timestamp(.licenseStatusLastUpdated) } == [
                SampleProduct.captured, SampleProduct.captured,
            ])
        #expect(result.codes == ["capture.product.nameless"])
    }

    @Test("Arrays of different lengths do not say what belongs together")
    func uneven() {
        let text = AnsibleFactsTests.arrays.replacing("[\"Licensed\", \"Notification\"]", with: "\"Licensed\"")
        let result = ReadResult(text, options: ReadOptions(computer: "srv-1"))
        #expect(result.codes == ["ansible.facts.uneven"])
        #expect(result.rejected == 1)
    }
}

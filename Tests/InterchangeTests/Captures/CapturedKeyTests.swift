import ActivationModel
import Testing

@testable import Interchange

@Suite("What captures say about a key in several places")
struct CapturedKeyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What is said of a product of which nothing else is.
        var values: [String: String]
        /// What the finding names; nil when there is none.
        var finding: String?

        init(_ name: String, _ values: [String: String], _ finding: String?) {
            testDescription = name
            self.values = values
            self.finding = finding
        }
    }

    private static let mak = "Windows(R) Operating System, VOLUME_MAK channel"
    private static let oem = "Windows(R) Operating System, OEM_DM channel"
    private static let makPID = "03612-02618-046-320884-03-1036-9600.0000-0492014"

    static let cases = [
        Case(
            "extended PID and product id of one key",
            ["Description": mak, "ProductKeyID": makPID, "ProductKeyID2": "00261-80463-20884-AA358"], nil),
        Case(
            "an OEM key and its product id",
            [
                "Description": oem, "ProductKeyID": "00180-01801-053-952840-02-1033-9200.0000-0492014",
                "ProductKeyID2": "00180-10539-52840-AAOEM", "ProductKeyChannel": "OEM:DM",
            ], nil),
        Case(
            "extended PID and product id of two keys",
            ["Description": mak, "ProductKeyID": makPID, "ProductKeyID2": "00261-80463-20885-AA358"],
            "the extended PID says group 2618, serial 46320884, the product id says group 2618, serial 46320885"),
        Case(
            "a product id of Windows 7, which tells neither group nor serial",
            ["Description": mak, "ProductKeyID": makPID, "ProductKeyID2": "55041-029-0047897-86624"], nil),
        Case(
            "an OEM extended PID of a MAK",
            ["Description": mak, "ProductKeyID": makPID.replacing("-03-", with: "-02-")],
            "the extended PID is of the OEM channel, in which no MAK key is sold"),
        Case(
            "a channel that is not that of the product",
            ["Description": mak, "ProductKeyChannel": "Volume:GVLK"],
            "the key is recorded as GVLK, and the product is one for keys of type MAK"),
        Case(
            "a product id marked OEM of a MAK", ["Description": mak, "ProductKeyID2": "00261-80463-20884-AAOEM"],
            "the product id is marked OEM, and the key is recorded as MAK"),
        Case(
            "the last five characters of a client set-up key on a MAK",
            ["Description": mak, "PartialProductKey": "T83GX"], "a client set-up key that Microsoft publishes"),
        Case(
            "a client set-up key with the ids of a KMS client",
            [
                "Description": "Windows(R) Operating System, VOLUME_KMSCLIENT channel", "PartialProductKey": "T83GX",
                "ProductKeyID": "03612-03311-000-000001-03-1033-19045.0000-0712019",
                "ProductKeyID2": "00331-10000-00001-AA123", "ProductKeyChannel": "Volume:GVLK",
            ], nil),
        Case(
            "an evaluation, of whose channel nothing is known",
            ["Description": "Windows(R) Operating System, TIMEBASED_EVAL channel", "ProductKeyID": makPID], nil),
        Case(
            "Office, which writes the type in brackets",
            ["Description": "Office 16, RETAIL(MAK) channel", "ProductKeyID": makPID.replacing("-03-", with: "-00-")],
            nil),
        Case(
            "a retail edition of Office that came with the computer",
            ["Description": "Office 16, RETAIL channel", "ProductKeyID2": "00334-45906-33183-AAOEM"], nil),
        Case(
            "an extended PID of zeros, which says nothing, not even the channel",
            ["Description": oem, "ProductKeyID": "00000-00000-000-000000-03-1033-7601.0000-0000000"], nil),
    ]

    private static func object(_ values: [String: String]) -> [(name: String, value: String)] {
        let plain = [
            "ApplicationID": "55c92734-d682-4d71-983e-d6ec3f16059f", "ID": "ae2ee509-1b34-41c0-acb7-6d4650168915",
            "LicenseStatus": "1", "Name": "Windows(R), Professional edition", "PartialProductKey": "BCDFG",
            "PSComputerName": "pc-1", "TrustedTime": "20210130110533.000000+060",
        ]
        return plain.merging(values) { $1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func check(_ result: ReadResult, _ entry: Case, line: Int?) {
        #expect(result.products.count == 1, "what contradicts itself is kept")
        #expect(result.codes == (entry.finding == nil ? [] : ["capture.conflict"]), "\(result.diagnostics)")
        guard let finding = entry.finding, let told = result.diagnostic("capture.conflict") else { return }
        #expect(told.message.contains(finding), "\(told.message)")
        if let line { #expect(told.line == line) }
    }

    @Test("Contradictions are found in objects, and only these", arguments: cases)
    func objects(_ entry: Case) {
        let properties = CapturedKeyTests.object(entry.values)
        let csv = [properties.map(\.name), properties.map(\.value)].map {
            $0.map { "\"\($0)\"" }.joined(separator: ",")
        }
        CapturedKeyTests.check(ReadResult(csv.joined(separator: "\n")), entry, line: 2)
        CapturedKeyTests.check(ReadResult(CaptureText.json(properties)), entry, line: 1)
        let list = [""] + properties.map { "\($0.name)=\($0.value)" }
        CapturedKeyTests.check(ReadResult(CaptureText.wmicBytes(list)), entry, line: nil)
    }

    @Test("Contradictions are found in the text of slmgr, with the line")
    func text() {
        var product = SampleProduct()
        product.extendedPID = product.extendedPID.replacing("-03-", with: "-02-")
        let result = ReadResult(
            (["", "=== pc-1 ==="] + product.slmgr()).joined(separator: "\n"), options: ReadOptions())
        #expect(result.codes == ["capture.conflict"])
        let finding = result.diagnostic("capture.conflict")
        #expect(finding?.line == 3)
        #expect(
            finding?.message
                == "What is said about the key ending in HVTHH of “Windows(R) 7, Enterprise edition” does not fit together: the "
                + "extended PID is of the OEM channel, in which no GVLK key is sold.")
    }

    @Test(
        "The product id of ospp is compared with the key",
        arguments: [("00339-10000-00000-AA310", true), ("00339-10000-00007-AA310", false), ("unreadable", true)])
    func office(_ id: String, _ agrees: Bool) {
        let lines = [
            "---Processing--------------------------", "PRODUCT ID: \(id)",
            "SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64",
            "LICENSE NAME: Office 16, Office16ProPlusVL_KMS_Client edition",
            "LICENSE DESCRIPTION: Office 16, VOLUME_KMSCLIENT channel", "LICENSE STATUS:  ---LICENSED--- ",
            "Last 5 characters of installed product key: WFG99", "---------------------------------------",
        ]
        let result = ReadResult(
            lines.joined(separator: "\n"), options: ReadOptions(readAt: SampleProduct.captured, computer: "pc-1"))
        #expect(result.products.count == 1)
        #expect(result.codes == (agrees ? [] : ["capture.conflict"]))
    }

    @Test(
        "The product id of Ansible's facts is compared with the channel of a single licence",
        arguments: [("00326-10000-00000-AA698", true), ("00326-10000-00000-AAOEM", false)])
    func facts(_ id: String, _ agrees: Bool) {
        let text = """
            {"ansible_facts": {"ansible_os_license_channel": "Volume:MAK", "ansible_os_license_status": "Licensed",
            "ansible_os_license_edition": "Windows(R) ServerStandard edition", "ansible_os_product_id": "\(id)"}}
            """
        let result = ReadResult(text, options: ReadOptions(readAt: SampleProduct.captured, computer: "srv-1"))
        #expect(result.products.count == 1)
        #expect(result.codes.contains("capture.conflict") == !agrees)
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("Licensing captures of every format")
struct CaptureFormatsTests {
    private static let base = SampleProduct()
    private static let computers = ["pc-1", "pc-2"]

    struct Capture: CustomTestStringConvertible {
        var format: FileFormat
        var bytes: [UInt8]
        var name: String
        var testDescription: String { name }

        init(_ format: FileFormat, _ name: String, _ text: String) {
            self.init(format, name, Array(text.utf8))
        }

        init(_ format: FileFormat, _ name: String, _ bytes: [UInt8]) {
            self.format = format
            self.name = name
            self.bytes = bytes
        }
    }

    /// The same four products in every format that names computers.
    static let captures: [Capture] = {
        let all = computers.map { computer in
            (computer, [base.properties(of: computer), SampleProduct.esu.properties(of: computer)])
        }
        let rows = all.flatMap(\.1)
        let header = rows[0].map(\.name)
        let quoted =
            [header.map { "\"\($0)\"" }.joined(separator: ",")]
            + rows.map { $0.map { "\"\($0.value)\"" }.joined(separator: ",") }
        let slmgr = computers.flatMap { computer in
            ["=== \(computer) ===", "Software licensing service version: 6.1.7601.17514", ""] + base.slmgr()
                + SampleProduct.esu.slmgr()
        }
        let lists = rows.map { $0.map { "\($0.name)=\($0.value)" } }
        let padded = rows.map { row in
            row.map { $0.name + String(repeating: " ", count: 24 - min(24, $0.name.count)) + " : " + $0.value } + [""]
        }
        let unquoted = all.flatMap { computer, products in
            products.map { ([computer] + $0.dropLast().map(\.value)).joined(separator: ",") }
        }
        let json = rows.map { CaptureText.json($0) }
        let clixml = "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
        return [
            Capture(.slmgr, "slmgr", slmgr.joined(separator: "\r\n")),
            Capture(.slmgr, "slmgr, wrapped", CaptureText.wrapped(slmgr).joined(separator: "\n")),
            Capture(.cimCSV, "Export-Csv", quoted.joined(separator: "\r\n")),
            Capture(.cimCSV, "Export-Csv with type", "#TYPE CimInstance\r\n" + quoted.joined(separator: "\r\n")),
            Capture(
                .cimCSV, "wmic csv",
                CaptureText.wmicBytes([""] + ["Node," + header.dropLast().joined(separator: ",")] + unquoted)),
            Capture(.cimList, "wmic list", CaptureText.wmicBytes(lists.flatMap { ["", ""] + $0 })),
            Capture(.cimList, "Format-List", padded.flatMap { $0 }.joined(separator: "\n")),
            Capture(.cimJSON, "JSON array", "[" + json.joined(separator: ",\n") + "]"),
            Capture(
                .cimJSON, "JSON value and Count", "{\"value\": [" + json.joined(separator: ",") + "], \"Count\": 4}"),
            Capture(.cimJSON, "JSON one after the other", json.joined(separator: "\n")),
            Capture(
                .cimCLIXML, "CLIXML", clixml + rows.map { CaptureText.clixml($0) }.joined(separator: "\n") + "</Objs>"),
        ]
    }()

    @Test("All formats say the same, are recognised by content, and may be cut anywhere", arguments: captures)
    func same(_ capture: Capture) throws {
        #expect(try FormatDetector().detect(capture.bytes.span) == capture.format)
        let expected = CaptureFormatsTests.computers.flatMap {
            [CaptureFormatsTests.base.record(of: $0), SampleProduct.esu.record(of: $0)]
        }
        for cuts in [[], [1], [7, 64, 3]] {
            let result = ReadResult(capture.bytes, cuts: cuts)
            #expect(result.error == nil)
            #expect(result.products == expected)
            #expect(result.diagnostics.filter { $0.severity != .note } == [])
            #expect(result.skipped + result.rejected == 0)
        }
    }

    @Test(
        "What Windows only knows is skipped, and a row without its id is rejected with its line",
        arguments: [
            FileFormat.cimCSV, .cimJSON, .cimList,
        ])
    func skipped(_ format: FileFormat) {
        var known = SampleProduct()
        known.partialKey = ""
        known.status = .unlicensed
        var nameless = SampleProduct()
        nameless.id = "no id"
        let rows = [known, nameless, SampleProduct()].map { $0.properties(of: "pc-1") }
        let text: String
        switch format {
        case .cimCSV:
            text =
                (["\"" + rows[0].map(\.name).joined(separator: "\",\"") + "\""]
                + rows.map { "\"" + $0.map(\.value).joined(separator: "\",\"") + "\"" }).joined(separator: "\n")
        case .cimJSON: text = "[" + rows.map { CaptureText.json($0) }.joined(separator: ",\n") + "]"
        default: text = rows.flatMap { $0.map { "\($0.name)=\($0.value)" } + [""] }.joined(separator: "\n")
        }
        let result = ReadResult(text, options: ReadOptions(format: format))
        #expect(result.products == [SampleProduct().record(of: "pc-1")])
        #expect(result.skipped == 1)
        #expect(result.rejected == 1)
        #expect(
            Set(result.codes).isSuperset(of: [
                "capture.product.keyless", "capture.product.unidentified", "capture.value.unknown",
            ]))
        let line = [FileFormat.cimCSV: 3, .cimJSON: 21, .cimList: 20][format]
        #expect(result.diagnostic("capture.product.unidentified")?.line == line)
    }

    @Test("Products below the names of computers, or beside one, are those of that computer")
    func gathered() {
        let base = CaptureText.json(SampleProduct().properties(of: nil))
        let esu = CaptureText.json(SampleProduct.esu.properties(of: nil))
        let expected = [SampleProduct().record(of: "PC-A"), SampleProduct.esu.record(of: "PC-B")]
        for text in [
            "{\"PC-A\":[\(base)],\"PC-B\":[\(esu)]}", "{\"PC-A\":{\"value\":[\(base)],\"Count\":1},\"PC-B\":\(esu)}",
            "[{\"Computer\":\"PC-A\",\"Products\":[\(base)]},{\"Id\":7,\"Host\":\"PC-B\",\"Products\":\(esu)}]",
        ] {
            let result = ReadResult(text, options: ReadOptions(format: .cimJSON))
            #expect(result.products == expected)
            #expect(result.skipped + result.rejected == 0)
        }
        let empty = ReadResult("{\"PC-A\":[\(base)],\"PC-B\":[]}", options: ReadOptions(format: .cimJSON))
        #expect(empty.products.count == 1)
        #expect(empty.skipped == 1)
        let wrapped = ReadOptions(format: .cimJSON, fileName: "pc-9.json")
        #expect(ReadResult("{\"Products\":\(base)}", options: wrapped).products.map(\.computer.name) == ["pc-9"])
    }

    @Test("An object without a product is rejected, not passed over")
    func noProduct() {
        let result = ReadResult("[{\"a\": [{\"b\": 1}], \"Id\": 3}]", options: ReadOptions(format: .cimJSON))
        #expect(result.rejected == 1)
        #expect(result.codes == ["capture.item"])
    }

    // MARK: - Computers that did not answer

    @Test(
        "What slmgr prints when it fails is a capture without products, and its error is told",
        arguments: [
            (
                "Microsoft (R) Windows Script Host Version 5.812\n\nError: 0xC004D302 The trusted store\n",
                "0xC004D302", 3
            ),
            ("Fehler: 0x80070005 Zugriff verweigert\n", "0x80070005", 1),
            ("Error: product not found.\n", "product not found", 1),
        ])
    func failed(_ text: String, _ shown: String, _ line: Int) throws {
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .slmgr)
        let finding = ReadResult(text).diagnostic("capture.failed")
        #expect(finding?.line == line)
        #expect(finding?.message.contains(shown) == true)
    }

    @Test("In a folder of captures one word is no list of computers")
    func oneWord() {
        var options = ReadOptions(fileName: "captures/pc-1.txt")
        options.expectsComputerInFileName = true
        let result = ReadResult("offline\r\n", options: options)
        #expect(result.error?.code == "format.unknown")
        #expect(result.error?.message.contains("offline") == true)
        #expect(result.error?.remedy.contains("--as names") == true)
        #expect(ReadResult("pc-1\npc-2\n", options: options).accounts.count == 2)
        #expect(ReadResult("pc-1\n").accounts.count == 1)
    }

    // MARK: - Computer and time

    @Test("A row without a computer takes the one that the user named, else the one of the file's name, else none")
    func computer() {
        let text = CaptureText.json(SampleProduct().properties(of: nil))
        let named = ReadResult(text, options: ReadOptions(computer: "pc-9", fileName: "captures/pc-8.json"))
        #expect(named.products == [SampleProduct().record(of: "pc-9")])
        #expect(named.codes == [])
        let ofFile = ReadResult(text, options: ReadOptions(fileName: "captures/pc-8.json"))
        #expect(ofFile.products == [SampleProduct().record(of: "pc-8")])
        #expect(ofFile.codes == ["capture.computer.file"])
        var options = ReadOptions(fileName: "captures/pc-8.json")
        options.expectsComputerInFileName = true
        #expect(ReadResult(text, options: options).codes == [])
        let unnamed = ReadResult(text, options: ReadOptions(fileName: "slmgr.json"))
        #expect(unnamed.products.isEmpty)
        #expect(unnamed.codes == ["capture.computer.unnamed"])
        #expect(unnamed.rejected == 1)
    }

    @Test("A computer that is named localhost is none, and the next property counts")
    func localhost() {
        let text = CaptureText.json(
            [("Computer", "localhost"), ("__SERVER", "PC-7")] + SampleProduct().properties(of: "127.0.0.1"))
        #expect(ReadResult(text).products == [SampleProduct().record(of: "PC-7")])
    }

    @Test("PowerShell's own data about an object name the computer last")
    func server() {
        let properties = SampleProduct().properties(of: nil)
        let system = CaptureText.json(properties).dropLast() + ",\"CimSystemProperties\":{\"ServerName\":\"PC-6\"}}"
        #expect(ReadResult(String(system)).products == [SampleProduct().record(of: "PC-6")])
        let data =
            "<MS><Obj N=\"__ClassMetadata\" RefId=\"1\"><LST><Obj RefId=\"2\"><MS><S N=\"ServerName\">PC-5</S></MS></Obj></LST></Obj></MS></Obj>"
        let clixml = "<Objs xmlns=\"x\">" + CaptureText.clixml(properties).dropLast(6) + data + "</Objs>"
        #expect(ReadResult(clixml).products == [SampleProduct().record(of: "PC-5")])
    }

    @Test("Without a time of its own a capture has that of the user, else none, which is said")
    func time() {
        let properties = SampleProduct().properties(of: "pc-1").map {
            $0.name == "TrustedTime" ? ($0.name, "16010101000000.000000-000") : $0
        }
        let text = CaptureText.json(properties)
        let undated = ReadResult(text)
        #expect(undated.products == [SampleProduct().record(of: "pc-1", at: nil)])
        #expect(undated.codes == ["capture.date.unknown"])
        let day = Timestamp(iso: "2021-02-01")
        let dated = ReadResult(text, options: ReadOptions(readAt: day))
        #expect(dated.products == [SampleProduct().record(of: "pc-1", at: day)])
        #expect(dated.codes == [])
        let own = CaptureText.json(properties + [("readAt", "2021-01-31T00:00:00Z")])
        #expect(
            ReadResult(own, options: ReadOptions(readAt: day)).products
                == [SampleProduct().record(of: "pc-1", at: Timestamp(iso: "2021-01-31"))])
    }

    // MARK: - Values

    @Test(
        "Values of WMI that mean nothing are unknown, and others are understood in any spelling",
        arguments: [
            ("GenuineStatus", "4294967295", ProductField.genuineStatus, FieldValue.missing),
            ("GenuineStatus", "1", .genuineStatus, .number(1)),
            ("LicenseStatusReason", "3221549108", .licenseStatusReason, .number(-1_073_418_188)),
            ("LicenseStatusReason", "0xC004F034", .licenseStatusReason, .number(-1_073_418_188)),
            ("LicenseStatusReason", "1074066433", .licenseStatusReason, .number(1_074_066_433)),
            ("LicenseStatusReason", "4294967295", .licenseStatusReason, .missing),
            ("KeyManagementServiceMachine", "kms.example:1689", .kmsHost, .text("kms.example")),
            ("KeyManagementServiceMachine", "kms.example:1689", .kmsPort, .number(1689)),
            ("DiscoveredKeyManagementServiceMachineName", "dns.example", .kmsHost, .text("dns.example")),
            ("KeyManagementServiceMachine", "", .kmsHost, .missing),
            ("VLActivationTypeEnabled", "3", .vlActivationTypeEnabled, .number(3)),
            ("ADActivationCsvlkSkuId", "00000000-0000-0000-0000-000000000000", .adActivationCsvlkSkuID, .missing),
            ("ProductKeyChannel", "OEM:DM", .productKeyType, .number(Int64(KeyType.oemActivation3.rawValue))),
            ("PartialProductKey", "WE9H9", .partialProductKey, .text("WE9H9")),
            ("LicenseStatus", "9", .licenseStatus, .text("9")),
        ])
    func value(_ property: String, _ text: String, _ field: ProductField, _ expected: FieldValue) {
        let properties = SampleProduct().properties(of: "pc-1").filter { $0.name != property } + [(property, text)]
        let result = ReadResult(CaptureText.json(properties))
        #expect(result.products.map { $0[field] } == [expected])
        let finding = ["9": "capture.status.unknown", "OEM:DM": "capture.conflict"][text]
        #expect(result.codes == (finding.map { [$0] } ?? []))
    }

    @Test(
        "The key type shows at the end of a description",
        arguments: [
            ("Windows(R) Operating System, VOLUME_MAK channel", KeyType.mak), ("x, VOLUME_KMSCLIENT channel", .gvlk),
            ("x, VOLUME_KMS_WS12_R2 channel", .csvlk), ("x, VOLUME_KMS channel", .csvlk),
            ("x, OEM_DM channel", .oemActivation3),
            ("x, OEM_SLP channel", .oemSLP), ("x, OEM_COA_NSLP channel", .oemCOA), ("x, RETAIL channel", .retail),
            ("x, TIMEBASED_EVAL channel", .timeBasedEvaluation),
            ("x, VIRTUAL_MACHINE_ACTIVATION channel", .avma), ("VOLUME_MAK channel", nil), ("x, NEW channel", nil),
            ("x,", nil),
        ])
    func keyType(_ description: String, _ expected: KeyType?) {
        #expect(KeyType(descriptionOfProduct: description) == expected)
    }

    // MARK: - Damage

    @Test(
        "Nothing is taken of a file that was cut off or is damaged",
        arguments: [
            ("[" + CaptureText.json(SampleProduct().properties(of: "pc-1")), "json.truncated"),
            ("[" + CaptureText.json(SampleProduct().properties(of: "pc-1")) + "}", "json.malformed"),
            ("<Objs xmlns=\"x\">" + CaptureText.clixml(SampleProduct().properties(of: "pc-1")), "xml.truncated"),
            ("{\"ansible_facts\": {\"ansible_os_license_status\": \"Licensed\"", "json.truncated"),
            (SampleProduct().slmgr().joined(separator: "\n") + "\n\0\0", "text.nul"),
        ])
    func damaged(_ text: String, _ code: String) {
        let result = ReadResult(text)
        #expect(result.error?.code == code)
        #expect(result.records.isEmpty)
    }

    @Test("Rows that are no objects are rejected with their line, and the others are taken")
    func wrongRows() {
        let good = CaptureText.json(SampleProduct().properties(of: "pc-1"))
        let result = ReadResult("[\(good),\n\"@{ID=1; LicenseStatus=1}\",\n[],\n7]")
        #expect(result.products.count == 1)
        #expect(result.rejected == 3)
        #expect(result.diagnostics.first { $0.remedy.contains("-Depth") }?.line == 21)
    }

    @Test("JSON and CLIXML of other objects are not taken for captures")
    func others() {
        #expect(ReadResult("[{\"a\": 1}]").error?.code == "format.unknown")
        #expect(ReadResult("<Objs xmlns=\"x\"><Obj/></Objs>").error?.code == "format.unknown")
        #expect(ReadResult("[{\"a\": 1}]").error?.message.contains("JSON") == true)
    }
}

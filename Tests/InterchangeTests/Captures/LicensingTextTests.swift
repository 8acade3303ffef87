import ActivationModel
import Testing

@testable import Interchange

@Suite("Texts of slmgr and ospp")
struct LicensingTextTests {
    private static func read(
        _ lines: [String], cuts: [Int] = [], _ options: ReadOptions = ReadOptions(computer: "pc-1")
    )
        -> ReadResult
    {
        ReadResult(lines.joined(separator: "\n"), cuts: cuts, options: options)
    }

    // MARK: - slmgr

    @Test("The block of a KMS client belongs to the product above it")
    func kmsClient() {
        let lines =
            SampleProduct().slmgr() + [
                "Key Management Service client information",
                "    Client Machine ID (CMID): 11111111-2222-3333-4444-555555555555",
                "    KMS machine name from DNS: kms.contoso.example:1688",
                "    KMS machine extended PID: 55041-00168-305-190595-03-1033-7601.0000-0472011",
                "    Activation interval: 120 minutes", "    KMS host caching is enabled", "",
            ] + SampleProduct.esu.slmgr()
        var client = SampleProduct().record(of: "pc-1")
        client[.cmid] = GUID("11111111-2222-3333-4444-555555555555").map { .guid($0) } ?? .missing
        client[.kmsHost] = .text("kms.contoso.example")
        client[.kmsPort] = .number(1688)
        let result = LicensingTextTests.read(lines)
        #expect(result.products == [client, SampleProduct.esu.record(of: "pc-1")])
        #expect(result.records.map(\.line) == [1, 21])
    }

    @Test("slmgr /dli prints no ids, so its product is told apart by its name, which is said")
    func dli() {
        let lines = [
            "Name: Windows(R) 7, Enterprise edition",
            "Description: Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel",
            "Partial Product Key: HVTHH",
            "License Status: Licensed",
        ]
        let result = LicensingTextTests.read(lines, ReadOptions(readAt: SampleProduct.captured, computer: "pc-1"))
        #expect(result.products.map(\.applicationID) == [.windowsApplication])
        #expect(result.products.map(\.sku) == [nil])
        #expect(result.products.map { $0.text(.productName) } == ["Windows(R) 7, Enterprise edition"])
        #expect(result.products.map(\.licenseStatus) == [.licensed])
        #expect(result.codes == ["capture.product.nameless"])
    }

    @Test("Each state is understood", arguments: LicenseStatus.allCases)
    func states(_ status: LicenseStatus) {
        var product = SampleProduct()
        product.status = status
        #expect(LicensingTextTests.read(product.slmgr()).products.map(\.licenseStatus) == [status])
    }

    @Test(
        "The code of a notification is read whatever follows it",
        arguments: ["0xC004F074", "0xC004F074.", "0xc004f074 (no KMS host)", "0xC004F074;"])
    func notificationReason(_ code: String) {
        var product = SampleProduct()
        product.status = .notification
        let lines = product.slmgr().flatMap {
            $0.hasPrefix("License Status") ? [$0, "Notification Reason: \(code)"] : [$0]
        }
        let result = LicensingTextTests.read(lines)
        #expect(
            result.products.map { $0[.licenseStatusReason] } == [
                .number(Int64(Int32(bitPattern: 0xC004_F074)))
            ])
        #expect(result.codes == [])
    }

    @Test(
        "The type of a key is that of the description, which Office writes in brackets",
        arguments: [
            ("VOLUME_MAK", KeyType.mak), ("RETAIL(MAK)", .mak), ("RETAIL(Grace)", .retail), ("RETAIL", .retail),
            ("TIMEBASED_SUB", .timeBasedSubscription), ("TIMEBASED_TRIAL", .timeBasedTrial),
            ("TIMEBASED_PROMO", .timeBasedPromotion), ("TIMEBASED_EVAL", .timeBasedEvaluation),
            ("VOLUME_KMS_WS12_R2", .csvlk), ("OEM_COA_NSLP", .oemCOA), ("NOVEL", nil),
        ])
    func typeOfDescription(_ channel: String, _ expected: KeyType?) {
        #expect(KeyType(descriptionOfProduct: "Office 16, \(channel) channel") == expected)
    }

    @Test("An output without a product says so")
    func none() {
        let result = ReadResult(
            "Microsoft (R) Windows Script Host Version 5.812\n", options: ReadOptions(format: .slmgr))
        #expect(result.codes == ["capture.product.none"])
        #expect(result.records.isEmpty)
    }

    @Test("A product whose state is not found says so, and is kept without it")
    func noState() {
        let lines = SampleProduct().slmgr().filter { !$0.hasPrefix("License Status") }
        let result = LicensingTextTests.read(lines)
        #expect(result.products.map { $0[.licenseStatus] } == [.missing])
        #expect(result.codes == ["capture.status.missing"])
    }

    // MARK: - Many computers

    @Test(
        "A heading names the computer of all products up to the next one",
        arguments: [
            "=== %@ ===", "--- %@ ---", "*** %@", "## %@", "[%@]", "Computer: %@", "Host Name: %@",
            "PSComputerName : %@",
            "%@ | CHANGED | rc=0 >>", "\\\\%@:", "Node: %@",
        ])
    func headings(_ form: String) {
        let lines = ["PC-0001.corp.example", "srv_2"].flatMap { name in
            [form.replacing("%@", with: name), ""] + SampleProduct().slmgr() + SampleProduct.esu.slmgr()
        }
        for text in [lines, CaptureText.wrapped(lines)] {
            let result = LicensingTextTests.read(text, ReadOptions())
            #expect(
                result.products.map(\.computer.name) == [
                    "PC-0001.corp.example", "PC-0001.corp.example", "srv_2", "srv_2",
                ])
            #expect(result.products.first == SampleProduct().record(of: "PC-0001.corp.example"))
        }
    }

    @Test(
        "What looks like a heading without a name is none", arguments: ["=====", "[]", "## 12", "--- a b ---", "[a/b]"])
    func noHeadings(_ line: String) {
        var heading = CaptureHeading()
        let isTaken = heading.take(Array(line.utf8)[...])
        #expect(!isTaken)
        #expect(heading.computer == nil)
    }

    // MARK: - Languages

    private static let german = SampleProduct.Language(
        description: "Beschreibung: ", id: "Aktivierungs-ID: ", application: "Anwendungs-ID: ",
        extendedPID: "Erweiterte PID: ",
        installationID: "Installations-ID: ", partialKey: "Teil-Product Key: ", status: "Lizenzstatus: ",
        expiration: "Ablauf der Volumenaktivierung: ", minutes: "Minute(n)", days: "Tag(e)",
        time: "Zeit: unbekannt", words: [.licensed: "Lizenziert", .notification: "Benachrichtigung"])

    /// A language that nobody speaks: nothing but the forms of values helps.
    private static let unknown = SampleProduct.Language(
        name: "Abc: ", description: "Def : ", id: "Ghi: ", application: "Jkl: ", extendedPID: "Mno: ",
        installationID: "Pqr: ", partialKey: "Stu: ", status: "Vwx : ", expiration: "Yza: ", minutes: "bcd",
        days: "efg",
        time: "Hij: klm", words: [.licensed: "Nopqr", .notification: "Stuvw"])

    @Test("A German capture needs the words of its states and nothing else")
    func germanCapture() throws {
        let lines =
            SampleProduct().slmgr(LicensingTextTests.german) + SampleProduct.esu.slmgr(LicensingTextTests.german)
        var options = ReadOptions(readAt: SampleProduct.captured, computer: "pc-1")
        #expect(LicensingTextTests.read(lines, options).codes == ["capture.status.unknown"])
        options.captureLabels = try CaptureLabels(lines: ["Lizenziert,licensed"], file: "labels.csv")
        let result = LicensingTextTests.read(lines, options)
        #expect(result.products == [SampleProduct().record(of: "pc-1"), SampleProduct.esu.record(of: "pc-1")])
        #expect(result.codes == [])
    }

    @Test("Captures of any language are understood by the forms of their values; words of states come from the user")
    func unknownLanguage() throws {
        let lines =
            SampleProduct().slmgr(LicensingTextTests.unknown) + SampleProduct.esu.slmgr(LicensingTextTests.unknown)
        var options = ReadOptions(readAt: SampleProduct.captured, computer: "pc-1")
        let bare = LicensingTextTests.read(lines, options)
        #expect(bare.products.map { $0[.licenseStatus] } == [.text("Nopqr"), .text("Nopqr")])
        #expect(bare.codes == ["capture.status.unknown"])
        #expect(bare.diagnostics.first?.remedy.contains("--labels") == true)
        options.captureLabels = try CaptureLabels(
            lines: ["text,meaning", "# states", "NOPQR;licensed"], file: "labels.csv")
        let taught = LicensingTextTests.read(lines, options)
        #expect(taught.products == [SampleProduct().record(of: "pc-1"), SampleProduct.esu.record(of: "pc-1")])
        #expect(taught.codes == [])
    }

    @Test("A label that the user adds is understood")
    func addedLabel() throws {
        var options = ReadOptions(computer: "pc-1")
        options.captureLabels = try CaptureLabels(
            lines: ["Heure approuvée,trustedTime", "Lizenziert,licensed"], file: "labels.csv")
        var language = LicensingTextTests.german
        language.time = "Heure approuvée : 30/01/2021 10:05:33"
        #expect(
            LicensingTextTests.read(SampleProduct().slmgr(language), options).products
                == [SampleProduct().record(of: "pc-1")])
    }

    /// The values of the lines behind the state, whose labels nobody knows, and the trusted time.
    static let times: [(values: [String], channel: String, time: String?)] = [
        (["24.11.2026 10:15:32"], "VOLUME_MAK", "2026-11-24T10:15:32Z"),
        (["2026-11-24 10:15:32"], "VOLUME_MAK", "2026-11-24T10:15:32Z"),
        (["11/24/2026 10:15:32 AM"], "VOLUME_MAK", "2026-11-24T10:15:32Z"),
        (["24.02.2027 08:00:00", "3", "24.11.2026 10:15:32"], "TIMEBASED_EVAL", "2026-11-24T10:15:32Z"),
        (["24.02.2027 08:00:00", "3"], "TIMEBASED_EVAL", nil),
        (["24.11.2026"], "VOLUME_MAK", nil), (["10:15:32"], "VOLUME_MAK", nil),
        (["10.20.30.40:1688"], "VOLUME_MAK", nil),
        (["kms.example:1688"], "VOLUME_MAK", nil), (["20261124"], "VOLUME_MAK", nil), ([], "VOLUME_MAK", nil),
    ]

    @Test("A date with a time behind the state is the trusted time, whatever its label", arguments: times)
    func timeByForm(_ values: [String], _ channel: String, _ time: String?) {
        var product = SampleProduct(minutes: nil)
        product.description = "Windows Operating System - Windows(R) 7, \(channel) channel"
        product.partialKey = "BCDFG"
        var language = LicensingTextTests.unknown
        language.time = "Before: 1.2.2020 03:04:05"
        var lines = product.slmgr(language)
        // What stands above the state is no time of it.
        lines.insert(lines.remove(at: lines.count - 2), at: 4)
        lines += values.map { "Ünbekannt: \($0)" }
        let result = LicensingTextTests.read(lines)
        #expect(
            result.products.map { $0.timestamp(.licenseStatusLastUpdated) } == [time.flatMap { Timestamp(iso: $0) }])
        #expect(result.codes.contains("capture.date.unknown") == (time == nil))
    }

    @Test("A time behind a label that is known counts before one behind a label that is not")
    func timeByLabel() {
        let lines = SampleProduct().slmgr() + ["Ünbekannt: 24.11.2026 10:15:32"]
        #expect(LicensingTextTests.read(lines).products == [SampleProduct().record(of: "pc-1")])
    }

    @Test("An extended PID behind the state is that of the KMS host, whatever its label")
    func hostPID() {
        let lines =
            SampleProduct().slmgr(LicensingTextTests.unknown).filter { !$0.hasPrefix("Mno") } + [
                "Host: 55041-00168-305-190595-03-1033-7601.0000-0472011"
            ]
        #expect(LicensingTextTests.read(lines).products.map { $0[.productKeyID] } == [.missing])
    }

    @Test(
        "A wrong line of a table of labels is named",
        arguments: [("Label", "no comma"), ("Label,colour", "colour"), (",licensed", "names no text")])
    func wrongLabels(_ line: String, _ words: String) {
        let error = #expect(throws: InterchangeError.self) {
            try CaptureLabels(lines: ["Name,name", "", line], file: "labels.csv")
        }
        #expect(error?.code == "labels.row")
        #expect(error?.line == 3)
        #expect(error?.message.contains(words) == true)
    }

    @Test("A time whose day and month may be swapped is left unknown until the user says the order")
    func dateOrder() {
        let language = SampleProduct.Language(time: "Trusted time: 2/1/2021 10:05:33 AM")
        let lines = SampleProduct().slmgr(language)
        let unknown = LicensingTextTests.read(lines)
        #expect(unknown.codes == ["date.order.unknown", "capture.date.unknown"])
        #expect(unknown.products == [SampleProduct().record(of: "pc-1", at: nil)])
        for (order, day) in [(DateOrder.mdy, "2021-02-01T10:05:33"), (.dmy, "2021-01-02T10:05:33")] {
            let result = LicensingTextTests.read(lines, ReadOptions(dateOrder: order, computer: "pc-1"))
            #expect(result.products == [SampleProduct().record(of: "pc-1", at: Timestamp(iso: day))])
        }
    }

    // MARK: - ospp

    private static let ospp = [
        "---Processing--------------------------", "---------------------------------------",
        "PRODUCT ID: 00339-10000-00000-AA310", "SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64",
        "LICENSE NAME: Office 16, Office16ProPlusVL_KMS_Client edition",
        "LICENSE DESCRIPTION: Office 16, VOLUME_KMSCLIENT channel", "BETA EXPIRATION: 01/01/1601",
        "LICENSE STATUS:  ---LICENSED--- ",
        "ERROR CODE: 0x4004F040 (for information purposes only as the status is licensed)",
        "REMAINING GRACE: 178 days  (256748 minute(s) before expiring)",
        "Last 5 characters of installed product key: WFG99",
        "Activation Type Configuration: ALL", "        DNS auto-discovery: KMS name not available",
        "        KMS machine registry override defined: kms.example:1689", "        Activation Interval: 120 minutes",
        "---------------------------------------", "SKU ID: 6f327760-8c5c-417c-9b61-836a98287e0c",
        "LICENSE NAME: Office 14, OfficeProPlus-KMS_Client edition",
        "LICENSE DESCRIPTION: Office 14, VOLUME_MAK channel",
        "LICENSE STATUS:  ---OOB_GRACE---", "Last 5 characters of installed product key: H3GVB",
        "---------------------------------------", "---------------------------------------",
        "---Exiting-----------------------------",
    ]

    @Test("Products of Office are read between the lines of ospp")
    func office() throws {
        let bytes = Array(LicensingTextTests.ospp.joined(separator: "\r\n").utf8)
        #expect(try FormatDetector().detect(bytes.span) == .ospp)
        let day = Timestamp(iso: "2021-01-30")
        let result = LicensingTextTests.read(LicensingTextTests.ospp, ReadOptions(readAt: day, computer: "pc-1"))
        let products = result.products
        #expect(
            products.map(\.sku?.description) == [
                "d450596f-894d-49e0-966a-fd39ed4c4c64", "6f327760-8c5c-417c-9b61-836a98287e0c",
            ])
        #expect(products.map(\.applicationID) == [.officeApplication, .office2010Application])
        #expect(products.map(\.licenseStatus) == [.licensed, .outOfBoxGrace])
        #expect(products.map { $0.text(.partialProductKey) } == ["WFG99", "H3GVB"])
        #expect(products.map(\.keyType) == [.gvlk, .mak])
        #expect(products.first?[.licenseStatusReason] == .number(0x4004_F040))
        #expect(products.first?[.kmsHost] == .text("kms.example"))
        #expect(products.first?[.kmsPort] == .number(1689))
        #expect(products.first?[.vlActivationTypeEnabled] == .number(0))
        #expect(products.first?.timestamp(.graceExpirationDate)?.description == "2021-07-27T07:08:00Z")
        #expect(result.records.map(\.line) == [3, 17])
        #expect(result.codes == [])
    }

    @Test("An output of ospp without products says so")
    func officeNone() {
        let lines = [
            "---Processing--------------------------", "<No installed product keys detected>", "---Exiting------",
        ]
        #expect(LicensingTextTests.read(lines).codes == ["capture.product.none"])
    }

    @Test(
        "Words of ospp for states are understood",
        arguments: [
            ("---UNLICENSED---", LicenseStatus.unlicensed), ("---OOT_GRACE---", .outOfToleranceGrace),
            ("---NON_GENUINE_GRACE---", .nonGenuineGrace), ("---NOTIFICATIONS---", .notification),
            ("---EXTENDED GRACE---", .extendedGrace),
        ])
    func officeStates(_ word: String, _ expected: LicenseStatus) {
        let lines = LicensingTextTests.ospp.map { $0.replacing("---LICENSED---", with: word) }
        #expect(LicensingTextTests.read(lines).products.first?.licenseStatus == expected)
    }
}

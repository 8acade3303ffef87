import ActivationModel
import Testing

@testable import Interchange

@Suite("The computer after which a file is named")
struct CaptureComputerTests {
    @Test(
        "Endings and words for commands are no part of the name",
        arguments: [
            ("captures/pc-0001.txt", "pc-0001"), ("PC-0001_dlv.txt", "PC-0001"), ("pc-0001-slmgr.log", "pc-0001"),
            ("slmgr-pc-0001.txt", "pc-0001"), ("pc-0001.corp.example.com", "pc-0001.corp.example.com"),
            ("pc-0001.corp.example.com.json", "pc-0001.corp.example.com"), ("pc-0001_dlv_all.txt", "pc-0001"),
            ("pc-0001 dlv all.txt", "pc-0001"), ("wmic_srv_2.csv", "srv_2"), ("büro-1.txt", "büro-1"),
            ("ospp_pc-1_dstatus.txt", "pc-1"), ("slmgr.txt", nil), ("slmgr_dlv_all.txt", nil), ("dlv.txt", nil),
            ("a b.txt", nil), ("2021.txt", nil), ("", nil), ("SoftwareLicensingProduct.csv", nil),
            ("PC-0003-20261124.txt", "PC-0003"), ("PC-4.corp.example_2026-11-24.txt", "PC-4.corp.example"),
            ("PC-5_20261124_101532_dlv.txt", "PC-5"), ("2026-11-24_PC-6.txt", "PC-6"), ("PC-8 (2).txt", "PC-8"),
            ("license_PC-0007.txt", "PC-0007"), ("PC-7_lizenz.txt", "PC-7"), ("license-srv.txt", "license-srv"),
            ("PC-20211231.txt", "PC-20211231"), ("PC-1-20261399.txt", "PC-1-20261399"),
        ])
    func names(_ file: String, _ expected: String?) {
        #expect(CaptureComputer.name(ofFile: file) == expected)
    }

    @Test("The day in the name of a file is that of a capture without a time")
    func day() {
        let text = SampleProduct().slmgr().filter { !$0.hasPrefix("Trusted time") }.joined(separator: "\n")
        let result = ReadResult(text, options: ReadOptions(fileName: "PC-3-20210129.txt"))
        #expect(result.products == [SampleProduct().record(of: "PC-3", at: Timestamp(iso: "2021-01-29T00:00:00Z"))])
        #expect(result.diagnostic("capture.date.file")?.severity == .note)
        let named = ReadOptions(readAt: Timestamp(iso: "2021-01-28T00:00:00Z"), fileName: "PC-3-20210129.txt")
        #expect(
            ReadResult(text, options: named).products.first?[.licenseStatusLastUpdated] == Timestamp(
                iso: "2021-01-28T00:00:00Z"
            ).map { .timestamp($0) } ?? .missing)
    }
}

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
        ])
    func names(_ file: String, _ expected: String?) {
        #expect(CaptureComputer.name(ofFile: file) == expected)
    }
}

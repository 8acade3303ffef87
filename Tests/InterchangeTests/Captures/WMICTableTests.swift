import ActivationModel
import Testing

@testable import Interchange

@Suite("Tables of wmic, which have no quotes")
struct WMICTableTests {
    private static let header = "Node,ApplicationID,Description,ID,LicenseStatus,Name,PartialProductKey,TrustedTime"

    private static func row(
        description: String = "Windows(R) Operating System, VOLUME_MAK channel", status: String = "1",
        name: String = "Windows(R), Professional edition"
    ) -> String {
        "PC-1,55c92734-d682-4d71-983e-d6ec3f16059f,\(description),ae2ee509-1b34-41c0-acb7-6d4650168915,\(status),\(name),"
            + "HVTHH,20210130110533.000000+060"
    }

    @Test("Commas of values are told from those between values")
    func commas() {
        let names = ["Windows(R), Client-ESU-Year1 add-on for A,B,C", "plain", "a,,b", ""]
        let text = ([WMICTableTests.header] + names.map { WMICTableTests.row(name: $0) }).joined(separator: "\n")
        let result = ReadResult(text)
        #expect(result.error == nil)
        #expect(result.products.map { $0.text(.productName) } == [names[0], names[1], names[2], nil])
        #expect(
            result.products.allSatisfy {
                $0.text(.productDescription) == "Windows(R) Operating System, VOLUME_MAK channel"
            })
        #expect(result.products.allSatisfy { $0.computer.name == "PC-1" && $0.licenseStatus == .licensed })
    }

    @Test("A row whose commas fit in several ways or in none is rejected with its line")
    func ambiguous() {
        let text = [
            "", WMICTableTests.header, WMICTableTests.row(), WMICTableTests.row(status: "one"), "PC-1,too,short",
            WMICTableTests.header,
            WMICTableTests.row(),
        ].joined(separator: "\r\n")
        let result = ReadResult(text)
        #expect(result.products.count == 2)
        #expect(result.rejected == 2)
        #expect(result.skipped == 1)
        #expect(result.diagnostics.filter { $0.code == "wmic.row.ambiguous" }.map(\.line) == [4, 5])
        let twice = ReadResult(
            [
                "Node,Description,Name,ID,LicenseStatus,ApplicationID",
                "PC-1,a,b,c,ae2ee509-1b34-41c0-acb7-6d4650168915,1,x",
            ]
            .joined(separator: "\n"))
        #expect(twice.codes == ["wmic.row.ambiguous"])
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("The state of KMS hosts in texts of slmgr")
struct KMSHostCaptureTests {
    private static let windows = SampleProduct(
        name: "Windows(R), ServerStandard edition",
        description: "Windows(R) Operating System, VOLUME_KMS_WS22 channel", id: "11111111-2222-3333-4444-555555555555",
        partialKey: "KM2HX", minutes: nil)
    private static let office = SampleProduct(
        name: "Office 21, Office21KMSHostVL_KMS_Host edition", description: "Office 21, VOLUME_KMS channel",
        id: "22222222-2222-3333-4444-555555555555", application: "0ff1ce15-a989-479d-af46-f275c6370663",
        partialKey: "KF2HX", minutes: nil)

    /// What slmgr prints about a host; a translated one keeps numbers, order and indentation only.
    private static func block(count: Int = 27, isTranslated: Bool = false, publishes: Bool = true) -> [String] {
        let numbers = [812, 4, 2, 700, 100, 12, 0, 6]
        func label(_ text: String, _ number: Int) -> String { isTranslated ? "Xyz qrs \(number)" : text }
        let requests = [
            "Total requests received", "Failed requests received", "Requests with License Status Unlicensed",
            "Requests with License Status Licensed", "Requests with License Status Initial grace period",
            "Requests with License Status License expired or Hardware out of tolerance",
            "Requests with License Status Non-genuine grace period", "Requests with License Status Notification",
        ]
        return [
            isTranslated ? "Abc def ghi" : "Key Management Service is enabled on this machine",
            "    \(label("Current count", 1)): \(count)", "    \(label("Listening on Port", 2)): 1688",
            "    " + (isTranslated ? "Jkl mno" : "DNS publishing \(publishes ? "enabled" : "disabled")"),
            "    " + (isTranslated ? "KMS-Pqr: Stu" : "KMS priority: Normal"), "",
            isTranslated ? "Vwx yz" : "Key Management Service cumulative requests received from clients",
        ] + zip(requests, numbers).enumerated().map { "    \(label($1.0, $0 + 3)): \($1.1)" } + [""]
    }

    private static func state(_ computer: String = "kms01", count: Int? = 27) -> KMSHostRecord {
        var record = KMSHostRecord(computer: computer)
        record.readAt = SampleProduct.captured
        record.isEnabled = true
        record.currentCount = count
        record.port = 1688
        record.publishesInDNS = true
        record.totalRequests = 812
        record.failedRequests = 4
        record.requestsByStatus = [2, 700, 100, 12, 0, 6]
        return record
    }

    private static func read(_ lines: [String], _ options: ReadOptions = ReadOptions(computer: "kms01")) -> ReadResult {
        ReadResult(lines.joined(separator: "\r\n"), options: options)
    }

    @Test("The block below the product of a host key gives the state of the host, with the line of its sentence")
    func host() {
        let lines = Self.windows.slmgr() + Self.block() + SampleProduct.esu.slmgr()
        let result = Self.read(lines)
        #expect(result.hosts == [Self.state()])
        #expect(result.products == [Self.windows.record(of: "kms01"), SampleProduct.esu.record(of: "kms01")])
        #expect(result.records.map(\.line) == [1, Self.windows.slmgr().count + 1, 29])
        #expect(result.codes == [])
    }

    @Test(
        "Lines that a console of 80 columns has wrapped say the same, however the file is cut",
        arguments: [0, 7, 12345])
    func wrapped(failed: Int) {
        let lines = (Self.windows.slmgr() + Self.block()).map {
            $0.replacing("tolerance: 12", with: "tolerance: \(failed)")
        }
        var expected = Self.state()
        expected.requestsByStatus[3] = failed
        #expect(Self.read(lines).hosts == [expected])
        let text = CaptureText.wrapped(lines)
        #expect(text.count >= lines.count)
        for cuts in [[], [1], [80, 3]] {
            let result = ReadResult(text.joined(separator: "\r\n"), cuts: cuts, options: ReadOptions(computer: "kms01"))
            #expect(result.hosts == [expected])
        }
    }

    @Test("In a language whose labels are not known the numbers tell by their order what they are")
    func translated() {
        var expected = Self.state()
        expected.publishesInDNS = nil
        let lines = Self.windows.slmgr() + Self.block(isTranslated: true)
        #expect(Self.read(lines).hosts == [expected])
        #expect(Self.read(lines).records.map(\.line) == [1, Self.windows.slmgr().count + 1])
        // A label that is longer than the console goes on at the left edge.
        let long = lines.map { $0.replacing("Xyz qrs 8", with: String(repeating: "Xyz ", count: 24)) }
        #expect(Self.read(CaptureText.wrapped(long)).hosts == [expected])
    }

    @Test("Translated numbers count for host keys only, and only where they stand as slmgr prints them")
    func otherNumbers() {
        let client = Self.read(SampleProduct().slmgr() + Self.block(isTranslated: true))
        #expect(client.hosts == [])
        #expect(client.codes == [])
        let missing = Self.block(isTranslated: true).filter { !$0.contains("Xyz qrs 2:") }
        let result = Self.read(Self.windows.slmgr() + missing)
        #expect(result.hosts == [])
        #expect(result.codes == ["capture.host.unknown"])
        let requests = Self.block(isTranslated: true).filter { !$0.contains("Xyz qrs 9:") }
        let partial = Self.read(Self.windows.slmgr() + requests)
        #expect(partial.hosts.map(\.currentCount) == [27])
        #expect(partial.hosts.map(\.totalRequests) == [nil])
        #expect(partial.hosts.map(\.requestsByStatus) == [[]])
    }

    @Test("Labels that the user adds are understood wherever they stand")
    func labels() throws {
        var options = ReadOptions(computer: "kms01")
        options.captureLabels = try CaptureLabels(
            lines: ["Xyz qrs 1,currentCount", "Xyz qrs 3;keyManagementServiceTotalRequests"], file: "labels.csv")
        let lines = Self.block(isTranslated: true).filter { !$0.contains("Xyz qrs 2:") }
        let result = Self.read(Self.windows.slmgr() + lines, options)
        #expect(result.hosts.map(\.currentCount) == [27])
        #expect(result.hosts.map(\.totalRequests) == [812])
        #expect(throws: InterchangeError.self) { try CaptureLabels(lines: ["Version,version"], file: "labels.csv") }
    }

    @Test("A host that counts for Windows and for Office has two states")
    func office() {
        let lines = Self.windows.slmgr() + Self.block() + Self.office.slmgr() + Self.block(count: 3, publishes: false)
        var office = Self.state(count: 3)
        office.isOffice = true
        office.publishesInDNS = false
        let result = Self.read(lines)
        #expect(result.hosts == [Self.state(), office])
        #expect(result.products.count == 2)
    }

    @Test("slmgr /dli shows the same block, and a count of -1 is unknown")
    func dli() {
        let lines =
            [
                "Name: Windows(R), ServerStandard edition",
                "Description: Windows(R) Operating System, VOLUME_KMS_WS22 channel", "Partial Product Key: KM2HX",
                "License Status: Licensed", "",
            ] + Self.block(count: -1)
        let result = Self.read(lines, ReadOptions(readAt: SampleProduct.captured, computer: "kms01"))
        #expect(result.hosts == [Self.state(count: nil)])
        #expect(result.codes == ["capture.product.nameless"])
    }

    @Test("Headings, the name of the file or --computer tell whose state it is, and without them it is rejected")
    func computers() {
        let many = ["KMS01", "kms02.contoso.example"].flatMap {
            ["=== \($0) ==="] + Self.windows.slmgr() + Self.block()
        }
        #expect(
            Self.read(many, ReadOptions()).hosts == [Self.state(), Self.state("kms02.contoso.example")])
        let one = Self.windows.slmgr() + Self.block()
        #expect(Self.read(one, ReadOptions(fileName: "a/KMS03_dlv.txt")).hosts == [Self.state("kms03")])
        let unnamed = Self.read(one, ReadOptions())
        #expect(unnamed.hosts == [])
        #expect(unnamed.rejected == 2)
        #expect(unnamed.codes == ["capture.computer.unnamed"])
    }

    @Test("A number that is none is left unknown with its line")
    func damaged() {
        let lines = (Self.windows.slmgr() + Self.block()).map { $0.replacing("Port: 1688", with: "Port: many") }
        let result = Self.read(lines)
        #expect(result.hosts.map(\.port) == [nil])
        #expect(result.hosts.map(\.currentCount) == [27])
        #expect(result.diagnostic("kms.host.number")?.line == Self.windows.slmgr().count + 1)
    }
}

import ActivationModel
import Foundation
import Testing

@testable import Reporting

@Suite("The report on Key Management Service")
struct KMSReportTests {
    private static let asOf = Day("2026-11-24") ?? Day(ordinal: 0)
    private static let dayLength: Int64 = 86_400_000

    /// A moment `days` before the end of the day of the report.
    private static func ago(_ days: Int) -> Timestamp {
        Timestamp(milliseconds: Timestamp(asOf).milliseconds + dayLength - 1 - Int64(days) * dayLength)
    }

    /// Requests of a client, as many days ago as given; the last in the list is the newest.
    private static func request(
        _ id: UInt64, _ name: String, host: String? = "kms01", minimum: Int = 25, days: [Int] = [3],
        product: UInt64 = 9, result: UInt32 = 0, window: Int = 30
    ) -> KMSEventGroup {
        var record = KMSEventRecord(kind: .requestReceived, at: ago(days.min() ?? 0))
        record.computer = host
        record.partner = name
        record.clientMachineID = GUID(high: 0, low: id)
        record.activationID = GUID(high: 0, low: product)
        record.minimumCount = minimum
        record.result = result
        record.licenseStatus = 1
        var runs: [ClosedRange<Timestamp>] = []
        for day in days.sorted(by: >) {
            if let last = runs.last, ago(day).milliseconds - last.upperBound.milliseconds <= Int64(window) * dayLength {
                runs[runs.count - 1] = last.lowerBound...ago(day)
            } else {
                runs.append(ago(day)...ago(day))
            }
        }
        return KMSEventGroup(
            newest: record, first: ago(days.max() ?? 0), count: days.count,
            countInWindow: days.count { $0 < window }, runs: runs, source: SourceReference(file: "kms.xml", line: 4))
    }

    private static func records(_ events: [KMSEventGroup]) -> KMSRecords {
        var records = KMSRecords(asOf: asOf, windowDays: 30)
        records.events = events
        return records
    }

    private static func counts(_ events: [KMSEventGroup], products: [GUID: KMSProduct] = [:]) -> [String] {
        var records = records(events)
        records.products = products
        return KMSAnalysis(records).hosts.flatMap { host in
            host.counts.map {
                "\($0.kind.rawValue) \($0.counted)/\($0.needed) most \($0.most)\($0.isEnough ? " enough" : "")"
                    + ($0.wasEverEnough ? " ever" : "")
            }
        }
    }

    @Test("25 clients of Windows are enough and 24 are not; servers count with them")
    func thresholds() {
        let clients = (1...24).map { Self.request(UInt64($0), "pc\($0)") }
        #expect(Self.counts(clients) == ["windowsClient 24/25 most 24"])
        let more = clients + [Self.request(25, "pc25")]
        #expect(Self.counts(more) == ["windowsClient 25/25 most 25 enough ever"])
        let server = clients + [Self.request(90, "srv1", minimum: 5)]
        #expect(
            Self.counts(server) == [
                "windowsClient 25/25 most 25 enough ever", "windowsServer 25/5 most 25 enough ever",
            ])
    }

    @Test("Office counts by itself, whether its product is known or only that the client also asks for 25")
    func office() {
        let clients = (1...4).flatMap {
            [Self.request(UInt64($0), "pc\($0)"), Self.request(UInt64($0), "pc\($0)", minimum: 5, product: 7)]
        }
        #expect(Self.counts(clients) == ["windowsClient 4/25 most 4", "office 4/5 most 4"])
        let alone = [Self.request(1, "pc1", minimum: 5, product: 7)]
        #expect(Self.counts(alone) == ["windowsServer 1/5 most 1"])
        let products = [GUID(high: 0, low: 7): KMSProduct(name: "Office", isOffice: true)]
        #expect(Self.counts(alone, products: products) == ["office 1/5 most 1"])
        let windows = [GUID(high: 0, low: 7): KMSProduct(name: "Server", isOffice: false)]
        #expect(Self.counts(clients, products: windows).last == "windowsServer 4/5 most 4")
    }

    @Test("a client that asked 30 days ago or longer does not count, but what a host once had is told")
    func window() {
        let clients = (1...25).map { Self.request(UInt64($0), "pc\($0)", days: [40]) } + [Self.request(50, "pc50")]
        #expect(Self.counts(clients) == ["windowsClient 1/25 most 25 ever"])
    }

    @Test("clients that never asked within the same 30 days were never enough together")
    func neverTogether() {
        let clients = (1...5).map { Self.request(UInt64($0), "srv\($0)", minimum: 5, days: [$0 * 31]) }
        #expect(Self.counts(clients) == ["windowsServer 0/5 most 1"])
        let chain = (1...5).map { Self.request(UInt64($0), "srv\($0)", minimum: 5, days: [$0 * 31, 35]) }
        #expect(Self.counts(chain).first?.contains("most 5") == true)
    }

    @Test("a client that asks for two products or under two spellings of its name counts once")
    func once() {
        let events = [
            Self.request(1, "pc1"), Self.request(1, "pc1.contoso.example", product: 10), Self.request(2, "pc2"),
        ]
        #expect(Self.counts(events) == ["windowsClient 2/25 most 2"])
        #expect(KMSAnalysis(Self.records(events)).duplicates.isEmpty)
    }

    @Test(
        "one id under several names is a copy when they ask in turn, perhaps a renamed computer when one follows the other"
    )
    func duplicates() {
        let copies = [Self.request(1, "pc1", days: [20, 3]), Self.request(1, "pc2", days: [10, 2])]
        let found = KMSAnalysis(Self.records(copies)).duplicates
        #expect(found.map { $0.names.map(\.name) } == [["pc1", "pc2"]])
        #expect(found.map(\.overlaps) == [true])
        let renamed = [Self.request(1, "pc1", days: [20, 15]), Self.request(1, "pc2", days: [10, 2])]
        #expect(KMSAnalysis(Self.records(renamed)).duplicates.map(\.overlaps) == [false])
        let different = [Self.request(1, "pc1.a.example"), Self.request(1, "pc1.b.example")]
        #expect(KMSAnalysis(Self.records(different)).duplicates.count == 1)
    }

    @Test("failures are added up by computer, event and code, with the meaning of the code")
    func failures() throws {
        let events = [
            Self.request(1, "pc1", days: [9, 8], result: 0xC004_F038), Self.request(2, "pc2", result: 0xC004_F038),
            Self.request(3, "pc3", result: 0x8000_1234), Self.request(4, "pc4"),
        ]
        let report = KMSReport(Self.records(events))
        let failures = KMSAnalysis(Self.records(events)).failures
        #expect(failures.map(\.count) == [1, 3])
        #expect(failures.map { $0.partners.sorted() } == [["pc3"], ["pc1", "pc2"]])
        let text = try report.text(.table)
        #expect(text.contains("12290 kms01: 0xC004F038, 3 times, last on 2026-11-21"))
        #expect(text.contains("The host counts too few clients"))
        #expect(text.contains("The meaning of this code is not known"))
    }

    @Test("no sentence tells to rearm a computer or to take its key away")
    func harmless() throws {
        let copies = [Self.request(1, "pc1"), Self.request(1, "pc2")]
        for format in OutputFormat.allCases {
            let text = try KMSReport(Self.records(copies)).text(format).lowercased()
            #expect(!text.contains("rearm") && !text.contains("/upk") && !text.contains("/cpky"))
        }
    }

    /// A host with enough servers, one that only others name, an activation object.
    private static var whole: KMSRecords {
        var records = records(
            (1...5).map { request(UInt64($0), "srv\($0).contoso.example", minimum: 5) }
                + [request(5, "copy.contoso.example", minimum: 5, days: [4, 1])])
        var asked = KMSEventRecord(kind: .requestSent, at: ago(2))
        asked.computer = "pc1"
        asked.partner = "kms02.contoso.example:1688"
        asked.result = 0xC004_F074
        records.events.append(
            KMSEventGroup(
                newest: asked, first: ago(2), count: 1, countInWindow: 1, runs: [ago(2)...ago(2)], source: nil))
        var state = KMSHostRecord(computer: "kms01")
        state.currentCount = 5
        state.port = 1688
        state.requestsByStatus = [0, 12, nil]
        var office = KMSHostRecord(computer: "kms01")
        office.isOffice = true
        office.currentCount = 3
        var officeOnly = KMSHostRecord(computer: "kms03")
        officeOnly.isOffice = true
        officeOnly.port = 1689
        records.hosts = [
            Sourced(state, source: SourceReference(file: "hosts.csv", line: 2)),
            Sourced(office, source: SourceReference(file: "kms01.txt", line: 40)), Sourced(officeOnly, source: nil),
        ]
        var object = ActivationObjectRecord()
        object.name = "Contoso"
        object.partialKey = PartialProductKey("KM2HX")
        object.activationID = GUID(high: 0, low: 9)
        records.activationObjects = [Sourced(object, source: nil)]
        records.products = [GUID(high: 0, low: 9): KMSProduct(name: "Windows Server 2022", isOffice: false)]
        return records
    }

    @Test("the three forms say the same", arguments: [("table", "txt"), ("csv", "csv"), ("json", "json")])
    func golden(format: String, ending: String) throws {
        let form = try #require(OutputFormat(rawValue: format))
        try expectGolden(
            try KMSReport(Self.whole).text(form, options: TableOptions(details: true)), "kms.\(ending)")
    }

    @Test("flags that the log does not tell are null, and known ones without a meaning are none")
    func flags() throws {
        func flags(_ flags: UInt32?) throws -> Any? {
            var group = Self.request(1, "pc1", result: 0xC004_F038)
            group.newest.flags = flags
            let text = try KMSReport(Self.records([group])).text(.json)
            let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            return (document?["failures"] as? [[String: Any]])?.first?["flags"]
        }
        #expect(try flags(nil) is NSNull)
        #expect(try (flags(0) as? [String]) == [])
        #expect(try (flags(0x0400_0000) as? [String])?.count == 1)
    }

    @Test("without the log of a host its requests and clients are unknown, and so is what its state does not tell")
    func unknown() throws {
        var records = Self.whole
        records.activationObjects[0].record.kmsIDs = []
        let text = try KMSReport(records).text(.json)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let hosts = try #require(document["hosts"] as? [[String: Any]])
        #expect(hosts.first?["requests"] as? Int == 7)
        for name in ["requests", "requestsInWindow", "clients", "clientsInWindow"] {
            #expect(hosts.last?[name] is NSNull)
        }
        #expect((hosts.last?["officeState"] as? [String: Any])?["requestsByStatus"] is NSNull)
        let objects = try #require(document["activationObjects"] as? [[String: Any]])
        #expect(objects.first?["kmsIds"] is NSNull)
    }

    @Test("what is unknown is null, and nothing is known of an empty inventory")
    func empty() throws {
        let report = KMSReport(KMSRecords(asOf: Self.asOf, windowDays: 30))
        #expect(report.warnings.isEmpty)
        let document = try JSONSerialization.jsonObject(with: Data(report.text(.json).utf8)) as? [String: Any]
        #expect(document?["schema"] as? String == "actkit.kms/1")
        #expect((document?["hosts"] as? [Any])?.isEmpty == true)
    }
}

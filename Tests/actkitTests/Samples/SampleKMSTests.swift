import Foundation
import Testing

@Suite("The records of Samples/kms")
struct SampleKMSTests {
    static let files = [
        "berlin-requests.xml", "zurich-requests.csv", "berlin-application.csv", "client-events.xml", "kms-hosts.csv",
        "activation-objects.csv", "activation-objects.ldf", "slmgr-hosts.txt", "zurich-requests.clixml",
        "zurich-requests.json",
    ]

    /// A file, its format and what becomes of its rows.
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var format: String
        var taken: Int
        var skipped: Int
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "berlin-requests.xml", format: "kms-events", taken: 90, skipped: 0),
        Case(file: "zurich-requests.csv", format: "kms-events", taken: 8, skipped: 0),
        Case(file: "berlin-application.csv", format: "kms-events", taken: 2, skipped: 1),
        Case(file: "client-events.xml", format: "kms-events", taken: 2, skipped: 0),
        Case(file: "kms-hosts.csv", format: "kms-hosts", taken: 2, skipped: 1),
        Case(file: "activation-objects.csv", format: "activation-objects", taken: 1, skipped: 0),
        Case(file: "activation-objects.ldf", format: "activation-objects", taken: 1, skipped: 0),
        Case(file: "slmgr-hosts.txt", format: "slmgr", taken: 6, skipped: 0),
        Case(file: "zurich-requests.clixml", format: "kms-events", taken: 1, skipped: 0),
        Case(file: "zurich-requests.json", format: "kms-events", taken: 1, skipped: 0),
    ]

    private func imported(_ files: [String], into store: String) throws -> [[String: Any]] {
        let run = try ProgramRun(["import", "--store", store, "--format", "json"] + files, in: "kms")
        #expect(run.status == 0, "\(run.standardError)")
        let report = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
        return try #require(report?["files"] as? [[String: Any]])
    }

    private func report(_ store: String, _ more: [String] = []) throws -> [String: Any] {
        let run = try ProgramRun(
            ["report", "kms", "--store", store, "--as-of", "2026-11-24", "--format", "json"] + more, in: "kms")
        #expect(run.status == 0, "\(run.standardError)")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    }

    @Test("each file is recognised by its content and imported whole", arguments: cases)
    func each(sample: Case) throws {
        let folder = try ScratchFolder()
        let file = try #require(try imported([sample.file], into: folder.path("store.sqlite")).first)
        #expect(file["format"] as? String == sample.format)
        let rows = try #require(file["rows"] as? [String: Int])
        #expect(rows["taken"] == sample.taken, "\(rows)")
        #expect(rows["skipped"] == sample.skipped, "\(rows)")
        #expect(rows["rejected"] == 0, "\(rows)")
    }

    @Test("the host in Berlin has enough clients although three copies count once, the one in Zürich never had enough")
    func counts() throws {
        let folder = try ScratchFolder()
        _ = try imported(SampleKMSTests.files, into: folder.path("store.sqlite"))
        let document = try report(folder.path("store.sqlite"))
        let hosts = try #require(document["hosts"] as? [[String: Any]])
        #expect(hosts.map { $0["host"] as? String } == ["srv-kms-01.contoso.example", "zrh-srv-01.contoso.example"])
        let berlin = try #require(hosts.first?["counts"] as? [[String: Any]])
        #expect(berlin.map { $0["kind"] as? String } == ["windowsClient", "windowsServer", "office"])
        #expect(berlin.map { $0["counted"] as? Int } == [26, 26, 2])
        #expect(berlin.map { $0["enough"] as? Bool } == [true, true, false])
        let zurich = try #require(hosts.last?["counts"] as? [[String: Any]])
        #expect(zurich.map { $0["counted"] as? Int } == [4])
        #expect(zurich.map { $0["everEnough"] as? Bool } == [false])
        let shared = try #require(document["clients"] as? [[String: Any]]).filter { $0["sharedId"] as? Bool == true }
        #expect(shared.map { ($0["names"] as? [Any])?.count } == [3])
        let failures = try #require(document["failures"] as? [[String: Any]])
        #expect(failures.map { $0["code"] as? String } == ["0x8007232D", "0xC004F038", "0xC004F038"])
        #expect(failures.allSatisfy { $0["meaning"] is String })
        let objects = try #require(document["activationObjects"] as? [[String: Any]])
        #expect(objects.map { $0["activationId"] as? String } == ["44332211-6655-4877-8899-aabbccddeeff"])
        #expect(objects.map { ($0["kmsIds"] as? [String])?.count } == [1])
    }

    @Test("slmgr's text gives the newest state of a host, for Windows and for Office apart")
    func hostText() throws {
        let folder = try ScratchFolder()
        _ = try imported(SampleKMSTests.files, into: folder.path("store.sqlite"))
        let hosts = try #require(try report(folder.path("store.sqlite"))["hosts"] as? [[String: Any]])
        let berlin = try #require(hosts.first?["state"] as? [String: Any])
        #expect(berlin["currentCount"] as? Int == 28)
        #expect(berlin["totalRequests"] as? Int == 4202)
        #expect((berlin["requestsByStatus"] as? [String: Int])?["notification"] == 16)
        #expect((berlin["readAt"] as? String)?.hasPrefix("2026-11-23") == true)
        #expect((berlin["source"] as? [String: Any])?["file"] as? String == "slmgr-hosts.txt")
        #expect((hosts.first?["officeState"] as? [String: Any])?["currentCount"] as? Int == 2)
        #expect(hosts.last?["officeState"] is NSNull)
    }

    @Test("importing everything a second time changes nothing")
    func again() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        _ = try imported(SampleKMSTests.files, into: store)
        let before = try ProgramRun(["report", "kms", "--store", store, "--as-of", "2026-11-24"], in: "kms")
        for file in try imported(SampleKMSTests.files, into: store) {
            #expect((file["rows"] as? [String: Int])?["taken"] == 0)
        }
        let after = try ProgramRun(["report", "kms", "--store", store, "--as-of", "2026-11-24"], in: "kms")
        #expect(after.standardOutput == before.standardOutput)
    }

    @Test("the table is as people read it; --strict tells of findings; --as-of and --days move the window")
    func table() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        _ = try imported(SampleKMSTests.files, into: store)
        let run = try ProgramRun(
            ["report", "kms", "--store", store, "--as-of", "2026-11-24", "--strict"], in: "kms")
        #expect(run.status == 1)
        try expectKept(run.standardOutput, "kms-report.txt")
        let early = try report(store, ["--days", "1"])
        #expect((early["summary"] as? [String: Any])?["clientsInWindow"] as? Int == 0)
        let wrong = try ProgramRun(["report", "kms", "--store", store, "--days", "0"], in: "kms")
        #expect(wrong.status == 64)
    }

    @Test("an inventory without records of KMS says how to get some")
    func empty() throws {
        let run = try ProgramRun(["report", "kms", "--input", "../contoso/contoso.cilx"], in: "kms")
        #expect(run.status == 0)
        #expect(run.standardError.contains("kms.empty"))
    }
}

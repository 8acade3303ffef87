import Foundation
import Testing

@Suite("The licensing captures of Samples/captures")
struct SampleCaptureTests {
    /// A capture, its format, and how many of its rows are products and how many are skipped.
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var format: String
        var products: Int
        var skipped = 0
        var options: [String] = []
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "slmgr/BER-PC-201.corp.contoso.example.txt", format: "slmgr", products: 2),
        Case(file: "slmgr/BER-PC-202_dlv.txt", format: "slmgr", products: 2, options: ["--labels", "labels.csv"]),
        Case(file: "slmgr-many.txt", format: "slmgr", products: 4),
        Case(
            file: "slmgr-french.txt", format: "slmgr", products: 2,
            options: ["--labels", "labels.csv", "--computer", "BER-PC-203"]),
        Case(file: "ospp.txt", format: "ospp", products: 2),
        Case(file: "checkmk-agent.txt", format: "slmgr", products: 1),
        Case(file: "wmic-list.txt", format: "cim-list", products: 2),
        Case(file: "wmic.csv", format: "cim-csv", products: 4, skipped: 2),
        Case(file: "products.csv", format: "cim-csv", products: 4, skipped: 2),
        Case(file: "products.json", format: "cim-json", products: 4, skipped: 2),
        Case(file: "products.clixml", format: "cim-clixml", products: 4, skipped: 2),
        Case(file: "win_product_facts.json", format: "ansible-json", products: 3, skipped: 1),
    ]

    @Test("Each capture is recognised and imported whole, and again without a change", arguments: cases)
    func imported(_ capture: Case) throws {
        let folder = try ScratchFolder()
        let arguments =
            [
                "import", "--store", folder.path("store.sqlite"), "--read-at", "2021-01-30", "--format", "json",
                capture.file,
            ]
            + capture.options
        for isAgain in [false, true] {
            let run = try ProgramRun(arguments, in: "captures")
            #expect(run.status == 0, "\(run.standardError)")
            let file = try #require((try document(run)["files"] as? [[String: Any]])?.first)
            let rows = try #require(file["rows"] as? [String: Int])
            #expect(file["format"] as? String == capture.format)
            #expect(rows["rejected"] == 0 && rows["skipped"] == capture.skipped, "\(rows)")
            #expect(rows[isAgain ? "unchanged" : "taken"] == capture.products, "\(rows)")
            #expect(!run.standardError.contains("warning"), "\(run.standardError)")
        }
    }

    @Test("After the import of a folder of captures, the plan says that their ESU year is activated")
    func activated() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let run = try ProgramRun(
            ["import", "--store", store, "--read-at", "2021-01-30", "--labels", "labels.csv", "slmgr"], in: "captures")
        #expect(run.status == 0, "\(run.standardError)")
        #expect(!run.standardError.contains("capture.computer.file"))
        let french = try ProgramRun(
            [
                "import", "--store", store, "--labels", "labels.csv", "--computer", "BER-PC-203",
                "slmgr-french.txt",
            ],
            in: "captures")
        #expect(french.status == 0, "\(french.standardError)")
        for (target, decision) in [("windows-7:2", "activated"), ("windows-7:1", "undetermined")] {
            let plan = try document(
                try ProgramRun(
                    ["plan", "--store", store, "--target", target, "--as-of", "2021-02-01", "--format", "json"],
                    in: "captures"))
            let computers = try #require(plan["computers"] as? [[String: Any]])
            #expect(
                computers.compactMap { $0["name"] as? String }.sorted()
                    == ["ber-pc-201.corp.contoso.example", "ber-pc-202", "ber-pc-203"])
            #expect(Set(computers.compactMap { $0["decision"] as? String }) == [decision])
        }
    }

    @Test("All captures of the same computers together are one state of each")
    func together() throws {
        let folder = try ScratchFolder()
        let store = folder.path("store.sqlite")
        let files = ["wmic-list.txt", "wmic.csv", "products.csv", "products.json", "products.clixml"]
        let run = try ProgramRun(["import", "--store", store] + files, in: "captures")
        #expect(run.status == 0, "\(run.standardError)")
        let products = try document(try ProgramRun(["products", "--store", store, "--format", "json"], in: "captures"))
        let rows = try #require(products["products"] as? [[String: Any]])
        #expect(rows.count == 4)
        #expect(Set(rows.compactMap { $0["partialKey"] as? String }) == ["8HVX7", "HQ2YX"])
        #expect(Set(rows.compactMap { $0["licenseStatusAt"] as? String }) == ["2026-11-20T07:15:00Z"])
        #expect(!run.standardError.contains("inventory.conflict"), "\(run.standardError)")
    }

    @Test("slmgr /dli and /dlv of one computer are one product, whichever is imported first")
    func shortAndLong() throws {
        let folder = try ScratchFolder()
        let head = [
            "Name: Windows(R) 7, Professional edition",
            "Description: Windows Operating System - Windows(R) 7, VOLUME_MAK channel",
        ]
        let tail = ["Partial Product Key: BCDFG", "License Status: Licensed"]
        let ids = [
            "Activation ID: 9abf5984-9c16-46f2-ad1e-7fe15931a8dd",
            "Application ID: 55c92734-d682-4d71-983e-d6ec3f16059f",
        ]
        let short = try folder.file("PC-1.dli.txt", (head + tail).joined(separator: "\r\n"))
        let long = try folder.file(
            "PC-1_dlv.txt", (head + ids + tail + ["Zeit: 30.01.2021 10:05:33"]).joined(separator: "\r\n"))
        var inventories: [String] = []
        for (order, files) in [[short, long], [long, short]].enumerated() {
            let store = folder.path("\(order).sqlite")
            let run = try ProgramRun(["import", "--store", store] + files)
            #expect(run.status == 0, "\(run.standardError)")
            let products = try ProgramRun(["products", "--store", store, "--format", "json"])
            let rows = try #require(try document(products)["products"] as? [[String: Any]])
            #expect(rows.count == 1)
            #expect(rows.compactMap { $0["licenseStatusAt"] as? String } == ["2021-01-30T10:05:33Z"])
            inventories.append(products.standardOutput)
        }
        #expect(Set(inventories).count == 1)
    }

    @Test("A capture whose ids contradict each other is taken, and says so with the line")
    func contradiction() throws {
        let folder = try ScratchFolder()
        let text = [
            "Name: Windows(R) 7, Professional edition",
            "Description: Windows Operating System - Windows(R) 7, VOLUME_MAK channel",
            "Activation ID: 9abf5984-9c16-46f2-ad1e-7fe15931a8dd",
            "Application ID: 55c92734-d682-4d71-983e-d6ec3f16059f",
            "Extended PID: 55041-00172-220-100123-02-1033-7601.0000-0152021", "Partial Product Key: BCDFG",
            "License Status: Licensed", "Trusted time: 30/01/2021 10:05:33",
        ]
        let path = try folder.file("PC-1.txt", text.joined(separator: "\r\n"))
        let run = try ProgramRun(["import", "--strict", "--store", folder.path("store.sqlite"), path])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardError.contains("PC-1.txt:1: warning:"), "\(run.standardError)")
        #expect(
            run.standardError.contains("the extended PID is of the OEM channel, in which no MAK key is sold"),
            "\(run.standardError)")
    }

    @Test("A capture from standard input needs the name of its computer")
    func standardInput() throws {
        let folder = try ScratchFolder()
        let text = try String(
            contentsOf: ProgramRun.samples.appending(path: "captures/slmgr-french.txt"), encoding: .utf8)
        let path = try folder.file("slmgr.txt", text)
        let arguments = ["import", "--store", folder.path("store.sqlite"), path]
        let unnamed = try ProgramRun(arguments + ["--strict"])
        #expect(unnamed.status == 65)
        #expect(unnamed.standardError.contains("--computer"))
        let named = try ProgramRun(arguments + ["--strict", "--computer", "pc-1"])
        #expect(named.status == 0, "\(named.standardError)")
    }

    @Test(
        "A wrong option says what it takes",
        arguments: [
            (["--as", "slmgr-text"], "cim-json", Int32(64)), (["--computer", "a b"], "a b", 64),
            (["--labels", "products.csv"], "products.csv:3", 65), (["--labels", "none.csv"], "none.csv", 66),
        ])
    func options(_ arguments: [String], _ words: String, _ status: Int32) throws {
        let folder = try ScratchFolder()
        let run = try ProgramRun(
            ["import", "--store", folder.path("store.sqlite"), "ospp.txt"] + arguments, in: "captures")
        #expect(run.status == status, "\(run.standardError)")
        #expect(run.standardError.contains(words), "\(run.standardError)")
    }

    private func document(_ run: ProgramRun) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any])
    }
}

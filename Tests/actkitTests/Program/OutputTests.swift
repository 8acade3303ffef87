import Foundation
import Testing

@Suite("What goes to standard output and to files")
struct OutputTests {
    static let commands: [[String]] = [
        [], ["import"], ["formats"], ["computers"], ["products"], ["keys"], ["plan"], ["plan", "explain"],
        ["plan", "diff"],
        ["plan", "record"], ["plan", "records"], ["plan", "release"], ["keys", "list"], ["keys", "verify"], ["report"],
        ["report", "counts"],
        ["report", "coverage"], ["explain"], ["export"], ["programs"], ["programs", "list"], ["programs", "show"],
        ["programs", "check"],
    ]

    @Test("Every command has a help text", arguments: commands)
    func help(command: [String]) throws {
        let run = try ProgramRun(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.standardOutput.contains("USAGE"))
        #expect(run.standardError.isEmpty)
    }

    @Test(
        "The commands that people start with show examples",
        arguments: [
            ["import"], ["formats"], ["computers"], ["keys"], ["plan"], ["plan", "explain"], ["export"],
            ["report", "counts"],
            ["plan", "diff"], ["plan", "record"], ["plan", "records"], ["plan", "release"], ["keys", "list"],
            ["keys", "verify"],
        ])
    func examples(command: [String]) throws {
        let run = try ProgramRun(command + ["--help"])
        #expect(run.standardOutput.contains("Examples:"))
        #expect(run.standardOutput.contains("actkit \(command.joined(separator: " "))"))
    }

    @Test("The help of import lists the formats and tells where more is said about them")
    func formats() throws {
        let help = try ProgramRun(["import", "--help"]).standardOutput
        for word in ["cilx", "ad-csv", "purchases", "actkit formats FORMAT"] {
            #expect(help.contains(word), "\(word) is missing")
        }
    }

    @Test("Nobody reading any more is no failure")
    func closedPipe() throws {
        let process = Process()
        process.executableURL = try ProgramRun.program
        process.arguments = ["programs", "show", "windows-10", "--format", "json"]
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try output.fileHandleForReading.close()
        try process.run()
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 0)
        #expect(said.isEmpty)
    }

    #if os(Linux)
        @Test("A full device behind standard output is a write failure")
        func fullDevice() throws {
            let process = Process()
            process.executableURL = try ProgramRun.program
            process.arguments = ["programs", "list"]
            process.standardOutput = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
            let errors = Pipe()
            process.standardError = errors
            try process.run()
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus == 74)
            #expect(said.contains("standard output"), "\(said)")
        }
    #endif

    @Test(
        "A file holds exactly what standard output would, and is replaced as a whole",
        arguments: ["table", "csv", "json"])
    func outputFile(format: String) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("list", String(repeating: "old ", count: 100_000))
        let shown = try ProgramRun(["programs", "list", "--format", format])
        let written = try ProgramRun(["programs", "list", "--format", format, "--output", path])
        #expect(written.status == 0)
        #expect(written.standardOutput.isEmpty)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == shown.standardOutput)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["list"])
    }

    @Test("An export with keys can be read by its owner only")
    func permissions() throws {
        let folder = try ScratchFolder()
        let inventory = try SampleInventory.shared.get()
        for format in ["cilx", "json"] {
            let path = folder.path("full.\(format)")
            let run = try inventory.run(["export", "--format", format, "--mode", "full", "--output", path])
            #expect(run.status == 0, "\(run.standardError)")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("An export with keys that is imported again changes nothing")
    func exportAndImport() throws {
        let folder = try ScratchFolder()
        let inventory = try SampleInventory.shared.get()
        let path = folder.path("full.cilx")
        #expect(try inventory.run(["export", "--format", "cilx", "--mode", "full", "--output", path]).status == 0)
        let run = try ProgramRun(["import", "--store", folder.path("b.sqlite"), path])
        #expect(run.status == 0, "\(run.standardError)")
        let keys = try ProgramRun(["keys", "--format", "csv", "--store", folder.path("b.sqlite")])
        #expect(keys.standardOutput.contains("HQ2Y7"))
    }

    @Test("A proxy export names no computer, is the same each time, and confirmation ids find their way back")
    func proxy() throws {
        let folder = try ScratchFolder()
        let inventory = try SampleInventory(importing: ["contoso-2020.cil", "contoso.cilx"])
        func export(_ name: String) throws -> String {
            let path = folder.path(name)
            let run = try inventory.run(["export", "--format", "cilx", "--mode", "proxy", "--output", path])
            #expect(run.status == 0, "\(run.standardError)")
            return try String(contentsOfFile: path, encoding: .utf8)
        }
        func confirmed() throws -> Int {
            let products = try #require(try inventory.document(["products"])["products"] as? [[String: Any]])
            return products.count { $0["hasConfirmationId"] as? Bool == true }
        }
        let first = try export("lab.cilx")
        #expect(try export("again.cilx") == first)
        for word in ["contoso.example", "PC-0"] {
            #expect(first.range(of: word, options: .caseInsensitive) == nil, "\(word) is in the file")
        }
        let open = first.replacing(/<ConfirmationId>[0-9]*<\/ConfirmationId>/, with: "")
        let products = open.components(separatedBy: "</InstallationId>").count - 1
        #expect(products > 0)
        let confirmation = String(repeating: "123456", count: 8)
        let answered = try folder.file(
            "answered.cilx",
            open.replacing(
                "</InstallationId>", with: "</InstallationId><ConfirmationId>\(confirmation)</ConfirmationId>"))
        let before = try confirmed()
        let run = try ProgramRun(["import", "--store", inventory.store.path, answered])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(try confirmed() > before)
        #expect(try confirmed() >= products)
    }

    @Test("Standard output of a JSON run is one document, whatever there is to say besides")
    func cleanDocument() throws {
        let folder = try ScratchFolder()
        let run = try ProgramRun(
            ["import", "--format", "json", "--store", folder.path("a.sqlite"), "ragged.csv", "lost-characters.csv"],
            in: "damaged")
        #expect(!run.standardError.isEmpty)
        let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
        #expect(document?["schema"] as? String == "actkit.import/1")
        for file in try #require(document?["files"] as? [[String: Any]]) {
            let rows = try #require(file["rows"] as? [String: Int])
            let parts = ["taken", "unchanged", "skipped", "rejected"].compactMap { rows[$0] }
            #expect(parts.reduce(0, +) == rows["read"])
        }
    }

    @Test("No escape sequence reaches a pipe")
    func noColor() throws {
        let run = try SampleInventory.shared.get().run(["plan", "--policy", "policy-windows-7.yaml", "--details"])
        #expect(!(run.standardOutput + run.standardError).contains("\u{1B}"))
    }

    @Test("Conditions choose computers")
    func conditions() throws {
        let inventory = try SampleInventory.shared.get()
        let all = try #require(try inventory.document(["computers"])["computers"] as? [[String: Any]])
        let some = try #require(
            try inventory.document([
                "computers", "--where", "os=Windows 7*", "--where", "ou=OU=Finance,DC=corp,DC=contoso,DC=example",
            ])["computers"]
                as? [[String: Any]])
        #expect(!some.isEmpty && some.count < all.count)
        for computer in some {
            #expect((computer["organizationalUnit"] as? String)?.contains("OU=Finance") == true)
        }
    }
}

import Foundation
import Testing

@Suite("Exit statuses and messages")
struct ExitStatusTests {
    private let purchases = "program,year,quantity,channel\nwindows-7,1,40,VL\nwindows-7,2,30,VL\n"

    /// Arguments, the status they end with, and what standard error must say.
    struct Case: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var status: Int32
        var says: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let cases = [
        Case(arguments: ["plann"], status: 64, says: ["plann"]),
        Case(arguments: ["plan", "--polcy", "x.yaml"], status: 64, says: ["--polcy", "--policy"]),
        Case(arguments: ["import"], status: 64, says: ["files"]),
        Case(arguments: ["plan", "--as-of", "2021-13-01"], status: 64, says: ["2021-13-01"]),
        Case(arguments: ["computers", "--format", "xls"], status: 64, says: ["xls"]),
        Case(
            arguments: ["computers", "--store", "a", "--input", "tags.csv"], status: 64, says: ["--store", "--input"]),
        Case(arguments: ["computers", "--input", "tags.csv", "--where", "color=red"], status: 64, says: ["color"]),
        Case(arguments: ["import", "--encoding", "klingon", "tags.csv"], status: 64, says: ["klingon", "utf-8"]),
        Case(arguments: ["import", "--delimiter", "#", "tags.csv"], status: 64, says: ["semicolon"]),
        Case(arguments: ["import", "--date-order", "dym", "tags.csv"], status: 64, says: ["dym", "mdy"]),
        Case(arguments: ["import", "--read-at", "noon", "tags.csv"], status: 64, says: ["noon"]),
        Case(arguments: ["import", "--map", "Maschine", "tags.csv"], status: 64, says: ["Maschine", "computer"]),
        Case(arguments: ["programs", "show", "windows-xp"], status: 64, says: ["windows-xp", "windows-10"]),
        Case(arguments: ["plan", "--input", "tags.csv"], status: 64, says: ["target"]),
        Case(
            arguments: ["plan", "--input", "tags.csv", "--target", "windows-7:9"], status: 64,
            says: ["windows-7", "1, 2, 3"]),
        Case(arguments: ["export", "--format", "json", "--mode", "full"], status: 64, says: ["--output"]),
        Case(arguments: ["plan", "--target", "windows-7:2"], status: 66, says: ["actkit.sqlite", "actkit import"]),
        Case(arguments: ["keys", "--store", "none.sqlite"], status: 66, says: ["none.sqlite", "--input"]),
        Case(arguments: ["report", "counts", "--store", "none.sqlite"], status: 66, says: ["none.sqlite"]),
        Case(
            arguments: ["plan", "--input", "tags.csv", "--policy", "none.yaml"], status: 66, says: ["none.yaml"]),
        Case(arguments: ["plan", "--input", "none.csv", "--target", "windows-7:2"], status: 66, says: ["none.csv"]),
        Case(
            arguments: ["plan", "explain", "nobody", "--input", "tags.csv", "--target", "windows-7:2"], status: 66,
            says: ["nobody"]),
        Case(
            arguments: [
                "plan", "--input", "tags.csv", "--target", "windows-7:2", "--assume-purchase",
                "windows-7/2=9223372036854775808",
            ], status: 64, says: ["--assume-purchase", "100,000,000"]),
        Case(
            arguments: [
                "plan", "--input", "tags.csv", "--target", "windows-7:2", "--assume-extra", "ABCDE=100000001",
            ], status: 64, says: ["--assume-extra", "100,000,000"]),
        Case(
            arguments: [
                "plan", "--input", "tags.csv", "--target", "windows-7:2", "--assume-purchase", "windows-7:2=2",
            ], status: 64, says: ["windows-7/2=2"]),
        Case(
            arguments: [
                "plan", "--input", "tags.csv", "--target", "windows-7:2", "--assume-purchase", "windows-7/2=5",
            ], status: 66, says: ["windows-7", "import a table of what was bought"]),
        Case(arguments: ["explain", "LCI-02"], status: 64, says: ["LCI-02", "LIC-02"]),
        Case(arguments: ["programs", "check", "--programs", "none"], status: 66, says: ["none"]),
        Case(arguments: ["programs", "list", "--output", "none/list.txt"], status: 74, says: ["none/list.txt"]),
        Case(arguments: ["programs", "list", "--output", "."], status: 74, says: ["directory"]),
    ]

    @Test("Each mistake ends with its status and says what to do", arguments: cases)
    func mistakes(_ mistake: Case) throws {
        let run = try ProgramRun(mistake.arguments)
        #expect(run.status == mistake.status, "\(run.standardError)")
        for words in mistake.says { #expect(run.standardError.contains(words), "\(run.standardError)") }
        #expect(run.standardOutput.isEmpty)
    }

    @Test(
        "A mistake that a command finds when it runs ends with the usage of that command, as one of the parser does",
        arguments: [
            (["import", "--read-at", "noon", "tags.csv"], "actkit import"),
            (["programs", "show", "windows-xp"], "actkit programs show"),
            (["formats", "klingon"], "actkit formats"),
            (["directory", "sync", "ldaps://dc", "--anonymous", "--timeout", "0"], "actkit directory sync"),
        ])
    func usage(arguments: [String], command: String) throws {
        let run = try ProgramRun(arguments)
        #expect(run.status == 64)
        let lines = run.standardError.split(separator: "\n")
        #expect(lines.count == 3, "\(run.standardError)")
        #expect(lines.first?.hasPrefix("Error: ") == true)
        #expect(lines.dropFirst().first?.hasPrefix("Usage: \(command) ") == true, "\(run.standardError)")
        #expect(lines.last == "  See '\(command) --help' for more information.")
    }

    @Test("A missing file, a directory and a file that may not be read are told apart")
    func unavailableFiles() throws {
        let folder = try ScratchFolder()
        let store = folder.path("a.sqlite")
        let missing = try ProgramRun(["import", "--store", store, folder.path("none.csv")])
        #expect(missing.status == 66)
        #expect(missing.standardError.contains("file.missing"))
        let directory = try ProgramRun(["import", "--store", store, folder.url.path])
        #expect(directory.status == 66)
        #expect(directory.standardError.contains("file.directory"))
        #expect(!folder.holds("a.sqlite"), "a failed import left a store behind")
        // The superuser may read everything.
        guard getuid() != 0 else { return }
        let secret = try folder.file("secret.csv", purchases)
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: secret)
        let forbidden = try ProgramRun(["import", "--store", store, secret])
        #expect(forbidden.status == 66)
        #expect(forbidden.standardError.contains("file.permission"))
    }

    @Test("A bad file does not stop the good one beside it")
    func goodBesideBad() throws {
        let folder = try ScratchFolder()
        let good = try folder.file("purchases.csv", purchases)
        let bad = try folder.file("mail.txt", "Dear all,\nplease find attached nothing.\n")
        let run = try ProgramRun(["import", "--store", folder.path("a.sqlite"), bad, good])
        #expect(run.status == 65, "\(run.standardError)")
        #expect(run.standardOutput.contains("failed: nothing was taken"))
        let again = try ProgramRun(["import", "--store", folder.path("a.sqlite"), "--format", "json", good])
        #expect(again.status == 0)
        #expect(again.standardOutput.contains("\"taken\": 0, \"unchanged\": 2"), "\(again.standardOutput)")
    }

    @Test("Headers that nobody foresaw are mapped by hand")
    func mappedHeaders() throws {
        let folder = try ScratchFolder()
        let table = try folder.file("u.csv", "Maschine,Paket\npc1,KB4538483\n")
        let store = folder.path("a.sqlite")
        #expect(try ProgramRun(["import", "--store", store, table]).status == 65)
        let run = try ProgramRun([
            "import", "--store", store, "--map", "Maschine=computer", "--map", "Paket=kb", table,
        ])
        #expect(run.status == 0, "\(run.standardError)")
        #expect(run.standardOutput.contains("1 update"))
    }

    @Test(
        "A file that is no plan ends with 65 and the reader's message, whoever reads it",
        arguments: ["program,year,quantity\nwindows-7,1,5\n", "{}", "{\"schema\": \"actkit.counts/1\"}", "{\"schema\""])
    func noPlan(_ content: String) throws {
        let folder = try ScratchFolder()
        let table = try folder.file("p.csv", purchases)
        let store = folder.path("a.sqlite")
        #expect(try ProgramRun(["import", "--store", store, table]).status == 0)
        let plan = try folder.file("plan.json", content)
        for arguments in [
            ["plan", "--input", table, "--target", "windows-7:2", "--as-of", "2021-02-01", "--previous", plan],
            ["plan", "diff", plan, plan], ["plan", "record", plan, "--store", store],
        ] {
            let run = try ProgramRun(arguments)
            #expect(run.status == 65, "\(arguments): \(run.standardError)")
            #expect(run.standardError.contains("plan.json"), "\(run.standardError)")
            #expect(!run.standardError.contains("defect"), "\(run.standardError)")
        }
    }

    @Test("Rejected rows are listed and end with 65 only when that was asked for")
    func strict() throws {
        let folder = try ScratchFolder()
        let table = try folder.file("p.csv", purchases + "windows-7,2,many,VL\n")
        let lenient = try ProgramRun(["import", "--store", folder.path("a.sqlite"), table])
        #expect(lenient.status == 0, "\(lenient.standardError)")
        #expect(lenient.standardError.contains("p.csv:4"), "\(lenient.standardError)")
        let strict = try ProgramRun(["import", "--strict", "--store", folder.path("b.sqlite"), table])
        #expect(strict.status == 65)
    }

    @Test("A dry run says the same and makes no store")
    func dryRun() throws {
        let folder = try ScratchFolder()
        let table = try folder.file("p.csv", purchases)
        let store = folder.path("a.sqlite")
        let dry = try ProgramRun(["import", "--dry-run", "--store", store, "--format", "json", table])
        #expect(dry.status == 0, "\(dry.standardError)")
        #expect(!folder.holds("a.sqlite"))
        let real = try ProgramRun(["import", "--store", store, "--format", "json", table])
        #expect(
            dry.standardOutput.replacing("\"dryRun\": true", with: "\"dryRun\": false") == real.standardOutput)
    }

    @Test("A store that is no store is told apart from one that is missing")
    func foreignStore() throws {
        let folder = try ScratchFolder()
        let path = try folder.file("a.sqlite", "This is no database, but a text that somebody kept under this name.")
        let content = try Data(contentsOf: URL(filePath: path))
        let table = try folder.file("p.csv", purchases)
        for arguments in [["keys"], ["import", table]] {
            let run = try ProgramRun(arguments + ["--store", path])
            #expect(run.status == 65, "\(run.standardError)")
            #expect(run.standardError.contains("store.notADatabase"), "\(run.standardError)")
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == content)
    }

    @Test("A store that another process is writing to is a clear message after a short wait")
    func lockedStore() throws {
        let folder = try ScratchFolder()
        let store = folder.path("a.sqlite")
        let table = try folder.file("p.csv", purchases)
        #expect(try ProgramRun(["import", "--store", store, table]).status == 0)
        let before = try Data(contentsOf: URL(filePath: store))
        let lock = try StoreLock(path: store)
        let more = try folder.file("q.csv", purchases + "windows-7,3,20,VL\n")
        let run = try ProgramRun(["import", "--store", store, more])
        withExtendedLifetime(lock) {}
        #expect(run.status == 74, "\(run.standardError)")
        #expect(run.standardError.contains("store.locked"), "\(run.standardError)")
        #expect(try Data(contentsOf: URL(filePath: store)) == before)
    }
}

/// Holds the lock by which SQLite keeps others from writing.
///
/// Source: https://www.sqlite.org/lockingv3.html (the reserved byte follows the pending byte at 0x40000000)
private final class StoreLock {
    private let handle: FileHandle

    struct NotLocked: Error {}

    init(path: String) throws {
        handle = try FileHandle(forUpdating: URL(filePath: path))
        var range = flock()
        range.l_type = Int16(F_WRLCK)
        range.l_whence = Int16(SEEK_SET)
        range.l_start = 0x4000_0001
        range.l_len = 1
        // Safe: the structure lives until the call returns.
        guard unsafe fcntl(handle.fileDescriptor, F_SETLK, &range) == 0 else { throw NotLocked() }
    }

    deinit { try? handle.close() }
}

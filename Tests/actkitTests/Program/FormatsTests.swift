import Foundation
import Testing

@Suite("What is told about the files that can be imported")
struct FormatsTests {
    private struct Document: Decodable {
        struct Format: Decodable {
            struct Origin: Decodable {
                let maker: String
                let command: String?
                let note: String?
            }

            struct Column: Decodable {
                let name: String
                let synonyms: [String]
                let required: Bool
            }

            let format: String
            let title: String
            let origins: [Origin]
            let columns: [Column]
        }

        let schema: String
        let formats: [Format]

        init() throws {
            let run = try ProgramRun(["formats", "--format", "json"])
            try #require(run.status == 0)
            self = try JSONDecoder().decode(Document.self, from: Data(run.standardOutput.utf8))
        }
    }

    @Test("Each format tells how its files are made, by a command or by a way that people go")
    func origins() throws {
        let document = try Document()
        #expect(document.schema == "actkit.formats/1")
        #expect(Set(document.formats.map(\.format)).count == document.formats.count)
        for format in document.formats {
            #expect(!format.origins.isEmpty, "\(format.format)")
            for origin in format.origins { #expect(origin.command != nil || origin.note != nil, "\(format.format)") }
        }
        let commands = document.formats.flatMap { $0.origins.compactMap(\.command) }
        #expect(Set(commands).count == commands.count, "one command makes files of one format")
    }

    @Test("The formats that --as and the list know are the same")
    func names() throws {
        let run = try ProgramRun(["import", "--as", "none", "file"])
        let known = try #require(run.standardError.split(separator: "Known: ").last)
        let names = try Document().formats.map(\.format).filter { $0 != "ldap" }
        for name in names { #expect(known.contains(name), "\(name)") }
        let list = try ProgramRun(["formats"]).standardOutput
        for name in names { #expect(list.contains("\n\(name) "), "\(name)") }
    }

    @Test("One format is told with its command on one line and its headers")
    func description() throws {
        let run = try ProgramRun(["formats", "Updates"])
        #expect(run.status == 0)
        let lines = run.standardOutput.split(separator: "\n")
        #expect(
            lines.contains(
                "    Invoke-Command -ComputerName (Get-Content names.txt) { Get-HotFix } | Export-Csv updates.csv "
                    + "-NoTypeInformation -Encoding UTF8"))
        #expect(lines.contains { $0.hasPrefix("  kb ") && $0.contains("required") && $0.contains("hotFixID") })
        #expect(try ProgramRun(["formats", "updates", "--format", "csv"]).standardOutput.contains("\nupdates,"))
    }

    @Test("A format that does not exist is wrong usage, and the message says how to see all")
    func unknown() throws {
        let run = try ProgramRun(["formats", "vamt9"])
        #expect(run.status == 64)
        #expect(run.standardError.contains("There is no format vamt9. List all of them with: actkit formats."))
    }

    @Test(
        "Names of formats near to a wrong one are told",
        arguments: [("kms", "kms-events, kms-hosts"), ("keyslist", "keys")])
    func near(name: String, names: String) throws {
        #expect(try ProgramRun(["formats", name]).standardError.contains("Near to it: \(names). List all"))
    }

    @Test("The help of keys tells where the files with keys come from")
    func keys() throws {
        let help = try ProgramRun(["keys", "--help"]).standardOutput
        for word in [
            "m365-keys", "Export all", "VLSC", "KeysExport.xml", "Visual Studio", "Invoke-AzRestMethod", "--map",
        ] {
            #expect(help.contains(word), "\(word) is missing")
        }
    }

    @Test("The table of inputs in the README is that of the program")
    func readme() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
        let rows = Set(readme.split(separator: "\n").map(String.init))
        for format in try Document().formats {
            let ways = format.origins.map { origin in
                let command = origin.command.map { "`\($0.replacing("|", with: "\\|"))`" }
                return "\(origin.maker): " + [command, origin.note].compactMap { $0 }.joined(separator: "; ")
            }
            let row = "| `\(format.format)` | \(format.title) | \(ways.joined(separator: "<br>")) |"
            let isThere = rows.contains(row)
            #expect(isThere, "this row belongs into the README: \(row)")
        }
    }
}

import ESUPrograms
import Foundation
import Testing

@testable import Planning

@Suite("The book of rules")
struct RuleBookTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The texts of all Swift files of a target, by the target's folder.
    private static func texts(_ folder: String) -> [String] {
        let base = root.appendingPathComponent(folder)
        guard let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else { return [] }
        return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    }

    @Test("every rule has an effect, and every effect a rule")
    func complete() {
        let ids = RuleCatalog.rules.map(\.id) + PlannerRule.allCases.map(\.rawValue)
        #expect(Set(RuleBook.effects.keys) == Set(ids))
        #expect(RuleBook.entries.map(\.rule.id) == ids)
    }

    @Test("what is enforced or reported names its code and its test; what is information names neither")
    func roles() {
        for entry in RuleBook.entries {
            let acts = entry.effect.role != .information
            #expect(entry.effect.code.isEmpty != acts, "\(entry.rule.id)")
            #expect(entry.effect.tests.isEmpty != acts, "\(entry.rule.id)")
            #expect(entry.effect.actsIn.hasSuffix("."), "\(entry.rule.id)")
        }
    }

    @Test("every code reference names a type of that target, or a file")
    func code() throws {
        var cache: [String: [String]] = [:]
        for entry in RuleBook.entries {
            for reference in entry.effect.code {
                if reference.contains("/") {
                    let path = RuleBookTests.root.appendingPathComponent("Sources/\(reference)").path
                    #expect(FileManager.default.fileExists(atPath: path), "\(entry.rule.id): \(reference)")
                    continue
                }
                let parts = reference.split(separator: ".").map(String.init)
                try #require(parts.count == 2, "\(entry.rule.id): \(reference)")
                let texts = cache[parts[0]] ?? RuleBookTests.texts("Sources/\(parts[0])")
                cache[parts[0]] = texts
                let declaration = try Regex("\\b(struct|enum|class|protocol) \(parts[1])\\b")
                #expect(texts.contains { $0.contains(declaration) }, "\(entry.rule.id): no type \(reference)")
            }
        }
    }

    @Test("every test reference names a test of that suite")
    func tests() throws {
        var cache: [String: [String]] = [:]
        for entry in RuleBook.entries {
            for reference in entry.effect.tests {
                let parts = reference.split { $0 == "." || $0 == "/" }.map(String.init)
                try #require(parts.count == 3, "\(entry.rule.id): \(reference)")
                let texts = cache[parts[0]] ?? RuleBookTests.texts("Tests/\(parts[0])")
                cache[parts[0]] = texts
                let suite = try Regex("\\bstruct \(parts[1])\\b")
                // A test of the suite is an attribute `@Test`, its arguments, and then the function.
                let function = try Regex("@Test\\b(?s:(?!\\bfunc ).)*?func \(parts[2])\\(")
                #expect(
                    texts.contains { $0.contains(suite) && $0.contains(function) },
                    "\(entry.rule.id): no test \(reference)")
            }
        }
    }

    @Test("a rule is found in any case, and an unknown one has near ones")
    func lookUp() {
        #expect(RuleBook["lic-02"]?.rule.id == "LIC-02")
        #expect(RuleBook["PLAN-12"]?.effect.role == .enforced)
        #expect(RuleBook["LIC-99"] == nil)
        #expect(RuleBook.near("LIC-99").first == "LIC-01")
        #expect(RuleBook.near("LCI-02") == ["LIC-02"])
        #expect(RuleBook.near("").isEmpty)
    }

    @Test("the options of disputed rules are the words that a policy reads")
    func options() throws {
        let options = RuleBook.entries.compactMap { entry in entry.effect.option.map { (entry.rule.id, $0) } }
        #expect(Set(options.map(\.0)) == ["LIC-08", "CON-01", "CON-06", "CON-07", "CON-08", "CON-09"])
        #expect(options.first { $0.0 == "CON-01" }?.1 == "disputed.ultimate: accept (default) or refuse")
        for (id, option) in options {
            let parts = option.split(separator: ":")
            let key = parts[0].split(separator: ".")[1]
            for word in parts[1].replacing(" (default)", with: "").split(separator: " ") where word != "or" {
                _ = try Policy(
                    yaml: "disputed: {\(key): \(word)}", file: id, catalog: Known.catalog.get())
            }
        }
    }

    @Test("the article about the rules says what the book says")
    func article() throws {
        let file = RuleBookTests.root.appendingPathComponent("Sources/Planning/Planning.docc/Rules.md")
        let text = RuleBookTests.articleText
        if ProcessInfo.processInfo.environment["ACTKIT_UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(
            try String(contentsOf: file, encoding: .utf8) == text,
            "Rules.md differs; write it anew with ACTKIT_UPDATE_GOLDEN=1")
    }

    private static var articleText: String {
        let groups = [
            ("ELIG", "Who may take part"), ("LIC", "Purchase and counting"), ("COV", "What a key covers"),
            ("KEY", "Keys and their activations"), ("DEP", "Deployment"), ("SUP", "Support"),
            ("CON", "Where documents disagree"), ("PLAN", "The planner's own rules"),
        ]
        var text = """
            # Rules

            Every rule of ESU planning: what it says, what this project does about it, the code that does it and the tests that
            prove it.

            ## Overview

            A rule is **enforced** when it changes decisions or refuses what breaks it, **reported** when it shows in a report, a
            column or a diagnostic, and **information** when nothing is decided by it. Plans and explanations name rules by
            identifier; `actkit explain LIC-02` prints one with its source, `actkit explain` lists all.

            Where documents disagree, a policy chooses the reading under `disputed`; without a word there the advised one counts:

            ```yaml
            disputed:
              ultimate: accept            # or refuse
              virtualDesktops: endpoints  # or machines, or per program: {default: endpoints, windows-10: machines}
              yearStart: coverage         # or firstRelease
              softwareAssurance: warn     # or held
              pastYear: warn              # or refuse
            ```

            This article is made from the data that the program itself uses, and a test compares both.

            """
        for (prefix, title) in groups {
            text += "\n## \(title)\n\n| Rule | Says | Role | Does | Code | Tests |\n|---|---|---|---|---|---|\n"
            for entry in RuleBook.entries where entry.rule.id.hasPrefix(prefix + "-") {
                let option = entry.effect.option.map { " Option `\($0)`." } ?? ""
                let cells = [
                    entry.rule.id, entry.rule.text, entry.effect.role.rawValue, entry.effect.actsIn + option,
                    entry.effect.code.map { "`\($0)`" }.joined(separator: ", "),
                    entry.effect.tests.map { "`\($0)`" }.joined(separator: ", "),
                ]
                text += "| " + cells.joined(separator: " | ") + " |\n"
            }
        }
        return text
    }
}

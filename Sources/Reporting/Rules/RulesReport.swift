import ESUPrograms
import Planning

/// Rules of ESU planning with what this project does about them. Schema `actkit.rules/1`.
public struct RulesReport: Report, Sendable {
    private let entries: [RuleBook.Entry]
    private let describes: Bool

    /// Makes a list of all rules.
    public init() {
        entries = RuleBook.entries
        describes = false
    }

    /// Makes a description of one rule.
    public init(describing entry: RuleBook.Entry) {
        entries = [entry]
        describes = true
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        guard describes else {
            let table = TextTable(columns: [.init("Rule"), .init("Role"), .init("Says", maximumWidth: 120)])
            return try table.render(
                rows: entries.map { [$0.rule.id, $0.effect.role.rawValue, $0.rule.text] }, into: &output)
        }
        for entry in entries {
            try output.line("\(entry.rule.id) (\(entry.effect.role.rawValue))", .heading)
            try output.paragraph(entry.rule.text, indentation: 2, width: options.width)
            try output.line()
            try output.paragraph(entry.effect.actsIn, indentation: 2, width: options.width)
            if let option = entry.effect.option { try output.line("  Option of a policy: \(option)") }
            try output.line()
            for code in entry.effect.code { try output.line("  Code    \(code)", .quiet) }
            for test in entry.effect.tests { try output.line("  Test    \(test)", .quiet) }
            try output.line("  Source  \(entry.rule.source)", .quiet)
        }
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header(["rule", "role", "text", "does", "option", "code", "tests", "source"])
        for entry in entries {
            csv.cell(entry.rule.id)
            csv.cell(entry.effect.role.rawValue)
            csv.cell(entry.rule.text)
            csv.cell(entry.effect.actsIn)
            csv.cell(entry.effect.option)
            csv.cell(entry.effect.code.joined(separator: " "))
            csv.cell(entry.effect.tests.joined(separator: " "))
            csv.cell(entry.rule.source)
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.rules/1")
            try json.array("rules") { json in
                for entry in entries {
                    try json.object { json in
                        try json.member("id", entry.rule.id)
                        try json.member("role", entry.effect.role.rawValue)
                        try json.member("text", entry.rule.text)
                        try json.member("does", entry.effect.actsIn)
                        try json.member("option", entry.effect.option)
                        try json.member("code", entry.effect.code)
                        try json.member("tests", entry.effect.tests)
                        try json.member("source", entry.rule.source)
                    }
                }
            }
        }
    }
}

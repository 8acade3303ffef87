import ActivationModel
import Foundation
import Testing

@testable import Reporting

@Suite("The import report")
struct ImportReportTests {
    private let report = ImportReport(files: [
        .init(
            file: "site-a.cilx", format: "cilx", bytes: 60_373_014,
            rows: .init(taken: 75_900, unchanged: 200, skipped: 16, rejected: 0),
            records: .init(computers: 30_000, products: 45_919, keys: 7, readings: 7),
            diagnostics: [
                Diagnostic(
                    code: "cilx.total.wrong", severity: .warning, file: "site-a.cilx", line: 3, column: 5,
                    message: "TotalProducts says 45,000, the file holds 45,919", remedy: "Nothing to do."),
                Diagnostic(
                    code: "vamt.value.unknown", severity: .note, file: "site-a.cilx", line: 120, column: 9, count: 3,
                    message: "ResourceLanguage \"xx\" is unknown"),
            ]),
        .init(
            file: "bad, really.csv", format: nil, bytes: nil,
            diagnostics: [
                Diagnostic(
                    code: "file.missing", severity: .error, file: "bad, really.csv",
                    message: "there is no such file", remedy: "Check the name.")
            ], failure: "there is no such file"),
    ])

    @Test("As a table", arguments: [OutputFormat.table, .csv, .json])
    func golden(format: OutputFormat) throws {
        try expectGolden(report.text(format), "import.\(format.rawValue)")
    }

    @Test("A list tells whether it is complete; a file, of which that is not known, says nothing")
    func completeness() throws {
        var files = report.files
        files[1].isComplete = false
        files.append(.init(file: "ldaps://dc1/DC=corp", format: "ldap", bytes: nil, isComplete: true))
        let lines = try ImportReport(files: files).text(.json).split(separator: "\n").map {
            $0.trimmingPrefix(while: { $0 == " " })
        }
        let position = try #require(lines.firstIndex { $0.contains("ldaps://dc1") })
        #expect(lines.filter { $0.hasPrefix("\"complete\"") } == ["\"complete\": false,", "\"complete\": true,"])
        #expect(lines[position...].contains("\"complete\": true,"))
    }

    @Test("The rows read are the sum of what became of them")
    func sum() { #expect(report.total.read == 76_116) }

    @Test("A code with many findings is cut after five, and the rest is counted")
    func grouping() throws {
        let many = (1...9).map { (number: Int) in
            Diagnostic(
                code: "csv.ragged", severity: .error, file: "a.csv", line: number, count: 2, message: "row \(number)",
                remedy: "Mend the row.")
        }
        let box = Bytes()
        var output = TextOutput { box.bytes += $0 }
        try DiagnosticText.write(many, into: &output)
        try output.finish()
        let text = String(decoding: box.bytes, as: UTF8.self)
        #expect(text.contains("a.csv:5: error: row 5 [csv.ragged] ×2"))
        #expect(!text.contains("row 6"))
        #expect(text.contains("8 more [csv.ragged]"))
        #expect(text.components(separatedBy: "Mend the row.").count == 2)
    }

    private func written(_ remedies: [String], limit: Int = 5) throws -> [String] {
        let diagnostics = remedies.enumerated().map { index, remedy in
            Diagnostic(code: "plan.year.past", severity: .warning, message: "no. \(index + 1)", remedy: remedy)
        }
        let box = Bytes()
        var output = TextOutput { box.bytes += $0 }
        try DiagnosticText.write(diagnostics, limit: limit, into: &output)
        try output.finish()
        return String(decoding: box.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("A remedy stands below its own finding; those in a row that share it are followed by it once")
    func remedies() throws {
        #expect(
            try written(["Plan a.", "Plan b.", "Plan b.", "", "Plan a."]) == [
                "warning: no. 1 [plan.year.past]", "  → Plan a.", "warning: no. 2 [plan.year.past]",
                "warning: no. 3 [plan.year.past]", "  → Plan b.", "warning: no. 4 [plan.year.past]",
                "warning: no. 5 [plan.year.past]", "  → Plan a.",
            ])
    }

    @Test("Findings that are only counted are followed by the remedy that they share, else by none")
    func remediesOfTheRest() throws {
        let (one, rest) = ("warning: no. 1 [plan.year.past]", "2 more [plan.year.past]")
        #expect(try written(["a", "b", "b"], limit: 1) == [one, "  → a", rest, "  → b"])
        #expect(try written(["a", "b", "c"], limit: 1) == [one, "  → a", rest])
        #expect(try written(["a", "a", "a"], limit: 1) == [one, rest, "  → a"])
    }
}

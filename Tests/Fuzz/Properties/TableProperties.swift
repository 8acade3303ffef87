import ActivationModel

@testable import Interchange

/// What holds for the rows of a CSV text: each is counted once, and what is written of them is read as the same.
struct TableProperties {
    private struct Rows: CSVSink {
        var rows: [[String]] = []
        var lines: [Int] = []

        mutating func row(_ row: CSVRow, into output: inout RecordOutput) throws {
            rows.append((0..<row.count).map { row.text($0) })
            lines.append(row.line)
        }
    }

    private struct Parse: Equatable {
        var rows: [[String]] = []
        var lines: [Int] = []
        var rejected = 0
        var code: String?

        init(_ bytes: [UInt8]) throws {
            var parser = CSVParser(delimiter: nil, limits: TextLimits())
            var sink = Rows()
            var output = RecordOutput(file: "input") { _ in }
            do {
                try parser.parse(bytes.span, into: &sink, output: &output)
                try parser.finish(into: &sink, output: &output)
            } catch let error as InterchangeError {
                code = error.code
            }
            rows = sink.rows
            lines = sink.lines
            rejected = output.rejected + output.skipped
        }
    }

    func check(_ bytes: [UInt8]) throws {
        // The parser is fed with UTF-8 without NUL characters.
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8).filter { $0 != 0 }
        let parse = try Parse(text)
        if let header = parse.rows.first {
            try Violation.unless(
                parse.rows.allSatisfy { $0.count == header.count }, "all rows have as many cells as the header")
        }
        try Violation.unless(parse.lines == parse.lines.sorted(), "lines go up")
        try checkWriting(parse)
        try checkCounting(parse, text)
    }

    /// Rows that were read, written with quotes and read again.
    private func checkWriting(_ parse: Parse) throws {
        let written = parse.rows.map { row in
            row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
        }.joined()
        let again = try Parse(Array(written.utf8))
        try Violation.unless(
            again.rows == parse.rows && again.rejected == 0 && again.code == nil,
            "rows that were written are read as they were",
            "\(again.rows.count) of \(parse.rows.count) rows, \(again.code ?? "no error")")
    }

    /// A table reader counts each row below the header once.
    private func checkCounting(_ parse: Parse, _ text: [UInt8]) throws {
        guard let header = parse.rows.first, parse.code == nil else { return }
        // The tables of wmic, which begin with the column Node, have no quotes; what begins as LDIF is read as LDIF.
        let otherForm: FileFormat? =
            header.first == "Node" ? .cimCSV : header.first?.hasPrefix("dn:") == true ? .activationObjects : nil
        for entry in FormatRegistry.entries where entry.score(header, [:]) != nil && entry.format != otherForm {
            let run = try ReaderRun(text, ReadOptions(encoding: .utf8), format: entry.format, ends: [text.count])
            guard run.error == nil else { continue }
            try Violation.unless(
                run.emitted + run.skipped + run.rejected == parse.rows.count - 1 + parse.rejected,
                "every row of \(entry.format.rawValue) is counted once",
                "\(run.emitted) + \(run.skipped) + \(run.rejected) of \(parse.rows.count - 1) + \(parse.rejected)")
        }
    }
}

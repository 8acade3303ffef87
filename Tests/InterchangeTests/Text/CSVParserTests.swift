import ActivationModel
import Testing

@testable import Interchange

/// A table with its cells; nil is a bare empty cell.
struct ParsedTable: Equatable {
    var rows: [[String?]] = []
    var lines: [Int] = []
    var rejected: [String] = []
    var skipped = 0
    var delimiter: UInt8?
    var error: InterchangeError?

    private struct Sink: CSVSink {
        var rows: [[String?]] = []
        var lines: [Int] = []

        mutating func row(_ row: CSVRow, into output: inout RecordOutput) throws {
            rows.append((0..<row.count).map { row.isNull($0) ? nil : row.text($0) })
            lines.append(row.line)
        }
    }

    init(_ text: String, chunk: Int = .max, delimiter: UInt8? = nil, limits: TextLimits = TextLimits()) {
        let bytes = Array(text.utf8)
        var parser = CSVParser(delimiter: delimiter, limits: limits)
        var sink = Sink()
        var output = RecordOutput(file: "") { _ in }
        do {
            var start = 0
            while start < bytes.count {
                let end = chunk > bytes.count - start ? bytes.count : start + chunk
                try parser.parse(bytes.span.extracting(start..<end), into: &sink, output: &output)
                start = end
            }
            try parser.finish(into: &sink, output: &output)
        } catch {
            self.error = error as? InterchangeError
        }
        rows = sink.rows
        lines = sink.lines
        self.delimiter = parser.delimiter
        skipped = output.skipped
        rejected = output.diagnostics.diagnostics.filter { $0.severity == .error }
            .map { "\($0.code) line \($0.line ?? 0) ×\($0.count)" }
    }
}

@Suite("CSV")
struct CSVParserTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var text: String
        var rows: [[String?]]
        var lines: [Int]?
        var rejected: [String] = []
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "comma", text: "a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]], lines: [1, 2]),
        Case(name: "semicolon", text: "a;b\r\n1,5;2\r\n", rows: [["a", "b"], ["1,5", "2"]], lines: [1, 2]),
        Case(name: "tab", text: "a\tb\n1\t2,3;4\n", rows: [["a", "b"], ["1", "2,3;4"]]),
        Case(
            name: "CR alone", text: "a,b\r1,2\r3,4", rows: [["a", "b"], ["1", "2"], ["3", "4"]], lines: [1, 2, 3]),
        Case(
            name: "mixed line ends", text: "a,b\r\n1,2\n3,4\r5,6\n",
            rows: [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]], lines: [1, 2, 3, 4]),
        Case(name: "no final line end", text: "a,b\n1,2", rows: [["a", "b"], ["1", "2"]]),
        Case(name: "no final line end behind a quote", text: "a,b\n1,\"2\"", rows: [["a", "b"], ["1", "2"]]),
        Case(name: "no final line end behind a delimiter", text: "a,b\n1,", rows: [["a", "b"], ["1", nil]]),
        Case(name: "no value and empty text", text: "a,b,c\n,\"\",x\n", rows: [["a", "b", "c"], [nil, "", "x"]]),
        Case(
            name: "doubled quotes", text: "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n",
            rows: [["a", "b"], ["say \"hi\"", "\""]]),
        Case(name: "delimiter in quotes", text: "\"a,b\",c\n\"1,2\",3\n", rows: [["a,b", "c"], ["1,2", "3"]]),
        Case(
            name: "line ends in quotes", text: "a,b\n\"1\r\n2\n3\",x\ny,z\n",
            rows: [["a", "b"], ["1\r\n2\n3", "x"], ["y", "z"]], lines: [1, 2, 5]),
        Case(
            name: "line end in the header", text: "\"a\nb\",c\n1,2\n", rows: [["a\nb", "c"], ["1", "2"]], lines: [1, 3]),
        Case(
            name: "type line",
            text: "#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\n\"a\",\"b\"\r\n1,2",
            rows: [["a", "b"], ["1", "2"]], lines: [2, 3]),
        Case(name: "sep line", text: "sep=;\r\na,b;c\r\n1;2\r\n", rows: [["a,b", "c"], ["1", "2"]], lines: [2, 3]),
        Case(
            name: "blank lines", text: "\n  \na,b\n\n1,2\n \n\n3,4\n\n", rows: [["a", "b"], ["1", "2"], ["3", "4"]],
            lines: [3, 5, 8]),
        Case(name: "blanks around cells", text: "a , b\n 1 , \"2\" \n", rows: [["a", "b"], ["1", "2"]]),
        Case(name: "blanks inside quotes", text: "a,b\n\" 1 \",2\n", rows: [["a", "b"], [" 1 ", "2"]]),
        Case(name: "empty cells behind the last column", text: "a,b\n1,2,,\n", rows: [["a", "b"], ["1", "2"]]),
        Case(name: "a row without values", text: "a,b\n,\n1,2\n", rows: [["a", "b"], ["1", "2"]]),
        Case(name: "one column", text: "name\npc1\n\"pc2\"\n", rows: [["name"], ["pc1"], ["pc2"]]),
        Case(
            name: "ragged rows", text: "a,b\n1\n1,2,3\n4,5\n6,7,8\n", rows: [["a", "b"], ["4", "5"]],
            rejected: ["csv.columns line 2 ×1", "csv.columns line 3 ×2"]),
        Case(
            name: "text behind an end quote", text: "a,b\n\"x\" y,2\n3,4\n", rows: [["a", "b"], ["3", "4"]],
            lines: [1, 3],
            rejected: ["csv.quote line 2 ×1"]),
        Case(
            name: "quotes of PowerShell 7.0", text: "a,b\nsay \"hi\",2\n\"c,\"d\"\",2\n3,4\n",
            rows: [["a", "b"], ["3", "4"]], rejected: ["csv.quote line 2 ×1", "csv.quote line 3 ×1"]),
        Case(
            name: "line end without quotes", text: "a,b,c\nx,one\ntwo,y\n1,2,3\n",
            rows: [["a", "b", "c"], ["1", "2", "3"]],
            rejected: ["csv.columns line 2 ×2"]),
        Case(name: "nothing", text: "", rows: []),
        Case(name: "a header alone", text: "a;b", rows: [["a", "b"]]),
    ]

    @Test("Each dialect gives its cells, cut at every byte", arguments: cases)
    func dialects(_ example: Case) {
        let whole = ParsedTable(example.text)
        #expect(whole.rows == example.rows)
        if let lines = example.lines { #expect(whole.lines == lines) }
        #expect(whole.rejected == example.rejected)
        #expect(whole.error == nil)
        for chunk in 1...max(1, example.text.utf8.count) {
            #expect(ParsedTable(example.text, chunk: chunk) == whole, "chunk \(chunk)")
        }
    }

    @Test("A quote that never ends is an error of the file that names the line where it was opened")
    func openQuote() {
        let table = ParsedTable("a,b\n1,2\n3,\"x\ny,4\nz,5\n")
        #expect(table.error?.code == "csv.quote.open")
        #expect(table.error?.line == 3)
        #expect(ParsedTable("a,\"b\n1,2\n").error?.code == "csv.quote.open")
    }

    @Test("A line sep= names no byte that names and product keys consist of", arguments: ["-", "X", "5", "\"", " "])
    func separatorOfNames(_ separator: String) {
        #expect(ParsedTable("sep=\(separator)\na,b\n1,2\n").rows.first != ["a", "b"])
        #expect(ParsedTable("sep=|\na|b\n1|2\n").rows.first == ["a", "b"])
    }

    @Test(
        "A row that is too long is the same error however it is cut",
        arguments: ["a,b\n1,\"LONG\"\n", "a,b\n1,\"LONG\"x\n", "a,b\n1,LONG\"\n", "a,b\n\"x\n\"\"LONG\",1\n"])
    func longRowCut(_ pattern: String) {
        let text = pattern.replacing("LONG", with: String(repeating: "x", count: 200))
        let limits = TextLimits(rowLength: 100)
        let whole = ParsedTable(text, limits: limits)
        #expect(whole.error?.code == "csv.row.length")
        for size in [1, 2, 7, 64, 150] {
            #expect(ParsedTable(text, chunk: size, limits: limits).error == whole.error, "pieces of \(size)")
        }
    }

    @Test("A cell without bounds is an error, not a matter of memory")
    func limits() {
        let limits = TextLimits(rowLength: 100, columns: 10)
        let long = String(repeating: "x", count: 200)
        #expect(ParsedTable("a,b\n1,\(long)\n", limits: limits).error?.code == "csv.row.length")
        #expect(ParsedTable("a,b\n1,\"\(long)", limits: limits).error?.code == "csv.row.length")
        #expect(ParsedTable("\(long)\n", limits: limits).error?.code == "csv.header.length")
        let header = (0..<20).map(String.init).joined(separator: ",")
        #expect(ParsedTable("\(header)\n", limits: limits).error?.code == "csv.columns.limit")
        #expect(ParsedTable("a,b\n1,2\n", limits: limits).error == nil)
    }

    @Test("A misplaced quote in the header is an error of the file")
    func brokenHeader() {
        #expect(ParsedTable("a,\"b\"c,d\"\"\n1,2,3\n").error?.code == "csv.header.quote")
    }

    @Test("The delimiter that the user names is used")
    func namedDelimiter() {
        #expect(ParsedTable("a,b;c,d\n1;2\n", delimiter: UInt8(ascii: ";")).rows == [["a,b", "c,d"], ["1", "2"]])
    }

    @Test("Random tables in random dialects come back as they were written")
    func roundTrip() {
        var generator = FixedSeedGenerator(seed: 42)
        for _ in 0..<300 {
            let writer = RandomTableWriter(using: &generator)
            let table = writer.table(using: &generator)
            let text = writer.write(table, using: &generator)
            let chunk = Int.random(in: 1...max(1, text.utf8.count), using: &generator)
            let parsed = ParsedTable(text, chunk: chunk)
            #expect(parsed.rows == table, "\(text.debugDescription)")
            #expect(parsed.rejected.isEmpty && parsed.error == nil)
        }
    }
}

/// Writes tables in one dialect of CSV.
struct RandomTableWriter {
    let delimiter: String
    let lineEnd: String
    let quotesAlways: Bool
    let hasTypeLine: Bool
    let hasBlanks: Bool
    let hasFinalLineEnd: Bool
    let columns: Int

    init(using generator: inout FixedSeedGenerator) {
        delimiter = [",", ";", "\t"][Int.random(in: 0..<3, using: &generator)]
        lineEnd = ["\n", "\r\n", "\r"][Int.random(in: 0..<3, using: &generator)]
        quotesAlways = Bool.random(using: &generator)
        hasTypeLine = Bool.random(using: &generator)
        hasBlanks = Bool.random(using: &generator)
        hasFinalLineEnd = Bool.random(using: &generator)
        columns = Int.random(in: 2...6, using: &generator)
    }

    func table(using generator: inout FixedSeedGenerator) -> [[String?]] {
        var rows: [[String?]] = [(0..<columns).map { "Column\($0)" }]
        for _ in 0..<Int.random(in: 0..<8, using: &generator) {
            var row: [String?] = (0..<columns).map { _ in cell(using: &generator) }
            // A row that begins with a value is neither blank nor without values.
            row[0] = "x" + (row[0] ?? "")
            rows.append(row)
        }
        return rows
    }

    private func cell(using generator: inout FixedSeedGenerator) -> String? {
        let pieces = ["a", "Büro", ",", ";", "\t", "\"", "\n", "\r\n", " ", "®", "😀", "\"\"", "#TYPE", "sep=;"]
        if Int.random(in: 0..<6, using: &generator) == 0 { return nil }
        return (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined()
    }

    func write(_ table: [[String?]], using generator: inout FixedSeedGenerator) -> String {
        var lines = table.map { row in
            row.map { cell -> String in
                guard let cell else { return "" }
                let special =
                    [delimiter, "\"", "\n", "\r", " ", "\t", ","].contains { cell.contains($0) }
                    || cell.unicodeScalars.contains("\n") || cell.unicodeScalars.contains("\r")
                guard quotesAlways || special || cell.isEmpty else { return cell }
                return "\"" + cell.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: hasBlanks && delimiter != "\t" ? delimiter + " " : delimiter)
        }
        if hasTypeLine { lines.insert("#TYPE Selected.System.Object", at: 0) }
        if hasBlanks { lines.insert("", at: Int.random(in: 0...lines.count, using: &generator)) }
        return lines.joined(separator: lineEnd) + (hasFinalLineEnd ? lineEnd : "")
    }
}

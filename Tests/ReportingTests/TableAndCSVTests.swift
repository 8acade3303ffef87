import ActivationModel
import Testing

@testable import Reporting

@Suite("Tables and CSV")
struct TableAndCSVTests {
    private func csv(_ body: (inout CSVWriter) throws -> Void) throws -> String {
        let box = Bytes()
        var csv = CSVWriter { box.bytes += $0 }
        try body(&csv)
        try csv.finish()
        return String(decoding: box.bytes, as: UTF8.self)
    }

    @Test(
        "A cell is quoted where RFC 4180 asks for it and cannot become a formula",
        arguments: [
            ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "\"two\nlines\""), (" blank", "\" blank\""), ("=1+1", "'=1+1"), ("@x", "'@x"),
            ("-a,b", "\"'-a,b\""), ("+1", "'+1"), ("®", "®"),
        ])
    func cells(text: String, expected: String) throws {
        let line = try csv { csv in
            csv.cell(text)
            try csv.endRow()
        }
        #expect(line == expected + "\r\n")
    }

    @Test("Numbers keep their sign, unknown values are empty cells")
    func numbers() throws {
        let line = try csv { csv in
            csv.cell(-5)
            csv.cell(nil as Int?)
            csv.cell(nil as String?)
            csv.cell(true)
            csv.cell(Day("2021-02-01"))
            try csv.endRow()
        }
        #expect(line == "-5,,,true,2021-02-01\r\n")
    }

    @Test("Numbers stand at the right, wide and combining characters keep the columns straight")
    func alignment() throws {
        let box = Bytes()
        var output = TextOutput { box.bytes += $0 }
        let table = TextTable(columns: [.init("Name", maximumWidth: 6), .init("Left", .right), .init("Note")])
        try table.render(
            rows: [["漢字", "7", "wide"], ["e\u{301}", "120", ""], ["abcdefgh", "1,000", "cut"], ["x"]], into: &output)
        try output.finish()
        #expect(
            String(decoding: box.bytes, as: UTF8.self) == """
                Name     Left  Note
                漢字        7  wide
                e\u{301}         120
                abcde…  1,000  cut
                x

                """)
    }

    @Test("A name from a file cannot steer the terminal")
    func controlCharacters() throws {
        #expect(DisplayText.safe("a\u{1B}[31mb\u{202E}c") == "a·[31mb·c")
        let box = Bytes()
        var output = TextOutput { box.bytes += $0 }
        try output.line("pc\u{1B}]0;x\u{7}")
        try output.finish()
        #expect(String(decoding: box.bytes, as: UTF8.self) == "pc·]0;x·\n")
    }

    @Test("Colour is written only where it was asked for")
    func color() throws {
        for color in [false, true] {
            let box = Bytes()
            var output = TextOutput(color: color) { box.bytes += $0 }
            try output.line("x", .warning)
            try output.finish()
            #expect(box.bytes.contains(0x1B) == color)
        }
    }

    @Test("A paragraph breaks between words")
    func paragraph() throws {
        let box = Bytes()
        var output = TextOutput { box.bytes += $0 }
        try output.paragraph("one two three four", indentation: 2, hanging: 1, width: 10)
        try output.finish()
        #expect(String(decoding: box.bytes, as: UTF8.self) == "  one two\n   three\n   four\n")
    }

    @Test(
        "Numbers are grouped by thousands",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567")])
    func grouping(value: Int, expected: String) { #expect(Wording.number(value) == expected) }

    @Test("Sizes are rounded down to tenths", arguments: [(12, "12 B"), (1499, "1.4 kB"), (130_250_000, "130.2 MB")])
    func sizes(bytes: Int, expected: String) { #expect(ImportReport.size(bytes) == expected) }
}

import ActivationModel
import ESUPrograms
import Foundation
import Testing

@testable import Reporting

@Suite("Lists of the inventory")
struct InventoryListTests {
    private let day = Timestamp(seconds: 1_612_137_600).day

    private func catalog() throws -> ProgramCatalog { try ProgramCatalog.bundled() }

    @Test(
        "A list holds the keys that are asked for, and says that it is a part",
        arguments: [
            (KeysReport.Selection(program: "windows-7", year: 2), ["ABCDE"]),
            (KeysReport.Selection(program: "windows-7", year: 3), []),
            (KeysReport.Selection(agreement: "none"), []),
            (KeysReport.Selection(staleDays: 2), ["FGHJK", "VWXYZ"]),
            (KeysReport.Selection(staleDays: 1), ["ABCDE", "FGHJK", "VWXYZ"]),
        ])
    func keySelection(selection: KeysReport.Selection, expected: [String]) throws {
        let report = KeysReport(SampleFleet.keys, catalog: try catalog(), asOf: day, selection: selection)
        let lines = try report.text(.csv).split(whereSeparator: \.isNewline).dropFirst()
        #expect(lines.map { String($0.split(separator: ",")[1]) } == expected)
        #expect(try report.text(.table).contains("\(expected.count) of 5 keys"))
    }

    @Test("Computers, whole document", arguments: OutputFormat.allCases)
    func computers(format: OutputFormat) throws {
        try expectGolden(ComputersReport(SampleFleet.fleet).text(format), "computers.\(format.rawValue)")
    }

    @Test("Products, whole document", arguments: OutputFormat.allCases)
    func products(format: OutputFormat) throws {
        try expectGolden(ProductsReport(SampleFleet.fleet).text(format), "products.\(format.rawValue)")
    }

    @Test("Keys, whole document", arguments: OutputFormat.allCases)
    func keys(format: OutputFormat) throws {
        try expectGolden(
            KeysReport(SampleFleet.keys, catalog: catalog(), asOf: day).text(format), "keys.\(format.rawValue)")
    }

    @Test("A list of some computers keeps their order and says that it is a part")
    func selection() throws {
        let report = ComputersReport(SampleFleet.fleet, positions: [0])
        #expect(try report.text(.table).contains("1 of 2 computers"))
        #expect(try report.text(.json).components(separatedBy: "\"name\"").count == 2)
    }

    @Test("A key pasted into a remark is masked in every form", arguments: OutputFormat.allCases)
    func pastedKeys(format: OutputFormat) throws {
        let text = try KeysReport(SampleFleet.keys, catalog: catalog(), asOf: day).text(format)
        #expect(!text.contains("BCDFG-HJKMP"))
    }

    @Test(
        "Keys in free text are masked, other long words are not",
        arguments: [
            ("BCDFGHJKMPQRTVWXY23467899", "XXXXX-XXXXX-XXXXX-XXXXX-67899"),
            ("a bcdfg-hjkmp-qrtvw-xy234-6789b.", "a XXXXX-XXXXX-XXXXX-XXXXX-6789B."),
            ("55c92734-d682-4d71-983e-d6ec3f16059f", "55c92734-d682-4d71-983e-d6ec3f16059f"),
            ("XXXXX-XXXXX-XXXXX-XXXXX-ABCDE", "XXXXX-XXXXX-XXXXX-XXXXX-ABCDE"),
        ])
    func masking(text: String, expected: String) { #expect(MaskedText.hidingKeys(in: text) == expected) }
}

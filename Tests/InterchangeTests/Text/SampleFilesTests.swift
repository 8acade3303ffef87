import ActivationModel
import Foundation
import Testing

@testable import Interchange

@Suite("The sample files")
struct SampleFilesTests {
    static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")

    struct Read {
        var format: FileFormat
        var records: [InventoryRecord]
        var skipped: Int
        var rejected: Int
        var diagnostics: [Diagnostic]
    }

    static func read(_ name: String) throws -> Read {
        var records: [InventoryRecord] = []
        let path = samples.appending(path: name).path
        var output = RecordOutput(file: path) { records += $0.map(\.record) }
        let summary = try FileImporter().read(path, options: ReadOptions(), into: &output)
        return Read(
            format: summary.format, records: records, skipped: output.skipped, rejected: output.rejected,
            diagnostics: output.diagnostics.diagnostics)
    }

    @Test(
        "Every table of the sample organisation is read without loss",
        arguments: [
            ("contoso/ad-computers.csv", FileFormat.adCSV), ("contoso/keys.csv", .keys),
            ("contoso/purchases.csv", .purchases),
            ("contoso/updates.csv", .updates), ("contoso/tags.csv", .tags),
        ])
    func contoso(_ name: String, _ format: FileFormat) throws {
        let read = try SampleFilesTests.read(name)
        #expect(read.format == format)
        #expect(!read.records.isEmpty)
        #expect(read.rejected == 0, "\(read.diagnostics)")
        #expect(!read.diagnostics.contains { $0.code.hasPrefix("date.") }, "\(read.diagnostics)")
    }

    @Test(
        "Each damaged table is told as what it is",
        arguments: [
            ("damaged/lost-characters.csv", "directory.text.lost"),
            ("damaged/no-operating-system.csv", "directory.os.missing"),
            ("damaged/ragged.csv", "csv.columns"),
            ("damaged/utf16-without-bom.csv", "text.encoding.unmarked"),
        ])
    func usable(_ name: String, _ code: String) throws {
        let read = try SampleFilesTests.read(name)
        #expect(read.diagnostics.contains { $0.code == code }, "\(read.diagnostics)")
        #expect(!read.records.isEmpty)
    }

    @Test(
        "Each table that cannot be trusted is refused",
        arguments: [
            ("damaged/empty.csv", "file.empty"), ("damaged/nul-bytes.csv", "text.nul"),
            ("damaged/unclosed-quote.csv", "csv.quote.open"), ("damaged/not-xml.cilx", "format.unknown"),
            ("damaged/wrong-root.xml", "format.unknown"),
        ])
    func refused(_ name: String, _ code: String) {
        let error = #expect(throws: InterchangeError.self) { try SampleFilesTests.read(name) }
        #expect(error?.code == code, "\(String(describing: error))")
    }
}

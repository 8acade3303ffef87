import ActivationModel
import Foundation
import Testing

@testable import Interchange

@Suite("Recognising formats")
struct FormatDetectorTests {
    static let formats: [(String, FileFormat)] = [
        ("<?xml version=\"1.0\"?>\n<SoftwareLicensingData Version=\"1.0\">", .cil),
        ("<!-- <a> --><!DOCTYPE x [<!ENTITY e \"<b>\">]>\n<SoftwareLicensingData>", .cil),
        ("<VolumeActivationManagementToolData VamtVersion=\"3.0.5.0\">", .cilx),
        ("<v:VolumeActivationManagementToolData\nxmlns:v=\"x\">", .cilx),
        ("\u{FEFF}  <VolumeActivationManagementToolData/>", .cilx),
        ("Name,DNSHostName,SID\n", .adCSV),
        ("ComputerName;OS\n", .adCSV),
        ("program,year,quantity\n", .purchases),
        ("Computer,HotFixID,InstalledOn\n", .updates),
        ("#TYPE x\n\"PSComputerName\",\"Description\",\"HotFixID\",\"InstalledBy\",\"InstalledOn\"\n", .updates),
        ("key,remaining\n", .keys),
        ("Extended PID\tRemaining\n", .keys),
        ("key,program,year,remaining,agreement\n", .keys),
        ("computer,tag\n", .tags),
        ("version: 1\n\ndn: CN=a\n", .ldif),
        ("dn: CN=a\nchangetype: add\n", .ldif),
        ("\u{FEFF}dn:: Q049YQ==\n", .ldif),
        ("# record 1\ndn: CN=a\n", .ldif),
        ("#\n# filter: a\n  folded: b\n\nDN: CN=a\n", .ldif),
        ("# extended LDIF\n#\n\n# search result\nsearch: 2\nresult: 0 Success\n", .ldif),
        ("# returned 0 records\n# 0 entries\n", .ldif),
        ("name,hosting,endpoints", .tags),
    ]

    @Test("A table of another language whose rows hold product keys is told how it is read")
    func foreignKeyTable() throws {
        let table = "Produkt;Schlüssel;Art\nOffice;XXXXX-XXXXX-XXXXX-XXXXX-T83GX;MAK\n"
        let error = #expect(throws: InterchangeError.self) { try FormatDetector().detect(Array(table.utf8).span) }
        #expect(error?.remedy.contains("--map \"Schlüssel=key\"") == true)
        let mapped = FormatDetector(options: ReadOptions(columnMap: ["Schlüssel": "key"]))
        #expect(try mapped.detect(Array(table.utf8).span) == .keys)
        let words = "Produkt;Wort;Art\nOffice;ABCDE;MAK\n"
        let other = #expect(throws: InterchangeError.self) { try FormatDetector().detect(Array(words.utf8).span) }
        #expect(other?.remedy.contains("=key") == false)
    }

    @Test("Each format is recognised by content, in UTF-8 and UTF-16", arguments: formats)
    func recognised(_ text: String, _ format: FileFormat) throws {
        let bytes = Array(text.utf8)
        let wide = [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false)
        #expect(try FormatDetector().detect(bytes.span) == format)
        if !text.hasPrefix("\u{FEFF}") { #expect(try FormatDetector().detect(wide.span) == format) }
    }

    static let refusals: [(String, [UInt8], String, String)] = [
        ("other XML", Array("<plist version=\"1.0\">".utf8), "format.unknown", "root element “plist”"),
        ("XML without start tag", Array("<!-- never ends".utf8), "format.unknown", "no start tag"),
        ("other table", Array("colour,size\nred,5\n".utf8), "format.unknown", "“colour”, “size”"),
        ("prose", Array("Dear administrator,\nplease find attached\n".utf8), "format.unknown", "Dear administrator"),
        ("JSON", Array("{\"a\": 1}".utf8), "format.unknown", "JSON"),
        ("ZIP", Array("PK\u{3}\u{4}abc".utf8), "format.unknown", "ZIP"),
        ("bytes without a form", [0x07, 0x41, 0x2C, 0xC3, 0x02, 0x10, 0x0A, 0x42], "format.unknown", "no text"),
        ("gzip", [0x1F, 0x8B, 8, 0], "format.unknown", "gzip"),
        ("NUL bytes only", [UInt8](repeating: 0, count: 1000), "format.unknown", "NUL"),
        ("NUL bytes in text", Array("Name,OS".utf8) + [0, 0] + Array("x,y\n".utf8), "format.unknown", "NUL"),
        ("blanks", Array("  \r\n \r\n".utf8), "file.empty", "blanks"),
        ("two kinds", Array("computer,tag,OS\n".utf8), "format.ambiguous", "ad-csv or tags"),
    ]

    @Test("What is no known format is refused with what was seen", arguments: refusals)
    func refused(_ name: String, _ bytes: [UInt8], _ code: String, _ seen: String) {
        let error = #expect(throws: InterchangeError.self) { try FormatDetector().detect(bytes.span) }
        #expect(error?.code == code)
        #expect(error?.message.contains(seen) == true, "\(error?.message ?? "")")
        #expect(error?.kind == .unreadable)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test("Every kind of table is in the registry with its columns")
    func registry() throws {
        for format in [FileFormat.adCSV, .purchases, .updates, .keys, .tags] {
            let entry = try #require(FormatRegistry.entry(format))
            #expect(!entry.columns.isEmpty)
            #expect(!entry.title.isEmpty)
        }
    }

    @Test("No header of a kind means two columns")
    func synonyms() {
        func check<Column: TableColumn>(_ type: Column.Type) {
            let headers = Column.allCases.flatMap { [$0.name] + $0.synonyms }.map { headerKey($0) }
            let repeated = Dictionary(grouping: headers) { $0 }.filter { $0.value.count > 1 }.keys
            #expect(repeated.isEmpty, "\(type): \(repeated)")
            #expect(Column.allCases.map(\.rawValue) == Array(0..<Column.allCases.count))
        }
        check(DirectoryAttribute.self)
        check(ConfigMgrColumn.self)
        check(IntuneColumn.self)
        check(PurchaseColumn.self)
        check(UpdateColumn.self)
        check(KeyColumn.self)
        check(TagColumn.self)
    }
}

@Suite("Reading files")
struct FileImporterTests {
    static func read(_ path: String) throws -> FileSummary {
        var output = RecordOutput(file: path) { _ in }
        return try FileImporter().read(path, options: ReadOptions(), into: &output)
    }

    static func write(_ bytes: [UInt8]) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "actkit-\(UUID().uuidString).csv")
        try Data(bytes).write(to: url)
        return url
    }

    @Test("A file that cannot be opened says why and what to do")
    func unavailable() throws {
        let missing = #expect(throws: InterchangeError.self) { try FileImporterTests.read("/nowhere/at/all.csv") }
        #expect(missing?.code == "file.missing")
        #expect(missing?.kind == .unavailable)
        #expect(missing?.file == "/nowhere/at/all.csv")
        let directory = #expect(throws: InterchangeError.self) { try FileImporterTests.read("/tmp") }
        #expect(directory?.code == "file.directory")
        #expect(directory?.remedy.isEmpty == false)
        let none = #expect(throws: InterchangeError.self) { try FileImporterTests.read("") }
        #expect(none?.code == "file.missing")
    }

    @Test("A file without permission says so", .disabled(if: getuid() == 0, "the superuser may read every file"))
    func permission() throws {
        let url = try FileImporterTests.write(Array("Name,OS\n".utf8))
        defer { try? FileManager.default.removeItem(at: url) }
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: url.path)
        let error = #expect(throws: InterchangeError.self) { try FileImporterTests.read(url.path) }
        #expect(error?.code == "file.permission")
    }

    @Test("An empty file is refused")
    func empty() throws {
        let url = try FileImporterTests.write([])
        defer { try? FileManager.default.removeItem(at: url) }
        let error = #expect(throws: InterchangeError.self) { try FileImporterTests.read(url.path) }
        #expect(error?.code == "file.empty")
        #expect(error?.file == url.path)
    }

    @Test("A file of several chunks is read whole, and an error names the file and the line")
    func large() throws {
        let rows = (0..<20_000).map { "pc-\($0).corp.example.com,Windows 7 Professional,6.1 (7601)\n" }.joined()
        let text = "DNSHostName,OperatingSystem,OperatingSystemVersion\n" + rows
        let url = try FileImporterTests.write(Array(text.utf8))
        defer { try? FileManager.default.removeItem(at: url) }
        var count = 0
        var output = RecordOutput(file: url.path) { count += $0.count }
        let summary = try FileImporter().read(url.path, options: ReadOptions(), into: &output)
        #expect(summary == FileSummary(format: .adCSV, bytes: text.utf8.count))
        #expect(count == 20_000)
        #expect(output.diagnostics.diagnostics.isEmpty)

        let damaged = try FileImporterTests.write(Array((text + "\"pc").utf8) + [0, 0, 0])
        defer { try? FileManager.default.removeItem(at: damaged) }
        let error = #expect(throws: InterchangeError.self) { try FileImporterTests.read(damaged.path) }
        #expect(error?.code == "text.nul")
        #expect(error?.line == 20_002)
        #expect(error?.file == damaged.path)
    }

    @Test(
        "The first fault of a file is told, also when a NUL byte follows it in the same piece",
        arguments: [0, 1, 7, 1000])
    func faultBeforeNUL(cut: Int) {
        let bytes = Array("[{\"Name\": \"pc-1\"}}".utf8) + [0] + Array("]".utf8)
        let result = ReadResult(bytes, cuts: cut == 0 ? [] : [cut], options: ReadOptions(format: .adJSON))
        #expect(result.error?.code == "json.malformed")
    }
}

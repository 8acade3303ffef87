import ActivationModel
import Testing
import XMLStream

@testable import Interchange

@Suite("Findings about .cilx")
struct CILXDiagnosticsTests {
    @Test("a product of nobody, without SKU or without application is rejected with the reason and the line")
    func rejected() throws {
        let application = "<ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>"
        let sku = "<Sku>0e00c25d-8795-4fb7-9572-3803d91b6880</Sku>"
        let name = "<FullyQualifiedDomainName>pc</FullyQualifiedDomainName>"
        let link = "<ExportGuid>0e00c25d-8795-4fb7-9572-3803d91b6881</ExportGuid>"
        let zero = "<ExportGuid>00000000-0000-0000-0000-000000000000</ExportGuid>"
        let rows = [
            application + sku, application + zero + sku, application + name, name + sku, application + link + sku,
        ]
        let result = ReadResult(cilx: cilx(rows.map { "<Product>\($0)</Product>" }.joined(separator: "\n")))
        #expect(result.products.count == 1)
        #expect(result.products.first?.computer == ComputerIdentity())
        #expect(result.rejected == 4)
        #expect(result.diagnostic("vamt.product.unidentified")?.count == 2)
        #expect(result.diagnostic("vamt.product.unidentified")?.line == 4)
        let incomplete = result.diagnostics.filter { $0.code == "vamt.product.incomplete" }
        #expect(incomplete.map(\.line) == [6, 7])
        #expect(incomplete.map { $0.message.contains("Sku") } == [true, false])
        #expect(incomplete.allSatisfy { $0.severity == .error && !$0.remedy.isEmpty && $0.column != nil })
    }

    @Test("a computer with two records is reported by name and read twice")
    func duplicates() throws {
        func client(_ name: String) -> String {
            "<VolumeActivationClient><FullyQualifiedDomainName>\(name)</FullyQualifiedDomainName></VolumeActivationClient>\n"
        }
        let result = ReadResult(
            cilx: cilx(client("PC-1.corp") + client("pc-2.corp") + client("pc-1.CORP.") + client("")))
        #expect(result.clients.count == 3)
        let found = try #require(result.diagnostic("vamt.computer.duplicate"))
        #expect(found.line == 6)
        #expect(found.message.contains("pc-1.CORP"))
        #expect(result.skipped == 1)
        #expect(result.diagnostic("vamt.computer.unnamed")?.count == 1)
    }

    @Test("wrong totals are reported, right ones are not")
    func totals() throws {
        let wrong = ReadResult(
            cilx: cilx(cilxProduct(), attributes: "TotalProducts='2' TotalProductKeys='0' TotalVolumeClients='-1'"))
        let found = wrong.diagnostics.filter { $0.code == "cilx.total.wrong" }
        #expect(found.count == 2)
        #expect(found.first?.message.contains("TotalProducts says 2, but the file holds 1") == true)
        #expect(found.first?.line == 3)
        let right = ReadResult(cilx: cilx(cilxProduct(), attributes: "TotalProducts='1' TotalAvailableProducts=''"))
        #expect(right.diagnostics == [])
    }

    @Test("fields out of the schema's order are reported once per kind of record")
    func order() throws {
        let product = cilxProduct("<CMID/>")
        let client =
            "<VolumeActivationClient><OSVersion>6</OSVersion><FullyQualifiedDomainName>a</FullyQualifiedDomainName></VolumeActivationClient>"
        let result = ReadResult(cilx: cilx(product + product + client))
        let found = result.diagnostics.filter { $0.code == "cilx.order" }
        #expect(found.map(\.count) == [1, 1])
        #expect(found.allSatisfy { $0.severity == .note })
        let confirmation = "<ConfirmationId>\(CILXReaderTests.confirmationID)</ConfirmationId>"
        #expect(ReadResult(cilx: cilx(cilxProduct(confirmation))).diagnostics == [])
    }

    @Test("the ids of products are checked in both kinds of files, and the products are taken")
    func ids() throws {
        let doubtful = "123451" + CILXReaderTests.installationID.dropFirst(6)
        let ids =
            "<InstallationId>\(doubtful)</InstallationId><ConfirmationId>\(String(repeating: "0", count: 48))</ConfirmationId>"
        let list = CILReaderTests.list(CILReaderTests.computer("<Product>\(CILReaderTests.sku)\(ids)</Product>"))
        for result in [ReadResult(cilx: cilx(cilxProduct(ids))), ReadResult(cil: list)] {
            let product = try #require(result.products.first)
            let warnings = result.diagnostics.filter { $0.severity == .warning }
            #expect(warnings.map(\.code) == ["installationId.digit", "confirmationId.digit"])
            #expect(warnings.allSatisfy { $0.line == result.records.first?.line })
            #expect(warnings.first?.message.contains("group 1 of 9") == true)
            #expect(product.text(.installationID) == doubtful)
            #expect(product[.confirmationID] == .missing)
        }
    }

    @Test("unknown elements and attributes are reported once per name, and what they hold is passed over")
    func unknownNames() throws {
        let product = cilxProduct("<Colour shade='dark'>red</Colour>")
        let text = cilx(
            product + product + "<Future><Product><Sku>1</Sku></Product></Future>",
            root:
                " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='x' Mood='good' ServiceDataFileId='1'"
        )
        let result = ReadResult(cilx: text)
        #expect(result.products.count == 2)
        let found = result.diagnostics.filter { $0.code == "vamt.element.unknown" }
        #expect(found.map(\.count) == [1, 2, 2, 1])
        for (diagnostic, name) in zip(found, ["Mood", "shade", "Colour", "Future"]) {
            #expect(diagnostic.message.contains("'\(name)'"))
            #expect(diagnostic.severity == .note)
        }
    }

    @Test("an unknown version is a note")
    func version() {
        let result = ReadResult(cilx: "<VolumeActivationManagementToolData VamtVersion='9.0'/>")
        #expect(result.codes == ["vamt.version.unknown"])
        #expect(result.diagnostics.first?.severity == .note)
    }

    @Test(
        "another root is an error that says what the file is",
        arguments: [
            ("<SoftwareLicensingData/>", FileFormat.cilx, "VAMT 2.0"),
            ("<VolumeActivationManagementToolData/>", .cil, "VAMT 3"),
            ("\n <html/>", .cilx, "'html'"), ("<NewDataSet><a/></NewDataSet>", .cilx, "'a'"),
        ])
    func root(_ text: String, _ format: FileFormat, _ part: String) throws {
        let error = try #require(ReadResult(text, options: ReadOptions(format: format)).error)
        #expect(error.code == "vamt.root.unknown")
        #expect(error.kind == .unreadable)
        #expect(error.line == (text.hasPrefix("\n") ? 2 : 1))
        #expect(error.message.contains(part))
        #expect(!error.remedy.isEmpty)
    }

    @Test(
        "a damaged file is an error for the file as a whole, with code, line and remedy",
        arguments: [
            ("<VolumeActivationManagementToolData>\n<SoftwareLicensingData>", "xml.truncated", 2),
            ("<VolumeActivationManagementToolData>\n<a></b>", "xml.malformed", 2),
            ("<VolumeActivationManagementToolData>\n\u{0}", "xml.nul", 2),
            ("Hello", "xml.notxml", 1),
            (String(repeating: "<VolumeActivationManagementToolData>", count: 200), "xml.limit", 1),
            ("<!DOCTYPE a [<!ENTITY x SYSTEM 'y'>]><a>&x;</a>", "xml.entity", 1),
        ])
    func damaged(_ text: String, _ code: String, _ line: Int) throws {
        let error = try #require(ReadResult(cilx: text).error)
        #expect(error.code == code)
        #expect(error.line == line)
        #expect(!error.message.isEmpty)
        #expect(!error.remedy.isEmpty)
    }

    @Test("a text of 100 MB is refused without being kept")
    func largeText() throws {
        var reader: any FileReader = CILXReader()
        var output = RecordOutput(file: "large.cilx") { _ in }
        try reader.read(Array("<VolumeActivationManagementToolData><Products><Product><CMID>".utf8).span, into: &output)
        let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
        var thrown: (any Error)?
        for _ in 0..<100 where thrown == nil {
            do { try reader.read(chunk.span, into: &output) } catch { thrown = error }
        }
        #expect((thrown as? InterchangeError)?.code == "xml.limit")
    }

    @Test("an error of the consumer stops the reader and comes out as it is")
    func consumerFails() {
        struct Stopped: Error {}
        let text = cilx(cilxProduct() + cilxProduct())
        #expect(throws: Stopped.self) {
            var reader: any FileReader = CILXReader()
            var output = RecordOutput(file: "a.cilx", batchSize: 1) { _ in throw Stopped() }
            try reader.read(Array(text.utf8).span, into: &output)
            try reader.finish(into: &output)
        }
    }
}

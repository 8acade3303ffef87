import ActivationModel
import Interchange
import Testing
import XMLStream

/// The parts of a document as one text: what must be the same in a copy.
private final class CanonicalEvents: XMLEventHandler {
    private(set) var lines: [String] = []
    private var text = ""

    static func of(_ bytes: [UInt8]) throws -> [String] {
        let events = CanonicalEvents()
        var parser = XMLPushParser(handler: events)
        try parser.feed(bytes.span)
        try parser.finish()
        return events.lines
    }

    private func flush() {
        if !text.isEmpty { lines.append("text \(text.debugDescription)") }
        text = ""
    }

    func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        flush()
        var line = "start \(tag.prefix ?? "-"):\(tag.name) {\(tag.namespaceURI ?? "")}"
        for (prefix, uri) in tag.namespaceDeclarations { line += " xmlns:\(prefix ?? "-")=\(uri.debugDescription)" }
        for index in 0..<tag.attributeCount {
            line += " \(tag.attributePrefix(index) ?? "-"):\(tag.attributeName(index))"
            line += "=\(tag.attributeValue(index).debugDescription)"
        }
        lines.append(line)
    }

    func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        flush()
        lines.append("end")
    }

    func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {
        var bytes: [UInt8] = []
        for index in piece.indices { bytes.append(piece[index]) }
        text += String(decoding: bytes, as: UTF8.self)
    }

    func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {
        flush()
        var bytes: [UInt8] = []
        for index in content.indices { bytes.append(content[index]) }
        lines.append("comment \(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }

    func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {
        flush()
        lines.append("instruction \(target) \(data.debugDescription)")
    }
}

@Suite struct VAMTRewriterTests {
    private static let cilx = """
        <?xml version="1.0" encoding="utf-8"?>
        <!-- before the root -->
        <?site kept="yes"?>
        <v:VolumeActivationManagementToolData xmlns:v="urn:vamt" xmlns="urn:other" VamtVersion="9.9" v:mark="a&amp;b&#10;c&#9;d&quot;">
          <SoftwareLicensingData TotalProducts="7" TotalProductKeys="1" Extra="1">
            <Products note='x'>
              <!-- in the list --> loose text
              <Product color="red">
                <Unknown deep="1"><Deeper xmlns:d="urn:d" d:a="1">text &lt;&amp;&gt; <d:x/></Deeper>tail</Unknown>
                <FullyQualifiedDomainName>pc-1.corp.example</FullyQualifiedDomainName>
                <?inside the product?>
                <InstallationId>111</InstallationId>
                <ProductName><![CDATA[<raw> & more]]></ProductName>
                <Sku>s</Sku>
                <!-- in the product -->
              </Product>
              <Product><InstallationId>222</InstallationId><LicenseStatus/></Product>
              <Product/>
            </Products>
            <ProductKeys><ProductKey><KeyValue>  blank&#13; </KeyValue></ProductKey></ProductKeys>
            <FutureList><Product><InstallationId>333</InstallationId></Product></FutureList>
          </SoftwareLicensingData>
          <VamtSystemData><Products/></VamtSystemData>
        </v:VolumeActivationManagementToolData>
        <!-- after the root -->

        """
    private static let cil = """
        <SoftwareLicensingData Version="2.0"><Computers>
          <Computer Name="PC-1" NetworkType="Domain" NetworkName="CORP" Id="{00000000-0000-0005-0000-000000000006}">
            <Products>
              <Product Status="1"><Sku Id="a" Name="Windows" ApplicationId="b"/><InstallationId>111</InstallationId></Product>
            </Products>
          </Computer>
          <Computer Id="00000000-0000-0007-0000-000000000008"><Products><Product><Sku Id="c"/></Product></Products></Computer>
        </Computers></SoftwareLicensingData>
        """

    private func rewrite(
        _ bytes: [UInt8], _ rewriter: VAMTRewriter = VAMTRewriter(),
        _ change: (inout RewritableProduct) throws -> Void = { _ in }
    ) throws -> (text: String, summary: RewriteSummary) {
        let directory = try TemporaryDirectory()
        let input = try directory.write("in.xml", bytes)
        let summary = try rewriter.rewrite(input, to: directory.path("out.xml"), change)
        return (try directory.read("out.xml"), summary)
    }

    @Test("A copy without a change holds every part of the input in its order", arguments: [cilx, cil])
    func unchanged(document: String) throws {
        let (text, summary) = try rewrite(Array(document.utf8))
        #expect(try CanonicalEvents.of(Array(text.utf8)) == CanonicalEvents.of(Array(document.utf8)))
        #expect(summary.changedProducts == 0)
        // A second copy is the first one, byte by byte.
        #expect(try rewrite(Array(text.utf8)).text == text)
    }

    @Test("Only the changed field differs")
    func setField() throws {
        let (text, summary) = try rewrite(Array(Self.cilx.utf8)) { product in
            if product[.installationID] == "111" { product.set(.confirmationID, to: "9&9") }
        }
        var expected = try CanonicalEvents.of(Array(Self.cilx.utf8))
        let end = try #require(expected.firstIndex { $0.contains("111") }) + 2
        let blank = "text \("\n        ".debugDescription)"
        expected.insert(contentsOf: [blank, "start -:ConfirmationId {urn:other}", "text \"9&9\"", "end"], at: end)
        #expect(try CanonicalEvents.of(Array(text.utf8)) == expected)
        #expect(summary.products == 3)
        #expect(summary.changedProducts == 1)
        #expect(summary.format == .cilx)
        #expect(summary.diagnostics.map(\.code) == ["cilx.edited.unsupported"])
    }

    @Test("Products are shown with their computer, line and fields in any case")
    func view() throws {
        var seen: [String] = []
        _ = try rewrite(Array(Self.cilx.utf8)) { product in
            seen.append("\(product.computer.name ?? "-") \(product.line) \(product["installationid"] ?? "-")")
            if seen.count == 1 {
                #expect(product[.productName] == "<raw> & more")
                #expect(product["Unknown"] == "text <&> tail")
                #expect(product["Nothing"] == nil)
            }
            if seen.count == 2 { #expect(product[.licenseStatus] == nil) }
        }
        #expect(seen == ["pc-1.corp.example 8 111", "- 17 222", "- 18 -"])
    }

    @Test("A .cil file shows its computers, and attributes are fields, too")
    func cilFields() throws {
        var computers: [ComputerIdentity] = []
        let (text, summary) = try rewrite(Array(Self.cil.utf8)) { product in
            computers.append(product.computer)
            if product[.sku] == "a" {
                #expect(product[.productName] == "Windows")
                #expect(product[.applicationID] == "b")
                #expect(product["status"] == "1")
                product.set("Status", to: "2")
                product.set(.productName, to: "Windows \"7\"")
                product.set(.confirmationID, to: "9")
            } else {
                product.set(.sku, to: "d")
            }
        }
        #expect(
            computers == [
                ComputerIdentity(
                    vamtID: GUID(high: 5, low: 6), name: "PC-1", network: "CORP", networkType: .domain),
                ComputerIdentity(vamtID: GUID(high: 7, low: 8)),
            ])
        #expect(
            text.contains(
                """
                <Product Status="2"><Sku Id="a" Name="Windows &quot;7&quot;" ApplicationId="b"/>\
                <InstallationId>111</InstallationId><ConfirmationId>9</ConfirmationId></Product>
                """))
        #expect(text.contains("<Sku Id=\"d\"/>"))
        #expect(summary.format == .cil)
    }

    @Test(
        "New fields take their place in the order of the schema",
        arguments: [
            ("<Product/>", ProductField.sku, "<Product><Sku>v</Sku></Product>"),
            ("<Product><Sku>s</Sku></Product>", .cmid, "<Product><CMID>v</CMID><Sku>s</Sku></Product>"),
            (
                "<Product>\n <CMID>c</CMID>\n <Sku>s</Sku>\n</Product>", .productName,
                "<Product>\n <CMID>c</CMID>\n <ProductName>v</ProductName>\n <Sku>s</Sku>\n</Product>"
            ),
            (
                "<Product><CMID>c</CMID><Other>o</Other></Product>", .adActivationCsvlkPid,
                "<Product><CMID>c</CMID><AdActivationCsvlkPid>v</AdActivationCsvlkPid><Other>o</Other></Product>"
            ),
            ("<Product><Sku>s</Sku></Product>", .sku, "<Product><Sku>v</Sku></Product>"),
            ("<p:Product xmlns:p=\"u\"/>", .sku, "<p:Product xmlns:p=\"u\"><p:Sku>v</p:Sku></p:Product>"),
        ])
    func placement(before: String, field: ProductField, after: String) throws {
        #expect(try changed(before) { $0.set(field, to: "v") }.contains(after))
    }

    @Test("A field that the schema does not name comes last")
    func unknownField() throws {
        let text = try changed("<Product><Other>o</Other><Sku>s</Sku></Product>") { $0.set("Mine", to: "v") }
        #expect(text.contains("<Product><Other>o</Other><Sku>s</Sku><Mine>v</Mine></Product>"))
    }

    @Test("A field is removed with the white space before it, wherever it stands")
    func remove() throws {
        let text = try changed(
            "<Product CMID=\"x\">\n <CMID>c</CMID>\n <!-- c -->\n <cmid>d</cmid>\n <Sku>s</Sku>\n</Product>"
        ) { $0.remove(.cmid) }
        #expect(text.contains("<Product>\n <!-- c -->\n <Sku>s</Sku>\n</Product>"))
    }

    @Test("Setting a field to what it is changes nothing")
    func sameValue() throws {
        let (_, summary) = try rewrite(Array(document("<Product><Sku>s</Sku></Product>").utf8)) {
            $0.set(.sku, to: "s")
        }
        #expect(summary.changedProducts == 0)
    }

    private func document(_ product: String) -> String {
        "<VolumeActivationManagementToolData><SoftwareLicensingData><Products>\(product)</Products>"
            + "</SoftwareLicensingData></VolumeActivationManagementToolData>"
    }

    private func changed(_ product: String, _ change: (inout RewritableProduct) -> Void) throws -> String {
        let (text, summary) = try rewrite(Array(document(product).utf8), VAMTRewriter(), change)
        #expect(summary.changedProducts == 1)
        return text
    }

    @Test("Totals are corrected only when asked")
    func totals() throws {
        let (plain, _) = try rewrite(Array(Self.cilx.utf8))
        #expect(plain.contains("TotalProducts=\"7\""))
        let (corrected, summary) = try rewrite(Array(Self.cilx.utf8), VAMTRewriter(correctsTotals: true))
        #expect(corrected.contains("<SoftwareLicensingData TotalProducts=\"3\" TotalProductKeys=\"1\" Extra=\"1\">"))
        #expect(summary.correctedTotals == 1)
    }

    @Test("The copy is UTF-8 whatever the input is", arguments: ["UTF-16LE", "UTF-16BE", "windows-1252"])
    func encodings(encoding: String) throws {
        let document =
            "<?xml version=\"1.0\" encoding=\"\(encoding.prefix(6) == "UTF-16" ? "UTF-16" : encoding)\"?>"
            + self.document("<Product><ProductName>Größe ®</ProductName></Product>")
        let bytes: [UInt8] =
            switch encoding {
            case "UTF-16LE": [0xFF, 0xFE] + document.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case "UTF-16BE": [0xFE, 0xFF] + document.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            default: document.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
            }
        let (text, _) = try rewrite(bytes) { product in
            #expect(product[.productName] == "Größe ®")
            product.set(.productName, to: "Länge 日本")
        }
        #expect(text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
        #expect(text.contains("<ProductName>Länge 日本</ProductName>"))
    }

    @Test("The input is never written over, by whatever path")
    func sameFile() throws {
        let directory = try TemporaryDirectory()
        let input = try directory.write("in.cilx", Self.cilx)
        let link = try directory.link("link.cilx", to: input)
        for (from, to) in [(input, input), (input, link), (link, input), (input, directory.path("./in.cilx"))] {
            let error = #expect(throws: InterchangeError.self) { try VAMTRewriter().rewrite(from, to: to) { _ in } }
            #expect(error?.code == "rewrite.same")
        }
        #expect(try directory.read("in.cilx") == Self.cilx)
    }

    @Test("A file that cannot be copied whole is not copied at all")
    func failures() throws {
        struct Refused: Error {}
        let directory = try TemporaryDirectory()
        let whole = try directory.write("whole.cilx", Self.cilx)
        let output = directory.path("out.cilx")
        let cases: [(text: String, code: String, line: Int?)] = [
            ("<Root/>", "vamt.root.unknown", 1), (String(Self.cilx.prefix(900)), "xml.truncated", nil),
            ("<SoftwareLicensingData>\n<a></b></SoftwareLicensingData>", "xml.malformed", 2),
            (
                document("<Product>" + String(repeating: "<a>b</a>", count: 200) + "</Product>"), "vamt.product.length",
                1
            ),
        ]
        var rewriter = VAMTRewriter()
        rewriter.productLimit = 8000
        for (text, code, line) in cases {
            let input = try directory.write("in.cilx", text)
            let error = #expect(throws: InterchangeError.self) { try rewriter.rewrite(input, to: output) { _ in } }
            #expect(error?.code == code)
            #expect(error?.file == input)
            if let line { #expect(error?.line == line) }
        }
        #expect(throws: Refused.self) { try rewriter.rewrite(whole, to: output) { _ in throw Refused() } }
        let forbidden = #expect(throws: InterchangeError.self) {
            try rewriter.rewrite(whole, to: output) { $0.set(.cmid, to: "\u{1}") }
        }
        #expect(forbidden?.code == "xml.write")
        #expect(directory.contents == ["in.cilx", "whole.cilx"])
    }
}

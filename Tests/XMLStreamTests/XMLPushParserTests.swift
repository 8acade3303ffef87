import Testing
import XMLStream

@Suite("Push parser")
struct XMLPushParserTests {
    static let document = """
        <?xml version="1.0"?>
        <!DOCTYPE r [<!ENTITY who "M&#252;ller &amp; S&#246;hne"><!ENTITY mark "<b>x</b>">]>
        <r xmlns:x="urn:x" a="1 &lt; 2 &who;"><!-- c --><x:e x:k='v'>one &who; two</x:e>\r
        <![CDATA[<raw>]]>&mark;<?go now?><empty/>
        </r>

        """

    @Test("delivers elements, attributes, namespaces, text, comments and instructions in order")
    func events() throws {
        let log = try parse(XMLPushParserTests.document, names: ["r", "e", "k"])
        #expect(
            log.events == [
                "<r xmlns:x=urn:x a=1 < 2 Müller & Söhne>#0", "<!-- c -->", "<x:e {urn:x} x:k=v>#1",
                "text one Müller & Söhne two", "</#1 one Müller & Söhne two>", "text \n<raw>", "<b>#-1", "text x",
                "</#-1 x>", "<?go now?>", "<empty>#-1", "</#-1 >", "text \n", "</#0 \n>",
            ])
    }

    @Test("gives the same events wherever the bytes are cut")
    func everyCut() throws {
        let bytes = Array(XMLPushParserTests.document.utf8)
        let whole = try parse(bytes).events
        for cut in 1..<bytes.count { #expect(try parse(bytes, cuts: [cut]).events == whole, "cut at \(cut)") }
        #expect(try parse(bytes, cuts: Array(1..<bytes.count)).events == whole)
    }

    @Test("finds names without case when asked to")
    func foldedNames() throws {
        let log = try parse(
            Array("<PRODUCT><sku/><Sku/><Skü/></PRODUCT>".utf8), names: ["Product", "Sku"], ignoringCase: true)
        #expect(
            log.events.filter { $0.hasPrefix("<") && !$0.hasPrefix("</") } == [
                "<PRODUCT>#0", "<sku>#1", "<Sku>#1", "<Skü>#-1",
            ])
        let exact = try parse("<PRODUCT/>", names: ["Product"])
        #expect(exact.events.first == "<PRODUCT>#-1")
    }

    @Test("keeps symbols right with more distinct names than it remembers")
    func manyNames() throws {
        let body = (0..<5_000).map { "<n\($0)/><known/>" }.joined()
        let log = try parse("<r>\(body)</r>", names: ["known", "n4999"])
        #expect(log.events.filter { $0 == "<known>#0" }.count == 5_000)
        #expect(log.events.filter { $0.hasSuffix("#1") } == ["<n4999>#1"])
    }

    @Test("counts lines beyond 65,535")
    func lines() throws {
        let text = "<r>\n" + String(repeating: "<a>x</a>\n", count: 100_000) + "<z/>\n</r>"
        let log = try parse(Array(text.utf8), cuts: [1_000, 70_001, 500_000])
        #expect(log.positions.last == "z@100002/2")
        #expect(log.positions[1] == "a@2/2")
    }

    @Test("takes line and column of an error from the file")
    func errorPosition() throws {
        let error = try #require(failure(Array("<r>\n<a>\n</b>\n</r>".utf8)))
        #expect(error.line == 3)
        #expect(error.column > 1)
        guard case .malformed(let reason) = error.kind else { return #expect(Bool(false), "\(error)") }
        #expect(reason.contains("mismatch"))
    }

    @Test("an undeclared prefix is no error, because readers go by local names")
    func undeclaredPrefix() throws {
        #expect(try parse("<q:r/>", names: ["r"]).events.last?.hasPrefix("</") == true)
    }

    @Test("ends when the handler stops it")
    func stop() {
        let log = EventLog()
        log.stopName = "b"
        #expect {
            try parse(Array("<r><a/><b/><c/></r>".utf8), log: log)
        } throws: { ($0 as? XMLStreamError)?.kind == .stopped }
        #expect(log.positions.map { $0.prefix(1) } == ["r", "a", "b"])
    }

    @Test("throws the same error again after an error")
    func errorStays() throws {
        var parser = XMLPushParser(handler: EventLog())
        var thrown: [XMLStreamError] = []
        try parser.feed(Array("<r></x>".utf8).span)
        for _ in 0..<2 { do { try parser.flush() } catch { thrown.append(error) } }
        do { try parser.feed(Array("<a/>".utf8).span) } catch { thrown.append(error) }
        do { try parser.finish() } catch { thrown.append(error) }
        #expect(thrown.count == 4)
        #expect(Set(thrown).count == 1)
    }

    @Test("many parsers run at the same time")
    func parallel() async throws {
        let bytes = Array(XMLPushParserTests.document.utf8)
        let damaged = Array("<r><a></r>".utf8)
        let whole = try parse(bytes).events
        let results = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    guard number % 4 != 0 else { return failure(damaged) != nil }
                    return (try? parse(bytes, cuts: [number]))?.events == whole
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(results.count == 64)
        #expect(results.allSatisfy { $0 })
    }
}

@Suite("Encodings")
struct EncodingTests {
    static let content = "<r a=\"Büro\">Straße 1\u{2013}2 €</r>"
    static let expected = ["<r a=Büro>#-1", "text Straße 1\u{2013}2 €", "</#-1 Straße 1\u{2013}2 €>"]

    static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
            bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }

    static func windows1252(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "€": 0x80
            case "\u{2013}": 0x96
            default: UInt8(scalar.value)
            }
        }
    }

    static let documents: [(name: String, bytes: [UInt8])] = [
        ("UTF-8", Array(content.utf8)),
        ("UTF-8 with mark", [0xEF, 0xBB, 0xBF] + Array(content.utf8)),
        ("UTF-8 declared", Array(("<?xml version='1.0' encoding='UTF-8'?>" + content).utf8)),
        ("UTF-16 LE with mark", utf16(content, bigEndian: false, mark: true)),
        ("UTF-16 BE with mark", utf16(content, bigEndian: true, mark: true)),
        (
            "UTF-16 LE declared",
            utf16("<?xml version='1.0' encoding='utf-16'?>" + content, bigEndian: false, mark: true)
        ),
        (
            "UTF-16 BE without mark",
            utf16("<?xml version='1.0' encoding='utf-16'?>" + content, bigEndian: true, mark: false)
        ),
        ("windows-1252", windows1252("<?xml version='1.0' encoding='windows-1252'?>" + content)),
    ]

    @Test("reads UTF-8, UTF-16 and declared legacy encodings, wherever cut", arguments: documents.indices)
    func read(_ index: Int) throws {
        let (name, bytes) = EncodingTests.documents[index]
        #expect(try parse(bytes).events == EncodingTests.expected, "\(name)")
        for cut in 1..<bytes.count {
            #expect(try parse(bytes, cuts: [cut]).events == EncodingTests.expected, "\(name), cut at \(cut)")
        }
        #expect(
            try parse(bytes, cuts: Array(1..<bytes.count)).events == EncodingTests.expected, "\(name), single bytes")
    }

    @Test("reads ISO 8859-1")
    func latin1() throws {
        let bytes = Array("<?xml version='1.0' encoding='iso-8859-1'?><r>".utf8) + [0xE4, 0xDF] + Array("</r>".utf8)
        #expect(try parse(bytes).events.last == "</#-1 äß>")
    }

    @Test("reads a long document in a legacy encoding")
    func longLegacy() throws {
        let row = Array("<a>".utf8) + [0xFC, 0x80] + Array("</a>\n".utf8)
        let rows = Array(repeatElement(row, count: 20_000).joined())
        let bytes = Array("<?xml version='1.0' encoding='windows-1252'?><r>".utf8) + rows + Array("</r>".utf8)
        let log = try parse(bytes, cuts: [10, 100, 40_000, 41_001])
        #expect(log.events.filter { $0 == "</#-1 ü€>" }.count == 20_000)
    }

    @Test("bytes that are no UTF-8 are an encoding error with a line")
    func brokenUTF8() throws {
        let error = try #require(failure(Array("<r>\nB".utf8) + [0xFC] + Array("ro</r>".utf8)))
        guard case .encoding = error.kind else { return #expect(Bool(false), "\(error)") }
        #expect(error.line == 2)
    }

    @Test("an unknown encoding is an encoding error")
    func unknownEncoding() throws {
        let error = try #require(failure(Array("<?xml version='1.0' encoding='klingon-8'?><r/>".utf8)))
        guard case .encoding(let reason) = error.kind else { return #expect(Bool(false), "\(error)") }
        #expect(reason.contains("klingon-8"))
    }
}

import Foundation
import Testing
import XMLStream

@Suite("Safety of the parser")
struct XMLSafetyTests {
    static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    static func limits(_ change: (inout XMLLimits) -> Void) -> XMLLimits {
        var limits = XMLLimits()
        change(&limits)
        return limits
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var limits = XMLLimits()
        var kind: XMLStreamError.Kind
        var testDescription: String { name }
    }

    static let bomb: String = {
        var text = "<!DOCTYPE r [<!ENTITY e0 \"ha\">"
        for level in 1...12 {
            text += "<!ENTITY e\(level) \"" + String(repeating: "&e\(level - 1);", count: 10) + "\">"
        }
        return text + "]>"
    }()

    static let cases: [Case] = [
        Case(
            name: "100,000 levels", bytes: bytes(String(repeating: "<a>", count: 100_000)), kind: .limit(.depth, 256)),
        Case(
            name: "depth just beyond the limit", bytes: bytes("<a><a><a/></a></a>"), limits: limits { $0.depth = 2 },
            kind: .limit(.depth, 2)),
        Case(
            name: "a text of 20 MB", bytes: bytes("<a>" + String(repeating: "0123456789", count: 2 << 20) + "</a>"),
            kind: .limit(.textLength, 16 << 20)),
        Case(
            name: "a text in pieces", bytes: bytes("<a>12345<![CDATA[67890]]>x</a>"),
            limits: limits { $0.textLength = 10 },
            kind: .limit(.textLength, 10)),
        Case(
            name: "a long element name", bytes: bytes("<r><\(String(repeating: "n", count: 2_000))/></r>"),
            kind: .limit(.nameLength, 1_000)),
        Case(
            name: "many attributes",
            bytes: bytes("<r " + (0..<300).map { "a\($0)='1'" }.joined(separator: " ") + "/>"),
            kind: .limit(.attributeCount, 256)),
        Case(
            name: "a long attribute value", bytes: bytes("<r a='\(String(repeating: "v", count: 2 << 20))'/>"),
            kind: .limit(.attributeLength, 1 << 20)),
        Case(
            name: "a tag that does not end", bytes: bytes("<r a='" + String(repeating: "v", count: 6 << 20)),
            kind: .limit(.markupLength, 4 << 20)),
        Case(
            name: "a comment that does not end", bytes: bytes("<r><!--" + String(repeating: "v", count: 6 << 20)),
            kind: .limit(.markupLength, 4 << 20)),
        Case(
            name: "entity bomb in text", bytes: bytes(bomb + "<r>&e12;</r>"),
            kind: .limit(.entityExpansion, 1 << 20)),
        Case(
            name: "one entity often",
            bytes: bytes(
                "<!DOCTYPE r [<!ENTITY e \"\(String(repeating: "x", count: 10_000))\">]><r>"
                    + String(repeating: "<a>&e;</a>", count: 200) + "</r>"),
            kind: .limit(.entityExpansion, 1 << 20)),
        Case(
            name: "default attributes that multiply",
            bytes: bytes(
                "<!DOCTYPE r [<!ATTLIST a v CDATA \"\(String(repeating: "x", count: 10_000))\">]><r>"
                    + String(repeating: "<a/>", count: 200) + "</r>"),
            kind: .limit(.entityExpansion, 1 << 20)),
        Case(
            name: "external entity", bytes: bytes("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"),
            kind: .externalEntity("x")),
        Case(
            name: "external parameter entity",
            bytes: bytes("<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://192.0.2.1/p\"> %p;]><r/>"),
            kind: .externalEntity("p")),
        Case(
            name: "entity of an external subset",
            bytes: bytes("<!DOCTYPE r SYSTEM \"http://192.0.2.1/r.dtd\"><r>&x;</r>"),
            kind: .undeclaredEntity("x")),
        Case(name: "undeclared entity", bytes: bytes("<r>&nbsp;</r>"), kind: .undeclaredEntity("nbsp")),
        Case(name: "NUL in text", bytes: bytes("<r>a\u{0}b</r>"), kind: .nulByte),
        Case(name: "NUL in a tag", bytes: bytes("<r a='\u{0}'/>"), kind: .nulByte),
        Case(name: "NUL after the end", bytes: bytes("<root/>\u{0}\u{0}"), kind: .nulByte),
        Case(name: "no bytes", bytes: [], kind: .empty),
        Case(name: "a CSV file", bytes: bytes("\"Name\",\"Enabled\"\r\n\"PC1\",\"True\"\r\n"), kind: .notXML),
        Case(name: "a ZIP file", bytes: bytes("PK\u{3}\u{4}abcdefgh"), kind: .notXML),
        Case(name: "one byte", bytes: bytes("x"), kind: .notXML),
        Case(name: "blanks only", bytes: bytes("   \n  \n"), kind: .notXML),
        Case(name: "cut in an element", bytes: bytes("<root><a>text"), kind: .truncated),
        Case(name: "cut in a tag", bytes: bytes("<root><a b='"), kind: .truncated),
        Case(name: "cut in the root's tag", bytes: bytes("<roo"), kind: .truncated),
        Case(name: "cut in the declaration", bytes: bytes("<?xml vers"), kind: .truncated),
        Case(name: "cut before the root", bytes: bytes("<?xml version='1.0'?>\n"), kind: .truncated),
        Case(name: "cut in a comment", bytes: bytes("<root><!-- abc"), kind: .truncated),
        Case(name: "cut in CDATA", bytes: bytes("<root><![CDATA[ abc"), kind: .truncated),
        Case(name: "cut in an entity", bytes: bytes("<root>a &am"), kind: .truncated),
    ]

    @Test("refuses with a reason of its own", arguments: cases)
    func refuse(_ item: Case) throws {
        for step in [64 << 10, 1 << 20, item.bytes.count < 100 ? 1 : 777] {
            let error = try #require(failure(item.bytes, limits: item.limits, step: step))
            #expect(error.kind == item.kind, "\(error), step \(step)")
            #expect(!error.message.isEmpty)
        }
    }

    @Test("an entity bomb in an attribute ends quickly")
    func attributeBomb() throws {
        let clock = ContinuousClock()
        let start = clock.now
        let error = try #require(failure(Array((XMLSafetyTests.bomb + "<r a='&e12;'/>").utf8)))
        #expect(clock.now - start < .seconds(5))
        #expect(error.kind == .limit(.entityExpansion, 1 << 20))
    }

    @Test("an entity that contains itself is refused")
    func entityLoop() throws {
        let text = "<!DOCTYPE r [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]><r>&a;</r>"
        let error = try #require(failure(Array(text.utf8)))
        #expect(error.kind == .limit(.entityExpansion, 1 << 20))
    }

    @Test("text after the root is damage, not truncation")
    func trailing() throws {
        let error = try #require(failure(Array("<root/>\n<root/>".utf8)))
        guard case .malformed = error.kind else { return #expect(Bool(false), "\(error)") }
        #expect(error.line == 2)
    }

    @Test("never crashes and never accepts what is cut, at every length")
    func everyPrefix() throws {
        let bytes = Array(XMLPushParserTests.document.utf8)
        let end = try #require(XMLPushParserTests.document.range(of: "</r>"))
        let complete = XMLPushParserTests.document[..<end.upperBound].utf8.count
        for length in 0..<complete {
            #expect(failure(Array(bytes[..<length])) != nil, "cut after \(length)")
        }
    }

    @Test("never crashes on damaged bytes")
    func damaged() throws {
        var generator = FixedGenerator(seed: 7)
        let bytes = Array(XMLPushParserTests.document.utf8)
        for _ in 0..<2_000 {
            var copy = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let step = Int.random(in: 1...40, using: &generator)
            let whole = failure(copy)
            let pieces = failure(copy, step: step)
            #expect((whole == nil) == (pieces == nil), "\(String(decoding: copy, as: UTF8.self))")
        }
    }
}

/// The SplitMix64 generator: https://prng.di.unimi.it/splitmix64.c
struct FixedGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

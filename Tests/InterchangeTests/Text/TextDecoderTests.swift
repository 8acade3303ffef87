import Testing

@testable import Interchange

@Suite("Text encodings")
struct TextDecoderTests {
    struct Decoded: Equatable {
        var text: String
        var findings: [TextDecoder.Finding: Int]
        var hasNUL = false
    }

    static func decode(
        _ bytes: [UInt8], chunk: Int, encoding: TextEncoding? = nil, fallback: TextEncoding = .windows1252
    ) -> Decoded {
        var decoder = TextDecoder(encoding: encoding, fallback: fallback)
        var text: [UInt8] = []
        var hasNUL = false
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + chunk)
            var position = 0
            let part = bytes.span.extracting(start..<end)
            while position < part.count {
                switch decoder.next(part, from: &position) {
                case .verbatim(let range): text += bytes[(start + range.lowerBound)..<(start + range.upperBound)]
                case .converted: text += decoder.converted
                }
                if decoder.nulOffset != nil { hasNUL = true }
            }
            start = end
        }
        decoder.finish()
        text += decoder.converted
        if decoder.nulOffset != nil { hasNUL = true }
        return Decoded(text: String(decoding: text, as: UTF8.self), findings: decoder.findings, hasNUL: hasNUL)
    }

    struct Case: CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var encoding: TextEncoding?
        var text: String
        var findings: [TextDecoder.Finding: Int] = [:]
        var testDescription: String { name }
    }

    static let long = String(repeating: "abcdefghij", count: 40)

    static let cases: [Case] = [
        Case(name: "ASCII", bytes: Array("a,b\r\n".utf8), text: "a,b\r\n"),
        Case(name: "UTF-8", bytes: Array("Büro ® 東京 😀".utf8), text: "Büro ® 東京 😀"),
        Case(name: "UTF-8 with mark", bytes: [0xEF, 0xBB, 0xBF] + Array("Büro".utf8), text: "Büro"),
        Case(name: "UTF-8 after a long ASCII start", bytes: Array((long + "Büro 😀").utf8), text: long + "Büro 😀"),
        Case(
            name: "UTF-16LE with mark", bytes: [0xFF, 0xFE] + "Büro 😀".utf16Bytes(bigEndian: false), text: "Büro 😀"),
        Case(name: "UTF-16BE with mark", bytes: [0xFE, 0xFF] + "Büro 😀".utf16Bytes(bigEndian: true), text: "Büro 😀"),
        Case(
            name: "UTF-16LE without mark", bytes: (long + "Büro").utf16Bytes(bigEndian: false), text: long + "Büro",
            findings: [.unmarkedUTF16: 1]),
        Case(
            name: "UTF-16BE without mark", bytes: "Name,Büro".utf16Bytes(bigEndian: true), text: "Name,Büro",
            findings: [.unmarkedUTF16: 1]),
        Case(
            name: "Windows-1252 by assumption", bytes: Array("M".utf8) + [0xFC] + Array("ller ".utf8) + [0x80, 0xAE],
            text: "Müller €®", findings: [.assumedFallback: 3]),
        Case(
            name: "Windows-1252 after a long ASCII start", bytes: Array(long.utf8) + [0xFC, 0x41, 0xDF],
            text: long + "üAß", findings: [.assumedFallback: 2]),
        Case(
            name: "UTF-8 with one foreign byte", bytes: Array("Büro,M".utf8) + [0xFC] + Array("ller,Köln".utf8),
            text: "Büro,Müller,Köln", findings: [.mixed: 1]),
        Case(
            name: "a sequence cut by the end", bytes: Array("Büro ".utf8) + [0xE2, 0x82],
            text: "Büro â‚", findings: [.mixed: 2]),
        Case(
            name: "UTF-8 by option, one foreign byte", bytes: Array("M".utf8) + [0xFC, 0x41], encoding: .utf8,
            text: "M\u{FFFD}A", findings: [.invalid: 1]),
        Case(
            name: "an overlong sequence", bytes: Array("ü".utf8) + [0xC0, 0x80], encoding: .utf8,
            text: "ü\u{FFFD}\u{FFFD}", findings: [.invalid: 2]),
        Case(name: "Windows-1251 by option", bytes: [0xCF, 0xEA, 0x31], encoding: .windows1251, text: "Пк1"),
        Case(name: "Windows-1250 by option", bytes: [0xA3, 0xF3, 0x64, 0x9F], encoding: .windows1250, text: "Łódź"),
        Case(
            name: "cp850 by option", bytes: [0x4D, 0x81, 0x6C, 0x6C, 0x65, 0x72], encoding: .codePage850, text: "Müller"
        ),
        Case(name: "cp437 by option", bytes: [0x81, 0xE1], encoding: .codePage437, text: "üß"),
        Case(name: "ISO 8859-1 by option", bytes: [0xFC, 0x80], encoding: .iso8859_1, text: "ü\u{80}"),
        Case(
            name: "a mark against the option", bytes: [0xEF, 0xBB, 0xBF] + Array("ü".utf8), encoding: .windows1252,
            text: "ü", findings: [.markOverridesOption: 1]),
        Case(
            name: "UTF-16 with half a pair", bytes: [0xFF, 0xFE, 0x41, 0x00, 0x3D, 0xD8, 0x42, 0x00],
            text: "A\u{FFFD}B", findings: [.invalid: 1]),
        Case(
            name: "UTF-16 with half a unit", bytes: [0xFF, 0xFE, 0x41, 0x00, 0x42], text: "A\u{FFFD}",
            findings: [.invalid: 1]),
        Case(name: "nothing", bytes: [], text: ""),
    ]

    @Test("Each encoding reads right, however the bytes are cut", arguments: cases)
    func encodings(_ example: Case) {
        for chunk in [1, 2, 3, 5, 7, 64, 255, 256, 257, 4096] {
            let decoded = TextDecoderTests.decode(example.bytes, chunk: chunk, encoding: example.encoding)
            #expect(decoded.text == example.text, "chunk \(chunk)")
            #expect(decoded.findings == example.findings, "chunk \(chunk)")
        }
    }

    @Test("Random bytes give the same text however they are cut, and it is valid UTF-8")
    func randomBytes() {
        var generator = FixedSeedGenerator(seed: 7)
        for _ in 0..<200 {
            let count = Int.random(in: 0..<600, using: &generator)
            let bytes = (0..<count).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0x20..<0x7F, using: &generator) : UInt8.random(in: 1...255, using: &generator)
            }
            let whole = TextDecoderTests.decode(bytes, chunk: max(1, count))
            for chunk in [1, 2, 3, 13] {
                #expect(TextDecoderTests.decode(bytes, chunk: chunk) == whole)
            }
        }
    }

    @Test("A NUL byte is found in text of every encoding")
    func nul() {
        let utf8 = Array((TextDecoderTests.long + "a").utf8) + [0] + Array("b".utf8)
        #expect(TextDecoderTests.decode(utf8, chunk: 9).hasNUL)
        #expect(TextDecoderTests.decode(utf8, chunk: 9, encoding: .windows1252).hasNUL)
        #expect(TextDecoderTests.decode([0xFF, 0xFE, 0x41, 0, 0, 0], chunk: 9).hasNUL)
        #expect(!TextDecoderTests.decode(Array("Büro".utf8), chunk: 9).hasNUL)
    }

    @Test(
        "Encodings have their usual names",
        arguments: [
            ("UTF8", TextEncoding.utf8), ("utf-8", .utf8), ("Unicode", .utf16le), ("CP1252", .windows1252),
            ("latin-1", .iso8859_1), ("windows-1251", .windows1251), ("850", .codePage850),
        ])
    func names(_ name: String, _ encoding: TextEncoding) {
        #expect(TextEncoding(anySpelling: name) == encoding)
        #expect(TextEncoding(anySpelling: encoding.rawValue) == encoding)
    }
}

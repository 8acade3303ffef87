import ActivationModel
import Testing

@testable import Interchange

/// Texts of up to 40 bytes of an alphabet, always the same ones.
func randomTexts(of alphabet: String, count: Int = 4000) -> [[UInt8]] {
    let letters = Array(alphabet.utf8)
    var state: UInt64 = 0x5EED
    func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(truncatingIfNeeded: state >> 33) % bound
    }
    return (0..<count).map { _ in (0..<next(40)).map { _ in letters[next(letters.count)] } }
}

/// The macros of tests take no spans, so what spans tell is asked of arrays.
extension [UInt8] {
    fileprivate var isASCII: Bool { span.isASCII }
    fileprivate var isPlainHostName: Bool { span.isPlainHostName }
    fileprivate var isDigits: Bool { span.isDigits }
    fileprivate func endOfLine(from start: Int) -> Int { span.endOfLine(from: start) }
    fileprivate func endOfName(from start: Int) -> Int { span.endOfName(from: start) }
    fileprivate func isVisible(without byte: UInt8) -> Bool { span.isVisible(without: byte) }
    fileprivate func hash(seed: UInt64) -> UInt64 { span.hash(seed: seed) }
    fileprivate func foldedHash(seed: UInt64) -> UInt64 { span.foldedHash(seed: seed) }
    fileprivate func hasSameBytes(as other: [UInt8]) -> Bool { span.hasSameBytes(as: other.span) }
}

@Suite("Bytes taken eight at a time give what they give one by one")
struct SpanWordsTests {
    @Test("The end of a line and of a name is the first byte that ends it")
    func ends() {
        for text in randomTexts(of: "abcdefghijABCDEFGHIJ0123456789-\t\n\r\u{E}\u{7F}é:;") {
            for start in [0, text.count / 2] {
                let lineEnd = text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
                #expect(text.endOfLine(from: start) == lineEnd)
                let nameEnd =
                    text[start...].firstIndex { $0 <= 0x20 || $0 >= 0x7F || $0 == 0x3A || $0 == 0x3B } ?? text.count
                #expect(text.endOfName(from: start) == nameEnd)
            }
            #expect(text.isASCII == text.allSatisfy { $0 < 0x80 })
        }
    }

    @Test("Digits are 0 to 9 and nothing else")
    func digits() {
        var known = 0
        for text in randomTexts(of: "0123456789") + randomTexts(of: "00112233445566778899/:") {
            let isDigits = text.allSatisfy { 0x30...0x39 ~= $0 }
            if isDigits { known += 1 }
            #expect(text.isDigits == isDigits)
        }
        #expect(known > 4000)
        for byte in UInt8.min...UInt8.max {
            for place in 0..<9 {
                var text = Array("123456789".utf8)
                text[place] = byte
                #expect(text.isDigits == (0x30...0x39 ~= byte))
            }
        }
    }

    @Test("A host name that is taken as it stands is what HostName makes of it")
    func hostNames() {
        var plain = 0
        for text in randomTexts(of: "pc-0123.corp.examplez{~\u{21}") + randomTexts(of: "aAZ@[`{.?! \u{7F}é\u{1}") {
            guard text.isPlainHostName else { continue }
            plain += 1
            #expect(HostName(String(decoding: text, as: UTF8.self))?.text == String(decoding: text, as: UTF8.self))
        }
        #expect(plain > 1000)
        #expect(!Array("a.".utf8).isPlainHostName && !Array("pc-?.example.com".utf8).isPlainHostName)
        #expect(!Array("pc-A.example.com".utf8).isPlainHostName && !Array("Z".utf8).isPlainHostName)
        #expect(!Array("bcdfghjkmpqrtvwxy23467892.corp.example.com".utf8).isPlainHostName)
        #expect(Array("bcdfghjkmpqrtvwxy2346789.corp.example.com".utf8).isPlainHostName)
        #expect(!([] as [UInt8]).isPlainHostName)
        #expect(!Array(repeating: UInt8(ascii: "a"), count: 256).isPlainHostName)
    }

    @Test("A text is visible when no byte is a blank, a control character or the one that is named")
    func visible() {
        for text in randomTexts(of: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPé ?\u{1}\u{7F}") {
            let expected = text.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "?") }
            #expect(text.isVisible(without: UInt8(ascii: "?")) == expected)
        }
    }

    @Test("The folded hash is the same for ASCII letters of any case, and another for any other difference")
    func foldedHash() {
        func folded(_ text: [UInt8]) -> [UInt8] { text.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
        var known: [UInt64: [UInt8]] = [:]
        for text in randomTexts(of: "abzABZ@[`{é.") {
            let hash = text.foldedHash(seed: 7)
            #expect(hash == folded(text).hash(seed: 7))
            #expect(known[hash] == nil || known[hash] == folded(text))
            known[hash] = folded(text)
        }
        #expect(known.count > 3000)
        #expect(Array("pc-1".utf8).foldedHash(seed: 0) != Array("pc-1".utf8).foldedHash(seed: 1))
    }

    @Test("Texts are the same when all bytes are, whatever their length")
    func sameBytes() {
        for text in randomTexts(of: "ab", count: 500) {
            #expect(text.hasSameBytes(as: text))
            for index in text.indices {
                var other = text
                other[index] ^= 1
                #expect(!text.hasSameBytes(as: other))
            }
            #expect(!text.hasSameBytes(as: (text + [UInt8(ascii: "a")])))
        }
    }

    @Test("A header of ASCII has the key that its characters give")
    func headerKeys() {
        for text in randomTexts(of: "abzABZ019 _-()/.\"") {
            let text = String(decoding: text, as: UTF8.self)
            #expect(headerKey(text) + "é" == headerKey(text + "é"))
        }
    }

    @Test("A line of a capture in ASCII is cut where its characters are")
    func captureLines() {
        for text in randomTexts(of: "ab: \t:c,") {
            let text = "x" + String(decoding: text, as: UTF8.self)
            for text in [text, "  " + text] {
                let plain = CaptureLine(text, line: 1)
                // A wide blank at the end changes nothing but how the line is read.
                let other = CaptureLine(text + "\u{2003}", line: 1)
                #expect(plain.label == other.label && plain.value == other.value)
                #expect(plain.isIndented == other.isIndented)
            }
        }
    }
}

@Suite("What the accounts of a list have in common")
struct DirectoryTextsTests {
    @Test("A name whose container is known is the same as one that is read whole")
    func names() {
        var texts = DirectoryTexts()
        var known = 0
        let tails = randomTexts(of: "CNOUDC=a,b\\ \"#+;.\n=,\u{E9}")
        for tail in tails {
            let parents = [
                "OU=Site,DC=corp,DC=example", "CN=Managed Service Accounts,DC=Corp,DC=Example", "=x", " OU=a", "",
            ]
            for parent in parents {
                let bytes = Array("CN=".utf8) + tail + Array(",".utf8) + Array(parent.utf8)
                let trimmed = Array(bytes[bytes.span.trimmedBlanks])
                let name = texts.name(trimmed.span)
                let whole = DistinguishedName(String(decoding: trimmed, as: UTF8.self)).map { AccountName($0) }
                #expect(name?.text == whole?.text && name?.own == whole?.own)
                #expect(name?.own.value == whole?.own.value && name?.own.attribute == whole?.own.attribute)
                #expect(name?.isDeleted == whole?.isDeleted && name?.isConflict == whole?.isConflict)
                #expect(name?.container.suffix == whole?.container.suffix)
                #expect(name?.container.dnsDomain == whole?.container.dnsDomain)
                #expect(name?.container.holdsServiceAccounts == whole?.container.holdsServiceAccounts)
                if AccountName.plainEnd(trimmed.span) != nil { known += 1 }
            }
        }
        #expect(known > 100)
    }

    @Test("Octets of security identifiers give the same text whether their domain is known or not")
    func securityIdentifiers() {
        var texts = DirectoryTexts()
        func text(_ octets: [UInt8]) -> String? { texts.securityIdentifier(octets: octets.span) }
        for octets in randomTexts(of: "\u{1}\u{2}\u{3}\u{5}\u{0}\u{7F}") where octets.count >= 8 {
            var octets = octets
            octets[0] = 1
            octets[1] = UInt8((octets.count - 8) / 4)
            let whole = SecurityIdentifier.text(octets: octets.span)
            for _ in 0..<2 { #expect(text(octets) == whole) }
        }
        let domain: [UInt8] = [1, 2, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0]
        #expect(text(domain + [80, 4, 0, 0]) == "S-1-5-21-1104")
        #expect(text(domain + [0, 0, 0, 0]) == "S-1-5-21-0")
        #expect(text(domain + [255, 255, 255, 255]) == "S-1-5-21-4294967295")
    }
}

import Testing

@testable import Interchange

@Suite("Texts that occur again are understood once")
struct ByteInternerTests {
    /// How often a text is understood anew when the texts are asked for in turn.
    private static func misses(_ texts: [String], rounds: Int, bits: Int) -> Int {
        var interner = ByteInterner<String>(bits: bits)
        var misses = 0
        for _ in 0..<rounds {
            for text in texts {
                let value = text.withSpan { bytes in
                    interner.value(of: bytes, tag: 0) { bytes in
                        misses += 1
                        return (String(copying: bytes), true)
                    }
                }
                #expect(value == text)
            }
        }
        return misses
    }

    @Test("Any two texts in turn are remembered both")
    func pairs() {
        for number in 0..<400 {
            let texts = ["top", "class \(number)"]
            #expect(ByteInternerTests.misses(texts, rounds: 50, bits: 5) == 2)
        }
    }

    @Test("As many texts as there is room for are remembered, most of them", arguments: [5, 8, 10])
    func many(_ bits: Int) {
        let count = 1 << (bits - 1)
        let misses = ByteInternerTests.misses((0..<count).map { "text \($0)" }, rounds: 40, bits: bits)
        #expect(misses < count * 40 / 3)
    }

    @Test("Long texts, and values that are not worth keeping, are understood each time")
    func unkept() {
        let long = String(repeating: "x", count: 161)
        #expect(ByteInternerTests.misses([long], rounds: 5, bits: 5) == 5)
        var interner = ByteInterner<Int>(bits: 5)
        var misses = 0
        for _ in 0..<5 {
            _ = "text".withSpan { bytes in
                interner.value(of: bytes, tag: 0) { _ in
                    misses += 1
                    return (misses, false)
                }
            }
        }
        #expect(misses == 5)
    }

    @Test("The same text has a meaning of its own under each tag")
    func tags() {
        var interner = ByteInterner<UInt8>(bits: 5)
        for _ in 0..<3 {
            for tag: UInt8 in 0..<8 {
                #expect("text".withSpan { interner.value(of: $0, tag: tag) { _ in (tag, true) } } == tag)
            }
        }
    }

    @Test("A text has the value that was made of it, however many others there were, and an old one is made again")
    func values() {
        for bits in [0, 3, 8] {
            var interner = ByteInterner<String>(bits: bits)
            var made = 0
            func value(_ text: String, tag: UInt8) -> String {
                return interner.value(of: Array(text.utf8).span, tag: tag) { bytes in
                    made += 1
                    return (String(copying: bytes) + " \(tag)", true)
                }
            }
            for number in 0..<5000 {
                let text = "text \(number * 7 % 1000)"
                #expect(value(text, tag: UInt8(number % 3)) == "\(text) \(number % 3)")
            }
            let before = made
            #expect(value("again", tag: 1) == "again 1" && value("again", tag: 1) == "again 1")
            #expect(made == before + 1)
            let long = String(repeating: "x", count: 200)
            #expect(value(long, tag: 0) == long + " 0" && value(long, tag: 0) == long + " 0")
            #expect(made == before + 3)
        }
    }
}

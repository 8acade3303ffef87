/// Bytes taken eight at a time, which is what makes comparing and hashing short texts cheap.
extension Span<UInt8> {
    /// The eight bytes from `offset` on as one number, the first in its low bits.
    func word(at offset: Int) -> UInt64 {
        // Safe: the place is checked against the bounds, and every pattern of bits is a number.
        unsafe UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// How many words hold all bytes.
    var wordCount: Int { Swift.max(1, (count &+ 7) / 8) }

    /// One of the words that hold all bytes. The last one repeats bytes of the one before when the length is no multiple of
    /// eight; a text of fewer than eight bytes gives one word of them.
    func word(_ number: Int) -> UInt64 {
        if count >= 8 { return word(at: Swift.min(number &* 8, count &- 8)) }
        var word: UInt64 = 0
        for index in indices { word = word << 8 | UInt64(self[index]) }
        return word
    }

    /// Whether two texts have the same bytes.
    func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for number in 0..<wordCount where word(number) != other.word(number) { return false }
        return true
    }

    /// Whether the text is a host name in ASCII without upper-case letters and without a final dot, as `HostName` writes it,
    /// and has no question mark, which stands for a lost character. A first label as long as a product key may be one.
    var isPlainHostName: Bool {
        guard !isEmpty, count <= 255, self[count - 1] != UInt8(ascii: ".") else { return false }
        guard count < 25 || (0..<25).contains(where: { self[$0] == UInt8(ascii: ".") }) else { return false }
        for number in 0..<wordCount {
            let word = filledWord(number)
            if word.withLowerLetters != word || !word.isPlainASCII { return false }
            if word.bytes(below: 0x21) | word.bytes(equalTo: 0x7F) | word.bytes(equalTo: UInt8(ascii: "?")) != 0 {
                return false
            }
        }
        return true
    }

    /// Whether all bytes are ASCII.
    var isASCII: Bool {
        for number in 0..<wordCount where word(number).bytesAboveASCII != 0 { return false }
        return true
    }

    /// Whether all bytes are decimal digits.
    var isDigits: Bool {
        guard count >= 8 else { return indices.allSatisfy { self[$0] &- 0x30 < 10 } }
        for number in 0..<wordCount where !word(number).isDigits { return false }
        return true
    }

    /// Whether the text has no blanks, no control characters of ASCII and not this byte.
    func isVisible(without byte: UInt8) -> Bool {
        for number in 0..<wordCount {
            let word = filledWord(number)
            if word.bytes(below: 0x21) | word.bytes(equalTo: 0x7F) | word.bytes(equalTo: byte) != 0 { return false }
        }
        return true
    }

    /// A word of the text; what a text of fewer than eight bytes lacks is filled up with `x`.
    private func filledWord(_ number: Int) -> UInt64 {
        if count >= 8 { return word(number) }
        var word: UInt64 = 0x7878_7878_7878_7878
        for index in indices { word = word << 8 | UInt64(self[index]) }
        return word
    }

    /// The first byte from a place on that cannot stand in the name of an attribute or ends it: a colon, a semicolon, a
    /// blank, a control character, a byte that is not ASCII; the end when there is none.
    func endOfName(from start: Int) -> Int {
        var position = start
        while position &+ 8 <= count {
            let word = word(at: position)
            let found =
                word.bytes(below: 0x21) | word.bytes(equalTo: 0x7F) | word.bytes(equalTo: UInt8(ascii: ":"))
                | word.bytes(equalTo: UInt8(ascii: ";")) | word.bytesAboveASCII
            if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
            position &+= 8
        }
        while position < count {
            let byte = self[position]
            if byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") { break }
            position &+= 1
        }
        return position
    }

    /// The first line feed or carriage return from a place on; the end when there is none.
    func endOfLine(from start: Int) -> Int {
        var position = start
        while position &+ 8 <= count {
            let found = word(at: position).bytes(below: 0x0E)
            position &+= found == 0 ? 8 : found.trailingZeroBitCount >> 3
            guard found != 0 else { continue }
            if self[position].isLineEnd { return position }
            position &+= 1
        }
        while position < count, !self[position].isLineEnd { position &+= 1 }
        return position
    }

    /// Whether ASCII text in lower case stands at a place, without regard to the case of letters there.
    func hasLetters(_ text: String, at start: Int) -> Bool {
        guard count - start >= text.utf8.count else { return false }
        var index = start
        for letter in text.utf8 {
            let byte = self[index]
            guard byte == letter || (byte &- 0x41 < 26 && byte | 0x20 == letter) else { return false }
            index &+= 1
        }
        return true
    }

    /// Whether the text begins with another one.
    func hasPrefix(_ text: String) -> Bool {
        guard count >= text.utf8.count else { return false }
        var index = 0
        for byte in text.utf8 {
            if self[index] != byte { return false }
            index &+= 1
        }
        return true
    }

    /// Whether a byte stands twice in a row.
    func hasPair(_ byte: UInt8) -> Bool {
        indices.dropFirst().contains { self[$0] == byte && self[$0 - 1] == byte }
    }

    /// A hash of 64 bits. Each word is multiplied to 128 bits, whose halves are folded, as wyhash does.
    ///
    /// Source: https://github.com/wangyi-fudan/wyhash
    func hash(seed: UInt64) -> UInt64 {
        var hash = TextHash(seed: seed, length: count)
        for number in 0..<wordCount { hash.add(word(number)) }
        return hash.value
    }

    /// The same hash of the text with its ASCII letters in lower case.
    func foldedHash(seed: UInt64) -> UInt64 {
        var hash = TextHash(seed: seed, length: count)
        for number in 0..<wordCount { hash.add(word(number).withLowerLetters) }
        return hash.value
    }
}

private struct TextHash {
    private(set) var value: UInt64

    init(seed: UInt64, length: Int) { value = (seed << 32 ^ UInt64(length)) &+ 0xA076_1D64_78BD_642F }

    mutating func add(_ word: UInt64) {
        let product = (value ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        value = product.high ^ product.low
    }
}

extension UInt8 {
    /// Whether the byte is a line feed or a carriage return.
    var isLineEnd: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

/// Eight bytes at once. What tells single bytes sets the highest bit of the first one that it is true of, counted from the low
/// end; behind that one the bits mean nothing.
///
/// Source: https://graphics.stanford.edu/~seander/bithacks.html
extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Tells whether all bytes are ASCII other than NUL.
    var isPlainASCII: Bool { ((self &- UInt64.ones) | self) & UInt64.highBits == 0 }

    /// Tells whether all bytes are decimal digits.
    var isDigits: Bool {
        let upperHalves = 0xF0 &* UInt64.ones
        let threes = 0x30 &* UInt64.ones
        // What is beyond 9 gets into the upper half by 6 more.
        return self & upperHalves == threes && (self &+ 0x06 &* UInt64.ones) & upperHalves == threes
    }

    /// Tells bytes that are not ASCII; true of each one.
    var bytesAboveASCII: UInt64 { self & UInt64.highBits }

    /// Tells bytes below one that is ASCII.
    func bytes(below byte: UInt8) -> UInt64 {
        (self &- UInt64(byte) &* UInt64.ones) & ~self & UInt64.highBits
    }

    /// Tells bytes that are equal to one.
    func bytes(equalTo byte: UInt8) -> UInt64 {
        let difference = self ^ UInt64(byte) &* UInt64.ones
        return (difference &- UInt64.ones) & ~difference & UInt64.highBits
    }

    /// The bytes with `A` to `Z` in lower case; those above 0x7F stay as they are.
    var withLowerLetters: UInt64 {
        let low = self & ~UInt64.highBits
        // The highest bit of each byte says whether its low bits are at least `A`, and whether they are beyond `Z`.
        let fromA = low &+ (0x80 - 0x41) * UInt64.ones
        let beyondZ = low &+ (0x80 - 0x5B) * UInt64.ones
        let isUpper = fromA & ~beyondZ & ~self & UInt64.highBits
        return self | isUpper >> 2
    }
}

/// The whole product keys that stand in an input, found by rules of its own, so that a mistake of the masking is not
/// repeated by its judge: 25 characters of the alphabet in one word or in five groups, with nothing beside them that could
/// belong to a longer word.
struct VisibleKeys {
    private static let alphabet = Set("BCDFGHJKMPQRTVWXY2346789N".utf8)
    /// What surely ends a word. Hyphens, masks, entities and characters that are not ASCII are left to the readers.
    private static let borders = Set(" \t\r\n,;:\"'<>()[]{}=/".utf8)
    /// A part of a key that is shown is a leak from this length on.
    private static let leakLength = 15
    /// Keys of fewer different characters are templates.
    private static let leastVariety = 8

    /// Parts of keys that no text may show, without anything between.
    private var secrets: [[UInt8]] = []

    /// Finds the keys of an input. NUL bytes are passed over, so that UTF-16 is understood, too.
    init(in input: [UInt8]) {
        let text = input.filter { $0 != 0 }
        let word = VisibleKeys.letters(text)
        var found: Set<[UInt8]> = []
        for start in text.indices {
            guard VisibleKeys.isKeyCharacter(text[start]), start == 0 || VisibleKeys.borders.contains(text[start - 1]),
                let key = VisibleKeys.key(text, from: start), Set(key).count >= VisibleKeys.leastVariety
            else { continue }
            found.insert(key)
            // More keys cost time and find nothing new.
            if found.count >= 64 { break }
        }
        for key in found {
            for start in 0...(20 - VisibleKeys.leakLength) {
                let part = Array(key[start..<start + VisibleKeys.leakLength])
                // What the input holds a second time may be shown from where it is no key.
                if VisibleKeys.count(of: part, in: word) == 1 { secrets.append(part) }
            }
        }
    }

    /// Whether the input holds none.
    var isEmpty: Bool { secrets.isEmpty }

    /// Whether a text shows one of the keys.
    func areShown(in text: String) -> Bool {
        guard !secrets.isEmpty else { return false }
        // X is a character of keys, too: what a mask stands beside must not be completed by it. No key has an O.
        let word = VisibleKeys.letters(Array(text.replacing("XXXXX", with: "O").utf8))
        return secrets.contains { VisibleKeys.count(of: $0, in: word) > 0 }
    }

    /// Whether a text shows any whole key, wherever it comes from.
    static func hasKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.indices.contains { start in
            isKeyCharacter(bytes[start]) && (start == 0 || borders.contains(bytes[start - 1]))
                && key(bytes, from: start) != nil
        }
    }

    private static func isKeyCharacter(_ byte: UInt8) -> Bool { alphabet.contains(upper(byte)) }

    private static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte }

    /// 25 characters with no separators or with one of the same kind behind each group.
    private static func key(_ text: [UInt8], from start: Int) -> [UInt8]? {
        var key: [UInt8] = []
        var position = start
        var separator: UInt8?
        while true {
            guard position < text.count, isKeyCharacter(text[position]) else { return nil }
            key.append(upper(text[position]))
            position += 1
            if key.count == 25 { break }
            if key.count == 5, position < text.count, text[position] == 0x2D || text[position] == 0x20 {
                separator = text[position]
            }
            if key.count % 5 == 0, let separator {
                guard position < text.count, text[position] == separator else { return nil }
                position += 1
            }
        }
        guard position == text.count || borders.contains(text[position]) else { return nil }
        let groups = stride(from: 0, to: 25, by: 5).map { key[$0..<$0 + 5] }
        guard key.count(where: { $0 == 0x4E }) <= 1, !groups.contains(where: { $0.allSatisfy { $0 == 0x58 } }) else {
            return nil
        }
        return key
    }

    private static func letters(_ text: [UInt8]) -> [UInt8] {
        text.map(upper).filter { ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) }
    }

    private static func count(of part: [UInt8], in word: [UInt8]) -> Int {
        guard word.count >= part.count else { return 0 }
        var count = 0
        for start in 0...(word.count - part.count) where word[start] == part[0] {
            if word[start..<start + part.count].elementsEqual(part) { count += 1 }
        }
        return count
    }
}

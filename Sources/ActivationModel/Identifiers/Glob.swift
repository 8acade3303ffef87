/// A pattern with `*` for any run of characters and `?` for one, compared without case.
///
/// Complexity: matching costs at most pattern × text, without recursion; a pattern without inner `*` costs one pass.
public struct Glob: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let pattern: String
    private let scalars: [UInt32]
    /// The same as bytes; empty when the pattern is not ASCII.
    private let bytes: [UInt8]

    /// Makes a pattern.
    public init(_ pattern: String) {
        self.pattern = pattern
        scalars = pattern.lowercased().unicodeScalars.map(\.value)
        bytes = scalars.allSatisfy { $0 < 0x80 } ? scalars.map { UInt8($0) } : []
    }

    /// Whether the pattern fits the whole text.
    public func matches(_ text: String) -> Bool {
        // Names and most texts are ASCII; they need no Unicode case folding.
        var folded = Array(text.utf8)
        var isASCII = true
        for position in folded.indices {
            let byte = folded[position]
            if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") { folded[position] = byte | 0x20 }
            if byte >= 0x80 { isASCII = false }
        }
        if isASCII, bytes.count == scalars.count { return Glob.matches(bytes, folded, count: folded.count) }
        let units = text.lowercased().unicodeScalars.map(\.value)
        return Glob.matches(scalars, units, count: units.count)
    }

    /// The bytes that every fitting ASCII text begins with, in lower case; nil for a pattern that no ASCII text fits.
    public var literalBeginning: ArraySlice<UInt8>? {
        guard bytes.count == scalars.count else { return nil }
        return bytes.prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "?") }
    }

    /// Whether the pattern fits the first `count` bytes of an ASCII text in lower case, without making a text of them.
    public func matches(folded text: [UInt8], count: Int) -> Bool {
        bytes.count == scalars.count && Glob.matches(bytes, text, count: count)
    }

    private static func matches<Unit: FixedWidthInteger>(_ pattern: [Unit], _ text: [Unit], count: Int) -> Bool {
        let star = Unit(UInt8(ascii: "*"))
        let one = Unit(UInt8(ascii: "?"))
        var position = 0
        var place = 0
        var lastStar: Int?
        var retry = 0
        while position < count {
            if place < pattern.count, pattern[place] == star {
                lastStar = place
                retry = position
                place += 1
            } else if place < pattern.count, pattern[place] == one || pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let star = lastStar {
                // The last star takes one character more.
                retry += 1
                position = retry
                place = star + 1
            } else {
                return false
            }
        }
        while place < pattern.count, pattern[place] == star { place += 1 }
        return place == pattern.count
    }

    public static func == (left: Glob, right: Glob) -> Bool { left.scalars == right.scalars }
    public func hash(into hasher: inout Hasher) { hasher.combine(scalars) }
    public var description: String { pattern }
}

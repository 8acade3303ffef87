/// A pattern with `*` for any run of characters and `?` for one, compared without case.
///
/// Complexity: matching costs at most pattern × text, without recursion; a pattern without inner `*` costs one pass.
public struct Glob: Hashable, Sendable, CustomStringConvertible {
    /// The pattern as written.
    public let pattern: String
    private let folded: [UInt32]

    private static let star = UInt32(UInt8(ascii: "*"))
    private static let one = UInt32(UInt8(ascii: "?"))

    /// Makes a pattern.
    public init(_ pattern: String) {
        self.pattern = pattern
        folded = pattern.lowercased().unicodeScalars.map(\.value)
    }

    /// Whether the pattern fits the whole text.
    public func matches(_ text: String) -> Bool { matches(scalars: text.lowercased().unicodeScalars.map(\.value)) }

    private func matches(scalars text: [UInt32]) -> Bool {
        var position = 0
        var place = 0
        var lastStar: Int?
        var retry = 0
        while position < text.count {
            if place < folded.count, folded[place] == Glob.star {
                lastStar = place
                retry = position
                place += 1
            } else if place < folded.count, folded[place] == Glob.one || folded[place] == text[position] {
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
        while place < folded.count, folded[place] == Glob.star { place += 1 }
        return place == folded.count
    }

    public var description: String { pattern }
}

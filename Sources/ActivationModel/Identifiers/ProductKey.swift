/// A 25-character product key that never shows itself.
///
/// Every textual form — `description`, `debugDescription`, the mirror that debuggers and `dump` use — is masked to the
/// last five characters. The full text is reached only through `revealed`, whose name is meant to stand out in a review.
public struct ProductKey: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// 25 upper-case characters without hyphens.
    let characters: String

    /// The 24 letters and digits of product keys; `N` occurs only as the marker of the 2009 format.
    ///
    /// Source: https://ntriver.org/pkeymaster/decode-pkey2009-keys
    public static let alphabet = "BCDFGHJKMPQRTVWXY2346789"

    /// Reads a key written in five groups or in one run, in any case, with hyphens of any kind or blanks between.
    /// Full-width characters are read as their ASCII forms; soft hyphens and other invisible characters are skipped.
    ///
    /// Returns nil when the text is anything but 25 characters of the alphabet (with at most one `N`), and for a masked
    /// key, of which at least one group is `XXXXX`: that letter is in the alphabet, yet no such key is issued.
    /// `ProductKeyText` tells why a text is no key, and finds one in surrounding text.
    public init?(_ text: some StringProtocol) {
        var kept: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch KeySymbol(scalar) {
            case .hyphen, .blank, .invisible: continue
            case .character(let byte):
                guard kept.count < 25 else { return nil }
                kept.append(byte)
            case .mask, .other: return nil
            }
        }
        self.init(characters: kept)
    }

    /// Takes 25 ASCII characters in upper case; nil when they are not those of a key.
    init?(characters kept: [UInt8]) {
        guard kept.count == 25 else { return nil }
        var markers = 0
        var hidden = 0
        for (position, byte) in kept.enumerated() {
            if position % 5 == 0 { hidden = 0 }
            if byte == ProductKey.marker { markers += 1 } else if !ProductKey.isDigit(byte) { return nil }
            if byte == UInt8(ascii: "X") { hidden += 1 }
            if hidden == 5 { return nil }
        }
        guard markers <= 1 else { return nil }
        characters = String(decoding: kept, as: UTF8.self)
    }

    /// Whether a character is one of the 24 of the alphabet.
    static func isDigit(_ byte: UInt8) -> Bool { alphabet.utf8.contains(byte) }

    /// The last five characters, by which people and Windows tell keys apart.
    public var partialKey: PartialProductKey { PartialProductKey(unchecked: String(characters.suffix(5))) }

    /// The whole key with hyphens. Write it nowhere but into a file that the user asked to hold keys.
    public var revealed: String {
        var groups: [Substring] = []
        var rest = characters[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(5))
            rest = rest.dropFirst(5)
        }
        return groups.joined(separator: "-")
    }

    /// `XXXXX-XXXXX-XXXXX-XXXXX-` and the last five characters.
    public var description: String { partialKey.masked }
    public var debugDescription: String { partialKey.masked }
    public var customMirror: Mirror { Mirror(self, children: ["masked": partialKey.masked]) }
}

/// The last five characters of a product key, which Windows shows as the partial product key.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct
public struct PartialProductKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Five upper-case ASCII letters or digits.
    public let text: String

    /// Reads five letters or digits, in any case. Scrubbed data holds characters outside the key alphabet, so any
    /// ASCII letter or digit is taken.
    public init?(_ text: some StringProtocol) {
        let upper = text.uppercased()
        guard upper.utf8.count == 5,
            upper.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x41 && $0 <= 0x5A) })
        else { return nil }
        self.text = upper
    }

    /// Reads a key of which groups are masked: all but the last (`XXXXX-XXXXX-XXXXX-XXXXX-ABCDE`, `*****-ABCDE`), or some
    /// in the middle. Nil when the last five characters are hidden themselves by `*` or the like.
    ///
    /// Visible groups are not kept. With a group or two hidden the rest of a key can be found by trying, so such a text
    /// is as good as the key.
    public init?(masked text: some StringProtocol) {
        let found = KeyRuns(String(text))
        var runs = found.runs
        guard found.closing == .border || found.closing == .blank, let first = runs.first else { return nil }
        if runs.count == 1, first.bytes.count == 25 {
            runs = (0..<5).map { group in
                KeyRuns.Run(
                    bytes: Array(first.bytes[group * 5..<group * 5 + 5]), joint: .hyphen, range: first.range)
            }
        }
        guard runs.count > 1, let last = runs.last, runs.dropFirst().allSatisfy({ $0.joint != .border }) else {
            return nil
        }
        let others = runs.dropLast()
        let areAllHidden = others.allSatisfy { $0.isMasked && $0.joint != .blank } && last.joint != .blank
        let isFiveGroups = runs.count == 5 && runs.allSatisfy { $0.bytes.count == 5 }
        guard areAllHidden || (isFiveGroups && others.contains { $0.isMasked }) else { return nil }
        self.init(String(decoding: last.bytes, as: UTF8.self))
    }

    init(unchecked text: String) { self.text = text }

    /// `XXXXX-XXXXX-XXXXX-XXXXX-` and the five characters.
    public var masked: String { "XXXXX-XXXXX-XXXXX-XXXXX-" + text }
    public var description: String { text }
    public static func < (left: PartialProductKey, right: PartialProductKey) -> Bool { left.text < right.text }
}

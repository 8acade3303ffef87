/// A 25-character product key that never shows itself.
///
/// Every textual form — `description`, `debugDescription`, the mirror that debuggers and `dump` use — is masked to the
/// last five characters. The full text is reached only through `revealed`, whose name is meant to stand out in a review.
public struct ProductKey: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// 25 upper-case characters without hyphens.
    private let characters: String

    /// The 24 letters and digits of product keys; `N` occurs only as the marker of the 2009 format.
    ///
    /// Source: https://ntriver.org/pkeymaster/decode-pkey2009-keys
    public static let alphabet = "BCDFGHJKMPQRTVWXY2346789"

    /// Reads a key written in five groups or in one run, in any case, with hyphens or blanks between.
    ///
    /// Returns nil when the text is anything but 25 characters of the alphabet (with at most one `N`), and for a masked
    /// key, whose first four groups are `X`: that letter is in the alphabet, yet no such key is issued.
    public init?(_ text: some StringProtocol) {
        var kept = ""
        var markers = 0
        for scalar in text.unicodeScalars {
            switch scalar {
            case "-", " ", "\t", "\r", "\n", "\u{A0}", "\u{AD}", "\u{2010}"..."\u{2015}": continue
            default:
                guard scalar.isASCII else { return nil }
                let upper = Character(scalar).uppercased()
                if upper == "N" {
                    markers += 1
                } else if !ProductKey.alphabet.contains(upper) {
                    return nil
                }
                kept += upper
            }
        }
        guard kept.count == 25, markers <= 1, kept.prefix(20).contains(where: { $0 != "X" }) else { return nil }
        characters = kept
    }

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

    /// Reads a key whose first four groups are masked, such as `XXXXX-XXXXX-XXXXX-XXXXX-ABCDE` or `*****-ABCDE`.
    public init?(masked text: some StringProtocol) {
        guard let last = text.split(separator: "-").last, last.count < text.count else { return nil }
        let hidden = text.dropLast(last.count + 1)
        guard hidden.allSatisfy({ $0 == "X" || $0 == "x" || $0 == "*" || $0 == "#" || $0 == "-" }) else { return nil }
        self.init(last)
    }

    init(unchecked text: String) { self.text = text }

    /// `XXXXX-XXXXX-XXXXX-XXXXX-` and the five characters.
    public var masked: String { "XXXXX-XXXXX-XXXXX-XXXXX-" + text }
    public var description: String { text }
    public static func < (left: PartialProductKey, right: PartialProductKey) -> Bool { left.text < right.text }
}

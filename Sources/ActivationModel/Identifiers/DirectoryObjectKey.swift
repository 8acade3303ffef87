/// 64 bits that stand for the distinguished name of an object of a directory.
///
///     DirectoryObjectKey("CN=PC-1,OU=Berlin,DC=corp") == DirectoryObjectKey("cn=pc-1, ou=Berlin, dc=corp")
///
/// A group may have half a million members of which only computers and groups matter, and which these are may be known
/// later. So a member is kept as its key and no text. Names that are equal as `DistinguishedName` have one key; the chance that
/// any two of ten million different names share one is about three in a million.
///
/// The key is FNV-1a over the components from the root down, so that the key of a container can be gone on from. It is
/// stored, and must stay as it is. Source: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
public struct DirectoryObjectKey: Hashable, Sendable, Comparable {
    /// The key as a number.
    public let rawValue: UInt64

    /// Takes a key as it was stored.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The key of a name; nil when the text is none.
    public init?(_ text: String) {
        self.init(Array(text.utf8).span, in: nil)
    }

    /// The key of a security identifier, which no distinguished name has; nil when the text is none.
    ///
    ///     DirectoryObjectKey(sid: "S-1-5-21-1-2-3-1104")
    public init?(sid: String) {
        guard !sid.isEmpty, sid.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }) else {
            return nil
        }
        self.init("SID=" + sid)
    }

    /// The key of a name in UTF-8 without blanks at its ends; nil when the text is none.
    ///
    /// With a container the name is relative to it: `CN=PC-1` in the key of `OU=Berlin,DC=corp`.
    public init?(_ name: Span<UInt8>, in container: DirectoryObjectKey?) {
        var hash = Hash(container?.rawValue ?? Hash.start)
        switch hash.add(plainName: name) {
        case .added: break
        case .malformed: return nil
        case .needsParser:
            var bytes: [UInt8] = []
            bytes.reserveCapacity(name.count)
            for index in name.indices { bytes.append(name[index]) }
            guard let parsed = DistinguishedName(String(decoding: bytes, as: UTF8.self)) else { return nil }
            for component in parsed.components.reversed() { hash.add(component) }
        }
        rawValue = hash.value
    }

    public static func < (left: DirectoryObjectKey, right: DirectoryObjectKey) -> Bool {
        left.rawValue < right.rawValue
    }

    private struct Hash {
        enum Result { case added, malformed, needsParser }

        static let start: UInt64 = 0xCBF2_9CE4_8422_2325
        private(set) var value: UInt64

        init(_ value: UInt64) { self.value = value }

        private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

        mutating func add(_ component: DistinguishedName.Component) {
            for byte in component.attribute.utf8 { add(byte) }
            add(UInt8(ascii: "="))
            for byte in component.value.lowercased().utf8 { add(byte) }
            // U+0000 is no character of a directory string, so no two sequences of components give the same bytes.
            add(0)
        }

        /// Adds a name that is written without escapes and in ASCII, as nearly all are, without parsing it.
        mutating func add(plainName name: Span<UInt8>) -> Result {
            var end = name.count
            guard end > 0 else { return .malformed }
            for index in name.indices {
                let byte = name[index]
                if byte >= 0x80 || byte < 0x20 { return .needsParser }
                switch byte {
                case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "#"):
                    return .needsParser
                case 0x20:
                    // Blanks around separators do not count.
                    guard index > 0, index + 1 < end, !Hash.separates(name[index - 1]),
                        !Hash.separates(name[index + 1]), name[index + 1] != 0x20
                    else { return .needsParser }
                default: break
                }
            }
            while true {
                var start = end
                while start > 0, name[start - 1] != UInt8(ascii: ",") { start -= 1 }
                guard add(plainComponent: name.extracting(start..<end)) else { return .malformed }
                guard start > 0 else { return .added }
                end = start - 1
            }
        }

        private static func separates(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=") }

        /// Returns whether the component has an attribute and a value.
        private mutating func add(plainComponent text: Span<UInt8>) -> Bool {
            var position = 0
            while position < text.count, text[position] != UInt8(ascii: "=") {
                let byte = text[position]
                let isLetter = (byte | 0x20) &- 0x61 < 26
                guard isLetter || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") else {
                    return false
                }
                add(isLetter ? byte & 0xDF : byte)
                position += 1
            }
            guard position > 0, position < text.count else { return false }
            for index in position..<text.count {
                let byte = text[index]
                add(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            }
            add(0)
            return true
        }
    }
}

/// The place of an object in a directory: `CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com`.
///
/// Two names are equal when their attributes and values are, without regard to case, blanks around separators and the
/// way in which characters are escaped.
///
/// Source: RFC 4514, https://www.rfc-editor.org/rfc/rfc4514
public struct DistinguishedName: Hashable, Sendable, CustomStringConvertible {
    /// One relative name; a relative name of several attributes (`CN=a+UID=b`) gives one component per attribute.
    public struct Component: Hashable, Sendable {
        /// The attribute in upper case, such as `CN`.
        public let attribute: String
        /// The value without escapes.
        public let value: String

        public static func == (left: Component, right: Component) -> Bool {
            left.attribute == right.attribute && left.value.lowercased() == right.value.lowercased()
        }

        public func hash(into hasher: inout Hasher) {
            hasher.combine(attribute)
            hasher.combine(value.lowercased())
        }

        /// Makes a component of an attribute in upper case and a value without escapes.
        public init(attribute: String, value: String) {
            self.attribute = attribute
            self.value = value
        }

        /// The value without what Active Directory appends to deleted and conflicting objects.
        public var commonName: String {
            // A line feed cannot stand in a name that people give, and Active Directory puts one before its marker.
            value.utf8.firstIndex(of: UInt8(ascii: "\n")).map { String(value[..<$0]) } ?? value
        }

        /// Whether replication renamed the object because another one had its name (`CNF:`).
        public var isConflict: Bool { marker.starts(with: "CNF:".utf8) }

        /// Whether the object is deleted (`DEL:`).
        public var isDeleted: Bool { marker.starts(with: "DEL:".utf8) }

        /// What stands behind the first line feed.
        private var marker: Substring.UTF8View {
            value.utf8.firstIndex(of: UInt8(ascii: "\n")).map { value.utf8[value.utf8.index(after: $0)...] }
                ?? value.utf8.suffix(0)
        }
    }

    /// The text as written.
    public let text: String
    /// The components from the object up to the root.
    public let components: [Component]
    /// Where the text of the parent begins, as an offset in UTF-8; nil for a name of one component.
    private let parentOffset: Int?

    /// Reads a name; nil when a component has no attribute or no `=`, or an escape is cut off.
    public init?(_ text: some StringProtocol) {
        let trimmed = DistinguishedName.trimmed(text)
        var parser = Parser(bytes: Array(trimmed.utf8))
        guard let components = parser.components(), !components.isEmpty else { return nil }
        self.text = trimmed
        self.components = components
        parentOffset = parser.firstSeparator.map { $0 + 1 }
    }

    /// The text without blanks at its ends; one behind a backslash belongs to the last value.
    private static func trimmed<Text: StringProtocol>(_ text: Text) -> String {
        let rest = text.trimmingBlanks()
        guard rest.endIndex < text.endIndex else { return String(rest) }
        let backslashes = rest.utf8.reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        guard backslashes % 2 == 1 else { return String(rest) }
        return String(text[rest.startIndex...rest.endIndex])
    }

    public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
        left.components == right.components
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(components) }

    public var description: String { text }

    /// The container: the name without its first component, as written; nil for a name of one component.
    public var parent: String? {
        parentOffset.map { offset in
            DistinguishedName.trimmed(text[text.utf8.index(text.utf8.startIndex, offsetBy: offset)...])
        }
    }

    /// The value of the first component, without what Active Directory appends to deleted and conflicting objects.
    public var commonName: String { components[0].commonName }

    /// The DNS name of the domain: the `DC` components in lower case joined by dots; nil when there are none.
    ///
    /// This is the domain the account is in. The suffix of the computer's DNS name may be another one.
    /// Source: https://learn.microsoft.com/windows-server/identity/ad-ds/plan/disjoint-namespace
    public var dnsDomain: String? {
        let labels = components.filter { $0.attribute == "DC" }.map { $0.value.lowercased() }
        return labels.isEmpty ? nil : labels.joined(separator: ".")
    }

    /// Whether replication renamed the object because another one had its name (`CNF:`).
    public var isConflict: Bool { components[0].isConflict }

    /// Whether the object is deleted (`DEL:`).
    public var isDeleted: Bool { components[0].isDeleted }

    /// Whether the object stands below a container, at any depth. The container itself is not below itself.
    public func isBelow(_ container: DistinguishedName) -> Bool {
        components.count > container.components.count
            && components.suffix(container.components.count).elementsEqual(container.components)
    }

    private struct Parser {
        let bytes: [UInt8]
        var position = 0
        var firstSeparator: Int?

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func components() -> [Component]? {
            var result: [Component] = []
            result.reserveCapacity(8)
            while true {
                guard let attribute = attribute(), let value = value() else { return nil }
                result.append(Component(attribute: attribute, value: value))
                guard position < bytes.count else { return result }
                if firstSeparator == nil, bytes[position] != UInt8(ascii: "+") { firstSeparator = position }
                position += 1
            }
        }

        private mutating func skipBlanks() {
            while position < bytes.count, bytes[position] == 0x20 { position += 1 }
        }

        private mutating func attribute() -> String? {
            skipBlanks()
            let start = position
            while position < bytes.count, Parser.isAttributeByte(bytes[position]) { position += 1 }
            let name = bytes[start..<position]
            skipBlanks()
            guard !name.isEmpty, position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return nil }
            position += 1
            // Nearly all names consist of these three.
            if name.count == 2 {
                switch (name[start] | 0x20, name[start + 1] | 0x20) {
                case (UInt8(ascii: "c"), UInt8(ascii: "n")): return "CN"
                case (UInt8(ascii: "o"), UInt8(ascii: "u")): return "OU"
                case (UInt8(ascii: "d"), UInt8(ascii: "c")): return "DC"
                default: break
                }
            }
            return String(decoding: name, as: UTF8.self).uppercased()
        }

        private mutating func value() -> String? {
            skipBlanks()
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return quotedValue() }
            if position < bytes.count, bytes[position] == UInt8(ascii: "#"), let value = encodedValue() { return value }
            var end = position
            while end < bytes.count, !Parser.isSpecial(bytes[end]) { end += 1 }
            if end == bytes.count || bytes[end] != UInt8(ascii: "\\"), end == position || bytes[end - 1] != 0x20 {
                defer { position = end }
                return String(decoding: bytes[position..<end], as: UTF8.self)
            }
            var result: [UInt8] = []
            var kept = 0
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"):
                    result.removeSubrange(kept...)
                    return String(decoding: result, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let byte = escaped() else { return nil }
                    result.append(byte)
                    kept = result.count
                case let byte:
                    result.append(byte)
                    position += 1
                    if byte != 0x20 { kept = result.count }
                }
            }
            result.removeSubrange(kept...)
            return String(decoding: result, as: UTF8.self)
        }

        /// The quoted form of RFC 2253, which old tools still write.
        private mutating func quotedValue() -> String? {
            position += 1
            var result: [UInt8] = []
            while position < bytes.count {
                switch bytes[position] {
                case UInt8(ascii: "\""):
                    position += 1
                    skipBlanks()
                    guard position == bytes.count || [0x2C, 0x3B, 0x2B].contains(bytes[position]) else { return nil }
                    return String(decoding: result, as: UTF8.self)
                case UInt8(ascii: "\\"):
                    guard let byte = escaped() else { return nil }
                    result.append(byte)
                case let byte:
                    result.append(byte)
                    position += 1
                }
            }
            return nil
        }

        /// The form `#04024869`: a string in BER, its octets in hexadecimal digits. nil when it is anything else, which is
        /// then taken as it stands.
        private mutating func encodedValue() -> String? {
            var end = position + 1
            var octets: [UInt8] = []
            while end + 1 < bytes.count, let high = Parser.digit(bytes[end]), let low = Parser.digit(bytes[end + 1]) {
                octets.append(high << 4 | low)
                end += 2
            }
            while end < bytes.count, bytes[end] == 0x20 { end += 1 }
            guard end == bytes.count || [0x2C, 0x3B, 0x2B].contains(bytes[end]), octets.count >= 2,
                Parser.stringTags.contains(octets[0])
            else { return nil }
            // Lengths up to 127 stand in one octet; longer ones in the octets that follow it.
            let following = octets[1] < 0x80 ? 0 : Int(octets[1] & 0x7F)
            guard following <= 3, octets.count >= 2 + following else { return nil }
            let length =
                following == 0 ? Int(octets[1]) : octets[2..<2 + following].reduce(0) { $0 << 8 | Int($1) }
            guard octets.count == 2 + following + length else { return nil }
            position = end
            return String(decoding: octets[(2 + following)...], as: UTF8.self)
        }

        /// OCTET STRING, UTF8String, PrintableString, TeletexString and IA5String.
        ///
        /// Source: https://www.itu.int/rec/T-REC-X.690
        private static let stringTags: [UInt8] = [0x04, 0x0C, 0x13, 0x14, 0x16]

        /// The byte behind a backslash: two hexadecimal digits, or the byte itself.
        private mutating func escaped() -> UInt8? {
            guard position + 1 < bytes.count else { return nil }
            let first = bytes[position + 1]
            if let high = Parser.digit(first), position + 2 < bytes.count, let low = Parser.digit(bytes[position + 2]) {
                position += 3
                return high << 4 | low
            }
            position += 2
            return first
        }

        /// Whether a byte ends a value or begins an escape.
        private static func isSpecial(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: ";")
        }

        private static func isAttributeByte(_ byte: UInt8) -> Bool {
            digit(byte) != nil || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }

        private static func digit(_ byte: UInt8) -> UInt8? {
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x41...0x46: byte - 0x37
            case 0x61...0x66: byte - 0x57
            default: nil
            }
        }
    }
}

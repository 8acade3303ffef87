/// A computer's name, compared without case: a fully qualified name or a single label.
///
///     HostName("PC-0001.Corp.Example.COM.")?.text   // "pc-0001.corp.example.com"
public struct HostName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name in lower case without a final dot.
    public let text: String

    /// Reads a host name; nil when it is empty, longer than 255 bytes, ends with two dots or with a blank before its dot,
    /// holds a blank or control character of ASCII, or begins with a product key, which must not be shown as a name.
    public init?(_ text: some StringProtocol) {
        var name = String(text.trimmingBlanks())
        if name.utf8.last == UInt8(ascii: ".") { name.unicodeScalars.removeLast() }
        guard !name.isEmpty, name.utf8.last != UInt8(ascii: "."), name.utf8.count <= 255,
            name.trimmingBlanks().utf8.count == name.utf8.count
        else { return nil }
        var isLowerASCII = true
        for byte in name.utf8 {
            guard byte > 0x20, byte != 0x7F else { return nil }
            if byte >= 0x80 || (byte >= 0x41 && byte <= 0x5A) { isLowerASCII = false }
        }
        self.text = isLowerASCII ? name : name.lowercased()
        // Some letters are longer in lower case.
        guard self.text.utf8.count <= 255 else { return nil }
        if self.text.utf8.count >= 25, label.utf8.count >= 25, ProductKey(label) != nil { return nil }
    }

    /// Reads UTF-8 bytes as `init(_:)` reads text. Names in lower case, as directories give nearly all, are taken as they
    /// stand.
    public init?(bytes: Span<UInt8>) {
        let isPlain =
            !bytes.isEmpty && bytes.count <= 255 && bytes[bytes.count - 1] != UInt8(ascii: ".")
            && bytes.indices.allSatisfy { bytes[$0] &- 0x21 < 0x20 || bytes[$0] &- 0x5B < 0x24 }
            // A first label as long as a product key may be one.
            && (bytes.count < 25 || bytes.extracting(..<25).indices.contains { bytes[$0] == UInt8(ascii: ".") })
        // Safe: the buffer is read only inside the closure, while the span keeps it alive.
        let text = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
        if isPlain {
            self.init(lowered: text)
        } else {
            self.init(text)
        }
    }

    private init(lowered text: String) { self.text = text }

    /// The first label, which is the NetBIOS name unless that was cut at 15 characters.
    public var label: Substring { text.prefix { $0 != "." } }
    /// What follows the first dot; nil for a single label.
    public var suffix: Substring? {
        text.firstIndex(of: ".").map { text[text.index(after: $0)...] }
    }
    /// Whether the name has more than one label.
    public var isQualified: Bool { text.utf8.contains(UInt8(ascii: ".")) }

    public static func < (left: HostName, right: HostName) -> Bool { left.text < right.text }
    public var description: String { text }
}

/// The hardware address of a network adapter, 48 bits.
public struct MACAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The address in the low 48 bits.
    public let value: UInt64

    /// Reads twelve hexadecimal digits, in pairs divided by `:` or `-`, in groups of four divided by `.`, or in one run.
    public init?(_ text: some StringProtocol) {
        var value: UInt64 = 0
        var digits = 0
        for byte in text.trimmingBlanks().utf8 {
            switch byte {
            case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "."): continue
            case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt64(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
            default: return nil
            }
            digits += 1
            guard digits <= 12 else { return nil }
        }
        guard digits == 12 else { return nil }
        self.value = value
    }

    /// Makes an address from the low 48 bits of a number.
    public init(value: UInt64) { self.value = value & 0xFFFF_FFFF_FFFF }

    public static func < (left: MACAddress, right: MACAddress) -> Bool { left.value < right.value }

    /// Six pairs of upper-case digits divided by colons, as VAMT writes them.
    public var description: String {
        var bytes: [UInt8] = []
        for shift in stride(from: 44, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift) & 0xF)
            bytes.append(digit < 10 ? digit + 0x30 : digit + 0x37)
            if shift % 8 == 0, shift > 0 { bytes.append(UInt8(ascii: ":")) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

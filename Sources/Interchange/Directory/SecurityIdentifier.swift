/// The text form of security identifiers, which tell accounts apart: `S-1-5-21-…-1104`.
///
/// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861
enum SecurityIdentifier {
    /// Reads text in UTF-8; nil for anything else.
    static func text(_ bytes: Span<UInt8>) -> String? {
        guard bytes.count >= 4, bytes[0] | 0x20 == UInt8(ascii: "s"), bytes[1] == UInt8(ascii: "-"),
            bytes[2] == UInt8(ascii: "1"), bytes[3] == UInt8(ascii: "-")
        else { return nil }
        let text = String(copying: bytes)
        return bytes[0] == UInt8(ascii: "S") ? text : text.uppercased()
    }

    /// Reads the octets of a directory: revision, number of parts, an authority of 48 bits with its high byte first, and
    /// parts of 32 bits with their low byte first. nil when the number of octets does not fit.
    static func text(octets: Span<UInt8>) -> String? {
        guard octets.count >= 8, octets[0] == 1, octets[1] <= 15, octets.count == 8 + 4 * Int(octets[1]) else {
            return nil
        }
        var text: [UInt8] = []
        text.reserveCapacity(64)
        text.append(contentsOf: "S-1-".utf8)
        var authority: UInt64 = 0
        for index in 2..<8 { authority = authority << 8 | UInt64(octets[index]) }
        if authority >> 32 == 0 {
            append(authority, to: &text)
        } else {
            text.append(contentsOf: "0x".utf8)
            let digits = String(authority, radix: 16)
            text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 12 - digits.utf8.count))
            text.append(contentsOf: digits.utf8)
        }
        for number in 0..<Int(octets[1]) {
            text.append(UInt8(ascii: "-"))
            append(part(octets, at: 8 + 4 * number), to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text of octets without their last part, up to the hyphen that stands before it.
    static func domain(octets: Span<UInt8>) -> [UInt8]? {
        var whole: [UInt8] = []
        whole.append(copying: octets)
        whole.append(contentsOf: repeatElement(0, count: 4))
        return text(octets: whole.span).map { Array($0.utf8.dropLast()) }
    }

    /// A part of 32 bits.
    static func part(_ octets: Span<UInt8>, at offset: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in (offset..<offset + 4).reversed() { value = value << 8 | UInt64(octets[index]) }
        return value
    }

    /// Appends a number in decimal digits.
    static func append(_ number: UInt64, to text: inout [UInt8]) {
        let start = text.count
        var rest = number
        repeat {
            text.append(UInt8(rest % 10) + 0x30)
            rest /= 10
        } while rest > 0
        text[start...].reverse()
    }
}

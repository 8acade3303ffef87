/// The text form of security identifiers, which tell accounts apart: `S-1-5-21-…-1104`.
///
/// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/f992ad60-0fe4-4b87-9fed-beb478836861
enum SecurityIdentifier {
    /// Reads text; nil for anything else.
    static func text(_ text: String) -> String? {
        if text.utf8.starts(with: "S-1-".utf8) { return text }
        return text.utf8.starts(with: "s-1-".utf8) ? text.uppercased() : nil
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
        for part in 0..<Int(octets[1]) {
            var value: UInt64 = 0
            for index in (0..<4).reversed() { value = value << 8 | UInt64(octets[8 + 4 * part + index]) }
            text.append(UInt8(ascii: "-"))
            append(value, to: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ number: UInt64, to text: inout [UInt8]) {
        var divisor: UInt64 = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(number / divisor % 10) + 0x30)
            divisor /= 10
        }
    }
}

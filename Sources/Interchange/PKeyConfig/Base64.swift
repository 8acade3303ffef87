/// Base64 as XML documents hold it: with blanks and line ends anywhere.
///
/// Source: https://www.rfc-editor.org/rfc/rfc4648
enum Base64 {
    /// Why text is no base64.
    enum Failure: Error, Equatable {
        /// The byte at that offset is neither a digit nor a blank, or follows the padding.
        case unexpected(UInt8, offset: Int)
        /// The text ends inside a group of four digits, or its padding is too long.
        case incomplete
    }

    private static let none: UInt8 = 0xFF
    private static let digits: [UInt8] = {
        var table = [UInt8](repeating: none, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, digit) in alphabet.utf8.enumerated() { table[Int(digit)] = UInt8(value) }
        return table
    }()

    /// The bytes that text stands for.
    static func decode(_ text: Span<UInt8>) throws(Failure) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count / 4 * 3 + 3)
        try decode(text, appendingTo: &decoded)
        return decoded
    }

    /// Appends the bytes that text stands for. When the text is no base64, what came before the fault is left there.
    static func decode(_ text: Span<UInt8>, appendingTo decoded: inout [UInt8]) throws(Failure) {
        let digits = Base64.digits
        var group: UInt32 = 0
        var filled = 0
        var padding = 0
        var offset = decodeGroups(text, appendingTo: &decoded)
        while offset < text.count {
            defer { offset += 1 }
            let byte = text[offset]
            if byte <= 0x20 { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            let digit = digits[Int(byte)]
            guard digit != none, padding == 0 else { throw .unexpected(byte, offset: offset) }
            group = group << 6 | UInt32(digit)
            filled += 1
            guard filled == 4 else { continue }
            append(group, to: &decoded)
            group = 0
            filled = 0
        }
        switch (filled, padding) {
        case (0, 0): break
        case (2, 2): decoded.append(UInt8(truncatingIfNeeded: group >> 4))
        case (3, 1):
            decoded.append(UInt8(truncatingIfNeeded: group >> 10))
            decoded.append(UInt8(truncatingIfNeeded: group >> 2))
        default: throw .incomplete
        }
    }

    /// Decodes groups of four digits with nothing between; returns where they end.
    private static func decodeGroups(_ text: Span<UInt8>, appendingTo decoded: inout [UInt8]) -> Int {
        let table = digits.span
        var offset = 0
        while offset &+ 4 <= text.count {
            let first = table[Int(text[offset])]
            let second = table[Int(text[offset &+ 1])]
            let third = table[Int(text[offset &+ 2])]
            let fourth = table[Int(text[offset &+ 3])]
            guard (first | second | third | fourth) < 64 else { break }
            append(
                UInt32(first) << 18 | UInt32(second) << 12 | UInt32(third) << 6 | UInt32(fourth), to: &decoded)
            offset &+= 4
        }
        return offset
    }

    private static func append(_ group: UInt32, to decoded: inout [UInt8]) {
        decoded.append(UInt8(truncatingIfNeeded: group >> 16))
        decoded.append(UInt8(truncatingIfNeeded: group >> 8))
        decoded.append(UInt8(truncatingIfNeeded: group))
    }
}

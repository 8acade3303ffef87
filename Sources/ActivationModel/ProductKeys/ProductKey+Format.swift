extension ProductKey {
    /// The way in which a key holds its content. The raw value is the year by which Windows names the algorithm.
    public enum Format: String, Sendable, Hashable, CaseIterable {
        /// Windows 8 and Office 2013 onward: exactly one `N`, whose place is a digit. Group and serial can be read.
        case pkey2009 = "2009"
        /// Windows Vista to 7, Office 2010 and older products: no `N`. The text says nothing about the product.
        case pkey2005 = "2005"
    }

    /// What a checksum says about the text of a key.
    public enum Checksum: String, Sendable, Hashable, CaseIterable {
        /// The text is free of the usual slips. This does not prove that the key exists.
        case valid
        /// A character was misread or mistyped.
        case invalid
        /// The format has none that can be checked without Microsoft's keys.
        case notApplicable
    }

    /// The format that the text shows.
    public var format: Format { characters.utf8.contains(ProductKey.marker) ? .pkey2009 : .pkey2005 }

    /// Whether the text agrees with its own checksum.
    ///
    /// About one in 1,000 random texts agrees, so this finds slips and proves nothing.
    public var checksum: Checksum {
        switch format {
        case .pkey2005: .notApplicable
        case .pkey2009: content == nil ? .invalid : .valid
        }
    }

    /// What the text of a 2009 key says; nil for the 2005 format, and when the checksum does not agree.
    public var content: ProductKeyContent? {
        guard format == .pkey2009 else { return nil }
        var marker: UInt128 = 0
        var digits: UInt128 = 0
        for (position, byte) in characters.utf8.enumerated() {
            if byte == ProductKey.marker {
                marker = UInt128(position)
            } else {
                guard let digit = ProductKey.digits.firstIndex(of: byte) else { return nil }
                digits = digits * 24 + UInt128(digit)
            }
        }
        // A digit to base 24 cannot be 24, so no key ends in the marker.
        guard marker < 24 else { return nil }
        return ProductKeyContent(checking: marker * ProductKey.power24 + digits)
    }

    /// The character whose place, from 0, is the first digit of a 2009 key.
    static let marker = UInt8(ascii: "N")
    fileprivate static let digits = Array(alphabet.utf8)
    fileprivate static let power24: UInt128 = (0..<24).reduce(1) { power, _ in power * 24 }
}

/// What a product key of the 2009 format says about itself.
///
/// From bit 0: group (20 bits), serial (30), a value that only Microsoft can judge (53), checksum (10), upgrade flag (1).
///
/// Source: https://ntriver.org/pkeymaster/decode-pkey2009-keys
public struct ProductKeyContent: Sendable, Hashable {
    /// The configuration group: which product family the key is for.
    public let group: Int
    /// The number inside the group, 0 to 2^30 − 1; it picks the range, and so edition and key type.
    public let serial: Int
    /// Whether the key is for upgrades only; practically unused.
    public let isUpgrade: Bool

    /// Reads the number that a key stands for; nil when the checksum does not agree.
    init?(checking number: UInt128) {
        guard number >> 115 == 0, ProductKeyContent.checksum(of: number) == UInt32(number >> 103 & 0x3FF) else {
            return nil
        }
        group = Int(number & 0xF_FFFF)
        serial = Int(number >> 20 & 0x3FFF_FFFF)
        isUpgrade = number >> 113 & 1 == 1
    }

    /// The low ten bits of the CRC-32 (polynomial 04C11DB7, not reflected, complemented) over the 16 bytes of the number,
    /// low byte first, with the checksum's own bits cleared.
    private static func checksum(of number: UInt128) -> UInt32 {
        let cleared = number & ~(UInt128(0x3FF) << 103)
        var register = UInt32.max
        for shift in stride(from: 0, to: 128, by: 8) {
            register ^= UInt32(cleared >> UInt128(shift) & 0xFF) << 24
            for _ in 0..<8 {
                register = register >> 31 == 1 ? register << 1 ^ 0x04C1_1DB7 : register << 1
            }
        }
        return ~register & 0x3FF
    }
}

extension PartialProductKey {
    /// The last five characters of a key of an older format: its last five digits to base 24. Nil for a number that no key
    /// stands for.
    init?(ofOlderKey number: UInt128) {
        guard number >> 115 == 0, number / ProductKey.power24 < 24 else { return nil }
        self.init(unchecked: PartialProductKey.text(ofLastDigits: 5, of: number))
    }

    /// The last five characters of a key of the 2009 format, among which its marker may stand. Nil for a number that no key
    /// stands for.
    init?(of2009Key number: UInt128) {
        let place = Int(number / ProductKey.power24)
        guard place < 24 else { return nil }
        guard place >= 20 else {
            self.init(unchecked: PartialProductKey.text(ofLastDigits: 5, of: number))
            return
        }
        var characters = Array(PartialProductKey.text(ofLastDigits: 4, of: number).utf8)
        characters.insert(ProductKey.marker, at: place - 20)
        self.init(unchecked: String(decoding: characters, as: UTF8.self))
    }

    private static func text(ofLastDigits count: Int, of number: UInt128) -> String {
        var rest = number
        var characters: [UInt8] = []
        for _ in 0..<count {
            characters.append(ProductKey.digits[Int(rest % 24)])
            rest /= 24
        }
        return String(decoding: characters.reversed(), as: UTF8.self)
    }
}

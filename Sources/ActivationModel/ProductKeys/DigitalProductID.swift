/// What the registry values `DigitalProductId` and `DigitalProductId4` say about the key that is installed.
///
/// Both hold the whole key as a number. It is read for group, serial, checksum and the last five characters, by which people
/// and Windows tell keys apart, and then forgotten; no text of a whole key is ever made of it.
///
/// Sources of the layouts: https://github.com/fox-it/dissect.target (dissect/target/plugins/os/windows/productkey.py) and
/// the vectors of https://github.com/glpi-project/glpi-agent (t/agent/tools/license.t)
public struct DigitalProductID: Sendable, Hashable {
    /// Which of the two values it is.
    public enum Version: Int, Sendable, Hashable {
        /// `DigitalProductId`, 164 bytes.
        case digitalProductId = 3
        /// `DigitalProductId4`, 1,272 bytes.
        case digitalProductId4 = 4
    }

    /// What the number of the key shows.
    public enum KeyField: Sendable, Hashable {
        /// All zero: the key was never stored, or wiped with `slmgr /cpky`.
        case empty
        /// A key of the 2009 format whose checksum agrees.
        case readable(ProductKeyContent)
        /// A key of the 2009 format whose checksum does not agree.
        case damaged
        /// A key of an older format, which says nothing.
        case older
    }

    public let version: Version
    /// The product id, in `DigitalProductId` only.
    public let productID: ProductID?
    /// The extended product id, in `DigitalProductId4` only.
    public let extendedPID: ExtendedPID?
    /// The configuration group of the key.
    public let group: Int?
    /// The part number that the key was made for, such as `[Blue]X18-95516`.
    public let partNumber: String?
    /// The activation id, in `DigitalProductId4` only.
    public let activationID: ActivationID?
    /// The edition, in `DigitalProductId4` only.
    public let edition: String?
    /// The key type as written, such as `Volume:MAK`, in `DigitalProductId4` only.
    public let keyType: String?
    /// The kind of license terms, in `DigitalProductId4` only.
    public let eulaType: String?
    /// What the number of the key shows.
    public let key: KeyField
    /// The last five characters of the key; nil when it was wiped or is damaged.
    public let partialKey: PartialProductKey?

    /// Reads the bytes of a registry value; nil when size and first number are those of neither layout.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 164 else { return nil }
        let size = DigitalProductID.number(bytes, at: 0)
        if size == 164, bytes.count == 164 {
            version = .digitalProductId
            productID = DigitalProductID.narrow(bytes, at: 8, count: 24).flatMap { ProductID($0) }
            extendedPID = nil
            group = DigitalProductID.number(bytes, at: 32)
            partNumber = DigitalProductID.narrow(bytes, at: 36, count: 16)
            (activationID, edition, keyType, eulaType) = (nil, nil, nil, nil)
            (key, partialKey) = DigitalProductID.key(bytes[52..<67])
        } else if size == 1_272, bytes.count == 1_272 {
            func wide(_ offset: Int, _ characters: Int) -> String? {
                DigitalProductID.wide(bytes, at: offset, characters: characters)
            }
            version = .digitalProductId4
            productID = nil
            let id = wide(8, 64).flatMap { ExtendedPID($0) }
            extendedPID = id
            group = id?.group
            activationID = wide(136, 64).flatMap { ActivationID($0) }
            edition = wide(280, 260)
            partNumber = wide(888, 64)
            keyType = wide(1_016, 64)
            eulaType = wide(1_144, 64)
            (key, partialKey) = DigitalProductID.key(bytes[808..<823])
        } else {
            return nil
        }
    }

    /// Reads the value as an export writes it: hexadecimal bytes divided by commas or blanks or not at all, with or
    /// without `"name"=hex:` before them and with `\` at the ends of lines.
    public init?(hexadecimal text: some StringProtocol) {
        guard let bytes = DigitalProductID.bytes(ofHexadecimal: text) else { return nil }
        self.init(bytes: bytes)
    }

    private static func key(_ field: ArraySlice<UInt8>) -> (KeyField, PartialProductKey?) {
        var number = field.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        guard number != 0 else { return (.empty, nil) }
        // Windows 8 and later mark a key that has an N in bit 3 of the last byte, beyond the number.
        let flag: UInt128 = 1 << 115
        guard number & flag != 0 else { return (.older, PartialProductKey(ofOlderKey: number)) }
        number ^= flag
        guard let content = ProductKeyContent(checking: number) else { return (.damaged, nil) }
        return (.readable(content), PartialProductKey(of2009Key: number))
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> Int {
        (0..<4).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    /// ASCII characters up to the first NUL; nil when there are none.
    private static func narrow(_ bytes: [UInt8], at offset: Int, count: Int) -> String? {
        let text = String(decoding: bytes[offset..<offset + count].prefix { $0 != 0 }, as: UTF8.self).trimmingBlanks()
        return text.isEmpty ? nil : String(text)
    }

    /// UTF-16 characters, low byte first, up to the first NUL; nil when there are none.
    private static func wide(_ bytes: [UInt8], at offset: Int, characters: Int) -> String? {
        let units = (0..<characters).map { index in
            UInt16(bytes[offset + index * 2]) | UInt16(bytes[offset + index * 2 + 1]) << 8
        }
        let text = String(decoding: units.prefix { $0 != 0 }, as: UTF16.self).trimmingBlanks()
        return text.isEmpty ? nil : String(text)
    }

    /// The bytes that an export writes, as `init(hexadecimal:)` takes them; nil when there is anything else or half a byte.
    public static func bytes(ofHexadecimal text: some StringProtocol) -> [UInt8]? {
        let digits = text.firstIndex(of: ":").map { text[text.index(after: $0)...] } ?? text[...]
        var bytes: [UInt8] = []
        var high: UInt8?
        for byte in digits.utf8 {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            case UInt8(ascii: ","), UInt8(ascii: "\\"), UInt8(ascii: "-"), 0x20, 0x09, 0x0A, 0x0D:
                // A divided byte would shift all that follow.
                guard high == nil else { return nil }
                continue
            default: return nil
            }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        return high == nil ? bytes : nil
    }
}

/// A 128-bit identifier, kept in the order in which people write it.
///
/// Licensing data writes the same identifier in many forms: upper or lower case, with or without braces, with or
/// without dashes. All of them are equal here.
///
///     GUID("{55C92734-D682-4D71-983E-D6EC3F16059F}") == GUID("55c92734d6824d71983ed6ec3f16059f")   // true
///
/// `description` is the lower-case form with dashes and without braces.
public struct GUID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first 64 bits as written.
    public let high: UInt64
    /// The last 64 bits as written.
    public let low: UInt64

    /// Makes an identifier from its two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads an identifier from text; nil unless it holds exactly 32 hexadecimal digits in one of the usual forms.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        self.init(bytes: bytes.span)
    }

    /// Reads an identifier from UTF-8 bytes; nil unless they hold exactly 32 hexadecimal digits in one of the usual forms.
    public init?(bytes: Span<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        var first = 0
        var last = bytes.count
        while first < last, bytes[first] == 0x20 || bytes[first] == 0x09 || bytes[first] == 0x0A { first += 1 }
        while last > first, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 || bytes[last - 1] == 0x0A { last -= 1 }
        if last - first >= 2, bytes[first] == UInt8(ascii: "{"), bytes[last - 1] == UInt8(ascii: "}") {
            first += 1
            last -= 1
        }
        if last - first == 36 {
            guard let halves = GUID.dashed(bytes, from: first) else { return nil }
            self.init(high: halves.high, low: halves.low)
            return
        }
        var index = first
        while index < last {
            let byte = bytes[index]
            index += 1
            let value: UInt64
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = UInt64(byte &- 0x30)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = UInt64(byte &- 0x57)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = UInt64(byte &- 0x37)
            case UInt8(ascii: "-") where digits == 8 || digits == 12 || digits == 16 || digits == 20: continue
            default: return nil
            }
            if digits < 16 {
                high = high << 4 | value
            } else if digits < 32 {
                low = low << 4 | value
            } else {
                return nil
            }
            digits += 1
        }
        guard digits == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// Reads the form with dashes, which most files hold, eight digits at once: whether a digit is a letter cannot be
    /// foretold, and exports hold millions of identifiers.
    private static func dashed(_ bytes: Span<UInt8>, from first: Int) -> (high: UInt64, low: UInt64)? {
        let dash = UInt8(ascii: "-")
        guard bytes[first + 8] == dash, bytes[first + 13] == dash, bytes[first + 18] == dash, bytes[first + 23] == dash
        else { return nil }
        func word(_ offset: Int) -> UInt64 {
            // Safe: the place is checked against the bounds, and every pattern of bits is a number.
            unsafe UInt64(
                littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: first + offset, as: UInt64.self))
        }
        /// The four digits from one place on, and four from another one behind them.
        func halves(_ left: Int, _ right: Int) -> UInt64 { word(left) & 0xFFFF_FFFF | word(right) << 32 }
        guard let first = word(0).hexadecimal, let second = halves(9, 14).hexadecimal,
            let third = halves(19, 24).hexadecimal, let last = word(28).hexadecimal
        else { return nil }
        return (first << 32 | second, third << 32 | last)
    }

    /// The identifier whose bits are all zero; Windows writes it where it means "none".
    public static let zero = GUID(high: 0, low: 0)

    public static func < (left: GUID, right: GUID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// Appends the lower-case form with dashes, 36 bytes, to `output`.
    public func append(to output: inout [UInt8]) {
        var shift = 60
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 {
                output.append(UInt8(ascii: "-"))
            }
            let half = position < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: (half >> UInt64(shift)) & 0xF)
            output.append(digit < 10 ? digit + 0x30 : digit + 0x57)
            shift = shift == 0 ? 60 : shift - 4
        }
    }

    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The identifier of one licensable product (edition and channel): WMI calls it `ID`, VAMT `Sku`, slmgr and pkeyconfig
/// the activation id.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct
public struct ActivationID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The identifier itself.
    public let guid: GUID

    /// Wraps an identifier.
    public init(_ guid: GUID) { self.guid = guid }

    /// Reads an activation id in any of the forms that `GUID` takes.
    public init?(_ text: some StringProtocol) {
        guard let guid = GUID(text) else { return nil }
        self.guid = guid
    }

    public static func < (left: ActivationID, right: ActivationID) -> Bool { left.guid < right.guid }

    public var description: String { guid.description }
}

extension GUID {
    /// The application id of Windows, as WMI and VAMT write it.
    ///
    /// Source: https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
    public static let windowsApplication = GUID(high: 0x55c9_2734_d682_4d71, low: 0x983e_d6ec_3f16_059f)
    /// The application id of Office 2010.
    public static let office2010Application = GUID(high: 0x59a5_2881_a989_479d, low: 0xaf46_f275_c637_0663)
    /// The application id of Office 2013 and later.
    ///
    /// Source: https://learn.microsoft.com/office/volume-license-activation/tools-to-manage-volume-activation-of-office
    public static let officeApplication = GUID(high: 0x0ff1_ce15_a989_479d, low: 0xaf46_f275_c637_0663)
}

extension UInt64 {
    /// The number that eight bytes write in hexadecimal digits, the first of them in the low bits; nil when one is no digit.
    ///
    /// Source of the method: https://graphics.stanford.edu/~seander/bithacks.html
    fileprivate var hexadecimal: UInt64? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits: UInt64 = 0x80 * ones
        guard self & highBits == 0 else { return nil }
        // The highest bit of each byte says whether the byte is at least a limit; no sum reaches the next byte.
        func isAtLeast(_ limit: UInt64, _ word: UInt64) -> UInt64 { word &+ (0x80 - limit) * ones }
        let folded = self | 0x20 * ones
        let isDecimal = isAtLeast(0x30, self) & ~isAtLeast(0x3A, self)
        let isLetter = isAtLeast(0x61, folded) & ~isAtLeast(0x67, folded)
        guard (isDecimal | isLetter) & highBits == highBits else { return nil }
        let digits = (self & (0x0F * ones)) &+ (self >> 6 & ones) * 9
        // The first digit goes to the high end; then neighbours are drawn together.
        var value = digits.byteSwapped
        value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
        value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
        return (value | value >> 16) & 0xFFFF_FFFF
    }
}

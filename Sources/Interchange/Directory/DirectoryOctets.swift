import ActivationModel

/// Octets as text files write them: `X'0105…'` of csvde, `\01\05…` of LDAP filters, or plain hexadecimal digits.
///
/// Sources: https://www.rfc-editor.org/rfc/rfc4515,
/// https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/cc732101(v=ws.11)
enum DirectoryOctets {
    /// The octets that text stands for; nil when it is in none of these forms.
    static func read(_ text: Span<UInt8>) -> [UInt8]? {
        var start = 0
        var end = text.count
        if end >= 3, text[0] | 0x20 == UInt8(ascii: "x"), text[1] == UInt8(ascii: "'"),
            text[end - 1] == UInt8(ascii: "'")
        {
            start = 2
            end -= 1
        }
        var octets: [UInt8] = []
        while start < end {
            if text[start] == UInt8(ascii: "\\") { start += 1 }
            guard start + 1 < end, let high = digit(text[start]), let low = digit(text[start + 1]) else { return nil }
            octets.append(high << 4 | low)
            start += 2
        }
        return octets.isEmpty ? nil : octets
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

extension GUID {
    /// Reads the 16 octets of a directory, whose first three fields have their low byte first; nil for another number.
    ///
    /// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/49e490b8-f972-45d6-a3a4-99f924998d97
    init?(octets: Span<UInt8>) {
        guard octets.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in [3, 2, 1, 0, 5, 4, 7, 6] { high = high << 8 | UInt64(octets[index]) }
        for index in 8..<16 { low = low << 8 | UInt64(octets[index]) }
        self.init(high: high, low: low)
    }
}

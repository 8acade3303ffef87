/// The encodings that text files are read in. The raw value is the word used on the command line.
public enum TextEncoding: String, Sendable, CaseIterable, Hashable {
    case utf8 = "utf-8"
    case utf16le = "utf-16le"
    case utf16be = "utf-16be"
    /// Western European Windows.
    case windows1252 = "windows-1252"
    /// Western European.
    case iso8859_1 = "iso-8859-1"
    /// Central European Windows.
    case windows1250 = "windows-1250"
    /// Cyrillic Windows.
    case windows1251 = "windows-1251"
    /// Western European console.
    case codePage850 = "cp850"
    /// US console.
    case codePage437 = "cp437"

    /// Reads a name in any case, also the common other names such as `utf8`, `cp1252`, `latin1`, `ansi`.
    public init?(anySpelling text: String) {
        let key = text.lowercased().filter { $0.isLetter || $0.isNumber }
        switch key {
        case "utf8", "utf8bom": self = .utf8
        case "utf16", "utf16le", "unicode", "ucs2": self = .utf16le
        case "utf16be", "bigendianunicode": self = .utf16be
        case "windows1252", "cp1252", "1252", "ansi": self = .windows1252
        case "iso88591", "latin1": self = .iso8859_1
        case "windows1250", "cp1250", "1250": self = .windows1250
        case "windows1251", "cp1251", "1251": self = .windows1251
        case "cp850", "850", "ibm850": self = .codePage850
        case "cp437", "437", "ibm437", "oem": self = .codePage437
        default: return nil
        }
    }

    /// The scalars of the bytes 0x80 to 0xFF; nil for Unicode encodings.
    var upperHalf: [UInt16]? {
        switch self {
        case .utf8, .utf16le, .utf16be: nil
        case .windows1252: CodePageTable.windows1252
        case .iso8859_1: (0x80...0xFF).map { UInt16($0) }
        case .windows1250: CodePageTable.windows1250
        case .windows1251: CodePageTable.windows1251
        case .codePage850: CodePageTable.codePage850
        case .codePage437: CodePageTable.codePage437
        }
    }
}

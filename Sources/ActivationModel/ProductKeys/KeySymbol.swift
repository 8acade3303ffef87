/// What one character of a text means where a product key is looked for.
///
/// Keys are copied from mails, spreadsheets and web pages, which put typographic hyphens, no-break spaces, soft hyphens and
/// the full-width characters of East Asian input methods between and into them.
enum KeySymbol: Equatable {
    /// A letter in upper case or a digit, as ASCII.
    case character(UInt8)
    /// A character that hides another one.
    case mask
    /// Any of the dashes and hyphens.
    case hyphen
    case blank
    /// A character that takes no room, or NUL, which is what is left of other encodings.
    case invisible
    case other

    init(_ scalar: Unicode.Scalar) {
        var value = scalar.value
        // The full-width forms of ASCII stand in the same order as ASCII.
        // Source: https://www.unicode.org/charts/PDF/UFF00.pdf
        if value >= 0xFF01, value <= 0xFF5E { value -= 0xFEE0 }
        switch value {
        case 0x30...0x39, 0x41...0x5A: self = .character(UInt8(value))
        case 0x61...0x7A: self = .character(UInt8(value - 0x20))
        case 0x2D: self = .hyphen
        case 0x20, 0x09...0x0D: self = .blank
        case 0x2A, 0x23, 0x2022, 0x25CF, 0x2588: self = .mask
        case 0: self = .invisible
        case 0..<0x80: self = .other
        // Hyphens, dashes, the minus sign and the sound mark that Japanese keyboards give for a hyphen.
        case 0x2010...0x2015, 0x2043, 0x2212, 0xFE58, 0xFE63, 0x30FC, 0xFF70: self = .hyphen
        case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: self = .invisible
        default: self = scalar.properties.isWhitespace ? .blank : .other
        }
    }
}

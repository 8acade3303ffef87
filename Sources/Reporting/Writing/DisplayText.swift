/// How much room a text takes in a terminal, and how to make it safe to show.
public enum DisplayText {
    /// The number of terminal cells: 0 for combining marks, 2 for wide East Asian characters, else 1.
    ///
    /// Source of the wide ranges: Unicode Standard Annex #11, https://www.unicode.org/reports/tr11/
    public static func width(of text: String) -> Int {
        var width = 0
        for byte in text.utf8 where byte >= 0x80 || byte < 0x20 || byte == 0x7F {
            // Not plain ASCII: measure scalar by scalar.
            width = 0
            for scalar in text.unicodeScalars { width += cells(of: scalar) }
            return width
        }
        return text.utf8.count
    }

    /// The text with control characters replaced by `·`, so that names in a file cannot steer the terminal.
    public static func safe(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { result.append(isControl(scalar) ? "·" : scalar) }
        return String(result)
    }

    /// The text made safe and cut to `width` cells; a cut text ends in `…`.
    public static func fitting(_ text: String, width limit: Int) -> String {
        let text = safe(text)
        guard width(of: text) > limit else { return text }
        guard limit > 0 else { return "" }
        var result = ""
        var used = 0
        for character in text {
            let cells = width(of: String(character))
            if used + cells > limit - 1 { break }
            result.append(character)
            used += cells
        }
        return result + "…"
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Marks that turn the direction of writing can make a name look like another one.
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    private static func cells(of scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        case .format: return scalar.value == 0xAD || isControl(scalar) ? 1 : 0
        default: break
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}

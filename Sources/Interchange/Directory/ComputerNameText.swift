import ActivationModel

/// A computer's name as people write it into lists: `PC-1`, `pc-1.corp.example.com`, `PC-1$`, `CORP\PC-1`, `\\PC-1`.
enum ComputerNameText {
    /// Where the name lies in a line, without what stands around a name: blanks, quotes, a delimiter that a sheet left behind it, the slashes
    /// of a share.
    static func range(in line: Span<UInt8>) -> Range<Int> {
        var range = line.trimmedBlanks
        while let last = range.last, line[last] == UInt8(ascii: ",") || line[last] == UInt8(ascii: ";") {
            range.removeLast()
        }
        if range.count >= 2, let last = range.last, line[range.lowerBound] == UInt8(ascii: "\""),
            line[last] == UInt8(ascii: "\"")
        {
            range = range.lowerBound + 1..<last
        }
        if range.count > 2, line[range.lowerBound] == UInt8(ascii: "\\"),
            line[range.lowerBound + 1] == UInt8(ascii: "\\")
        {
            range = range.lowerBound + 2..<range.upperBound
        }
        let inner = line.extracting(range).trimmedBlanks
        return range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound
    }

    /// Whether a trimmed text can be the name of a computer, and nothing else that lists hold.
    ///
    /// Windows allows no name of digits alone, which also tells addresses and numbers of products from names.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou
    static func isName(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty, text.count <= 255 else { return false }
        var label = 0
        var slashes = 0
        var hasLetter = false
        for index in text.indices {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
                hasLetter = true
                label += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): label += 1
            case UInt8(ascii: "-") where label > 0: label += 1
            case UInt8(ascii: "."):
                guard label > 0 else { return false }
                label = 0
            case UInt8(ascii: "\\"):
                slashes += 1
                guard label > 0, slashes == 1 else { return false }
                label = 0
                hasLetter = false
            case UInt8(ascii: "$"):
                guard label > 0, index == text.count - 1 else { return false }
            default: return false
            }
            guard label <= 63 else { return false }
        }
        return hasLetter && !isIdentifier(text)
    }

    /// Whether the text is a product key, whole or masked, or a GUID.
    private static func isIdentifier(_ text: Span<UInt8>) -> Bool {
        switch text.count {
        case 29: [5, 11, 17, 23].allSatisfy { text[$0] == UInt8(ascii: "-") }
        case 32, 36: GUID(bytes: text) != nil
        default: false
        }
    }
}

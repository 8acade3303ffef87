import ActivationModel

/// The forms of a list that `dsquery` prints, told by its first line.
enum DSQueryForm {
    /// A quoted name or a distinguished name on each line.
    case names
    /// A line of attributes with two blanks before it, and values below them.
    case columns
    /// `attribute: value` on each line.
    case attributes

    /// The form that begins with this line; nil when none does.
    init?(firstLine line: Span<UInt8>) {
        let content = line.trimmedBlanks
        let text = line.extracting(content)
        if text.isEmpty { return nil }
        let inner = DSQueryForm.unquoted(text)
        let isQuoted = inner.count < text.count
        if DSQueryForm.isDistinguishedName(text.extracting(inner)) {
            self = .names
        } else if isQuoted, ComputerNameText.isName(text.extracting(inner)),
            !DSQueryForm.isHeader(text.extracting(inner))
        {
            self = .names
        } else if content.lowerBound == 2, DSQueryForm.areAttributes(text) {
            self = .columns
        } else if DSQueryForm.attributeEnd(text) != nil {
            self = .attributes
        } else {
            return nil
        }
    }

    /// Whether text that begins with these bytes is such a list.
    static func fits(_ head: Span<UInt8>) -> Bool {
        var form: DSQueryForm?
        var known: Set<DirectoryAttribute> = []
        var lines = 0
        var start = 0
        while start < head.count, lines < 64 {
            var end = start
            while end < head.count, head[end] != UInt8(ascii: "\n"), head[end] != UInt8(ascii: "\r") { end += 1 }
            let line = head.extracting(start..<end)
            start = end + 1
            if line.trimmedBlanks.isEmpty { continue }
            if form == nil {
                if isTitle(line) { continue }
                form = DSQueryForm(firstLine: line)
                if form != .attributes { return form != nil }
            }
            lines += 1
            // Only attributes that are all of one word make such a list: other tools print sentences before a colon.
            let text = line.extracting(line.trimmedBlanks)
            guard let nameEnd = attributeEnd(text) else {
                if end == head.count { break }
                return false
            }
            let name = String(copying: text.extracting(..<nameEnd))
            if let attribute = DirectoryAttribute.headers[headerKey(name)] { known.insert(attribute) }
        }
        return DirectoryAttribute.isKind(known)
    }

    /// Where the text lies inside its quotes; all of it when it has none, or holds several quoted parts.
    static func unquoted(_ text: Span<UInt8>) -> Range<Int> {
        let quote = UInt8(ascii: "\"")
        guard text.count >= 2, text[0] == quote, text[text.count - 1] == quote else { return 0..<text.count }
        for index in 1..<text.count - 1 where text[index] == quote && text[index - 1] != UInt8(ascii: "\\") {
            return 0..<text.count
        }
        return 1..<text.count - 1
    }

    /// Whether the text is the distinguished name of an object, which begins with its common name.
    static func isDistinguishedName(_ text: Span<UInt8>) -> Bool {
        guard text.count > 3, text[0] | 0x20 == UInt8(ascii: "c"), text[1] | 0x20 == UInt8(ascii: "n"),
            text[2] == UInt8(ascii: "=")
        else { return false }
        guard let name = DistinguishedName(String(copying: text)) else { return false }
        return name.components.count > 1
    }

    /// Whether the text is what `Select-Object DistinguishedName | Out-File` writes above the names: the property, and a
    /// line of hyphens.
    static func isTitle(_ line: Span<UInt8>) -> Bool {
        let content = line.trimmedBlanks
        guard content.lowerBound == 0 else { return false }
        let text = line.extracting(content)
        if text.count > 2, text.indices.allSatisfy({ text[$0] == UInt8(ascii: "-") }) { return true }
        return text.count == 17 && text.hasLetters("distinguishedname", at: 0)
    }

    /// Where the common name lies in a distinguished name that was cut; nil for a whole one, and when the cut is in the
    /// common name. No whole name ends so: no label of a domain holds such a character, nor three dots.
    static func nameOfCut(_ text: Span<UInt8>) -> Range<Int>? {
        guard text.hasLetters("cn=", at: 0), text.count > 6 else { return nil }
        let rest = text.extracting((text.count - 3)...)
        guard rest.hasPrefix("...") || rest.hasPrefix("…") else { return nil }
        let comma = text.indices.first { text[$0] == UInt8(ascii: ",") }
        return comma.flatMap { $0 > 3 && text[$0 - 1] != UInt8(ascii: "\\") ? 3..<$0 : nil }
    }

    /// Where the attribute ends whose value the line gives: at a colon behind one word, with a blank or nothing behind it.
    static func attributeEnd(_ line: Span<UInt8>) -> Int? {
        var end = 0
        while end < line.count, isAttributeByte(line[end]) { end += 1 }
        guard end > 0, end < line.count, line[end] == UInt8(ascii: ":"), line[0] > UInt8(ascii: "9") else { return nil }
        return end + 1 == line.count || line[end + 1] == 0x20 ? end : nil
    }

    /// Whether the text is a line of attribute names, one of which names the account.
    private static func areAttributes(_ text: Span<UInt8>) -> Bool {
        guard areWords(text) else { return false }
        let names = String(copying: text).split(separator: " ")
        let naming: Set<DirectoryAttribute> = [.accountName, .dnsHostName, .samAccountName, .distinguishedName]
        return names.contains { name in
            DirectoryAttribute.headers[headerKey(name)].map { naming.contains($0) } ?? false
        }
    }

    /// Whether the text holds nothing but what may be names of attributes, and blanks.
    static func areWords(_ text: Span<UInt8>) -> Bool {
        text.indices.allSatisfy { isAttributeByte(text[$0]) || text[$0] == 0x20 }
    }

    private static func isHeader(_ text: Span<UInt8>) -> Bool {
        text.count <= 64 && DirectoryAttribute.headers[headerKey(String(copying: text))] != nil
    }

    private static func isAttributeByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

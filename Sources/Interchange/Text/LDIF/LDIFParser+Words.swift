/// What the parts of a line of LDIF are.
extension LDIFParser {
    /// Where the name of an attribute at the start of a line ends, without and with its options; nil when there is none.
    static func name(_ line: Span<UInt8>) -> (baseEnd: Int, end: Int)? {
        let baseEnd = line.endOfName(from: 0)
        var end = baseEnd
        while end < line.count, line[end] == UInt8(ascii: ";") { end = line.endOfName(from: end &+ 1) }
        return end > 0 && end < line.count && line[end] == UInt8(ascii: ":") ? (baseEnd, end) : nil
    }

    static func isBlank(_ text: Span<UInt8>) -> Bool {
        text.isEndOfFileMark || text.indices.allSatisfy { text[$0] == 0x20 || text[$0] == 0x09 }
    }

    /// Whether a text is a word of ASCII letters in lower case, without regard to case and blanks around it.
    static func isWord(_ text: Span<UInt8>, _ word: String) -> Bool {
        var start = 0
        var end = text.count
        while start < end, text[start] <= 0x20 { start += 1 }
        while end > start, text[end - 1] <= 0x20 { end -= 1 }
        guard end - start == word.utf8.count else { return false }
        for letter in word.utf8 {
            if text[start] | 0x20 != letter { return false }
            start += 1
        }
        return true
    }

    /// Whether a byte may stand in the name of an attribute.
    static func isAttributeByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    static func changeType(_ text: Span<UInt8>) -> LDIFEntry.ChangeType {
        if isWord(text, "add") { return .add }
        if isWord(text, "delete") { return .delete }
        if isWord(text, "modify") { return .modify }
        return isWord(text, "modrdn") || isWord(text, "moddn") ? .rename : .unknown
    }

    /// What the options of an attribute, such as `;range=0-1499`, say about more values.
    static func rangeEnd(_ options: Span<UInt8>) -> LDIFEntry.RangeEnd? {
        guard !options.isEmpty else { return nil }
        var start = 1
        while start < options.count {
            var end = start
            while end < options.count, options[end] != UInt8(ascii: ";") { end += 1 }
            if end - start > 6, isWord(options.extracting(start..<(start + 5)), "range") {
                return options[end - 1] == UInt8(ascii: "*") ? .last : .open
            }
            start = end + 1
        }
        return nil
    }
}

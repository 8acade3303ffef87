import ActivationModel

/// The values of an attribute that an export joined into one text.
///
/// They stand between `;` or `|`, or one below the other. Scripts that turn an array into text without a separator of their
/// own leave a comma or a blank between, which also stand inside distinguished names: a new name begins where `CN=` follows a
/// part of the domain (`DC=`), behind which no name goes on.
///
/// Source of what a backslash escapes: https://www.rfc-editor.org/rfc/rfc4514
enum JoinedValues {
    /// Where the values of `memberOf`, `member` or `servicePrincipalName` lie in a text, without blanks at their ends.
    static func ranges(in text: Span<UInt8>, of attribute: DirectoryAttribute) -> [Range<Int>] {
        var cutter = Cutter(text)
        cutter.cut(text)
        guard !cutter.hasSeparators, let first = cutter.ranges.first, cutter.ranges.count == 1 else {
            return cutter.ranges
        }
        // What no separator cuts may be names with commas between, and service principal names with blanks.
        let isName = first.contains { text[$0] == UInt8(ascii: "=") }
        if attribute != .servicePrincipalName, isName { return cutter.ranges }
        var ranges: [Range<Int>] = []
        var start = first.lowerBound
        for index in first.lowerBound...first.upperBound {
            if index < first.upperBound, text[index] != UInt8(ascii: ","),
                attribute != .servicePrincipalName || text[index] != UInt8(ascii: " ")
            {
                continue
            }
            ranges.appendTrimmed(start..<index, of: text)
            start = index + 1
        }
        return ranges
    }

    private struct Cutter {
        var ranges: [Range<Int>] = []
        /// Whether a separator stands in the text that stands nowhere else.
        var hasSeparators = false
        private var start = 0
        /// Where the last part of a distinguished name begins.
        private var part = 0
        private var isName: Bool

        init(_ text: Span<UInt8>) { isName = JoinedValues.begins("cn=", text, at: 0) }

        mutating func cut(_ text: Span<UInt8>) {
            var index = 0
            while index < text.count {
                switch text[index] {
                case UInt8(ascii: "\\"): index += 1
                case UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                    hasSeparators = true
                    end(index, text)
                case UInt8(ascii: ","):
                    if isName, endsDomain(index, text) { end(index, text) } else { part = index + 1 }
                case UInt8(ascii: " "):
                    if isName, endsDomain(index, text) { end(index, text) }
                default: break
                }
                index += 1
            }
            end(text.count, text)
        }

        /// Whether a part of the domain ends here and another name follows.
        private func endsDomain(_ index: Int, _ text: Span<UInt8>) -> Bool {
            JoinedValues.begins("dc=", text, at: part) && JoinedValues.begins("cn=", text, at: index + 1)
        }

        private mutating func end(_ index: Int, _ text: Span<UInt8>) {
            ranges.appendTrimmed(start..<min(index, text.count), of: text)
            start = min(index + 1, text.count)
            part = start
            isName = JoinedValues.begins("cn=", text, at: start)
        }
    }

    /// Whether the type of a part, given in small letters, stands behind the blanks from a position on.
    private static func begins(_ type: String, _ text: Span<UInt8>, at position: Int) -> Bool {
        var position = position
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
        for byte in type.utf8 {
            guard position < text.count, text[position] | 0x20 == byte | 0x20 else { return false }
            position += 1
        }
        return true
    }
}

extension [Range<Int>] {
    fileprivate mutating func appendTrimmed(_ range: Range<Int>, of text: Span<UInt8>) {
        let trimmed = text.extracting(range).trimmedBlanks
        guard !trimmed.isEmpty else { return }
        append(range.lowerBound + trimmed.lowerBound..<range.lowerBound + trimmed.upperBound)
    }
}

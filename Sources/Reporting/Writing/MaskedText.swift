import ActivationModel

/// Hides product keys that stand inside free text, such as a remark that somebody pasted a key into.
public enum MaskedText {
    /// The text with each 25-character key masked to its last five characters: in five groups that hyphens or blanks
    /// divide, or in one run.
    public static func hidingKeys(in text: String) -> String {
        let keys = ProductKey.occurrences(in: text)
        guard !keys.isEmpty else { return text }
        var result = ""
        var position = text.startIndex
        for (range, key) in keys {
            result += text[position..<range.lowerBound] + key.partialKey.masked
            position = range.upperBound
        }
        return result + text[position...]
    }
}

import ActivationModel

/// Hides product keys that stand inside free text, such as a remark that somebody pasted a key into.
public enum MaskedText {
    /// The text with each 25-character key, in five groups or in one run, masked to its last five characters.
    public static func hidingKeys(in text: String) -> String {
        guard text.utf8.count >= 25 else { return text }
        var result = ""
        var word = ""
        func closed(_ word: String) -> String { ProductKey(word)?.partialKey.masked ?? word }
        for character in text {
            if character.isLetter || character.isNumber || character == "-" {
                word.append(character)
            } else {
                result += closed(word)
                word = ""
                result.append(character)
            }
        }
        return result + closed(word)
    }
}

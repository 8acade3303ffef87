/// Counted nouns and lists as sentences have them.
public enum Phrase {
    /// `1 computer`, `2 computers`.
    public static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// `a`, `a and b`, `a, b and c`; empty without parts.
    public static func list(_ parts: [String], _ word: String = "and") -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " \(word) " + last
    }
}

/// What spreadsheets write in place of True and False, in the language of their surface, when they save a table.
///
/// Source: the page of the function TRUE in these languages at https://support.microsoft.com
enum SpreadsheetTruth {
    private static let words: [String: Bool] = [
        "wahr": true, "falsch": false, "vrai": true, "faux": false, "verdadero": true, "falso": false, "vero": true,
        "verdadeiro": true, "waar": true, "onwaar": false,
    ]

    /// The value of a word in any case; nil when it is none of these.
    static func value(of word: Span<UInt8>) -> Bool? {
        guard word.count <= 10 else { return nil }
        return words[String(copying: word).lowercased()]
    }
}

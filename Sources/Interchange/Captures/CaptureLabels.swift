import ActivationModel

/// What the labels and words of `slmgr` and `ospp` mean, in English and in the languages that the user adds.
///
/// `slmgr` prints in the language of Windows, and Microsoft publishes the English words only. Most values show by their form what they are; labels decide the rest, and
/// the words of the licence state have to be known. Case, blanks and punctuation never matter.
///
/// Sources: the strings of slmgr.vbs, https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options;
/// ospp.vbs, https://learn.microsoft.com/office/volume-license-activation/tools-to-manage-volume-activation-of-office
public struct CaptureLabels: Sendable, Hashable {
    /// What a label says about the text behind it.
    enum Meaning: Sendable, Hashable {
        case property(LicensingProperty)
        /// A value of the state of a KMS host.
        case host(KMSHostColumn)
        /// A sentence that says a value of the state of a KMS host.
        case hostSentence(KMSHostColumn, value: String)
        /// The label is known, but its value is of no use here.
        case ignored
    }

    private var labels: [String: Meaning]
    private var states: [String: LicenseStatus]

    /// The built-in labels and words.
    public init() {
        labels = CaptureLabels.builtInLabels
        states = CaptureLabels.builtInStates
    }

    /// The built-in labels and words, and those of a table of two columns, divided by a comma, semicolon or tab:
    ///
    ///     text,meaning
    ///     Clé de produit partielle,partialProductKey
    ///     Sous licence,licensed
    ///
    /// A meaning is the name of a property of `SoftwareLicensingProduct`, one of `SoftwareLicensingService` for the state of
    /// a KMS host, a state of a licence as JSON documents write it, or `ignored`.
    ///
    /// - Parameter lines: the lines of the file; blank ones and those that begin with `#` are passed over.
    /// - Throws: `InterchangeError` with the code `labels.row` for the first line that is not understood.
    public init(lines: [String], file: String) throws(InterchangeError) {
        self.init()
        for (index, line) in lines.enumerated() {
            let content = line.trimmingBlanks()
            if content.isEmpty || content.hasPrefix("#") { continue }
            guard let divider = content.lastIndex(where: { ",;\t".contains($0) }) else {
                throw CaptureLabels.failure("has no comma", line: index + 1, file: file)
            }
            let text = headerKey(content[..<divider])
            let meaning = headerKey(content[content.index(after: divider)...])
            if index == 0, text == "text", meaning == "meaning" { continue }
            guard !text.isEmpty else { throw CaptureLabels.failure("names no text", line: index + 1, file: file) }
            if let state = LicenseStatus.allCases.first(where: { headerKey($0.token) == meaning }) {
                states[text] = state
            } else if let property = LicensingProperty.headers[meaning] {
                labels[text] = .property(property)
            } else if let column = KMSHostColumn.headers[meaning], column.isOfBlock {
                labels[text] = .host(column)
            } else if meaning == "ignored" {
                labels[text] = .ignored
            } else {
                let word = cellForMessages(String(content[content.index(after: divider)...].trimmingBlanks()))
                throw CaptureLabels.failure("says “\(word)”, which is no meaning", line: index + 1, file: file)
            }
        }
    }

    private static func failure(_ what: String, line: Int, file: String) -> InterchangeError {
        let states = LicenseStatus.allCases.map(\.token).joined(separator: ", ")
        return InterchangeError(
            .unreadable, code: "labels.row", file: file, line: line,
            message: "The line of the table of labels \(what).",
            remedy:
                "Write the text of slmgr, a comma, and a property such as partialProductKey or licenseStatus, a state "
                + "(\(states)), or ignored.")
    }

    /// What a label means; nil when it is not known.
    func meaning(ofLabel text: String) -> Meaning? { labels[headerKey(text)] }

    /// The state that a word means; nil when it is not known.
    func state(_ text: some StringProtocol) -> LicenseStatus? {
        let key = headerKey(text)
        return states[key] ?? LicenseStatus(anySpelling: key)
    }
}

import ActivationModel

/// The installation id or confirmation id in a line.
///
/// A label such as `Installation ID:` or a command such as `slmgr /atp` may stand before it, and other
/// cells beside it.
struct DigitLine {
    /// Texts of fewer digits are no id of which digits were lost.
    private static let fewestDigits = 40

    /// Nil when there are more or fewer digits than such ids have.
    let kind: KeyVerification.Kind?
    let count: Int
    let isAllZero: Bool
    /// The groups with their verdicts; empty when `kind` is nil.
    let groups: [CheckedGroup]

    /// Finds the id; nil when no part of the line consists of so many digits.
    init?(_ line: String) {
        let parts = DigitLine.parts(of: line)
        let found = parts.compactMap { DigitLine(id: $0) }
        // A time of day or a number beside an id must not make it look like one with a slip.
        if let best = found.first(where: { $0.isRight }) ?? found.first {
            self = best
            return
        }
        for part in parts {
            if case .wrongCount(let digits) = InstallationID.check(part), digits >= DigitLine.fewestDigits {
                self = DigitLine(wrongCount: digits)
                return
            }
        }
        return nil
    }

    /// Reads a part that is nothing but an id.
    private init?(id part: Substring) {
        if let id = InstallationID(part) {
            (kind, count, isAllZero, groups) = (.installationId, id.text.utf8.count, id.isAllZero, id.groups)
        } else if let id = ConfirmationID(part) {
            (kind, count, isAllZero, groups) = (.confirmationId, id.text.utf8.count, id.isAllZero, id.groups)
        } else {
            return nil
        }
    }

    private init(wrongCount digits: Int) {
        (kind, count, isAllZero, groups) = (nil, digits, false, [])
    }

    private var isRight: Bool { !isAllZero && groups.allSatisfy(\.agrees) }

    /// Where the id may stand: the line, its cells, what stands behind their labels, and the words.
    private static func parts(of line: String) -> [Substring] {
        func isDivider(_ character: Character) -> Bool { "\t;,=".contains(character) }
        var parts: [Substring] = []
        for cell in [line[...]] + line.split(whereSeparator: isDivider) {
            parts.append(cell)
            if let colon = cell.lastIndex(of: ":") { parts.append(cell[cell.index(after: colon)...]) }
        }
        return parts + line.split { $0.isWhitespace || isDivider($0) }
    }

    /// What the check digits say, as sentences.
    var reason: String {
        let wrong = groups.filter { !$0.agrees }.map(\.name)
        switch kind {
        case nil:
            return
                "It has \(count) digits; an installation id has 54 or 63, a confirmation id 48. A digit was lost or doubled."
        case .installationId where isAllZero: return "Zeros stand for no installation id: the data was scrubbed."
        case _ where isAllZero: return "Zeros stand for no confirmation id: the data was scrubbed."
        case _ where wrong.isEmpty:
            return "All \(groups.count) groups match their check digits. What it belongs to, only Microsoft knows."
        case .installationId:
            return "\(slip(wrong)) A digit is misread or mistyped; read the id again with slmgr /dti."
        default:
            return
                "\(slip(wrong)) That confirmation ids carry check digits is not documented; compare the id with what "
                + "Microsoft gave before you doubt it."
        }
    }

    private func slip(_ names: [String]) -> String {
        names.count == 1
            ? "Group \(names[0]) of \(groups.count) does not match its check digit."
            : "Groups \(Phrase.list(names)) of \(groups.count) do not match their check digits."
    }
}

import ActivationModel

/// The installation id or confirmation id in a line.
///
/// A label such as `Installation ID:` or a command such as `slmgr /atp` may stand before it.
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
        let behindLabel = line.lastIndex(of: ":").map { line[line.index(after: $0)...] }
        let parts = [line[...], behindLabel].compactMap(\.self) + line.split(whereSeparator: \.isWhitespace)
        for part in parts {
            if let id = InstallationID(part) {
                (kind, count, isAllZero, groups) = (.installationId, id.text.utf8.count, id.isAllZero, id.groups)
                return
            }
            if let id = ConfirmationID(part) {
                (kind, count, isAllZero, groups) = (.confirmationId, id.text.utf8.count, id.isAllZero, id.groups)
                return
            }
            if case .wrongCount(let digits) = InstallationID.check(part), digits >= DigitLine.fewestDigits {
                (kind, count, isAllZero, groups) = (nil, digits, false, [])
                return
            }
        }
        return nil
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
            : "Groups \(names.dropLast().joined(separator: ", ")) and \(names.last ?? "") of \(groups.count) do not match "
                + "their check digits."
    }
}

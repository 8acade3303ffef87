/// Reports installation ids and confirmation ids of a file whose digits do not add up.
///
/// The first few kinds of slip are told with their groups, the others are counted together: a file whose ids were scrubbed
/// has nothing but such.
struct DoubtfulIDs {
    /// What the id is.
    enum Kind { case installation, confirmation }
    /// What becomes of the id.
    enum Fate: String {
        case kept = "The id is kept."
        case keptAsWritten = "It is kept as it is written."
        case leftOut = "It is left out; the row is taken without it."
    }

    private static let slipsToldApart = 5
    /// By the numbers of the groups, what is said of them: scrubbed data has a slip in each row.
    private var told: [Kind: [[Int]: String]] = [:]

    /// Reports what a check found; nothing where every digit agrees.
    mutating func report(
        _ check: DigitCheck, of kind: Kind, _ fate: Fate?, line: Int, into diagnostics: inout DiagnosticCollector
    ) {
        guard let slip = slip(check, kind) else { return }
        diagnostics.report(
            .warning, kind.code, line: line, fate.map { "\(slip) \($0.rawValue)" } ?? slip,
            remedy: remedy(check, kind))
    }

    private mutating func slip(_ check: DigitCheck, _ kind: Kind) -> String? {
        switch check {
        case .agrees: return nil
        case .wrongGroups(let groups, let count):
            if let slip = told[kind]?[groups] { return slip }
            guard told[kind, default: [:]].count < DoubtfulIDs.slipsToldApart else {
                return "In further \(kind.name)s other groups do not match their check digits."
            }
            let names = groups.map { kind.name(ofGroup: $0) }
            let slip =
                names.count == 1
                ? "\(kind.phrase) group \(names[0]) of \(count) does not match its check digit."
                : "\(kind.phrase) groups \(Phrase.list(names)) of \(count) do not match their check digits."
            told[kind, default: [:]][groups] = slip
            return slip
        case .zeros: return "Zeros stand for no \(kind.name)."
        case .wrongCount(let count):
            return
                "A text of \(count) \(count == 1 ? "digit" : "digits") is no \(kind.name); \(kind.counts) are needed."
        case .notDigits:
            return "A text that holds more than digits is no \(kind.name); \(kind.counts) digits are needed."
        }
    }

    private func remedy(_ check: DigitCheck, _ kind: Kind) -> String {
        switch check {
        case .zeros: "The data may be scrubbed; export it again where the ids are needed."
        default:
            kind == .installation
                ? "Read the id again with slmgr /dti; Microsoft gives no confirmation id for a wrong one."
                : "Compare the id with what Microsoft gave; that confirmation ids carry check digits is not documented."
        }
    }
}

extension DoubtfulIDs.Kind {
    var code: String { self == .installation ? "installationId.digit" : "confirmationId.digit" }
    var name: String { self == .installation ? "installation id" : "confirmation id" }
    var phrase: String { self == .installation ? "In an installation id" : "In a confirmation id" }
    var counts: String { self == .installation ? "54 or 63" : "48" }

    func name(ofGroup number: Int) -> String {
        self == .installation ? "\(number)" : "\(ConfirmationID.letter(ofGroup: number))"
    }
}

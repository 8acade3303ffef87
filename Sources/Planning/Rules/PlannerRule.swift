import ESUPrograms

/// Rules of the planner itself, beside those that the documents of the programs state.
///
/// Their identifiers start with `PLAN-` and never change their meaning.
public enum PlannerRule: String, Sendable, CaseIterable {
    /// The operating system must be one of the program.
    case programSystem = "PLAN-01"
    /// The service pack, release or build that the program demands.
    case servicingLevel = "PLAN-02"
    /// Operating system, build and edition must be known.
    case knownSystem = "PLAN-03"
    /// An unknown edition word on a member of a domain.
    case unknownEdition = "PLAN-04"
    /// Sources that disagree.
    case newestEvidence = "PLAN-05"
    /// The target row is licensed.
    case licensedRow = "PLAN-06"
    /// Disabled, deleted, superseded.
    case closedAccount = "PLAN-07"
    /// No sign of life for long.
    case inactiveAccount = "PLAN-08"
    /// A stored confirmation id.
    case storedConfirmation = "PLAN-09"
    /// The state of the base license.
    case baseLicense = "PLAN-10"
    /// The order in which computers are served.
    case priority = "PLAN-11"
    /// What a key must be to be used.
    case usableKey = "PLAN-12"
    /// An activation that a recorded plan holds.
    case heldActivation = "PLAN-13"
    /// Consumer enrolment on a machine of an organisation.
    case consumerEnrolment = "PLAN-14"

    /// The rule as the catalog's rules are: identifier, sentence, source.
    public var rule: ESURule { ESURule(id: rawValue, text: text, source: source) }

    private var text: String {
        switch self {
        case .programSystem: "A program covers only the operating systems it was announced for."
        case .servicingLevel: "The machine must have the service pack or release that the program demands."
        case .knownSystem: "Operating system, build and edition must be known well enough to apply the program's rules."
        case .unknownEdition:
            "Where product and build are known, an edition word that is not understood does not exclude a member of "
                + "a domain (a deduction: editions without ESU, such as Home, cannot join a domain)."
        case .newestEvidence:
            "Where the directory and VAMT name different systems, the newer evidence counts; without both dates VAMT, "
                + "which asks the machine itself, unless only the directory knows a build."
        case .licensedRow: "A machine on which the row of the target year is licensed needs nothing more for that year."
        case .closedAccount: "A disabled, deleted or superseded account gets no activation."
        case .inactiveAccount: "An account without a sign of life for longer than the policy allows gets no activation."
        case .storedConfirmation:
            "A confirmation id stored with the row's installation id can be deposited again without spending an activation."
        case .baseLicense: "The base license should be licensed before an add-on is activated; it is never changed."
        case .priority:
            "Lower tiers are served first, as many of each as possible. Of the computers of a tier that may use the same "
                + "keys, those that an earlier plan served come first, then names decide; between computers that may use "
                + "different keys the keys decide, not the names."
        case .usableKey:
            "A key is used only if its range, the export or the policy settles that it is an add-on key of the target."
        case .heldActivation:
            "A recorded plan holds its activations for its computers until they are done, the record expires or is "
                + "released; no other computer gets them, whatever its tier."
        case .consumerEnrolment:
            "The consumer program of Windows 10 excludes machines that are in a domain or under management."
        }
    }

    private var source: String {
        switch self {
        case .programSystem, .servicingLevel:
            "https://learn.microsoft.com/lifecycle/faq/extended-security-updates"
        case .knownSystem: "https://learn.microsoft.com/windows/win32/adschema/a-operatingsystemversion"
        case .unknownEdition:
            "https://github.com/netwrix/pingcastle (PingCastleCommon/Utility/OperatingSystemHelper.cs)"
        case .newestEvidence, .closedAccount, .inactiveAccount:
            "https://learn.microsoft.com/windows/win32/adschema/a-lastlogontimestamp"
        case .licensedRow, .baseLicense:
            "https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct"
        case .storedConfirmation:
            "https://learn.microsoft.com/windows/deployment/volume-activation/local-reactivation-vamt"
        case .priority, .heldActivation: "the policy of the organisation"
        case .consumerEnrolment: "https://github.com/Dano7762/offpatch (docs/RECHERCHE.md)"
        case .usableKey: "https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options"
        }
    }
}

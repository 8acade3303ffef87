import ActivationModel
import ESUPrograms

/// What is done on a computer to give it an ESU add-on, in order.
///
/// Invariant: the base license is never touched. The steps are made here and nowhere else; every step that reaches the
/// licensing service names the activation id of the add-on, and the only key that is installed is one that
/// `KeyJudgement` settled for this add-on. There is no step that removes a key, resets a grace period or activates without an id.
///
/// Sources: without an id, `slmgr /ato` works on the base license and `/upk` removes its key,
/// https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options; the order of the steps is that of
/// https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/windows-client/windows-7-eos-faq/troubleshoot-extended-security-updates-issues.yml
public struct ActivationProcedure: Sendable, Hashable {
    public let route: Route
    public let license: AddOnLicense
    public let steps: [Step]

    /// One step.
    public enum Step: Sendable, Hashable {
        /// Install an update that satisfies what is demanded, or one that replaces it.
        case installUpdate(UpdateInstallation)
        case restart
        /// Restart if Windows waits for one: an unfinished update makes the key or its activation fail.
        case restartIfPending
        /// Note key type, partial key and status of the base license.
        case recordBase
        /// Install the key that the plan assigns to the computer, which is an add-on key of this license.
        case installKey(AddOnLicense)
        /// The add-on's row must be there and hold its key; without it nothing is activated. Where the row is licensed
        /// already, the steps up to `verify` are left out, because asking the servers again may cost an activation.
        case checkRow(ActivationID)
        /// Activate the add-on's row online.
        case activate(ActivationID)
        /// Take the installation id of the add-on's row and have a confirmation id made for it elsewhere.
        case requestConfirmation(ActivationID)
        /// Deposit a confirmation id on the add-on's row.
        case depositConfirmation(ActivationID)
        /// The add-on's row must be licensed now.
        case verify(ActivationID)
        /// Key type, partial key and status of the base license must be as noted.
        case compareBase

        /// The word of JSON documents.
        public var action: String {
            switch self {
            case .installUpdate: "installUpdate"
            case .restart: "restart"
            case .restartIfPending: "restartIfPending"
            case .recordBase: "recordBase"
            case .installKey: "installKey"
            case .checkRow: "checkRow"
            case .activate: "activate"
            case .requestConfirmation: "requestConfirmation"
            case .depositConfirmation: "depositConfirmation"
            case .verify: "verify"
            case .compareBase: "compareBase"
            }
        }

        /// What the step reaches in the licensing service.
        public var reach: Reach {
            switch self {
            case .installUpdate, .restart, .restartIfPending: .nothing
            case .recordBase, .compareBase: .readsBase
            case .installKey(let license): .addOn(license.activationID)
            case .checkRow(let id), .activate(let id), .requestConfirmation(let id), .depositConfirmation(let id),
                .verify(let id):
                .addOn(id)
            }
        }
    }

    /// What a step reaches in the licensing service. There is no case for changing the base license.
    public enum Reach: Sendable, Hashable {
        case nothing
        /// The base license, which is read only.
        case readsBase
        /// The row of this activation id and no other.
        case addOn(ActivationID)
    }

    /// The procedure that installs the assigned key and activates the add-on.
    init(activating license: AddOnLicense, route: Route, preparation: PreparationPath) {
        self.route = route
        self.license = license
        let id = license.activationID
        var steps =
            ActivationProcedure.steps(of: preparation) + [.recordBase, .installKey(license), .checkRow(id)]
        switch route {
        case .online: steps.append(.activate(id))
        // Without a way to the servers the machine's installation id travels instead of its request.
        case .proxy, .phone: steps += [.requestConfirmation(id), .depositConfirmation(id)]
        }
        self.steps = steps + [.verify(id), .compareBase]
    }

    /// The procedure that deposits a stored confirmation id again.
    ///
    /// No key is installed: the confirmation id belongs to the key that is there, and another key would make it worthless,
    /// https://learn.microsoft.com/windows/deployment/volume-activation/local-reactivation-vamt
    init(reapplying license: AddOnLicense, route: Route, preparation: PreparationPath) {
        self.route = route
        self.license = license
        let id = license.activationID
        steps =
            ActivationProcedure.steps(of: preparation)
            + [.recordBase, .checkRow(id), .depositConfirmation(id), .verify(id), .compareBase]
    }

    /// Updates with their restarts; whatever was installed before, no restart is pending afterwards.
    private static func steps(of preparation: PreparationPath) -> [Step] {
        let steps = preparation.installations.flatMap { installation -> [Step] in
            installation.needsRestart ? [.installUpdate(installation), .restart] : [.installUpdate(installation)]
        }
        return steps.last == .restart ? steps : steps + [.restartIfPending]
    }
}

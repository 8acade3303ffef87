import ActivationModel
import ESUPrograms

/// What is done on a computer to give it an ESU add-on, in order.
///
/// Invariant: the base license is never touched. The steps are made here and nowhere else; every step that reaches the
/// licensing service names the activation id of the add-on, and the only key that is installed is one that
/// `KeyJudgement` settled for this add-on. There is no step that removes a key, resets a grace period or activates without an id.
///
/// Sources: without an id, `slmgr /ato` works on the base license and `/upk` removes its key,
/// https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
public struct ActivationProcedure: Sendable, Hashable {
    public let route: Route
    public let license: AddOnLicense
    public let steps: [Step]

    /// One step.
    public enum Step: Sendable, Hashable {
        /// Install the update with that article number, or one that replaces it.
        case installUpdate(kb: Int)
        case restart
        /// Note key type, partial key and status of the base license.
        case recordBase
        /// Install the key that the plan assigns to the computer, which is an add-on key of this license.
        case installKey(AddOnLicense)
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
            case .recordBase: "recordBase"
            case .installKey: "installKey"
            case .activate: "activate"
            case .requestConfirmation: "requestConfirmation"
            case .depositConfirmation: "depositConfirmation"
            case .verify: "verify"
            case .compareBase: "compareBase"
            }
        }
    }

    /// An update to install, and whether a restart must follow.
    struct UpdateStep: Hashable {
        var kb: Int
        var needsRestart: Bool
    }

    /// The procedure that installs the assigned key and activates the add-on.
    init(activating license: AddOnLicense, route: Route, updates: [UpdateStep]) {
        self.route = route
        self.license = license
        let id = license.activationID
        var steps = ActivationProcedure.preparation(updates) + [.recordBase, .installKey(license)]
        switch route {
        case .online: steps.append(.activate(id))
        // Without a way to the servers the machine's installation id travels instead of its request.
        case .proxy, .phone: steps += [.requestConfirmation(id), .depositConfirmation(id)]
        }
        self.steps = steps + [.verify(id), .compareBase]
    }

    /// The procedure that deposits a stored confirmation id again; the key is installed already, as the row has an
    /// installation id.
    init(reapplying license: AddOnLicense, route: Route, updates: [UpdateStep]) {
        self.route = route
        self.license = license
        let id = license.activationID
        steps =
            ActivationProcedure.preparation(updates)
            + [.recordBase, .depositConfirmation(id), .verify(id), .compareBase]
    }

    private static func preparation(_ updates: [UpdateStep]) -> [Step] {
        updates.flatMap { update -> [Step] in
            update.needsRestart ? [.installUpdate(kb: update.kb), .restart] : [.installUpdate(kb: update.kb)]
        }
    }
}

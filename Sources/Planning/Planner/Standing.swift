import ActivationModel
import ESUPrograms

/// Where a computer stands for one target before computers compete for activations.
enum Standing: Sendable, Hashable {
    /// The decision is made.
    case decided(Decision)
    /// A stored confirmation id fits.
    case reapplies
    /// It competes for an activation.
    case competes
}

/// The rows of a computer that matter for one target.
struct TargetRows {
    /// The licensed row of the target year.
    var licensed: Int?
    /// A row of the target year that is not licensed, but holds an installation id with its confirmation id that nothing
    /// speaks against.
    var restorable: Int?
    /// A row whose confirmation id Windows has refused.
    var outdated: Int?

    init(_ computer: Computer, _ fleet: Fleet, activationID: GUID) {
        for position in computer.products.range where fleet.products[position].sku == activationID {
            let product = fleet.products[position]
            if product.status == .licensed {
                licensed = position
                return
            }
            guard !product.installationID.isNone, !product.confirmationID.isNone else { continue }
            if StoredConfirmation.isRefused(lastError: product.lastErrorCode) {
                outdated = position
            } else {
                restorable = position
            }
        }
    }
}

/// Why an account counts as stale.
enum Staleness: Sendable, Hashable {
    case deleted
    case superseded
    case disabled
    /// No sign of life since that day.
    case inactive(since: Day)

    /// The first reason that applies; nil for an account in use, and where nothing is known.
    ///
    /// Complexity: constant.
    init?(_ computer: Computer, rule: StaleRule, asOf: Day) {
        if computer.deleted == .yes {
            self = .deleted
        } else if computer.superseded {
            self = .superseded
        } else if computer.enabled == .no {
            self = .disabled
        } else if let limit = rule.afterDays, let seen = computer.lastSeen?.day, asOf.days(since: seen) > limit {
            self = .inactive(since: seen)
        } else {
            return nil
        }
    }

    var rule: PlannerRule {
        if case .inactive = self { .inactiveAccount } else { .closedAccount }
    }

    var reason: String {
        switch self {
        case .deleted: "the account is deleted"
        case .superseded: "a newer account has the same DNS name"
        case .disabled: "the account is disabled"
        case .inactive(let day): "no logon, password change or creation since \(day)"
        }
    }
}

/// The conditions of a policy in the order of their rules: the first that matches decides.
struct FirstMatch {
    private let profiles: ComputerProfiles

    /// - Parameter conditions: nil stands for "every computer".
    init(_ conditions: [Condition?], fleet: Fleet) {
        profiles = ComputerProfiles(conditions.map { $0 ?? .all([]) }, fleet: fleet)
    }

    /// The position of the first rule from `start` on that takes the computer at a position of the fleet.
    func position(ofComputerAt computer: Int, from start: Int = 0) -> Int? {
        let profile = profiles.profile(at: computer)
        var position = start
        while position < profiles.conditionCount {
            if profiles.holds(position, in: profile) { return position }
            position += 1
        }
        return nil
    }
}

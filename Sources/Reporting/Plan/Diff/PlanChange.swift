import Planning

/// What changed for one computer and one target between two plans.
public struct PlanChange: Sendable, Hashable {
    /// The change that matters most, where several come together.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The computer is in the later plan only.
        case added
        /// The computer is in the earlier plan only.
        case vanished
        /// It gets an activation and got none.
        case gained
        /// It got an activation and gets none.
        case lost
        /// The activation that it was given is done.
        case done
        /// It gets an activation of another key.
        case movedKey
        /// Another decision, with or without an activation in both plans.
        case decision
        /// Another wave or day.
        case rescheduled
        /// Another tier.
        case tier

        /// The change for people.
        var meaning: String {
            switch self {
            case .added: "only in the later plan"
            case .vanished: "only in the earlier plan"
            case .gained: "gets an activation and got none"
            case .lost: "got an activation and gets none"
            case .done: "is activated now, as planned"
            case .movedKey: "gets an activation of another key"
            case .decision: "another decision"
            case .rescheduled: "another wave or day"
            case .tier: "another tier"
            }
        }
    }

    public var kind: Kind
    /// The position in the earlier plan's entries; -1 for an added computer.
    var old: Int32
    /// The position in the later plan's entries; -1 for a vanished computer.
    var new: Int32
    /// A position in `PlanDiff.reasonSets`.
    var reasons: UInt32 = 0
}

/// Why something changed, as far as two plans can tell.
enum ChangeReason: Hashable {
    /// A rule of the later decision that was none of the earlier one.
    case rule(String)
    /// A rule of the earlier decision that does not speak any more.
    case ruleGone(String)
    /// The later plan does not know the key.
    case keyMissing(String)
    /// The later plan may not use the key.
    case keyRefused(String)
    /// What is available of the key.
    case keyCount(String)
    /// Only the later plan can use the key.
    case keyNew(String)
    /// The licenses of the target, or of one of its agreements.
    case licenses(agreement: String?, target: Int)
    /// So many computers of lower tier numbers now get activations of the key.
    case higherTierOnKey(String, tier: Int)
    /// So many computers of lower tier numbers now get licenses of the target.
    case higherTierOnLicenses(target: Int, tier: Int)
    /// The computer's tier.
    case tier(from: Int?, to: Int?)
    /// Nothing in the documents tells.
    case notTold

    /// A stable word for JSON documents.
    var code: String {
        switch self {
        case .rule: "rule"
        case .ruleGone: "ruleGone"
        case .keyMissing: "keyMissing"
        case .keyRefused: "keyRefused"
        case .keyCount: "keyCount"
        case .keyNew: "keyNew"
        case .licenses: "licenses"
        case .higherTierOnKey, .higherTierOnLicenses: "higherTier"
        case .tier: "tier"
        case .notTold: "notTold"
        }
    }
}

/// What a plan says about one computer and one target (program and year).
///
/// Exactly one applies. They are tried in this order: `activated`; `ineligible` or `oem`; `undetermined`; `entitled`;
/// `stale`; what remains competes for activations and ends as `reapply`, `activate`, `prepare`, `unpurchased` or
/// `shortage`.
public enum Decision: UInt8, Sendable, Hashable, CaseIterable {
    /// Receives an activation in this plan; prerequisites are met.
    case activate
    /// An activation is held for it, but prerequisites come first.
    case prepare
    /// A stored confirmation id fits: it is deposited again and no activation is spent.
    case reapply
    /// The target year is already licensed.
    case activated
    /// Covered without a key.
    case entitled
    /// Edition, version or service pack has no ESU, or the machine is not of this program. With `missing: block` in the
    /// policy, a machine whose prerequisites are missing is ineligible too, as one without the service pack is.
    case ineligible
    /// Only the device's manufacturer can supply ESU.
    case oem
    /// Eligible, but the purchase ledger does not cover it, this year or an earlier one.
    case unpurchased
    /// Eligible and purchased, but no usable activation is left for it.
    case shortage
    /// Disabled, deleted or long inactive account.
    case stale
    /// Data needed for a verdict is missing; the reasons name it.
    case undetermined

    /// The word of JSON documents.
    public var token: String {
        switch self {
        case .activate: "activate"
        case .prepare: "prepare"
        case .reapply: "reapply"
        case .activated: "activated"
        case .entitled: "entitled"
        case .ineligible: "ineligible"
        case .oem: "oem"
        case .unpurchased: "unpurchased"
        case .shortage: "shortage"
        case .stale: "stale"
        case .undetermined: "undetermined"
        }
    }

    /// The decision of that word; nil for any other.
    public init?(token: String) {
        guard let decision = Decision.allCases.first(where: { $0.token == token }) else { return nil }
        self = decision
    }

    /// Whether the computer holds an activation of the plan.
    public var usesActivation: Bool { self == .activate || self == .prepare }
}

/// How many computers got which decision.
public struct DecisionCounts: Sendable, Hashable {
    private var counts = [Int](repeating: 0, count: Decision.allCases.count)

    /// Makes counts of nothing.
    public init() {}

    public subscript(decision: Decision) -> Int {
        get { counts[Int(decision.rawValue)] }
        set { counts[Int(decision.rawValue)] = newValue }
    }

    /// The sum over all decisions.
    public var total: Int { counts.reduce(0, +) }

    public static func += (left: inout DecisionCounts, right: DecisionCounts) {
        for decision in Decision.allCases { left[decision] += right[decision] }
    }
}

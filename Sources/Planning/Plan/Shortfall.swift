/// Computers of one tier that may use the same keys, and of which not all were served.
public struct Shortfall: Sendable, Hashable {
    /// The position in `ActivationPlan.targets`.
    public var target: Int
    public var tier: Int
    /// How many got an activation; computers for which a recorded plan held one did not compete and are not counted.
    public var served: Int
    /// How many did not.
    public var unserved: Int
    public var limit: Limit
    /// Keys of which one more activation would serve one more of these computers and nobody less, as positions in
    /// `ActivationPlan.keys`; of keys that are alike the largest.
    public var helpfulKeys: [Int]
    /// Licenses that are used up and stop these computers: `program year N` for those of all agreements, `program year N
    /// without an agreement` for those that are booked on none, else the agreement.
    public var exhaustedLicenses: [String]
    /// The scopes that take the computers, as positions in `ActivationPlan.scopes`.
    var scopes: [Int]

    /// What kept the computers from being served.
    public enum Limit: String, Sendable, Hashable, CaseIterable {
        /// The licenses of the program and year were used up by this and higher tiers (rule LIC-02).
        case licenses
        /// Usable keys have activations, but the licenses of their agreement are used up.
        case agreement
        /// Licenses are left, but no activation of a usable key (rule KEY-04).
        case activations
        /// No key of the inventory may be used by these computers.
        case noKey

        /// Whether more licenses are what is missing.
        public var isLicenses: Bool { self == .licenses || self == .agreement }
    }
}

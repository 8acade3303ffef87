import ActivationModel

/// How many activations of a key a plan may use: the count of the plan's day, less the reserve, less what an earlier plan
/// assigned and no export has shown as done. Which reading counts, `LicenseKey.reading(on:)` says.
public struct KeyCapacity: Sendable, Hashable {
    /// Activations left when last read, or the number that the policy assumes.
    public var remaining: Int
    /// Whether nobody read the number and the policy assumes it.
    public var isAssumed: Bool
    /// When the number was read; nil when unknown.
    public var readAt: Timestamp?
    public var reserved: Int
    public var pending: Int
    /// Activations that a what-if question adds.
    public var extra = 0

    /// What is left when the reserve, recorded plans and, in a what-if question, the extra activations are counted.
    var balance: Int { remaining + extra - reserved - pending }

    /// What the plan may use; never negative.
    public var available: Int { max(0, balance) }

    /// The capacity of a key on a day; nil when no reading knows a number and the policy refuses such keys.
    public init?(of key: LicenseKey, on day: Day, reserve: Reserve?, unknownCounts: UnknownCounts, pending: Int) {
        if let reading = key.reading(on: day), let remaining = reading.remaining {
            self.remaining = remaining
            readAt = reading.readAt
            isAssumed = false
        } else if case .assume(let number) = unknownCounts {
            remaining = number
            isAssumed = true
        } else {
            return nil
        }
        reserved = min(max(0, remaining), max(0, reserve?.activations(of: remaining) ?? 0))
        self.pending = max(0, pending)
    }
}

import ActivationModel

/// How many activations of a key a plan may use: the count of the plan's day, less the reserve, less what an earlier plan
/// assigned and no export has shown as done. Which reading counts, `LicenseKey.reading(on:)` says.
public struct KeyCapacity: Sendable, Hashable {
    /// Activations left when last read, or the number that the policy assumes.
    public var remaining: Int
    /// Whether nobody read the number and the policy assumes it.
    public var isAssumed: Bool

    /// A reading older than this many days is named in a warning (rule KEY-05). VAMT reads a count only when somebody asks
    /// it to, and activations go on meanwhile; a month is our choice.
    public static let oldReadingDays = 30
    /// When the number was read; nil when unknown.
    public var readAt: Timestamp?
    public var pending: Int
    /// Where the number was read; nil when it is assumed.
    public var source: SourceReference?
    /// Activations that a what-if question adds.
    public var extra = 0
    /// What the policy holds back.
    public var reserve: Reserve?

    /// Activations that are held back: a share grows with what a what-if question adds.
    public var reserved: Int {
        let all = max(0, remaining + extra)
        return min(all, max(0, self.reserve?.activations(of: all) ?? 0))
    }

    /// What is left when the reserve, recorded plans and, in a what-if question, the extra activations are counted.
    var balance: Int { remaining + extra - reserved - pending }

    /// What the plan may use; never negative.
    public var available: Int { max(0, balance) }

    /// How many activations must be added so that `more` become available, as the reserve grows and what is missing up to 0
    /// comes on top; nil when no number is enough, because all is held back.
    func extraNeeded(for more: Int) -> Int? {
        func available(adding number: Int) -> Int {
            var copy = self
            copy.extra += number
            return copy.available
        }
        let wanted = self.available + more
        var high = max(1, more)
        while available(adding: high) < wanted {
            guard high < KeyCapacity.largestRequest else { return nil }
            high *= 2
        }
        var low = 0
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if available(adding: middle) < wanted { low = middle } else { high = middle }
        }
        return high
    }

    /// Beyond any number of activations that a key has.
    private static let largestRequest = 1 << 40

    /// The capacity of a key on a day; nil when no reading knows a number and the policy refuses such keys.
    public init?(of key: LicenseKey, on day: Day, reserve: Reserve?, unknownCounts: UnknownCounts, pending: Int) {
        if let reading = key.reading(on: day), let remaining = reading.remaining {
            self.remaining = remaining
            readAt = reading.readAt
            source = reading.source
            isAssumed = false
        } else if case .assume(let number) = unknownCounts {
            remaining = number
            isAssumed = true
        } else {
            return nil
        }
        self.reserve = reserve
        self.pending = max(0, pending)
    }
}

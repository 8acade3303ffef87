import ActivationModel
import ESUPrograms

/// A plan that was recorded. Its activations are held until it ends: until it is released, or its last day is over.
///
/// A computer may not be able to use what is held for it any more: its key is gone, out of scope or used up, or the licenses
/// of the key's agreement are. It then competes, and may get another key. The activation stays held all the same, because it
/// may have been spent without an import showing it yet, and a warning tells so. It is given back when the plan with the
/// other key is recorded, as the newer record replaces the older one for that computer, or when the older one is released.
///
/// What was done by a record stays spent when the record ends, as long as no count contains it.
public struct RecordedPlan: Sendable {
    /// What a plan knew of a key's count.
    public struct Count: Sendable, Hashable {
        /// Nil when the plan assumed a number.
        public var remaining: Int?
        public var readAt: Timestamp?

        /// Makes a count.
        public init(remaining: Int?, readAt: Timestamp?) {
            self.remaining = remaining
            self.readAt = readAt
        }
    }

    /// The number of the record.
    public var id: Int64
    /// The day the plan was made for.
    public var asOf: Day
    /// The counts that the plan went by, per key id.
    public var counts: [String: Count]
    /// The activations that the plan gives to computers, each with a key.
    public var assignments: [PlannedAssignment]
    /// The last day on which the record holds its activations; nil when unknown.
    public var expires: Day?
    /// The first day on which the record held nothing any more; nil while it is in force. What was done by it was done
    /// before.
    public var ended: Day?

    /// Makes a recorded plan.
    public init(
        id: Int64, asOf: Day, counts: [String: Count], assignments: [PlannedAssignment],
        expires: Day? = nil, ended: Day? = nil
    ) {
        self.id = id
        self.asOf = asOf
        self.counts = counts
        self.assignments = assignments
        self.expires = expires
        self.ended = ended
    }
}

/// How far a recorded plan has got.
public struct RecordedProgress: Sendable, Hashable {
    /// Activations that are still held.
    public var pending = 0
    /// Computers that have been seen as activated.
    public var done = 0
    /// Computers for which a newer record of the same target counts instead.
    public var replaced = 0

    /// Makes the progress of a plan of which nothing is known.
    public init() {}
}

import ActivationModel

/// A recorded plan in force, as those who wait for what it holds are told of it.
public struct HoldingRecord: Sendable, Hashable {
    /// The number of the record.
    public var id: Int64
    /// The last day on which it holds its activations; nil when unknown.
    public var expires: Day?

    /// Makes a mention of a record.
    public init(id: Int64, expires: Day? = nil) {
        self.id = id
        self.expires = expires
    }
}

/// Events that differ in nothing but their time, as of a day.
public struct KMSEventGroup: Hashable, Sendable {
    /// The newest event. Where a later one is known that lies behind the day asked for, what belongs to a moment is unknown.
    public var newest: KMSEventRecord
    public var first: Timestamp
    /// How many events there were.
    public var count: Int
    /// How many of them lie in the window that was asked for.
    public var countInWindow: Int
    /// Runs of events with no gap longer than the window, oldest first: first and last event of each.
    public var runs: [ClosedRange<Timestamp>]
    /// Where the newest event was read.
    public var source: SourceReference?

    /// Makes a group.
    public init(
        newest: KMSEventRecord, first: Timestamp, count: Int, countInWindow: Int, runs: [ClosedRange<Timestamp>],
        source: SourceReference?
    ) {
        self.newest = newest
        self.first = first
        self.count = count
        self.countInWindow = countInWindow
        self.runs = runs
        self.source = source
    }
}

/// What an activation id stands for, as far as files have told.
public struct KMSProduct: Hashable, Sendable {
    public var name: String?
    /// Whether it is of Office; nil when nothing tells.
    public var isOffice: Bool?

    /// Makes a product.
    public init(name: String?, isOffice: Bool?) {
        self.name = name
        self.isOffice = isOffice
    }
}

/// A record and where it was read.
public struct Sourced<Record: Hashable & Sendable>: Hashable, Sendable {
    public var record: Record
    public var source: SourceReference?

    /// Pairs the two.
    public init(_ record: Record, source: SourceReference?) {
        self.record = record
        self.source = source
    }
}

/// All that an inventory knows of Key Management Service, as of a day.
public struct KMSRecords: Sendable {
    /// The day; later events are left out.
    public var asOf: Day
    /// The length of the window in days: how long a host counts a client.
    public var windowDays: Int
    /// Ordered by kind, computer and what they have in common.
    public var events: [KMSEventGroup] = []
    /// The newest state of each host, by name: those of Windows, then those of Office.
    public var hosts: [Sourced<KMSHostRecord>] = []
    public var activationObjects: [Sourced<ActivationObjectRecord>] = []
    /// What activation ids stand for.
    public var products: [GUID: KMSProduct] = [:]

    /// Whether nothing is known.
    public var isEmpty: Bool { events.isEmpty && hosts.isEmpty && activationObjects.isEmpty }

    /// Makes records of nothing.
    public init(asOf: Day, windowDays: Int) {
        self.asOf = asOf
        self.windowDays = windowDays
    }
}

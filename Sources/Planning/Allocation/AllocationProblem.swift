/// Who competes for what: classes of like computers, keys and license pools.
///
/// Each computer that is served uses one activation of one usable key and one license of each pool that the key draws
/// on: its own pool, or the overflow of that pool, and all pools above it.
public struct AllocationProblem: Sendable, Hashable {
    /// Computers that are alike in all that matters here.
    public struct DemandClass: Sendable, Hashable {
        /// How many computers.
        public var count: Int
        /// Served before all classes with a higher number.
        public var tier: Int
        /// The pool the class depends on, for telling what the limit was; an index into `pools`. Nil when no pool limits it.
        public var pool: Int?
        /// The keys that the class may use.
        public var options: [Option]

        /// Makes a class.
        public init(count: Int, tier: Int, pool: Int? = nil, options: [Option]) {
            self.count = count
            self.tier = tier
            self.pool = pool
            self.options = options
        }
    }

    /// A key that a class may use.
    public struct Option: Sendable, Hashable {
        /// An index into `keys`; at most one option of a class names the same key.
        public var key: Int
        /// What one activation of this key costs the class, 0 to `maximumCost`; lower is preferred.
        public var cost: Int
        /// How many computers of the class the previous plan gave this key.
        public var previous: Int

        /// Makes an option.
        public init(key: Int, cost: Int = 0, previous: Int = 0) {
            self.key = key
            self.cost = cost
            self.previous = previous
        }
    }

    /// A key's part in the allocation.
    public struct Key: Sendable, Hashable {
        /// Activations that may be used; a negative number counts as 0.
        public var capacity: Int
        /// The pool of the key's licenses; an index into `pools`.
        public var pool: Int?

        /// Makes a key.
        public init(capacity: Int, pool: Int? = nil) {
            self.capacity = capacity
            self.pool = pool
        }
    }

    /// Licenses of a program and year, or of one agreement of it.
    public struct Pool: Sendable, Hashable {
        /// Licenses left; a negative number counts as 0. Nil for unlimited.
        public var capacity: Int?
        /// The pool that contains this one; an index into `pools`, smaller than the pool's own.
        public var parent: Int?
        /// The pool that gives licenses when this one has none left, as often as it can itself; an index into `pools`,
        /// smaller than the pool's own. It has the same parent.
        public var overflow: Int?

        /// Makes a pool.
        public init(capacity: Int?, parent: Int? = nil, overflow: Int? = nil) {
            self.capacity = capacity
            self.parent = parent
            self.overflow = overflow
        }
    }

    public var classes: [DemandClass]
    public var keys: [Key]
    public var pools: [Pool]

    /// The highest preference cost of an option.
    public static let maximumCost = 1_000_000

    /// Makes a problem.
    public init(classes: [DemandClass], keys: [Key], pools: [Pool] = []) {
        self.classes = classes
        self.keys = keys
        self.pools = pools
    }
}

/// Who gets how many activations of which key: the optimum of an `AllocationProblem`.
public struct Allocation: Sendable, Hashable {
    /// Activations of one key for one class.
    public struct Share: Sendable, Hashable {
        /// An index into the problem's keys.
        public var key: Int
        /// More than 0.
        public var count: Int
        /// How many of them are kept from the previous plan.
        public var kept: Int

        /// Makes a share.
        public init(key: Int, count: Int, kept: Int = 0) {
            self.key = key
            self.count = count
            self.kept = kept
        }
    }

    /// Why computers of a class were not served.
    public enum Limit: Sendable, Hashable {
        /// All were served.
        case none
        /// No license was left: in the class's pool, in a pool above it, or in the pools of keys that have activations left.
        case pool
        /// Licenses were left, but no activation of a key that the class may use.
        case keys
    }

    /// Per class: its shares, ordered by key.
    public var shares: [[Share]]
    /// Per class: how many were not served.
    public var unserved: [Int]
    /// Per class: what the limit was.
    public var limits: [Limit]
    /// Per key: how many activations are used.
    public var usedOfKey: [Int]
    /// Per pool: how many of its licenses are used. What a pool takes from its overflow is used of the overflow, and it takes
    /// none while it has licenses of its own.
    public var usedOfPool: [Int]

    /// How many computers are served.
    public var served: Int { usedOfKey.reduce(0, +) }
}

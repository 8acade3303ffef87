extension AllocationProblem {
    /// What more it takes to serve everybody who has a usable key.
    public struct Extension: Sendable, Hashable {
        /// Per key: how many more activations it must have.
        public var activations: [Int]
        /// Per pool: how many more licenses it must hold. A license for an enclosed pool counts in those above it too, so
        /// the number of a pool without a parent is what must be bought in it and the pools inside it.
        public var licenses: [Int]
        /// The classes that no key can serve whatever its capacity, as they have no option; in ascending order.
        public var unservable: [Int]

        /// Makes an extension.
        public init(activations: [Int], licenses: [Int] = [], unservable: [Int] = []) {
            self.activations = activations
            self.licenses = licenses
            self.unservable = unservable
        }

        /// How many more activations it takes, over all keys.
        public var totalActivations: Int { activations.reduce(0, +) }
    }

    /// The smallest extension that serves everybody who has a usable key. It is the smallest in this order:
    ///
    /// 1. As few licenses as possible in all pools together: the number that would do if activations were no limit.
    /// 2. Of all ways to spread these licenses over the pools one with which the fewest activations are missing.
    /// 3. The lowest preference cost.
    ///
    /// More licenses than those of step 1 might save activations, where activations are left on keys whose licenses are used
    /// up; they are not bought for that. Without pools the number of activations is the number of computers with a usable
    /// key that are not served. A previous plan plays no part. A negative capacity counts as 0: what is missing up to 0
    /// comes on top.
    ///
    /// Complexity: like that of solving a problem of twice as many keys and options, up to two times.
    public func smallestExtension() -> Extension {
        let limitless = classes.reduce(0) { $0 + $1.count }
        // Behind each key stands a second one for its extra activations. To use the first is to keep a previous plan, which
        // comes before any preference, so no activation is extra without need.
        var extended = self
        extended.keys += keys.map { Key(capacity: limitless, pool: $0.pool) }
        for index in classes.indices {
            let count = classes[index].count
            extended.classes[index].options = classes[index].options.flatMap { option in
                [
                    Option(key: option.key, cost: option.cost, previous: count),
                    Option(key: keys.count + option.key, cost: option.cost),
                ]
            }
        }

        var licenses = [Int](repeating: 0, count: pools.count)
        var allocation = extended.solve()
        // One license more serves at most one computer more, and in the right pool it does.
        let missing = classes.indices.reduce(0) { $0 + (classes[$1].options.isEmpty ? 0 : allocation.unserved[$1]) }
        if missing > 0 {
            let bought: [Int]
            (allocation, bought) = extended.solve(extraLicenses: missing)
            for (position, count) in bought.enumerated() {
                var pool: Int? = position
                while let enclosing = pool {
                    licenses[enclosing] += count
                    pool = pools[enclosing].parent
                }
            }
        }
        return Extension(
            activations: Array(allocation.usedOfKey[keys.count...]),
            licenses: zip(pools, licenses).map { $0.capacity == nil ? 0 : $1 },
            unservable: classes.indices.filter { classes[$0].options.isEmpty && classes[$0].count > 0 })
    }
}

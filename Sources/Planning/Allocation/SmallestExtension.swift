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

    /// The smallest extension that serves everybody who has a usable key: the fewest licenses that would do if activations
    /// were no limit, and then the fewest activations that do with these licenses.
    ///
    /// Where the choice is free, a class that lacks licenses gets them in the pool of its option with the lowest cost, and
    /// activations are added to options with the lowest cost. Without pools the number of activations is the number of
    /// computers with a usable key that are not served. With pools it can be higher, where licenses are left for one
    /// key and activations for another. A previous plan plays no part. A negative capacity counts as 0: what is missing up
    /// to 0 comes on top.
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
        for (index, demand) in classes.enumerated() where allocation.unserved[index] > 0 {
            guard let option = demand.options.min(by: { ($0.cost, $0.key) < ($1.cost, $1.key) }) else { continue }
            var pool = keys[option.key].pool
            while let enclosing = pool {
                licenses[enclosing] += allocation.unserved[index]
                pool = pools[enclosing].parent
            }
        }
        if licenses.contains(where: { $0 > 0 }) {
            for (pool, more) in licenses.enumerated() {
                extended.pools[pool].capacity = pools[pool].capacity.map { Swift.max(0, $0) + more }
            }
            allocation = extended.solve()
        }
        return Extension(
            activations: Array(allocation.usedOfKey[keys.count...]),
            licenses: zip(pools, licenses).map { $0.capacity == nil ? 0 : $1 },
            unservable: classes.indices.filter { classes[$0].options.isEmpty && classes[$0].count > 0 })
    }
}

extension AllocationProblem {
    /// The optimal allocation.
    ///
    /// It is optimal in this order: as many computers as possible of the first tier, then of the second, and so on,
    /// without ever giving back one of a higher tier; as many activations as possible kept from the previous plan; the
    /// lowest sum of preference costs. The result does not depend on the order of the classes: classes with the same
    /// content are served in the order of their index, and ties between different classes are decided by their content.
    ///
    /// The problem is a flow tier → class → key → pool → enclosing pool. Because a key's licenses come from the key's own
    /// pools, the pools form a tree on the far side of the keys, and the sets of computers that can be served together
    /// are independent sets of a matroid (a gammoid); so serving a lower tier never costs a higher one.
    ///
    /// Complexity: one search over keys and pools per tier and distinct price of a path, plus the logarithm of the number
    /// of classes for each unit of flow that moves.
    ///
    /// - Precondition: indices lie inside their arrays, the parent of a pool has a smaller index than the pool, counts
    ///   and `previous` are not negative, costs lie in 0 to `maximumCost`, no key occurs twice among a class's options.
    public func solve() -> Allocation {
        checkPreconditions()
        let order = canonicalOrder()
        let tiers = Set(order.map { classes[$0].tier }).sorted()
        let keyNodes = keys.count

        // Keeping an activation outweighs any sum of preferences that a path or cycle without repeated keys can collect.
        let highest = classes.reduce(0) { $1.options.reduce($0) { Swift.max($0, $1.cost) } }
        let keeping = 1 + 2 * (2 * keys.count + 2) * highest

        var flow = AllocationFlow(keys: keyNodes, pools: pools.count, tiers: tiers.count)
        var slots = [[(option: Int, kept: Int?, other: Int)]](repeating: [], count: classes.count)
        var members: [Range<Int>] = []
        var current: Int?
        for (rank, index) in order.enumerated() {
            let demand = classes[index]
            if demand.tier != current {
                current = demand.tier
                members.append(rank..<rank)
            }
            members[members.count - 1] = members[members.count - 1].lowerBound..<rank + 1
            // A unit that is kept costs its preference alone, any other the price of not being kept on top.
            var given: [(key: Int, cost: Int, limit: Int)] = []
            for position in demand.options.indices.sorted(by: { demand.options[$0].key < demand.options[$1].key }) {
                let option = demand.options[position]
                let keepable = Swift.min(option.previous, demand.count)
                if keepable > 0 { given.append((option.key, option.cost, keepable)) }
                slots[index].append((position, keepable > 0 ? given.count - 1 : nil, given.count))
                given.append((option.key, keeping + option.cost, demand.count))
            }
            let first = flow.addDemand(tier: members.count - 1, count: demand.count, slots: given)
            for position in slots[index].indices {
                slots[index][position].kept? += first
                slots[index][position].other += first
            }
        }
        let total = classes.reduce(0) { $0 + $1.count }
        let keyEdges = keys.map { key in
            (pool: key.pool.map { keyNodes + $0 }, capacity: Swift.min(total, Swift.max(0, key.capacity)))
        }.enumerated().map { flow.addEdge(from: $0.offset, toPool: $0.element.pool, capacity: $0.element.capacity) }
        let poolEdges = pools.enumerated().map { index, pool in
            flow.addEdge(
                from: keyNodes + index, toPool: pool.parent.map { keyNodes + $0 },
                capacity: Swift.min(total, Swift.max(0, pool.capacity ?? total)))
        }
        for (tier, demands) in members.enumerated() { flow.maximize(tier: tier, demands: demands) }

        let shares = classes.indices.map { index in
            slots[index].compactMap { slot -> Allocation.Share? in
                let kept = slot.kept.map { flow.flow(ofSlot: $0) } ?? 0
                let count = kept + flow.flow(ofSlot: slot.other)
                let key = classes[index].options[slot.option].key
                return count == 0 ? nil : Allocation.Share(key: key, count: count, kept: kept)
            }
        }
        let unserved = classes.indices.map { index in
            shares[index].reduce(classes[index].count) { $0 - $1.count }
        }
        let usedOfKey = keyEdges.map { flow.flow(ofEdge: $0) }
        let usedOfPool = poolEdges.map { flow.flow(ofEdge: $0) }
        return Allocation(
            shares: shares, unserved: unserved,
            limits: limits(unserved: unserved, usedOfKey: usedOfKey, usedOfPool: usedOfPool), usedOfKey: usedOfKey,
            usedOfPool: usedOfPool)
    }

    /// What kept computers of each class from being served: its own pools first, then the pools of keys that have
    /// activations left, else the keys.
    private func limits(unserved: [Int], usedOfKey: [Int], usedOfPool: [Int]) -> [Allocation.Limit] {
        // A parent has a smaller index, so its answer is known first.
        var exhausted: [Bool] = []
        exhausted.reserveCapacity(pools.count)
        for (index, pool) in pools.enumerated() {
            let own = pool.capacity.map { usedOfPool[index] >= $0 } ?? false
            exhausted.append(own || pool.parent.map { exhausted[$0] } ?? false)
        }
        return classes.indices.map { index in
            if unserved[index] == 0 { return .none }
            if let pool = classes[index].pool, exhausted[pool] { return .pool }
            let heldBack = classes[index].options.contains { option in
                let key = keys[option.key]
                guard let pool = key.pool else { return false }
                return usedOfKey[option.key] < key.capacity && exhausted[pool]
            }
            return heldBack ? .pool : .keys
        }
    }

    /// The classes ordered by content alone, so that the same classes in another order give the same plan.
    private func canonicalOrder() -> [Int] {
        // One flat row of numbers per class: comparing them touches no array of arrays.
        var rows: [Int] = []
        var starts: [Int] = [0]
        starts.reserveCapacity(classes.count + 1)
        for demand in classes {
            rows.append(demand.tier)
            rows.append(demand.pool ?? -1)
            for option in demand.options.sorted(by: { $0.key < $1.key }) {
                rows.append(option.key)
                rows.append(option.cost)
                rows.append(option.previous)
            }
            // Shorter rows come first; no key has the number -1.
            rows.append(-1)
            rows.append(demand.count)
            starts.append(rows.count)
        }
        return classes.indices.sorted { left, right in
            var first = starts[left]
            var second = starts[right]
            let end = starts[left + 1]
            let otherEnd = starts[right + 1]
            while first < end, second < otherEnd {
                if rows[first] != rows[second] { return rows[first] < rows[second] }
                first += 1
                second += 1
            }
            return left < right
        }
    }

    private func checkPreconditions() {
        for demand in classes {
            precondition(demand.count >= 0, "the count of a class is negative")
            precondition(demand.pool.map(pools.indices.contains) ?? true, "a class names a pool that does not exist")
            for (position, option) in demand.options.enumerated() {
                precondition(keys.indices.contains(option.key), "an option names a key that does not exist")
                precondition((0...AllocationProblem.maximumCost).contains(option.cost), "a cost is out of range")
                precondition(option.previous >= 0, "a previous count is negative")
                precondition(
                    !demand.options[..<position].contains { $0.key == option.key }, "a class names a key twice")
            }
        }
        precondition(
            keys.allSatisfy { $0.pool.map(pools.indices.contains) ?? true }, "a key names a pool that does not exist")
        for (index, pool) in pools.enumerated() {
            precondition(pool.parent.map { (0..<index).contains($0) } ?? true, "a pool stands before its parent")
        }
    }
}

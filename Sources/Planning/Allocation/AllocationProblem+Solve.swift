extension AllocationProblem {
    /// The optimal allocation.
    ///
    /// It is optimal in this order: as many computers as possible of the first tier, then of the second, and so on,
    /// without ever giving back one of a higher tier; as many activations as possible kept from the previous plan; the
    /// lowest sum of preference costs. The result does not depend on the order of the classes: classes with the same
    /// content are served in the order of their index, and ties between different classes are decided by their content.
    ///
    /// The problem is a flow tier → class → key → pool → enclosing pool, with a second way from a pool to its overflow.
    /// Because a key's licenses come from the key's own pools, the sets of computers that can be served together are
    /// independent sets of a matroid (a gammoid); so serving a lower tier never costs a higher one.
    ///
    /// Complexity: one search over the moves between keys per tier and distinct price of a path, plus the logarithm of the
    /// number of classes for each move of a class. So few distinct costs are fast: with 0 and 1, a hundred thousand
    /// classes and a thousand keys take about half a second, with a thousand distinct costs about two.
    ///
    /// - Precondition: indices lie inside their arrays, parent and overflow of a pool have smaller indices than the pool, an
    ///   overflow has the parent of its pool, counts and `previous` are not negative, costs lie in 0 to `maximumCost`, no
    ///   key occurs twice among a class's options, the square of the number of keys times the highest cost is less than
    ///   10^17.
    public func solve() -> Allocation { solve(extraLicenses: 0).allocation }

    /// The optimal allocation when so many licenses more may be used, each in whichever pool it serves best.
    ///
    /// - Returns: the allocation, whose pools are used by their own licenses alone, and per pool how many of the extra
    ///   licenses are used in it.
    func solve(extraLicenses: Int) -> (allocation: Allocation, extraOfPool: [Int]) {
        let sorted = SortedOptions(self)
        checkPreconditions(sorted)
        let order = canonicalOrder(sorted)

        // Keeping an activation outweighs any sum of preferences that a path or cycle without repeated keys can collect.
        let highest = sorted.options.reduce(0) { Swift.max($0, $1.cost) }
        let moves = 2 * keys.count + 2
        let keeping = 1 + 2 * moves * highest
        precondition(
            !(4 * moves).multipliedReportingOverflow(by: keeping + highest).overflow,
            "there are too many keys for costs as high as these")

        var members: [Range<Int>] = []
        for (rank, index) in order.enumerated() {
            let isNext = rank == 0 || classes[index].tier != classes[order[rank - 1]].tier
            members.append((isNext ? rank : members.removeLast().lowerBound)..<rank + 1)
        }
        let keyNodes = keys.count
        // Behind the pools stand their gates, from which a unit takes a license of the pool or an extra one, and the extra
        // licenses; a problem without extra licenses has none of them.
        let gates = extraLicenses > 0 ? keyNodes + pools.count : keyNodes
        let extraNode = gates + pools.count
        var flow = AllocationFlow(
            keys: keyNodes, pools: extraLicenses > 0 ? 2 * pools.count + 1 : pools.count, tiers: members.count,
            demands: classes.count, slots: sorted.slotCount)
        var firstSlots = [Int](repeating: 0, count: classes.count)
        var given: [AllocationFlow.Offer] = []
        for (tier, ranks) in members.enumerated() {
            for rank in ranks {
                let index = order[rank]
                let count = classes[index].count
                given.removeAll(keepingCapacity: true)
                // A unit that is kept costs its preference alone, any other the price of not being kept on top: an option
                // with a previous plan has two slots.
                for position in sorted.range(of: index) {
                    let option = sorted.options[position]
                    if option.previous > 0 {
                        given.append(
                            .init(key: option.key, cost: option.cost, limit: Swift.min(option.previous, count)))
                    }
                    given.append(.init(key: option.key, cost: keeping + option.cost, limit: count))
                }
                firstSlots[index] = flow.addDemand(tier: tier, count: count, slots: given)
            }
        }
        let total = classes.reduce(0) { $0 + $1.count }
        let keyEdges = keys.map { key in
            (pool: key.pool.map { gates + $0 }, capacity: Swift.min(total, Swift.max(0, key.capacity)))
        }.enumerated().map { flow.addEdge(from: $0.offset, toPool: $0.element.pool, capacity: $0.element.capacity) }
        for (index, pool) in pools.enumerated() {
            let node = keyNodes + index
            _ = flow.addEdge(
                from: node, toPool: pool.parent.map { keyNodes + $0 },
                capacity: Swift.min(total, Swift.max(0, pool.capacity ?? total)))
            if let overflow = pool.overflow {
                _ = flow.addEdge(from: node, toPool: keyNodes + overflow, capacity: total)
            }
        }
        var extraEdges: [Int] = []
        if extraLicenses > 0 {
            extraEdges = pools.indices.map { pool in
                _ = flow.addEdge(from: gates + pool, toPool: keyNodes + pool, capacity: total)
                return flow.addEdge(from: gates + pool, toPool: extraNode, capacity: total)
            }
            _ = flow.addEdge(from: extraNode, toPool: nil, capacity: Swift.min(total, extraLicenses))
        }
        for (tier, demands) in members.enumerated() { flow.maximize(tier: tier, demands: demands) }

        let shares = classes.indices.map { index in
            var shares: [Allocation.Share] = []
            var slot = firstSlots[index]
            for option in sorted.options[sorted.range(of: index)] {
                var kept = 0
                if option.previous > 0 {
                    kept = flow.flow(ofSlot: slot)
                    slot += 1
                }
                let count = kept + flow.flow(ofSlot: slot)
                slot += 1
                if count > 0 { shares.append(Allocation.Share(key: option.key, count: count, kept: kept)) }
            }
            return shares
        }
        let unserved = classes.indices.map { index in
            shares[index].reduce(classes[index].count) { $0 - $1.count }
        }
        let usedOfKey = keyEdges.map { flow.flow(ofEdge: $0) }
        let extraOfPool = extraEdges.map { flow.flow(ofEdge: $0) }
        let usedOfPool = licenses(usedOfKey: usedOfKey, extraOfPool: extraOfPool).used
        let allocation = Allocation(
            shares: shares, unserved: unserved,
            limits: limits(unserved: unserved, usedOfKey: usedOfKey, usedOfPool: usedOfPool), usedOfKey: usedOfKey,
            usedOfPool: usedOfPool)
        return (allocation, extraOfPool)
    }

    /// The licenses of each pool that so many activations of keys use, and what each takes from its overflow.
    ///
    /// The flow may have taken from an overflow what the pool could have given itself. As both have one parent, it does not
    /// matter, but it is told as if a pool's own licenses came first.
    ///
    /// - Parameter extraOfPool: per pool what its keys use of extra licenses, which are no licenses of any pool; may be
    ///   empty.
    func licenses(usedOfKey: [Int], extraOfPool: [Int] = []) -> (used: [Int], overflowing: [Int]) {
        var used = [Int](repeating: 0, count: pools.count)
        var overflowing = used
        for (key, count) in zip(keys, usedOfKey) {
            if let pool = key.pool { used[pool] += count }
        }
        for (pool, count) in extraOfPool.enumerated() { used[pool] -= count }
        // Parent and overflow have smaller indices, so what a pool is asked for is complete when its turn comes.
        for (index, pool) in pools.enumerated().reversed() {
            if let overflow = pool.overflow, let capacity = pool.capacity {
                overflowing[index] = Swift.max(0, used[index] - Swift.max(0, capacity))
                used[index] -= overflowing[index]
                used[overflow] += overflowing[index]
            }
            if let parent = pool.parent { used[parent] += used[index] }
        }
        return (used, overflowing)
    }

    /// What kept computers of each class from being served: its own pools first, then the pools of keys that have
    /// activations left, else the keys.
    private func limits(unserved: [Int], usedOfKey: [Int], usedOfPool: [Int]) -> [Allocation.Limit] {
        // Parent and overflow have smaller indices, so their answers are known first.
        var exhausted: [Bool] = []
        exhausted.reserveCapacity(pools.count)
        for (index, pool) in pools.enumerated() {
            let own =
                pool.capacity.map { usedOfPool[index] >= $0 } ?? false && pool.overflow.map { exhausted[$0] } ?? true
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
    private func canonicalOrder(_ sorted: SortedOptions) -> [Int] {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            let first = classes[left]
            let second = classes[right]
            if first.tier != second.tier { return first.tier < second.tier }
            if first.pool != second.pool { return first.pool ?? -1 < second.pool ?? -1 }
            let options = sorted.range(of: left)
            let others = sorted.range(of: right)
            if options.count != others.count { return options.count < others.count }
            for (position, other) in zip(options, others) {
                let mine = sorted.options[position]
                let theirs = sorted.options[other]
                if mine.key != theirs.key { return mine.key < theirs.key }
                if mine.cost != theirs.cost { return mine.cost < theirs.cost }
                if mine.previous != theirs.previous { return mine.previous < theirs.previous }
            }
            return first.count != second.count ? first.count < second.count : left < right
        }
        return classes.indices.sorted(by: precedes)
    }

    private func checkPreconditions(_ sorted: SortedOptions) {
        for (index, demand) in classes.enumerated() {
            precondition(demand.count >= 0, "the count of a class is negative")
            precondition(demand.pool.map(pools.indices.contains) ?? true, "a class names a pool that does not exist")
            var last = -1
            for option in sorted.options[sorted.range(of: index)] {
                precondition(keys.indices.contains(option.key), "an option names a key that does not exist")
                precondition((0...AllocationProblem.maximumCost).contains(option.cost), "a cost is out of range")
                precondition(option.previous >= 0, "a previous count is negative")
                precondition(option.key != last, "a class names a key twice")
                last = option.key
            }
        }
        precondition(
            keys.allSatisfy { $0.pool.map(pools.indices.contains) ?? true }, "a key names a pool that does not exist")
        for (index, pool) in pools.enumerated() {
            precondition(pool.parent.map { (0..<index).contains($0) } ?? true, "a pool stands before its parent")
            guard let overflow = pool.overflow else { continue }
            precondition((0..<index).contains(overflow), "a pool stands before its overflow")
            precondition(pools[overflow].parent == pool.parent, "a pool and its overflow have different parents")
        }
    }

    /// The options of all classes, those of one class side by side and ordered by key.
    private struct SortedOptions {
        private(set) var options: [Option] = []
        private var starts: [Int] = [0]

        init(_ problem: AllocationProblem) {
            options.reserveCapacity(problem.classes.reduce(0) { $0 + $1.options.count })
            starts.reserveCapacity(problem.classes.count + 1)
            for demand in problem.classes {
                options += demand.options
                let own = starts[starts.count - 1]..<options.count
                if own.count > 1 { options[own].sort { $0.key < $1.key } }
                starts.append(options.count)
            }
        }

        /// How many slots the flow needs: one per option, and one for what a previous plan gave.
        var slotCount: Int { options.reduce(0) { $0 + ($1.previous > 0 ? 2 : 1) } }

        func range(of index: Int) -> Range<Int> { starts[index]..<starts[index + 1] }
    }
}

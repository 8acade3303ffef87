extension Allocation {
    /// What keeps computers from being served: the minimum cut behind an optimal allocation.
    ///
    /// A computer that is not served does not depend on its own keys alone. Another class could move to a third key and
    /// make room, so all keys count that can be reached by such exchanges. The keys and pools among them that are full and
    /// behind which no exchange leads further are the bottleneck.
    ///
    /// ```swift
    /// let allocation = problem.solve()
    /// let bottleneck = problem.bottleneck(of: allocation)
    /// for index in problem.classes.indices {
    ///     guard let cut = bottleneck.cut(ofClass: index) else { continue }
    ///     print("\(allocation.unserved[index]) wait for one of the keys \(cut.helpfulKeys)")
    /// }
    /// ```
    public struct Bottleneck: Sendable {
        /// Keys and pools that are used up, by their indices in the problem, in ascending order.
        public struct Cut: Sendable, Hashable {
            /// Keys without an activation left, behind which no exchange leads further.
            public var keys: [Int]
            /// Pools without a license left, behind which no exchange leads further.
            public var pools: [Int]
            /// The keys of which one more activation serves one more computer, and nobody less.
            ///
            /// A key of the cut is none of them when the licenses behind it are used up as well. A negative capacity counts
            /// as 0: what is missing up to 0 comes on top.
            public var helpfulKeys: [Int]
            /// The pools of which one more license serves one more computer, and nobody less; counted like the keys.
            ///
            /// A license of a pool is one of that pool alone here, not of the pools above it.
            public var helpfulPools: [Int]

            /// Makes a cut.
            public init(
                keys: [Int] = [], pools: [Int] = [], helpfulKeys: [Int] = [], helpfulPools: [Int] = []
            ) {
                self.keys = keys
                self.pools = pools
                self.helpfulKeys = helpfulKeys
                self.helpfulPools = helpfulPools
            }
        }

        /// The bottleneck of all computers that are not served; empty when all are.
        ///
        /// It is a minimum cut: the capacities of its keys and pools, and the computers of the classes that no exchange
        /// reaches, add up to the number served.
        public let all: Cut

        private let graph: ExchangeGraph
        private let unserved: [Int]

        init(_ problem: AllocationProblem, _ allocation: Allocation) {
            let graph = ExchangeGraph(problem, allocation)
            self.graph = graph
            unserved = allocation.unserved
            all = graph.cut { graph.isReached[$0] }
        }

        /// The bottleneck of a class: what its own computers wait for. Nil when all of them are served.
        ///
        /// The cut of a class without options is empty, as no key and no license could help it.
        ///
        /// Complexity: a 64th of the number of keys and pools, times the number of the class's options.
        ///
        /// - Parameter index: An index into the problem's classes.
        public func cut(ofClass index: Int) -> Cut? {
            guard unserved[index] > 0 else { return nil }
            let reach = graph.reach(ofClass: index)
            return graph.cut { reach[$0 / 64] & (1 << UInt64($0 % 64)) != 0 }
        }
    }
}

extension AllocationProblem {
    /// What keeps computers from being served in an optimal allocation of this problem.
    ///
    /// Complexity: linear in the number of options, shares, keys and pools, plus a 64th of the square of the number of keys
    /// and pools.
    ///
    /// - Precondition: the allocation is what `solve()` gives for this problem.
    public func bottleneck(of allocation: Allocation) -> Allocation.Bottleneck {
        precondition(
            allocation.shares.count == classes.count && allocation.usedOfKey.count == keys.count
                && allocation.usedOfPool.count == pools.count, "the allocation is one of another problem")
        return Allocation.Bottleneck(self, allocation)
    }
}

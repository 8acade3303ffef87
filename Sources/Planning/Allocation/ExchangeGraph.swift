/// Where a unit that is not served could go after an allocation: to the keys of its class, from a key to a class that uses
/// it and could move on, from a key or pool with room to the pool behind it, from a pool to its overflow, and from a pool
/// to what draws on it and could leave. This is the residual graph of the flow.
///
/// Nodes are numbered keys, pools, sink, classes. A class that has activations of a key and the key lead to each other, so
/// each component of the graph that matters has a key or a pool in it.
struct ExchangeGraph: Sendable {
    private let problem: AllocationProblem
    private let sink: Int
    /// Per key and pool: whether nothing is left of it.
    private let isFull: [Bool]
    /// Per node: whether the sink can be reached from it.
    private let isOutlet: [Bool]
    /// Per node: whether a class that is not served leads to it.
    let isReached: [Bool]
    /// Per key and pool, the component it belongs to; -1 when no class that is not served leads to it.
    private let component: [Int32]
    /// Per component, a bit for each key and pool that it leads to.
    private let reach: [UInt64]
    private let words: Int

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        self.problem = problem
        let keys = problem.keys.count
        let sink = keys + problem.pools.count
        self.sink = sink
        let full =
            zip(problem.keys, allocation.usedOfKey).map { $1 >= $0.capacity }
            + zip(problem.pools, allocation.usedOfPool).map { $1 >= $0.capacity ?? Int.max }
        isFull = full

        var edges: [DirectedGraph.Edge] = []
        func connect(_ from: Int, _ to: Int) { edges.append(.init(from: Int32(from), to: Int32(to))) }
        for node in 0..<sink {
            let outlet = Self.outlet(of: node, in: problem)
            if !full[node] { connect(node, outlet) }
            let used = node < keys ? allocation.usedOfKey[node] : allocation.usedOfPool[node - keys]
            if used > 0, outlet != sink { connect(outlet, node) }
        }
        let overflowing = problem.licenses(usedOfKey: allocation.usedOfKey).overflowing
        for (index, pool) in problem.pools.enumerated() {
            guard let overflow = pool.overflow else { continue }
            connect(keys + index, keys + overflow)
            if overflowing[index] > 0 { connect(keys + overflow, keys + index) }
        }
        for (index, demand) in problem.classes.enumerated() {
            let node = sink + 1 + index
            for option in demand.options { connect(node, option.key) }
            for share in allocation.shares[index] { connect(share.key, node) }
        }
        let nodes = sink + 1 + problem.classes.count
        let graph = DirectedGraph(nodes: nodes, edges: edges)
        let backward = DirectedGraph(nodes: nodes, edges: edges.map { .init(from: $0.to, to: $0.from) })
        isOutlet = backward.reached(from: CollectionOfOne(sink))
        isReached = graph.reached(
            from: allocation.unserved.indices.filter { allocation.unserved[$0] > 0 }.map { $0 + sink + 1 })
        let isReached = isReached
        let (ofNode, members) = graph.components(from: (0..<sink).filter { isReached[$0] })
        component = Array(ofNode[0..<sink])

        // A component leads to none with a higher number, so the rows are complete in their order.
        let words = (sink + 63) / 64
        self.words = words
        let count = members.last.map { Int(ofNode[$0]) + 1 } ?? 0
        var reach = [UInt64](repeating: 0, count: count * words)
        for node in members {
            let row = Int(ofNode[node]) * words
            if node < sink { reach[row + node / 64] |= 1 << UInt64(node % 64) }
            for target in graph.targets(of: node) where ofNode[Int(target)] != ofNode[node] {
                let other = Int(ofNode[Int(target)]) * words
                for word in 0..<words { reach[row + word] |= reach[other + word] }
            }
        }
        self.reach = reach
    }

    /// The pool that a key or pool draws on, as a node; the sink when there is none.
    private static func outlet(of node: Int, in problem: AllocationProblem) -> Int {
        let keys = problem.keys.count
        let pool = node < keys ? problem.keys[node].pool : problem.pools[node - keys].parent
        return keys + (pool ?? problem.pools.count)
    }

    /// A bit for each key and pool that a class leads to.
    func reach(ofClass index: Int) -> [UInt64] {
        var bits = [UInt64](repeating: 0, count: words)
        for option in problem.classes[index].options {
            let row = Int(component[option.key]) * words
            for word in 0..<words { bits[word] |= reach[row + word] }
        }
        return bits
    }

    /// The full keys and pools at the border of a set of nodes that is closed under exchanges.
    func cut(_ isInside: (Int) -> Bool) -> Allocation.Bottleneck.Cut {
        var cut = Allocation.Bottleneck.Cut()
        let keys = problem.keys.count
        for node in 0..<sink where isFull[node] && isInside(node) {
            let outlet = Self.outlet(of: node, in: problem)
            if outlet != sink, isInside(outlet) { continue }
            if node < keys { cut.keys.append(node) } else { cut.pools.append(node - keys) }
            guard isOutlet[outlet] else { continue }
            if node < keys { cut.helpfulKeys.append(node) } else { cut.helpfulPools.append(node - keys) }
        }
        return cut
    }
}

import Planning

/// An independent solver: a plain flow source → tier → class → key → pool → enclosing pool → sink with one edge for each
/// and one from a pool to its overflow,
/// whose paths are found by Bellman and Ford's search, or breadth first where costs do not matter. It is slow and obvious.
struct ReferenceFlow {
    private struct Edge {
        var to: Int
        var residual: Int
        var cost: Int
    }

    private var edges: [Edge] = []
    private var edgesFrom: [[Int]]
    private let source: Int
    private let sink: Int

    /// What a unit costs that is not kept from the previous plan: more than all preferences together.
    static let unkept = 1_000_000_000

    /// A flow of the problem in which each tier may be served so many computers at most; all when nil.
    init(_ problem: AllocationProblem, tierLimits: [Int: Int]? = nil) {
        let tiers = Set(problem.classes.map(\.tier)).sorted()
        let classes = 1 + tiers.count
        let keys = classes + problem.classes.count
        let pools = keys + problem.keys.count
        source = 0
        sink = pools + problem.pools.count
        edgesFrom = Array(repeating: [], count: sink + 1)
        for (position, tier) in tiers.enumerated() {
            connect(source, 1 + position, tierLimits.map { $0[tier] ?? 0 } ?? Int.max)
        }
        for (index, demand) in problem.classes.enumerated() {
            guard let tier = tiers.firstIndex(of: demand.tier) else { continue }
            connect(1 + tier, classes + index, demand.count)
            for option in demand.options {
                connect(classes + index, keys + option.key, option.previous, cost: option.cost)
                connect(classes + index, keys + option.key, demand.count, cost: Self.unkept + option.cost)
            }
        }
        for (index, key) in problem.keys.enumerated() {
            connect(keys + index, key.pool.map { pools + $0 } ?? sink, max(0, key.capacity))
        }
        for (index, pool) in problem.pools.enumerated() {
            connect(pools + index, pool.parent.map { pools + $0 } ?? sink, max(0, pool.capacity ?? Int.max))
            if let overflow = pool.overflow { connect(pools + index, pools + overflow, Int.max) }
        }
    }

    private mutating func connect(_ from: Int, _ to: Int, _ capacity: Int, cost: Int = 0) {
        guard capacity > 0 else { return }
        edgesFrom[from].append(edges.count)
        edges.append(Edge(to: to, residual: capacity, cost: cost))
        edgesFrom[to].append(edges.count)
        edges.append(Edge(to: from, residual: 0, cost: -cost))
    }

    /// The number of computers that can be served together.
    static func maximum(_ problem: AllocationProblem) -> Int {
        var flow = ReferenceFlow(problem)
        var total = 0
        while let path = flow.shortestPath() { total += flow.push(path).amount }
        return total
    }

    /// The value of the best allocation, to be compared from the left: served per tier, kept, negative cost.
    ///
    /// A tier gets what the maximum grows by when its classes join those of the tiers before it.
    static func bestValue(_ problem: AllocationProblem) -> [Int] {
        let tiers = Set(problem.classes.map(\.tier)).sorted()
        var limits: [Int: Int] = [:]
        var total = 0
        for tier in tiers {
            var part = problem
            part.classes.removeAll { $0.tier > tier }
            let maximum = maximum(part)
            limits[tier] = maximum - total
            total = maximum
        }
        var flow = ReferenceFlow(problem, tierLimits: limits)
        var cost = 0
        var served = 0
        while let path = flow.cheapestPath() {
            let pushed = flow.push(path)
            served += pushed.amount
            cost += pushed.amount * pushed.cost
        }
        precondition(served == total, "the tiers cannot be served together")
        return tiers.map { limits[$0] ?? 0 } + [total - cost / unkept, -(cost % unkept)]
    }

    private mutating func push(_ path: [Int]) -> (amount: Int, cost: Int) {
        let amount = path.reduce(Int.max) { min($0, edges[$1].residual) }
        for edge in path {
            edges[edge].residual -= amount
            // The reverse of an edge without a limit never needs more than the flow on it.
            edges[edge ^ 1].residual += amount
        }
        return (amount, path.reduce(0) { $0 + edges[$1].cost })
    }

    private func shortestPath() -> [Int]? {
        var last = [Int](repeating: -1, count: edgesFrom.count)
        var queue = [source]
        var position = 0
        while position < queue.count, last[sink] < 0 {
            for edge in edgesFrom[queue[position]] where edges[edge].residual > 0 {
                let to = edges[edge].to
                if to == source || last[to] >= 0 { continue }
                last[to] = edge
                queue.append(to)
            }
            position += 1
        }
        return path(last)
    }

    private func cheapestPath() -> [Int]? {
        var distance = [Int](repeating: Int.max, count: edgesFrom.count)
        var last = [Int](repeating: -1, count: edgesFrom.count)
        var isQueued = [Bool](repeating: false, count: edgesFrom.count)
        distance[source] = 0
        var queue = [source]
        var position = 0
        while position < queue.count {
            let node = queue[position]
            position += 1
            isQueued[node] = false
            for edge in edgesFrom[node] where edges[edge].residual > 0 {
                let to = edges[edge].to
                guard distance[node] + edges[edge].cost < distance[to] else { continue }
                distance[to] = distance[node] + edges[edge].cost
                last[to] = edge
                if !isQueued[to] {
                    isQueued[to] = true
                    queue.append(to)
                }
            }
        }
        return path(last)
    }

    private func path(_ last: [Int]) -> [Int]? {
        guard last[sink] >= 0 else { return nil }
        var path: [Int] = []
        var node = sink
        while node != source {
            path.append(last[node])
            node = edges[last[node] ^ 1].to
        }
        return path.reversed()
    }
}

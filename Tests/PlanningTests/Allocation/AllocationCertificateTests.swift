import Planning
import Testing

/// The residual graph of an allocation: what could still be moved, and what moving it costs.
private struct ResidualGraph {
    struct Edge {
        var from: Int
        var to: Int
        /// Activations no longer kept, then preference.
        var lost: Int
        var cost: Int
    }

    var edges: [Edge] = []
    let nodes: Int
    let tiers: [Int]
    let firstTier: Int
    let sink: Int

    init(_ problem: AllocationProblem, _ allocation: Allocation) {
        let classes = problem.classes.count
        let keys = problem.keys.count
        let pools = problem.pools.count
        tiers = Set(problem.classes.map(\.tier)).sorted()
        firstTier = classes + keys + pools
        sink = firstTier + tiers.count
        nodes = sink + 1
        func link(_ from: Int, _ to: Int, forward: Bool, backward: Bool, lost: Int = 0, cost: Int = 0) {
            if forward { edges.append(Edge(from: from, to: to, lost: lost, cost: cost)) }
            if backward { edges.append(Edge(from: to, to: from, lost: -lost, cost: -cost)) }
        }
        for (index, demand) in problem.classes.enumerated() {
            let tier = firstTier + (tiers.firstIndex(of: demand.tier) ?? 0)
            let unserved = allocation.unserved[index]
            link(tier, index, forward: unserved > 0, backward: unserved < demand.count)
            for option in demand.options {
                let used = allocation.shares[index].first { $0.key == option.key }?.count ?? 0
                let kept = min(used, option.previous)
                let key = classes + option.key
                link(
                    index, key, forward: kept < min(option.previous, demand.count), backward: kept > 0, lost: -1,
                    cost: option.cost)
                link(index, key, forward: true, backward: used > kept, cost: option.cost)
            }
        }
        for (index, key) in problem.keys.enumerated() {
            let used = allocation.usedOfKey[index]
            link(
                classes + index, key.pool.map { classes + keys + $0 } ?? sink, forward: used < key.capacity,
                backward: used > 0)
        }
        for (index, pool) in problem.pools.enumerated() {
            let used = allocation.usedOfPool[index]
            link(
                classes + keys + index, pool.parent.map { classes + keys + $0 } ?? sink,
                forward: pool.capacity.map { used < $0 } ?? true, backward: used > 0)
            guard let overflow = pool.overflow else { continue }
            var wanted = problem.keys.indices.reduce(0) {
                $0 + (problem.keys[$1].pool == index ? allocation.usedOfKey[$1] : 0)
            }
            for other in problem.pools.indices where problem.pools[other].parent == index {
                wanted += allocation.usedOfPool[other]
            }
            link(
                classes + keys + index, classes + keys + overflow, forward: true, backward: wanted > used)
        }
    }

    /// Whether some cycle would keep more, or keep as much at a lower cost (Bellman-Ford).
    var hasImprovingCycle: Bool {
        var distance = [(lost: Int, cost: Int)](repeating: (0, 0), count: nodes)
        for _ in 0...nodes {
            var changed = false
            for edge in edges {
                let reached = (distance[edge.from].lost + edge.lost, distance[edge.from].cost + edge.cost)
                if reached < distance[edge.to] {
                    distance[edge.to] = reached
                    changed = true
                }
            }
            if !changed { return false }
        }
        return true
    }

    func reachable(from start: Int) -> Set<Int> {
        var found: Set<Int> = [start]
        var waiting = [start]
        while let node = waiting.popLast() {
            for edge in edges where edge.from == node && found.insert(edge.to).inserted { waiting.append(edge.to) }
        }
        return found
    }
}

@Suite("Proof of an allocation's optimality")
struct AllocationCertificateTests {
    /// Larger than what can be tried out: the proof looks for a way to improve instead.
    private func problem(using generator: inout SeededGenerator) -> AllocationProblem {
        let pools: [AllocationProblem.Pool] = [
            .init(capacity: Int.random(in: 40...150, using: &generator)),
            .init(capacity: Int.random(in: 20...80, using: &generator), parent: 0),
            .init(capacity: nil, parent: 0),
            .init(capacity: Int.random(in: 0...30, using: &generator), parent: 0, overflow: 1),
            .init(capacity: Int.random(in: 0...30, using: &generator), parent: 0, overflow: 1),
        ]
        let keys = (0..<8).map { _ in
            AllocationProblem.Key(
                capacity: Int.random(in: 0...30, using: &generator), pool: Int.random(in: 0...4, using: &generator))
        }
        let classes = (0..<30).map { _ in
            let count = Int.random(in: 0...9, using: &generator)
            return AllocationProblem.DemandClass(
                count: count, tier: Int.random(in: 1...3, using: &generator), pool: 0,
                options: keys.indices.shuffled(using: &generator).prefix(Int.random(in: 0...5, using: &generator)).map {
                    .init(
                        key: $0, cost: Int.random(in: 0...20, using: &generator),
                        previous: Int.random(in: 0...4, using: &generator))
                })
        }
        return AllocationProblem(classes: classes, keys: keys, pools: pools)
    }

    @Test("No unit can be added, moved to a higher tier, kept instead or given a cheaper key")
    func certificate() {
        var generator = SeededGenerator(seed: 11)
        for round in 0..<200 {
            let problem = problem(using: &generator)
            let allocation = problem.solve()
            let graph = ResidualGraph(problem, allocation)
            #expect(!graph.hasImprovingCycle, "round \(round)")
            for (position, tier) in graph.tiers.enumerated() {
                let waits = zip(problem.classes, allocation.unserved).contains { $0.tier == tier && $1 > 0 }
                guard waits else { continue }
                let reached = graph.reachable(from: graph.firstTier + position)
                #expect(!reached.contains(graph.sink), "round \(round)")
                for lower in graph.tiers.indices where lower > position {
                    #expect(!reached.contains(graph.firstTier + lower), "round \(round)")
                }
            }
        }
    }
}

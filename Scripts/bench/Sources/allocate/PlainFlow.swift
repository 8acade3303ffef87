import Planning

/// A plain maximum flow (Dinic) class → key → pool → enclosing pool, without tiers, costs and previous plans: what the
/// allocation is compared with.
struct PlainFlow {
    private struct Edge {
        var to: Int32
        var next: Int32
        var residual: Int
    }

    private var edges: [Edge] = []
    private var first: [Int32]
    private var level: [Int32]
    private let sink: Int32

    init(_ problem: AllocationProblem) {
        let keys = 1 + problem.classes.count
        let pools = keys + problem.keys.count
        sink = Int32(pools + problem.pools.count)
        first = [Int32](repeating: -1, count: Int(sink) + 1)
        level = first
        for (index, demand) in problem.classes.enumerated() {
            connect(0, 1 + index, demand.count)
            for option in demand.options { connect(1 + index, keys + option.key, demand.count) }
        }
        for (index, key) in problem.keys.enumerated() {
            connect(keys + index, key.pool.map { pools + $0 } ?? Int(sink), max(0, key.capacity))
        }
        for (index, pool) in problem.pools.enumerated() {
            connect(pools + index, pool.parent.map { pools + $0 } ?? Int(sink), max(0, pool.capacity ?? Int.max / 2))
            if let overflow = pool.overflow { connect(pools + index, pools + overflow, Int.max / 2) }
        }
    }

    private mutating func connect(_ from: Int, _ to: Int, _ capacity: Int) {
        edges.append(Edge(to: Int32(to), next: first[from], residual: capacity))
        first[from] = Int32(edges.count - 1)
        edges.append(Edge(to: Int32(from), next: first[to], residual: 0))
        first[to] = Int32(edges.count - 1)
    }

    /// The most that can flow. Once.
    mutating func maximum() -> Int {
        var total = 0
        while layer() {
            var current = first
            var path: [Int32] = []
            var node: Int32 = 0
            while true {
                if node == sink {
                    let amount = path.reduce(Int.max) { min($0, edges[Int($1)].residual) }
                    var restart = path.count
                    for (position, edge) in path.enumerated().reversed() {
                        edges[Int(edge)].residual -= amount
                        edges[Int(edge) ^ 1].residual += amount
                        if edges[Int(edge)].residual == 0 { restart = position }
                    }
                    total += amount
                    node = edges[Int(path[restart]) ^ 1].to
                    path.removeSubrange(restart...)
                    continue
                }
                while current[Int(node)] >= 0 {
                    let edge = edges[Int(current[Int(node)])]
                    if edge.residual > 0, level[Int(edge.to)] == level[Int(node)] + 1 { break }
                    current[Int(node)] = edge.next
                }
                if current[Int(node)] >= 0 {
                    path.append(current[Int(node)])
                    node = edges[Int(current[Int(node)])].to
                } else {
                    guard let back = path.popLast() else { break }
                    node = edges[Int(back) ^ 1].to
                    current[Int(node)] = edges[Int(back)].next
                }
            }
        }
        return total
    }

    private mutating func layer() -> Bool {
        for node in level.indices { level[node] = -1 }
        level[0] = 0
        var queue: [Int32] = [0]
        var position = 0
        while position < queue.count, level[Int(sink)] < 0 {
            let node = Int(queue[position])
            position += 1
            var edge = first[node]
            while edge >= 0 {
                let to = Int(edges[Int(edge)].to)
                if edges[Int(edge)].residual > 0, level[to] < 0 {
                    level[to] = level[node] + 1
                    queue.append(Int32(to))
                }
                edge = edges[Int(edge)].next
            }
        }
        return level[Int(sink)] >= 0
    }
}

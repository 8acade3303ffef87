/// A network whose flow is raised from one source after another, each time to the maximum and at the lowest cost.
///
/// Invariant: no residual edge has a negative reduced cost, `cost + potential[from] - potential[to]`, where both ends have
/// been reached by a search; so no residual cycle has a negative cost, and the flow is the cheapest of all flows that
/// leave the sources in the same amounts. An augmenting path never passes the source of its own search, so it never
/// lowers what another source sends.
struct FlowNetwork {
    // Edges stand in pairs: 2n and its reverse 2n + 1.
    private var heads: [Int32] = []
    private var residual: [Int] = []
    private var costs: [Int] = []

    // Edges by the node they leave, in the order in which they were added.
    private var starts: [Int32] = []
    private var leaving: [Int32] = []

    private var potential: [Int]
    private var distance: [Int]
    private var level: [Int32]
    private var next: [Int32]

    private static let unreached = Int.max

    init(nodes: Int) {
        potential = [Int](repeating: 0, count: nodes)
        distance = [Int](repeating: FlowNetwork.unreached, count: nodes)
        level = [Int32](repeating: -1, count: nodes)
        next = [Int32](repeating: 0, count: nodes)
    }

    /// Adds an edge and gives its number. Costs of edges are not negative.
    @discardableResult
    mutating func addEdge(from: Int, to: Int, capacity: Int, cost: Int) -> Int {
        let edge = heads.count
        heads.append(Int32(to))
        heads.append(Int32(from))
        residual.append(capacity)
        residual.append(0)
        costs.append(cost)
        costs.append(-cost)
        return edge
    }

    /// Orders the edges by node; to be called once, after the last edge.
    mutating func finish() {
        starts = [Int32](repeating: 0, count: potential.count + 1)
        for edge in heads.indices { starts[Int(heads[edge ^ 1]) + 1] += 1 }
        for node in potential.indices { starts[node + 1] += starts[node] }
        var filled = starts
        leaving = [Int32](repeating: 0, count: heads.count)
        for edge in heads.indices {
            let node = Int(heads[edge ^ 1])
            leaving[Int(filled[node])] = Int32(edge)
            filled[node] += 1
        }
    }

    /// How much flows through an edge.
    func flow(of edge: Int) -> Int { residual[edge ^ 1] }

    /// Sends as much as possible from a source that nothing has left yet, at the lowest cost.
    mutating func maximize(from source: Int, to sink: Int) {
        preparePotentials(of: source)
        while search(from: source, to: sink) {
            while layer(from: source, to: sink) { augment(from: source, to: sink) }
        }
    }

    /// The nodes behind a new source have no flow yet; their potentials are set so that all their edges have a reduced
    /// cost of at least 0.
    private mutating func preparePotentials(of source: Int) {
        var highest: Int?
        for position in Int(starts[source])..<Int(starts[source + 1]) {
            let node = Int(heads[Int(leaving[position])])
            var needed: Int?
            for inner in Int(starts[node])..<Int(starts[node + 1]) {
                let edge = Int(leaving[inner])
                if residual[edge] == 0 { continue }
                let value = potential[Int(heads[edge])] - costs[edge]
                needed = needed.map { Swift.max($0, value) } ?? value
            }
            potential[node] = needed ?? 0
            highest = highest.map { Swift.max($0, potential[node]) } ?? potential[node]
        }
        potential[source] = highest ?? 0
    }

    /// Dijkstra's search on reduced costs, up to the sink; then potentials are moved so that shortest paths cost 0.
    /// False when the sink cannot be reached.
    private mutating func search(from source: Int, to sink: Int) -> Bool {
        var queue = NodeQueue()
        var touched = [Int32(source)]
        distance[source] = 0
        queue.insert(Int32(source), at: 0)
        var found: Int?
        while let (node, at) = queue.removeNearest() {
            let from = Int(node)
            if at > distance[from] { continue }
            if from == sink {
                found = at
                break
            }
            let base = at + potential[from]
            for position in Int(starts[from])..<Int(starts[from + 1]) {
                let edge = Int(leaving[position])
                if residual[edge] == 0 { continue }
                let to = Int(heads[edge])
                let reached = base + costs[edge] - potential[to]
                // What is not nearer than the sink cannot lie on a shortest path.
                if reached < distance[to], reached < distance[sink] || to == sink {
                    if distance[to] == FlowNetwork.unreached { touched.append(Int32(to)) }
                    distance[to] = reached
                    queue.insert(Int32(to), at: reached)
                }
            }
        }
        for node in touched {
            if let found, distance[Int(node)] < found { potential[Int(node)] += distance[Int(node)] - found }
            distance[Int(node)] = FlowNetwork.unreached
        }
        return found != nil
    }

    /// Numbers the nodes by their hops from the source along edges of reduced cost 0; false when the sink is not among
    /// them.
    private mutating func layer(from source: Int, to sink: Int) -> Bool {
        for node in level.indices { level[node] = -1 }
        level[source] = 0
        next[source] = starts[source]
        var queue = [Int32(source)]
        var position = 0
        while position < queue.count {
            let from = Int(queue[position])
            position += 1
            if level[sink] >= 0, level[from] >= level[sink] { break }
            for place in Int(starts[from])..<Int(starts[from + 1]) {
                let edge = Int(leaving[place])
                let to = Int(heads[edge])
                if residual[edge] > 0, level[to] < 0, costs[edge] + potential[from] == potential[to] {
                    level[to] = level[from] + 1
                    next[to] = starts[to]
                    queue.append(Int32(to))
                }
            }
        }
        return level[sink] >= 0
    }

    /// Fills all shortest layered paths.
    private mutating func augment(from source: Int, to sink: Int) {
        var path: [Int] = []
        var node = source
        while true {
            if node == sink {
                let amount = path.reduce(Int.max) { Swift.min($0, residual[$1]) }
                var cut = path.count
                for (position, edge) in path.enumerated().reversed() {
                    residual[edge] -= amount
                    residual[edge ^ 1] += amount
                    if residual[edge] == 0 { cut = position }
                }
                // Goes on from the first edge that is full now.
                node = Int(heads[path[cut] ^ 1])
                path.removeSubrange(cut...)
                continue
            }
            var advanced = false
            while next[node] < starts[node + 1] {
                let edge = Int(leaving[Int(next[node])])
                let to = Int(heads[edge])
                if residual[edge] > 0, level[to] == level[node] + 1, costs[edge] + potential[node] == potential[to] {
                    path.append(edge)
                    node = to
                    advanced = true
                    break
                }
                next[node] += 1
            }
            if advanced { continue }
            guard let back = path.popLast() else { return }
            node = Int(heads[back ^ 1])
            next[node] += 1
        }
    }
}

/// A binary heap of nodes by distance; of equal distances the lower node comes first.
private struct NodeQueue {
    private var entries: [(at: Int, node: Int32)] = []

    mutating func insert(_ node: Int32, at distance: Int) {
        entries.append((distance, node))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { break }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func removeNearest() -> (node: Int32, at: Int)? {
        guard let nearest = entries.first, let last = entries.popLast() else { return nil }
        if !entries.isEmpty {
            entries[0] = last
            var parent = 0
            while true {
                var smallest = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                    if entries[child] < entries[smallest] { smallest = child }
                }
                if smallest == parent { break }
                entries.swapAt(parent, smallest)
                parent = smallest
            }
        }
        return (nearest.node, nearest.at)
    }
}

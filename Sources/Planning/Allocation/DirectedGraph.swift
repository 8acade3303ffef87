/// A directed graph whose edges lie side by side, ordered by the node they leave; all its searches are linear.
struct DirectedGraph {
    struct Edge {
        var from: Int32
        var to: Int32
    }

    let nodes: Int
    private var starts: [Int]
    private var targets: [Int32]

    init(nodes: Int, edges: [Edge]) {
        self.nodes = nodes
        starts = [Int](repeating: 0, count: nodes + 1)
        for edge in edges { starts[Int(edge.from) + 1] += 1 }
        for node in 0..<nodes { starts[node + 1] += starts[node] }
        targets = [Int32](repeating: 0, count: edges.count)
        var next = starts
        for edge in edges {
            targets[next[Int(edge.from)]] = edge.to
            next[Int(edge.from)] += 1
        }
    }

    func targets(of node: Int) -> ArraySlice<Int32> { targets[starts[node]..<starts[node + 1]] }

    /// The nodes that some of the given ones lead to, these included.
    func reached(from sources: some Sequence<Int>) -> [Bool] {
        var reached = [Bool](repeating: false, count: nodes)
        var waiting: [Int] = []
        for source in sources where !reached[source] {
            reached[source] = true
            waiting.append(source)
        }
        while let node = waiting.popLast() {
            for target in targets(of: node) where !reached[Int(target)] {
                reached[Int(target)] = true
                waiting.append(Int(target))
            }
        }
        return reached
    }

    /// The strongly connected components of the nodes that the given ones lead to: the number of each node's component, -1
    /// for all other nodes, and the nodes ordered by it. An edge between two components leads to the smaller number.
    ///
    /// R. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1 (1972), with a stack of its
    /// own in place of recursion.
    func components(from sources: some Sequence<Int>) -> (ofNode: [Int32], members: [Int]) {
        var component = [Int32](repeating: -1, count: nodes)
        var members: [Int] = []
        var count: Int32 = 0
        var order = [Int](repeating: -1, count: nodes)
        var lowest = order
        var next = starts
        var found = 0
        var open: [Int] = []
        var path: [Int] = []
        func enter(_ node: Int) {
            order[node] = found
            lowest[node] = found
            found += 1
            open.append(node)
            path.append(node)
        }
        for source in sources where order[source] < 0 {
            enter(source)
            while let node = path.last {
                if next[node] < starts[node + 1] {
                    let target = Int(targets[next[node]])
                    next[node] += 1
                    if order[target] < 0 {
                        enter(target)
                    } else if component[target] < 0 {
                        lowest[node] = Swift.min(lowest[node], order[target])
                    }
                    continue
                }
                path.removeLast()
                if let above = path.last { lowest[above] = Swift.min(lowest[above], lowest[node]) }
                guard lowest[node] == order[node] else { continue }
                while let member = open.popLast() {
                    component[member] = count
                    members.append(member)
                    if member == node { break }
                }
                count += 1
            }
        }
        return (component, members)
    }
}

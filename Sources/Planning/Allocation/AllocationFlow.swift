/// The flow of an allocation, raised tier by tier to the maximum and at the lowest cost.
///
/// Only tiers, keys, pools and the sink are nodes. A class is no node but a store of candidates: a unit of the class can
/// enter at one of its slots or move from one slot to another. Between two nodes only the cheapest candidate matters, so
/// the cost of a search depends on the number of keys, not of classes.
///
/// Invariant: no residual edge and no valid candidate has a negative reduced cost,
/// `cost + potential[from] - potential[to]`; so no residual cycle has a negative cost, and the flow is the cheapest of all
/// that serve the same numbers per tier.
///
/// A unit that is served never waits again. It could only make room for another unit of its tier: one of the tier that
/// a path starts from, and shortest paths do not return there; or one of a tier done before. What those units reach is
/// closed, for otherwise one more of them would have been served. So a path that comes in cannot leave, none does, and
/// nothing changes in there any more.
struct AllocationFlow {
    /// A way for units of one class to use one key: `limit` units at `cost` each.
    private struct Slot {
        var demand: Int32
        var key: Int32
        var cost: Int
        var limit: Int
        var used = 0
    }

    /// What a class offers to the flow: `limit` units of a key at `cost` each.
    struct Offer {
        var key: Int
        var cost: Int
        var limit: Int
    }

    private struct Demand {
        var tier: Int32
        var slots: Range<Int32>
        var waiting: Int
    }

    /// A move of one class: from the slot `give` to the slot `take`. A `give` of -1 stands for units that wait.
    private struct Candidate: Comparable {
        var cost: Int
        var give: Int32
        var take: Int32

        static func < (left: Candidate, right: Candidate) -> Bool {
            if left.cost != right.cost { return left.cost < right.cost }
            return left.give != right.give ? left.give < right.give : left.take < right.take
        }
    }

    /// All candidates between two nodes, as a heap. Candidates that have become invalid are dropped when they come to the
    /// top.
    private struct Exchange {
        var from: Int32
        /// The position of its link among those of `from`.
        var position: Int32
        var candidates: [Candidate] = []
    }

    /// What a search needs to know of an exchange, side by side with those of the same node.
    private struct Link {
        var to: Int32
        var exchange: Int32
        /// No valid candidate costs less; `Int.max` when there is none.
        var lowest: Int
    }

    /// An edge with a capacity of its own; edges stand in pairs, 2n and its reverse 2n + 1.
    private struct Edge {
        var to: Int32
        var residual: Int
    }

    private enum Step {
        case move(Candidate)
        case edge(Int)
    }

    private var slots: [Slot] = []
    private var demands: [Demand] = []
    private var exchanges: [Exchange] = []
    private var exchangeOfPair = NodePairTable()
    private var linksFrom: [[Link]]
    /// Whether moves away from a key are offered. A key from which the sink is reached freely needs none.
    private var isOpen: [Bool]
    /// The slots of each key, as ranges of `slotsByKey`; made when the first key is opened.
    private var slotsOfKey: [Range<Int>] = []
    private var slotsByKey: [Int32] = []
    private var edges: [Edge] = []
    private var edgesFrom: [[Int32]]

    private var potential: [Int]
    private var distance: [Int]
    private var level: [Int32]
    private var next: [Int]

    private let firstTier: Int
    private let sink: Int

    /// Makes a flow of 0 over so many keys, pools and tiers. Nodes are numbered keys, pools, tiers, sink. The numbers of
    /// classes and slots to come are for memory only.
    init(keys: Int, pools: Int, tiers: Int, demands: Int, slots: Int) {
        self.demands.reserveCapacity(demands)
        self.slots.reserveCapacity(slots)
        firstTier = keys + pools
        sink = keys + pools + tiers
        isOpen = [Bool](repeating: false, count: keys)
        linksFrom = [[Link]](repeating: [], count: sink + 1)
        edgesFrom = [[Int32]](repeating: [], count: sink + 1)
        potential = [Int](repeating: 0, count: sink + 1)
        distance = [Int](repeating: Int.max, count: sink + 1)
        level = [Int32](repeating: -1, count: sink + 1)
        next = [Int](repeating: 0, count: sink + 1)
    }

    /// Adds an edge towards a pool or, without one, the sink, and gives its number. `from` and `pool` are nodes.
    mutating func addEdge(from: Int, toPool pool: Int?, capacity: Int) -> Int {
        let edge = edges.count
        let to = pool ?? sink
        edges.append(Edge(to: Int32(to), residual: capacity))
        edges.append(Edge(to: Int32(from), residual: 0))
        edgesFrom[from].append(Int32(edge))
        edgesFrom[to].append(Int32(edge + 1))
        return edge
    }

    /// Adds a class with its slots and gives the number of the first of them; they follow each other.
    mutating func addDemand(tier: Int, count: Int, slots given: [Offer]) -> Int {
        let first = slots.count
        for slot in given {
            slots.append(
                Slot(demand: Int32(demands.count), key: Int32(slot.key), cost: slot.cost, limit: slot.limit))
        }
        demands.append(Demand(tier: Int32(tier), slots: Int32(first)..<Int32(slots.count), waiting: count))
        return first
    }

    /// How much flows through an edge.
    func flow(ofEdge edge: Int) -> Int { edges[edge ^ 1].residual }

    /// How many units use a slot.
    func flow(ofSlot slot: Int) -> Int { slots[slot].used }

    /// Serves as many units of a tier as possible, at the lowest cost. Each tier once, all classes added before.
    mutating func maximize(tier: Int, demands members: Range<Int>) {
        for demand in members { offerWaiting(Int32(demand)) }
        let source = firstTier + tier
        // Nothing has left the tier yet: its potential is the lowest that gives no candidate a negative reduced cost.
        var lowest: Int?
        for link in linksFrom[source] {
            guard let best = cheapest(Int(link.exchange)) else { continue }
            let needed = potential[Int(link.to)] - best.cost
            lowest = Swift.max(lowest ?? needed, needed)
        }
        potential[source] = lowest ?? 0
        while search(from: source) {
            while layer(from: source) { augment(from: source) }
        }
    }

    // MARK: Candidates

    private func isValid(_ candidate: Candidate) -> Bool { amount(of: candidate) > 0 }

    /// How many units can move.
    private func amount(of candidate: Candidate) -> Int {
        let slot = slots[Int(candidate.take)]
        let given = candidate.give < 0 ? demands[Int(slot.demand)].waiting : slots[Int(candidate.give)].used
        return Swift.min(slot.limit - slot.used, given)
    }

    /// The cheapest valid candidate of an exchange.
    private mutating func cheapest(_ index: Int) -> Candidate? {
        var isStale = false
        while let top = exchanges[index].candidates.first {
            if isValid(top) {
                if isStale { setLowest(of: index, to: top.cost) }
                return top
            }
            isStale = true
            exchanges[index].candidates.removeSmallest()
        }
        setLowest(of: index, to: Int.max)
        return nil
    }

    private mutating func setLowest(of index: Int, to cost: Int) {
        linksFrom[Int(exchanges[index].from)][Int(exchanges[index].position)].lowest = cost
    }

    private mutating func offer(_ candidate: Candidate, from: Int32, to: Int32) {
        let index = Int(exchangeOfPair.number(of: from, to))
        if index == exchanges.count {
            exchanges.append(Exchange(from: from, position: Int32(linksFrom[Int(from)].count)))
            linksFrom[Int(from)].append(Link(to: to, exchange: Int32(index), lowest: Int.max))
        }
        let position = Int(exchanges[index].position)
        if candidate.cost < linksFrom[Int(from)][position].lowest {
            linksFrom[Int(from)][position].lowest = candidate.cost
        }
        exchanges[index].candidates.insertOrdered(candidate)
    }

    private func tierNode(_ demand: Int32) -> Int32 { Int32(firstTier) + demands[Int(demand)].tier }

    /// Offers what a class waits for.
    private mutating func offerWaiting(_ demand: Int32) {
        guard demands[Int(demand)].waiting > 0 else { return }
        let from = tierNode(demand)
        for take in demands[Int(demand)].slots {
            let slot = slots[Int(take)]
            guard slot.used < slot.limit else { continue }
            offer(Candidate(cost: slot.cost, give: -1, take: take), from: from, to: slot.key)
        }
    }

    /// Sorts the slots by key, in linear time.
    private mutating func groupSlots() {
        var ends = [Int](repeating: 0, count: isOpen.count + 1)
        for slot in slots { ends[Int(slot.key) + 1] += 1 }
        for key in isOpen.indices { ends[key + 1] += ends[key] }
        slotsOfKey = isOpen.indices.map { ends[$0]..<ends[$0 + 1] }
        slotsByKey = [Int32](repeating: 0, count: slots.count)
        for (index, slot) in slots.enumerated() {
            slotsByKey[ends[Int(slot.key)]] = Int32(index)
            ends[Int(slot.key)] += 1
        }
    }

    /// Offers the moves away from a key, from now on.
    private mutating func open(_ key: Int) {
        isOpen[key] = true
        if slotsByKey.isEmpty { groupSlots() }
        for position in slotsOfKey[key] {
            let slot = slotsByKey[position]
            if slots[Int(slot)].used > 0 { offerUnits(of: slot) }
        }
    }

    /// A slot is in use that was not.
    private mutating func offerUnits(of give: Int32) {
        let slot = slots[Int(give)]
        guard isOpen[Int(slot.key)] else { return }
        for take in demands[Int(slot.demand)].slots where slots[Int(take)].key != slot.key {
            let other = slots[Int(take)]
            guard other.used < other.limit else { continue }
            offer(Candidate(cost: other.cost - slot.cost, give: give, take: take), from: slot.key, to: other.key)
        }
    }

    /// A slot is no longer full.
    private mutating func offerRoom(of take: Int32) {
        let slot = slots[Int(take)]
        for give in demands[Int(slot.demand)].slots where slots[Int(give)].key != slot.key {
            let other = slots[Int(give)]
            guard other.used > 0, isOpen[Int(other.key)] else { continue }
            offer(Candidate(cost: slot.cost - other.cost, give: give, take: take), from: other.key, to: slot.key)
        }
        if demands[Int(slot.demand)].waiting > 0 {
            offer(Candidate(cost: slot.cost, give: -1, take: take), from: tierNode(slot.demand), to: slot.key)
        }
    }

    private mutating func apply(_ candidate: Candidate, amount: Int) {
        if candidate.give >= 0 {
            let wasFull = slots[Int(candidate.give)].used == slots[Int(candidate.give)].limit
            slots[Int(candidate.give)].used -= amount
            if wasFull { offerRoom(of: candidate.give) }
        } else {
            demands[Int(slots[Int(candidate.take)].demand)].waiting -= amount
        }
        let wasUnused = slots[Int(candidate.take)].used == 0
        slots[Int(candidate.take)].used += amount
        if wasUnused { offerUnits(of: candidate.take) }
    }

    // MARK: Paths

    /// Dijkstra's search on reduced costs, up to the sink; then potentials are moved so that shortest paths cost 0.
    /// False when the sink cannot be reached.
    private mutating func search(from source: Int) -> Bool {
        var queue = [Candidate(cost: 0, give: Int32(source), take: 0)]
        var touched = [source]
        distance[source] = 0
        var found: Int?
        while let nearest = queue.removeSmallest() {
            let node = Int(nearest.give)
            if nearest.cost > distance[node] { continue }
            if node == sink {
                found = nearest.cost
                break
            }
            let base = nearest.cost + potential[node]
            func reach(_ to: Int, _ reached: Int) {
                // What is not nearer than the sink cannot lie on a shortest path.
                guard reached < distance[to], reached < distance[sink] else { return }
                if distance[to] == Int.max { touched.append(to) }
                distance[to] = reached
                queue.insertOrdered(Candidate(cost: reached, give: Int32(to), take: 0))
            }
            if node < isOpen.count, !isOpen[node] {
                if reachesSinkFreely(from: node) {
                    reach(sink, nearest.cost)
                    continue
                }
                open(node)
            }
            for position in linksFrom[node].indices {
                let link = linksFrom[node][position]
                let to = Int(link.to)
                guard link.lowest != Int.max else { continue }
                let least = base + link.lowest - potential[to]
                guard least < distance[to], least < distance[sink], let best = cheapest(Int(link.exchange)) else {
                    continue
                }
                reach(to, base + best.cost - potential[to])
            }
            for edge in edgesFrom[node] where edges[Int(edge)].residual > 0 {
                let to = Int(edges[Int(edge)].to)
                reach(to, base - potential[to])
            }
        }
        for node in touched {
            if let found, distance[node] < found { potential[node] += distance[node] - found }
            distance[node] = Int.max
        }
        return found != nil
    }

    /// Whether the edges from a node up to the sink have room at a reduced cost of 0, so that nothing is nearer.
    private func reachesSinkFreely(from start: Int) -> Bool {
        var node = start
        while node != sink {
            // Even edges leave a key or a pool towards the sink: one, and a second one to an overflow.
            guard let edge = edgesFrom[node].first(where: { $0 & 1 == 0 && edges[Int($0)].residual > 0 }) else {
                return false
            }
            node = Int(edges[Int(edge)].to)
        }
        return potential[start] == potential[sink]
    }

    /// Numbers the nodes by their hops from the source along moves of reduced cost 0; false when the sink is not among
    /// them.
    private mutating func layer(from source: Int) -> Bool {
        for node in level.indices {
            level[node] = -1
            next[node] = 0
        }
        level[source] = 0
        var queue = [source]
        var position = 0
        while position < queue.count, level[sink] < 0 {
            let node = queue[position]
            position += 1
            func reach(_ to: Int) {
                level[to] = level[node] + 1
                queue.append(to)
            }
            for place in linksFrom[node].indices {
                let to = Int(linksFrom[node][place].to)
                if level[to] < 0, admissible(node, link: place) != nil { reach(to) }
            }
            for edge in edgesFrom[node] {
                let to = Int(edges[Int(edge)].to)
                if level[to] < 0, admissible(node, edge: Int(edge)) { reach(to) }
            }
        }
        return level[sink] >= 0
    }

    /// The cheapest candidate of a link, if its reduced cost is 0.
    private mutating func admissible(_ node: Int, link place: Int) -> Candidate? {
        let link = linksFrom[node][place]
        let price = potential[Int(link.to)] - potential[node]
        guard link.lowest <= price, let best = cheapest(Int(link.exchange)), best.cost == price else { return nil }
        return best
    }

    private func admissible(_ node: Int, edge: Int) -> Bool {
        edges[edge].residual > 0 && potential[node] == potential[Int(edges[edge].to)]
    }

    /// The next step of a layered path from a node, and where it leads.
    private mutating func step(from node: Int) -> (step: Step, to: Int)? {
        while next[node] < linksFrom[node].count {
            let to = Int(linksFrom[node][next[node]].to)
            if level[to] == level[node] + 1, let best = admissible(node, link: next[node]) {
                return (.move(best), to)
            }
            next[node] += 1
        }
        while next[node] < linksFrom[node].count + edgesFrom[node].count {
            let edge = Int(edgesFrom[node][next[node] - linksFrom[node].count])
            let to = Int(edges[edge].to)
            if level[to] == level[node] + 1, admissible(node, edge: edge) { return (.edge(edge), to) }
            next[node] += 1
        }
        return nil
    }

    /// Fills layered paths until none is left.
    private mutating func augment(from source: Int) {
        var path: [(node: Int, step: Step)] = []
        var node = source
        while true {
            if node == sink {
                push(path)
                // Units that moved have changed the candidates, so the next path begins anew; `next` remembers what is
                // exhausted.
                path.removeAll(keepingCapacity: true)
                node = source
                continue
            }
            if let (step, to) = step(from: node) {
                path.append((node, step))
                node = to
                continue
            }
            guard let back = path.popLast() else { return }
            node = back.node
            next[node] += 1
        }
    }

    private mutating func push(_ path: [(node: Int, step: Step)]) {
        var amount = Int.max
        for (_, step) in path {
            switch step {
            case .move(let candidate): amount = Swift.min(amount, self.amount(of: candidate))
            case .edge(let edge): amount = Swift.min(amount, edges[edge].residual)
            }
        }
        for (_, step) in path {
            switch step {
            case .move(let candidate): apply(candidate, amount: amount)
            case .edge(let edge):
                edges[edge].residual -= amount
                edges[edge ^ 1].residual += amount
            }
        }
    }
}

extension Array where Element: Comparable {
    /// Adds an element to an array that is a binary heap with the smallest element first.
    fileprivate mutating func insertOrdered(_ element: Element) {
        append(element)
        var child = count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard self[child] < self[parent] else { break }
            swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the smallest element out of such an array.
    @discardableResult
    fileprivate mutating func removeSmallest() -> Element? {
        guard let smallest = first, let last = popLast() else { return nil }
        if isEmpty { return smallest }
        self[0] = last
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < count, self[left] < self[least] { least = left }
            if left + 1 < count, self[left + 1] < self[least] { least = left + 1 }
            if least == parent { return smallest }
            swapAt(parent, least)
            parent = least
        }
    }
}

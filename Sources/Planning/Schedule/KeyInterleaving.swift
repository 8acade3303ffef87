/// An order in which keys take turns in proportion to how often each is used.
///
///     KeyInterleaving(counts: [4, 2]).sequence  // 0, 0, 1, 0, 0, 1
///
/// Invariant: in every prefix of n turns, a key of c turns out of N differs from its share n·c/N by less than one turn. So a
/// key that is blocked stops only its share of any stretch of days.
///
/// The j-th turn of a key lies in the window from ⌊(j−1)·N/c⌋ to ⌈j·N/c⌉, and of the turns whose window is open the one
/// that closes first is next: the proportionate-progress windows of Baruah, Cohen, Plaxton and Varvel
/// (https://doi.org/10.1007/BF01940883) on one processor, where the earliest deadline is always a valid choice.
struct KeyInterleaving {
    /// The keys in their order, as positions in the counts.
    let sequence: [Int32]

    /// Makes the order.
    ///
    /// - Parameter counts: per key, its turns; not negative.
    /// - Complexity: linear in the turns, times the logarithm of the number of keys.
    init(counts: [Int]) {
        let total = counts.reduce(0, +)
        var opening = [Int32](repeating: -1, count: total)
        var following = [Int32](repeating: -1, count: counts.count)
        var placed = [Int](repeating: 0, count: counts.count)
        for key in counts.indices.reversed() where counts[key] > 0 {
            following[key] = opening[0]
            opening[0] = Int32(key)
        }
        var open = DeadlineQueue()
        var sequence: [Int32] = []
        sequence.reserveCapacity(total)
        for turn in 0..<total {
            var next = opening[turn]
            while next >= 0 {
                let key = Int(next)
                open.insert(deadline: ((placed[key] + 1) * total + counts[key] - 1) / counts[key], key: next)
                next = following[key]
            }
            guard let chosen = open.removeFirst() else { break }
            sequence.append(chosen)
            let key = Int(chosen)
            placed[key] += 1
            guard placed[key] < counts[key] else { continue }
            let opens = max(turn + 1, placed[key] * total / counts[key])
            following[key] = opening[opens]
            opening[opens] = chosen
        }
        self.sequence = sequence
    }
}

/// Keys by deadline, then by number: a binary heap.
private struct DeadlineQueue {
    private var heap: [UInt64] = []

    mutating func insert(deadline: Int, key: Int32) {
        heap.append(UInt64(deadline) << 32 | UInt64(key))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> Int32? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            var parent = 0
            while true {
                var least = parent
                for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                    least = child
                }
                if least == parent { break }
                heap.swapAt(parent, least)
                parent = least
            }
        }
        return Int32(truncatingIfNeeded: first & 0xFFFF_FFFF)
    }
}

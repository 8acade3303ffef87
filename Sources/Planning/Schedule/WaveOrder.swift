/// One computer on which something is done, as the schedule sees it.
struct Visit: Equatable {
    /// The position of its wave; -1 for none.
    var wave: Int32 = -1
    /// From 1, the first to be served.
    var tier: Int32
    /// Whether updates come before its activation.
    var needsUpdates: Bool
    /// The position of its key; -1 when none is used.
    var key: Int32
}

/// The order in which computers are visited: wave by wave; within a wave lower tiers first; within a tier those that are
/// ready before those that need updates first; and among those the keys in turn, each by its share, and for one key the
/// order of names.
struct WaveOrder {
    /// The visits that have a wave, as positions, in their order.
    private(set) var sequence: [Int32] = []

    /// - Parameter visits: in the order of the computers' names.
    /// - Complexity: linear in visits, times the logarithm of the number of keys.
    init(_ visits: [Visit]) {
        let keyCount = Int((visits.lazy.map(\.key).max() ?? -1) + 2)
        var interleaver = Interleaver(keyCount: keyCount)
        let groups = Groups(visits)
        sequence.reserveCapacity(groups.members.count)
        for range in groups.ranges { interleaver.append(groups.members[range], of: visits, to: &sequence) }
    }

    /// Visits of one wave, tier and state of preparation, groups in the order in which they come.
    private struct Groups {
        var members: [Int32]
        var ranges: [Range<Int>] = []

        init(_ visits: [Visit]) {
            var numbers: [UInt64: Int32] = [:]
            var groupOf = [Int32](repeating: -1, count: visits.count)
            var sizes: [Int] = []
            for (position, visit) in visits.enumerated() where visit.wave >= 0 {
                let rank =
                    UInt64(visit.wave) << 33 | UInt64(UInt32(clamping: visit.tier)) << 1 | (visit.needsUpdates ? 1 : 0)
                let group = numbers[rank] ?? Int32(sizes.count)
                if Int(group) == sizes.count {
                    numbers[rank] = group
                    sizes.append(0)
                }
                groupOf[position] = group
                sizes[Int(group)] += 1
            }
            var next = [Int](repeating: 0, count: sizes.count)
            var start = 0
            for (_, group) in numbers.sorted(by: { $0.key < $1.key }) {
                next[Int(group)] = start
                ranges.append(start..<start + sizes[Int(group)])
                start += sizes[Int(group)]
            }
            members = [Int32](repeating: 0, count: start)
            for position in visits.indices where groupOf[position] >= 0 {
                let group = Int(groupOf[position])
                members[next[group]] = Int32(position)
                next[group] += 1
            }
        }
    }

    /// Mixes the keys of one group after the other; its memory is as large as the number of keys, once.
    private struct Interleaver {
        /// Per key and for no key, its position among the keys of the group.
        private var localOf: [Int32]

        init(keyCount: Int) { localOf = [Int32](repeating: -1, count: keyCount) }

        mutating func append(_ members: ArraySlice<Int32>, of visits: [Visit], to sequence: inout [Int32]) {
            var used: [Int] = []
            for member in members {
                let slot = Int(visits[Int(member)].key + 1)
                if localOf[slot] < 0 {
                    localOf[slot] = 0
                    used.append(slot)
                }
            }
            used.sort()
            for (local, slot) in used.enumerated() { localOf[slot] = Int32(local) }
            var counts = [Int](repeating: 0, count: used.count)
            for member in members { counts[Int(localOf[Int(visits[Int(member)].key + 1)])] += 1 }
            var next = [Int](repeating: 0, count: used.count)
            for local in used.indices.dropFirst() { next[local] = next[local - 1] + counts[local - 1] }
            var byKey = [Int32](repeating: 0, count: members.count)
            var end = next
            for member in members {
                let local = Int(localOf[Int(visits[Int(member)].key + 1)])
                byKey[end[local]] = member
                end[local] += 1
            }
            for local in KeyInterleaving(counts: counts).sequence {
                sequence.append(byKey[next[Int(local)]])
                next[Int(local)] += 1
            }
            for slot in used { localOf[slot] = -1 }
        }
    }
}

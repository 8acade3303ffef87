/// Which computers of a class are served, and with which key: the shares of an allocation dealt out.
///
/// In a class come first the computers that keep the key of the earlier plan, then those that had another key, then the
/// rest, each in the order of the fleet. Keys are spent as `KeyUse` says, mixed evenly among the computers.
///
/// Invariant: every share is dealt completely, and no key is dealt more often than it has activations.
struct Deal {
    /// Per competitor: the key, as a position in `KeyChoices.planned`; -1 for none.
    private(set) var keyOf: [Int32]
    /// Per competitor: its class.
    private(set) var classOf: [Int32]
    /// Per key: how often it was dealt.
    private(set) var used: [Int]
    /// How many competitors keep the key of the earlier plan.
    private(set) var kept = 0

    init(_ competition: Competition, keys: KeyChoices, use: KeyUse) {
        keyOf = [Int32](repeating: -1, count: competition.competitors.count)
        classOf = [Int32](repeating: -1, count: competition.competitors.count)
        used = [Int](repeating: 0, count: keys.planned.count)
        /// Per group, the competitors that get any of its keys.
        var waiting = [[Int32]](repeating: [], count: competition.groups.groups.count)
        for (position, demand) in competition.classes.enumerated() {
            for member in demand.members { classOf[Int(member)] = Int32(position) }
            keep(competition.allocation.shares[position], demand, competition)
            let rest = competition.allocation.shares[position].map { $0.count - $0.kept }
            let groups = KeyInterleaving(counts: rest).sequence
            guard !groups.isEmpty else { continue }
            let open = demand.members.filter { keyOf[Int($0)] < 0 }
            let served =
                open.filter { competition.competitors[Int($0)].wasServed }
                + open.filter { !competition.competitors[Int($0)].wasServed }
            for (share, member) in zip(groups, served) {
                waiting[competition.allocation.shares[position][Int(share)].key].append(member)
            }
        }
        for (group, members) in waiting.enumerated() where !members.isEmpty {
            let own = competition.groups.groups[group].keys
            let available = own.map { keys.planned[$0].capacity.available - used[$0] }
            let order = KeyInterleaving(counts: use.shares(of: members.count, available: available)).sequence
            for (key, member) in zip(order, members.sorted()) { give(own[Int(key)], to: member) }
        }
    }

    /// Lets computers keep their keys, as many per group as the allocation says.
    private mutating func keep(_ shares: [Allocation.Share], _ demand: Competition.Class, _ competition: Competition) {
        var left: [Int32: Int] = [:]
        for share in shares where share.kept > 0 { left[Int32(share.key)] = share.kept }
        if left.isEmpty { return }
        for member in demand.members {
            let key = Int(competition.competitors[Int(member)].previousKey)
            guard key >= 0 else { continue }
            let group = competition.groups.groupOf[key]
            guard let more = left[group], more > 0 else { continue }
            give(key, to: member)
            kept += 1
            left[group] = more - 1
        }
    }

    private mutating func give(_ key: Int, to member: Int32) {
        keyOf[Int(member)] = Int32(key)
        used[key] += 1
    }
}

/// How the keys of a group are spent.
public enum KeyUse: String, Sendable, Hashable, CaseIterable {
    /// One key after the other, small rests first, so that large keys stay whole.
    case drain
    /// All keys evenly, in proportion to what is available on them.
    case spread

    /// How many of `count` activations each key gives.
    ///
    /// - Parameter available: per key, in the order in which keys are spent; together at least `count`.
    func shares(of count: Int, available: [Int]) -> [Int] {
        switch self {
        case .drain:
            var left = count
            return available.map { number in
                let taken = min(left, max(0, number))
                left -= taken
                return taken
            }
        case .spread:
            let total = available.reduce(0) { $0 + max(0, $1) }
            guard total > 0 else { return available.map { _ in 0 } }
            // Each key gives its share rounded down; what is left goes to the largest remainders, first keys first.
            var shares = available.map { count * max(0, $0) / total }
            let order = available.indices.sorted { left, right in
                let (first, second) = (
                    count * max(0, available[left]) % total, count * max(0, available[right]) % total
                )
                return first == second ? left < right : first > second
            }
            for key in order.prefix(count - shares.reduce(0, +)) { shares[key] += 1 }
            return shares
        }
    }
}

/// Keys that are alike for the allocation: the same computers may use them, and they activate the same licenses.
///
/// An organisation may own a thousand keys, but they differ in few ways. The allocation decides between groups; which key of
/// its group a computer gets is settled afterwards, in the order in which keys are spent.
///
/// Invariant: every usable key is in exactly one group. A group of several keys can keep every activation of an earlier
/// plan on the very key that gave it; a key that cannot, because more computers had it than it has activations now, stands
/// alone. So keeping a computer in its group is keeping its key, and the optimum over groups is the optimum over keys.
struct KeyGroups {
    struct Group {
        /// Positions in `KeyChoices.planned`, in the order in which they are spent.
        var keys: [Int]
        /// The position of the keys' scope; nil when all computers may use them.
        var scope: Int?
        /// The position of the keys' agreement in `LicensePool.agreements`; nil when they draw on the whole pool only.
        var agreement: Int?
        /// Available activations of all keys.
        var capacity: Int
    }

    private struct Likeness: Hashable {
        var scope: Int?
        var agreement: Int?
        /// -1, or the key itself when it stands alone.
        var key: Int
    }

    private(set) var groups: [Group] = []
    /// Per key of the inventory, its group; -1 for keys of other targets.
    private(set) var groupOf: [Int32]

    /// - Parameters:
    ///   - ranked: the usable keys of the target, in the order in which they are spent.
    ///   - previous: per key, how many competitors an earlier plan gave it to.
    init(_ keys: KeyChoices, ranked: [Int], pool: LicensePool, previous: [Int]) {
        groupOf = [Int32](repeating: -1, count: keys.planned.count)
        var positions: [Likeness: Int] = [:]
        for key in ranked {
            let available = keys.planned[key].capacity.available
            let agreement = pool.agreement(keys.planned[key].agreement)
            let likeness = Likeness(
                scope: keys.scopeOf[key], agreement: agreement, key: previous[key] > available ? key : -1)
            if let group = positions[likeness] {
                groups[group].keys.append(key)
                groups[group].capacity += available
                groupOf[key] = Int32(group)
            } else {
                positions[likeness] = groups.count
                groupOf[key] = Int32(groups.count)
                groups.append(
                    Group(keys: [key], scope: keys.scopeOf[key], agreement: agreement, capacity: available))
            }
        }
    }
}

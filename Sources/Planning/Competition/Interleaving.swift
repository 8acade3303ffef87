/// Mixes several kinds of things evenly, so that every stretch of the sequence holds each kind in proportion.
///
/// A key that the server blocks then stops its share of every day and wave, and never a whole one.
enum Interleaving {
    /// The kinds in mixed order: kind n occurs `counts[n]` times.
    ///
    /// The i-th of n things of a kind is due at (i + ½) / n of the sequence; kinds that are due together stand in their own
    /// order. Complexity: n log n in the sum of the counts.
    static func sequence(_ counts: [Int]) -> [Int32] {
        let kinds = counts.indices.filter { counts[$0] > 0 }
        if kinds.count == 1 { return [Int32](repeating: Int32(kinds[0]), count: counts[kinds[0]]) }
        struct Due {
            var numerator: Int
            var denominator: Int
            var kind: Int32
        }
        var dues: [Due] = []
        dues.reserveCapacity(counts.reduce(0, +))
        for kind in kinds {
            for position in 0..<counts[kind] {
                dues.append(Due(numerator: 2 * position + 1, denominator: counts[kind], kind: Int32(kind)))
            }
        }
        dues.sort { left, right in
            let (first, second) = (left.numerator * right.denominator, right.numerator * left.denominator)
            return first == second ? left.kind < right.kind : first < second
        }
        return dues.map(\.kind)
    }
}

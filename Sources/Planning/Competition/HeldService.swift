import ActivationModel

/// The computers that are served with the activation that a recorded plan holds for them, before anybody competes.
///
/// Each has one key to choose from, and its licenses are those of the key's agreement, then those on no agreement; so serving
/// them one by one, lower tiers first, serves as many as possible of every tier.
///
/// Invariant: no key gives more than its count less the reserve, and no pool more licenses than it has.
struct HeldService {
    /// Per competitor: the key; -1 when nothing is held for it, or what was held is gone.
    private(set) var keyOf: [Int32]
    /// Per key: how many are served.
    private(set) var served: [Int]
    /// Per agreement of the pool: how many are served.
    private(set) var servedOfAgreement: [Int]

    /// How many are served.
    var total: Int { served.reduce(0, +) }

    /// - Parameter held: per key, how many activations recorded plans hold of it for this target.
    init(_ competitors: [Competitor], held: [Int], keys: KeyChoices, pool: LicensePool, fleet: Fleet) {
        keyOf = [Int32](repeating: -1, count: competitors.count)
        served = [Int](repeating: 0, count: keys.planned.count)
        servedOfAgreement = [Int](repeating: 0, count: pool.agreements.count)
        let holders = competitors.indices.filter { competitors[$0].heldKey >= 0 }
        guard !holders.isEmpty else { return }
        let scopes = Set(holders.compactMap { keys.scopeOf[Int(competitors[$0].heldKey)] }).sorted()
        var profileOf = [Int?](repeating: nil, count: keys.scopes.count)
        for (position, scope) in scopes.enumerated() { profileOf[scope] = position }
        let profiles = ComputerProfiles(scopes.map { keys.scopes[$0] }, fleet: fleet)
        let agreementOf = keys.planned.map { pool.agreement($0.agreement) }
        var left = keys.planned.indices.map { max(0, keys.planned[$0].capacity.balance + held[$0]) }
        var licenses = pool.capacity ?? .max
        var licensesOf = pool.agreements.map(\.ownLeft)
        var unassigned = pool.unassignedLeft
        for position in holders.sorted(by: { (competitors[$0].tier, $0) < (competitors[$1].tier, $1) }) {
            let key = Int(competitors[position].heldKey)
            if let scope = keys.scopeOf[key].flatMap({ profileOf[$0] }),
                !profiles.holds(scope, at: Int(competitors[position].computer))
            {
                continue
            }
            guard left[key] > 0, licenses > 0 else { continue }
            if let agreement = agreementOf[key] {
                if licensesOf[agreement] > 0 {
                    licensesOf[agreement] -= 1
                } else if unassigned > 0 {
                    unassigned -= 1
                } else {
                    continue
                }
                servedOfAgreement[agreement] += 1
            }
            left[key] -= 1
            licenses -= 1
            served[key] += 1
            keyOf[position] = Int32(key)
        }
    }
}

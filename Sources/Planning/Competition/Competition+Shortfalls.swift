import ActivationModel
import ESUPrograms

extension Competition {
    /// Why the computers of each class that were not served were not; nil where all were.
    var limits: [Shortfall.Limit?] {
        let licensed = tiersWithLicenses
        return classes.indices.map { position in
            guard allocation.unserved[position] > 0 else { return nil }
            guard licensed.contains(classes[position].tier) else { return .licenses }
            if classes[position].options.isEmpty { return .noKey }
            // A key that has activations left when all is done had them when the class was looked at: then the licenses of
            // its agreement and those on no agreement were used up.
            let heldBack = classes[position].options.contains { group in
                groups.groups[group].agreement != nil
                    && allocation.usedOfKey[group] < groups.groups[group].capacity
            }
            return heldBack ? .agreement : .activations
        }
    }

    /// How a pool of `problem` is called; nil for licenses on no agreement where none were bought.
    private func name(ofPool index: Int, of target: PlanTarget) -> String? {
        if let agreement = pool.agreements.indices.first(where: { Competition.pool(ofAgreement: $0) == index }) {
            return pool.agreements[agreement].name
        }
        if index == Competition.wholePool { return target.target.description }
        return pool.agreements.contains { $0.unassigned > 0 } ? "\(target.target) without an agreement" : nil
    }

    /// The tiers of which licenses were left when they had been served.
    ///
    /// A computer of such a tier that was not served is purchased, yet no activation was left for it, although lower tiers
    /// may use up the licenses afterwards; in the other tiers the license pool was the limit.
    private var tiersWithLicenses: Set<Int32> {
        guard let capacity = problem.pools[Competition.wholePool].capacity else { return Set(classes.map(\.tier)) }
        var served: [Int32: Int] = [:]
        for (position, demand) in classes.enumerated() {
            served[demand.tier, default: 0] += allocation.shares[position].reduce(0) { $0 + $1.count }
        }
        var total = 0
        return Set(
            served.sorted { $0.key < $1.key }.filter {
                total += $0.value
                return total < capacity
            }.map(\.key))
    }

    /// The classes of which not all computers were served, and what would help them.
    func shortfalls(of target: PlanTarget, at index: Int, keys: KeyChoices) -> [Shortfall] {
        guard allocation.unserved.contains(where: { $0 > 0 }) else { return [] }
        let bottleneck = problem.bottleneck(of: allocation)
        let largest = groups.groups.map { group in
            group.keys.max { left, right in
                let (first, second) = (keys.planned[left].capacity.remaining, keys.planned[right].capacity.remaining)
                return first == second ? left > right : first < second
            }
        }
        return limits.enumerated().compactMap { position, limit in
            guard let limit else { return nil }
            let demand = classes[position]
            let unserved = allocation.unserved[position]
            let cut = bottleneck.cut(ofClass: position)
            return Shortfall(
                target: index, tier: Int(demand.tier), served: demand.members.count - unserved, unserved: unserved,
                limit: limit, helpfulKeys: cut?.helpfulKeys.compactMap { largest[$0] }.sorted() ?? [],
                exhaustedLicenses: cut?.pools.compactMap { name(ofPool: $0, of: target) } ?? [],
                scopes: demand.scopes)
        }
    }
}

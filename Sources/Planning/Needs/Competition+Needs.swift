import ActivationModel
import ESUPrograms

extension Competition {
    /// What would serve everybody.
    ///
    /// - Parameter endpoints: licenses that virtual desktops need beyond one per machine, when all are served.
    func needs(_ target: PlanTarget, keys: KeyChoices, policy: Policy, endpoints: Int) -> PlanNeeds {
        let withoutKey = classes.reduce(0) { $0 + ($1.options.isEmpty ? $1.members.count : 0) }
        var needs = PlanNeeds(
            target: target.target, unserved: allocation.unserved.reduce(0, +), orders: [], requests: [],
            withoutKey: withoutKey)
        var wanted = [Int](repeating: 0, count: pool.agreements.count + 1)
        if needs.unserved > withoutKey {
            // What earlier years lack is ordered apart, so only the licenses of the target's own year count here.
            var open = problem
            open.pools[Competition.wholePool].capacity = pool.boughtPerYear.last.map { $0 - committed }
            var missing = open.smallestExtension()
            let overdrawn = max(0, committed - (pool.boughtPerYear.last ?? 0))
            let all =
                missing.licenses[Competition.wholePool] == 0
                ? 0 : missing.licenses[Competition.wholePool] + overdrawn
            var (ofAgreements, taken) = licensesWanted(missing.licenses)
            if taken > 0, let capacity = open.pools[Competition.wholePool].capacity {
                // What is bought for licenses that were taken already makes room in the whole pool.
                open.pools[Competition.wholePool].capacity = capacity + taken
                missing = open.smallestExtension()
                ofAgreements = licensesWanted(missing.licenses).ofAgreements
            }
            wanted = ofAgreements + [max(0, all - ofAgreements.reduce(0, +))]
            if !pool.agreements.isEmpty, wanted.last != 0 || pool.agreements.contains(where: { $0.overdrawn > 0 }) {
                // Licenses on no agreement, bought or set free, let keys of all agreements use activations that they have.
                open.pools = pools(with: wanted)
                missing = open.smallestExtension()
            }
            for (group, count) in missing.activations.enumerated() where count > 0 {
                needs.requests.append(request(count, ofGroup: group, target: target, keys: keys))
            }
            needs.requests.sort { $0.key < $1.key }
        } else if endpoints == 0 {
            return needs
        }
        needs.orders = orders(
            target, wanted: wanted, licenses: competitors.count - withoutKey + committed + endpoints, policy: policy)
        return needs
    }

    /// Licenses that are not competed for: those of activated computers, and what recorded plans hold.
    private var committed: Int { pool.activated + pool.held + pool.used }

    /// Licenses of the target year to order per agreement, and how many of them are for what the agreements took already
    /// beyond their own licenses and those on no agreement.
    private func licensesWanted(_ more: [Int]) -> (ofAgreements: [Int], taken: Int) {
        var overdrawn = pool.overdrawn
        let wanted = pool.agreements.enumerated().map { index, agreement in
            let count = more[Competition.pool(ofAgreement: index)]
            guard count > 0 else { return 0 }
            let taken = min(overdrawn, agreement.overdrawn)
            overdrawn -= taken
            return count + taken
        }
        return (wanted, pool.overdrawn - overdrawn)
    }

    /// The pools of `problem` with licenses of the target year that are bought: per agreement, last those that no agreement
    /// must buy.
    private func pools(with wanted: [Int]) -> [AllocationProblem.Pool] {
        var bought = pool
        for index in bought.agreements.indices {
            let free = wanted[bought.agreements.count]
            bought.agreements[index].buy(
                wanted[index] + (bought.agreements.count == 1 ? free : 0),
                unassigned: bought.agreements.count == 1 ? 0 : free)
        }
        return Competition.pools(
            of: bought, licenses: pool.boughtPerYear.last.map { $0 + wanted.reduce(0, +) - committed })
    }

    /// The orders of all years.
    ///
    /// - Parameter licenses: how many licenses of each year must be there in the end.
    private func orders(_ target: PlanTarget, wanted: [Int], licenses: Int, policy: Policy) -> [LicenseOrder] {
        guard let bought = pool.boughtPerYear.last else { return [] }
        // Licenses that no agreement must buy may come from the only agreement there is.
        let only = pool.agreements.count == 1 ? pool.agreements[0] : nil
        func order(_ year: Int, _ quantity: Int, _ agreement: AgreementPool?, _ reason: LicenseOrder.Reason)
            -> LicenseOrder?
        {
            if quantity <= 0 { return nil }
            let price = policy.prices.first { $0.program == target.program && $0.year == year }
            return LicenseOrder(
                target: ProgramTarget(program: target.program, year: year), quantity: quantity,
                agreement: agreement?.name, channel: agreement?.channel, reason: reason,
                unit: price.flatMap { Money($0.unit, currency: $0.currency) })
        }
        let machines = wanted.enumerated().compactMap { position, quantity in
            order(
                target.year, quantity, position < pool.agreements.count ? pool.agreements[position] : only, .year)
        }
        let afterMachines = bought + machines.reduce(0) { $0 + $1.quantity }
        let forEndpoints = order(target.year, licenses - afterMachines, only, .endpoints)
        let ordered = machines + (forEndpoints.map { [$0] } ?? [])
        // A license of the target's year can be bought only where all earlier years cover it.
        let covered = ordered.isEmpty ? licenses : max(licenses, ordered.reduce(bought) { $0 + $1.quantity })
        let earlier = pool.boughtPerYear.dropLast().enumerated().compactMap { index, quantity in
            order(index + 1, covered - quantity, only, .earlierYear)
        }
        return earlier + ordered
    }

    /// The request for a group of keys goes to the key that needs the fewest, as reserves differ; among these to the largest.
    private func request(_ count: Int, ofGroup group: Int, target: PlanTarget, keys: KeyChoices) -> ActivationRequest {
        let own = groups.groups[group].keys
        func rank(_ key: Int) -> (Int, Int, Int) {
            let capacity = keys.planned[key].capacity
            return (capacity.extraNeeded(for: count) ?? .max, -capacity.remaining, key)
        }
        let key = own.min { rank($0) < rank($1) } ?? own[0]
        let planned = keys.planned[key]
        let agreement = groups.groups[group].agreement.map { pool.agreements[$0] }
        return ActivationRequest(
            key: key, keyID: planned.key.id, partialKey: planned.key.partialKey,
            count: planned.capacity.extraNeeded(for: count) ?? count,
            agreement: agreement?.name ?? planned.agreement, channel: agreement?.channel,
            product: "\(target.title) Extended Security Updates, year \(target.year)",
            remaining: planned.capacity.remaining, bought: agreement?.bought ?? pool.boughtPerYear.last)
    }
}

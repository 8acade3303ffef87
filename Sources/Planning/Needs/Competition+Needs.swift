import ActivationModel
import ESUPrograms

extension Competition {
    /// What would serve everybody.
    func needs(_ target: PlanTarget, keys: KeyChoices, policy: Policy) -> PlanNeeds {
        let withoutKey = classes.reduce(0) { $0 + ($1.options.isEmpty ? $1.members.count : 0) }
        var needs = PlanNeeds(
            target: target.target, unserved: allocation.unserved.reduce(0, +), orders: [], requests: [],
            withoutKey: withoutKey)
        guard needs.unserved > withoutKey else { return needs }
        // What earlier years lack is ordered apart, so only the licenses of the target's own year count here.
        var open = problem
        open.pools[0].capacity = pool.boughtPerYear.last.map { $0 - committed }
        let missing = open.smallestExtension()
        needs.orders = orders(
            target, wanted: licensesWanted(missing.licenses), servable: competitors.count - withoutKey, policy: policy)
        for (group, count) in missing.activations.enumerated() where count > 0 {
            needs.requests.append(request(count, ofGroup: group, target: target, keys: keys))
        }
        needs.requests.sort { $0.key < $1.key }
        return needs
    }

    /// Licenses that are not competed for: those of activated computers, and what recorded plans hold.
    private var committed: Int { pool.activated + pool.held + pool.used }

    /// Licenses of the target year to order: per agreement, last those that no agreement must buy.
    ///
    /// Where more computers are activated than licenses were bought, these licenses are missing as well.
    private func licensesWanted(_ more: [Int]) -> [Int] {
        var wanted = pool.agreements.enumerated().map { index, agreement in
            more[index + 1] == 0
                ? 0 : more[index + 1] + max(0, agreement.activated - agreement.bought - agreement.unassigned)
        }
        guard more[0] > 0 else { return wanted + [0] }
        let overdrawn = max(0, committed - (pool.boughtPerYear.last ?? 0))
        wanted.append(max(0, more[0] + overdrawn - wanted.reduce(0, +)))
        return wanted
    }

    private func orders(_ target: PlanTarget, wanted: [Int], servable: Int, policy: Policy) -> [LicenseOrder] {
        guard !pool.boughtPerYear.isEmpty else { return [] }
        func order(_ year: Int, _ quantity: Int, _ agreement: AgreementPool?) -> LicenseOrder {
            let price = policy.prices.first { $0.program == target.program && $0.year == year }
            return LicenseOrder(
                target: ProgramTarget(program: target.program, year: year), quantity: quantity,
                agreement: agreement?.name, channel: agreement?.channel, isBackYear: year < target.year,
                unit: price.flatMap { Money($0.unit, currency: $0.currency) })
        }
        let needed = servable + committed
        // Licenses that no agreement must buy may come from the only agreement there is.
        let only = pool.agreements.count == 1 ? pool.agreements[0] : nil
        let earlier = pool.boughtPerYear.dropLast().enumerated().compactMap { index, bought in
            bought < needed ? order(index + 1, needed - bought, only) : nil
        }
        let current = wanted.enumerated().compactMap { position, quantity in
            quantity > 0
                ? order(
                    target.year, quantity, position < pool.agreements.count ? pool.agreements[position] : only) : nil
        }
        return earlier + current
    }

    /// The request for a group of keys goes to its largest key.
    private func request(_ count: Int, ofGroup group: Int, target: PlanTarget, keys: KeyChoices) -> ActivationRequest {
        let own = groups.groups[group].keys
        let key =
            own.max { left, right in
                let (first, second) = (keys.planned[left].capacity.remaining, keys.planned[right].capacity.remaining)
                return first == second ? keys.planned[left].key.id > keys.planned[right].key.id : first < second
            } ?? own[0]
        let planned = keys.planned[key]
        let agreement = groups.groups[group].agreement.map { pool.agreements[$0] }
        return ActivationRequest(
            key: key, keyID: planned.key.id, partialKey: planned.key.partialKey, count: count,
            agreement: agreement?.name ?? planned.agreement, channel: agreement?.channel,
            product: "\(target.title) Extended Security Updates, year \(target.year)",
            remaining: planned.capacity.remaining, bought: agreement?.bought ?? pool.boughtPerYear.last)
    }
}

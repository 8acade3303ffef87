import ActivationModel
import ESUPrograms

/// The competition of computers for the activations of one target.
///
/// Computers of one tier that may use the same keys form a class; the allocation decides how many of each class get
/// activations of which group of keys, and `Deal` which computers and which keys these are.
///
/// Invariant: no key gives more than it has available, no agreement and no pool more licenses than it has, and the shares
/// are those of the optimal allocation.
struct Competition {
    let competitors: [Competitor]
    let classes: [Class]
    let groups: KeyGroups
    let problem: AllocationProblem
    let allocation: Allocation
    let pool: LicensePool

    /// Computers that are alike for the allocation.
    struct Class {
        var tier: Int32
        /// The scopes that take its computers, as positions in `KeyChoices.scopes`.
        var scopes: [Int]
        /// Positions in `competitors`, ascending.
        var members: [Int32] = []
        /// Groups of usable keys, ascending.
        var options: [Int] = []
    }

    /// The pool of the program and year in `problem`. All others lie inside it.
    static let wholePool = 0
    /// The licenses that are booked on no agreement.
    static let unassignedPool = 1
    /// The licenses of an agreement, by its position in `LicensePool.agreements`.
    static func pool(ofAgreement agreement: Int) -> Int { agreement + 2 }

    /// What is left of the licenses: of the program and year, on no agreement, and of each agreement.
    static func pools(of pool: LicensePool, licenses: Int?) -> [AllocationProblem.Pool] {
        [
            AllocationProblem.Pool(capacity: licenses),
            AllocationProblem.Pool(capacity: pool.unassignedLeft, parent: wholePool),
        ] + pool.agreements.map { .init(capacity: $0.ownLeft, parent: wholePool, overflow: unassignedPool) }
    }

    /// Per agreement of the pool: how many computers get a key of it.
    var servedOfAgreement: [Int] {
        var served = [Int](repeating: 0, count: pool.agreements.count)
        for (group, used) in zip(groups.groups, allocation.usedOfKey) {
            if let agreement = group.agreement { served[agreement] += used }
        }
        return served
    }

    /// What a key that any computer may use costs more than one that only some may: it is kept for those that have no other.
    private static let costOfOpenKey = 1

    init(_ competitors: [Competitor], keys: KeyChoices, license: AddOnLicense, pool: LicensePool, fleet: Fleet) {
        let ranked = keys.preference(of: keys.planned.indices.filter { keys.planned[$0].key.license == license })
        var previous = [Int](repeating: 0, count: keys.planned.count)
        for competitor in competitors where competitor.previousKey >= 0 { previous[Int(competitor.previousKey)] += 1 }
        let groups = KeyGroups(keys, ranked: ranked, pool: pool, previous: previous)
        let classes = Competition.classify(competitors, groups, keys, fleet)
        self.competitors = competitors
        self.groups = groups
        self.classes = classes
        self.pool = pool
        // What is used already was given to computers for which a recorded plan held it.
        let licenses = pool.capacity.map { max(0, $0 - pool.held - pool.used) }

        problem = AllocationProblem(
            classes: classes.map { demand in
                var kept: [Int: Int] = [:]
                for member in demand.members {
                    let key = competitors[Int(member)].previousKey
                    if key >= 0 { kept[Int(groups.groupOf[Int(key)]), default: 0] += 1 }
                }
                return AllocationProblem.DemandClass(
                    count: demand.members.count, tier: Int(demand.tier), pool: Competition.wholePool,
                    options: demand.options.map {
                        AllocationProblem.Option(
                            key: $0, cost: groups.groups[$0].scope == nil ? Competition.costOfOpenKey : 0,
                            previous: kept[$0] ?? 0)
                    })
            },
            keys: groups.groups.map {
                AllocationProblem.Key(
                    capacity: $0.capacity,
                    pool: $0.agreement.map { Competition.pool(ofAgreement: $0) } ?? Competition.wholePool)
            },
            pools: Competition.pools(of: pool, licenses: licenses))
        allocation = problem.solve()
    }

    /// Groups competitors by tier and by the scopes of keys that take them.
    private static func classify(
        _ competitors: [Competitor], _ groups: KeyGroups, _ keys: KeyChoices, _ fleet: Fleet
    ) -> [Class] {
        struct Kind: Hashable {
            var tier: Int32
            var profile: Int
        }
        let scopes = Set(groups.groups.compactMap(\.scope)).sorted()
        // Computers of one profile are in the same scopes.
        let profiles = ComputerProfiles(scopes.map { keys.scopes[$0] }, fleet: fleet)
        var positions: [Kind: Int] = [:]
        var classes: [Class] = []
        for (member, competitor) in competitors.enumerated() {
            let kind = Kind(tier: competitor.tier, profile: profiles.profile(at: Int(competitor.computer)))
            if let position = positions[kind] {
                classes[position].members.append(Int32(member))
                continue
            }
            positions[kind] = classes.count
            let inScope = profiles.conditions(in: kind.profile).map { scopes[$0] }
            let open = Set(inScope)
            classes.append(
                Class(
                    tier: kind.tier, scopes: inScope, members: [Int32(member)],
                    options: groups.groups.indices.filter { group in
                        groups.groups[group].scope.map { open.contains($0) } ?? true
                    }))
        }
        return classes
    }
}

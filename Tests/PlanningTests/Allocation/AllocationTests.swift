import Planning
import Testing

/// A generator with a fixed seed, so that a failure can be repeated (SplitMix64,
/// https://prng.di.unimi.it/splitmix64.c).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension AllocationProblem {
    /// A small random problem: few classes, keys and nested pools, scarce more often than not.
    static func random(using generator: inout SeededGenerator) -> AllocationProblem {
        var pools = (0..<Int.random(in: 0...4, using: &generator)).map { index in
            Pool(
                capacity: Int.random(in: 0...2, using: &generator) > 0
                    ? Int.random(in: -1...4, using: &generator) : nil,
                parent: index > 0 && Bool.random(using: &generator) ? Int.random(in: 0..<index, using: &generator) : nil
            )
        }
        addOverflows(to: &pools, using: &generator)
        func pool(_ generator: inout SeededGenerator) -> Int? {
            pools.isEmpty || Int.random(in: 0...3, using: &generator) == 0
                ? nil : Int.random(in: pools.indices, using: &generator)
        }
        let keys = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            Key(capacity: Int.random(in: -1...4, using: &generator), pool: pool(&generator))
        }
        let classes = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            DemandClass(
                count: Int.random(in: 0...3, using: &generator), tier: Int.random(in: 1...3, using: &generator),
                pool: pool(&generator),
                options: keys.indices.shuffled(using: &generator).compactMap { key in
                    Int.random(in: 0...2, using: &generator) == 0
                        ? nil
                        : Option(
                            key: key, cost: Int.random(in: 0...3, using: &generator),
                            previous: Int.random(in: 0...2, using: &generator))
                })
        }
        return AllocationProblem(classes: classes, keys: keys, pools: pools)
    }

    /// Lets half of the pools that have an earlier sibling take licenses from one.
    static func addOverflows(to pools: inout [Pool], using generator: inout SeededGenerator) {
        for index in pools.indices where Bool.random(using: &generator) {
            let siblings = (0..<index).filter { pools[$0].parent == pools[index].parent }
            pools[index].overflow = siblings.randomElement(using: &generator)
        }
    }

    /// Per pool: the licenses used of it when so many activations of each key are used and pools take their own licenses
    /// first; nil when they do not suffice.
    func licenses(ofKeys used: [Int]) -> [Int]? {
        var ofPool = [Int](repeating: 0, count: pools.count)
        for (key, count) in zip(keys, used) {
            var pool = key.pool
            while let index = pool {
                ofPool[index] += count
                pool = pools[index].parent
            }
        }
        for (index, pool) in pools.enumerated().reversed() {
            let excess = pool.capacity.map { max(0, ofPool[index] - max(0, $0)) } ?? 0
            guard excess > 0 else { continue }
            guard let overflow = pool.overflow else { return nil }
            ofPool[index] -= excess
            ofPool[overflow] += excess
        }
        return ofPool
    }

    /// The value of an allocation, to be compared from the left: served per tier, kept, negative cost.
    func value(of amounts: [[Int: Int]]) -> [Int] {
        let tiers = Set(classes.map(\.tier)).sorted()
        var kept = 0
        var cost = 0
        var served = [Int](repeating: 0, count: tiers.count)
        for (index, demand) in classes.enumerated() {
            for option in demand.options {
                let count = amounts[index][option.key] ?? 0
                served[tiers.firstIndex(of: demand.tier) ?? 0] += count
                kept += min(count, option.previous)
                cost += count * option.cost
            }
        }
        return served + [kept, -cost]
    }

    /// The best value of all allocations, by trying every one.
    func bestValue() -> [Int] {
        var used = [Int](repeating: 0, count: keys.count)
        var amounts = [[Int: Int]](repeating: [:], count: classes.count)
        var best: [Int] = []
        func attempt(_ index: Int, _ option: Int, _ left: Int) {
            if index == classes.count {
                let value = value(of: amounts)
                if best.isEmpty || best.lexicographicallyPrecedes(value) { best = value }
                return
            }
            if option == classes[index].options.count {
                attempt(index + 1, 0, index + 1 < classes.count ? classes[index + 1].count : 0)
                return
            }
            let key = classes[index].options[option].key
            let before = used[key]
            for count in 0...min(left, max(0, keys[key].capacity) - before) {
                amounts[index][key] = count
                used[key] = before + count
                guard licenses(ofKeys: used) != nil else { break }
                attempt(index, option + 1, left - count)
            }
            amounts[index][key] = 0
            used[key] = before
        }
        attempt(0, 0, classes.first?.count ?? 0)
        return best
    }
}

@Suite("Allocation")
struct AllocationTests {
    typealias Problem = AllocationProblem

    private func amounts(_ allocation: Allocation) -> [[Int: Int]] {
        allocation.shares.map { shares in Dictionary(uniqueKeysWithValues: shares.map { ($0.key, $0.count) }) }
    }

    @Test("It is as good as the best of all allocations, on thousands of small problems")
    func optimal() {
        var generator = SeededGenerator(seed: 2021)
        for round in 0..<4000 {
            let problem = Problem.random(using: &generator)
            let value = problem.value(of: amounts(problem.solve()))
            #expect(value == problem.bestValue(), "round \(round): \(problem)")
        }
    }

    @Test("It never exceeds a key, a pool or a class, and its counts add up")
    func capacities() {
        var generator = SeededGenerator(seed: 7)
        for round in 0..<4000 {
            let problem = Problem.random(using: &generator)
            let allocation = problem.solve()
            var ofKey = [Int](repeating: 0, count: problem.keys.count)
            for (index, shares) in allocation.shares.enumerated() {
                let demand = problem.classes[index]
                #expect(shares.reduce(0) { $0 + $1.count } + allocation.unserved[index] == demand.count)
                #expect(allocation.unserved[index] >= 0)
                #expect(shares.map(\.key) == shares.map(\.key).sorted())
                for share in shares {
                    let option = demand.options.first { $0.key == share.key }
                    #expect(share.count > 0 && option != nil)
                    #expect(share.kept == min(share.count, option?.previous ?? 0))
                    ofKey[share.key] += share.count
                }
                #expect((allocation.limits[index] == .none) == (allocation.unserved[index] == 0), "round \(round)")
            }
            #expect(ofKey == allocation.usedOfKey)
            #expect(problem.licenses(ofKeys: ofKey) == allocation.usedOfPool)
            #expect(zip(ofKey, problem.keys).allSatisfy { $0 <= max(0, $1.capacity) })
        }
    }

    @Test("The order of the classes does not change what classes of the same content get together")
    func order() {
        struct Outcome: Hashable {
            var demand: Problem.DemandClass
            var shares: [Allocation.Share]
        }
        var generator = SeededGenerator(seed: 99)
        for round in 0..<2000 {
            let problem = Problem.random(using: &generator)
            var shuffled = problem
            shuffled.classes.shuffle(using: &generator)
            func outcomes(_ problem: Problem) -> [Outcome: Int] {
                let allocation = problem.solve()
                var found: [Outcome: Int] = [:]
                for (demand, shares) in zip(problem.classes, allocation.shares) {
                    found[Outcome(demand: demand, shares: shares), default: 0] += 1
                }
                return found
            }
            #expect(outcomes(problem) == outcomes(shuffled), "round \(round)")
        }
    }

    @Test("A higher tier keeps its key although a lower tier could use no other")
    func tiers() {
        let problem = Problem(
            classes: [
                .init(count: 2, tier: 2, options: [.init(key: 0)]),
                .init(count: 3, tier: 1, options: [.init(key: 0), .init(key: 1)]),
            ], keys: [.init(capacity: 2), .init(capacity: 2)])
        let allocation = problem.solve()
        #expect(allocation.unserved == [1, 0])
        #expect(allocation.limits == [.keys, .none])
        // The first tier moves to the second key as far as that goes.
        #expect(allocation.shares[1].first { $0.key == 1 }?.count == 2)
    }

    @Test("What the previous plan gave is kept, even at a higher preference cost")
    func kept() {
        let problem = Problem(
            classes: [
                .init(count: 3, tier: 1, options: [.init(key: 0, cost: 9, previous: 2), .init(key: 1, cost: 0)])
            ],
            keys: [.init(capacity: 3), .init(capacity: 3)])
        #expect(
            problem.solve().shares[0] == [.init(key: 0, count: 2, kept: 2), .init(key: 1, count: 1, kept: 0)])
    }

    @Test(
        "Whether licenses or activations were the limit is told",
        arguments: [
            (licenses: 3, activations: 9, expected: Allocation.Limit.pool), (9, 3, .keys), (3, 3, .pool), (0, 0, .pool),
            (-2, 5, .pool), (5, 5, .none),
        ])
    func limits(licenses: Int, activations: Int, expected: Allocation.Limit) {
        let problem = Problem(
            classes: [.init(count: 5, tier: 1, pool: 0, options: [.init(key: 0)])],
            keys: [.init(capacity: activations, pool: 0)], pools: [.init(capacity: licenses)])
        #expect(problem.solve().limits == [expected])
    }

    @Test("Without a usable key the keys are the limit while licenses are left, and the pool afterwards")
    func noKey() {
        func problem(_ licenses: Int) -> Problem {
            Problem(
                classes: [
                    .init(count: 2, tier: 1, pool: 0, options: [.init(key: 0)]),
                    .init(count: 1, tier: 2, pool: 0, options: []),
                ], keys: [.init(capacity: 5, pool: 0)], pools: [.init(capacity: licenses)])
        }
        #expect(problem(3).solve().limits == [.none, .keys])
        #expect(problem(2).solve().limits == [.none, .pool])
    }

    @Test("An agreement's licenses bound its keys inside the licenses of the program")
    func agreements() {
        let problem = Problem(
            classes: [.init(count: 10, tier: 1, pool: 0, options: [.init(key: 0), .init(key: 1)])],
            keys: [.init(capacity: 9, pool: 1), .init(capacity: 9, pool: 2)],
            pools: [.init(capacity: 7), .init(capacity: 4, parent: 0), .init(capacity: 2, parent: 0)])
        let allocation = problem.solve()
        #expect(allocation.usedOfPool == [6, 4, 2])
        #expect(allocation.unserved == [4])
        #expect(allocation.limits == [.pool])
    }

    @Test("Pools that share an overflow use it once, together")
    func overflow() {
        let problem = Problem(
            classes: (0..<3).map { .init(count: 5, tier: 1, pool: 0, options: [.init(key: $0)]) },
            keys: (0..<3).map { .init(capacity: 5, pool: 2 + $0) },
            pools: [.init(capacity: 20), .init(capacity: 2, parent: 0)]
                + [4, 3, 9].map { .init(capacity: $0, parent: 0, overflow: 1) })
        let allocation = problem.solve()
        #expect(allocation.usedOfPool == [14, 2, 4, 3, 5])
        #expect(allocation.unserved.reduce(0, +) == 1)
        #expect(allocation.unserved[2] == 0)
        #expect(allocation.limits.contains(.pool))
        // A license of the third pool helps nobody: its computers are served.
        #expect(problem.bottleneck(of: allocation).all.helpfulPools == [1, 2, 3])
    }

    @Test("An empty problem has an empty allocation")
    func empty() {
        #expect(Problem(classes: [], keys: []).solve().served == 0)
        #expect(Problem(classes: [.init(count: 0, tier: 1, options: [])], keys: []).solve().limits == [.none])
    }
}

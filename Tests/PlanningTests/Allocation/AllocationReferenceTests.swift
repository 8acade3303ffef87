import Planning
import Testing

extension AllocationProblem {
    /// A random problem that is too large to try every allocation: 20 to 60 classes, 10 to 30 keys, pools inside pools.
    static func large(_ seed: UInt64, isScarce: Bool) -> AllocationProblem {
        var generator = SeededGenerator(seed: seed)
        func random(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        var pools = (0..<random(0...6)).map { index in
            AllocationProblem.Pool(
                capacity: random(0...3) == 0 ? nil : random(0...(isScarce ? 40 : 150)),
                parent: index > 0 && random(0...3) > 0 ? random(0...index - 1) : nil)
        }
        addOverflows(to: &pools, using: &generator)
        let keys = (0..<random(10...30)).map { _ in
            AllocationProblem.Key(
                capacity: random(isScarce ? -1...8 : 0...30),
                pool: pools.isEmpty || random(0...4) == 0 ? nil : random(0...pools.count - 1))
        }
        let isChained = random(0...1) == 0
        let highest = [0, 1, 1, 20][random(0...3)]
        let hasPrevious = random(0...3) > 0
        let classes = (0..<random(20...60)).map { _ in
            let first = random(0...keys.count - 1)
            // Keys that overlap from class to class make long exchanges; keys anywhere make many.
            let usable =
                isChained
                ? (0..<random(0...3)).map { (first + $0) % keys.count }
                : Array(keys.indices.shuffled(using: &generator).prefix(random(0...5)))
            return AllocationProblem.DemandClass(
                count: random(0...9), tier: random(1...4),
                options: usable.map {
                    .init(
                        key: $0, cost: random(0...highest),
                        previous: hasPrevious && random(0...2) == 0 ? random(1...9) : 0)
                })
        }
        return AllocationProblem(classes: classes, keys: keys, pools: pools)
    }
}

@Suite("Allocation against a plain flow")
struct AllocationReferenceTests {
    private func amounts(_ allocation: Allocation) -> [[Int: Int]] {
        allocation.shares.map { shares in Dictionary(uniqueKeysWithValues: shares.map { ($0.key, $0.count) }) }
    }

    @Test("Each tier, what is kept and the cost are those of the best flow", arguments: [false, true])
    func value(isScarce: Bool) {
        for seed in 0..<UInt64(1_000) {
            let problem = AllocationProblem.large(seed, isScarce: isScarce)
            let value = problem.value(of: amounts(problem.solve()))
            #expect(value == ReferenceFlow.bestValue(problem), "seed \(seed)")
        }
    }

    @Test("No key, pool or class is used beyond what it has")
    func capacities() {
        for seed in 2_000..<UInt64(2_400) {
            let problem = AllocationProblem.large(seed, isScarce: seed % 2 == 0)
            let allocation = problem.solve()
            var ofKey = [Int](repeating: 0, count: problem.keys.count)
            for (index, shares) in allocation.shares.enumerated() {
                let served = shares.reduce(0) { $0 + $1.count }
                #expect(served + allocation.unserved[index] == problem.classes[index].count)
                #expect(allocation.unserved[index] >= 0)
                for share in shares {
                    #expect(problem.classes[index].options.contains { $0.key == share.key })
                    ofKey[share.key] += share.count
                }
            }
            #expect(ofKey == allocation.usedOfKey, "seed \(seed)")
            #expect(problem.licenses(ofKeys: ofKey) == allocation.usedOfPool, "seed \(seed)")
            #expect(zip(ofKey, problem.keys).allSatisfy { $0 <= max(0, $1.capacity) }, "seed \(seed)")
        }
    }

    @Test("The same problem gives the same allocation, and classes in another order get the same")
    func order() {
        struct Outcome: Hashable {
            var demand: AllocationProblem.DemandClass
            var shares: [Allocation.Share]
        }
        func outcomes(_ problem: AllocationProblem, _ allocation: Allocation) -> [Outcome: Int] {
            var found: [Outcome: Int] = [:]
            for (demand, shares) in zip(problem.classes, allocation.shares) {
                found[Outcome(demand: demand, shares: shares), default: 0] += 1
            }
            return found
        }
        for seed in 3_000..<UInt64(3_400) {
            let problem = AllocationProblem.large(seed, isScarce: seed % 2 == 0)
            let allocation = problem.solve()
            #expect(allocation == problem.solve(), "seed \(seed)")
            var generator = SeededGenerator(seed: seed)
            var shuffled = problem
            shuffled.classes.shuffle(using: &generator)
            for index in shuffled.classes.indices { shuffled.classes[index].options.shuffle(using: &generator) }
            let other = shuffled.solve()
            for index in shuffled.classes.indices { shuffled.classes[index].options.sort { $0.key < $1.key } }
            var sorted = problem
            for index in sorted.classes.indices { sorted.classes[index].options.sort { $0.key < $1.key } }
            #expect(outcomes(sorted, allocation) == outcomes(shuffled, other), "seed \(seed)")
        }
    }

    @Test("Keys and tiers with other numbers give an allocation of the same value")
    func numbers() {
        for seed in 4_000..<UInt64(4_400) {
            let problem = AllocationProblem.large(seed, isScarce: seed % 2 == 0)
            var generator = SeededGenerator(seed: seed)
            let numbers = Array(problem.keys.indices).shuffled(using: &generator)
            var renumbered = problem
            for (old, new) in numbers.enumerated() { renumbered.keys[new] = problem.keys[old] }
            for index in problem.classes.indices {
                renumbered.classes[index].tier *= 7
                for option in problem.classes[index].options.indices {
                    renumbered.classes[index].options[option].key = numbers[problem.classes[index].options[option].key]
                }
            }
            #expect(
                problem.value(of: amounts(problem.solve())) == renumbered.value(of: amounts(renumbered.solve())),
                "seed \(seed)")
        }
    }

    @Test("To keep one activation outweighs the highest preferences of a long exchange")
    func keptBeforeCost() {
        // The last class can keep its key only if all classes before it move to the most expensive option.
        let length = 40
        let highest = AllocationProblem.maximumCost
        var classes = (0..<length).map { index in
            AllocationProblem.DemandClass(
                count: 1, tier: 1, options: [.init(key: index), .init(key: index + 1, cost: highest)])
        }
        classes.append(
            .init(count: 1, tier: 1, options: [.init(key: 0, cost: highest, previous: 1), .init(key: length)]))
        let keys = (0...length).map { _ in AllocationProblem.Key(capacity: 1) }
        let problem = AllocationProblem(classes: classes, keys: keys)
        let allocation = problem.solve()
        #expect(allocation.shares[length] == [.init(key: 0, count: 1, kept: 1)])
        #expect(allocation.unserved.allSatisfy { $0 == 0 })
        #expect(problem.value(of: amounts(allocation)) == ReferenceFlow.bestValue(problem))
    }
}

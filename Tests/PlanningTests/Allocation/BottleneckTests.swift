import Planning
import Testing

@Suite("Bottleneck")
struct BottleneckTests {
    typealias Problem = AllocationProblem
    typealias Cut = Allocation.Bottleneck.Cut

    private func plusOne(_ capacity: Int?) -> Int { max(0, capacity ?? 0) + 1 }

    /// The keys and pools of which one more serves one more computer, by trying each.
    private func helpful(_ problem: Problem) -> (keys: [Int], pools: [Int]) {
        let served = ReferenceFlow.maximum(problem)
        let keys = problem.keys.indices.filter { index in
            var extended = problem
            extended.keys[index].capacity = plusOne(problem.keys[index].capacity)
            return ReferenceFlow.maximum(extended) == served + 1
        }
        let pools = problem.pools.indices.filter { index in
            guard let capacity = problem.pools[index].capacity else { return false }
            var extended = problem
            extended.pools[index].capacity = plusOne(capacity)
            return ReferenceFlow.maximum(extended) == served + 1
        }
        return (keys, pools)
    }

    /// The same for one class, while all others want no more than an allocation gives them.
    private func helpful(
        _ problem: Problem, content allocation: Allocation, but index: Int
    ) -> (keys: [Int], pools: [Int]) {
        var alone = problem
        for other in problem.classes.indices where other != index {
            alone.classes[other].count -= allocation.unserved[other]
        }
        return helpful(alone)
    }

    @Test("Exactly those keys and pools are helpful of which one more serves one more computer")
    func all() {
        var generator = SeededGenerator(seed: 31)
        var helped = 0
        for round in 0..<1500 {
            let problem = Problem.random(using: &generator)
            let cut = problem.bottleneck(of: problem.solve()).all
            let expected = helpful(problem)
            #expect(cut.helpfulKeys == expected.keys, "round \(round): \(problem)")
            #expect(cut.helpfulPools == expected.pools, "round \(round): \(problem)")
            helped += expected.keys.count + expected.pools.count
        }
        #expect(helped > 500)
    }

    @Test("A class's helpful keys and pools are those that help it when all others are content with what they have")
    func ofClass() {
        var generator = SeededGenerator(seed: 32)
        for round in 0..<800 {
            let problem = Problem.random(using: &generator)
            let allocation = problem.solve()
            let bottleneck = problem.bottleneck(of: allocation)
            for index in problem.classes.indices {
                guard let cut = bottleneck.cut(ofClass: index) else {
                    #expect(allocation.unserved[index] == 0)
                    continue
                }
                #expect(allocation.unserved[index] > 0)
                let expected = helpful(problem, content: allocation, but: index)
                #expect(cut.helpfulKeys == expected.keys, "round \(round), class \(index): \(problem)")
                #expect(cut.helpfulPools == expected.pools, "round \(round), class \(index): \(problem)")
                #expect(Set(cut.helpfulKeys).isSubset(of: cut.keys) && Set(cut.helpfulPools).isSubset(of: cut.pools))
            }
        }
    }

    @Test("It holds for long exchanges between dozens of classes, keys and pools too")
    func large() {
        for seed in 0..<UInt64(40) {
            let problem = Problem.large(seed, isScarce: seed % 2 == 0)
            let allocation = problem.solve()
            let bottleneck = problem.bottleneck(of: allocation)
            let expected = helpful(problem)
            #expect(bottleneck.all.helpfulKeys == expected.keys, "seed \(seed)")
            #expect(bottleneck.all.helpfulPools == expected.pools, "seed \(seed)")
            for index in problem.classes.indices.filter({ allocation.unserved[$0] > 0 }).prefix(3) {
                let expected = helpful(problem, content: allocation, but: index)
                #expect(bottleneck.cut(ofClass: index)?.helpfulKeys == expected.keys, "seed \(seed), class \(index)")
                #expect(bottleneck.cut(ofClass: index)?.helpfulPools == expected.pools, "seed \(seed), class \(index)")
            }
        }
    }

    @Test("What the cut holds, and the classes that it does not concern, are the number served")
    func minimumCut() {
        var generator = SeededGenerator(seed: 33)
        for round in 0..<1500 {
            let problem = Problem.random(using: &generator)
            let allocation = problem.solve()
            let cut = problem.bottleneck(of: allocation).all
            // Without the keys and pools of the cut nothing but those classes could be served, as far as they are now.
            var without = problem
            for key in cut.keys { without.keys[key].capacity = 0 }
            for pool in cut.pools { without.pools[pool].capacity = 0 }
            let cutCapacity =
                cut.keys.reduce(0) { $0 + max(0, problem.keys[$1].capacity) }
                + cut.pools.reduce(0) { $0 + max(0, problem.pools[$1].capacity ?? 0) }
            #expect(cutCapacity + ReferenceFlow.maximum(without) == allocation.served, "round \(round): \(problem)")
        }
    }

    @Test("Nobody waits, nothing is a bottleneck, although all keys are used up")
    func served() {
        let problem = Problem(
            classes: [.init(count: 3, tier: 1, options: [.init(key: 0)])], keys: [.init(capacity: 3)])
        let bottleneck = problem.bottleneck(of: problem.solve())
        #expect(bottleneck.all == Cut())
        #expect(bottleneck.cut(ofClass: 0) == nil)
    }

    /// One class may use key 0 only; another uses key 0 too and could move to key 1; a third has keys of its own.
    private func exchange(_ activations: Int) -> Problem {
        Problem(
            classes: [
                .init(count: 3, tier: 1, options: [.init(key: 0)]),
                .init(count: 2, tier: 1, options: [.init(key: 0), .init(key: 1)]),
                .init(count: 4, tier: 1, options: [.init(key: 2)]),
            ], keys: [.init(capacity: 3), .init(capacity: activations), .init(capacity: 3)])
    }

    @Test("A key of another class helps by an exchange only while that class can make room")
    func exchanges() {
        let short = exchange(1)
        let bottleneck = short.bottleneck(of: short.solve())
        #expect(bottleneck.all.keys == [0, 1, 2])
        #expect(bottleneck.all.helpfulKeys == [0, 1, 2])
        #expect(bottleneck.cut(ofClass: 2)?.helpfulKeys == [2])
        // The second class has left key 0 for key 1 already: more of key 1 helps nobody.
        let long = exchange(2)
        let other = long.bottleneck(of: long.solve())
        #expect(other.all.helpfulKeys == [2])
        #expect(other.cut(ofClass: 0) == nil)
    }

    @Test("Neither an activation nor a license alone helps where both are used up")
    func both() {
        let problem = Problem(
            classes: [.init(count: 5, tier: 1, pool: 0, options: [.init(key: 0)])],
            keys: [.init(capacity: 3, pool: 0)], pools: [.init(capacity: 3)])
        let cut = problem.bottleneck(of: problem.solve()).cut(ofClass: 0)
        #expect(cut?.keys == [0])
        #expect(cut?.helpfulKeys == [])
        #expect(cut?.helpfulPools == [])
    }

    @Test("A full agreement is no bottleneck while the exchange leads on to another, the program is")
    func nestedPools() {
        let problem = Problem(
            classes: [.init(count: 9, tier: 1, options: [.init(key: 0), .init(key: 1)])],
            keys: [.init(capacity: 9, pool: 1), .init(capacity: 9, pool: 2)],
            pools: [.init(capacity: 4), .init(capacity: 2, parent: 0), .init(capacity: 8, parent: 0)])
        let cut = problem.bottleneck(of: problem.solve()).cut(ofClass: 0)
        #expect(cut?.keys == [])
        #expect(cut?.pools == [0])
        #expect(cut?.helpfulPools == [0])
    }

    @Test("A class without a usable key has no key and no license that could help it")
    func noOption() {
        let problem = Problem(
            classes: [.init(count: 2, tier: 1, pool: 0, options: [])], keys: [.init(capacity: 0, pool: 0)],
            pools: [.init(capacity: 0)])
        #expect(problem.bottleneck(of: problem.solve()).cut(ofClass: 0) == Cut())
    }
}

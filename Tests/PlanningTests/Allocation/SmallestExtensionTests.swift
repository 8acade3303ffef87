import Planning
import Testing

@Suite("Smallest extension")
struct SmallestExtensionTests {
    typealias Problem = AllocationProblem

    /// A problem with more activations per key and more licenses per pool; less than 0 counts as 0.
    private func extended(_ problem: Problem, activations: [Int]? = nil, licenses: [Int]) -> Problem {
        var extended = problem
        for key in problem.keys.indices {
            extended.keys[key].capacity =
                activations.map { max(0, problem.keys[key].capacity) + $0[key] } ?? Int.max
        }
        for pool in problem.pools.indices {
            extended.pools[pool].capacity = problem.pools[pool].capacity.map { max(0, $0) + licenses[pool] }
        }
        return extended
    }

    /// All ways to spread so many units over so many places.
    private func spreads(_ units: Int, over places: Int) -> [[Int]] {
        guard places > 1 else { return places == 1 ? [[units]] : units == 0 ? [[]] : [] }
        return (0...units).flatMap { first in spreads(units - first, over: places - 1).map { [first] + $0 } }
    }

    /// What pools hold more when licenses are bought in each of them: those inside count too.
    private func held(_ bought: [Int], _ problem: Problem) -> [Int] {
        var held = [Int](repeating: 0, count: bought.count)
        for pool in bought.indices {
            var place: Int? = pool
            while let enclosing = place {
                held[enclosing] += bought[pool]
                place = problem.pools[enclosing].parent
            }
        }
        return held
    }

    @Test("It serves everybody with a usable key, and one activation or license less does not")
    func smallest() {
        var generator = SeededGenerator(seed: 41)
        var withLicenses = 0
        var withActivations = 0
        for round in 0..<700 {
            let problem = Problem.random(using: &generator)
            let needed = problem.smallestExtension()
            let servable = problem.classes.reduce(0) { $0 + ($1.options.isEmpty ? 0 : $1.count) }
            let all = extended(problem, activations: needed.activations, licenses: needed.licenses)
            #expect(ReferenceFlow.maximum(all) == servable, "round \(round): \(problem)")

            let bought = problem.pools.indices.reduce(0) {
                $0 + (problem.pools[$1].parent == nil ? needed.licenses[$1] : 0)
            }
            if bought > 0 {
                withLicenses += 1
                for spread in spreads(bought - 1, over: problem.pools.count) {
                    let less = extended(problem, licenses: held(spread, problem))
                    #expect(ReferenceFlow.maximum(less) < servable, "round \(round): \(spread) of \(problem)")
                }
            }
            if needed.totalActivations > 0 {
                withActivations += 1
                for spread in spreads(needed.totalActivations - 1, over: problem.keys.count) {
                    let less = extended(problem, activations: spread, licenses: needed.licenses)
                    #expect(ReferenceFlow.maximum(less) < servable, "round \(round): \(spread) of \(problem)")
                }
            }
        }
        #expect(withLicenses > 100 && withActivations > 100)
    }

    @Test("No other way to buy as few licenses needs fewer activations")
    func fewestActivations() {
        var generator = SeededGenerator(seed: 43)
        var withChoice = 0
        for round in 0..<1_500 {
            let problem = Problem.random(using: &generator)
            let needed = problem.smallestExtension()
            let servable = problem.classes.reduce(0) { $0 + ($1.options.isEmpty ? 0 : $1.count) }
            let bought = problem.pools.indices.reduce(0) {
                $0 + (problem.pools[$1].parent == nil ? needed.licenses[$1] : 0)
            }
            guard bought > 0, needed.totalActivations > 0 else { continue }
            var hasChoice = false
            for spread in spreads(bought, over: problem.pools.count) {
                let licenses = held(spread, problem)
                hasChoice = hasChoice || licenses != needed.licenses
                for activations in spreads(needed.totalActivations - 1, over: problem.keys.count) {
                    let less = extended(problem, activations: activations, licenses: licenses)
                    #expect(
                        ReferenceFlow.maximum(less) < servable,
                        "round \(round): \(spread), \(activations) of \(problem)")
                }
            }
            withChoice += hasChoice ? 1 : 0
        }
        #expect(withChoice > 40)
    }

    @Test("Missing licenses are bought where the keys have activations left")
    func room() {
        let problem = Problem(
            classes: [.init(count: 4, tier: 1, options: [.init(key: 0), .init(key: 1)])],
            keys: [.init(capacity: 0, pool: 1), .init(capacity: 4, pool: 2)],
            pools: [.init(capacity: 0), .init(capacity: 0, parent: 0), .init(capacity: 0, parent: 0)])
        let needed = problem.smallestExtension()
        #expect(needed.licenses == [4, 0, 4])
        #expect(needed.activations == [0, 0])
    }

    @Test("Without pools it is the number of computers with a usable key that are not served")
    func withoutPools() {
        var generator = SeededGenerator(seed: 42)
        for round in 0..<700 {
            var problem = Problem.random(using: &generator)
            problem.pools = []
            for key in problem.keys.indices { problem.keys[key].pool = nil }
            for index in problem.classes.indices { problem.classes[index].pool = nil }
            let allocation = problem.solve()
            let waiting = problem.classes.indices.reduce(0) {
                $0 + (problem.classes[$1].options.isEmpty ? 0 : allocation.unserved[$1])
            }
            #expect(problem.smallestExtension().totalActivations == waiting, "round \(round): \(problem)")
        }
    }

    @Test("Activations are added to the preferred key, and none to a key that has enough")
    func preferred() {
        let problem = Problem(
            classes: [
                .init(count: 5, tier: 1, options: [.init(key: 0, cost: 3), .init(key: 1, cost: 1)]),
                .init(count: 2, tier: 2, options: [.init(key: 2)]),
            ], keys: [.init(capacity: 2), .init(capacity: 1), .init(capacity: 2)])
        let needed = problem.smallestExtension()
        #expect(needed.activations == [0, 2, 0])
        #expect(needed.licenses == [])
        #expect(needed.unservable == [])
    }

    @Test("A license for an agreement counts in the program too")
    func agreement() {
        let problem = Problem(
            classes: [.init(count: 7, tier: 1, options: [.init(key: 0)])],
            keys: [.init(capacity: 4, pool: 1)],
            pools: [.init(capacity: 5), .init(capacity: 3, parent: 0), .init(capacity: 9, parent: 0)])
        let needed = problem.smallestExtension()
        #expect(needed.licenses == [4, 4, 0])
        #expect(needed.activations == [3])
    }

    @Test("A pool without a limit needs nothing, although the one around it does")
    func unlimited() {
        let problem = Problem(
            classes: [.init(count: 7, tier: 1, options: [.init(key: 0)])], keys: [.init(capacity: 7, pool: 1)],
            pools: [.init(capacity: 5), .init(capacity: nil, parent: 0)])
        #expect(problem.smallestExtension().licenses == [2, 0])
    }

    @Test("Licenses left for one key and activations left for another serve nobody")
    func apart() {
        let problem = Problem(
            classes: [.init(count: 5, tier: 1, options: [.init(key: 0), .init(key: 1)])],
            keys: [.init(capacity: 5, pool: 0), .init(capacity: 0, pool: 1)],
            pools: [.init(capacity: 0), .init(capacity: 5)])
        let needed = problem.smallestExtension()
        #expect(needed.licenses == [0, 0])
        #expect(needed.activations == [0, 5])
    }

    @Test("Classes without a usable key are named and need nothing")
    func unservable() {
        let problem = Problem(
            classes: [
                .init(count: 2, tier: 1, pool: 0, options: []), .init(count: 0, tier: 1, options: []),
                .init(count: 1, tier: 1, options: [.init(key: 0)]),
            ], keys: [.init(capacity: -2, pool: 0)], pools: [.init(capacity: nil)])
        let needed = problem.smallestExtension()
        #expect(needed.unservable == [0])
        #expect(needed.activations == [1])
        #expect(needed.licenses == [0])
    }
}

import Planning

/// The sizes of a problem to measure.
struct AllocationSize {
    var classes = 100_000
    var keys = 1_000
    var scopes = 200
    var agreements = 20
}

/// Random problems of a fleet in which each class of computers lies in one to three scopes. Each scope has its own keys,
/// cost 0; a few keys are for all, cost 1.
struct AllocationCase {
    private var generator: SeededGenerator
    private let size: AllocationSize

    init(_ size: AllocationSize, seed: UInt64) {
        self.size = size
        generator = SeededGenerator(seed: seed)
    }

    /// Classes and keys without anything that is scarce but the keys: their capacities are uneven, and their sum is the
    /// given share of the number of computers.
    mutating func fleet(covered share: Double, tiers: Int = 1) -> AllocationProblem {
        let forAll = max(1, size.scopes / 40)
        var keysOfScope = [[Int]](repeating: [], count: size.scopes)
        for key in 0..<size.keys - forAll { keysOfScope[key % size.scopes].append(key) }
        let classes = (0..<size.classes).map { _ in
            var options: [AllocationProblem.Option] = []
            var scopes: Set<Int> = []
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let scope = Int.random(in: 0..<size.scopes, using: &generator)
                if scopes.insert(scope).inserted { options += keysOfScope[scope].map { .init(key: $0) } }
            }
            options += (size.keys - forAll..<size.keys).map { .init(key: $0, cost: 1) }
            return AllocationProblem.DemandClass(
                count: Int.random(in: 1...19, using: &generator), tier: Int.random(in: 1...tiers, using: &generator),
                options: options)
        }
        let computers = classes.reduce(0) { $0 + $1.count }
        let average = max(1, Int(share * Double(computers) / Double(size.keys)))
        let keys = (0..<size.keys).map { _ in
            AllocationProblem.Key(capacity: Int.random(in: 0...2 * average, using: &generator))
        }
        return AllocationProblem(classes: classes, keys: keys)
    }

    /// A problem of which four of five classes have a previous plan, and one key in twenty has lost half its activations
    /// since.
    mutating func replanned(_ problem: AllocationProblem) -> AllocationProblem {
        var problem = problem
        for (index, shares) in problem.solve().shares.enumerated() where Int.random(in: 0..<5, using: &generator) > 0 {
            for share in shares {
                for option in problem.classes[index].options.indices
                where problem.classes[index].options[option].key == share.key {
                    problem.classes[index].options[option].previous = share.count
                }
            }
        }
        for key in problem.keys.indices where Int.random(in: 0..<20, using: &generator) == 0 {
            problem.keys[key].capacity /= 2
        }
        return problem
    }

    /// A problem whose keys draw on the pools of agreements, inside one for all; some pools are tighter than their keys, and
    /// all share one in twenty licenses that are booked on no agreement.
    mutating func pooled(_ problem: AllocationProblem) -> AllocationProblem {
        var problem = problem
        let activations = problem.keys.reduce(0) { $0 + $1.capacity }
        problem.pools = [.init(capacity: activations * 9 / 10), .init(capacity: activations / 20, parent: 0)]
        for _ in 0..<size.agreements {
            let share = Int.random(in: 70...130, using: &generator)
            problem.pools.append(
                .init(capacity: activations / size.agreements * share / 100, parent: 0, overflow: 1))
        }
        for key in problem.keys.indices { problem.keys[key].pool = 2 + key % size.agreements }
        for index in problem.classes.indices { problem.classes[index].pool = 0 }
        return problem
    }

    /// A problem in which no two keys are equally welcome.
    func ranked(_ problem: AllocationProblem) -> AllocationProblem {
        var problem = problem
        for index in problem.classes.indices {
            for option in problem.classes[index].options.indices {
                problem.classes[index].options[option].cost = problem.classes[index].options[option].key
            }
        }
        return problem
    }
}

/// A generator with a fixed seed, so that each run measures the same problems (SplitMix64,
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

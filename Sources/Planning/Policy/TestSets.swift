/// Sets of tests, each held once.
///
/// Invariant: equal sets have equal numbers, and `empty` is the empty set; so a set that was reached in different ways is
/// one set.
struct TestSets {
    static let empty: UInt32 = 0

    private var bits: [[UInt64]]
    private var numbers: [[UInt64]: UInt32]
    /// By two sets, their union.
    private var unions: [UInt64: UInt32] = [:]
    /// By test, the set of that test alone.
    private var singles: [UInt32]

    init(tests: Int) {
        let words = (tests + 63) / 64
        bits = [[UInt64](repeating: 0, count: words)]
        numbers = [bits[0]: TestSets.empty]
        singles = []
        for test in 0..<tests {
            var single = bits[0]
            single[test / 64] = 1 << UInt64(test % 64)
            singles.append(number(of: single))
        }
    }

    func contains(_ test: Int, in set: UInt32) -> Bool {
        bits[Int(set)][test / 64] >> UInt64(test % 64) & 1 == 1
    }

    /// The tests of a set, ascending.
    func tests(in set: UInt32) -> [Int] {
        var tests: [Int] = []
        for (word, value) in bits[Int(set)].enumerated() {
            var left = value
            while left != 0 {
                tests.append(word * 64 + left.trailingZeroBitCount)
                left &= left - 1
            }
        }
        return tests
    }

    mutating func inserting(_ test: Int, into set: UInt32) -> UInt32 { union(set, singles[test]) }

    mutating func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
        if right == TestSets.empty || left == right { return left }
        if left == TestSets.empty { return right }
        let pair = UInt64(min(left, right)) << 32 | UInt64(max(left, right))
        if let known = unions[pair] { return known }
        var joined = bits[Int(left)]
        for word in joined.indices { joined[word] |= bits[Int(right)][word] }
        let union = number(of: joined)
        unions[pair] = union
        return union
    }

    private mutating func number(of set: [UInt64]) -> UInt32 {
        if let known = numbers[set] { return known }
        let number = UInt32(bits.count)
        numbers[set] = number
        bits.append(set)
        return number
    }
}

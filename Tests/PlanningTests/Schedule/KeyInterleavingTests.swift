import Testing

@testable import Planning

@Suite("Keys take turns")
struct KeyInterleavingTests {
    @Test(
        "small mixes",
        arguments: [
            ([], []), ([0], []), ([3], [0, 0, 0]), ([0, 2, 0], [1, 1]), ([2, 2], [0, 1, 0, 1]),
            ([4, 2], [0, 0, 1, 0, 0, 1]), ([1, 1, 1], [0, 1, 2]), ([1, 5], [1, 1, 1, 1, 0, 1]),
        ] as [([Int], [Int32])])
    func small(counts: [Int], expected: [Int32]) {
        #expect(KeyInterleaving(counts: counts).sequence == expected)
    }

    @Test("every prefix uses each key within less than one turn of its share", arguments: Array(UInt64(1)...300))
    func shares(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let keys = Int.random(in: 1...12, using: &random)
        let largest = [1, 2, 10, 300].randomElement(using: &random) ?? 1
        var counts = (0..<keys).map { _ in Int.random(in: 0...largest, using: &random) }
        // One large key beside many small ones is where rounding to the middle of a stretch would fail.
        if seed % 3 == 0 { counts[0] = 500 }
        let total = counts.reduce(0, +)
        let sequence = KeyInterleaving(counts: counts).sequence
        #expect(sequence.count == total)
        var used = [Int](repeating: 0, count: keys)
        var farthest = 0
        for (turn, key) in sequence.enumerated() {
            used[Int(key)] += 1
            for key in counts.indices {
                farthest = max(farthest, abs(used[key] * total - (turn + 1) * counts[key]))
            }
        }
        #expect(used == counts)
        #expect(farthest < max(1, total))
    }
}

import Testing

@testable import Inventory

@Suite("Sets of instants")
struct TimeSetTests {
    @Test("any instants in any order give one ascending set, and its bytes give it back")
    func roundTrip() throws {
        var generator = FixedGenerator(seed: 12290)
        for _ in 0..<200 {
            let count = Int.random(in: 0..<40, using: &generator)
            let range: Range<Int64> = Bool.random(using: &generator) ? -50..<50 : 1_600_000_000_000..<1_900_000_000_000
            let values = (0..<count).map { _ in Int64.random(in: range, using: &generator) }
            var set = TimeSet()
            var known: Set<Int64> = []
            for value in values {
                let isNew = set.insert(value)
                #expect(isNew == known.insert(value).inserted)
            }
            #expect(set.values == known.sorted())
            var shuffled = TimeSet()
            for value in values.shuffled(using: &generator) { _ = shuffled.insert(value) }
            #expect(shuffled.bytes == set.bytes)
            #expect(TimeSet(bytes: set.bytes) == set)
        }
    }

    @Test("the smallest and the largest instants are kept")
    func extremes() {
        var set = TimeSet()
        for value in [0, Int64.max, -1, Int64.min, 1] { _ = set.insert(value) }
        #expect(TimeSet(bytes: set.bytes)?.values == [Int64.min, -1, 0, 1, Int64.max])
    }

    @Test("weekly requests of a year cost less than 300 bytes")
    func size() {
        var set = TimeSet()
        for week in 0..<52 { _ = set.insert(1_790_000_000_123 + Int64(week) * 604_800_000) }
        #expect(set.bytes.count < 300)
    }

    @Test(
        "damaged bytes are refused",
        arguments: [[0x80], [2, 0], [2, 0x80], Array(repeating: 0xFF, count: 11)] as [[UInt8]])
    func damaged(bytes: [UInt8]) { #expect(TimeSet(bytes: bytes) == nil) }
}

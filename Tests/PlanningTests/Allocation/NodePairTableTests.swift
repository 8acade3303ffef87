import Testing

@testable import Planning

@Suite("Numbers for pairs of nodes")
struct NodePairTableTests {
    @Test("Each pair keeps its number while thousands of others come, and the order of its nodes counts")
    func numbers() {
        var table = NodePairTable()
        var expected: Int32 = 0
        for first in Int32(0)..<80 {
            for second in Int32(0)..<80 {
                #expect(table.number(of: first, second) == expected)
                expected += 1
            }
        }
        for first in Int32(0)..<80 {
            for second in Int32(0)..<80 { #expect(table.number(of: first, second) == first * 80 + second) }
        }
    }
}

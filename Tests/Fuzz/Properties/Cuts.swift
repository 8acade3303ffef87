/// The ways in which an input is cut into chunks: in one piece, into single bytes when it is short, and into pieces whose
/// sizes follow from the input, so that a run can be repeated.
struct Cuts {
    /// Inputs up to this length are also read byte by byte.
    private static let singlesLength = 2048

    let bytes: [UInt8]
    private var state: UInt64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // FNV-1a.
        state = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The ends of the pieces of each way but the whole.
    func ways() -> [[Int]] {
        guard bytes.count > 1 else { return [] }
        var ways: [[Int]] = []
        if bytes.count <= Cuts.singlesLength { ways.append(Array(1...bytes.count)) }
        var generator = self
        for longest in [7, 64, 1024] where longest < bytes.count * 4 {
            var ends: [Int] = []
            var position = 0
            while position < bytes.count {
                position = min(bytes.count, position + 1 + generator.next(below: longest))
                ends.append(position)
            }
            ways.append(ends)
        }
        return ways
    }

    /// A number that looks random (SplitMix64).
    private mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}

extension [UInt8] {
    /// Hands on the bytes in pieces that end at `ends`.
    func forEachPiece(_ ends: [Int], _ body: (Span<UInt8>) throws -> Void) rethrows {
        var start = 0
        for end in ends {
            try body(span.extracting(start..<end))
            start = end
        }
    }
}

/// How the bytes of cells get into a row.
extension CSVParser {
    /// Copies up to the next delimiter, quote or line end; returns how many bytes.
    static func copyBare(
        _ input: Span<UInt8>, from start: Int, to bytes: inout [UInt8], at used: Int, separator: UInt8
    ) -> Int {
        copy(input, from: start, to: &bytes, at: used) {
            $0.bytes(equalTo: quote) | $0.bytes(equalTo: separator)
        } until: {
            $0 == separator || $0 == quote
        }
    }

    /// Copies up to the next quote or line end; returns how many bytes.
    static func copyQuoted(
        _ input: Span<UInt8>, from start: Int, to bytes: inout [UInt8], at used: Int
    ) -> Int {
        copy(input, from: start, to: &bytes, at: used) {
            $0.bytes(equalTo: quote)
        } until: {
            $0 == quote
        }
    }

    /// Copies up to a line end or a byte that `isEnd` tells, `ends` in eight bytes at once. What is stored behind the
    /// copied bytes means nothing.
    @inline(__always)
    private static func copy(
        _ input: Span<UInt8>, from start: Int, to bytes: inout [UInt8], at used: Int,
        ends: (UInt64) -> UInt64, until isEnd: (UInt8) -> Bool
    ) -> Int {
        var target = bytes.mutableSpan
        // Safe: every pattern of bits is a byte, and what is stored is checked against the bounds.
        var output = unsafe target.mutableBytes
        let shift = used - start
        var position = start
        while position &+ 8 <= input.count {
            let word = input.word(at: position)
            output.storeBytes(of: word.littleEndian, toByteOffset: position + shift, as: UInt64.self)
            let found = ends(word) | word.bytes(below: 0x0E)
            position &+= found == 0 ? 8 : found.trailingZeroBitCount >> 3
            guard found != 0 else { continue }
            if isEnd(input[position]) || input[position].isLineEnd { return position - start }
            position &+= 1
        }
        while position < input.count, !isEnd(input[position]), !input[position].isLineEnd {
            output.storeBytes(of: input[position], toByteOffset: position + shift, as: UInt8.self)
            position &+= 1
        }
        return position - start
    }
}

import ActivationModel

/// Turns the bytes of a text file into UTF-8, chunk by chunk.
///
/// The encoding is the one of a byte order mark, else the one the user named, else UTF-16 when every other byte at the
/// start is NUL, else UTF-8 as long as the bytes are valid UTF-8. The first byte above 0x7F decides the rest: when it does
/// not begin a valid sequence, the file is taken to be in the fallback encoding, which has the same ASCII part. When
/// the file has proved to be UTF-8 before, only the invalid bytes are taken from the fallback encoding. A file whose lines
/// may differ in encoding is taken to be UTF-8 from the start.
///
/// Invariant: the text does not depend on where the chunks are cut.
struct TextDecoder {
    /// A piece of text: a part of the chunk as it stands, or what is in `converted`.
    enum Piece {
        case verbatim(Range<Int>)
        case converted
    }

    /// What was found about the encoding, reported once per file at its end.
    enum Finding: Int, Hashable {
        /// No UTF-8 and no byte order mark: read in the fallback encoding.
        case assumedFallback
        /// UTF-8 with single bytes that are not.
        case mixed
        /// UTF-16 without a byte order mark.
        case unmarkedUTF16
        /// Bytes that have no meaning in the encoding.
        case invalid
        /// A byte order mark that contradicts the encoding the user named.
        case markOverridesOption
    }

    private enum Mode {
        /// The first bytes are collected in `pending` to look for a byte order mark and for NUL bytes.
        case sniffing
        /// ASCII so far.
        case ascii
        case utf8
        case utf16(bigEndian: Bool)
        case singleByte([UInt16])
    }

    /// How many bytes are looked at before the encoding is chosen.
    private static let sniffLength = 256

    /// The text of a `converted` piece.
    private(set) var converted: [UInt8] = []
    /// The encoding in use; nil while it is not known.
    private(set) var encoding: TextEncoding?
    /// What was found, with the number of bytes or units it concerns.
    private(set) var findings: [Finding: Int] = [:]
    /// Where in the piece handed out last a finding was made for the first time, as an offset in its bytes.
    private(set) var newFindings: [(finding: Finding, offset: Int)] = []
    /// Where in the piece handed out last a NUL character stands.
    private(set) var nulOffset: Int?

    private let forced: TextEncoding?
    private let fallback: TextEncoding
    private let mixesEncodings: Bool
    private var mode = Mode.sniffing
    /// The bytes looked at while sniffing, or an incomplete character at the end of a chunk.
    private var pending: [UInt8] = []
    private var highSurrogate: UInt32?

    /// Makes a decoder; `mixesEncodings` is for files whose lines may differ in encoding.
    init(encoding: TextEncoding?, fallback: TextEncoding, mixesEncodings: Bool = false) {
        forced = encoding
        self.fallback = fallback
        self.mixesEncodings = mixesEncodings
    }

    // MARK: - Pieces

    /// The next piece of the chunk from `position` on; call it until `position` is the end of the chunk.
    mutating func next(_ chunk: Span<UInt8>, from position: inout Int) -> Piece {
        beginPiece()
        switch mode {
        case .sniffing:
            while position < chunk.count, pending.count < TextDecoder.sniffLength {
                pending.append(chunk[position])
                position += 1
            }
            if pending.count >= TextDecoder.sniffLength { decideAndConvert() }
            return .converted
        case .ascii, .utf8:
            return nextUTF8(chunk, from: &position)
        case .utf16(let bigEndian):
            convertUTF16(chunk, from: &position, bigEndian: bigEndian)
            return .converted
        case .singleByte(let table):
            return nextSingleByte(chunk, from: &position, table: table)
        }
    }

    /// Converts what is left when the file has ended.
    mutating func finish() {
        beginPiece()
        if case .sniffing = mode { decideAndConvert() }
        guard !pending.isEmpty || highSurrogate != nil else { return }
        switch mode {
        case .ascii, .utf8:
            let rest = pending
            pending = []
            for byte in rest { repair(byte) }
        case .utf16, .sniffing, .singleByte:
            pending = []
            highSurrogate = nil
            appendReplacement()
        }
    }

    private mutating func beginPiece() {
        converted.removeAll(keepingCapacity: true)
        if !newFindings.isEmpty { newFindings = [] }
        nulOffset = nil
    }

    private mutating func note(_ finding: Finding) {
        if findings[finding] == nil { newFindings.append((finding, converted.count)) }
        findings[finding, default: 0] += 1
    }

    private mutating func appendReplacement() {
        note(.invalid)
        append(scalar: 0xFFFD)
    }

    // MARK: - Choosing the encoding

    private mutating func decideAndConvert() {
        let head = pending
        pending = []
        let mark = TextDecoder.byteOrderMark(head.span)
        let skipped = mark?.length ?? 0
        if let mark, let forced, mark.encoding != forced { note(.markOverridesOption) }
        if let chosen = mark?.encoding ?? forced {
            select(chosen)
        } else if let unmarked = TextDecoder.unmarkedUTF16(head.span) {
            note(.unmarkedUTF16)
            select(unmarked)
        } else {
            mode = mixesEncodings ? .utf8 : .ascii
        }
        var position = 0
        let body = head.span.extracting(skipped...)
        while position < body.count {
            switch mode {
            case .sniffing: return
            case .ascii, .utf8: convertUTF8(body, from: &position)
            case .utf16(let bigEndian): convertUTF16(body, from: &position, bigEndian: bigEndian)
            case .singleByte(let table): convertSingleByte(body, from: &position, table: table)
            }
        }
    }

    private mutating func select(_ chosen: TextEncoding) {
        encoding = chosen
        switch chosen {
        case .utf8: mode = .utf8
        case .utf16le: mode = .utf16(bigEndian: false)
        case .utf16be: mode = .utf16(bigEndian: true)
        default: mode = chosen.upperHalf.map { .singleByte($0) } ?? .utf8
        }
    }

    private static func byteOrderMark(_ head: Span<UInt8>) -> (encoding: TextEncoding, length: Int)? {
        if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF { return (.utf8, 3) }
        if head.count >= 2, head[0] == 0xFF, head[1] == 0xFE { return (.utf16le, 2) }
        if head.count >= 2, head[0] == 0xFE, head[1] == 0xFF { return (.utf16be, 2) }
        return nil
    }

    /// UTF-16 shows by NUL bytes on one side of most characters and on none of the other.
    private static func unmarkedUTF16(_ head: Span<UInt8>) -> TextEncoding? {
        var even = 0
        var odd = 0
        for index in head.indices where head[index] == 0 {
            if index % 2 == 0 { even += 1 } else { odd += 1 }
        }
        let half = head.count / 2
        guard half > 0 else { return nil }
        if even == 0, odd * 10 >= half * 7 { return .utf16le }
        if odd == 0, even * 10 >= half * 7 { return .utf16be }
        return nil
    }

    // MARK: - UTF-8

    private mutating func nextUTF8(_ chunk: Span<UInt8>, from position: inout Int) -> Piece {
        if pending.isEmpty {
            let start = position
            var end = start
            while end < chunk.count {
                end = TextDecoder.plainEnd(chunk, from: end)
                guard end < chunk.count else { break }
                let byte = chunk[end]
                // One comparison finds both NUL and everything above ASCII.
                if byte &- 1 < 0x7F {
                    end &+= 1
                } else if byte == 0 {
                    if nulOffset == nil { nulOffset = end - start }
                    end &+= 1
                } else {
                    guard case .complete(let length) = TextDecoder.sequence(chunk, at: end) else { break }
                    mode = .utf8
                    encoding = .utf8
                    end &+= length
                }
            }
            if end > start {
                position = end
                return .verbatim(start..<end)
            }
        }
        // An incomplete or invalid sequence: a few bytes go through the slow path, then it goes on above.
        convertUTF8Sequence(chunk, from: &position)
        return .converted
    }

    /// Where ASCII without NUL ends, or less than a word before.
    private static func plainEnd(_ chunk: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end &+ 8 <= chunk.count, chunk.word(at: end).isPlainASCII { end &+= 8 }
        return end
    }

    private mutating func convertUTF8(_ bytes: Span<UInt8>, from position: inout Int) {
        while position < bytes.count {
            switch mode {
            case .ascii, .utf8: break
            default: return
            }
            let byte = bytes[position]
            if byte < 0x80, pending.isEmpty {
                append(scalar: UInt32(byte))
                position += 1
            } else {
                convertUTF8Sequence(bytes, from: &position)
            }
        }
    }

    /// Completes or refuses one sequence, whose first bytes may be left from the chunk before.
    private mutating func convertUTF8Sequence(_ bytes: Span<UInt8>, from position: inout Int) {
        while position < bytes.count {
            pending.append(bytes[position])
            position += 1
            switch TextDecoder.sequence(pending.span, at: 0) {
            case .incomplete: continue
            case .complete:
                mode = .utf8
                encoding = .utf8
                converted.append(contentsOf: pending)
                pending = []
                return
            case .invalid:
                // Only the first byte is known to be wrong; the others may begin something else.
                let rest = pending
                pending = []
                repair(rest[0])
                if rest.count > 1 { convertAgain(Array(rest.dropFirst())) }
                return
            }
        }
    }

    private mutating func convertAgain(_ bytes: [UInt8]) {
        var position = 0
        if case .singleByte(let table) = mode {
            convertSingleByte(bytes.span, from: &position, table: table)
        } else {
            convertUTF8(bytes.span, from: &position)
        }
    }

    /// Takes a byte that is not part of valid UTF-8 from the fallback encoding.
    private mutating func repair(_ byte: UInt8) {
        guard forced != .utf8, let table = fallback.upperHalf, byte >= 0x80 else {
            appendReplacement()
            return
        }
        if case .ascii = mode {
            note(.assumedFallback)
            encoding = fallback
            mode = .singleByte(table)
        } else if case .singleByte = mode {
            findings[.assumedFallback, default: 0] += 1
        } else {
            note(.mixed)
        }
        append(scalar: UInt32(table[Int(byte) - 0x80]))
    }

    private enum Sequence {
        case complete(Int)
        case incomplete
        case invalid
    }

    /// Judges the sequence that begins at `start` by table 3-7 of the Unicode standard.
    private static func sequence(_ bytes: Span<UInt8>, at start: Int) -> Sequence {
        let first = bytes[start]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0x00...0x7F: return .complete(1)
        case 0xC2...0xDF: length = 2
        case 0xE0:
            length = 3
            low = 0xA0
        case 0xED:
            length = 3
            high = 0x9F
        case 0xE1...0xEF: length = 3
        case 0xF0:
            length = 4
            low = 0x90
        case 0xF4:
            length = 4
            high = 0x8F
        case 0xF1...0xF3: length = 4
        default: return .invalid
        }
        for offset in 1..<length {
            guard start + offset < bytes.count else { return .incomplete }
            let byte = bytes[start + offset]
            guard byte >= low, byte <= high else { return .invalid }
            low = 0x80
            high = 0xBF
        }
        return .complete(length)
    }

    // MARK: - UTF-16

    private mutating func convertUTF16(_ bytes: Span<UInt8>, from position: inout Int, bigEndian: Bool) {
        converted.reserveCapacity(bytes.count)
        if pending.count == 1, position < bytes.count {
            let first = pending[0]
            pending = []
            appendUnit(bigEndian ? unit(first, bytes[position]) : unit(bytes[position], first))
            position += 1
        }
        while position + 1 < bytes.count {
            let first = bytes[position]
            let second = bytes[position + 1]
            appendUnit(bigEndian ? unit(first, second) : unit(second, first))
            position += 2
        }
        if position < bytes.count {
            pending.append(bytes[position])
            position += 1
        }
    }

    private func unit(_ high: UInt8, _ low: UInt8) -> UInt32 { UInt32(high) << 8 | UInt32(low) }

    private mutating func appendUnit(_ unit: UInt32) {
        if let high = highSurrogate {
            highSurrogate = nil
            if unit & 0xFC00 == 0xDC00 {
                append(scalar: 0x10000 + (high & 0x3FF) << 10 + unit & 0x3FF)
                return
            }
            appendReplacement()
        }
        switch unit & 0xFC00 {
        case 0xD800: highSurrogate = unit
        case 0xDC00: appendReplacement()
        default: append(scalar: unit)
        }
    }

    // MARK: - Single bytes

    private mutating func nextSingleByte(
        _ chunk: Span<UInt8>, from position: inout Int, table: [UInt16]
    ) -> Piece {
        let start = position
        var end = TextDecoder.plainEnd(chunk, from: start)
        while end < chunk.count, chunk[end] &- 1 < 0x7F { end &+= 1 }
        if end > start {
            position = end
            return .verbatim(start..<end)
        }
        convertSingleByte(chunk, from: &position, table: table)
        return .converted
    }

    private mutating func convertSingleByte(_ bytes: Span<UInt8>, from position: inout Int, table: [UInt16]) {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte < 0x80 {
                append(scalar: UInt32(byte))
            } else {
                if forced == nil, findings[.assumedFallback] != nil { findings[.assumedFallback, default: 0] += 1 }
                append(scalar: UInt32(table[Int(byte) - 0x80]))
            }
        }
    }

    // MARK: - Output

    private mutating func append(scalar: UInt32) {
        switch scalar {
        case 0:
            if nulOffset == nil { nulOffset = converted.count }
            converted.append(0)
        case 0x01..<0x80: converted.append(UInt8(scalar))
        case 0x80..<0x800:
            converted.append(UInt8(0xC0 | scalar >> 6))
            converted.append(UInt8(0x80 | scalar & 0x3F))
        case 0x800..<0x1_0000:
            converted.append(UInt8(0xE0 | scalar >> 12))
            converted.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            converted.append(UInt8(0x80 | scalar & 0x3F))
        default:
            converted.append(UInt8(0xF0 | scalar >> 18))
            converted.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            converted.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            converted.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}

import ActivationModel

/// Cuts UTF-8 text into lines, chunk by chunk. LF, CR LF, CR, and the CR CR LF of redirected wmic output end a line.
///
/// Invariant: lines and their numbers do not depend on where the chunks are cut; memory holds one line.
struct LineCutter {
    /// The line that is being read, from 1.
    private(set) var line = 1

    private let limit: Int
    private var pending: [UInt8] = []
    private var carriageReturns = 0

    /// Makes a cutter; what a line has beyond `TextLimits.rowLength` is left out.
    init(limits: TextLimits) { limit = limits.rowLength }

    /// Takes the next bytes and hands on each line that is complete, without its end, and its number.
    mutating func cut(_ text: Span<UInt8>, _ body: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "\r") {
                // A third one in a row begins an empty line.
                if carriageReturns == 2 { try endLine(body) }
                carriageReturns += 1
            } else if byte == UInt8(ascii: "\n") {
                carriageReturns = 0
                try endLine(body)
            } else {
                // Two of them without a line feed end a line each.
                while carriageReturns > 0 {
                    carriageReturns -= 1
                    try endLine(body)
                }
                if pending.count < limit { pending.append(byte) }
            }
        }
    }

    /// Hands on what is left when the text has ended.
    mutating func finish(_ body: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        if !pending.isEmpty || carriageReturns > 0 { try endLine(body) }
        carriageReturns = 0
    }

    private mutating func endLine(_ body: (ArraySlice<UInt8>, Int) throws -> Void) throws {
        try body(pending[(pending.span.hasByteOrderMark ? 3 : 0)...], line)
        pending.removeAll(keepingCapacity: true)
        line += 1
    }
}

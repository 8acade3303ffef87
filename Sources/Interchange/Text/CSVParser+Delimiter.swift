/// What divides the cells of a table.
extension CSVParser {
    /// Whether a line `sep=` may name this byte. Letters, digits, hyphens and bytes of longer characters would cut names
    /// to pieces, and product keys into groups that nobody recognises.
    static func canDivide(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80..., UInt8(ascii: "-"), quote, blank: false
        default: true
        }
    }

    /// The candidate that stands most often outside quotes; comma when there is none.
    static func delimiter(of header: [UInt8]) -> UInt8 {
        var counts: [(byte: UInt8, count: Int)] = [(UInt8(ascii: ","), 0), (UInt8(ascii: ";"), 0), (tab, 0)]
        var isQuoted = false
        for byte in header {
            if byte == quote { isQuoted.toggle() }
            guard !isQuoted else { continue }
            for index in counts.indices where counts[index].byte == byte { counts[index].count += 1 }
        }
        var best = counts[0]
        for candidate in counts where candidate.count > best.count { best = candidate }
        return best.byte
    }
}

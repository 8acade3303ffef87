import ActivationModel

/// Patterns that are compared with one text at once.
///
/// A text is compared only with the patterns whose literal beginning it has, so that hundreds of patterns such as
/// `BER-*`, `MUC-*` cost little more than one.
///
/// Invariant: every ASCII pattern stands in `candidates` exactly once, under the hash of its literal beginning, whose
/// length is in `lengths`. A pattern that is not ASCII fits no ASCII text.
struct GlobSet: Sendable {
    private var patterns: [(test: Int, glob: Glob)] = []
    /// By the hash of a literal beginning, positions in `patterns`.
    private var candidates: [UInt64: [Int]] = [:]
    /// The distinct lengths of literal beginnings, ascending.
    private var lengths: [Int] = []
    /// The text in lower case; kept so that a text costs no allocation.
    private var folded: [UInt8] = []

    var isEmpty: Bool { patterns.isEmpty }

    mutating func insert(_ glob: Glob, test: Int) {
        patterns.append((test, glob))
        guard let beginning = glob.literalBeginning else { return }
        var hash = PrefixHash()
        for byte in beginning { hash.add(byte) }
        candidates[hash.value, default: []].append(patterns.count - 1)
        let place = lengths.firstIndex { $0 >= beginning.count } ?? lengths.count
        if place == lengths.count || lengths[place] != beginning.count { lengths.insert(beginning.count, at: place) }
    }

    /// Calls `body` with the test of each pattern that fits the text or, if asked for, what stands before its first dot.
    mutating func forEachTest(fitting text: String, orFirstLabel: Bool = false, _ body: (Int) -> Void) {
        folded.removeAll(keepingCapacity: true)
        var labelEnd: Int?
        var isASCII = true
        for byte in text.utf8 {
            if byte >= 0x80 { isASCII = false }
            if byte == UInt8(ascii: "."), labelEnd == nil { labelEnd = folded.count }
            folded.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
        }
        if !orFirstLabel { labelEnd = nil }
        guard isASCII else {
            let label = labelEnd.map { _ in String(text.prefix { $0 != "." }) }
            for (test, glob) in patterns where glob.matches(text) || label.map({ glob.matches($0) }) == true {
                body(test)
            }
            return
        }
        var hash = PrefixHash()
        var hashed = 0
        for length in lengths {
            guard length <= folded.count else { return }
            while hashed < length {
                hash.add(folded[hashed])
                hashed += 1
            }
            for position in candidates[hash.value] ?? [] {
                let glob = patterns[position].glob
                if glob.matches(folded: folded, count: folded.count)
                    || labelEnd.map({ glob.matches(folded: folded, count: $0) }) == true
                {
                    body(patterns[position].test)
                }
            }
        }
    }
}

/// FNV-1a over the bytes so far. Source: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
private struct PrefixHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}

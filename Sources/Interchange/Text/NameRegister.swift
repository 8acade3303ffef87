import ActivationModel

/// Tells whether a name was seen before, at eight bytes per name.
///
/// Names are compared by 64 bits of hash: among a million names a false match has a chance of one in thirty million.
/// Beyond `limit` names nothing more is remembered.
struct NameRegister {
    /// How many names are remembered: 32 MiB at most.
    static let limit = 1 << 22

    private(set) var count = 0
    private var table = [UInt64](repeating: 0, count: 1024)
    var isFull: Bool { count >= NameRegister.limit }

    /// Adds a name, compared without ASCII case and without a final dot; true when it was there before.
    mutating func contains(adding name: String, tag: UInt8) -> Bool {
        name.withSpan { contains(adding: $0, tag: tag) }
    }

    /// Adds a name as UTF-8 text; true when it was there before.
    mutating func contains(adding name: Span<UInt8>, tag: UInt8) -> Bool {
        let hasDot = !name.isEmpty && name[name.count - 1] == UInt8(ascii: ".")
        return contains(adding: name.extracting(..<(name.count - (hasDot ? 1 : 0))).foldedHash(seed: UInt64(tag)))
    }

    /// Adds a name that is the same one only together with the texts beside it; true when it was there before.
    mutating func contains(adding name: String, beside texts: (String, String), tag: UInt8) -> Bool {
        var seed = texts.0.withSpan { $0.foldedHash(seed: UInt64(tag)) }
        seed = texts.1.withSpan { $0.foldedHash(seed: seed >> 32) }
        return name.withSpan { contains(adding: $0.foldedHash(seed: seed >> 32)) }
    }

    /// Adds an identifier; true when it was there before.
    mutating func contains(adding identifier: GUID) -> Bool {
        contains(adding: identifier.high ^ identifier.low &* 0x9E37_79B9_7F4A_7C15)
    }

    private mutating func contains(adding hash: UInt64) -> Bool {
        var mixed = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed ^= mixed >> 31
        // 0 marks a free place.
        return insert(mixed == 0 ? 1 : mixed)
    }

    private mutating func insert(_ hash: UInt64) -> Bool {
        var position = Int(truncatingIfNeeded: hash) & (table.count - 1)
        while table[position] != 0 {
            if table[position] == hash { return true }
            position = (position + 1) & (table.count - 1)
        }
        guard !isFull else { return false }
        table[position] = hash
        count += 1
        if count * 2 > table.count { grow() }
        return false
    }

    private mutating func grow() {
        let old = table
        table = [UInt64](repeating: 0, count: old.count * 2)
        for hash in old where hash != 0 {
            var position = Int(truncatingIfNeeded: hash) & (table.count - 1)
            while table[position] != 0 { position = (position + 1) & (table.count - 1) }
            table[position] = hash
        }
    }
}

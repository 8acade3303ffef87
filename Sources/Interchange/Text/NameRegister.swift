import ActivationModel

/// Tells whether a name was seen before, at about twenty bytes per name, and whether with the same identity.
///
/// Names are compared by 64 bits of hash: among a million names a false match has a chance of one in thirty million.
/// Beyond `limit` names nothing more is remembered.
struct NameRegister {
    /// What is known about a name.
    enum Sighting {
        case first
        /// The name was there before with this identity, or one of the two had none.
        case repeated
        /// The name was there before with other identities only.
        case shared
    }

    /// A name to add, hashed, with the identity of what has it.
    struct Name {
        fileprivate let hash: UInt64
        fileprivate let mark: UInt16

        /// A name with the identifier of what has it, if that is known.
        init(_ name: String, tag: UInt8, identifier: GUID?) {
            self = name.withSpan { Name($0, tag: tag, identity: identifier.map { NameRegister.hash($0) }) }
        }

        /// A name with the text that identifies what has it, compared without ASCII case.
        init(_ name: String, tag: UInt8, identifier: String) {
            let identity = identifier.withSpan { $0.foldedHash(seed: 0) }
            self = name.withSpan { Name($0, tag: tag, identity: identity) }
        }

        fileprivate init(_ name: Span<UInt8>, tag: UInt8, identity: UInt64?) {
            let hasDot = !name.isEmpty && name[name.count - 1] == UInt8(ascii: ".")
            hash = name.extracting(..<(name.count - (hasDot ? 1 : 0))).foldedHash(seed: UInt64(tag)).mixed
            mark = identity.map { UInt16(truncatingIfNeeded: $0 >> 16) | 1 } ?? 0
        }
    }

    /// How many names are remembered, in 40 MiB at most.
    static let limit = 1 << 21
    /// How many identities are remembered of one name, so that a name that all rows have costs no more than any other.
    private static let identities = 8

    private(set) var count = 0
    private var table = [UInt64](repeating: 0, count: 1024)
    /// The identity beside each hash, folded to 16 bits; 0 for none.
    private var marks = [UInt16](repeating: 0, count: 1024)
    /// What the places that were touched held together; only that they were read counts.
    private var touched: UInt64 = 0
    var isFull: Bool { count >= NameRegister.limit }

    /// Adds a name, compared without ASCII case and without a final dot; true when it was there before.
    mutating func contains(adding name: String, tag: UInt8) -> Bool {
        name.withSpan { contains(adding: $0, tag: tag) }
    }

    /// Adds a name as UTF-8 text; true when it was there before.
    mutating func contains(adding name: Span<UInt8>, tag: UInt8) -> Bool {
        sighting(of: name, tag: tag) != .first
    }

    /// Adds a name that is the same one only together with the texts beside it; true when it was there before.
    mutating func contains(adding name: String, beside texts: (String, String), tag: UInt8) -> Bool {
        var seed = texts.0.withSpan { $0.foldedHash(seed: UInt64(tag)) }
        seed = texts.1.withSpan { $0.foldedHash(seed: seed >> 32) }
        return name.withSpan { insert($0.foldedHash(seed: seed >> 32).mixed, mark: 0) != .first }
    }

    /// Adds an identifier; true when it was there before.
    mutating func contains(adding identifier: GUID) -> Bool {
        insert(NameRegister.hash(identifier), mark: 0) != .first
    }

    /// Adds names in their order and tells what was known about each.
    ///
    /// The places of names lie far apart in memory. They are touched together before the first one is needed, as a
    /// processor fetches many at once as fast as one.
    mutating func add(_ names: [Name], _ tell: (Int, Sighting) -> Void) {
        for name in names { touched ^= table[place(of: name.hash)] }
        for (index, name) in names.enumerated() { tell(index, insert(name.hash, mark: name.mark)) }
    }

    private mutating func sighting(of name: Span<UInt8>, tag: UInt8) -> Sighting {
        insert(Name(name, tag: tag, identity: nil).hash, mark: 0)
    }

    private static func hash(_ identifier: GUID) -> UInt64 {
        (identifier.high ^ identifier.low &* 0x9E37_79B9_7F4A_7C15).mixed
    }

    private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (table.count - 1) }

    private mutating func insert(_ hash: UInt64, mark: UInt16) -> Sighting {
        var position = place(of: hash)
        var others = 0
        while table[position] != 0 {
            if table[position] == hash {
                let known = marks[position]
                // The identity of a name may show later than the name.
                if known == 0 { marks[position] = mark }
                if known == mark || known == 0 || mark == 0 { return .repeated }
                others += 1
            }
            position = (position + 1) & (table.count - 1)
        }
        let sighting: Sighting = others == 0 ? .first : .shared
        guard !isFull, others < NameRegister.identities else { return sighting }
        table[position] = hash
        marks[position] = mark
        count += 1
        if count * 2 > table.count { grow() }
        return sighting
    }

    private mutating func grow() {
        var hashes = [UInt64](repeating: 0, count: table.count * 2)
        var marks = [UInt16](repeating: 0, count: table.count * 2)
        swap(&hashes, &table)
        swap(&marks, &self.marks)
        for (old, hash) in hashes.enumerated() where hash != 0 {
            var position = place(of: hash)
            while table[position] != 0 { position = (position + 1) & (table.count - 1) }
            table[position] = hash
            self.marks[position] = marks[old]
        }
    }
}

extension UInt64 {
    /// The bits stirred, so that each of them depends on many, as splitmix64 does; never 0, which marks a free place.
    ///
    /// Source: https://prng.di.unimi.it/splitmix64.c
    fileprivate var mixed: UInt64 {
        let product = (self ^ (self >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return Swift.max(1, product ^ (product >> 31))
    }
}

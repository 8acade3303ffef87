/// Numbers that look random and are the same on every machine: SplitMix64 with a fixed seed.
///
/// Source: https://prng.di.unimi.it/splitmix64.c
struct Seed {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// A generator for one name: what it yields depends on the name alone, not on what was made before.
    init(_ name: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = hash
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
        return value ^ value >> 31
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

    mutating func digits(_ count: Int) -> String { String((0..<count).map { _ in Character("\(below(10))") }) }

    mutating func guid() -> String {
        let (high, low) = (next(), next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
        let text = hexadecimal(high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000) + hexadecimal(low)
        let marks = [8, 12, 16, 20, 32]
        var start = 0
        return marks.map { mark in
            defer { start = mark }
            return String(text.dropFirst(start).prefix(mark - start))
        }.joined(separator: "-")
    }

    private func hexadecimal(_ value: UInt64) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    mutating func macAddress() -> String {
        // The second bit of the first byte marks addresses that no manufacturer owns.
        (["02"]
            + (0..<5).map { _ in
                let text = String(below(256), radix: 16, uppercase: true)
                return text.count == 1 ? "0" + text : text
            }).joined(separator: ":")
    }

    /// An installation id: 54 digits for Windows 7, 63 for Windows 8 and later. The last digit of each group checks it.
    ///
    /// Source: the rule in https://github.com/UMSKT/UMSKT doc/fully-licensed-wpa.txt; groups of 6 or 7 digits.
    mutating func installationID(digits count: Int) -> String {
        let width = count / 9
        return (0..<9).map { _ in
            var group = (1..<width).map { _ in below(10) }
            let sum = group.enumerated().reduce(0) { $0 + $1.element + ($1.offset % 2 == 1 ? $1.element : 0) }
            group.append(sum % 7)
            return group.map(String.init).joined()
        }.joined()
    }

    /// A confirmation id: eight groups of six digits. That the last digit of each checks it is not documented.
    mutating func confirmationID() -> String {
        let drawn = digits(48).compactMap(\.wholeNumberValue)
        return stride(from: 0, to: 48, by: 6).map { start in
            let group = Array(drawn[start..<start + 5])
            let sum = group.enumerated().reduce(0) { $0 + $1.element + ($1.offset % 2 == 1 ? $1.element : 0) }
            return (group + [sum % 7]).map(String.init).joined()
        }.joined()
    }

    /// The last five characters of a key that is known only by them.
    mutating func partialKey() -> String {
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        return String((0..<5).map { _ in alphabet[below(24)] })
    }

    /// A made-up product key that ends in `partial`.
    ///
    /// Its first twenty characters are random, and for the format with an `N` the checksum is made to fail, so that it
    /// can be no key that anybody owns.
    mutating func productKey(ending partial: String, withMarker: Bool) -> String {
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        while true {
            var characters = (0..<20).map { _ in alphabet[below(24)] } + Array(partial)
            if withMarker { characters[1 + below(18)] = "N" }
            if withMarker, checksumAgrees(characters, alphabet) { continue }
            return stride(from: 0, to: 25, by: 5).map { String(characters[$0..<$0 + 5]) }.joined(separator: "-")
        }
    }

    /// Whether the ten checksum bits of a key with an `N` agree with its other bits.
    ///
    /// Source: https://ntriver.org/pkeymaster/decode-pkey2009-keys
    private func checksumAgrees(_ characters: [Character], _ alphabet: [Character]) -> Bool {
        guard let marker = characters.firstIndex(of: "N") else { return false }
        var digits = [marker]
        for (index, character) in characters.enumerated() where index != marker {
            digits.append(alphabet.firstIndex(of: character) ?? 0)
        }
        var bytes = [UInt8](repeating: 0, count: 16)  // little-endian
        for digit in digits {
            var carry = digit
            for index in bytes.indices {
                carry += Int(bytes[index]) * 24
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
        }
        // Bits 103 to 112 hold the checksum.
        let stated = Int(bytes[12]) >> 7 | Int(bytes[13]) << 1 | (Int(bytes[14]) & 1) << 9
        bytes[12] &= 0x7F
        bytes[13] = 0
        bytes[14] &= 0xFE
        var remainder: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            remainder ^= UInt32(byte) << 24
            for _ in 0..<8 { remainder = remainder & 0x8000_0000 != 0 ? remainder << 1 ^ 0x04C1_1DB7 : remainder << 1 }
        }
        return Int(~remainder & 0x3FF) == stated
    }
}

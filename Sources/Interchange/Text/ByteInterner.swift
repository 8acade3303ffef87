import XMLStream

/// Remembers what short texts mean, so that a text that occurs again costs a comparison of bytes instead of an
/// allocation or a parse.
///
/// Invariant: a slot holds the bytes its value was made of, and a value is handed out only after they were compared. A
/// new text takes the slot of an older one, which moves to the neighbouring slot, so memory is bounded whatever the file
/// holds. It begins small, as folders hold thousands of small files.
struct ByteInterner<Value> {
    fileprivate struct Slot {
        var hash: UInt64
        var length: Int
        var value: Value
    }

    /// Longer texts are not remembered.
    private static var longest: Int { 160 }
    private let limit: Int
    private var slots: [Slot?]
    private var bytes: [UInt8]
    /// How many texts have been put into slots since these were made.
    private var stored = 0

    /// Makes an interner with room for at most two to the power of `bits` texts.
    init(bits: Int) {
        limit = max(2, 1 << bits)
        let count = min(limit, 32)
        slots = Array(repeating: nil, count: count)
        bytes = Array(repeating: 0, count: ByteInterner.longest * count)
    }

    /// The remembered value of a text, or what `make` gives. `tag` keeps apart what the same text means in different
    /// fields. A value that `make` marks as not worth keeping is made again the next time.
    mutating func value(
        of text: Span<UInt8>, tag: UInt8, make: (Span<UInt8>) -> (value: Value, isKept: Bool)
    ) -> Value {
        let length = text.count
        guard length <= ByteInterner.longest else { return make(text).value }
        let hash = text.hash(seed: UInt64(tag))
        var position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        if let slot = slots[position], isText(text, hash, of: slot, at: position) { return slot.value }
        if let slot = slots[position ^ 1], isText(text, hash, of: slot, at: position ^ 1) { return slot.value }
        let (value, isKept) = make(text)
        if isKept {
            stored += 1
            if stored > slots.count, slots.count < limit {
                grow()
                position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            }
            // Two texts of one place take turns in a few files; each of them would be made again for ever.
            if slots[position] != nil { move(position, to: position ^ 1) }
            let start = position * ByteInterner.longest
            for index in 0..<length { bytes[start + index] = text[index] }
            slots[position] = Slot(hash: hash, length: length, value: value)
        }
        return value
    }

    private func isText(_ text: Span<UInt8>, _ hash: UInt64, of slot: Slot, at position: Int) -> Bool {
        guard slot.hash == hash, slot.length == text.count else { return false }
        let start = position * ByteInterner.longest
        return bytes.span.extracting(start..<start + text.count).hasSameBytes(as: text)
    }

    private mutating func move(_ position: Int, to other: Int) {
        slots[other] = slots[position]
        let start = position * ByteInterner.longest
        let target = other * ByteInterner.longest
        for index in 0..<(slots[other]?.length ?? 0) { bytes[target + index] = bytes[start + index] }
    }

    /// Makes room for more texts and forgets those that are remembered.
    private mutating func grow() {
        let count = min(limit, slots.count * 8)
        slots = Array(repeating: nil, count: count)
        bytes = Array(repeating: 0, count: ByteInterner.longest * count)
        stored = 0
    }
}

extension ByteInterner: Sendable where Value: Sendable {}
extension ByteInterner.Slot: Sendable where Value: Sendable {}

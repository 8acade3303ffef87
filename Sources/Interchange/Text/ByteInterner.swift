import XMLStream

/// Remembers what short texts mean, so that a text that occurs again costs a comparison of bytes instead of an
/// allocation or a parse.
///
/// Invariant: a slot holds the bytes its value was made of, and a value is handed out only after they were compared. A
/// new text takes the slot of an older one, so memory is bounded whatever the file holds. It begins small, as folders hold
/// thousands of small files.
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
        limit = 1 << bits
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
        var start = position * ByteInterner.longest
        if let slot = slots[position], slot.hash == hash, slot.length == length,
            bytes.span.extracting(start..<start + length).hasSameBytes(as: text)
        {
            return slot.value
        }
        let (value, isKept) = make(text)
        if isKept {
            stored += 1
            if stored > slots.count, slots.count < limit {
                grow()
                position = Int(truncatingIfNeeded: hash) & (slots.count - 1)
                start = position * ByteInterner.longest
            }
            for index in 0..<length { bytes[start + index] = text[index] }
            slots[position] = Slot(hash: hash, length: length, value: value)
        }
        return value
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

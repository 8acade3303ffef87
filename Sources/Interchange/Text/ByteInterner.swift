import XMLStream

/// Remembers what short texts mean, so that a text that occurs again costs a comparison of bytes instead of an
/// allocation or a parse.
///
/// Invariant: a slot holds the bytes its value was made of, and a value is handed out only after they were compared. A
/// new text takes the slot of an older one, so memory is bounded whatever the file holds.
struct ByteInterner<Value> {
    fileprivate struct Slot {
        var hash: UInt64
        var length: Int
        var value: Value
    }

    /// Longer texts are not remembered.
    private static var longest: Int { 160 }
    private let mask: Int
    private var slots: [Slot?]
    private var bytes: [UInt8]

    /// Makes an interner with room for two to the power of `bits` texts.
    init(bits: Int) {
        mask = (1 << bits) - 1
        slots = Array(repeating: nil, count: 1 << bits)
        bytes = Array(repeating: 0, count: ByteInterner.longest << bits)
    }

    /// The remembered value of a text, or what `make` gives. `tag` keeps apart what the same text means in different
    /// fields. A value that `make` marks as not worth keeping is made again the next time.
    mutating func value(
        of text: Span<UInt8>, tag: UInt8, make: (Span<UInt8>) -> (value: Value, isKept: Bool)
    ) -> Value {
        let length = text.count
        guard length <= ByteInterner.longest else { return make(text).value }
        let hash = text.hash(seed: UInt64(tag))
        let position = Int(truncatingIfNeeded: hash) & mask
        let start = position * ByteInterner.longest
        if let slot = slots[position], slot.hash == hash, slot.length == length,
            bytes.span.extracting(start..<start + length).hasSameBytes(as: text)
        {
            return slot.value
        }
        let (value, isKept) = make(text)
        if isKept {
            for index in 0..<length { bytes[start + index] = text[index] }
            slots[position] = Slot(hash: hash, length: length, value: value)
        }
        return value
    }
}

extension ByteInterner: Sendable where Value: Sendable {}
extension ByteInterner.Slot: Sendable where Value: Sendable {}

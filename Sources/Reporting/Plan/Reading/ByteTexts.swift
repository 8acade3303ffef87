/// Texts that repeat in a document, each with what it stands for, found by their bytes.
///
///     var decisions = ByteTexts<Decision?>()
///     let decision = decisions.value(of: slice) { Decision(token: String(decoding: $0, as: UTF8.self)) }
///
/// Invariant: no text occurs twice; `slots` is an open hash table, never more than half full, of positions from 1, and 0 is
/// a free slot.
struct ByteTexts<Value> {
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var values: [Value] = []
    private var slots = [UInt32](repeating: 0, count: 64)

    /// What a text stands for; asked for once per text.
    mutating func value(of text: ArraySlice<UInt8>, make: (ArraySlice<UInt8>) throws -> Value) rethrows -> Value {
        var slot = slot(of: text)
        if slots[slot] != 0 { return values[Int(slots[slot]) - 1] }
        let value = try make(text)
        if 2 * (ends.count + 1) > slots.count {
            grow()
            slot = self.slot(of: text)
        }
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        values.append(value)
        slots[slot] = UInt32(values.count)
        return value
    }

    private func text(_ position: Int) -> ArraySlice<UInt8> {
        bytes[(position == 0 ? 0 : ends[position - 1])..<ends[position]]
    }

    private func slot(of text: ArraySlice<UInt8>) -> Int {
        // FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var slot = Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(slots.count - 1))
        while slots[slot] != 0, self.text(Int(slots[slot]) - 1) != text { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        for position in ends.indices { slots[slot(of: text(position))] = UInt32(position + 1) }
    }
}

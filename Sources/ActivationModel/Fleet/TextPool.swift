/// The number of a text in a `TextPool`; 0 stands for "unknown".
public struct TextID: Hashable, Sendable, Comparable {
    /// The position in the pool.
    public let rawValue: UInt32
    /// Makes an id from a position.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Unknown.
    public static let none = TextID(rawValue: 0)
    /// Known, but the fleet was loaded without the text, so that a pool has none for it.
    public static let withheld = TextID(rawValue: .max)
    /// Whether the text is unknown.
    public var isNone: Bool { rawValue == 0 }
    public static func < (left: TextID, right: TextID) -> Bool { left.rawValue < right.rawValue }
}

/// Texts that many records share, each held once.
///
/// Invariant: no text occurs twice, and position 0 is the empty text that stands for "unknown"; so two ids are equal
/// exactly when their texts are equal. `slots` is an open hash table, never more than half full: the upper half of a slot
/// is part of the text's hash, the lower half its position, and 0 is a free slot. A dictionary would hold every text a
/// second time.
public struct TextPool: Sendable {
    private var texts: [String] = [""]
    private var slots: [UInt64] = []

    /// Makes an empty pool.
    public init() {}

    /// The number of texts, "unknown" included.
    public var count: Int { texts.count }

    /// The id of a text, added if it is new; an empty or missing text is unknown.
    public mutating func intern(_ text: String?) -> TextID {
        guard let text, !text.isEmpty else { return .none }
        if texts.count * 2 >= slots.count { grow() }
        let hash = TextPool.hash(text)
        let slot = slot(of: text, hash)
        if slots[slot] != 0 { return TextID(rawValue: UInt32(truncatingIfNeeded: slots[slot])) }
        let position = UInt32(texts.count)
        texts.append(text)
        slots[slot] = hash << 32 | UInt64(position)
        return TextID(rawValue: position)
    }

    /// Adds a text that is known to be in the pool no other time, without the cost of looking.
    public mutating func append(unique text: String) -> TextID {
        texts.append(text)
        return TextID(rawValue: UInt32(texts.count - 1))
    }

    /// The id of a text that is in the pool, without adding it.
    public func id(of text: String) -> TextID? {
        guard !slots.isEmpty else { return nil }
        let found = slots[slot(of: text, TextPool.hash(text))]
        return found == 0 ? nil : TextID(rawValue: UInt32(truncatingIfNeeded: found))
    }

    /// The text; nil when unknown or withheld.
    public subscript(id: TextID) -> String? {
        id.isNone || id == .withheld ? nil : texts[Int(id.rawValue)]
    }

    /// 32 bits of the text's hash.
    private static func hash(_ text: String) -> UInt64 {
        UInt64(truncatingIfNeeded: text.hashValue) & 0xFFFF_FFFF
    }

    /// The slot that holds the text, or the free one that would.
    private func slot(of text: String, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash, texts[Int(slots[slot] & 0xFFFF_FFFF)] == text { break }
            slot = (slot + 1) & mask
        }
        return slot
    }

    /// Makes room; the texts themselves are not looked at again.
    private mutating func grow() {
        var capacity = max(64, slots.count)
        while capacity <= texts.count * 2 { capacity *= 2 }
        let old = slots
        slots = Array(repeating: 0, count: capacity)
        for entry in old where entry != 0 {
            var slot = Int(entry >> 32) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            slots[slot] = entry
        }
    }
}

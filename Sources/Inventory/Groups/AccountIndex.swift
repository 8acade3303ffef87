import ActivationModel

/// Finds accounts by the keys of their distinguished names: an open hash table, never more than half full.
///
/// Invariant: a slot holds the last account of its key, and `previous` leads to the others of that key.
struct AccountIndex {
    private var slots: [Int32]
    private var previous: [Int32]
    private let keys: [UInt64]

    /// `keys` are those of the accounts by position; 0 for an account without a name.
    init(_ keys: [UInt64]) {
        var capacity = 64
        while capacity < keys.count * 2 { capacity *= 2 }
        slots = [Int32](repeating: -1, count: capacity)
        previous = [Int32](repeating: -1, count: keys.count)
        self.keys = keys
        for (account, key) in keys.enumerated() where key != 0 {
            let slot = self.slot(of: key)
            previous[account] = slots[slot]
            slots[slot] = Int32(account)
        }
    }

    /// Calls `body` with each account of that name. Returns whether there is one.
    func forEach(_ key: UInt64, _ body: (Int) -> Void) -> Bool {
        var account = slots[slot(of: key)]
        guard account >= 0 else { return false }
        while account >= 0 {
            body(Int(account))
            account = previous[Int(account)]
        }
        return true
    }

    private func slot(of key: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key ^ key >> 32) & mask
        while slots[slot] >= 0, keys[Int(slots[slot])] != key { slot = (slot + 1) & mask }
        return slot
    }
}

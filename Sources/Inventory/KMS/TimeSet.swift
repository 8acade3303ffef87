/// Instants in milliseconds since 1970, each once, in ascending order, and as a few bytes each in the store.
///
/// Invariant: `values` is strictly ascending. So the same set gives the same bytes, whatever order its instants came in.
struct TimeSet: Equatable {
    private(set) var values: [Int64] = []

    var count: Int { values.count }

    /// Adds an instant; false when it is there already. Logs are in ascending or in descending order, so that most
    /// instants belong at an end.
    mutating func insert(_ value: Int64) -> Bool {
        guard let last = values.last, last >= value else {
            values.append(value)
            return true
        }
        var low = 0
        var high = values.count
        while low < high {
            let middle = (low + high) / 2
            if values[middle] < value { low = middle + 1 } else { high = middle }
        }
        if values[low] == value { return false }
        values.insert(value, at: low)
        return true
    }

    // MARK: - Bytes

    /// The differences, seven bits a byte with the low ones first; the first instant with its sign in the lowest bit.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(values.count * 4)
        var previous: Int64 = 0
        for (index, value) in values.enumerated() {
            var rest = UInt64(bitPattern: index == 0 ? (value << 1) ^ (value >> 63) : value &- previous)
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: rest))
            previous = value
        }
        return bytes
    }

    init() {}

    /// Reads what `bytes` gives; nil for anything else.
    init?(bytes: some Sequence<UInt8>) {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var isOpen = false
        for byte in bytes {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            shift += 7
            isOpen = byte & 0x80 != 0
            guard !isOpen else { continue }
            if let last = values.last {
                let next = last &+ Int64(bitPattern: value)
                guard next > last else { return nil }
                values.append(next)
            } else {
                values.append(Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1))
            }
            value = 0
            shift = 0
        }
        if isOpen { return nil }
    }
}

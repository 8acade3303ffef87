/// Numbers for pairs of nodes, in the order in which they are first asked for.
///
/// A flow asks for one with each move that it offers, millions of times, and a dictionary would hash each pair with
/// SipHash. Open addressing with linear probing; at most half of the places are taken.
struct NodePairTable {
    /// A pair, and its number plus 1; 0 for a free place.
    private struct Place {
        var pair: UInt64 = 0
        var number: Int32 = 0
    }

    private var places = [Place](repeating: Place(), count: 1 << 10)
    private var count: Int32 = 0

    /// The number of a pair: a new one, equal to the count so far, when it was not asked for before.
    mutating func number(of first: Int32, _ second: Int32) -> Int32 {
        let pair = UInt64(UInt32(bitPattern: first)) << 32 | UInt64(UInt32(bitPattern: second))
        var position = place(of: pair)
        if places[position].number == 0 {
            if 2 * (Int(count) + 1) > places.count {
                grow()
                position = place(of: pair)
            }
            count += 1
            places[position] = Place(pair: pair, number: count)
        }
        return places[position].number - 1
    }

    private func place(of pair: UInt64) -> Int {
        // The high bits of a product with 2^64 divided by the golden ratio are well mixed (Knuth, The Art of Computer
        // Programming, volume 3, section 6.4).
        var position = Int((pair &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - places.count.trailingZeroBitCount))
        while places[position].number != 0, places[position].pair != pair {
            position = (position + 1) & (places.count - 1)
        }
        return position
    }

    private mutating func grow() {
        let old = places
        places = [Place](repeating: Place(), count: 2 * old.count)
        for entry in old where entry.number != 0 { places[place(of: entry.pair)] = entry }
    }
}

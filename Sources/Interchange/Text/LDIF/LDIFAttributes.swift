/// The attributes whose values a reader of LDIF wants. Their names are compared without regard to case, as LDAP does.
///
/// Values of all other attributes are passed over without being kept, however large they are.
struct LDIFAttributes: Sendable {
    private static let buckets = 64

    /// The names as written.
    let names: [String]
    /// The words of all names in lower case, one name after the other.
    private var words: [UInt64] = []
    /// Where the words of each name begin, and how many bytes it has.
    private var places: [(start: Int, length: Int)] = []
    /// The first name of each bucket, and the next one behind each name; -1 for none.
    private var first = [Int](repeating: -1, count: LDIFAttributes.buckets)
    private var next: [Int]

    /// Makes a set; the position of a name in `names` is what an entry's values are told apart by.
    init(_ names: [String]) {
        self.names = names
        next = [Int](repeating: -1, count: names.count)
        for name in names {
            name.withSpan { name in
                places.append((words.count, name.count))
                for number in 0..<name.wordCount { words.append(name.word(number).withLowerLetters) }
            }
        }
        for position in names.indices.reversed() where !names[position].isEmpty {
            let bucket = names[position].withSpan { LDIFAttributes.bucket($0) }
            next[position] = first[bucket]
            first[bucket] = position
        }
    }

    /// The position of an attribute's name; nil when its values are not wanted.
    func position(_ name: Span<UInt8>) -> Int? {
        guard !name.isEmpty else { return nil }
        var position = first[LDIFAttributes.bucket(name)]
        while position >= 0 {
            if isSame(name, position) { return position }
            position = next[position]
        }
        return nil
    }

    private static func bucket(_ name: Span<UInt8>) -> Int {
        let ends = Int(name[0] | 0x20) &* 7 &+ Int(name[name.count - 1] | 0x20)
        return (name.count &* 31 &+ ends) & (buckets - 1)
    }

    private func isSame(_ name: Span<UInt8>, _ position: Int) -> Bool {
        let (start, length) = places[position]
        guard name.count == length else { return false }
        for number in 0..<name.wordCount where name.word(number).withLowerLetters != words[start + number] {
            return false
        }
        return true
    }
}

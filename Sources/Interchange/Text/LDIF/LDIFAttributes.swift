/// The attributes whose values a reader of LDIF wants. Their names are compared without regard to case, as LDAP does.
///
/// Values of all other attributes are passed over without being kept, however large they are.
struct LDIFAttributes: Sendable {
    private static let buckets = 64

    /// The names as written.
    let names: [String]
    private let folded: [[UInt8]]
    private var positions = [[Int]](repeating: [], count: LDIFAttributes.buckets)

    /// Makes a set; the position of a name in `names` is what an entry's values are told apart by.
    init(_ names: [String]) {
        self.names = names
        folded = names.map { $0.lowercased().utf8.map { $0 } }
        for (position, name) in folded.enumerated() where !name.isEmpty {
            positions[LDIFAttributes.bucket(name.span)].append(position)
        }
    }

    /// The position of an attribute's name; nil when its values are not wanted.
    func position(_ name: Span<UInt8>) -> Int? {
        guard !name.isEmpty else { return nil }
        for position in positions[LDIFAttributes.bucket(name)] where LDIFAttributes.isSame(name, folded[position]) {
            return position
        }
        return nil
    }

    private static func bucket(_ name: Span<UInt8>) -> Int {
        let ends = Int(name[0] | 0x20) &* 7 &+ Int(name[name.count - 1] | 0x20)
        return (name.count &* 31 &+ ends) & (buckets - 1)
    }

    private static func isSame(_ name: Span<UInt8>, _ folded: [UInt8]) -> Bool {
        guard name.count == folded.count else { return false }
        for index in name.indices {
            let byte = name[index]
            let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
            if lower != folded[index] { return false }
        }
        return true
    }
}

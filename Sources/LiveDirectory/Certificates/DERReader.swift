/// Reads the elements of a DER encoding one after the other. Anything damaged reads as the end.
///
/// Source: https://www.itu.int/rec/T-REC-X.690
struct DERReader {
    /// One element: its tag and its content.
    struct Element {
        var tag: UInt8
        var content: ArraySlice<UInt8>

        /// The elements within a constructed one.
        var elements: DERReader { DERReader(content) }
    }

    /// The tags that certificates are read by.
    enum Tag {
        static let integer: UInt8 = 0x02
        static let octets: UInt8 = 0x04
        static let object: UInt8 = 0x06
        static let utcTime: UInt8 = 0x17
        static let generalizedTime: UInt8 = 0x18
        static let sequence: UInt8 = 0x30
        static let set: UInt8 = 0x31
        static let version: UInt8 = 0xA0
        static let extensions: UInt8 = 0xA3
        static let dnsName: UInt8 = 0x82
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next element; nil at the end and for what is no element.
    mutating func next() -> Element? {
        guard let tag = rest.first, tag & 0x1F != 0x1F, let first = rest.dropFirst().first else { return nil }
        var content = rest.dropFirst(2)
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), content.count >= count else { return nil }
            length = content.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            content = content.dropFirst(count)
        }
        guard length <= content.count else { return nil }
        rest = content.dropFirst(length)
        return Element(tag: tag, content: content.prefix(length))
    }

    /// The next element when it has that tag.
    mutating func next(_ tag: UInt8) -> Element? {
        var copy = self
        guard let element = copy.next(), element.tag == tag else { return nil }
        self = copy
        return element
    }
}

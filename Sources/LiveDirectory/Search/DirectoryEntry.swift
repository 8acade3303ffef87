/// One entry as a server gives it: its distinguished name and its attributes with their values, as octets.
///
/// Invariant: the ranges lie within `bytes`, and the values of an attribute follow each other.
struct DirectoryEntry {
    /// An attribute and its values.
    struct Attribute: Hashable {
        /// Where its name lies, with its options.
        var name: Range<Int>
        /// Where its values lie in `values`.
        var values: Range<Int>
    }

    private(set) var bytes: [UInt8] = []
    /// Where the distinguished name lies.
    private(set) var name = 0..<0
    private(set) var attributes: [Attribute] = []
    /// Where each value lies.
    private(set) var values: [Range<Int>] = []
    /// Whether this adds values to the entry that was given before.
    var isContinuation = false
    /// Whether the next one adds values to this.
    var goesOn = false

    /// Begins another entry; the storage is used again.
    mutating func begin(name: Span<UInt8>) {
        bytes.removeAll(keepingCapacity: true)
        attributes.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        self.name = append(name)
    }

    /// Begins an attribute, to which the values that are added then belong.
    mutating func add(attribute: Span<UInt8>) {
        let name = append(attribute)
        attributes.append(Attribute(name: name, values: values.count..<values.count))
    }

    /// Adds a value of the attribute that was begun last.
    mutating func add(value: Span<UInt8>) {
        guard let last = attributes.indices.last else { return }
        values.append(append(value))
        attributes[last].values = attributes[last].values.lowerBound..<values.count
    }

    private mutating func append(_ span: Span<UInt8>) -> Range<Int> {
        let start = bytes.count
        // Safe: the buffer is read only inside the closure, while the span keeps it alive.
        unsafe span.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
        return start..<bytes.count
    }

    /// The distinguished name as text.
    var distinguishedName: String { text(name) }

    /// The values of an attribute as text; its name is compared without regard to case.
    func texts(_ attribute: String) -> [String] {
        attributes.filter { text($0.name).lowercased() == attribute.lowercased() }
            .flatMap { values[$0.values] }.map(text)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

extension DirectoryEntry {
    /// Makes an entry from texts.
    init(name: String, _ attributes: KeyValuePairs<String, [String]> = [:]) {
        begin(name: Array(name.utf8).span)
        for (attribute, values) in attributes {
            add(attribute: Array(attribute.utf8).span)
            for value in values { add(value: Array(value.utf8).span) }
        }
    }

    /// Whether a server gave an attribute only in part, as it marks by the option `range=`.
    var hasRange: Bool { attributes.contains { valueRange(of: $0) != nil } }

    /// The name of an attribute without the option `range=`, and where its values stand among all; nil without one.
    func valueRange(of attribute: Attribute) -> (name: String, range: ValueRange)? {
        // Nearly all names have no option, and this is asked for every value.
        guard bytes[attribute.name].contains(UInt8(ascii: ";")) else { return nil }
        var kept: [Substring] = []
        var found: ValueRange?
        for part in text(attribute.name).split(separator: ";") {
            if let range = ValueRange(option: part) { found = range } else { kept.append(part) }
        }
        return found.map { (kept.joined(separator: ";"), $0) }
    }

    /// Where the name of an attribute lies, without the option `range=`.
    func plainName(of attribute: Attribute) -> Range<Int> {
        guard valueRange(of: attribute) != nil,
            let end = bytes[attribute.name].firstIndex(of: UInt8(ascii: ";"))
        else { return attribute.name }
        return attribute.name.lowerBound..<end
    }
}

/// Which of many values a server gave: `range=0-1499`, or `range=1500-*` for the last ones.
///
/// Source: https://learn.microsoft.com/windows/win32/adsi/attribute-range-retrieval
struct ValueRange: Hashable {
    var first: Int
    /// Nil for the last ones.
    var last: Int?

    init?(option: Substring) {
        guard option.lowercased().hasPrefix("range=") else { return nil }
        let bounds = option.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2, let first = Int(bounds[0]), first >= 0 else { return nil }
        self.first = first
        if bounds[1] != "*" {
            guard let last = Int(bounds[1]), last >= first else { return nil }
            self.last = last
        }
    }
}

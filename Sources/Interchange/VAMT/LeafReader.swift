import ActivationModel
import XMLStream

/// Understands the text of leaves and attributes, straight from bytes.
///
/// Blanks around a value never matter, and an empty value is a missing one. What cannot be understood is reported
/// once per distinct value.
struct LeafReader {
    private var interner = ByteInterner<FieldValue>(bits: 11)
    private static let textTag: UInt8 = 0

    // MARK: - Product fields

    /// The value of a product field.
    mutating func value(
        _ field: ProductField, kind: ProductField.Kind, _ raw: Span<UInt8>, at cursor: borrowing XMLCursor,
        _ queue: inout RowQueue
    ) -> FieldValue {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return .missing }
        switch kind {
        case .repeatedText: return repeated(text)
        case .uniqueText: return .text(String(utf8: text))
        case .number:
            if let number = Int64(decimal: text) { return .number(number) }
        case .guid:
            if let guid = GUID(bytes: text) { return .guid(guid) }
        case .timestamp:
            if let instant = Timestamp(isoBytes: text) { return .timestamp(instant) }
            if text.isEmptyDate { return .missing }
        case .keyType: if let number = member(of: KeyType.self, text) { return .number(Int64(number)) }
        case .licenseStatus:
            if let number = member(of: LicenseStatus.self, text) { return .number(Int64(number)) }
        case .genuineStatus:
            if let number = member(of: GenuineStatus.self, text) { return .number(Int64(number)) }
        case .vlActivationType:
            if let number = member(of: VLActivationType.self, text) { return .number(Int64(number)) }
        }
        let written = String(utf8: text)
        queue.unknownValue(written, of: field.elementName, at: cursor, isKept: true)
        return .text(written)
    }

    // MARK: - Values of other records

    /// Text, shared with earlier leaves that say the same.
    mutating func text(_ raw: Span<UInt8>) -> String? {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return nil }
        if case .text(let string) = repeated(text) { return string }
        return nil
    }

    /// Text that hardly occurs twice.
    func uniqueText(_ raw: Span<UInt8>) -> String? {
        let text = raw.extracting(raw.contentRange)
        return text.count > 0 ? String(utf8: text) : nil
    }

    /// An identifier; one that is not understood is reported and left out.
    func guid(_ raw: Span<UInt8>, _ name: VAMTName, at cursor: borrowing XMLCursor, _ queue: inout RowQueue) -> GUID? {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return nil }
        if let guid = GUID(bytes: text) { return guid }
        queue.unknownValue(String(utf8: text), of: name.text, at: cursor, isKept: false)
        return nil
    }

    /// A decimal number; one that is not understood is reported and left out.
    func number(_ raw: Span<UInt8>, _ name: VAMTName, at cursor: borrowing XMLCursor, _ queue: inout RowQueue) -> Int64?
    {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return nil }
        if let number = Int64(decimal: text) { return number }
        queue.unknownValue(String(utf8: text), of: name.text, at: cursor, isKept: false)
        return nil
    }

    /// An instant; .NET's empty date is a missing one, and one that is not understood is reported and left out.
    func timestamp(
        _ raw: Span<UInt8>, _ name: VAMTName, at cursor: borrowing XMLCursor, _ queue: inout RowQueue
    ) -> Timestamp? {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return nil }
        if let instant = Timestamp(isoBytes: text) { return instant }
        if !text.isEmptyDate { queue.unknownValue(String(utf8: text), of: name.text, at: cursor, isKept: false) }
        return nil
    }

    /// `1`, `0`, `true` or `false` in any case; anything else is reported and left out.
    func boolean(_ raw: Span<UInt8>, _ name: VAMTName, at cursor: borrowing XMLCursor, _ queue: inout RowQueue) -> Bool?
    {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return nil }
        let word = String(utf8: text)
        switch word.lowercased() {
        case "1", "true": return true
        case "0", "false": return false
        default:
            queue.unknownValue(word, of: name.text, at: cursor, isKept: false)
            return nil
        }
    }

    /// A member of a value set. The text of one that is not understood comes back beside nil and is reported.
    mutating func member<Member: TaggedValueSet>(
        _ type: Member.Type, _ raw: Span<UInt8>, _ name: VAMTName, isKept: Bool, at cursor: borrowing XMLCursor,
        _ queue: inout RowQueue
    ) -> (member: Member?, text: String?) {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return (nil, nil) }
        if let number = member(of: type, text) { return (Member(rawValue: number), nil) }
        let word = String(utf8: text)
        queue.unknownValue(word, of: name.text, at: cursor, isKept: isKept)
        return (nil, word)
    }

    /// A whole product key, or the last five characters of a masked one. The text itself is never repeated anywhere.
    func productKey(
        _ raw: Span<UInt8>, at cursor: borrowing XMLCursor, _ queue: inout RowQueue
    ) -> (key: ProductKey?, partial: PartialProductKey?) {
        let text = raw.extracting(raw.contentRange)
        guard text.count > 0 else { return (nil, nil) }
        let written = String(utf8: text)
        if let key = ProductKey(written) { return (key, key.partialKey) }
        if let partial = PartialProductKey(masked: written) ?? PartialProductKey(written) { return (nil, partial) }
        queue.report(
            .warning, "vamt.key.unreadable", at: cursor.place,
            "A product key is not of the form of a product key; it is left out.",
            remedy: "Compare the key with the licence documents; its text is not shown here.")
        return (nil, nil)
    }

    // MARK: - Remembered values

    private mutating func repeated(_ text: Span<UInt8>) -> FieldValue {
        interner.value(of: text, tag: LeafReader.textTag) { (.text(String(utf8: $0)), true) }
    }

    private mutating func member<Member: TaggedValueSet>(of type: Member.Type, _ text: Span<UInt8>) -> Int? {
        let value = interner.value(of: text, tag: Member.tag) { text in
            let member = Member(anySpelling: String(utf8: text))
            return (member.map { .number(Int64($0.rawValue)) } ?? .missing, member != nil)
        }
        if case .number(let number) = value { return Int(number) }
        return nil
    }
}

/// A value set whose texts are remembered apart from those of others; 0 is the tag of plain text.
protocol TaggedValueSet: ValueSet { static var tag: UInt8 { get } }
extension KeyType: TaggedValueSet { static var tag: UInt8 { 1 } }
extension LicenseStatus: TaggedValueSet { static var tag: UInt8 { 2 } }
extension GenuineStatus: TaggedValueSet { static var tag: UInt8 { 3 } }
extension VLActivationType: TaggedValueSet { static var tag: UInt8 { 4 } }
extension NetworkType: TaggedValueSet { static var tag: UInt8 { 5 } }

extension RowQueue {
    /// Reports a value that is not understood.
    mutating func unknownValue(_ value: String, of name: String, at cursor: borrowing XMLCursor, isKept: Bool) {
        let shown = value.count > 60 ? value.prefix(60) + "…" : value[...]
        report(
            .warning, "vamt.value.unknown", at: cursor.place,
            "The value '\(shown)' of \(name) is not known; it is \(isKept ? "kept as it is written" : "left out").",
            remedy: "If it is right, tell the authors of this program; else mend it at its source.")
    }
}

extension XMLCursor {
    /// Where the parser stands.
    var place: FilePlace { FilePlace(line: line, column: column) }
}

extension Span where Element == UInt8 {
    /// Where the content lies between blanks, tabs and line ends at both ends.
    var contentRange: Range<Int> {
        var first = 0
        var last = count
        while first < last, self[first] <= 0x20 { first += 1 }
        while last > first, self[last - 1] <= 0x20 { last -= 1 }
        return first..<last
    }

    /// Whether this is .NET's `DateTime.MinValue`, which stands for "no date".
    var isEmptyDate: Bool {
        let prefix: StaticString = "0001-01-01"
        guard count >= prefix.utf8CodeUnitCount else { return false }
        return String(utf8: extracting(0..<prefix.utf8CodeUnitCount)) == "\(prefix)"
    }
}

extension Int64 {
    /// Reads a decimal number with an optional sign; nil for anything else.
    init?(decimal text: Span<UInt8>) {
        var index = 0
        var isNegative = false
        if text.count > 1, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
            isNegative = text[0] == UInt8(ascii: "-")
            index = 1
        }
        guard text.count > index, text.count - index <= 18 else { return nil }
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- 0x30
            guard digit <= 9 else { return nil }
            value = value * 10 + Int64(digit)
            index += 1
        }
        self = isNegative ? -value : value
    }
}

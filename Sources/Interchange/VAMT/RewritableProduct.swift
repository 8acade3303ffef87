import ActivationModel
import XMLStream

/// One part of an XML document, as it is copied from one to another.
enum XMLPart: Hashable, Sendable {
    /// The names are as written, with their prefixes; declarations of namespaces are attributes.
    case start(name: String, attributes: [XMLPartAttribute])
    case end
    case text(String)
    case comment(String)
    case processingInstruction(target: String, data: String)

    /// Whether this is text of blanks and line ends only.
    var isBlank: Bool { if case .text(let text) = self { text.utf8.allSatisfy { $0 <= 0x20 } } else { false } }

    /// Bytes of text in this part, as a measure of its memory.
    var size: Int {
        switch self {
        case .start(let name, let attributes):
            attributes.reduce(name.utf8.count + 32) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
        case .end: 32
        case .text(let text), .comment(let text): text.utf8.count + 32
        case .processingInstruction(let target, let data): target.utf8.count + data.utf8.count + 32
        }
    }

    func write(to xml: XMLStreamWriter) throws {
        switch self {
        case .start(let name, let attributes):
            try xml.startElement(name)
            for attribute in attributes { try xml.attribute(attribute.name, attribute.value) }
        case .end: try xml.endElement()
        case .text(let text): try xml.text(text)
        case .comment(let text): try xml.comment(text)
        case .processingInstruction(let target, let data): try xml.processingInstruction(target, data: data)
        }
    }

    /// A name without its prefix in lower case, by which names are compared.
    static func key(_ name: String) -> String {
        String(name.split(separator: ":", maxSplits: 1).last ?? "").lowercased()
    }

    /// Whether a name has that key. It is asked for every field of every product, so it makes no strings.
    static func has(_ name: String, key: String) -> Bool {
        let bytes = name.utf8
        let start = bytes.firstIndex(of: UInt8(ascii: ":")).map { bytes.index(after: $0) } ?? bytes.startIndex
        return bytes[start...].elementsEqual(key.utf8) { byte, wanted in
            byte == wanted || (byte >= 0x41 && byte <= 0x5A && byte | 0x20 == wanted)
        }
    }
}

/// An attribute as written.
struct XMLPartAttribute: Hashable, Sendable {
    var name: String
    var value: String
}

/// One product in a file that is being rewritten: its fields by name, to look at and to change.
///
/// A field is an element of the product, in a `.cil` file also an attribute, or `Sku`, `ProductName` and
/// `ApplicationId` in its `Sku` element. Names are those of `.cilx` files, in any case. Whatever is not changed stays.
public struct RewritableProduct {
    /// The computer that the product belongs to, as far as the file tells before the product ends.
    public let computer: ComputerIdentity
    /// The line that the product starts on, from 1.
    public let line: Int
    /// Whether something was changed.
    public private(set) var isChanged = false

    private(set) var parts: [XMLPart]

    private enum Place {
        case attribute(part: Int, index: Int)
        /// The positions of an element's start and end.
        case element(ClosedRange<Int>)
    }

    /// `parts` begins with the start and ends with the end of the product.
    init(computer: ComputerIdentity, line: Int, parts: [XMLPart]) {
        self.line = line
        self.parts = parts
        self.computer = computer
    }

    /// The text of a field; nil when it is missing or empty.
    public subscript(name: String) -> String? {
        guard let place = places(of: XMLPart.key(name)).first else { return nil }
        let text = text(at: place)
        return text.isEmpty ? nil : text
    }

    /// The text of a field; nil when it is missing or empty.
    public subscript(field: ProductField) -> String? { self[field.elementName] }

    /// Sets a field. A new one takes its place in the order of Microsoft's schema, an unknown one comes last.
    public mutating func set(_ name: String, to value: String) {
        let places = places(of: XMLPart.key(name))
        if places.allSatisfy({ text(at: $0) == value }), !places.isEmpty { return }
        isChanged = true
        guard !places.isEmpty else { return insert(name, value) }
        // From the end, so that the positions before stay right.
        for place in places.reversed() {
            switch place {
            case .attribute(let part, let index): replaceAttribute(part, index, by: value)
            case .element(let range):
                parts.replaceSubrange(
                    range.lowerBound + 1..<range.upperBound, with: value.isEmpty ? [] : [.text(value)])
            }
        }
    }

    /// Sets a field. A new one takes its place in the order of Microsoft's schema.
    public mutating func set(_ field: ProductField, to value: String) { set(field.elementName, to: value) }

    /// Removes a field with the white space before it.
    public mutating func remove(_ name: String) {
        for place in places(of: XMLPart.key(name)).reversed() {
            isChanged = true
            switch place {
            case .attribute(let part, let index): replaceAttribute(part, index, by: nil)
            case .element(let range):
                let hasBlank = parts[range.lowerBound - 1].isBlank
                parts.removeSubrange(range.lowerBound - (hasBlank ? 1 : 0)...range.upperBound)
            }
        }
    }

    /// Removes a field with the white space before it.
    public mutating func remove(_ field: ProductField) { remove(field.elementName) }

    // MARK: Places

    /// The fields that a `.cil` file keeps as attributes of `Sku`, by the key of their name.
    private static let skuAttributes = ["sku": "id", "productname": "name", "applicationid": "applicationid"]

    /// All places of a field in the order of the file.
    private func places(of key: String) -> [Place] {
        var places = attributes(of: 0, key)
        for range in children {
            guard case .start(let name, _) = parts[range.lowerBound] else { continue }
            if XMLPart.has(name, key: "sku"), !attributes(of: range.lowerBound, "id").isEmpty {
                if let attribute = RewritableProduct.skuAttributes[key] {
                    places += attributes(of: range.lowerBound, attribute)
                }
            } else if XMLPart.has(name, key: key) {
                places.append(.element(range))
            }
        }
        return places
    }

    private func attributes(of part: Int, _ key: String) -> [Place] {
        guard case .start(_, let attributes) = parts[part] else { return [] }
        return attributes.indices.filter { index in
            !attributes[index].name.hasPrefix("xmlns") && XMLPart.has(attributes[index].name, key: key)
        }.map { .attribute(part: part, index: $0) }
    }

    /// The child elements, from start to end.
    private var children: [ClosedRange<Int>] {
        var children: [ClosedRange<Int>] = []
        var depth = 0
        var start = 0
        for (index, part) in parts.enumerated() {
            if case .start = part {
                depth += 1
                if depth == 2 { start = index }
            } else if case .end = part {
                if depth == 2 { children.append(start...index) }
                depth -= 1
            }
        }
        return children
    }

    private func text(at place: Place) -> String {
        switch place {
        case .attribute(let part, let index):
            guard case .start(_, let attributes) = parts[part] else { return "" }
            return attributes[index].value
        case .element(let range):
            return parts[range].reduce(into: "") { text, part in
                if case .text(let piece) = part { text += piece }
            }
        }
    }

    // MARK: Changes

    private mutating func replaceAttribute(_ part: Int, _ index: Int, by value: String?) {
        guard case .start(let name, var attributes) = parts[part] else { return }
        if let value { attributes[index].value = value } else { attributes.remove(at: index) }
        parts[part] = .start(name: name, attributes: attributes)
    }

    private static let order: [String: Int] = Dictionary(
        uniqueKeysWithValues: ProductField.allCases.map { ($0.elementName.lowercased(), $0.rawValue) })

    private mutating func insert(_ name: String, _ value: String) {
        let children = children
        let position = RewritableProduct.order[XMLPart.key(name)] ?? Int.max
        let before = children.last { range in
            guard case .start(let name, _) = parts[range.lowerBound] else { return false }
            // What the schema does not know does not say where it belongs.
            return (RewritableProduct.order[XMLPart.key(name)] ?? (position == Int.max ? 0 : Int.max)) < position
        }
        var added: [XMLPart] = [.start(name: prefix + name, attributes: []), .text(value), .end]
        if value.isEmpty { added.remove(at: 1) }
        // The white space before the first field moves fields in.
        if let first = children.first, parts[first.lowerBound - 1].isBlank {
            added.insert(parts[first.lowerBound - 1], at: 0)
        }
        parts.insert(contentsOf: added, at: (before?.upperBound ?? 0) + 1)
    }

    /// The product's own prefix with its colon, so that new fields are in the same namespace.
    private var prefix: String {
        guard case .start(let name, _) = parts[0], let colon = name.firstIndex(of: ":") else { return "" }
        return String(name[...colon])
    }
}

import ActivationModel

/// The values of one taken part of a JSON document, in the order of the text.
///
/// Invariant: a container lies before what it holds, and `next` leads behind all of that. Strings lie in `bytes` as UTF-8
/// without escapes, numbers as they are written.
struct JSONTape: Sendable {
    struct Node: Sendable {
        var kind: JSONKind
        var line: Int32
        /// Where the name lies in `bytes`; empty for elements of arrays, and for members that a later one replaces.
        var nameStart: Int32
        var nameEnd: Int32
        /// Where the text lies in `bytes`.
        var start: Int32
        var end: Int32
        /// The node behind this one and all that it holds.
        var next: Int32
        var isReplaced = false
    }

    var bytes: [UInt8] = []
    var nodes: [Node] = []

    /// What the part costs.
    var size: Int { bytes.count + nodes.count * MemoryLayout<Node>.stride }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        nodes.removeAll(keepingCapacity: true)
    }
}

/// A value of a JSON document with all that it holds.
///
///     item["Name"]?.text
///     item["properties"]?["osType"]?.text
struct JSONItem: Sendable {
    let tape: JSONTape
    let index: Int

    init(tape: JSONTape, index: Int = 0) {
        self.tape = tape
        self.index = index
    }

    private var node: JSONTape.Node { tape.nodes[index] }

    /// What the value is.
    var kind: JSONKind { node.kind }
    /// The line on which it begins, from 1.
    var line: Int { Int(node.line) }
    /// The name of a member; empty for an element.
    var nameBytes: ArraySlice<UInt8> { tape.bytes[Int(node.nameStart)..<Int(node.nameEnd)] }
    /// The name of a member; empty for an element.
    var name: String { String(decoding: nameBytes, as: UTF8.self) }
    /// The text of a string in UTF-8, or a number as it is written; empty for other values.
    var bytes: ArraySlice<UInt8> { tape.bytes[Int(node.start)..<Int(node.end)] }

    /// The members of an object or elements of an array, in their order. Of members with the same name the last is given.
    var children: [JSONItem] {
        guard kind.isContainer else { return [] }
        var result: [JSONItem] = []
        var child = index + 1
        while child < Int(node.next) {
            if !tape.nodes[child].isReplaced { result.append(JSONItem(tape: tape, index: child)) }
            child = Int(tape.nodes[child].next)
        }
        return result
    }

    /// The member of that name; when there is none, one whose name differs in the case of ASCII letters only.
    ///
    /// - Complexity: linear in the number of members.
    subscript(name: String) -> JSONItem? {
        guard kind == .object else { return nil }
        var other: Int?
        var child = index + 1
        let end = Int(node.next)
        while child < end {
            let node = tape.nodes[child]
            let length = Int(node.nameEnd - node.nameStart)
            if length == name.utf8.count, !node.isReplaced {
                switch tape.bytes[Int(node.nameStart)..<Int(node.nameEnd)].spelling(of: name) {
                case .same: return JSONItem(tape: tape, index: child)
                case .otherCase: if other == nil { other = child }
                case .different: break
                }
            }
            child = Int(node.next)
        }
        return other.map { JSONItem(tape: tape, index: $0) }
    }

    /// The text of a string or number without blanks at its ends; nil when there is none.
    var text: String? {
        guard kind == .string || kind == .number else { return nil }
        let text = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
        return text.isEmpty ? nil : String(text)
    }

    /// A boolean, also one that is written as a text or number.
    var boolean: Bool? {
        switch kind {
        case .yes: return true
        case .no: return false
        default: break
        }
        switch text?.lowercased() {
        case "true", "1", "yes": return true
        case "false", "0", "no": return false
        default: return nil
        }
    }
}

extension ArraySlice<UInt8> {
    enum Spelling { case same, otherCase, different }

    /// Compares with a text of the same length.
    func spelling(of text: String) -> Spelling {
        var result = Spelling.same
        var index = startIndex
        for byte in text.utf8 {
            let own = self[index]
            index += 1
            if own == byte { continue }
            let folded = own | 0x20
            guard folded == byte | 0x20, folded >= UInt8(ascii: "a"), folded <= UInt8(ascii: "z") else {
                return .different
            }
            result = .otherCase
        }
        return result
    }
}

import ActivationModel
import XMLStream

/// Makes an item of each object of a CLIXML document.
struct CLIXMLHandler: XMLEventHandler {
    static var readsTextPieces: Bool { false }
    static let names = XMLNameTable([
        "Objs", "Obj", "TN", "T", "TNRef", "ToString", "Props", "MS", "LST", "QUE", "STK", "IE", "DCT", "En", "Ref",
        "Nil",
        "B", "I16", "U16", "I32", "U32", "I64", "U64", "By", "SB", "D", "Db", "Sg", "C",
    ])

    private enum Name: Int {
        case objs, obj, typeNames, type, typeReference, toString, properties, members, list, queue, stack, enumerable
        case dictionary, entry, reference, null
        case boolean, int16, uint16, int32, uint32, int64, uint64, byte, signedByte, decimal, double, single, character

        var isNumber: Bool { rawValue >= Name.int16.rawValue }
    }

    /// An object of the file; nil when it was too large.
    struct Item {
        var tape: JSONTape?
        var line: Int
    }

    /// An open element that has a node.
    private struct Level {
        var node: Int
        var depth: Int
        /// What the object says it is as a text; it counts when nothing else is known of it.
        var text: [UInt8] = []
    }

    private(set) var failure: InterchangeError?

    private let limit: Int
    private var items: [Item] = []
    private var tape = JSONTape()
    private var levels: [Level] = []
    private var startLine = 0
    private var isTooLarge = false
    private var typeName: [UInt8] = []
    /// The depth of an element that is passed over with all it holds; 0 for none.
    private var skippedDepth = 0
    /// The depth of the list that is the file's only object and was opened; 0 for none.
    private var openedDepth = 0
    private var hasRoot = false

    init(limit: Int) { self.limit = limit }

    /// The objects that are complete.
    mutating func takeItems() -> [Item] {
        let taken = items
        items = []
        return taken
    }

    // MARK: - Elements

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        guard skippedDepth == 0 else { return }
        let name = Name(rawValue: tag.symbol)
        guard hasRoot else {
            hasRoot = true
            if name != .objs {
                failure = InterchangeError(
                    .unreadable, code: "clixml.root", line: cursor.line, column: cursor.column,
                    message: "The root element is “\(tag.name.prefix(60))”, not “Objs”: this is no CLIXML.",
                    remedy: "Export the objects with Export-Clixml.")
                cursor.stop()
            }
            return
        }
        switch name {
        case .typeReference, .typeNames, .type, .toString, .objs: break
        case .properties, .members:
            if !becomes(.object) { skippedDepth = cursor.depth }
        case .list, .queue, .stack, .enumerable, .dictionary:
            if levels.count == 1, levels[0].depth == 2, openedDepth == 0, tape.nodes.count == 1, items.isEmpty {
                // An array that was exported as one object: its elements are the objects of the file.
                openedDepth = cursor.depth
                levels = []
                tape.removeAll()
                typeName = []
            } else if !becomes(.array) {
                skippedDepth = cursor.depth
            }
        case .entry: open(.object, tag, at: cursor)
        default: open(.null, tag, at: cursor)
        }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        let depth = cursor.depth
        if skippedDepth != 0 {
            if depth == skippedDepth { skippedDepth = 0 }
            return
        }
        if depth == openedDepth {
            openedDepth = 0
            skippedDepth = depth - 1
            return
        }
        let name = Name(rawValue: symbol)
        switch name {
        case .type:
            if levels.count == 1, typeName.isEmpty { typeName = CLIXMLHandler.unescaped(text) }
        case .toString:
            if let last = levels.indices.last { levels[last].text = CLIXMLHandler.unescaped(text) }
        default:
            guard let level = levels.last, level.depth == depth else { return }
            close(level, name, text)
        }
    }

    // MARK: - Nodes

    private mutating func open(_ kind: JSONKind, _ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        if levels.isEmpty {
            tape.removeAll()
            isTooLarge = false
            startLine = cursor.line
            typeName = []
        }
        let nameStart = tape.bytes.count
        if !levels.isEmpty {
            for index in 0..<tag.attributeCount where tag.attributeName(index) == "N" {
                tag.withAttributeValue(index) { tape.bytes += CLIXMLHandler.unescaped($0) }
            }
        }
        append(kind, nameStart: nameStart, text: [], line: cursor.line)
        levels.append(Level(node: tape.nodes.count - 1, depth: cursor.depth))
    }

    private mutating func append(_ kind: JSONKind, nameStart: Int, text: [UInt8], line: Int) {
        let start = tape.bytes.count
        tape.bytes += text
        tape.nodes.append(
            JSONTape.Node(
                kind: kind, line: Int32(truncatingIfNeeded: line), nameStart: Int32(nameStart), nameEnd: Int32(start),
                start: Int32(start), end: Int32(tape.bytes.count), next: Int32(tape.nodes.count + 1)))
        if tape.size > limit {
            isTooLarge = true
            // Nothing of the object is used; its shape is kept up with small nodes only.
            tape.bytes.removeAll(keepingCapacity: true)
            for index in tape.nodes.indices {
                tape.nodes[index].nameStart = 0
                tape.nodes[index].nameEnd = 0
                tape.nodes[index].start = 0
                tape.nodes[index].end = 0
            }
        }
    }

    /// Makes the open object one of the kind; false when it is another kind already.
    private mutating func becomes(_ kind: JSONKind) -> Bool {
        guard let node = levels.last?.node else { return false }
        guard tape.nodes[node].kind == .null else { return tape.nodes[node].kind == kind }
        tape.nodes[node].kind = kind
        if kind == .object, levels.count == 1, !typeName.isEmpty {
            let nameStart = tape.bytes.count
            tape.bytes += Array("PSTypeName".utf8)
            append(.string, nameStart: nameStart, text: typeName, line: Int(tape.nodes[node].line))
        }
        return true
    }

    private mutating func close(_ level: Level, _ name: Name?, _ text: Span<UInt8>) {
        levels.removeLast()
        if name == .obj || name == .entry {
            if tape.nodes[level.node].kind == .null, !level.text.isEmpty {
                set(level.node, .string, level.text)
            }
        } else if let parent = levels.last, tape.nodes[parent.node].kind == .null {
            // The value of an enumeration stands in its object without a name.
            let (kind, bytes) = CLIXMLHandler.value(name, text)
            tape.nodes.removeSubrange((parent.node + 1)...)
            set(parent.node, kind, bytes)
            return
        } else {
            let (kind, bytes) = CLIXMLHandler.value(name, text)
            set(level.node, kind, bytes)
        }
        tape.nodes[level.node].next = Int32(tape.nodes.count)
        guard levels.isEmpty else { return }
        items.append(Item(tape: isTooLarge ? nil : tape, line: startLine))
        tape = JSONTape()
    }

    private mutating func set(_ node: Int, _ kind: JSONKind, _ text: [UInt8]) {
        tape.nodes[node].kind = kind
        if isTooLarge { return }
        tape.nodes[node].start = Int32(tape.bytes.count)
        tape.bytes += text
        tape.nodes[node].end = Int32(tape.bytes.count)
        if tape.size > limit { isTooLarge = true }
    }

    // MARK: - Values

    private static func value(_ name: Name?, _ text: Span<UInt8>) -> (JSONKind, [UInt8]) {
        switch name {
        case .null, .reference: return (.null, [])
        case .boolean:
            let word = String(utf8: text.extracting(text.contentRange)).lowercased()
            return (word == "true" ? .yes : .no, [])
        case .some(let name) where name.isNumber:
            let content = text.extracting(text.contentRange)
            return (.number, content.indices.map { content[$0] })
        default: return (.string, unescaped(text))
        }
    }

    /// Text in which `_x000A_` stands for a character that XML cannot hold, or that it would change.
    ///
    /// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp/301404a9-232f-439c-8644-1a213675bfac
    static func unescaped(_ text: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var high: UInt32?
        var index = 0
        while index < text.count {
            guard let unit = escape(text, at: index) else {
                result.append(text[index])
                index += 1
                high = nil
                continue
            }
            index += 7
            var scalar = Unicode.Scalar(unit)
            if unit & 0xFC00 == 0xD800 {
                high = unit
                continue
            }
            if let first = high, unit & 0xFC00 == 0xDC00 {
                scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + unit & 0x3FF)
            }
            high = nil
            result += UTF8.encode(scalar ?? "\u{FFFD}").map { Array($0) } ?? []
        }
        return result
    }

    private static func escape(_ text: Span<UInt8>, at start: Int) -> UInt32? {
        guard start + 7 <= text.count, text[start] == UInt8(ascii: "_"), text[start + 1] | 0x20 == UInt8(ascii: "x"),
            text[start + 6] == UInt8(ascii: "_")
        else { return nil }
        var value: UInt32 = 0
        for index in start + 2..<start + 6 {
            let byte = text[index]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
            default: return nil
            }
        }
        return value
    }
}

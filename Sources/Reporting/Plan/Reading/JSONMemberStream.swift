/// Cuts a JSON document (RFC 8259) that is one object into the values of its members, and large arrays into batches of
/// elements, while the document's bytes arrive.
///
///     var stream = JSONMemberStream(members: ["schema"], arrays: ["computers"])
///     while let chunk = try next() { try stream.read(chunk) { piece in … } }
///     try stream.finish()
///
/// Members that are not asked for are passed over. The stream knows strings, escapes and nesting and nothing else of
/// JSON: what it hands on is complete, but only decoding it shows whether it is well formed.
///
/// Invariant: memory holds one value or one batch, never the document.
struct JSONMemberStream {
    /// What the stream hands on.
    enum Piece {
        /// The value of a member, and where it begins in the document.
        case value(member: String, bytes: [UInt8], offset: Int)
        /// Some elements of an array as a JSON array of their own, and where each begins in the document.
        case elements(member: String, bytes: [UInt8], offsets: [Int])
    }

    /// What is wrong with the document's structure, and where.
    struct Damage: Error, Hashable {
        /// In bytes from the start of the document.
        var offset: Int
        var message: String
    }

    private enum Phase {
        case start, beforeName(afterComma: Bool), name, colon, beforeValue, value, afterValue
        case beforeElement(afterComma: Bool), element, afterElement, end
    }

    /// The largest value or element in bytes, and the deepest nesting: more than any document of ours needs.
    private static let (largestValue, deepestNesting, longestName) = (256 << 20, 64, 1024)

    private let members: Set<String>
    private let arrays: Set<String>
    private let batchSize: Int

    private var phase = Phase.start
    /// Bytes of all chunks before the present one.
    private var offset = 0
    private var name: [UInt8] = []
    private var member = ""
    private var seen: Set<String> = []
    private var collects = false
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    /// The brackets of the present value that are open.
    private var open: [UInt8] = []
    private var isInString = false
    private var isEscaped = false

    /// - Parameters:
    ///   - members: the members whose values are wanted whole.
    ///   - arrays: the members whose values are arrays that are wanted in batches.
    ///   - batchSize: how many elements a batch has at most.
    init(members: Set<String>, arrays: Set<String>, batchSize: Int = 512) {
        self.members = members
        self.arrays = arrays
        self.batchSize = batchSize
    }

    /// Takes the next bytes of the document and hands on what has become complete.
    ///
    /// - Throws: `Damage`, or what `receive` throws.
    mutating func read(_ chunk: [UInt8], _ receive: (Piece) throws -> Void) throws {
        var index = 0
        while index < chunk.count {
            switch phase {
            case .value, .element:
                let end = try scan(chunk, from: index)
                if collects {
                    guard bytes.count + end.index - index <= JSONMemberStream.largestValue else {
                        throw Damage(offset: offset + index, message: "the value of \"\(member)\" is too large")
                    }
                    bytes.append(contentsOf: chunk[index..<end.index])
                }
                index = end.index
                if end.isComplete { try complete(receive) }
            default:
                if try step(chunk[index], at: offset + index, receive) { index += 1 }
            }
        }
        offset += chunk.count
    }

    /// Says that the document has no more bytes.
    func finish() throws(Damage) {
        if case .end = phase { return }
        throw Damage(offset: offset, message: "the document ends in the middle; it was cut, or is still being written")
    }

    /// One byte between values. Returns false when a value begins with it.
    private mutating func step(_ byte: UInt8, at place: Int, _ receive: (Piece) throws -> Void) throws -> Bool {
        if case .name = phase {
            try takeName(byte, at: place)
            return true
        }
        if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return true }
        func damage(_ expected: String) -> Damage {
            Damage(offset: place, message: "\(expected) is expected here")
        }
        switch phase {
        case .start:
            // A byte order mark in UTF-8 is no part of the document.
            if place < 3, byte == [0xEF, 0xBB, 0xBF][place] { return true }
            guard byte == UInt8(ascii: "{") else { throw damage("the object of a JSON document") }
            phase = .beforeName(afterComma: false)
        case .beforeName(let afterComma):
            if byte == UInt8(ascii: "}"), !afterComma {
                phase = .end
            } else {
                guard byte == UInt8(ascii: "\"") else { throw damage("the name of a member") }
                name.removeAll(keepingCapacity: true)
                phase = .name
            }
        case .colon:
            guard byte == UInt8(ascii: ":") else { throw damage("a colon") }
            phase = .beforeValue
        case .beforeValue:
            return try beginMember(byte, at: place)
        case .beforeElement(let afterComma):
            if byte == UInt8(ascii: "]"), !afterComma {
                try flush(receive)
                phase = .afterValue
            } else {
                guard isStart(byte) else { throw damage("an element of \"\(member)\"") }
                bytes.append(UInt8(ascii: offsets.isEmpty ? "[" : ","))
                offsets.append(place)
                phase = .element
                return false
            }
        case .afterElement, .afterValue:
            try separate(byte, damage("a comma or the end of \"\(member)\""), receive)
        case .end:
            throw Damage(offset: place, message: "something follows the end of the document")
        case .name, .value, .element: break
        }
        return true
    }

    private mutating func separate(_ byte: UInt8, _ damage: Damage, _ receive: (Piece) throws -> Void) throws {
        switch (phase, byte) {
        case (.afterElement, UInt8(ascii: ",")): phase = .beforeElement(afterComma: true)
        case (.afterElement, UInt8(ascii: "]")):
            try flush(receive)
            phase = .afterValue
        case (.afterValue, UInt8(ascii: ",")): phase = .beforeName(afterComma: true)
        case (.afterValue, UInt8(ascii: "}")): phase = .end
        default: throw damage
        }
    }

    /// A name is taken as it is written; none that is asked for needs an escape.
    private mutating func takeName(_ byte: UInt8, at place: Int) throws(Damage) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            member = String(decoding: name, as: UTF8.self)
            phase = .colon
            return
        }
        guard byte >= 0x20, name.count < JSONMemberStream.longestName else {
            throw Damage(offset: place, message: "the name of a member does not end")
        }
        name.append(byte)
    }

    private mutating func beginMember(_ byte: UInt8, at place: Int) throws(Damage) -> Bool {
        let isArray = arrays.contains(member)
        if isArray || members.contains(member), !seen.insert(member).inserted {
            throw Damage(offset: place, message: "the member \"\(member)\" stands here a second time")
        }
        if isArray {
            guard byte == UInt8(ascii: "[") else {
                throw Damage(offset: place, message: "the array of \"\(member)\" is expected here")
            }
            collects = true
            phase = .beforeElement(afterComma: false)
            return true
        }
        guard isStart(byte) else {
            throw Damage(offset: place, message: "the value of \"\(member)\" is expected here")
        }
        collects = members.contains(member)
        offsets.append(place)
        phase = .value
        return false
    }

    private func isStart(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: ",") && byte != UInt8(ascii: "}") && byte != UInt8(ascii: "]") && byte != UInt8(ascii: ":")
    }

    /// Goes to the end of the present value, or of the chunk.
    private mutating func scan(_ chunk: [UInt8], from start: Int) throws(Damage) -> (index: Int, isComplete: Bool) {
        var index = start
        while index < chunk.count {
            let byte = chunk[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                    if open.isEmpty { return (index + 1, true) }
                } else if byte < 0x20 {
                    throw Damage(offset: offset + index, message: "a text is not closed before the end of its line")
                }
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    guard open.count < JSONMemberStream.deepestNesting else {
                        throw Damage(offset: offset + index, message: "values are nested too deeply")
                    }
                    open.append(byte)
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    // The end of what a number or a word stands in.
                    guard let last = open.popLast() else { return (index, true) }
                    guard (last == UInt8(ascii: "{")) == (byte == UInt8(ascii: "}")) else {
                        throw Damage(offset: offset + index, message: "this bracket closes what another one opened")
                    }
                    if open.isEmpty { return (index + 1, true) }
                case UInt8(ascii: ","), 0x20, 0x0A, 0x0D, 0x09:
                    if open.isEmpty { return (index, true) }
                default: break
                }
            }
            index += 1
        }
        return (index, false)
    }

    private mutating func complete(_ receive: (Piece) throws -> Void) throws {
        if case .element = phase {
            phase = .afterElement
            if offsets.count >= batchSize { try flush(receive) }
            return
        }
        phase = .afterValue
        if collects { try receive(.value(member: member, bytes: bytes, offset: offsets.first ?? offset)) }
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }

    private mutating func flush(_ receive: (Piece) throws -> Void) throws {
        guard !offsets.isEmpty else { return }
        bytes.append(UInt8(ascii: "]"))
        try receive(.elements(member: member, bytes: bytes, offsets: offsets))
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }
}

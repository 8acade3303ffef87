import ActivationModel

/// Cuts a JSON document into the values that are taken from it.
///
/// Invariant: `path` leads to the container that is open; what lies deeper is either on the tape or passed over.
struct JSONCutter<Document: JSONDocument>: JSONSink {
    private enum Mode {
        /// Between the values of what is open.
        case choosing
        /// Inside a value that is taken.
        case taking
        /// Inside a value that is passed over.
        case passing
        /// Inside a value that would be taken if it were not too large.
        case overflowing
    }

    var document: Document

    private let limit: Int
    private var mode = Mode.choosing
    private var path = JSONPath()
    private var openKinds: [JSONKind] = []
    private var nextElement: [Int] = []
    /// Containers that are open inside the present value.
    private var depth = 0
    private var tape = JSONTape()
    /// The nodes of the containers that are open on the tape.
    private var nodes: [Int] = []
    private var pendingName: [UInt8] = []
    private var startLine = 0

    init(document: Document, limits: TextLimits) {
        self.document = document
        limit = limits.rowLength
    }

    // MARK: - Parts

    mutating func name(_ bytes: [UInt8]) throws {
        if mode != .passing { pendingName = bytes }
    }

    mutating func begin(_ kind: JSONKind, line: Int) throws {
        switch mode {
        case .choosing:
            stepDown()
            switch document.choice(for: kind, at: path) {
            case .open: open(kind)
            case .take:
                begin(.taking, line: line)
                append(kind, [], line: line)
            case .pass: begin(.passing, line: line)
            }
        case .taking:
            if depth == 1, path.isRoot, tape.nodes[0].kind == .object, isWrapped(kind) { return }
            depth += 1
            append(kind, [], line: line)
        case .passing, .overflowing: depth += 1
        }
    }

    mutating func scalar(
        _ kind: JSONKind, _ text: [UInt8], isCut: Bool, line: Int, output: inout RecordOutput
    ) throws {
        switch mode {
        case .choosing:
            stepDown()
            if document.choice(for: kind, at: path) == .take {
                begin(.taking, line: line)
                append(kind, text, line: line)
                if isCut { overflow() }
                depth = 0
                try handOn(&output)
            } else {
                stepUp()
            }
        case .taking:
            append(kind, text, line: line)
            if isCut { overflow() }
        case .passing, .overflowing: break
        }
    }

    mutating func end(output: inout RecordOutput) throws {
        if mode == .choosing {
            openKinds.removeLast()
            nextElement.removeLast()
            stepUp()
            return
        }
        depth -= 1
        if mode == .taking {
            let node = nodes.removeLast()
            tape.nodes[node].next = Int32(tape.nodes.count)
            if tape.nodes[node].kind == .object { replaceEarlier(in: node, &output) }
        }
        if depth == 0 { try handOn(&output) }
    }

    // MARK: - The path

    /// Steps to the value that begins.
    private mutating func stepDown() {
        guard let kind = openKinds.last else {
            path.steps.removeAll()
            return
        }
        if kind == .array {
            path.steps.append(.element(nextElement[nextElement.count - 1]))
            nextElement[nextElement.count - 1] += 1
        } else {
            path.steps.append(.member(String(decoding: pendingName, as: UTF8.self)))
        }
        pendingName.removeAll(keepingCapacity: true)
    }

    private mutating func stepUp() {
        if !path.steps.isEmpty { path.steps.removeLast() }
    }

    private mutating func open(_ kind: JSONKind) {
        openKinds.append(kind)
        nextElement.append(0)
    }

    // MARK: - The tape

    private mutating func begin(_ mode: Mode, line: Int) {
        self.mode = mode
        depth = 1
        startLine = line
        tape.removeAll()
        nodes.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ kind: JSONKind, _ text: [UInt8], line: Int) {
        let nameStart = tape.bytes.count
        tape.bytes.append(contentsOf: pendingName)
        let start = tape.bytes.count
        tape.bytes.append(contentsOf: text)
        pendingName.removeAll(keepingCapacity: true)
        let index = tape.nodes.count
        tape.nodes.append(
            JSONTape.Node(
                kind: kind, line: Int32(truncatingIfNeeded: line), nameStart: Int32(nameStart), nameEnd: Int32(start),
                start: Int32(start), end: Int32(tape.bytes.count), next: Int32(index + 1)))
        if kind.isContainer { nodes.append(index) }
        if tape.size > limit { overflow() }
    }

    private mutating func overflow() {
        mode = .overflowing
        tape.removeAll()
        nodes.removeAll(keepingCapacity: true)
    }

    /// Gives up a taken root when it only wraps the member that begins.
    private mutating func isWrapped(_ kind: JSONKind) -> Bool {
        let name = String(decoding: pendingName, as: UTF8.self)
        path.steps.append(.member(name))
        guard document.choice(for: kind, at: path) == .open else {
            path.steps.removeLast()
            return false
        }
        pendingName.removeAll(keepingCapacity: true)
        open(.object)
        open(kind)
        mode = .choosing
        return true
    }

    private mutating func handOn(_ output: inout RecordOutput) throws {
        let mode = self.mode
        self.mode = .choosing
        if mode == .taking {
            try document.read(JSONItem(tape: tape), at: path, into: &output)
        } else if mode == .overflowing {
            output.reject(
                "json.element.size", line: startLine, "A value is longer than \(limit) bytes.",
                remedy: "Check whether the file is what it claims to be; export fewer properties.")
        }
        stepUp()
    }

    // MARK: - Names that stand twice

    private mutating func replaceEarlier(in object: Int, _ output: inout RecordOutput) {
        var members: [Int] = []
        var child = object + 1
        while child < tape.nodes.count {
            members.append(child)
            child = Int(tape.nodes[child].next)
        }
        guard members.count > 1 else { return }
        let repeated = members.count <= 8 ? repeatedByPairs(members) : repeatedByHash(members)
        for index in repeated {
            tape.nodes[index].isReplaced = true
            let node = tape.nodes[index]
            let name = String(decoding: tape.bytes[Int(node.nameStart)..<Int(node.nameEnd)], as: UTF8.self)
            output.diagnostics.report(
                .warning, "json.name.duplicate", line: Int(node.line),
                "The name “\(cellForMessages(name))” stands more than once in one object; its last value counts.",
                remedy: "Check what wrote the file; standard tools write each name once.")
        }
    }

    private func name(of node: Int) -> ArraySlice<UInt8> {
        tape.bytes[Int(tape.nodes[node].nameStart)..<Int(tape.nodes[node].nameEnd)]
    }

    private func repeatedByPairs(_ members: [Int]) -> [Int] {
        members.indices.dropLast().filter { earlier in
            let length = tape.nodes[members[earlier]].nameEnd - tape.nodes[members[earlier]].nameStart
            return members[(earlier + 1)...].contains { later in
                tape.nodes[later].nameEnd - tape.nodes[later].nameStart == length
                    && name(of: later) == name(of: members[earlier])
            }
        }.map { members[$0] }
    }

    private func repeatedByHash(_ members: [Int]) -> [Int] {
        var last: [UInt64: [Int]] = [:]
        var repeated: [Int] = []
        for member in members.reversed() {
            // FNV-1a.
            let hash = name(of: member).reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            if let others = last[hash], others.contains(where: { name(of: $0) == name(of: member) }) {
                repeated.append(member)
            } else {
                last[hash, default: []].append(member)
            }
        }
        return repeated.reversed()
    }
}

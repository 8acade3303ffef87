import ActivationModel

/// One entry of an LDIF file: its distinguished name and the values of the attributes that were asked for.
///
///     for value in entry.values where value.attribute == wanted {
///         use(entry.bytes[entry.range(of: value)])
///     }
struct LDIFEntry {
    /// What a change record does.
    enum ChangeType: Hashable {
        /// A content record, or a change record that adds the entry.
        case add
        case delete
        case modify
        /// `modrdn` or `moddn`
        case rename
        case unknown
    }

    /// One value.
    struct Value: Hashable {
        /// The position of the attribute in the `LDIFAttributes` that were asked for.
        var attribute: Int
        /// Where its bytes begin and end in the entry's `bytes`.
        var start: Int32
        var end: Int32
        /// Whether it was written in base64. Text may be, octets must be.
        var isEncoded: Bool
        /// What the option `range=` says; nil without one.
        var rangeEnd: RangeEnd?
        /// The line the value starts on, from 1.
        var line: Int
    }

    /// How the option `range=` of an attribute ends: a server gives only so many values at once.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/adsi/attribute-range-retrieval
    enum RangeEnd: Hashable {
        /// `range=1500-*`: the last values.
        case last
        /// `range=0-1499`: more values follow in another answer.
        case open
    }

    /// The line that names the entry, from 1.
    var line = 1
    /// What the record does.
    var changeType = ChangeType.add
    /// Whether the record tells its change type, as ldifde writes it for each object.
    var isChangeRecord = false
    /// The distinguished name, and the values one after the other, without folding and base64.
    var bytes: [UInt8] = []
    /// Whether the sink took values of the entry already, which are gone.
    var isContinued = false
    /// How many of the bytes are the distinguished name.
    var nameLength = 0
    /// The values in the order of the file.
    var values: [Value] = []

    /// The distinguished name as written.
    var name: ArraySlice<UInt8> { bytes[..<nameLength] }

    /// Where a value lies in `bytes`.
    func range(of value: Value) -> Range<Int> { Int(value.start)..<Int(value.end) }

    /// The bytes of all values of an attribute, in the order of the file.
    func values(of attribute: Int) -> [ArraySlice<UInt8>] {
        values.filter { $0.attribute == attribute }.map { bytes[range(of: $0)] }
    }

    mutating func begin(line: Int) {
        self.line = line
        changeType = .add
        isChangeRecord = false
        isContinued = false
        bytes.removeAll(keepingCapacity: true)
        nameLength = 0
        values.removeAll(keepingCapacity: true)
    }

    /// Forgets the values so far, which the sink has taken.
    mutating func forgetValues() {
        isContinued = true
        bytes.removeSubrange(nameLength...)
        values.removeAll(keepingCapacity: true)
    }
}

/// What stands between the entries of an LDIF file: what the tool that wrote it says about the list.
enum LDIFRemark {
    /// A comment without its `#` and the blanks behind it.
    case comment
    /// A line of the result that ldapsearch prints behind the entries, such as `result: 4 Size limit exceeded`.
    case result
    /// A line that belongs to no entry and is neither of these, such as a message of a tool.
    case stray
}

/// Receives the entries of an LDIF file in their order.
protocol LDIFSink {
    /// Takes the values so far of an entry that has become longer than a row may be, and returns true; its other values
    /// follow in further parts and at last in `entry`. False when such an entry cannot be used.
    mutating func part(_ entry: LDIFEntry, into output: inout RecordOutput) -> Bool
    mutating func entry(_ entry: LDIFEntry, into output: inout RecordOutput) throws
    /// Takes a line between entries, cut at 256 bytes. `text` is the whole line, for a result with its name.
    mutating func remark(_ kind: LDIFRemark, _ text: Span<UInt8>, line: Int, into output: inout RecordOutput)
    /// Says what shows at the end of the file only; `entries` is how many there were.
    mutating func finish(entries: Int, into output: inout RecordOutput)
}

extension LDIFSink {
    mutating func part(_ entry: LDIFEntry, into output: inout RecordOutput) -> Bool { false }
    mutating func finish(entries: Int, into output: inout RecordOutput) {}
    mutating func remark(_ kind: LDIFRemark, _ text: Span<UInt8>, line: Int, into output: inout RecordOutput) {}
}

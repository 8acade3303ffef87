import ActivationModel

@testable import Interchange

/// What the LDIF parser makes of a text, comparable.
struct LDIFRecorder: LDIFSink, Equatable {
    struct Entry: Equatable {
        var line: Int
        var changeType: LDIFEntry.ChangeType
        var name: String
        var values: [String]
        var bytes: [[UInt8]]
        var rangeEnds: [LDIFEntry.RangeEnd?]
        var lines: [Int]
    }

    static let attributes = LDIFAttributes(["cn", "description", "memberOf", "objectGUID"])

    var entries: [Entry] = []
    var comments: [String] = []
    var results: [String] = []
    var strays: [String] = []
    var codes: [String] = []
    var lines: [Int?] = []
    var rejected = 0

    mutating func entry(_ entry: LDIFEntry, into output: inout RecordOutput) {
        entries.append(
            Entry(
                line: entry.line, changeType: entry.changeType, name: String(decoding: entry.name, as: UTF8.self),
                values: entry.values.map {
                    LDIFRecorder.attributes.names[$0.attribute] + "="
                        + String(decoding: entry.bytes[entry.range(of: $0)], as: UTF8.self)
                },
                bytes: entry.values.map { Array(entry.bytes[entry.range(of: $0)]) },
                rangeEnds: entry.values.map(\.rangeEnd), lines: entry.values.map(\.line)))
    }

    mutating func remark(_ kind: LDIFRemark, _ text: Span<UInt8>, line: Int, into output: inout RecordOutput) {
        let remark = String(decoding: text.indices.map { text[$0] }, as: UTF8.self)
        switch kind {
        case .comment: comments.append(remark)
        case .result: results.append(remark)
        case .stray: strays.append(remark)
        }
    }

    /// Reads bytes in chunks whose sizes are taken from `cuts`, over and over; the whole at once when there are none.
    init(_ bytes: [UInt8], cuts: [Int] = [], limits: TextLimits = TextLimits()) throws {
        var parser = LDIFParser(attributes: LDIFRecorder.attributes, limits: limits)
        var output = RecordOutput(file: "test.ldif") { _ in }
        var position = 0
        var turn = 0
        while position < bytes.count {
            let size = cuts.isEmpty ? bytes.count : max(1, cuts[turn % cuts.count])
            let end = min(bytes.count, position + size)
            try parser.parse(bytes.span.extracting(position..<end), into: &self, output: &output)
            position = end
            turn += 1
        }
        try parser.finish(into: &self, output: &output)
        codes = output.diagnostics.diagnostics.map(\.code)
        lines = output.diagnostics.diagnostics.map(\.line)
        rejected = output.rejected
    }

    init(_ text: String, cuts: [Int] = [], limits: TextLimits = TextLimits()) throws {
        try self.init(Array(text.utf8), cuts: cuts, limits: limits)
    }
}

import ActivationModel

@testable import Interchange

/// What holds for LDIF: entries do not depend on the cuts, and what is written of them is read as the same.
struct LDIFProperties {
    private struct Entry: Equatable {
        var name: [UInt8]
        var values: [Value]
        var line: Int

        struct Value: Equatable {
            var attribute: Int
            var bytes: [UInt8]
            var rangeEnd: LDIFEntry.RangeEnd?
        }
    }

    private struct Sink: LDIFSink, Equatable {
        var entries: [Entry] = []
        var remarks: [[UInt8]] = []

        mutating func entry(_ entry: LDIFEntry, into output: inout RecordOutput) throws {
            entries.append(
                Entry(
                    name: Array(entry.name),
                    values: entry.values.map {
                        Entry.Value(
                            attribute: $0.attribute, bytes: Array(entry.bytes[entry.range(of: $0)]),
                            rangeEnd: $0.rangeEnd)
                    }, line: entry.line))
        }

        mutating func remark(_ kind: LDIFRemark, _ text: Span<UInt8>, line: Int, into output: inout RecordOutput) {
            remarks.append(text.indices.map { text[$0] })
        }
    }

    private struct Parse: Equatable {
        var sink = Sink()
        var rejected = 0
        var codes: [String] = []
        var texts: [String] = []

        init(_ bytes: [UInt8], ends: [Int]) throws {
            var parser = LDIFParser(
                attributes: LDIFProperties.attributes,
                limits: TextLimits(rowLength: 4096, columns: 64, heldBytes: 4096, depth: 8))
            var output = RecordOutput(file: "input") { _ in }
            do {
                try bytes.forEachPiece(ends) { try parser.parse($0, into: &sink, output: &output) }
                try parser.finish(into: &sink, output: &output)
            } catch let error as InterchangeError {
                codes.append(error.code)
                texts.append(error.description)
            }
            rejected = output.rejected
            codes += output.diagnostics.diagnostics.map { "\($0.code) \($0.line ?? 0) \($0.count)" }
            texts += output.diagnostics.diagnostics.map(\.message)
        }
    }

    private static let attributes = LDIFAttributes(["cn", "description", "memberOf", "objectGUID", "dNSHostName"])

    func check(_ bytes: [UInt8]) throws {
        let text = Array(String(decoding: bytes, as: UTF8.self).utf8).filter { $0 != 0 }
        let whole = try Parse(text, ends: [text.count])
        for ends in Cuts(text).ways() {
            let cut = try Parse(text, ends: ends)
            try Violation.unless(
                cut == whole, "how the bytes are cut changes the entries",
                "\(cut.sink.entries.count) instead of \(whole.sink.entries.count) entries, \(cut.codes.prefix(3))")
        }
        let keys = VisibleKeys(in: text)
        for text in whole.texts {
            try Violation.unless(!VisibleKeys.hasKey(text) && !keys.areShown(in: text), "a finding shows a product key")
        }
        try checkWriting(whole.sink.entries)
    }

    /// Entries that were read, written in base64 and read again.
    private func checkWriting(_ entries: [Entry]) throws {
        // What stands in no more than a line of the limit when it is written in base64.
        let short = entries.filter { $0.name.count + $0.values.reduce(0) { $0 + $1.bytes.count } < 1024 }
        var written = Array("version: 1\n".utf8)
        for entry in short {
            written += "\ndn:: ".utf8 + LDIFProperties.base64(entry.name) + "\n".utf8
            for value in entry.values {
                let range =
                    switch value.rangeEnd {
                    case nil: ""
                    case .last: ";range=0-*"
                    case .open: ";range=0-0"
                    }
                let name = LDIFProperties.attributes.names[value.attribute]
                written += "\(name)\(range):: ".utf8 + LDIFProperties.base64(value.bytes) + "\n".utf8
            }
        }
        let again = try Parse(written, ends: [written.count])
        try Violation.unless(
            again.sink.entries.map(\.name) == short.map(\.name)
                && again.sink.entries.map(\.values) == short.map(\.values),
            "entries that were written are read as they were",
            "\(again.sink.entries.count) of \(short.count) entries, \(again.codes.prefix(3))")
    }

    private static func base64(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var value = group.reduce(0) { $0 << 8 | Int($1) }
            value <<= 8 * (3 - group.count)
            for place in 0..<4 {
                result.append(place <= group.count ? digits[value >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return result
    }
}

import ActivationModel
import Foundation
import Testing

@testable import Reporting

@Suite("JSON is written as it goes")
struct JSONStreamWriterTests {
    private func document(
        compact: Bool = false, _ body: (inout JSONStreamWriter) throws -> Void
    ) throws -> String {
        let box = Bytes()
        var json = JSONStreamWriter(compact: compact) { box.bytes += $0 }
        try body(&json)
        try json.finish()
        return String(decoding: box.bytes, as: UTF8.self)
    }

    @Test("Objects and arrays nest, indented by two blanks")
    func layout() throws {
        let text = try document { json in
            try json.object { json in
                try json.member("schema", "actkit.keys/1")
                try json.array("keys") { json in
                    try json.object(.line) { json in
                        try json.member("id", "a")
                        try json.member("remaining", nil as Int?)
                        try json.object("source") { json in try json.member("line", 3) }
                    }
                    try json.object(.line) { _ in }
                }
                try json.array("none") { _ in }
            }
        }
        #expect(
            text == """
                {
                  "schema": "actkit.keys/1",
                  "keys": [
                    {"id": "a", "remaining": null, "source": {"line": 3}},
                    {}
                  ],
                  "none": []
                }

                """)
    }

    @Test("The compact form has no blanks and no line breaks")
    func compact() throws {
        let text = try document(compact: true) { json in
            try json.object { json in
                try json.member("a", true)
                try json.member("b", ["x", "y"])
            }
        }
        #expect(text == #"{"a":true,"b":["x","y"]}"# + "\n")
    }

    @Test("Values of the field are written in their contract forms")
    func values() throws {
        let text = try document(compact: true) { json in
            try json.object { json in
                try json.member("guid", GUID("{0E00C25D-8795-4FB7-9572-3803D91B6880}"))
                try json.member("instant", Timestamp(iso: "2021-01-30T10:00:00"))
                try json.member("day", Day("2021-02-01"))
                try json.member("source", SourceReference(file: "a.csv", line: 0))
                try json.member("least", Int.min)
            }
        }
        #expect(
            text == #"{"guid":"0e00c25d-8795-4fb7-9572-3803d91b6880","instant":"2021-01-30T10:00:00Z","#
                + #""day":"2021-02-01","source":{"file":"a.csv","line":null},"least":-9223372036854775808}"# + "\n")
    }

    @Test("Whatever is written is read back by another parser")
    func roundTrip() throws {
        var generator = SplitMix(seed: 42)
        let alphabet: [Unicode.Scalar] = [
            "a", "Z", "\"", "\\", "/", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "®", "\u{2028}", "漢", "😀",
        ]
        for _ in 0..<500 {
            var texts: [String] = []
            for _ in 0..<Int.random(in: 0...8, using: &generator) {
                var text = String.UnicodeScalarView()
                for _ in 0..<Int.random(in: 0...12, using: &generator) {
                    text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
                }
                texts.append(String(text))
            }
            let compact = Bool.random(using: &generator)
            let written = try document(compact: compact) { json in
                try json.object { json in
                    for (index, text) in texts.enumerated() { try json.member("\(index) \(text)", text) }
                    try json.member("all", texts)
                }
            }
            let parsed = try #require(
                try JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any])
            #expect(parsed["all"] as? [String] == texts)
            for (index, text) in texts.enumerated() { #expect(parsed["\(index) \(text)"] as? String == text) }
        }
    }

    @Test("Blocks of about 64 KiB reach the sink, and memory does not grow with the document")
    func blocks() throws {
        let box = Blocks()
        var json = JSONStreamWriter { block in
            box.count += 1
            box.largest = max(box.largest, block.count)
            box.total += block.count
        }
        try json.array { json in
            for number in 0..<200_000 { try json.object(.line) { try $0.member("n", number) } }
        }
        try json.finish()
        #expect(box.largest < 70_000)
        #expect(box.total > 2_000_000)
        #expect(box.count >= box.total / 70_000)
    }

    @Test("An error of the sink stops the writer")
    func failingSink() {
        #expect(throws: SinkFailure.self) {
            var json = JSONStreamWriter { _ in throw SinkFailure() }
            try json.object { try $0.member("a", 1) }
            try json.finish()
        }
    }
}

private struct SinkFailure: Error {}

private final class Blocks {
    var count = 0
    var largest = 0
    var total = 0
}

/// Bytes that a sink collects.
final class Bytes {
    var bytes: [UInt8] = []
}

/// A random number generator whose sequence is fixed by its seed.
///
/// Source: https://prng.di.unimi.it/splitmix64.c
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

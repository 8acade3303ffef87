import Testing

@testable import Interchange

/// Writes entries as LDIF in one of the many ways that mean the same.
struct RandomLDIFWriter {
    var generator: FixedSeedGenerator
    private(set) var bytes: [UInt8] = []
    private let lineEnd: [UInt8]

    init(seed: UInt64) {
        generator = FixedSeedGenerator(seed: seed)
        lineEnd = [[0x0A], [0x0D, 0x0A], [0x0D]].randomElement(using: &generator) ?? [0x0A]
        if Bool.random(using: &generator) { line(Array("version: 1".utf8)) }
    }

    mutating func entry(_ name: String, _ values: [(attribute: String, value: [UInt8])]) {
        noise()
        attribute("dn", Array(name.utf8))
        if Int.random(in: 0..<4, using: &generator) == 0 { line(Array("changetype: add".utf8)) }
        for value in values {
            let noun = Bool.random(using: &generator) ? value.attribute : value.attribute.uppercased()
            let option = ["", "", "", ";binary", ";lang-de"].randomElement(using: &generator) ?? ""
            attribute(noun + option, value.value)
            if Int.random(in: 0..<5, using: &generator) == 0 { line(Array("# \u{FC} and more".utf8)) }
            if Int.random(in: 0..<5, using: &generator) == 0 { attribute("unwanted", Array("a\nb".utf8)) }
        }
        for _ in 0...Int.random(in: 0..<2, using: &generator) { bytes += lineEnd }
    }

    private mutating func noise() {
        if Int.random(in: 0..<3, using: &generator) == 0 { line(Array("# a comment: with a colon".utf8)) }
        if Int.random(in: 0..<6, using: &generator) == 0 { bytes += Array(" \t".utf8) + lineEnd }
    }

    private mutating func attribute(_ name: String, _ value: [UInt8]) {
        let text = String(validating: value, as: UTF8.self)
        let isPlain =
            text != nil && !value.contains { $0 < 0x20 || $0 == 0x7F }
            && ![UInt8(ascii: " "), UInt8(ascii: ":"), UInt8(ascii: "<")].contains(value.first) && value.last != 0x20
        if isPlain, Int.random(in: 0..<3, using: &generator) > 0 {
            let blanks = String(repeating: " ", count: Int.random(in: 0..<3, using: &generator))
            line(Array("\(name):\(blanks)".utf8) + value)
        } else {
            line(Array("\(name):: ".utf8) + RandomLDIFWriter.base64(value))
        }
    }

    /// Writes a line, folded at random places.
    private mutating func line(_ text: [UInt8]) {
        var rest = text[...]
        while !rest.isEmpty {
            let length = Bool.random(using: &generator) ? rest.count : Int.random(in: 1...rest.count, using: &generator)
            let part = rest.prefix(length)
            bytes += part
            rest = rest.dropFirst(length)
            if !rest.isEmpty {
                bytes += lineEnd + [0x20]
                // A part of blanks alone would be a blank line that an editor left.
                if rest.allSatisfy({ $0 == 0x20 }) { break }
                while rest.first == 0x20 {
                    bytes.append(0x20)
                    rest = rest.dropFirst()
                }
                bytes += rest.prefix(1)
                rest = rest.dropFirst()
            }
        }
        bytes += lineEnd
    }

    private static func base64(_ value: [UInt8]) -> [UInt8] {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: value.count, by: 3) {
            let group = value[start..<min(start + 3, value.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return text
    }
}

@Suite("Random LDIF")
struct LDIFPropertyTests {
    private static func value(_ generator: inout FixedSeedGenerator) -> [UInt8] {
        let length = Int.random(in: 0..<60, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: return (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
        case 1:
            let letters = Array("abc :<#;,\\=\"üé€😀 -")
            return Array(String((0..<length).map { _ in letters.randomElement(using: &generator) ?? "a" }).utf8)
        default: return (0..<length).map { _ in UInt8.random(in: 0x20..<0x7F, using: &generator) }
        }
    }

    @Test("However entries are written, they are read back, however the file is cut", arguments: 0..<150)
    func roundTrip(_ seed: UInt64) throws {
        var generator = FixedSeedGenerator(seed: seed &+ 1_000_000)
        var writer = RandomLDIFWriter(seed: seed)
        var names: [String] = []
        var values: [[[UInt8]]] = []
        for number in 0..<Int.random(in: 1..<6, using: &generator) {
            let name = "CN=PC \(number),OU=Büro,DC=corp"
            let attributes = (0..<Int.random(in: 0..<6, using: &generator)).map { _ in
                (
                    attribute: LDIFRecorder.attributes.names.randomElement(using: &generator) ?? "cn",
                    value: LDIFPropertyTests.value(&generator)
                )
            }
            writer.entry(name, attributes)
            names.append(name)
            values.append(attributes.map(\.value))
        }
        let whole = try LDIFRecorder(writer.bytes)
        #expect(whole.entries.map(\.name) == names)
        #expect(whole.entries.map(\.bytes) == values)
        #expect(whole.codes.isEmpty)
        for cuts in [[1], [7, 3], [64]] { #expect(try LDIFRecorder(writer.bytes, cuts: cuts) == whole) }
    }

    @Test("An entry means the same behind other entries as by itself", arguments: 0..<60)
    func independent(_ seed: UInt64) throws {
        var generator = FixedSeedGenerator(seed: seed &+ 3_000_000)
        // Names that the reader wants, others, more than a layout remembers, and two that look like what is no attribute.
        let known = ["cn", "CN", "description", "memberOf", "objectGUID", "memberOf;range=0-9", "whenChanged", "dnx"]
        let names = known + (0..<80).map { "extensionAttribute\($0)" }
        var order = Array(names.shuffled(using: &generator).prefix(Int.random(in: 1..<80, using: &generator))) + ["cn"]
        var entries: [[UInt8]] = []
        for number in 0..<12 {
            var lines = ["dn: CN=PC\(number),DC=corp"]
            let change = ["", "", "add", "modify", "delete"].randomElement(using: &generator) ?? ""
            if !change.isEmpty { lines.append("changetype: \(change)") }
            for name in order where Int.random(in: 0..<5, using: &generator) > 0 {
                for _ in 0..<Int.random(in: 1..<3, using: &generator) { lines.append("\(name): \(number)") }
                if Int.random(in: 0..<20, using: &generator) == 0 { lines.append("changetype: delete") }
            }
            if Bool.random(using: &generator) { order.swapAt(0, order.count / 2) }
            entries.append(Array((lines.joined(separator: "\n") + "\n\n").utf8))
        }
        let together = try LDIFRecorder(entries.flatMap { $0 }).entries
        let apart = try entries.flatMap { try LDIFRecorder($0).entries }
        #expect(together.map(\.name) == apart.map(\.name))
        #expect(together.map(\.changeType) == apart.map(\.changeType))
        #expect(together.map(\.values) == apart.map(\.values))
        #expect(together.map(\.rangeEnds) == apart.map(\.rangeEnds))
        #expect(together.contains { !$0.values.isEmpty })
    }

    @Test("Damaged files never stop the parser, and give the same however they are cut", arguments: 0..<150)
    func damaged(_ seed: UInt64) throws {
        var generator = FixedSeedGenerator(seed: seed &+ 2_000_000)
        var writer = RandomLDIFWriter(seed: seed)
        for number in 0..<4 { writer.entry("CN=PC\(number)", [("cn", LDIFPropertyTests.value(&generator))]) }
        var bytes = writer.bytes
        for _ in 0..<Int.random(in: 1..<8, using: &generator) {
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[position] = UInt8.random(in: 1...255, using: &generator)
            case 1: bytes.remove(at: position)
            case 2: bytes.insert([0x0A, 0x20, 0x3A, 0x0D].randomElement(using: &generator) ?? 0x0A, at: position)
            default: bytes.removeSubrange(position...)
            }
            if bytes.isEmpty { break }
        }
        let whole = try LDIFRecorder(bytes)
        for cuts in [[1], [2, 5], [33]] { #expect(try LDIFRecorder(bytes, cuts: cuts) == whole) }
    }
}

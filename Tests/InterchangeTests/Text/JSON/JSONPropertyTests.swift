import ActivationModel
import Foundation
import Testing

@testable import Interchange

@Suite("JSON, compared with Foundation")
struct JSONPropertyTests {
    @Test("Random documents are read as Foundation reads them, however they are cut", arguments: Array<UInt64>(1...120))
    func valid(seed: UInt64) throws {
        var generator = FixedSeedGenerator(seed: seed)
        let text = RandomJSON.text(depth: 4, &generator)
        let expected = try RandomJSON.canonical(
            JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
        for chunk in [1, 7, Int.random(in: 2...64, using: &generator), Int.max] {
            let result = JSONResult(text, chunk: chunk, choose: JSONResult.whole)
            #expect(result.error == nil)
            #expect(result.items == [expected])
        }
    }

    @Test("A changed byte is accepted or refused as Foundation does", arguments: Array<UInt64>(1...40))
    func changed(seed: UInt64) {
        var generator = FixedSeedGenerator(seed: seed)
        let bytes = Array(RandomJSON.text(depth: 3, ascii: true, &generator).utf8)
        let letters = Array("{}[]\":,0123456789.eE+-truefalsn\\u \n\tx/".utf8)
        for _ in 0..<60 {
            var other = bytes
            let place = Int.random(in: 0..<other.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: other[place] = letters.randomElement(using: &generator) ?? 0x20
            case 1: other.remove(at: place)
            default: other.removeSubrange(place...)
            }
            let theirs = try? JSONSerialization.jsonObject(with: Data(other), options: .fragmentsAllowed)
            let ours = JSONResult(other, choose: JSONResult.whole)
            // Ours alone: several documents in one file, half surrogate pairs, and numbers beyond what `Double` holds.
            let read = ours.items.first ?? ""
            let accepted =
                ours.error == nil && ours.items.count == 1 && !read.contains("inf") && !read.contains("\\65533.")
            #expect(accepted == (theirs != nil), "\(String(decoding: other, as: UTF8.self))")
            if accepted, let theirs { #expect(ours.items == [RandomJSON.canonical(theirs)]) }
        }
    }
}

/// Random JSON with all freedoms of its syntax.
enum RandomJSON {
    static func text(depth: Int, ascii: Bool = false, _ generator: inout FixedSeedGenerator) -> String {
        let pad = blanks(&generator)
        return pad + value(depth: depth, ascii, &generator) + blanks(&generator)
    }

    private static func blanks(_ generator: inout FixedSeedGenerator) -> String {
        let choices = ["", "", "", " ", "\n", "\r\n", "\t", "  "]
        return choices.randomElement(using: &generator) ?? ""
    }

    private static func value(depth: Int, _ ascii: Bool, _ generator: inout FixedSeedGenerator) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0: return ["true", "false", "null"].randomElement(using: &generator) ?? "null"
        case 1, 2: return number(&generator)
        case 3, 4, 5: return string(ascii, &generator)
        case 6, 7:
            let elements = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                text(depth: depth - 1, ascii: ascii, &generator)
            }
            return "[" + (elements.isEmpty ? blanks(&generator) : elements.joined(separator: ",")) + "]"
        default:
            let members = (0..<Int.random(in: 0...12, using: &generator)).map { index in
                "\(blanks(&generator))\"\(index)\(string(ascii, &generator).dropFirst())\(blanks(&generator)):"
                    + text(depth: depth - 1, ascii: ascii, &generator)
            }
            return "{" + (members.isEmpty ? blanks(&generator) : members.joined(separator: ",")) + "}"
        }
    }

    private static func number(_ generator: inout FixedSeedGenerator) -> String {
        let sign = Bool.random(using: &generator) ? "-" : ""
        let whole = "\(Int.random(in: 0...99_999, using: &generator))"
        let fraction = Bool.random(using: &generator) ? ".\(Int.random(in: 0...999, using: &generator))" : ""
        let exponents = ["", "", "", "e5", "E+2", "e-3"]
        return sign + whole + fraction + (exponents.randomElement(using: &generator) ?? "")
    }

    private static func string(_ ascii: Bool, _ generator: inout FixedSeedGenerator) -> String {
        let plain = ["a", "Z", " ", "0", "/", "{", "]", ":", ",", "'"]
        let wide = ["é", "ß", "日", "😀", "\u{7F}", "\u{A0}", "\u{2028}", "e\u{301}"]
        let escapes = [#"\n"#, #"\""#, #"\\"#, #"\/"#, #"\u00e9"#, #"\u65E5"#, #"\ud83d\ude00"#, #"\b"#, #"\u0001"#]
        let parts = (0..<Int.random(in: 0...8, using: &generator)).map { _ -> String in
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: escapes.randomElement(using: &generator) ?? ""
            case 1 where !ascii: wide.randomElement(using: &generator) ?? ""
            default: plain.randomElement(using: &generator) ?? ""
            }
        }
        return "\"" + parts.joined() + "\""
    }

    /// What Foundation read, in the form of `JSONItem.canonical`.
    static func canonical(_ value: Any) -> String {
        switch value {
        case is NSNull: "null"
        case let text as String: canonicalText(text)
        case let array as [Any]: "[" + array.map { canonical($0) }.joined(separator: ",") + "]"
        case let object as [String: Any]:
            "{" + object.map { "\(canonicalText($0)):\(canonical($1))" }.sorted().joined(separator: ",") + "}"
        case let flag as Bool where "\(type(of: value))".contains("Bool"): flag ? "true" : "false"
        case let number as NSNumber: "\(number.doubleValue)"
        default: "?"
        }
    }
}

import ActivationModel
import Testing

@testable import Interchange

@Suite("JSON")
struct JSONReaderTests {
    // MARK: - Values

    @Test(
        "Values are read as the standard writes them",
        arguments: [
            (
                #"{"a": [1, -2.5e+3, 0, true, false, null, "", {}, []]}"#,
                "{'a':[1.0,-2500.0,0.0,true,false,null,'',{},[]]}"
            ),
            (#""\"\\\/\b\f\n\r\t\u0041""#, #"'\34.\/\8.\12.\10.\13.\9.A'"#),
            (#""\ud83d\uDE00 é""#, #"'\128512.\32.\233.'"#),
            ("7", "7.0"), (" \t\r\n\"x\" ", "'x'"), ("-0", "-0.0"), ("1E5", "100000.0"),
        ])
    func values(_ text: String, _ expected: String) {
        let result = JSONResult(text, choose: JSONResult.whole)
        #expect(result.error == nil)
        #expect(result.items == [expected])
    }

    @Test("Half of a surrogate pair becomes the replacement character", arguments: [#"\ud83d"#, #"\ude00"#])
    func halfSurrogate(_ half: String) {
        for text in ["\"\(half)\"", "\"\(half)x\"", "\"\(half)\\n\"", "\"\(half)\\u0041\""] {
            let result = JSONResult(text, choose: JSONResult.whole)
            #expect(result.error == nil)
            #expect(result.items.first?.hasPrefix(#"'\65533."#) == true)
        }
        #expect(JSONResult(#""\ud83d\ud83d\ude00""#, choose: JSONResult.whole).items == [#"'\65533.\128512.'"#])
    }

    @Test(
        "What is no JSON is refused with its place",
        arguments: [
            ("{\n \"a\" 1}", 2, 6), ("[1,\n]", 2, 1), ("{\"a\":1,}", 1, 8), ("[01]", 1, 4), ("[1.]", 1, 4),
            ("[.5]", 1, 2),
            ("[+1]", 1, 2), ("[1e]", 1, 4), ("[nul]", 1, 5), ("[NaN]", 1, 2), ("{a:1}", 1, 2), ("['a']", 1, 2),
            ("[\"\\x\"]", 1, 4), ("[\"\\u12g4\"]", 1, 7), ("[\"a\tb\"]", 1, 4), ("[1 2]", 1, 4),
            ("{\"a\":1 \"b\":2}", 1, 8),
            ("[1}", 1, 3), ("{\"a\":1]", 1, 7), ("]", 1, 1), ("[]]", 1, 3), ("[] x", 1, 4), ("// a\n[]", 1, 1),
            ("[,1]", 1, 2),
        ])
    func malformed(_ text: String, _ line: Int, _ column: Int) {
        for chunk in [1, Int.max] {
            let result = JSONResult(text, chunk: chunk)
            #expect(result.error?.code == "json.malformed")
            #expect(result.error?.line == line)
            #expect(result.error?.column == column)
        }
    }

    @Test("A text that does not end on its line is refused with that line")
    func unclosedText() {
        let error = JSONResult("[\n\"abc\n\"]").error
        #expect(error?.code == "json.malformed")
        #expect(error?.line == 2)
    }

    @Test(
        "A text that was cut off is refused, wherever it was cut",
        arguments: ["[", "{", "[{\"a\": 1", "{\"a\"", "{\"a\":", "[\"a", "[\"a\\", "[\"a\\u00", "[1,", "\"a"])
    func truncated(_ text: String) {
        #expect(JSONResult(text).error?.code == "json.truncated")
    }

    @Test("A truncated text says where what is open began")
    func truncatedPlace() {
        let error = JSONResult("[\n{\"a\":\n{\"b\": 1}\n").error
        #expect(error?.message == "The JSON text ends inside an object that began on line 2.")
        #expect(error?.line == 4)
    }

    @Test("Blanks alone are no JSON")
    func empty() { #expect(JSONResult(" \n ").error?.code == "json.empty") }

    @Test("No message repeats what the text holds")
    func secrecy() {
        for text in ["[\"BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ", "[\"BBBBB-CCCCC-DDDDD-FFFFF-GGHNJ\" 1]", "[bbbbbccccc]"] {
            let result = JSONResult(text)
            #expect(result.error != nil)
            #expect(result.error?.description.contains("CCCCC") == false)
            #expect(result.error?.description.contains("ccccc") == false)
        }
    }

    // MARK: - Limits

    @Test("The deepest nesting that is allowed is read, one more is refused")
    func depth() {
        var options = ReadOptions()
        options.limits.depth = 5
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(JSONResult(nested(5), options: options).error == nil)
        #expect(JSONResult(nested(6), options: options).error?.code == "json.depth")
    }

    @Test("A value that is too long is rejected as a row, and the others are read")
    func size() {
        var options = ReadOptions()
        options.limits.rowLength = 300
        let long = String(repeating: "x", count: 400)
        let many = "[" + Array(repeating: "1", count: 40).joined(separator: ",") + "]"
        for text in [
            "[{\"a\":1},\n{\"a\":\"\(long)\"},{\"a\":2}]", "[{\"a\":1},\n{\"b\":\(many),\"c\":{}},{\"a\":2}]",
            "[{\"a\":1},\n\"\(long)\",{\"a\":2}]",
        ] {
            let result = JSONResult(text, options: options)
            #expect(result.error == nil)
            #expect(result.items == ["0/{'a':1.0}", "2/{'a':2.0}"])
            #expect(result.codes == ["json.element.size"])
            #expect(result.diagnostics.first?.line == 2)
            #expect(result.rejected == 1)
        }
    }

    // MARK: - Names

    @Test("Of members with the same name the last counts, and the earlier ones are reported")
    func duplicates() {
        let result = JSONResult("[{\"a\":1,\n\"b\":2,\"a\":3,\"a\":4}]")
        #expect(result.items == ["0/{'a':4.0,'b':2.0}"])
        #expect(result.codes == ["json.name.duplicate"])
        #expect(result.diagnostics.first?.count == 2)
        #expect(result.diagnostics.first?.line == 1)
    }

    @Test("Among many members the same holds")
    func manyDuplicates() {
        let names = (0..<40).map { "\"n\($0 % 39)\":\($0)" }.joined(separator: ",")
        let result = JSONResult(
            "{\(names)}", describe: { "\($0.children.count) \($0["n0"]?.text ?? "") \($0["n1"]?.text ?? "")" })
        #expect(result.items == ["39 39 1"])
        #expect(result.codes == ["json.name.duplicate"])
    }

    @Test("A name is found in its own spelling first, then in another case")
    func lookup() {
        let result = JSONResult(
            #"[{"name":1,"NAME":2},{"NaMe":3},{"n@me":4},{"nam":5}]"#, describe: { $0["name"]?.text ?? "-" })
        #expect(result.items == ["0/1", "1/3", "2/-", "3/-"])
        #expect(JSONResult(#"{"A[b":1}"#, describe: { $0["a{b"]?.text ?? "-" }).items == ["-"])
    }

    // MARK: - Choices

    @Test(
        "What ConvertTo-Json writes is taken in all of its forms",
        arguments: [
            ("[{\"a\":1},{\"a\":2}]", ["0/{'a':1.0}", "1/{'a':2.0}"]), ("{\"a\":1}", ["{'a':1.0}"]),
            ("{\"value\":[{\"a\":1},2],\"Count\":2}", ["value/0/{'a':1.0}", "value/1/2.0"]),
            ("{\"Count\":1,\"value\":[{\"a\":1}],\"b\":{}}", ["value/0/{'a':1.0}"]),
            ("{\"value\":{\"a\":1}}", ["{'value':{'a':1.0}}"]), ("[]", []),
            ("{\"a\":[1,2]}", ["{'a':[1.0,2.0]}"]), ("{\"a\":{\"value\":[1]}}", ["{'a':{'value':[1.0]}}"]),
            ("{\"a\":1}\n\u{FEFF}{\"a\":2}{\"a\":3}", ["{'a':1.0}", "{'a':2.0}", "{'a':3.0}"]),
        ])
    func powerShellForms(_ text: String, _ expected: [String]) {
        for chunk in [1, 3, Int.max] {
            let result = JSONResult(text, chunk: chunk)
            #expect(result.error == nil)
            #expect(result.items == expected)
        }
    }

    @Test("A document may open objects and pass over what it does not need")
    func opened() {
        let text = #"{"meta":{"a":1},"hosts":{"pc-1":{"x":1},"pc-2":[2],"pc-3":3},"rest":[[4]]}"#
        let result = JSONResult(text) { kind, path in
            switch path.steps {
            case []: .open
            case [.member("hosts")]: .open
            default: path.steps.first == .member("hosts") && kind != .array ? .take : .pass
            }
        }
        #expect(result.items == ["hosts/pc-1/{'x':1.0}", "hosts/pc-3/3.0"])
    }

    @Test("Each item knows its line")
    func lines() {
        let result = JSONResult("[\r\n{\"a\":1},\r{\n\"a\":2},\n\n{\"a\":3}]")
        #expect(result.lines == [2, 3, 6])
    }

    // MARK: - Encodings

    @Test("UTF-16 and byte order marks are understood", arguments: [true, false])
    func utf16(bigEndian: Bool) {
        let text = "\u{FEFF}[{\"a\":\"é\"}]"
        #expect(JSONResult(text.utf16Bytes(bigEndian: bigEndian), chunk: 1).items == [#"0/{'a':'\233.'}"#])
        #expect(JSONResult(text).items == [#"0/{'a':'\233.'}"#])
    }

    // MARK: - PowerShell's values

    @Test(
        "Dates are read in every form that PowerShell writes",
        arguments: [
            (#""\/Date(1612000000000)\/""#, "2021-01-30T09:46:40Z"),
            (#""/Date(1612000000123+0100)/""#, "2021-01-30T09:46:40.123Z"),
            (#""/Date(-86400000)/""#, "1969-12-31T00:00:00Z"),
            (#""2021-01-30T10:00:00+01:00""#, "2021-01-30T09:00:00Z"),
            (#""20210130100000.500000+060""#, "2021-01-30T09:00:00.500Z"),
            (#""20210130100000.000000-300""#, "2021-01-30T15:00:00Z"),
            (#"{"value":"\/Date(1612000000000)\/","DisplayHint":2,"DateTime":"Saturday"}"#, "2021-01-30T09:46:40Z"),
        ])
    func dates(_ text: String, _ expected: String) {
        let result = JSONResult("[{\"d\":\(text)}]", describe: { $0["d"]?.instant?.description ?? "-" })
        #expect(result.items == ["0/" + expected])
    }

    @Test(
        "What is no date, or an empty one, gives none",
        arguments: [
            #""/Date(-62135596800000)/""#, #""/Date()/""#, #""/Date(12""#, #""16010101000000.000000-000""#, "12",
            "null",
            #""20211330100000.000000+060""#, #""20210130100000,000000+060""#, #""20210130100000.000000*060""#,
            #""/Date(999999999999999999999)/""#, #""soon""#,
        ])
    func noDates(_ text: String) {
        #expect(JSONResult("[{\"d\":\(text)}]", describe: { $0["d"]?.instant?.description ?? "-" }).items == ["0/-"])
    }

    @Test("Lists, numbers, booleans and identifiers are read in every form")
    func otherValues() {
        func item(_ text: String, _ describe: @escaping @Sendable (JSONItem) -> String) -> String? {
            JSONResult(text, choose: JSONResult.whole, describe: describe).items.first
        }
        let list: @Sendable (JSONItem) -> String = { $0.list.map(\.canonical).joined(separator: "|") }
        #expect(item("[1,2]", list) == "1.0|2.0")
        #expect(item("1", list) == "1.0")
        #expect(item("null", list) == "")
        #expect(item(#"{"value":[1,2],"Count":2}"#, list) == "1.0|2.0")
        #expect(item(#"{"value":[1]}"#, list) == "{'value':[1.0]}")
        #expect(item(#"" -12 ""#, { "\($0.integer ?? 0)" }) == "-12")
        #expect(item(#"{"value":3,"Value":"Three"}"#, { "\($0.integer ?? 0)" }) == "3")
        #expect(item("1.5", { "\($0.integer ?? -1)" }) == "-1")
        for (text, expected) in [
            ("true", true), ("\"False\"", false), ("1", true), ("0", false), ("2", nil), ("null", nil),
        ] {
            #expect(item(text, { "\($0.boolean as Bool?)" }) == "\(expected as Bool?)")
        }
        #expect(
            item(#""{55C92734-D682-4D71-983E-D6EC3F16059F}""#, { $0.guid?.description ?? "-" })
                == "55c92734-d682-4d71-983e-d6ec3f16059f")
    }

    @Test("What -Depth cut off is recognised")
    func cutShort() {
        let expected: [(String, Bool)] = [
            ("\"@{Name=a; ID=b}\"", true), ("\"System.Object[]\"", true),
            ("\"Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\"", true), ("\"System is down\"", false),
            ("\"@home\"", false), ("{}", false),
        ]
        for (text, isCut) in expected {
            #expect(
                JSONResult(text, choose: JSONResult.whole, describe: { "\($0.isCutShort)" }).items == ["\(isCut)"])
        }
    }
}

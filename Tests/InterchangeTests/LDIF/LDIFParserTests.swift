import Testing

@testable import Interchange

@Suite("The grammar of LDIF")
struct LDIFParserTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var text: String
        var values: [String]
        var testDescription: String { name }
    }

    static let values = [
        Case(name: "plain", text: "cn: PC-1", values: ["cn=PC-1"]),
        Case(name: "without a blank", text: "cn:PC-1", values: ["cn=PC-1"]),
        Case(name: "with several blanks", text: "cn:   PC-1", values: ["cn=PC-1"]),
        Case(name: "a colon in the value", text: "cn: a: b", values: ["cn=a: b"]),
        Case(name: "empty", text: "cn:", values: ["cn="]),
        Case(name: "folded", text: "cn: PC\n -1", values: ["cn=PC-1"]),
        Case(name: "folded twice, the blank of the value kept", text: "cn: PC\n  -\n 1", values: ["cn=PC -1"]),
        Case(name: "folded behind the colon", text: "cn:\n PC-1", values: ["cn=PC-1"]),
        Case(name: "folded inside the name", text: "c\n n: PC-1", values: ["cn=PC-1"]),
        Case(name: "base64", text: "cn:: TcO8bmNoZW4=", values: ["cn=München"]),
        Case(name: "base64, folded", text: "cn:: TcO8\n bmNo\n ZW4=", values: ["cn=München"]),
        Case(name: "base64, folded behind the colons", text: "cn::\n TcO8bmNoZW4=", values: ["cn=München"]),
        Case(name: "not ASCII and not encoded", text: "cn: München", values: ["cn=München"]),
        Case(name: "another case", text: "CN: a\nDESCRIPTION: b", values: ["cn=a", "description=b"]),
        Case(name: "options", text: "cn;lang-de: a\ncn;binary:: Yg==", values: ["cn=a", "cn=b"]),
        Case(name: "several values", text: "memberOf: a\nmemberOf: b", values: ["memberOf=a", "memberOf=b"]),
        Case(name: "unwanted attributes", text: "cnx: a\nx: b\ncn: c\nd-n: e", values: ["cn=c"]),
        Case(name: "comments between", text: "cn: a\n# b\n  c\ndescription: d", values: ["cn=a", "description=d"]),
        Case(name: "a tab does not continue a comment's neighbour", text: "#a\n b\ncn: c", values: ["cn=c"]),
        Case(name: "changetype add", text: "changetype: Add\ncn: a", values: ["cn=a"]),
    ]

    @Test("Values are read in every form, with every line end, cut at every byte", arguments: LDIFParserTests.values)
    func form(_ example: Case) throws {
        for end in ["\n", "\r\n", "\r"] {
            let text = "dn: CN=x\n\(example.text)\n\ndn: CN=y\ncn: z\n".replacing("\n", with: end)
            let whole = try LDIFRecorder(text)
            #expect(whole.entries.map(\.name) == ["CN=x", "CN=y"])
            #expect(whole.entries.first?.values == example.values)
            #expect(whole.entries.last?.values == ["cn=z"])
            #expect(whole.codes.isEmpty)
            for cuts in [[1], [2, 3], [7]] { #expect(try LDIFRecorder(text, cuts: cuts) == whole, "\(cuts)") }
        }
    }

    @Test("Names of entries may be folded, in base64 or empty on their first line")
    func names() throws {
        let text = """
            version: 1
            dn: CN=PC-1,
             DC=a

            dn:: Q049TcO8bmNoZW4=

            dn:
             CN=PC-3

            DN: CN=PC-4
            """ + "\n"
        let result = try LDIFRecorder(text)
        #expect(result.entries.map(\.name) == ["CN=PC-1,DC=a", "CN=München", "CN=PC-3", "CN=PC-4"])
        #expect(result.entries.map(\.line) == [2, 5, 7, 10])
        #expect(result.codes.isEmpty)
    }

    @Test("Lines are counted through folds and comments")
    func lines() throws {
        let text = "# a\n#  b\n\ndn: CN=x\ncn: a\n b\n# c\n d\ndescription: e\n\n\n \t\ndn: CN=y\ncn: f\n"
        for end in ["\n", "\r\n", "\r"] {
            let result = try LDIFRecorder(text.replacing("\n", with: end))
            #expect(result.entries.map(\.line) == [4, 13])
            #expect(result.entries.flatMap(\.lines) == [5, 9, 14])
            #expect(result.comments == ["a", "b", "cd"])
        }
    }

    @Test("A line of blanks ends an entry as an empty one does")
    func blankLines() throws {
        for blank in ["", " ", "   ", " \t", "\t"] {
            let text = "dn: CN=x\ncn: a\n\(blank)\ndn: CN=y\ncn: b\n"
            let result = try LDIFRecorder(text)
            #expect(result.entries.map(\.values) == [["cn=a"], ["cn=b"]], "“\(blank)”")
            #expect(result.codes.isEmpty)
            #expect(try LDIFRecorder(text, cuts: [1]) == result)
        }
    }

    @Test("Octets in base64 are kept as they are")
    func octets() throws {
        let result = try LDIFRecorder("dn: CN=x\nobjectGUID:: AP8gCg1/gMKAAAECAwQFBg==\n")
        #expect(
            result.entries.first?.bytes == [
                [0x00, 0xFF, 0x20, 0x0A, 0x0D, 0x7F, 0x80, 0xC2, 0x80, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06]
            ])
    }

    @Test("The option range tells whether more values follow")
    func ranges() throws {
        let result = try LDIFRecorder(
            "dn: CN=x\nmemberOf;range=0-1499: a\nmemberOf;Range=1500-*: b\nmemberOf: c\nmemberOf;lang-x;range=0-1: d\n")
        #expect(result.entries.first?.rangeEnds == [.open, .last, nil, .open])
    }

    @Test(
        "Change records tell what they do, and only those that add have values",
        arguments: [
            ("delete", LDIFEntry.ChangeType.delete), ("modify", .modify), ("modrdn", .rename), ("moddn", .rename),
            ("banana", .unknown), ("add", .add),
        ])
    func changes(_ word: String, _ type: LDIFEntry.ChangeType) throws {
        let result = try LDIFRecorder(
            "dn: CN=x\nchangetype: \(word)\nreplace: cn\ncn: a\n\(type == .add ? "" : "-\n")\ndn: CN=y\ncn: b\n")
        #expect(result.entries.map(\.changeType) == [type, .add])
        #expect(result.entries.map(\.values) == [type == .add ? ["cn=a"] : [], ["cn=b"]])
        #expect(result.codes.isEmpty)
    }

    @Test("What ldapsearch prints around the entries is told apart from them")
    func remarks() throws {
        let text = """
            # extended LDIF
            #
            # LDAPv3

            # PC-1, corp.example.com
            dn: CN=PC-1
            cn: a

            # search reference
            ref: ldaps://corp.example.com/CN=Configuration,DC=corp

            # search result
            search: 2
            result: 4 Size limit exceeded

            # numResponses: 3
            Size limit exceeded (4)
            """ + "\n"
        let result = try LDIFRecorder(text)
        #expect(result.entries.count == 1)
        #expect(result.comments.contains("numResponses: 3"))
        #expect(
            result.results == [
                "ref: ldaps://corp.example.com/CN=Configuration,DC=corp", "search: 2", "result: 4 Size limit exceeded",
            ])
        #expect(result.strays == ["Size limit exceeded (4)"])
        #expect(result.codes.isEmpty)
        #expect(result.rejected == 0)
    }

    struct Fault: CustomTestStringConvertible {
        var name: String
        var text: String
        var code: String
        var line: Int
        var rejected = 0
        var names: [String]
        var testDescription: String { name }
    }

    static let faults = [
        Fault(
            name: "a line without a colon", text: "dn: CN=x\njunk here\ncn: a\n\ndn: CN=y\n", code: "ldif.line",
            line: 2,
            rejected: 1, names: ["CN=y"]),
        Fault(
            name: "a tab does not continue a line", text: "dn: CN=x\ncn: a\n\tb\n\ndn: CN=y\n", code: "ldif.line",
            line: 3,
            rejected: 1, names: ["CN=y"]),
        Fault(
            name: "a hyphen in a content record", text: "dn: CN=x\n-\n\ndn: CN=y\n", code: "ldif.line", line: 2,
            rejected: 1,
            names: ["CN=y"]),
        Fault(
            name: "an entry without name", text: "cn: a\ndescription: b\n\ndn: CN=y\n", code: "ldif.entry.name",
            line: 1,
            rejected: 1, names: ["CN=y"]),
        Fault(
            name: "a damaged name", text: "dn:: Q0*\ncn: a\n\ndn: CN=y\n", code: "ldif.entry.name", line: 1,
            rejected: 1,
            names: ["CN=y"]),
        Fault(
            name: "a name in another file", text: "dn:< file:///a\n\ndn: CN=y\n", code: "ldif.entry.name", line: 1,
            rejected: 1, names: ["CN=y"]),
        Fault(name: "damaged base64", text: "dn: CN=x\ncn:: Y\n", code: "ldif.base64", line: 2, names: ["CN=x"]),
        Fault(name: "a URL", text: "dn: CN=x\ncn:< file:///etc/passwd\n", code: "ldif.url", line: 2, names: ["CN=x"]),
        Fault(name: "another version", text: "version: 2\ndn: CN=x\n", code: "ldif.version", line: 1, names: ["CN=x"]),
        Fault(
            name: "no blank line between", text: "dn: CN=x\ncn: a\ndn: CN=y\n", code: "ldif.separator", line: 3,
            names: ["CN=x", "CN=y"]),
        Fault(
            name: "a damaged entry without a blank line behind", text: "dn: CN=x\njunk here\ndn: CN=y\n",
            code: "ldif.line",
            line: 2, rejected: 1, names: ["CN=y"]),
        Fault(
            name: "cut inside a value", text: "dn: CN=x\n\ndn: CN=y\ncn: a", code: "ldif.end", line: 4,
            names: ["CN=x", "CN=y"]),
        Fault(
            name: "cut inside a name", text: "dn: CN=x\n\ndn: CN=y\ndescr", code: "ldif.line", line: 4, rejected: 1,
            names: ["CN=x"]),
    ]

    @Test("A fault costs one value or one entry, never the file", arguments: LDIFParserTests.faults)
    func fault(_ fault: Fault) throws {
        let result = try LDIFRecorder(fault.text)
        #expect(result.codes == [fault.code])
        #expect(result.lines == [fault.line])
        #expect(result.rejected == fault.rejected)
        #expect(result.entries.map(\.name) == fault.names)
        #expect(try LDIFRecorder(fault.text, cuts: [1]) == result)
    }

    @Test("Lines and entries beyond the limit are rejected, unless nobody wants the value")
    func limits() throws {
        let long = String(repeating: "x", count: 300)
        let limits = TextLimits(rowLength: 200)
        for cuts in [[], [1], [50]] {
            let unwanted = try LDIFRecorder("dn: CN=x\njpeg: \(long)\ncn: a\n", cuts: cuts, limits: limits)
            #expect(unwanted.entries.map(\.values) == [["cn=a"]])
            #expect(unwanted.codes.isEmpty)
            let wanted = try LDIFRecorder("dn: CN=x\ncn: \(long)\n\ndn: CN=y\ncn: a\n", cuts: cuts, limits: limits)
            #expect(wanted.entries.map(\.name) == ["CN=y"])
            #expect(wanted.codes == ["ldif.entry.length"])
            #expect(wanted.rejected == 1)
            let option = try LDIFRecorder(
                "dn: CN=x\ncn;range=0-1: \(long)\n\ndn: CN=y\ncn: a\n", cuts: cuts, limits: limits)
            #expect(option.codes == ["ldif.entry.length"])
            let stray = try LDIFRecorder("dn: CN=x\n\(long)\n\ndn: CN=y\ncn: a\n", cuts: cuts, limits: limits)
            #expect(stray.codes == ["ldif.entry.length"])
            #expect(stray.entries.map(\.name) == ["CN=y"])
            let comment = try LDIFRecorder("dn: CN=x\n#\(long)\ncn: a\n", cuts: cuts, limits: limits)
            #expect(comment.entries.map(\.values) == [["cn=a"]])
            let lines = String(repeating: "cn: 12345678901234567890\n", count: 20)
            let entry = try LDIFRecorder("dn: CN=x\n\(lines)\ndn: CN=y\ncn: a\n", cuts: cuts, limits: limits)
            #expect(entry.entries.map(\.name) == ["CN=y"])
            #expect(entry.codes == ["ldif.entry.length"])
        }
    }
}

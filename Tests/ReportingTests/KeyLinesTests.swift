import ActivationModel
import ESUPrograms
import Testing

@testable import Reporting

@Suite("Lines of lists of keys and ids")
struct KeyLinesTests {
    /// The short value of Office 2010 with bytes that are no key of the 2009 format.
    private static let bytes: [UInt8] = {
        var bytes = [UInt8](repeating: 0, count: 164)
        bytes[0] = 0xA4
        for (index, byte) in "82503-018-0000106-48724".utf8.enumerated() { bytes[8 + index] = byte }
        bytes[32] = 86
        for (index, byte) in "X16-19638".utf8.enumerated() { bytes[36 + index] = byte }
        bytes[52] = 9
        return bytes
    }()
    private static let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }

    private static func wrapped(_ digits: [String], every count: Int, between: String, end: String = "") -> [String] {
        stride(from: 0, to: digits.count, by: count).map { start in
            let row = digits.dropFirst(start).prefix(count)
            return row.joined(separator: between) + (start + count < digits.count ? end : "")
        }
    }

    @Test(
        "a value in hexadecimal bytes is one entry, however its lines are written",
        arguments: [
            [digits.joined()], ["\"DigitalProductId\"=hex:" + digits.joined(separator: ",")],
            ["    DigitalProductId    REG_BINARY    " + digits.joined().uppercased()],
            wrapped(digits, every: 16, between: " "), wrapped(digits, every: 25, between: ",", end: ",\\"),
            wrapped(["\"DigitalProductID\"=hex(3):a4"] + digits.dropFirst(), every: 20, between: ",", end: ",\\"),
            wrapped(digits, every: 10, between: "-"), wrapped(digits, every: 32, between: ""),
        ])
    func joined(lines: [String]) throws {
        let entries = KeyLines.entries(in: ["# a comment", ""] + lines + ["", "hello"])
        #expect(entries.map(\.line) == [3, lines.count + 4])
        let line = KeyLine(try #require(entries.first).text)
        #expect(line.text == "82503-018-0000106-48724")
        #expect(line.beside.partialKey?.text == "BBBBP")
        #expect(line.beside.digitalProductID == DigitalProductID(bytes: Self.bytes))
        #expect(entries.allSatisfy { $0.problem == nil })
    }

    @Test("a value that other text or the end cuts off says how far it goes, and the text is read on its own")
    func cut() {
        let rows = Self.wrapped(Self.digits, every: 16, between: " ")
        let entries = KeyLines.entries(in: rows.prefix(3) + ["00326-10000-00000-AA698"] + rows.prefix(2))
        #expect(entries.map(\.line) == [1, 4, 5])
        #expect(entries.map { $0.problem != nil } == [true, false, true])
        #expect(entries.first?.problem?.contains("164 bytes ends after 48") == true)
        #expect(entries[1].text == "00326-10000-00000-AA698")
        // A second value begins where the first is whole.
        #expect(KeyLines.entries(in: rows + rows).map(\.line) == [1, rows.count + 1])
        // Bytes that begin like neither value are lines of their own.
        #expect(KeyLines.entries(in: ["a5 00 00 00 00", "01 02"]).map(\.line) == [1, 2])
    }

    @Test("of a registry export only what is about keys is an entry")
    func export() {
        let value = Self.wrapped(
            ["\"DigitalProductId\"=hex:a4"] + Self.digits.dropFirst(), every: 20, between: ",", end: ",\\")
        let lines =
            [
                "Windows Registry Editor Version 5.00", "", "[HKEY_LOCAL_MACHINE\\SOFTWARE]",
                "\"ProductName\"=\"Windows\"", "\"InstallDate\"=hex:01,02,\\", "  03,04",
                "\"ProductId\"=\"00326-10000-00000-AA698\"",
            ] + value + ["\"BackupProductKeyDefault\"=\"\"", "\"DigitalProductId4\"=hex:f8,04,00"]
        let entries = KeyLines.entries(in: lines)
        #expect(entries.map(\.line) == [7, 8, lines.count])
        #expect(entries.first?.text == "00326-10000-00000-AA698")
        #expect(KeyLine(entries[1].text).beside.partialKey?.text == "BBBBP")
    }

    @Test(
        "what slmgr and reg query print around ids is passed over, and a line that could be a key is not",
        arguments: [
            (
                [
                    "Installation ID: " + seven, "",
                    "Product activation telephone numbers can be obtained by searching the phone.inf file.",
                ], [1]
            ),
            (["", "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft", "00326-10000-00000-AA698"], [3]),
            (["[HKLM\\SOFTWARE]", "hklm\\software", "00326-10000-00000-AA698"], [3]),
            (["Ask the service desk.", seven, "Ask the service desk.", "nonsense"], [1, 2, 4]),
            ([seven, "the key BCDFG-HJKMP-QRTVW-XYBCD-FGHJK", "bcdfg hjkmp qrtvw xybcd fghjk"], [1, 2, 3]),
        ] as [([String], [Int])])
    func surroundings(lines: [String], expected: [Int]) {
        #expect(KeyLines.entries(in: lines).map(\.line) == expected)
    }

    @Test("a value that was wiped says so, and one with a key alone is told by its last five characters")
    func wiped() {
        var bytes = [UInt8](repeating: 0, count: 164)
        bytes[0] = 0xA4
        func line(_ bytes: [UInt8]) -> KeyLine {
            KeyLine(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
        #expect(line(bytes).problem?.contains("wiped") == true)
        bytes[52] = 9
        #expect(line(bytes).problem == nil)
        #expect(line(bytes).text == "XXXXX-XXXXX-XXXXX-XXXXX-BBBBP")
    }

    private static let seven = String(repeating: "1234565", count: 9)
    private static let six = String(repeating: "123450", count: 8)

    @Test(
        "installation ids and confirmation ids are told by their groups",
        arguments: [
            (seven, .installationId, 63, [], false), (six + "123450", .installationId, 54, [], false),
            ("Installation ID: " + seven, .installationId, 63, [], false),
            ("1234565-1234566 " + seven.dropFirst(14), .installationId, 63, ["2"], true),
            (six, .confirmationId, 48, [], false), ("slmgr /atp " + six, .confirmationId, 48, [], false),
            ("CID: 123451" + six.dropFirst(6), .confirmationId, 48, ["A"], false),
            (String(repeating: "0", count: 63), .installationId, 63, [], true),
            (String(repeating: "0", count: 48), .confirmationId, 48, [], true),
            ("12:30 " + seven, .installationId, 63, [], false), ("pc-1;" + seven, .installationId, 63, [], false),
            ("pc-1," + six, .confirmationId, 48, [], false), ("IID=" + seven, .installationId, 63, [], false),
            ("pc-1\tCID: " + six, .confirmationId, 48, [], false),
            (String(seven.dropLast(3)), .unknown, 60, [], true), (String(six.dropLast(8)), .unknown, 40, [], true),
            (String(six.dropLast(9)), .unknown, nil, [], true), (seven + "x", .unknown, nil, [], true),
        ] as [(String, KeyVerification.Kind, Int?, [String], Bool)])
    func ids(text: String, kind: KeyVerification.Kind, digits: Int?, wrong: [String], isFaulty: Bool) throws {
        let key = KeyVerification(text, line: 1, catalog: try ProgramCatalog.bundled())
        #expect(key.kind == kind)
        #expect(key.digits == digits)
        #expect(key.digitGroups.filter { !$0.agrees }.map(\.name) == wrong)
        #expect(key.isFaulty == isFaulty)
        #expect(key.use == .notApplicable)
        if let name = wrong.first { #expect(key.reason.hasPrefix("Group \(name) of "), "\(key.reason)") }
        if let digits, kind == .unknown {
            #expect(key.reason.contains("\(digits) digits; an installation id has 54 or 63"))
        }
    }
}

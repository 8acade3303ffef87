import ActivationModel
import Testing

@testable import Interchange

@Suite("What Checkmk's agent prints")
struct CheckmkTests {
    private static let license = [
        "Name: Windows(R) 7, Enterprise edition",
        "Description: Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel",
        "Partial Product Key: HVTHH", "License Status: Licensed",
    ]

    private static func describe(_ record: ProductRecord) -> String {
        [
            record.computer.name, record.text(.productName), record.text(.partialProductKey),
            record.timestamp(.licenseStatusLastUpdated)?.description,
        ].map { $0 ?? "-" }.joined(separator: "|")
    }

    private static func read(_ lines: [String], _ options: ReadOptions = ReadOptions(fileName: "pc-1.txt"))
        -> ReadResult
    {
        ReadResult(lines.joined(separator: "\r\n"), cuts: [7], options: options)
    }

    @Test("A file that begins with the section of licences is a capture of the computer after which it is named")
    func sectionAlone() throws {
        let lines = ["<<<win_license>>>"] + CheckmkTests.license
        #expect(try FormatDetector().detect(Array(lines.joined(separator: "\n").utf8).span) == .slmgr)
        #expect(
            CheckmkTests.read(lines).products.map(CheckmkTests.describe) == [
                "pc-1|Windows(R) 7, Enterprise edition|HVTHH|-"
            ])
    }

    @Test("The section check_mk names the computer, and lines of other sections are none of the capture")
    func wholeOutput() {
        let lines =
            [
                "<<<check_mk>>>", "Version: 2.3.0p1", "AgentOS: windows", "Hostname: srv-7", "<<<services>>>",
                "Name: a", "Description: b, VOLUME_MAK channel", "Partial Product Key: BCDFG",
                "License Status: Licensed",
                "<<<win_license:cached(1795508132,14400)>>>",
            ] + CheckmkTests.license + ["<<<services:sep(9)>>>", "Partial Product Key: BCDFH", "Hostname: other"]
        let result = CheckmkTests.read(lines)
        #expect(
            result.products.map(CheckmkTests.describe) == [
                "srv-7|Windows(R) 7, Enterprise edition|HVTHH|2026-11-24T08:15:32Z"
            ])
        #expect(result.codes == ["capture.product.nameless"])
    }

    @Test("What the agent hands on for another host is that host's, up to the line that ends it")
    func otherHosts() {
        let section = ["<<<win_license>>>"] + CheckmkTests.license
        let lines =
            ["<<<check_mk>>>", "Hostname: srv-7", "<<<<vm-1>>>>"] + section + ["<<<<vm-2>>>>"] + section + ["<<<<>>>>"]
            + section
        #expect(CheckmkTests.read(lines).products.map(\.computer.name) == ["vm-1", "vm-2", "srv-7"])
    }

    @Test("What the agent hands on for an address is left out, up to the line that ends it, and told once")
    func hostsWithoutName() {
        let section = ["<<<win_license>>>"] + CheckmkTests.license
        let lines =
            ["<<<check_mk>>>", "Hostname: srv-7", "<<<<10.1.2.3>>>>"] + section + ["<<<<4711>>>>"] + section
            + ["<<<<vm-1>>>>"] + section + ["<<<<>>>>"] + section
        let result = CheckmkTests.read(lines)
        #expect(result.products.map(\.computer.name) == ["vm-1", "srv-7"])
        let finding = result.diagnostic("capture.piggyback")
        #expect(finding?.count == 2)
        #expect(finding?.line == 3)
        #expect(finding?.message.contains("10.1.2.3") == true)
    }

    @Test("A word in angle brackets is no section of a file that is not Checkmk's")
    func notOfAgent() {
        let result = CheckmkTests.read(
            ["<<<PC01>>>"] + CheckmkTests.license, ReadOptions(format: .slmgr, fileName: "pc-1.txt"))
        #expect(result.products.map(\.computer.name) == ["pc-1"])
    }

    @Test("A heading ends what the agent prints")
    func headingBelow() {
        let lines =
            ["<<<check_mk>>>", "Hostname: srv-7", "<<<win_license:cached(1795508132,14400)>>>"] + CheckmkTests.license
            + ["<<<wmi_cpuload:sep(124)>>>", "[system_perf]", "=== PC-09 ==="] + CheckmkTests.license
        #expect(
            CheckmkTests.read(lines).products.map(CheckmkTests.describe) == [
                "srv-7|Windows(R) 7, Enterprise edition|HVTHH|2026-11-24T08:15:32Z",
                "PC-09|Windows(R) 7, Enterprise edition|HVTHH|-",
            ])
    }

    @Test("Two sections of one host are two captures, which make no file of one computer")
    func twice() {
        let section = ["<<<win_license>>>"] + CheckmkTests.license
        #expect(CheckmkTests.read(section + section).error?.code == "capture.computers")
    }

    @Test("An output without the section says that it shows no product")
    func none() {
        let result = CheckmkTests.read(
            ["<<<check_mk>>>", "Hostname: srv-7", "<<<uptime>>>", "4711"],
            ReadOptions(format: .slmgr, fileName: "srv-7.txt"))
        #expect(result.records.isEmpty)
        #expect(result.codes == ["capture.product.none"])
    }

    @Test(
        "Lines that open sections are told from others",
        arguments: [
            ("<<<win_license>>>", .licenses(printed: nil)), ("<<<win_license:cached(x)>>>", .licenses(printed: nil)),
            ("<<<win_license:sep(58):cached(1000,5)>>>", .licenses(printed: Timestamp(milliseconds: 1_000_000))),
            ("<<<check_mk>>>", .agent), ("<<<df:sep(9)>>>  ", .other), ("<<<<pc-1>>>>", .host("pc-1")),
            ("<<<<>>>>", .host(nil)), ("<<<>>>", nil), ("<<<a b>>>", nil), ("<<a>>", nil), ("a <<<b>>>", nil),
            ("", nil),
        ] as [(String, CheckmkSection?)])
    func sections(_ line: String, _ expected: CheckmkSection?) {
        #expect(CheckmkSection(Array(line.utf8)[...]) == expected)
    }
}

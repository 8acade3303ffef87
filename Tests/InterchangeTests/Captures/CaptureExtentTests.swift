import ActivationModel
import Testing

@testable import Interchange

@Suite("Texts with the captures of many computers")
struct CaptureExtentTests {
    private static let version = "Software licensing service version: 6.1.7601.17514"

    private static func block(_ heading: String, indent: String = "") -> [String] {
        [heading] + ([version, ""] + SampleProduct().slmgr()).map { $0.isEmpty ? "" : indent + $0 }
    }

    private static func read(_ lines: [String], _ options: ReadOptions = ReadOptions(fileName: "all.txt")) -> ReadResult
    {
        ReadResult(lines.joined(separator: "\n"), options: options)
    }

    @Test(
        "A heading directly above the output of slmgr names the computer in every form that tools write",
        arguments: [
            "<<<<%@>>>>", "==> %@ <==", "==> captures/%@.txt <==", "%@", "%@:", "# %@", "* %@", "=== %@ (10.1.2.3) ===",
            "=== Computer: %@ ===", "%@ 2026-11-24 10:00", "%@ 24.11.2026 10:00:15", "Rechner: %@",
            "PS C:\\> cscript slmgr.vbs %@ /dlv", "C:\\>cscript //nologo C:\\Windows\\System32\\slmgr.vbs %@ /dlv all",
            "[%@]: PS C:\\Users\\admin> slmgr /dlv",
        ])
    func headings(_ form: String) {
        let names = ["PC-0001.corp.example", "srv-2"]
        let lines = names.flatMap { CaptureExtentTests.block(form.replacing("%@", with: $0)) }
        let result = CaptureExtentTests.read(lines)
        #expect(result.products.map(\.computer.name) == names)
        #expect(result.error == nil)
    }

    @Test("The indented output below a name, as Salt prints it, is that of the name")
    func salt() {
        let names = ["PC-0001.corp.example", "srv-2"]
        let result = CaptureExtentTests.read(names.flatMap { CaptureExtentTests.block($0 + ":", indent: "    ") })
        #expect(result.products.map(\.computer.name) == names)
    }

    @Test("A name alone counts where a capture begins, not below it")
    func nameElsewhere() {
        let lines = CaptureExtentTests.block("PC-0001") + ["nothing", ""]
        #expect(
            CaptureExtentTests.read(lines + SampleProduct.esu.slmgr()).products.map(\.computer.name) == [
                "PC-0001", "nothing",
            ])
        #expect(CaptureExtentTests.read(lines).products.map(\.computer.name) == ["PC-0001"])
        let inside = lines.map { $0.hasPrefix("Description") ? "srv-2\n" + $0 : $0 }
        #expect(CaptureExtentTests.read(inside).products.map(\.computer.name) == ["PC-0001"])
    }

    @Test(
        "A file is refused when a second capture begins below nothing that is understood, whatever stands there",
        arguments: ["Results of number 2", "", "此许可证未使用", "BCDFG-HJKMP-QRTVW-XY234-67892"])
    func refused(_ heading: String) throws {
        let lines = CaptureExtentTests.block("first try") + CaptureExtentTests.block(heading)
        for options in [ReadOptions(fileName: "pc-1.txt"), ReadOptions(computer: "pc-1")] {
            let error = try #require(CaptureExtentTests.read(lines, options).error)
            #expect(error.code == "capture.computers")
            #expect(error.line == lines.lastIndex(of: CaptureExtentTests.version).map { $0 + 1 })
            #expect(error.remedy.contains("=== NAME ==="))
            #expect(error.remedy.contains("in a file of its own"))
        }
    }

    @Test("A heading that is understood does not cover the capture below one that is not")
    func secondHeading() {
        let lines = CaptureExtentTests.block("=== PC-0001 ===") + CaptureExtentTests.block("=== PC 2 of 5 ===")
        #expect(CaptureExtentTests.read(lines).error?.code == "capture.computers")
    }

    @Test("A product that comes again without a heading belongs to another computer, also without a version")
    func product() {
        let dlv = SampleProduct().slmgr()
        #expect(CaptureExtentTests.read(dlv + dlv).error?.line == dlv.count + 1)
        let dli = dlv.filter { !$0.contains(" ID: ") }
        #expect(CaptureExtentTests.read(dli + dli).error?.line == dli.count + 1)
        #expect(CaptureExtentTests.read(dli + dlv).error == nil)
    }

    @Test("A list below a heading that is not understood is not that of the heading above")
    func lists() {
        let list = SampleProduct().properties(of: nil).map { "\($0.name)=\($0.value)" } + [""]
        let known = ["=== PC-1 ==="] + list + ["=== PC-2 ==="] + list
        #expect(CaptureExtentTests.read(known).products.map(\.computer.name) == ["PC-1", "PC-2"])
        let lines = ["=== PC-1 ==="] + list + ["=== number 2 of 5 ==="] + list
        #expect(CaptureExtentTests.read(lines).error?.code == "capture.computers")
    }
}

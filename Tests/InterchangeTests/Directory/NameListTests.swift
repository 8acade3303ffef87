import ActivationModel
import Testing

@testable import Interchange

@Suite("Lists of names")
struct NameListTests {
    @Test("Names of every form are read, and comments, headers and blank lines are none")
    func forms() {
        let text = """
            # all notebooks
            ; of Berlin

            PC-1
              pc-2.corp.example.com   ; reception
            PC-3$
            CORP\\PC-4
            \\\\PC-5
            "PC-6"
            BÜRO-7,

            """
        let result = ReadResult(text)
        #expect(result.error == nil)
        #expect(result.rejected == 0)
        #expect(
            result.accounts.map { $0.dnsHostName ?? $0.samAccountName ?? $0.name } == [
                "PC-1", "pc-2.corp.example.com", "PC-3", "PC-4", "PC-5", "PC-6", "BÜRO-7",
            ])
        #expect(result.accounts[3].domain == "CORP")
        #expect(result.records.map(\.line) == [4, 5, 6, 7, 8, 9, 10])
    }

    @Test(
        "The header of a column of names is no name",
        arguments: [
            "Name\n----\nPC-1\nPC-2\n", "\r\nComputerName\r\n------------\r\nPC-1\r\nPC-2\r\n",
            "#TYPE Selected.ADComputer\n\"Name\"\n\"PC-1\"\n\"PC-2\"\n",
        ])
    func headers(_ text: String) throws {
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .names)
        #expect(ReadResult(text).accounts.map(\.name) == ["PC-1", "PC-2"])
    }

    @Test("A name that only looks like a header is a name behind the first line")
    func laterHeader() {
        #expect(ReadResult("PC-1\nhost\n").accounts.map(\.name) == ["PC-1", "host"])
    }

    @Test("A line that is no name is rejected with its number")
    func wrongLines() {
        let names = (1...20).map { "PC-\($0)\n" }.joined()
        let result = ReadResult(names + "10.1.2.3\nPC 22\n")
        #expect(result.accounts.count == 20)
        #expect(result.rejected == 2)
        #expect(result.diagnostics.filter { $0.code == "names.line" }.map(\.line) == [21, 22])
    }

    @Test("Names alone tell no system, and the list says so")
    func withoutSystem() {
        let finding = ReadResult("PC-1\nPC-2\n").diagnostic("directory.os.none")
        #expect(finding?.severity == .warning)
        #expect(finding?.remedy.contains("Get-ADComputer") == true)
    }

    @Test(
        "What other lists hold is no name",
        arguments: [
            "", "10.1.2.3", "2021-02-01", "55041-00178-000-000000-03-1033-7601.0000-0352021", "-PC", "PC..1", "a\\b\\c",
            "PC$1", "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY", "XXXXX-XXXXX-XXXXX-XXXXX-HVTHH",
            "a5963b5b-ef8d-4dce-9364-595bb15139d2", "a5963b5bef8d4dce9364595bb15139d2", "jane@example.com", "CORP\\1",
            String(repeating: "a", count: 64),
        ])
    func noNames(_ text: String) {
        let isName = ComputerNameText.isName(Array(text.utf8).span)
        #expect(!isName)
    }

    @Test(
        "What is no list of names is not taken for one",
        arguments: [
            "Dear administrator,\nplease find attached\n", "10.1.2.3\n10.1.2.4\n",
            "ABCDE-FGHIJ-KLMNO-PQRST-UVWXY\n", "PC-1\nPC-2\nnot a name\n", "HQFYX\nBW7MK\n", "\n\n# nothing\n",
            "Name\n----\n",
        ])
    func refused(_ text: String) {
        let fits = NameListContent.fits(Array(text.utf8).span)
        #expect(!fits)
    }

    @Test("A list gives the same accounts however it is cut and encoded")
    func cuts() {
        let text = "PC-1\nBÜRO-2\npc-3.example.com ; x\nCORP\\PC-4$"
        let expected = ReadResult(text)
        #expect(expected.accounts.count == 4)
        let wide = [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false)
        for cuts in [[1], [2, 3], [7]] {
            #expect(ReadResult(text, cuts: cuts) == expected, "\(cuts)")
            #expect(ReadResult(wide, cuts: cuts) == expected, "\(cuts)")
        }
    }
}

import ActivationModel
import Synchronization
import Testing

@testable import Interchange

@Suite("CLIXML")
struct CLIXMLReaderTests {
    private struct Result {
        var items: [String] = []
        var lines: [Int] = []
        var codes: [String] = []
        var error: InterchangeError?

        private final class Seen: Sendable { let items = Mutex<[(String, Int)]>([]) }

        private struct Document: JSONDocument {
            let seen: Seen

            mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
                seen.items.withLock { $0.append((item.canonical, item.line)) }
            }
        }

        init(_ bytes: [UInt8], chunk: Int = .max, options: ReadOptions = ReadOptions()) {
            let seen = Seen()
            let reader = CLIXMLReader(Document(seen: seen), options: options)
            var output = RecordOutput(file: "test.xml") { _ in }
            do {
                var start = 0
                while start < bytes.count {
                    let end = chunk > bytes.count - start ? bytes.count : start + chunk
                    try reader.read(bytes.span.extracting(start..<end), into: &output)
                    start = end
                }
                try reader.finish(into: &output)
            } catch {
                self.error = error as? InterchangeError
            }
            let taken = seen.items.withLock { $0 }
            items = taken.map(\.0)
            lines = taken.map(\.1)
            codes = output.diagnostics.diagnostics.map(\.code)
        }

        init(_ content: String, chunk: Int = .max, options: ReadOptions = ReadOptions()) {
            self.init(Array(CLIXMLReaderTests.document(content).utf8), chunk: chunk, options: options)
        }
    }

    private static func document(_ content: String) -> String {
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n\(content)\n</Objs>"
    }

    private static let object = """
        <Obj RefId="0"><TN RefId="0"><T>My.Type</T><T>System.Object</T></TN><ToString>shown</ToString><Props>
        <S N="Name">PC-1</S><U32 N="Status">1</U32><B N="On">true</B><B N="Off">false</B><Nil N="None" />
        <Obj N="List" RefId="1"><TNRef RefId="1" /><LST><S>a</S><I32>2</I32><Obj RefId="9"><LST/></Obj></LST></Obj>
        <Obj N="Enum" RefId="2"><TN RefId="2"><T>System.Enum</T></TN><ToString>Four</ToString><I32>4</I32></Obj>
        <Obj N="Deep" RefId="3"><ToString>only a text</ToString></Obj>
        <Obj N="Inner" RefId="4"><Props><S N="Line">a_x000A_b_x005F_x</S></Props></Obj><Ref N="Back" RefId="0" />
        </Props><MS><S N="PSComputerName">srv</S></MS></Obj>
        """

    private static let expected =
        "{'Back':null,'Deep':'only\\32.a\\32.text','Enum':4.0,'Inner':{'Line':'a\\10.b_x'},'List':['a',2.0,[]],"
        + "'Name':'PC-1','None':null,'Off':false,'On':true,'PSComputerName':'srv','PSTypeName':'My.Type','Status':1.0}"

    @Test("Objects are read with all kinds of properties, however the file is cut", arguments: [1, 50, Int.max])
    func objects(chunk: Int) {
        let result = Result(CLIXMLReaderTests.object + "\n" + CLIXMLReaderTests.object, chunk: chunk)
        #expect(result.error == nil)
        #expect(result.items == [CLIXMLReaderTests.expected, CLIXMLReaderTests.expected])
        #expect(result.lines == [2, 9])
    }

    @Test("An array that was exported as one object is opened")
    func array() {
        let result = Result(
            "<Obj RefId=\"7\"><TN RefId=\"7\"><T>System.Object[]</T></TN><LST>\(CLIXMLReaderTests.object)<S>x</S></LST></Obj>"
        )
        #expect(result.error == nil)
        #expect(result.items == [CLIXMLReaderTests.expected, "'x'"])
    }

    @Test("Text beyond the Basic Multilingual Plane and half of it are understood")
    func escapes() {
        #expect(
            Result("<S>_xD83D__xDE00__x00E9__xDC00_</S><S>_xZZZZ_ _x00</S>").items
                == [#"'\128512.\233.\65533.'"#, #"'_xZZZZ_\32._x00'"#])
    }

    @Test("UTF-16 as Windows PowerShell writes it is understood")
    func utf16() {
        let text = "\u{FEFF}" + CLIXMLReaderTests.document(CLIXMLReaderTests.object)
        #expect(Result(text.utf16Bytes(bigEndian: false)).items == [CLIXMLReaderTests.expected])
    }

    @Test("An object that is too long is rejected, and the others are read")
    func size() {
        var options = ReadOptions()
        options.limits.rowLength = 1000
        let many = (0..<60).map { "<S N=\"p\($0)\">v</S>" }.joined()
        let result = Result(
            "<Obj><Props><S N=\"a\">1</S></Props></Obj>\n<Obj><Props>\(many)</Props></Obj><Obj><Props><S N=\"a\">2</S></Props></Obj>",
            options: options)
        #expect(result.error == nil)
        #expect(result.items == ["{'a':'1'}", "{'a':'2'}"])
        #expect(result.codes == ["clixml.object.size"])
    }

    @Test("Other XML, and CLIXML that was cut off, is refused")
    func damaged() {
        #expect(Result(Array("<Other/>".utf8)).error?.code == "clixml.root")
        let whole = CLIXMLReaderTests.document(CLIXMLReaderTests.object)
        #expect(Result(Array(whole.utf8.dropLast(30))).error?.code == "xml.truncated")
    }
}

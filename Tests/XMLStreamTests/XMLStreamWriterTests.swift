import Foundation
import Testing
import XMLStream

@Suite("Writer")
struct XMLStreamWriterTests {
    @Test("writes indented and escaped UTF-8")
    func document() throws {
        let sink = ByteCollector()
        let writer = try XMLStreamWriter(to: sink)
        try writer.startDocument()
        try writer.comment(" made -- by hand-")
        try writer.startElement("Root")
        try writer.attribute("Version", "a<b & \"c\"\n")
        try writer.startElement("Item")
        try writer.element("Name", text: "Büro & <Söhne>")
        try writer.element("Empty", text: "")
        try writer.endElement()
        try writer.processingInstruction("go", data: "now")
        try writer.endElement()
        try writer.finish()
        #expect(
            sink.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- made - - by hand- -->
                <Root Version="a&lt;b &amp; &quot;c&quot;&#10;">
                  <Item>
                    <Name>Büro &amp; &lt;Söhne&gt;</Name>
                    <Empty/>
                  </Item>
                <?go now?>
                </Root>

                """)
    }

    @Test("what is written is read back as it was")
    func roundTrip() throws {
        var generator = FixedGenerator(seed: 11)
        let alphabet = Array("ab<>&\"'\n\t\r €ü\u{1F600}]]>-")
        for _ in 0..<300 {
            let value = String(
                (0..<Int.random(in: 1...30, using: &generator)).compactMap { _ in
                    alphabet.randomElement(using: &generator)
                })
            let attribute = String((0..<5).compactMap { _ in alphabet.randomElement(using: &generator) })
            let sink = ByteCollector()
            let writer = try XMLStreamWriter(to: sink, indent: Bool.random(using: &generator) ? "\t" : nil)
            try writer.startDocument()
            try writer.startElement("r")
            try writer.attribute("a", attribute)
            try writer.text(value)
            try writer.endElement()
            try writer.finish()
            #expect(try parse(sink.bytes).events == ["<r a=\(attribute)>#-1", "text \(value)", "</#-1 \(value)>"])
        }
    }

    @Test("characters that XML cannot hold are replaced and counted, or refused")
    func forbidden() throws {
        let sink = ByteCollector()
        let writer = try XMLStreamWriter(to: sink, indent: nil)
        try writer.element("r", text: "a\u{0}b\u{1F}c\u{FFFE}d\u{FEFF}\u{85}")
        try writer.finish()
        #expect(writer.replacedCharacters == 3)
        #expect(sink.text.contains("a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FEFF}\u{85}"))
        let strict = try XMLStreamWriter(to: ByteCollector(), forbidden: .fail)
        #expect(throws: XMLWriterError.forbiddenCharacter(7, element: "r")) { try strict.element("r", text: "\u{7}") }
    }

    @Test("refuses names that are none and calls out of order")
    func misuse() throws {
        let writer = try XMLStreamWriter(to: ByteCollector())
        for name in ["", "a b", "1a", "a<", "a\u{0}b"] {
            #expect(throws: XMLWriterError.invalidName(name)) { try writer.startElement(name) }
        }
        #expect(throws: XMLWriterError.self) { try writer.endElement() }
        try writer.startElement("xsi:a")
        try writer.text("x")
        #expect(throws: XMLWriterError.self) { try writer.attribute("b", "c") }
        #expect(throws: XMLWriterError.self) { try writer.finish() }
    }

    @Test("an error of the sink is thrown as it is")
    func sinkFails() throws {
        struct Full: Error, Equatable {}
        final class FullSink: ByteSink { func write(_ bytes: Span<UInt8>) throws { throw Full() } }
        let writer = try XMLStreamWriter(to: FullSink())
        #expect(throws: Full.self) {
            try writer.startElement("r")
            for _ in 0..<10_000 { try writer.element("a", text: "text") }
            try writer.endElement()
            try writer.finish()
        }
    }
}

@Suite("Atomic file")
struct AtomicFileTests {
    /// A directory of its own for one test.
    struct Folder: ~Copyable {
        let path: String
        init() throws {
            path = FileManager.default.temporaryDirectory.path + "/atomic-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        deinit { try? FileManager.default.removeItem(atPath: path) }
        var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
        func text(_ name: String) -> String? {
            FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test("replaces the target only when it is complete")
    func replace() throws {
        let folder = try Folder()
        let path = folder.path + "/a.xml"
        #expect(FileManager.default.createFile(atPath: path, contents: Data("old".utf8)))
        let file = try AtomicFile(path: path, mode: 0o600)
        try file.write(String(repeating: "new", count: 50_000))
        #expect(folder.text("a.xml") == "old")
        #expect(folder.names.count == 2)
        try file.commit()
        #expect(folder.text("a.xml")?.utf8.count == 150_000)
        #expect(folder.names == ["a.xml"])
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(throws: AtomicFileError.self) {
            try file.write("more")
            try file.commit()
        }
    }

    @Test("leaves nothing behind when it is given up")
    func discard() throws {
        let folder = try Folder()
        do {
            let file = try AtomicFile(path: folder.path + "/a.xml")
            try file.write("half")
        }
        #expect(folder.names.isEmpty)
    }

    @Test("keeps a symbolic link and replaces what it points to")
    func link() throws {
        let folder = try Folder()
        #expect(FileManager.default.createFile(atPath: folder.path + "/real", contents: Data("old".utf8)))
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "real")
        let file = try AtomicFile(path: folder.path + "/link")
        try file.write("new")
        try file.commit()
        #expect(folder.text("real") == "new")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link") == "real")
    }

    @Test("says why a file cannot be made", arguments: ["/missing/a.xml", ""])
    func cannotCreate(_ suffix: String) throws {
        let folder = try Folder()
        let path = folder.path + suffix
        let error = try #require(throws: AtomicFileError.self) { _ = try AtomicFile(path: path) }
        #expect(error.step == .create)
        #expect(error.path == path)
        #expect(error.errorNumber == (suffix.isEmpty ? EISDIR : ENOENT))
        #expect(error.description.contains(error.reason))
    }

    #if os(Linux)
        @Test("a full disk is an error with the system's reason")
        func full() throws {
            let file = try AtomicFile(path: "/dev/full")
            let error = try #require(throws: AtomicFileError.self) {
                try file.write("x")
                try file.commit()
            }
            #expect(error.step == .write)
            #expect(error.errorNumber == ENOSPC)
        }
    #endif
}

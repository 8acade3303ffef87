internal import CLibXML2

/// Writes an XML document in UTF-8 into a sink, element by element, over libxml2's `xmlTextWriter`.
///
///     let writer = try XMLStreamWriter(to: file)
///     try writer.startDocument()
///     try writer.startElement("Products")
///     try writer.element("ProductName", text: "Windows & more")
///     try writer.endElement()
///     try writer.finish()
///
/// Memory does not grow with the document. Line ends are `\n`; a carriage return inside a value is written as `&#13;`.
@safe public final class XMLStreamWriter {
    /// What to do with characters that XML 1.0 has no way to write: most control characters, U+FFFE and U+FFFF.
    public enum ForbiddenCharacters: Sendable {
        /// Write U+FFFD instead and count it in `replacedCharacters`.
        case replace
        /// Throw `XMLWriterError.forbiddenCharacter`.
        case fail
    }

    /// What libxml2's output callback gets.
    private final class Output {
        let sink: any ByteSink
        var failure: (any Error)?

        init(_ sink: any ByteSink) { self.sink = sink }
    }

    private enum State { case beforeContent, inTag, inContent }

    /// How many forbidden characters were written as U+FFFD.
    public private(set) var replacedCharacters = 0

    private let output: Output
    private let writer: xmlTextWriterPtr
    private let forbidden: ForbiddenCharacters
    private var open: [String] = []
    private var state = State.beforeContent
    private var isFinished = false
    /// A value with its final NUL on its way to libxml2.
    private var scratch: [UInt8] = []

    /// Makes a writer. `indent` is what each level is moved in by; nil writes no white space of its own.
    public init(
        to sink: any ByteSink, indent: String? = "  ", forbidden: ForbiddenCharacters = .replace
    ) throws(XMLWriterError) {
        XMLLibrary.prepare()
        output = Output(sink)
        self.forbidden = forbidden
        // The context lives as long as the writer, which owns it and frees libxml2's writer before it.
        let context = unsafe Unmanaged.passUnretained(output).toOpaque()
        guard let buffer = unsafe xmlOutputBufferCreateIO(XMLStreamWriter.put, XMLStreamWriter.close, context, nil)
        else {
            throw .outOfMemory
        }
        guard let writer = unsafe xmlNewTextWriter(buffer) else {
            unsafe xmlOutputBufferClose(buffer)
            throw .outOfMemory
        }
        unsafe self.writer = writer
        if let indent {
            unsafe xmlTextWriterSetIndent(writer, 1)
            unsafe xmlTextWriterSetIndentString(writer, indent)
        }
    }

    deinit { unsafe xmlFreeTextWriter(writer) }

    /// Writes the XML declaration with encoding UTF-8.
    public func startDocument() throws { try check(unsafe xmlTextWriterStartDocument(writer, nil, "UTF-8", nil)) }

    /// Begins an element. A prefix is written as part of the name; its declaration is an attribute.
    public func startElement(_ name: String) throws {
        try checkName(name)
        try check(unsafe xmlTextWriterStartElement(writer, name))
        open.append(name)
        state = .inTag
    }

    /// Adds an attribute to the element just begun.
    public func attribute(_ name: String, _ value: String) throws {
        guard state == .inTag else { throw XMLWriterError.unbalanced("attribute '\(name)' comes after content") }
        try checkName(name)
        try take(value)
        try check(
            unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWriteAttribute(writer, name, $0.baseAddress) })
    }

    /// Writes text inside the open element, escaped.
    public func text(_ text: String) throws {
        try take(text)
        try putText()
    }

    /// Writes text inside the open element from UTF-8 bytes, escaped. Bytes that are no UTF-8 become U+FFFD.
    public func text(_ bytes: Span<UInt8>) throws {
        try text(String(utf8: bytes))
    }

    /// Writes an element that holds text only; `<name/>` when it is empty.
    public func element(_ name: String, text: String) throws {
        try startElement(name)
        if !text.isEmpty { try self.text(text) }
        try endElement()
    }

    /// Writes a comment. Two hyphens in a row, which comments cannot hold, are written with a blank between them.
    public func comment(_ text: String) throws {
        var content = ""
        for character in text {
            if character == "-", content.hasSuffix("-") { content.append(" ") }
            content.append(character)
        }
        if content.hasSuffix("-") { content.append(" ") }
        try take(content)
        try check(unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWriteComment(writer, $0.baseAddress) })
        if !open.isEmpty { state = .inContent }
    }

    /// Writes a processing instruction.
    public func processingInstruction(_ target: String, data: String) throws {
        try checkName(target)
        guard target.lowercased() != "xml", !data.contains("?>") else {
            throw XMLWriterError.invalidContent("a processing instruction must not be named xml or hold ?>")
        }
        try take(data)
        try check(
            unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWritePI(writer, target, $0.baseAddress) })
        if !open.isEmpty { state = .inContent }
    }

    /// Ends the element that was begun last.
    public func endElement() throws {
        guard open.popLast() != nil else { throw XMLWriterError.unbalanced("there is no open element to end") }
        try check(unsafe xmlTextWriterEndElement(writer))
        state = .inContent
    }

    /// Hands everything to the sink. Call it once at the end; the sink is not closed.
    public func finish() throws {
        if let name = open.last { throw XMLWriterError.unbalanced("element '\(name)' is not ended") }
        guard !isFinished else { return }
        isFinished = true
        try check(unsafe xmlTextWriterEndDocument(writer))
        try check(unsafe xmlTextWriterFlush(writer))
    }

    private func putText() throws {
        guard !open.isEmpty else { throw XMLWriterError.unbalanced("text stands outside of the root element") }
        try check(unsafe scratch.withUnsafeBufferPointer { unsafe xmlTextWriterWriteString(writer, $0.baseAddress) })
        state = .inContent
    }

    /// Copies a value with a final NUL, its forbidden characters replaced.
    private func take(_ value: String) throws {
        // A local variable, because every access to a property of a class is checked at run time.
        var bytes: [UInt8] = []
        swap(&bytes, &scratch)
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: value.utf8)
        let isClean = bytes.allSatisfy { byte in
            byte >= 0x20 ? byte != 0xEF : byte == 0x09 || byte == 0x0A || byte == 0x0D
        }
        bytes.append(0)
        swap(&bytes, &scratch)
        if !isClean {
            try replaceForbidden(in: value)
            scratch.append(0)
        }
    }

    /// The Char production of XML 1.0: https://www.w3.org/TR/xml/#charsets (Swift strings hold no surrogates).
    private func replaceForbidden(in value: String) throws {
        var kept = ""
        for scalar in value.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D, 0x20...0xFFFD, 0x10000...: kept.unicodeScalars.append(scalar)
            default:
                guard forbidden == .replace else {
                    throw XMLWriterError.forbiddenCharacter(scalar.value, element: open.last ?? "")
                }
                replacedCharacters += 1
                kept.unicodeScalars.append("\u{FFFD}")
            }
        }
        scratch.removeAll(keepingCapacity: true)
        scratch.append(contentsOf: kept.utf8)
    }

    private func checkName(_ name: String) throws {
        if !name.isEmpty, name.utf8.allSatisfy({ ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }) { return }
        guard !name.utf8.contains(0), unsafe xmlValidateQName(name, 0) == 0 else {
            throw XMLWriterError.invalidName(name)
        }
    }

    private func check(_ result: CInt) throws {
        if let failure = output.failure { throw failure }
        guard result >= 0 else { throw XMLWriterError.outOfMemory }
    }

    private static let put: xmlOutputWriteCallback = { context, bytes, count in
        guard let context = unsafe context, let bytes = unsafe bytes, count > 0 else { return 0 }
        let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
        // After a failure the rest is dropped without a word, because libxml2 would print an error of its own; the
        // call that led here throws.
        guard output.failure == nil else { return count }
        // libxml2's buffer stays put during the callback.
        let buffer = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
        return unsafe buffer.withMemoryRebound(to: UInt8.self) { bytes in
            do {
                try output.sink.write(unsafe bytes.span)
            } catch {
                output.failure = error
            }
            return count
        }
    }

    private static let close: xmlOutputCloseCallback = { _ in 0 }
}

internal import CLibXML2

/// Receives the parts of a document in their order.
///
/// Every method has an empty default. What is passed in lives only during the call: tags and cursors cannot be copied,
/// and spans point into the parser's memory. Names are local names; entities are resolved. A handler may be a class or a
/// value; the parser keeps a value, and gives access to it with `XMLPushParser.withHandler(_:)`.
public protocol XMLEventHandler {
    /// Whether `text(_:at:)` is called at all; true unless the handler says otherwise.
    static var readsTextPieces: Bool { get }

    /// An element begins. For `<a/>` the end follows at once.
    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor)
    /// An element ends. `text` is the whole text since the tag before this one; for an element without children that is
    /// its value.
    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor)
    /// A piece of text in UTF-8, where the parser happened to cut it; never empty. CDATA sections and resolved entities
    /// come as text, too. Only for handlers that need text beside child elements.
    mutating func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor)
    /// A comment outside the document type declaration.
    mutating func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor)
    /// A processing instruction outside the document type declaration.
    mutating func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor)
}

extension XMLEventHandler {
    public static var readsTextPieces: Bool { true }
    public mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {}
    public mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    public mutating func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    public mutating func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    public mutating func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {}
}

/// Where the parser stands while a handler is called.
///
/// It cannot be copied, so it cannot outlive the call it was passed to; that keeps its pointer valid.
@safe public struct XMLCursor: ~Copyable {
    let core: UnsafeMutablePointer<ParserCore>

    @unsafe init(core: UnsafeMutablePointer<ParserCore>) { unsafe self.core = core }

    /// The line in the file, from 1: where the tag or text before the cursor ends. Inside an entity it is the line of the
    /// reference.
    public var line: Int { unsafe Int(xmlstream_line(core.pointee.context)) }
    /// The column in the file, from 1, in characters of UTF-8 input and in converted bytes else.
    public var column: Int { unsafe Int(xmlstream_column(core.pointee.context)) }
    /// How many elements are open; 1 for the root at its start and at its end.
    public var depth: Int { unsafe core.pointee.depth }
    /// Ends the parse after this call; the parser then throws `XMLStreamError.Kind.stopped`.
    public func stop() { unsafe core.pointee.requestStop() }
}

internal import CLibXML2

/// A streaming XML parser that is fed with the bytes of a document in chunks of any size.
///
/// Memory does not grow with the document. What is reported does not depend on where the chunks are cut; it may come with a
/// later chunk, or at the end. Nothing outside the document is loaded. UTF-8, UTF-16 and the encodings that
/// iconv knows are read by byte order mark or declaration.
///
///     var parser = XMLPushParser(handler: handler, names: XMLNameTable(["Product"]))
///     while let chunk = try nextChunk() { try parser.feed(chunk.span) }
///     try parser.finish()
///
/// Different parsers may run on different threads at the same time.
public struct XMLPushParser: ~Copyable {
    /// The owner of what lives behind pointers: the core, the session that libxml2's context points to, and the context.
    @safe private final class Storage {
        let dispatch: HandlerDispatch
        let core: UnsafeMutablePointer<ParserCore>
        let session: UnsafeMutablePointer<xmlstream_session>
        let context: xmlParserCtxtPtr?

        init(dispatch: HandlerDispatch, names: XMLNameTable, limits: XMLLimits) {
            XMLLibrary.prepare()
            self.dispatch = dispatch
            unsafe core = .allocate(capacity: 1)
            unsafe core.initialize(to: ParserCore(handler: dispatch, names: names, limits: limits))
            unsafe session = .allocate(capacity: 1)
            unsafe session.initialize(to: xmlstream_session())
            unsafe session.pointee.core = UnsafeMutableRawPointer(core)
            var sax = unsafe xmlSAXHandler()
            unsafe xmlSAXVersion(&sax, 2)
            unsafe ParserCallbacks.install(in: &sax)
            unsafe context = xmlstream_create(&sax, session)
            unsafe core.pointee.context = context
        }

        deinit {
            if let context = unsafe context { unsafe xmlstream_free(context) }
            unsafe core.pointee.release()
            unsafe core.deinitialize(count: 1)
            unsafe core.deallocate()
            unsafe session.deallocate()
        }
    }

    /// libxml2 gets slices of this length whatever the length of the chunks, as what it makes of a document depends on where
    /// it is cut: a comment in a document type declaration, for example, that holds the end of one.
    private static let sliceLength = 64 << 10

    private let storage: Storage
    /// The first bytes, at most four, which tell an encoding of one byte per character from the wide ones.
    private var head: [UInt8] = []
    /// The beginning of the next slice.
    private var waiting: [UInt8] = []
    private var isFinished = false

    /// Makes a parser that reports to `handler` and knows the names of `names`.
    public init(
        handler: some XMLEventHandler, names: XMLNameTable = XMLNameTable([]), limits: XMLLimits = XMLLimits()
    ) {
        storage = Storage(dispatch: TypedDispatch(handler), names: names, limits: limits)
    }

    /// Gives access to the handler that the parser was made with; the type must be the handler's own.
    public mutating func withHandler<Handler: XMLEventHandler, Result, Failure>(
        _ body: (inout Handler) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let dispatch = storage.dispatch as? TypedDispatch<Handler> else {
            preconditionFailure("The parser was made with a handler of another type than \(Handler.self).")
        }
        return try unsafe body(&dispatch.handler.pointee)
    }

    /// Parses the next bytes. After an error every further call throws the same error.
    public mutating func feed(_ bytes: Span<UInt8>) throws(XMLStreamError) {
        if let failure = unsafe storage.core.pointee.failure { throw failure }
        var start = 0
        while start < bytes.count {
            if waiting.isEmpty, bytes.count - start >= XMLPushParser.sliceLength {
                try feed(slice: bytes.extracting(start..<start + XMLPushParser.sliceLength))
                start += XMLPushParser.sliceLength
                continue
            }
            let end = min(bytes.count, start + XMLPushParser.sliceLength - waiting.count)
            // Safe: the buffer is read only inside the closure, while the span keeps it alive.
            unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe waiting.append(contentsOf: $0) }
            start = end
            if waiting.count == XMLPushParser.sliceLength { try feedWaiting() }
        }
    }

    /// Parses the bytes that wait for the rest of their slice, so that the handler has seen all of them.
    public mutating func flush() throws(XMLStreamError) {
        if let failure = unsafe storage.core.pointee.failure { throw failure }
        if !waiting.isEmpty { try feedWaiting() }
    }

    private mutating func feedWaiting() throws(XMLStreamError) {
        var slice: [UInt8] = []
        swap(&slice, &waiting)
        try feed(slice: slice.span)
        slice.removeAll(keepingCapacity: true)
        swap(&slice, &waiting)
    }

    /// Parses what is left and checks that the document is complete.
    public mutating func finish() throws(XMLStreamError) {
        if let failure = unsafe storage.core.pointee.failure { throw failure }
        guard !isFinished else { return }
        isFinished = true
        try flush()
        guard unsafe storage.core.pointee.fed > 0 else { throw fail(.empty) }
        let rootWasClosed = unsafe storage.core.pointee.hasRoot && storage.core.pointee.depth == 0
        unsafe parse(nil, 0, terminate: true)
        guard let failure = failure() else {
            // libxml2 has no complaint about a document without a root in some versions.
            guard unsafe storage.core.pointee.hasRoot, unsafe storage.core.pointee.depth == 0 else {
                throw fail(.truncated)
            }
            return
        }
        // What libxml2 calls damage at the end of the bytes is a document that was cut off.
        guard case .malformed = failure.kind, !rootWasClosed else { throw keep(failure) }
        let beganWell = unsafe storage.core.pointee.hasRoot || XMLPushParser.opensMarkup(head)
        throw fail(beganWell ? .truncated : .notXML)
    }

    private mutating func feed(slice: Span<UInt8>) throws(XMLStreamError) {
        var index = 0
        while head.count < 4, index < slice.count {
            head.append(slice[index])
            index += 1
        }
        unsafe storage.core.pointee.fed += slice.count
        let nul = XMLPushParser.isWide(head) ? nil : XMLPushParser.firstNUL(in: slice)
        let count = nul ?? slice.count
        unsafe slice.withUnsafeBufferPointer { buffer in unsafe parse(buffer.baseAddress, count, terminate: false) }
        if let failure = failure() { throw keep(failure) }
        if nul != nil, let context = unsafe storage.context {
            // libxml2 holds back text until it has seen what follows.
            var line: CInt = 0
            var column: CInt = 0
            unsafe xmlstream_end_position(context, &line, &column)
            throw keep(XMLStreamError(.nulByte, line: Int(line), column: Int(column)))
        }
        if let context = unsafe storage.context,
            unsafe xmlstream_pending(context) > storage.core.pointee.limits.markupLength
        {
            throw fail(.limit(.markupLength, unsafe storage.core.pointee.limits.markupLength))
        }
    }

    private func parse(_ bytes: UnsafePointer<UInt8>?, _ count: Int, terminate: Bool) {
        guard unsafe storage.context != nil else { return }
        unsafe xmlstream_parse(storage.session, bytes, CInt(count), terminate ? 1 : 0)
    }

    /// The first failure: one of ours, or what libxml2 reported.
    private func failure() -> XMLStreamError? {
        if let failure = unsafe storage.core.pointee.failure { return failure }
        guard let context = unsafe storage.context else { return XMLStreamError(.outOfMemory, line: 0, column: 0) }
        let session = unsafe storage.session.pointee
        guard unsafe session.code != 0 else {
            guard unsafe xmlstream_is_well_formed(context) == 0 else { return nil }
            let (line, column) = unsafe storage.core.pointee.position
            return XMLStreamError(.malformed("the document is not well-formed"), line: line, column: column)
        }
        let reason = unsafe String(cString: xmlstream_message(storage.session))
        let kind = unsafe XMLLibrary.kind(
            domain: Int(session.domain), code: Int(session.code), reason: reason,
            hasRoot: storage.core.pointee.hasRoot, limits: storage.core.pointee.limits)
        return unsafe XMLStreamError(kind, line: Int(session.line), column: Int(session.column))
    }

    private func keep(_ failure: XMLStreamError) -> XMLStreamError {
        unsafe storage.core.pointee.keep(failure)
        return failure
    }

    private func fail(_ kind: XMLStreamError.Kind) -> XMLStreamError {
        let (line, column) = unsafe storage.core.pointee.position
        return keep(XMLStreamError(kind, line: line, column: column))
    }

    private static func isWide(_ head: [UInt8]) -> Bool {
        head.contains(0) || head.starts(with: [0xFE, 0xFF]) || head.starts(with: [0xFF, 0xFE])
    }

    private static func opensMarkup(_ head: [UInt8]) -> Bool {
        let bytes = head.filter { $0 != 0 && $0 < 0x80 }
        return bytes.first == UInt8(ascii: "<")
    }

    private static func firstNUL(in bytes: Span<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress, let found = unsafe memchr(base, 0, buffer.count) else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }
}

/// What concerns libxml2 as a whole.
enum XMLLibrary {
    private static let isPrepared: Bool = {
        xmlInitParser()
        return true
    }()

    /// Initialises libxml2 once, before the first context on any thread.
    static func prepare() { _ = isPrepared }

    /// What a caller can act on, from libxml2's error domains and codes.
    ///
    /// Source: https://gnome.pages.gitlab.gnome.org/libxml2/html/xmlerror_8h.html
    static func kind(
        domain: Int, code: Int, reason: String, hasRoot: Bool, limits: XMLLimits
    ) -> XMLStreamError.Kind {
        if domain == Int(XML_FROM_I18N.rawValue) { return .encoding(reason) }
        switch UInt32(code) {
        case XML_ERR_NO_MEMORY.rawValue: return .outOfMemory
        case XML_ERR_UNKNOWN_ENCODING.rawValue, XML_ERR_UNSUPPORTED_ENCODING.rawValue,
            XML_ERR_INVALID_ENCODING.rawValue, XML_ERR_ENCODING_NAME.rawValue:
            return .encoding(reason)
        // Up to 2.13 broken UTF-8 has the code of a forbidden character; only the text tells them apart.
        case XML_ERR_INVALID_CHAR.rawValue where reason.hasPrefix("Input is not proper UTF-8"):
            return .encoding(reason)
        case XML_ERR_ENTITY_LOOP.rawValue, resourceLimit:
            return .limit(.entityExpansion, limits.entityExpansion)
        case XML_ERR_UNDECLARED_ENTITY.rawValue: return .undeclaredEntity(quoted(in: reason))
        case XML_ERR_DOCUMENT_EMPTY.rawValue, XML_ERR_DOCUMENT_START.rawValue:
            return hasRoot ? .malformed(reason) : .notXML
        default: return .malformed(reason)
        }
    }

    /// `XML_ERR_RESOURCE_LIMIT`, which libxml2 has from 2.13 on.
    private static let resourceLimit: UInt32 = 116

    private static func quoted(in reason: String) -> String {
        let parts = reason.split(separator: "'", omittingEmptySubsequences: false)
        return parts.count >= 3 ? String(parts[1]) : reason
    }
}

internal import CLibXML2

/// The state of one parser, at an address that libxml2's context can point to.
///
/// It is reached through a pointer only, field by field, and never by a method that runs while a handler is called: a
/// handler may reach it again through its cursor. One thread at a time uses a context, so nothing here is shared.
@safe struct ParserCore {
    /// One slot of the look-up from libxml2's interned names to symbols. libxml2 interns each distinct name once and frees
    /// none before the context, so an address stands for a name.
    struct Slot {
        var address: UInt = 0
        var symbol = XMLNameTable.unknown
    }

    static let slotCount = 2048
    static let slotsUsed = 1024

    /// Held by the parser, which outlives this.
    let handler: Unmanaged<HandlerDispatch>
    let readsTextPieces: Bool
    let names: XMLNameTable
    let limits: XMLLimits
    var context: xmlParserCtxtPtr?
    private(set) var failure: XMLStreamError?
    private(set) var isStopRequested = false
    /// Whether the parse has failed or shall stop: one byte to look at per event.
    private(set) var isOver = false
    /// Elements that are open.
    var depth = 0
    var hasRoot = false
    /// Bytes taken in so far.
    var fed = 0
    /// Bytes of attribute values handed out so far.
    var attributeBytes = 0
    /// Bytes that entities declared and expanded to so far.
    var entityBytes = 0
    /// Text since the last tag.
    var text: UnsafeMutablePointer<UInt8>
    var textCount = 0
    var textCapacity = 4096
    private let slots: UnsafeMutablePointer<Slot>
    private var distinctNames = 0

    init(handler: HandlerDispatch, names: XMLNameTable, limits: XMLLimits) {
        unsafe self.handler = .passUnretained(handler)
        readsTextPieces = handler.readsTextPieces
        self.names = names
        self.limits = limits
        unsafe text = .allocate(capacity: textCapacity)
        unsafe slots = .allocate(capacity: ParserCore.slotCount)
        unsafe slots.initialize(repeating: Slot(), count: ParserCore.slotCount)
    }

    /// Frees what lies behind pointers; nothing may be used afterwards.
    func release() {
        unsafe text.deallocate()
        unsafe slots.deallocate()
    }

    /// Where the file stands, from 1.
    var position: (line: Int, column: Int) {
        guard let context = unsafe context else { return (0, 0) }
        return unsafe (Int(xmlstream_line(context)), Int(xmlstream_column(context)))
    }

    /// Keeps the first failure.
    mutating func fail(_ kind: XMLStreamError.Kind) {
        let (line, column) = position
        keep(XMLStreamError(kind, line: line, column: column))
    }

    /// Keeps the first failure.
    mutating func keep(_ failure: XMLStreamError) {
        isOver = true
        if self.failure == nil { self.failure = failure }
    }

    /// Lets the parse end after this event.
    mutating func requestStop() {
        isOver = true
        isStopRequested = true
    }

    /// Keeps the first failure: a limit.
    mutating func fail(_ subject: XMLLimits.Subject) { fail(.limit(subject, limits[subject])) }

    /// Adds text to what was collected since the last tag; false when that is beyond the limit.
    @unsafe mutating func collect(_ bytes: UnsafePointer<xmlChar>, _ count: Int) -> Bool {
        let total = textCount + count
        guard total <= limits.textLength else {
            fail(.textLength)
            return false
        }
        if total > textCapacity {
            let capacity = max(total, 2 * textCapacity)
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
            unsafe larger.update(from: text, count: textCount)
            unsafe text.deallocate()
            unsafe text = larger
            textCapacity = capacity
        }
        unsafe (text + textCount).update(from: bytes, count: count)
        textCount = total
        return true
    }

    /// The symbol of an interned name.
    @unsafe static func symbol(of name: UnsafePointer<xmlChar>, in core: UnsafeMutablePointer<ParserCore>) -> Int {
        let address = UInt(bitPattern: name)
        var index = slot(of: address)
        while true {
            let slot = unsafe core.pointee.slots[index]
            if slot.address == address { return slot.symbol }
            if slot.address == 0 { break }
            index = (index + 1) & (slotCount - 1)
        }
        return unsafe core.pointee.learn(name, address, index)
    }

    private static func slot(of address: UInt) -> Int {
        Int(truncatingIfNeeded: (UInt64(address) &* 0x9E37_79B9_7F4A_7C15) >> 53) & (slotCount - 1)
    }

    /// Compares a name by its text. Beyond `slotsUsed` distinct names nothing is remembered, so memory stays bounded and
    /// a free slot always ends a search.
    @unsafe private mutating func learn(_ name: UnsafePointer<xmlChar>, _ address: UInt, _ index: Int) -> Int {
        let text = unsafe XMLStartTag.string(name)
        if text.utf8.count > limits.nameLength { fail(.nameLength) }
        let symbol = names.symbol(of: text)
        if distinctNames < ParserCore.slotsUsed {
            distinctNames += 1
            unsafe slots[index] = Slot(address: address, symbol: symbol)
        }
        return symbol
    }
}

// MARK: - Callbacks

/// The functions that libxml2 calls. `userData` of the context is the context itself, because libxml2's own entity
/// functions need it; the core is found through `_private`, which libxml2 hands on to the contexts it makes for entities.
@unsafe enum ParserCallbacks {
    static func install(in sax: inout xmlSAXHandler) {
        unsafe sax.startElementNs = startElement
        unsafe sax.endElementNs = endElement
        unsafe sax.characters = characters
        unsafe sax.ignorableWhitespace = characters
        unsafe sax.cdataBlock = characters
        unsafe sax.comment = comment
        unsafe sax.processingInstruction = processingInstruction
        unsafe sax.entityDecl = entityDeclaration
        unsafe sax.reference = reference
        // Nothing outside the document is loaded, and nothing but entities is kept of a document type declaration.
        unsafe sax.externalSubset = nil
        unsafe sax.resolveEntity = nil
        unsafe sax.attributeDecl = nil
        unsafe sax.elementDecl = nil
        unsafe sax.notationDecl = nil
        unsafe sax.unparsedEntityDecl = nil
    }

    /// The core of a context, unless the parse has already failed.
    private static func core(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ParserCore>? {
        guard let context = unsafe context, let pointer = unsafe xmlstream_core(context) else { return nil }
        let core = unsafe pointer.assumingMemoryBound(to: ParserCore.self)
        return unsafe core.pointee.isOver ? nil : core
    }

    /// Ends the parse when something failed or the handler asked for it.
    private static func check(_ core: UnsafeMutablePointer<ParserCore>, _ context: UnsafeMutableRawPointer?) {
        guard unsafe core.pointee.isOver, let context = unsafe context else { return }
        if unsafe core.pointee.isStopRequested { unsafe core.pointee.fail(.stopped) }
        unsafe xmlStopParser(context.assumingMemoryBound(to: xmlParserCtxt.self))
    }

    private static let startElement: startElementNsSAX2Func = {
        context, name, prefix, namespace, namespaceCount, namespaces, attributeCount, _, attributes in
        guard let core = unsafe core(context), let name = unsafe name else { return }
        unsafe core.pointee.depth += 1
        unsafe core.pointee.hasRoot = true
        unsafe core.pointee.textCount = 0
        let symbol = unsafe ParserCore.symbol(of: name, in: core)
        if unsafe core.pointee.depth > core.pointee.limits.depth { unsafe core.pointee.fail(.depth) }
        if attributeCount > 0, let attributes = unsafe attributes {
            unsafe checkAttributes(Int(attributeCount), attributes, core)
        }
        if unsafe xmlstream_is_in_entity(context) != 0 { unsafe expand(core, by: 1) }
        if unsafe !core.pointee.isOver {
            let tag = unsafe XMLStartTag(
                core: core, symbol: symbol, localName: name, prefix: prefix, namespace: namespace,
                namespaceCount: Int(namespaceCount), namespaces: namespaces, attributeCount: Int(attributeCount),
                attributes: attributes)
            unsafe core.pointee.handler._withUnsafeGuaranteedRef {
                unsafe $0.startElement(tag, at: XMLCursor(core: core))
            }
        }
        unsafe check(core, context)
    }

    private static let endElement: endElementNsSAX2Func = { context, name, _, _ in
        guard let core = unsafe core(context), let name = unsafe name else { return }
        let symbol = unsafe ParserCore.symbol(of: name, in: core)
        let text = unsafe UnsafeBufferPointer(start: core.pointee.text, count: core.pointee.textCount)
        // Handlers cannot feed the parser, so the buffer is not touched while they look at it.
        unsafe core.pointee.handler._withUnsafeGuaranteedRef {
            unsafe $0.endElement(symbol, text: text.span, at: XMLCursor(core: core))
        }
        unsafe core.pointee.depth -= 1
        unsafe core.pointee.textCount = 0
        unsafe check(core, context)
    }

    private static let characters: charactersSAXFunc = { context, bytes, count in
        guard count > 0, let core = unsafe core(context), let bytes = unsafe bytes else { return }
        if unsafe xmlstream_is_in_entity(context) != 0 { unsafe expand(core, by: Int(count)) }
        if unsafe !core.pointee.isOver, unsafe core.pointee.collect(bytes, Int(count)),
            unsafe core.pointee.readsTextPieces
        {
            let piece = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
            unsafe core.pointee.handler._withUnsafeGuaranteedRef {
                unsafe $0.text(piece.span, at: XMLCursor(core: core))
            }
        }
        unsafe check(core, context)
    }

    private static let comment: commentSAXFunc = { context, content in
        guard let core = unsafe core(context), let content = unsafe content, let context = unsafe context,
            unsafe xmlstream_is_in_subset(context) == 0
        else { return }
        let bytes = unsafe UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
        unsafe core.pointee.handler._withUnsafeGuaranteedRef {
            unsafe $0.comment(bytes.span, at: XMLCursor(core: core))
        }
        unsafe check(core, context)
    }

    private static let processingInstruction: processingInstructionSAXFunc = { context, target, data in
        guard let core = unsafe core(context), let target = unsafe target, let context = unsafe context,
            unsafe xmlstream_is_in_subset(context) == 0
        else { return }
        let content = unsafe data.map { unsafe XMLStartTag.string($0) } ?? ""
        unsafe core.pointee.handler._withUnsafeGuaranteedRef {
            unsafe $0.processingInstruction(XMLStartTag.string(target), data: content, at: XMLCursor(core: core))
        }
        unsafe check(core, context)
    }

    private static let entityDeclaration: entityDeclSAXFunc = { context, name, kind, publicID, systemID, content in
        guard let core = unsafe core(context), let name = unsafe name else { return }
        let isInternal =
            kind == CInt(XML_INTERNAL_GENERAL_ENTITY.rawValue) || kind == CInt(XML_INTERNAL_PARAMETER_ENTITY.rawValue)
        if !isInternal {
            unsafe core.pointee.fail(.externalEntity(XMLStartTag.string(name)))
        } else {
            unsafe expand(core, by: Int(xmlStrlen(name)) + Int(xmlStrlen(content)))
        }
        if unsafe !core.pointee.isOver {
            unsafe xmlSAX2EntityDecl(context, name, kind, publicID, systemID, content)
        }
        unsafe check(core, context)
    }

    /// With entities being replaced, libxml2 calls this only for an entity that it does not know and that it supposes in
    /// a part of the document type declaration that was not loaded.
    private static let reference: referenceSAXFunc = { context, name in
        guard let core = unsafe core(context), let name = unsafe name else { return }
        unsafe core.pointee.fail(.undeclaredEntity(XMLStartTag.string(name)))
        unsafe check(core, context)
    }

    private static func expand(_ core: UnsafeMutablePointer<ParserCore>, by count: Int) {
        unsafe core.pointee.entityBytes += count
        if unsafe core.pointee.entityBytes > core.pointee.limits.entityExpansion {
            unsafe core.pointee.fail(.entityExpansion)
        }
    }

    private static func checkAttributes(
        _ count: Int, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>,
        _ core: UnsafeMutablePointer<ParserCore>
    ) {
        if unsafe count > core.pointee.limits.attributeCount { unsafe core.pointee.fail(.attributeCount) }
        var total = 0
        for index in 0..<count {
            guard let start = unsafe attributes[5 * index + 3], let end = unsafe attributes[5 * index + 4] else {
                continue
            }
            let length = unsafe end - start
            if unsafe length > core.pointee.limits.attributeLength { unsafe core.pointee.fail(.attributeLength) }
            total += length
        }
        unsafe core.pointee.attributeBytes += total
        // No byte of any encoding becomes more than three bytes of UTF-8. What is handed out beyond that comes from
        // entities in attribute values or from default values.
        if unsafe core.pointee.attributeBytes > 3 * core.pointee.fed + core.pointee.limits.entityExpansion {
            unsafe core.pointee.fail(.entityExpansion)
        }
    }
}

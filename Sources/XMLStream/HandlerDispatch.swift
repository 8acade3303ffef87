/// Calls a handler whose type is not known to the C callbacks.
///
/// A handler lies at an address of its own, so that a call costs no check for overlapping access. There is none: the
/// parser calls one method at a time, and `withHandler` cannot run meanwhile, because feeding takes the parser
/// exclusively.
class HandlerDispatch {
    let readsTextPieces: Bool

    init(readsTextPieces: Bool) { self.readsTextPieces = readsTextPieces }

    func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {}
    func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {}
    func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {}
}

/// The dispatch to one type of handler.
@safe final class TypedDispatch<Handler: XMLEventHandler>: HandlerDispatch {
    let handler: UnsafeMutablePointer<Handler>

    init(_ handler: Handler) {
        unsafe self.handler = .allocate(capacity: 1)
        unsafe self.handler.initialize(to: handler)
        super.init(readsTextPieces: Handler.readsTextPieces)
    }

    deinit {
        unsafe handler.deinitialize(count: 1)
        unsafe handler.deallocate()
    }

    override func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        unsafe handler.pointee.startElement(tag, at: cursor)
    }
    override func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        unsafe handler.pointee.endElement(symbol, text: text, at: cursor)
    }
    override func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {
        unsafe handler.pointee.text(piece, at: cursor)
    }
    override func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {
        unsafe handler.pointee.comment(content, at: cursor)
    }
    override func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {
        unsafe handler.pointee.processingInstruction(target, data: data, at: cursor)
    }
}

import ActivationModel
import XMLStream

/// Copies the parts of a document to a writer; holds back one product at a time until it has been changed.
final class RewriteHandler: XMLEventHandler {
    private enum Symbol: Int {
        case cilxRoot = 0
        case licensingData, products, product, computer
    }

    /// The names in the order of `Symbol`.
    static let names = XMLNameTable(
        [VAMTFormat.cilxRoot, VAMTFormat.licensingData, "Products", "Product", "Computer"], ignoringCase: true)

    private(set) var summary = RewriteSummary()
    /// Why the document could not be copied, unless the document itself is the reason.
    private(set) var failure: (any Error)?

    private let xml: XMLStreamWriter
    private let totals: VAMTTotals?
    private let productLimit: Int
    private let change: (inout RewritableProduct) throws -> Void
    /// The symbols of the open elements.
    private var open: [Int] = []
    private var computer = ComputerIdentity()
    /// The parts of the product that is open; empty outside of one.
    private var held: [XMLPart] = []
    /// How many elements are open at the product itself.
    private var productDepth = 0
    private var productLine = 0
    private var productSize = 0

    init(
        xml: XMLStreamWriter, totals: VAMTTotals?, productLimit: Int,
        change: @escaping (inout RewritableProduct) throws -> Void
    ) {
        self.xml = xml
        self.totals = totals
        self.productLimit = productLimit
        self.change = change
    }

    // MARK: Events

    func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        let symbol = Symbol(rawValue: tag.symbol)
        if open.isEmpty { enterRoot(symbol, tag.name, cursor) }
        var attributes = RewriteHandler.attributes(of: tag)
        var isProduct = false
        if held.isEmpty {
            switch symbol {
            case .licensingData: correct(&attributes)
            case .computer where summary.format == .cil: computer = RewriteHandler.computer(attributes)
            case .product: isProduct = open.last == Symbol.products.rawValue
            default: break
            }
        }
        open.append(tag.symbol)
        let part = XMLPart.start(
            name: RewriteHandler.qualified(tag.name, prefix: tag.prefix), attributes: attributes)
        guard isProduct else { return copy(part, cursor) }
        productDepth = open.count
        productLine = cursor.line
        productSize = part.size
        held = [part]
    }

    func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        copy(.end, cursor)
        if !held.isEmpty, open.count == productDepth { closeProduct(cursor) }
        if !open.isEmpty { open.removeLast() }
    }

    func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {
        if held.isEmpty {
            attempt(cursor) { try xml.text(piece) }
        } else {
            copy(.text(RewriteHandler.string(piece)), cursor)
        }
    }

    func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {
        copy(.comment(RewriteHandler.string(content)), cursor)
    }

    func processingInstruction(_ target: String, data: String, at cursor: borrowing XMLCursor) {
        copy(.processingInstruction(target: target, data: data), cursor)
    }

    // MARK: Copying

    /// Writes a part, or keeps it while a product is open.
    private func copy(_ part: XMLPart, _ cursor: borrowing XMLCursor) {
        guard !held.isEmpty else {
            attempt(cursor) {
                try begin()
                try part.write(to: xml)
            }
            return
        }
        productSize += part.size
        guard productSize <= productLimit else {
            fail(
                InterchangeError(
                    .unreadable, code: "vamt.product.length", line: productLine,
                    message: "A product holds more than \(productLimit) bytes.",
                    remedy: "Check whether the file is what it claims to be; VAMT writes about 2 KB."), cursor)
            return
        }
        // The parser cuts text where it happens to; here it is one part.
        if case .text(let piece) = part, case .text(let before) = held[held.count - 1] {
            held[held.count - 1] = .text(before + piece)
        } else {
            held.append(part)
        }
    }

    private var hasBegun = false

    /// Writes the declaration before the first part, which may be a comment before the root.
    private func begin() throws {
        guard !hasBegun else { return }
        hasBegun = true
        try xml.startDocument()
    }

    private func closeProduct(_ cursor: borrowing XMLCursor) {
        var product = RewritableProduct(
            computer: RewriteHandler.named(computer, held), line: productLine, parts: held)
        held = []
        summary.products += 1
        attempt(cursor) {
            try change(&product)
            for part in product.parts { try part.write(to: xml) }
        }
        if product.isChanged { summary.changedProducts += 1 }
    }

    private func enterRoot(_ symbol: Symbol?, _ name: String, _ cursor: borrowing XMLCursor) {
        switch symbol {
        case .cilxRoot: summary.format = .cilx
        case .licensingData: summary.format = .cil
        default:
            fail(
                InterchangeError(
                    .unreadable, code: "vamt.root.unknown", line: cursor.line, column: cursor.column,
                    message: "The root element '\(name)' is that of no VAMT file.",
                    remedy: "Name a file that VAMT exported or saved."), cursor)
        }
    }

    /// Puts right the totals that are there and wrong.
    private func correct(_ attributes: inout [XMLPartAttribute]) {
        guard let totals, summary.format == .cilx else { return }
        for index in attributes.indices {
            let key = XMLPart.key(attributes[index].name)
            for kind in VAMTTotals.kinds where kind.totalAttribute?.lowercased() == key {
                let value = String(totals[kind] ?? 0)
                guard attributes[index].value != value else { continue }
                attributes[index].value = value
                summary.correctedTotals += 1
            }
        }
    }

    private func attempt(_ cursor: borrowing XMLCursor, _ body: () throws -> Void) {
        guard failure == nil else { return }
        do {
            try body()
        } catch {
            fail(error, cursor)
        }
    }

    private func fail(_ error: any Error, _ cursor: borrowing XMLCursor) {
        if failure == nil { failure = error }
        cursor.stop()
    }

    // MARK: Parts of a tag

    private static func attributes(of tag: borrowing XMLStartTag) -> [XMLPartAttribute] {
        var attributes: [XMLPartAttribute] = []
        for (prefix, uri) in tag.namespaceDeclarations {
            attributes.append(XMLPartAttribute(name: prefix.map { "xmlns:" + $0 } ?? "xmlns", value: uri))
        }
        for index in 0..<tag.attributeCount {
            attributes.append(
                XMLPartAttribute(
                    name: qualified(tag.attributeName(index), prefix: tag.attributePrefix(index)),
                    value: tag.attributeValue(index)))
        }
        return attributes
    }

    private static func qualified(_ name: String, prefix: String?) -> String { prefix.map { "\($0):\(name)" } ?? name }

    private static func string(_ bytes: Span<UInt8>) -> String {
        // The span is read inside the closure only.
        unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The identity of a `Computer` of a `.cil` file.
    private static func computer(_ attributes: [XMLPartAttribute]) -> ComputerIdentity {
        var computer = ComputerIdentity()
        for attribute in attributes where !attribute.value.isEmpty {
            switch XMLPart.key(attribute.name) {
            case "name": computer.name = attribute.value
            case "networkname": computer.network = attribute.value
            case "networktype": computer.networkType = NetworkType(anySpelling: attribute.value)
            case "id": computer.vamtID = GUID(attribute.value)
            default: break
            }
        }
        return computer
    }

    /// The computer of a product: that of the `.cil` file, else the name in the product.
    private static func named(_ computer: ComputerIdentity, _ parts: [XMLPart]) -> ComputerIdentity {
        guard computer == ComputerIdentity() else { return computer }
        return ComputerIdentity(
            name: RewritableProduct(computer: computer, line: 0, parts: parts)[.fullyQualifiedDomainName])
    }
}

/// Counts the records of a `.cilx` file.
final class RewriteCounter: XMLEventHandler {
    /// The lists, each followed by its records, in the order of `VAMTTotals.kinds`.
    static let names = XMLNameTable(
        VAMTTotals.kinds.flatMap { [$0.listName, $0.elementName] }, ignoringCase: true)

    static var readsTextPieces: Bool { false }

    private(set) var totals = VAMTTotals()
    private var open: [Int] = []

    func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        let symbol = tag.symbol
        if symbol >= 0, symbol % 2 == 1, open.last == symbol - 1 { totals.count(VAMTTotals.kinds[symbol / 2]) }
        open.append(symbol)
    }

    func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        if !open.isEmpty { open.removeLast() }
    }
}

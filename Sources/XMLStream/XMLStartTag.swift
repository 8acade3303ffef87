internal import CLibXML2

/// The start of an element: its name and attributes.
///
/// It cannot be copied, so it cannot outlive the call it was passed to; that keeps its pointers valid. libxml2 lays out
/// attributes as five pointers each: local name, prefix, namespace, begin and end of the value.
@safe public struct XMLStartTag: ~Copyable {
    typealias Name = UnsafePointer<xmlChar>
    typealias NameList = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    private let core: UnsafeMutablePointer<ParserCore>
    private let localName: Name
    private let prefixName: Name?
    private let namespace: Name?
    private let namespaceCount: Int
    private let namespaces: NameList?
    private let attributes: NameList?

    /// The number of the local name in the parser's `XMLNameTable`, or `XMLNameTable.unknown`.
    public let symbol: Int
    /// The number of attributes, those of the document type declaration included, without namespace declarations.
    public let attributeCount: Int

    @unsafe init(
        core: UnsafeMutablePointer<ParserCore>, symbol: Int, localName: Name, prefix: Name?, namespace: Name?,
        namespaceCount: Int, namespaces: NameList?, attributeCount: Int, attributes: NameList?
    ) {
        unsafe self.core = core
        self.symbol = symbol
        unsafe self.localName = localName
        unsafe self.prefixName = prefix
        unsafe self.namespace = namespace
        self.namespaceCount = unsafe namespaces == nil ? 0 : namespaceCount
        unsafe self.namespaces = namespaces
        self.attributeCount = unsafe attributes == nil ? 0 : attributeCount
        unsafe self.attributes = attributes
    }

    /// The local name as written.
    public var name: String { unsafe XMLStartTag.string(localName) }
    /// The prefix as written.
    public var prefix: String? { unsafe prefixName.map { unsafe XMLStartTag.string($0) } }
    /// The namespace of the name.
    public var namespaceURI: String? { unsafe namespace.map { unsafe XMLStartTag.string($0) } }
    /// Whether the name is of that namespace, without a copy.
    public func isInNamespace(_ uri: StaticString) -> Bool {
        // Safe: literals that are not a single scalar end with a NUL, as libxml2's names do.
        guard uri.hasPointerRepresentation else { return false }
        return unsafe xmlStrEqual(namespace, uri.utf8Start) != 0
    }

    /// The namespaces that this tag declares; a nil prefix is the default namespace.
    public var namespaceDeclarations: [(prefix: String?, uri: String)] {
        (0..<namespaceCount).map { index in
            (
                prefix: unsafe namespaces?[2 * index].map { unsafe XMLStartTag.string($0) },
                uri: unsafe namespaces?[2 * index + 1].map { unsafe XMLStartTag.string($0) } ?? ""
            )
        }
    }

    /// The number of an attribute's local name in the parser's table, or `XMLNameTable.unknown`.
    public func attributeSymbol(_ index: Int) -> Int {
        guard let name = unsafe part(0, of: index) else { return XMLNameTable.unknown }
        return unsafe ParserCore.symbol(of: name, in: core)
    }
    /// The local name of an attribute.
    public func attributeName(_ index: Int) -> String {
        unsafe part(0, of: index).map { unsafe XMLStartTag.string($0) } ?? ""
    }
    /// The prefix of an attribute's name.
    public func attributePrefix(_ index: Int) -> String? {
        unsafe part(1, of: index).map { unsafe XMLStartTag.string($0) }
    }
    /// The namespace of an attribute's name.
    public func attributeNamespaceURI(_ index: Int) -> String? {
        unsafe part(2, of: index).map { unsafe XMLStartTag.string($0) }
    }

    /// Calls `body` with the value of an attribute in UTF-8, without a copy.
    public func withAttributeValue<Result, Failure>(
        _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let start = unsafe part(3, of: index), let end = unsafe part(4, of: index) else {
            return try body(Span())
        }
        // Both pointers bound one value in the parser's buffer, which stays put while the handler is called.
        let value = unsafe UnsafeBufferPointer(start: start, count: end - start)
        return try body(unsafe value.span)
    }

    /// The value of an attribute.
    public func attributeValue(_ index: Int) -> String { withAttributeValue(index) { String(utf8: $0) } }

    /// The value of the first attribute with that symbol.
    public func attributeValue(symbol: Int) -> String? {
        for index in 0..<attributeCount where attributeSymbol(index) == symbol { return attributeValue(index) }
        return nil
    }

    private func part(_ part: Int, of index: Int) -> Name? {
        precondition(index >= 0 && index < attributeCount, "There is no such attribute.")
        return unsafe attributes?[5 * index + part]
    }

    @unsafe static func string(_ name: Name) -> String { unsafe String(decodingCString: name, as: UTF8.self) }
}

/// What a document may cost. A document beyond a limit is refused with `XMLStreamError.Kind.limit`.
public struct XMLLimits: Hashable, Sendable {
    /// Elements inside one another.
    public var depth = 256
    /// Bytes of one element or attribute name in UTF-8.
    public var nameLength = 1_000
    /// Bytes of text between two tags in UTF-8.
    public var textLength = 16 << 20
    /// Attributes of one element.
    public var attributeCount = 256
    /// Bytes of one attribute value in UTF-8.
    public var attributeLength = 1 << 20
    /// Bytes of one tag, comment, processing instruction or document type declaration, which libxml2 holds as a whole.
    public var markupLength = 4 << 20
    /// Bytes that entities may add to the whole document: what they declare, and what references to them expand to.
    public var entityExpansion = 1 << 20

    /// The limits above.
    public init() {}

    /// What can be limited.
    public enum Subject: String, Sendable, Hashable, CaseIterable {
        case depth, nameLength, textLength, attributeCount, attributeLength, markupLength, entityExpansion

        var description: String {
            switch self {
            case .depth: "elements are nested too deeply"
            case .nameLength: "a name is too long"
            case .textLength: "a text is too long"
            case .attributeCount: "an element has too many attributes"
            case .attributeLength: "an attribute value is too long"
            case .markupLength: "a tag, comment or declaration is too long"
            case .entityExpansion: "entities expand to too much text or contain themselves"
            }
        }

        var unit: String {
            switch self {
            case .depth: "levels"
            case .attributeCount: "attributes"
            default: "bytes"
            }
        }
    }

    /// The limit of a subject.
    public subscript(subject: Subject) -> Int {
        switch subject {
        case .depth: depth
        case .nameLength: nameLength
        case .textLength: textLength
        case .attributeCount: attributeCount
        case .attributeLength: attributeLength
        case .markupLength: markupLength
        case .entityExpansion: entityExpansion
        }
    }
}

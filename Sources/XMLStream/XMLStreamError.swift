/// Why a document could not be read to its end.
public struct XMLStreamError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can act on.
    public enum Kind: Hashable, Sendable {
        /// There are no bytes at all.
        case empty
        /// The bytes do not begin like an XML document.
        case notXML
        /// A rule of XML is broken; the text is libxml2's reason.
        case malformed(String)
        /// The document ends before its root element does.
        case truncated
        /// The bytes do not fit the encoding, or the encoding is not known; the text is libxml2's reason.
        case encoding(String)
        /// A NUL byte, which no XML document may hold.
        case nulByte
        /// A limit was exceeded; the number is the limit.
        case limit(XMLLimits.Subject, Int)
        /// An entity outside the document is declared. Nothing outside the document is ever loaded.
        case externalEntity(String)
        /// A reference to an entity that the document itself does not declare.
        case undeclaredEntity(String)
        /// The handler called `XMLCursor.stop()`.
        case stopped
        /// libxml2 could not get memory.
        case outOfMemory
    }

    /// What a caller can act on.
    public var kind: Kind
    /// The line, from 1; 0 before the first.
    public var line: Int
    /// The column, from 1; 0 when not known.
    public var column: Int

    /// Makes an error.
    public init(_ kind: Kind, line: Int, column: Int) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    /// What is wrong, as one sentence without the place.
    public var message: String {
        switch kind {
        case .empty: "The document is empty."
        case .notXML: "This is not an XML document: it does not begin with '<'."
        case .malformed(let reason): "The XML is damaged: \(XMLStreamError.sentence(reason))"
        case .truncated: "The document ends before its root element is closed; it was cut off."
        case .encoding(let reason): "The bytes do not fit the document's encoding: \(XMLStreamError.sentence(reason))"
        case .nulByte:
            "The document holds a NUL byte, which XML does not allow; the file is damaged or is no text file."
        case .limit(let subject, let limit):
            "The document goes beyond what is accepted: \(subject.description) (limit \(limit) \(subject.unit))."
        case .externalEntity(let name):
            "The document declares the external entity '\(name)'; nothing outside the document is loaded."
        case .undeclaredEntity(let name): "The document refers to the entity '\(name)', which it does not declare."
        case .stopped: "Reading was stopped."
        case .outOfMemory: "There is not enough memory to go on parsing."
        }
    }

    /// `line:column: message`
    public var description: String { "\(line):\(column): \(message)" }

    private static func sentence(_ reason: String) -> String {
        let line = reason.split(separator: "\n").first.map(String.init) ?? "the reason is not known"
        return line.hasSuffix(".") ? line : line + "."
    }
}

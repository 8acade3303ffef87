/// Why a document could not be written. What the sink throws is thrown as it is.
public enum XMLWriterError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text is no XML name.
    case invalidName(String)
    /// XML 1.0 has no way to write this character; thrown only with `ForbiddenCharacters.fail`.
    case forbiddenCharacter(UInt32, element: String)
    /// A comment or processing instruction would end early or is named `xml`.
    case invalidContent(String)
    /// An attribute was written after content, or an element was ended that was not begun, or was not ended.
    case unbalanced(String)
    /// libxml2 could not get memory.
    case outOfMemory

    public var description: String {
        switch self {
        case .invalidName(let name): "'\(name)' is not a name that XML allows."
        case .forbiddenCharacter(let character, let element):
            "The value of '\(element)' holds the character U+\(String(character, radix: 16, uppercase: true)), which XML 1.0 cannot hold. Remove it from the source."
        case .invalidContent(let reason): "The document cannot be written: \(reason)."
        case .unbalanced(let reason): "The document cannot be written: \(reason)."
        case .outOfMemory: "There is not enough memory to go on writing XML."
        }
    }
}

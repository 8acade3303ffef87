/// Why a file as a whole could not be read or written.
public struct InterchangeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can act on.
    public enum Kind: Sendable, Hashable {
        /// There is no such file, it is a directory, or it may not be read.
        case unavailable
        /// The bytes are not a format that is known, or are damaged so that the rest cannot be trusted.
        case unreadable
        /// The file could not be written.
        case unwritable
    }

    /// What a caller can act on.
    public var kind: Kind
    /// A stable identifier such as `xml.truncated`.
    public var code: String
    /// The file as the user named it.
    public var file: String
    /// The line, from 1, where known.
    public var line: Int?
    /// The column, from 1, where known.
    public var column: Int?
    /// What is wrong and why, as one sentence.
    public var message: String
    /// What to do about it.
    public var remedy: String

    /// Makes an error.
    public init(
        _ kind: Kind, code: String, file: String = "", line: Int? = nil, column: Int? = nil, message: String,
        remedy: String
    ) {
        self.kind = kind
        self.code = code
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    /// `file:line:column: message remedy`
    public var description: String {
        var place = file
        if let line { place += ":\(line)" }
        if let column { place += ":\(column)" }
        return [place.isEmpty ? nil : place + ":", message, remedy].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}

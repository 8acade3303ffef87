/// Why a directory gave no list.
public struct DirectoryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a caller can act on.
    public enum Kind: Sendable, Hashable {
        /// What was asked for makes no sense, or is refused for safety.
        case usage
        /// No server answers.
        case unreachable
        /// The server answers that it has too much to do or is shutting down; later it may serve.
        case busy
        /// The server's certificate is not trusted.
        case untrusted
        /// The server does not let the user in.
        case signIn
        /// The server does not give what was asked for, or gave only a part.
        case refused
        /// The user stopped the program.
        case cancelled
    }

    /// What a caller can act on.
    public var kind: Kind
    /// A stable identifier such as `directory.tls.expired`.
    public var code: String
    /// What is wrong and why, as one sentence.
    public var message: String
    /// What to do about it.
    public var remedy: String

    /// Makes an error.
    public init(_ kind: Kind, code: String, message: String, remedy: String) {
        self.kind = kind
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    /// The message and the remedy.
    public var description: String { message + " " + remedy }

    static let cancelled = DirectoryError(
        .cancelled, code: "directory.cancelled", message: "The search was stopped.",
        remedy: "Nothing of the list that was being read was imported.")
}

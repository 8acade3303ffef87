/// How to sign in to a directory.
public enum SignIn: Sendable {
    /// A name — distinguished, `user@domain` or `DOMAIN\user` — and a password.
    case simple(name: String, password: Password)
    /// The Kerberos ticket of the user who runs the program.
    case kerberos
    /// As nobody.
    case anonymous
}

/// A password. It never prints itself.
public struct Password: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bytes as they are sent.
    let bytes: [UInt8]

    /// Takes a password.
    ///
    /// - Throws: `DirectoryError` for an empty one: servers take that for an anonymous sign-in and report success.
    ///   Source: https://www.rfc-editor.org/rfc/rfc4513, section 5.1.2
    public init(_ bytes: [UInt8]) throws(DirectoryError) {
        guard !bytes.isEmpty else {
            throw DirectoryError(
                .usage, code: "directory.password.empty", message: "The password is empty.",
                remedy: "A server would let an empty password in as nobody; use --anonymous if that is meant.")
        }
        self.bytes = bytes
    }

    /// Reads the first line of a file's content: the line end does not belong to the password.
    public init(firstLine content: [UInt8]) throws(DirectoryError) {
        var line = content.prefix { $0 != 0x0A }
        if line.last == 0x0D { line.removeLast() }
        try self.init(Array(line))
    }

    public var description: String { "(password)" }
    public var debugDescription: String { "(password)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

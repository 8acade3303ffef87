import ActivationModel

/// How a connection is secured and how long it may take.
public struct ConnectionOptions: Sendable {
    /// Whether to begin TLS on a plain connection.
    public var startsTLS: Bool
    /// A file with the certificates of the authorities to trust, in PEM; nil for those of the system.
    public var authorities: String?
    /// Whether the server's certificate is checked. It always should be.
    public var verifiesCertificate: Bool
    /// Whether a password may be sent without TLS.
    public var allowsPlainPassword: Bool
    /// How many seconds a server may take to connect and for each answer.
    public var timeout: Int

    /// When the connection is made: certificates that are not trusted are judged by it. The caller says it.
    public var at: Timestamp

    /// Makes options that are safe.
    public init(
        at: Timestamp, startsTLS: Bool = false, authorities: String? = nil, verifiesCertificate: Bool = true,
        allowsPlainPassword: Bool = false, timeout: Int = 60
    ) {
        self.at = at
        self.startsTLS = startsTLS
        self.authorities = authorities
        self.verifiesCertificate = verifiesCertificate
        self.allowsPlainPassword = allowsPlainPassword
        self.timeout = timeout
    }

    /// Refuses what would be unsafe or cannot work, before anything is sent.
    func check(_ signIn: SignIn, server: DirectoryURL) throws(DirectoryError) {
        if startsTLS, server.scheme == .ldaps {
            throw DirectoryError(
                .usage, code: "directory.tls.twice", message: "\(server) has TLS from the start.",
                remedy: "Leave out --starttls, or write ldap://\(server.host).")
        }
        if case .simple = signIn, server.scheme == .ldap, !startsTLS, !allowsPlainPassword {
            throw DirectoryError(
                .usage, code: "directory.bind.plain",
                message: "The password would go to \(server) readable for everyone on the way.",
                remedy: "Use ldaps://\(server.host), or add --starttls.")
        }
    }
}

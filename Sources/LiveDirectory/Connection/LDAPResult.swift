/// The result of an operation as the server or the library tells it.
///
/// Sources: https://www.rfc-editor.org/rfc/rfc4511, section 4.1.9 and appendix A; negative codes are those of libldap:
/// https://www.openldap.org/software/man.cgi?query=ldap_error
struct LDAPResult: Hashable, Sendable {
    /// What was being done.
    enum Operation: Hashable, Sendable {
        case startTLS
        case simpleBind
        case kerberosBind
        case search
    }

    /// The codes that messages tell apart.
    enum Code {
        static let success = 0
        static let operationsError = 1
        static let timeLimitExceeded = 3
        static let sizeLimitExceeded = 4
        static let authMethodNotSupported = 7
        static let strongerAuthRequired = 8
        static let referral = 10
        static let adminLimitExceeded = 11
        static let unavailableCriticalExtension = 12
        static let confidentialityRequired = 13
        static let noSuchObject = 32
        static let invalidDNSyntax = 34
        static let inappropriateAuthentication = 48
        static let invalidCredentials = 49
        static let insufficientAccess = 50
        static let busy = 51
        static let unavailable = 52
        static let unwillingToPerform = 53
        static let serverDown = -1
        static let localError = -2
        static let timeout = -5
        static let filterError = -7
        static let connectError = -11
    }

    var code: Int
    /// What was said beyond the code.
    var text = ""
    /// Where the server sends to with `referral`.
    var referral: String?

    /// The text for messages: one line, never long.
    private var said: String {
        var line = ""
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .control {
            line.unicodeScalars.append(scalar)
        }
        return line.isEmpty ? "result \(code)" : "result \(code), “\(line.prefix(200))”"
    }

    /// The error that the result means.
    func error(_ operation: Operation, server: DirectoryURL) -> DirectoryError {
        switch (operation, code) {
        case (_, Code.serverDown), (_, Code.connectError), (_, Code.timeout): return lost(operation, server)
        case (_, Code.busy), (_, Code.unavailable): return busyError(server)
        case (.startTLS, _):
            return DirectoryError(
                .untrusted, code: "directory.tls.start",
                message: "\(server) does not begin TLS (\(said)).",
                remedy: "Give the domain controller a certificate for its name, or use ldaps://\(server.host).")
        case (.kerberosBind, _): return kerberosError(server)
        case (_, Code.strongerAuthRequired), (_, Code.confidentialityRequired):
            return DirectoryError(
                .signIn, code: "directory.bind.strongauth",
                message: "The server demands an encrypted or signed connection (\(said)).",
                remedy: "Use ldaps://\(server.host), or ldap://\(server.host) with --starttls or --kerberos.")
        case (.simpleBind, _): return SignInFailure(self).error(server: server)
        case (.search, _): return searchError(server)
        }
    }

    private func lost(_ operation: Operation, _ server: DirectoryURL) -> DirectoryError {
        if code == Code.timeout {
            return DirectoryError(
                .unreachable, code: "directory.timeout", message: "\(server) did not answer in time.",
                remedy: "Try another domain controller, or give it more time with --timeout SECONDS.")
        }
        if operation == .search {
            return DirectoryError(
                .unreachable, code: "directory.connection.lost",
                message: "The connection to \(server) was lost before the list was complete (\(said)).",
                remedy: "Run the command again; nothing of this list was imported.")
        }
        return DirectoryError(
            .unreachable, code: "directory.unreachable", message: "\(server) cannot be reached (\(said)).",
            remedy: "Check the name, the port and the firewall: \(server.port) must be open to a domain controller.")
    }

    private func busyError(_ server: DirectoryURL) -> DirectoryError {
        let (name, state) =
            code == Code.busy
            ? ("directory.busy", "is too busy") : ("directory.unavailable", "is shutting down or starting")
        return DirectoryError(
            .busy, code: name, message: "\(server) answers that it \(state) (\(said)).",
            remedy: "Run the command again later, or name another domain controller; nothing of this list was imported."
        )
    }

    private func kerberosError(_ server: DirectoryURL) -> DirectoryError {
        let remedy: String
        let lower = text.lowercased()
        if lower.contains("no kerberos credentials") || lower.contains("credentials cache")
            || lower.contains("no credentials")
        {
            remedy = "Get a ticket first: kinit user@CORP.EXAMPLE.COM."
        } else if lower.contains("expired") {
            remedy = "The ticket has expired; renew it: kinit user@CORP.EXAMPLE.COM."
        } else if lower.contains("server not found") {
            remedy =
                "Name the domain controller by its full name, as in ldap://dc1.corp.example.com: Kerberos knows it "
                + "as ldap/dc1.corp.example.com."
        } else if lower.contains("skew") {
            remedy = "Set the clock of this machine by the domain controller's."
        } else if lower.contains("no worthy mechs") || code == Code.authMethodNotSupported {
            remedy = "Install the GSSAPI module of Cyrus SASL (Debian: libsasl2-modules-gssapi-mit)."
        } else if lower.contains("tls") || lower.contains("sign or seal") {
            remedy = "Use ldap:// without TLS: Kerberos signs and encrypts the connection itself."
        } else {
            remedy = "Check the ticket with klist, and that ldap:// is used with the server's full name."
        }
        return DirectoryError(
            .signIn, code: "directory.bind.kerberos",
            message: "Signing in to \(server) with Kerberos failed (\(said)).", remedy: remedy)
    }

    private func searchError(_ server: DirectoryURL) -> DirectoryError {
        func refused(_ code: String, _ message: String, _ remedy: String) -> DirectoryError {
            DirectoryError(.refused, code: code, message: "\(message) (\(said)).", remedy: remedy)
        }
        switch code {
        case Code.operationsError, Code.inappropriateAuthentication, Code.insufficientAccess:
            return DirectoryError(
                .signIn, code: "directory.search.rights",
                message: "The server lets this user search nothing (\(said)).",
                remedy: "Sign in with --bind or --kerberos, as an account that may read computer accounts.")
        case Code.timeLimitExceeded:
            return refused(
                "directory.limit.time", "The server stopped the search after its time limit",
                "Each page has that limit for itself: use smaller pages, for example --page-size 100, or search in "
                    + "parts with --base.")
        case Code.sizeLimitExceeded:
            return refused(
                "directory.limit.size", "The server stopped at its size limit before the list was complete",
                "Raise the limit for this account (for slapd: size.prtotal=unlimited), or search in parts with --base.")
        case Code.adminLimitExceeded where text.contains("page size"):
            return refused(
                "directory.limit.page", "The server refuses pages of this size",
                "Use smaller pages, for example --page-size 100.")
        case Code.adminLimitExceeded:
            return refused(
                "directory.limit.admin", "The server stopped the search at a limit that its administrators set",
                "Use smaller pages, for example --page-size 100, or search in parts with --base.")
        case Code.unavailableCriticalExtension:
            return refused(
                "directory.paging.unsupported", "The server does not give results in pages",
                "Ask a domain controller of Active Directory; without pages a list may be cut.")
        case Code.referral:
            return refused(
                "directory.referral",
                "The server holds nothing of that base and refers to \((referral ?? "another server").shown)",
                "Name a domain controller of the domain that the base belongs to.")
        case Code.noSuchObject:
            return refused(
                "directory.base.missing", "The server knows no such base, or this user may not see it",
                "Check --base; without it the domains are found by themselves.")
        case Code.invalidDNSyntax:
            return refused(
                "directory.base.syntax", "The base is no distinguished name",
                "Write it like OU=Berlin,DC=corp,DC=example,DC=com.")
        case Code.filterError:
            return DirectoryError(
                .usage, code: "directory.filter.syntax", message: "The filter cannot be read.",
                remedy: "Write it like (operatingSystem=Windows 7*), with \\28 and \\29 for parentheses in values.")
        default:
            return refused(
                "directory.search.failed", "The search failed",
                "Run the command again; if it fails again, ask another domain controller.")
        }
    }
}

import ActivationModel
import ArgumentParser
import Foundation
import LiveDirectory

/// How to sign in to a directory. Nothing here takes a password itself: command lines are visible to other users.
struct SignInOptions: ParsableArguments {
    /// The variable that is looked at when no password file is named.
    static let variable = "ACTKIT_DIRECTORY_PASSWORD"

    @Option(
        help: ArgumentHelp(
            "The user: reader@corp.example.com, 'CORP\\reader' or a distinguished name. The password is asked for, unless "
                + "\(SignInOptions.variable) or --password-file gives it.",
            valueName: "user"))
    var bind: String?

    @Option(
        help: ArgumentHelp(
            "A file whose first line is the password; - is standard input.", valueName: "path"))
    var passwordFile: String?

    @Flag(help: "Sign in with the Kerberos ticket that kinit got; use ldap:// and the server's full name.")
    var kerberos = false

    @Flag(help: "Do not sign in. Active Directory tells nobody anything by default.")
    var anonymous = false

    func validate() throws {
        let ways = [bind != nil, kerberos, anonymous].filter { $0 }.count
        guard ways == 1 else {
            throw ValidationError(
                ways == 0
                    ? "Say how to sign in: --bind USER, --kerberos or --anonymous."
                    : "--bind, --kerberos and --anonymous exclude each other.")
        }
        if passwordFile != nil, bind == nil { throw ValidationError("--password-file needs --bind USER.") }
    }

    /// How to sign in; asks for the password when it is not given.
    func signIn(prompt: (String) throws -> [UInt8] = PasswordPrompt.ask) throws -> SignIn {
        if kerberos { return .kerberos }
        guard let bind else { return .anonymous }
        guard !bind.isEmpty else { throw ValidationError("--bind names no user; use --anonymous if nobody is meant.") }
        if let passwordFile {
            let content = Array(try TextFile.contents(of: passwordFile, what: "password").utf8)
            return .simple(name: bind, password: try Password(firstLine: content))
        }
        if let value = ProcessInfo.processInfo.environment[SignInOptions.variable] {
            return .simple(name: bind, password: try Password(Array(value.utf8)))
        }
        return .simple(name: bind, password: try Password(prompt("Password of \(bind): ")))
    }
}

/// How the connection to a directory is secured.
struct DirectoryConnectionOptions: ParsableArguments {
    @Flag(name: .customLong("starttls"), help: "Begin TLS on an ldap:// connection before anything else is sent.")
    var startsTLS = false

    @Option(
        help: ArgumentHelp(
            "The certificates of the authorities to trust, in PEM, instead of those of this machine.", valueName: "path"
        ))
    var caFile: String?

    @Flag(
        help: ArgumentHelp(
            "Do not check the server's certificate: whoever stands between can read the password and change the list."))
    var insecureCertificate = false

    @Flag(help: "Send the password without TLS, readable for everyone on the way.")
    var insecurePassword = false

    @Option(help: ArgumentHelp("How long a server may take for an answer.", valueName: "seconds"))
    var timeout = 60

    func validate() throws {
        guard (1...3600).contains(timeout) else { throw ValidationError("--timeout takes 1 to 3600 seconds.") }
    }

    /// The options, after a warning for each that is unsafe.
    func parsed() throws -> ConnectionOptions {
        if let caFile {
            // The library passes over a file without certificates in silence, and then trusts nobody.
            guard try TextFile.contents(of: caFile, what: "certificate").contains("-----BEGIN CERTIFICATE-----") else {
                throw CommandFailure(
                    .unreadableData, "\(caFile): the file holds no certificate in PEM",
                    remedy: "Convert it: openssl x509 -inform der -in authority.cer -out authority.pem")
            }
        }
        var warnings: [Diagnostic] = []
        if insecureCertificate {
            warnings.append(
                Diagnostic(
                    code: "directory.insecure.certificate", severity: .warning,
                    message: "The server's certificate is not checked: anyone could answer in its place.",
                    remedy: "Name its authority with --ca-file FILE instead."))
        }
        if insecurePassword {
            warnings.append(
                Diagnostic(
                    code: "directory.insecure.password", severity: .warning,
                    message: "Without TLS the password can be read on the way.",
                    remedy: "Use ldaps:// or --starttls instead."))
        }
        Console.tell(warnings)
        return ConnectionOptions(
            at: Today.now, startsTLS: startsTLS, authorities: caFile, verifiesCertificate: !insecureCertificate,
            allowsPlainPassword: insecurePassword, timeout: timeout)
    }
}

/// Why a simple bind failed. Active Directory tells it in the text, as `data` and a number of Windows.
///
///     80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 532, v3839
///
/// Source: https://learn.microsoft.com/windows/win32/debug/system-error-codes--1300-1699-
struct SignInFailure: Hashable {
    var result: LDAPResult
    /// The number behind `data`, which is written in hexadecimal.
    var reason: Int?

    init(_ result: LDAPResult) {
        self.result = result
        guard let start = result.text.firstRange(of: ", data ")?.upperBound else { return }
        reason = Int(result.text[start...].prefix { $0.isHexDigit }, radix: 16)
    }

    /// One reason: what is wrong and what to do.
    private struct Reason {
        var code: String
        var message: String
        var remedy: String
    }

    private static let reasons: [Int: Reason] = [
        0x525: Reason(
            code: "user", message: "there is no such user",
            remedy: "Write --bind reader@corp.example.com, 'CORP\\reader' or the distinguished name."),
        0x52E: Reason(
            code: "password", message: "the user or the password is wrong",
            remedy: "Check both; repeated attempts lock the account."),
        0x530: Reason(
            code: "hours", message: "the user may not sign in at this time",
            remedy: "Use an account without logon hours."),
        0x531: Reason(
            code: "workstation", message: "the user may not sign in from this computer",
            remedy: "Use an account that is not bound to certain computers."),
        0x532: Reason(
            code: "expired", message: "the password has expired",
            remedy: "Change the password, or use a service account whose password does not expire."),
        0x533: Reason(
            code: "disabled", message: "the account is disabled", remedy: "Enable the account or use another."),
        0x701: Reason(
            code: "account", message: "the account has expired", remedy: "Extend the account or use another."),
        0x773: Reason(
            code: "mustchange", message: "the password must be changed at the first sign-in",
            remedy: "Sign in once on a Windows computer and change it, or clear that mark of the account."),
        0x775: Reason(
            code: "locked", message: "the account is locked after too many wrong passwords",
            remedy: "Unlock the account, or wait until it unlocks by itself."),
    ]

    /// The error for the user.
    func error(server: DirectoryURL) -> DirectoryError {
        let failed = "Signing in to \(server) failed: "
        if let reason, let known = SignInFailure.reasons[reason] {
            return DirectoryError(
                .signIn, code: "directory.bind.\(known.code)", message: failed + known.message + ".",
                remedy: known.remedy)
        }
        switch result.code {
        case LDAPResult.Code.invalidCredentials:
            return DirectoryError(
                .signIn, code: "directory.bind.password", message: failed + "the user or the password is wrong.",
                remedy: "Check both; --bind takes reader@corp.example.com, 'CORP\\reader' or a distinguished name.")
        case LDAPResult.Code.inappropriateAuthentication, LDAPResult.Code.unwillingToPerform,
            LDAPResult.Code.authMethodNotSupported:
            return DirectoryError(
                .signIn, code: "directory.bind.refused",
                message: failed + "the server does not allow this way (result \(result.code), “\(result.text)”).",
                remedy: "Sign in with --bind and a password, or with --kerberos.")
        case LDAPResult.Code.invalidDNSyntax, LDAPResult.Code.noSuchObject:
            return DirectoryError(
                .signIn, code: "directory.bind.user",
                message: failed + "the server does not take the user's name (result \(result.code)).",
                remedy: "Write the distinguished name; only Active Directory takes user@domain and DOMAIN\\user.")
        default:
            return DirectoryError(
                .signIn, code: "directory.bind.failed",
                message: failed + "result \(result.code), “\(result.text)”.",
                remedy: "Check the user, the password and the state of the account.")
        }
    }
}

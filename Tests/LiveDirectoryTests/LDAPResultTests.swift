import Testing

@testable import LiveDirectory

@Suite struct LDAPResultTests {
    private static let server = DirectoryURL(scheme: .ldaps, host: "dc1.corp.test")

    @Test(
        "Active Directory's reason for refusing a bind decides what the user is told",
        arguments: [
            ("525", "directory.bind.user"), ("52e", "directory.bind.password"), ("530", "directory.bind.hours"),
            ("531", "directory.bind.workstation"), ("532", "directory.bind.expired"),
            ("533", "directory.bind.disabled"), ("701", "directory.bind.account"),
            ("773", "directory.bind.mustchange"), ("775", "directory.bind.locked"), ("fff", "directory.bind.password"),
        ])
    func bindReasons(data: String, code: String) {
        let text = "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data \(data), v3839"
        let error = LDAPResult(code: 49, text: text).error(.simpleBind, server: LDAPResultTests.server)
        #expect(error.code == code)
        #expect(error.kind == .signIn)
        #expect(error.message.hasPrefix("Signing in to ldaps://dc1.corp.test failed: "))
        #expect(!error.remedy.isEmpty)
    }

    @Test(
        "A result code decides the error by what was being done",
        arguments: [
            (.simpleBind, 8, "directory.bind.strongauth", .signIn),
            (.simpleBind, 13, "directory.bind.strongauth", .signIn),
            (.simpleBind, 48, "directory.bind.refused", .signIn), (.simpleBind, 49, "directory.bind.password", .signIn),
            (.simpleBind, 34, "directory.bind.user", .signIn), (.simpleBind, 80, "directory.bind.failed", .signIn),
            (.simpleBind, -1, "directory.unreachable", .unreachable),
            (.kerberosBind, -1, "directory.unreachable", .unreachable),
            (.kerberosBind, -2, "directory.bind.kerberos", .signIn), (.startTLS, 2, "directory.tls.start", .untrusted),
            (.search, 1, "directory.search.rights", .signIn), (.search, 50, "directory.search.rights", .signIn),
            (.search, 3, "directory.limit.time", .refused), (.search, 4, "directory.limit.size", .refused),
            (.search, 10, "directory.referral", .refused), (.search, 11, "directory.limit.admin", .refused),
            (.search, 12, "directory.paging.unsupported", .refused), (.search, 32, "directory.base.missing", .refused),
            (.search, 34, "directory.base.syntax", .refused), (.search, 51, "directory.busy", .busy),
            (.search, 52, "directory.unavailable", .busy), (.simpleBind, 51, "directory.busy", .busy),
            (.kerberosBind, 52, "directory.unavailable", .busy),
            (.search, 80, "directory.search.failed", .refused),
            (.search, -1, "directory.connection.lost", .unreachable),
            (.search, -5, "directory.timeout", .unreachable), (.search, -7, "directory.filter.syntax", .usage),
        ] as [(LDAPResult.Operation, Int, String, DirectoryError.Kind)])
    func codes(operation: LDAPResult.Operation, code: Int, name: String, kind: DirectoryError.Kind) {
        let error = LDAPResult(code: code, text: "text").error(operation, server: LDAPResultTests.server)
        #expect(error.code == name)
        #expect(error.kind == kind)
        #expect(!error.message.isEmpty && !error.remedy.isEmpty)
    }

    @Test("Pages that are too large are told from other limits of the administrator by the server's text")
    func pageLimit() {
        let error = LDAPResult(code: 11, text: "illegal pagedResults page size").error(
            .search, server: LDAPResultTests.server)
        #expect(error.code == "directory.limit.page")
        #expect(error.remedy.contains("--page-size"))
    }

    @Test(
        "What Kerberos says decides the remedy",
        arguments: [
            ("No Kerberos credentials available", "kinit"), ("Ticket expired", "renew"),
            ("Server not found in Kerberos database", "full name"), ("Clock skew too great", "clock"),
            ("SASL(-4): no mechanism available: No worthy mechs found", "Install"),
            ("00002029: Sign or Seal are not allowed if TLS is used", "without TLS"),
            ("SASL:[GSSAPI]: Sign or Seal are required.", "without TLS"),
        ])
    func kerberos(text: String, part: String) {
        let error = LDAPResult(code: text.contains("required") ? 8 : -2, text: text).error(
            .kerberosBind, server: LDAPResultTests.server)
        #expect(error.remedy.contains(part))
        #expect(error.message.contains(text))
    }

    @Test("A text of the server is shown on one line")
    func oneLine() {
        let error = LDAPResult(code: 80, text: "a\u{1B}[31m\nb").error(.search, server: LDAPResultTests.server)
        #expect(error.message.contains("“a[31mb”"))
    }

    @Test("A referral names where the server sends to")
    func referral() {
        let error = LDAPResult(code: 10, referral: "ldap://lab.corp.test/DC=lab").error(
            .search, server: LDAPResultTests.server)
        #expect(error.message.contains("ldap://lab.corp.test/DC=lab"))
    }
}

import ActivationModel
import Testing

@testable import LiveDirectory

@Suite struct SignInTests {
    @Test("A password prints itself nowhere")
    func silence() throws {
        let password = try Password(Array("Geheim-123".utf8))
        for text in [
            "\(password)", String(reflecting: password), "\(SignIn.simple(name: "reader", password: password))",
        ] {
            #expect(!text.contains("Geheim"))
        }
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!dumped.contains("Geheim") && !dumped.contains("71"))
    }

    @Test("An empty password is refused, since servers take it for an anonymous sign-in")
    func emptyPassword() {
        for bytes in [[], Array("\n".utf8), Array("\r\nsecond".utf8)] as [[UInt8]] {
            let error = #expect(throws: DirectoryError.self) { try Password(firstLine: bytes) }
            #expect(error?.code == "directory.password.empty")
        }
    }

    @Test(
        "The password of a file is its first line without the line end", arguments: ["a b ", "a b \n", "a b \r\nc\n"])
    func firstLine(content: String) throws {
        #expect(try Password(firstLine: Array(content.utf8)).bytes == Array("a b ".utf8))
    }

    @Test(
        "A password goes out under TLS only, unless the user insists",
        arguments: [
            ("ldap://dc1", false, false, "directory.bind.plain"), ("ldap://dc1", true, false, nil),
            ("ldap://dc1", false, true, nil), ("ldaps://dc1", false, false, nil),
            ("ldaps://dc1", true, false, "directory.tls.twice"),
        ] as [(String, Bool, Bool, String?)])
    func plainPassword(url: String, startsTLS: Bool, insists: Bool, code: String?) throws {
        let options = ConnectionOptions(
            at: Timestamp(seconds: 0), startsTLS: startsTLS, allowsPlainPassword: insists)
        let signIn = SignIn.simple(name: "reader", password: try Password(Array("secret".utf8)))
        let server = try DirectoryURL(url)
        if let code {
            let error = #expect(throws: DirectoryError.self) { try options.check(signIn, server: server) }
            #expect(error?.code == code)
        } else {
            try options.check(signIn, server: server)
        }
    }

    @Test("Kerberos and nobody need no TLS")
    func otherWays() throws {
        let options = ConnectionOptions(at: Timestamp(seconds: 0))
        try options.check(.kerberos, server: DirectoryURL("ldap://dc1"))
        try options.check(.anonymous, server: DirectoryURL("ldap://dc1"))
    }
}

import Testing

@testable import LiveDirectory

@Suite struct DirectoryURLTests {
    @Test(
        "An address is read with its scheme, host and port",
        arguments: [
            ("ldaps://dc1.corp.example.com", DirectoryURL(scheme: .ldaps, host: "dc1.corp.example.com", port: 636)),
            ("LDAP://dc1/", DirectoryURL(scheme: .ldap, host: "dc1", port: 389)),
            ("ldap://127.0.0.1:3389", DirectoryURL(scheme: .ldap, host: "127.0.0.1", port: 3389)),
            ("ldaps://[::1]:3636", DirectoryURL(scheme: .ldaps, host: "::1", port: 3636)),
            ("ldaps://[fe80::1]", DirectoryURL(scheme: .ldaps, host: "fe80::1", port: 636)),
        ])
    func reading(text: String, url: DirectoryURL) throws {
        #expect(try DirectoryURL(text) == url)
    }

    @Test(
        "What is no address, or holds more, is refused with its own reason",
        arguments: [
            ("dc1.corp.example.com", "directory.url.scheme"), ("https://dc1", "directory.url.scheme"),
            ("ldapi://%2Frun", "directory.url.scheme"), ("ldaps://", "directory.url.host"),
            ("ldaps://dc1:0", "directory.url.host"), ("ldaps://dc1:65536", "directory.url.host"),
            ("ldaps://dc1:ldap", "directory.url.host"), ("ldaps://[::1]x", "directory.url.host"),
            ("ldaps://dc 1", "directory.url.host"), ("ldaps://dc1/DC=corp", "directory.url.parts"),
            ("ldaps://reader@dc1", "directory.url.parts"), ("ldaps://dc1?x", "directory.url.parts"),
        ])
    func refusing(text: String, code: String) {
        let error = #expect(throws: DirectoryError.self) { try DirectoryURL(text) }
        #expect(error?.code == code)
        #expect(error?.kind == .usage)
    }

    @Test("The ports of the Global Catalog are refused", arguments: ["ldap://dc1:3268", "ldaps://dc1:3269"])
    func globalCatalog(text: String) {
        let error = #expect(throws: DirectoryError.self) { try DirectoryURL(text) }
        #expect(error?.code == "directory.url.globalcatalog")
        #expect(error?.message.contains("operating systems") == true)
    }

    @Test("An address is written as it is read, without the port of its scheme")
    func description() throws {
        for text in ["ldaps://dc1.corp.example.com", "ldap://dc1:3389", "ldaps://[::1]:3636"] {
            #expect(try DirectoryURL(text).description == text)
        }
        #expect(try DirectoryURL("ldap://dc1:389").description == "ldap://dc1")
    }

    @Test("The address of a list holds base and filter, encoded where RFC 4516 demands it")
    func list() throws {
        let url = try DirectoryURL("ldaps://dc1")
        #expect(url.list(base: "DC=corp,DC=test", filter: nil) == "ldaps://dc1/DC=corp,DC=test")
        #expect(
            url.list(base: "OU=Köln Süd?,DC=t", filter: "(os=7 %)")
                == "ldaps://dc1/OU=K%C3%B6ln%20S%C3%BCd%3F,DC=t??sub?(os=7%20%25)")
    }
}

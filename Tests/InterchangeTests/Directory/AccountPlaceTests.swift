import ActivationModel
import Testing

@testable import Interchange

@Suite("Where an account is: its domain, its container, and whether it is deleted")
struct AccountPlaceTests {
    @Test(
        "A domain with dots is a DNS name, any other a NetBIOS name",
        arguments: [
            ("CORP", "CORP", nil), ("Corp.Example.com.", nil, "corp.example.com"), ("", nil, nil),
        ])
    func domain(_ text: String, _ domain: String?, _ dnsDomain: String?) throws {
        let result = ReadResult(
            "Name,Domain,OperatingSystem,OperatingSystemVersion\nPC-1,\(text),Windows 10 Pro,10.0\n")
        let account = try #require(result.accounts.first)
        #expect(account.domain == domain)
        #expect(account.dnsDomain == dnsDomain)
    }

    @Test("A name may begin with either name of its domain")
    func domainBeforeName() {
        let accounts = ReadResult("CORP\\PC-1\nemea.example.com\\PC-2$\n").accounts
        #expect(accounts.map { $0.samAccountName ?? $0.name } == ["PC-1", "PC-2"])
        #expect(accounts.map(\.domain) == ["CORP", nil])
        #expect(accounts.map(\.dnsDomain) == [nil, "emea.example.com"])
    }

    @Test("The distinguished name tells the domain better than another column")
    func domainOfDistinguishedName() throws {
        let result = ReadResult(
            """
            Name,DistinguishedName,Domain,OperatingSystem
            PC-1,"CN=PC-1,DC=corp,DC=example,DC=com",example.com,Windows 10 Pro
            """)
        let account = try #require(result.accounts.first)
        #expect(account.dnsDomain == nil)
        #expect(account.distinguishedName == "CN=PC-1,DC=corp,DC=example,DC=com")
    }

    @Test("ConfigMgr may tell both names of the domain")
    func configMgr() throws {
        let result = ReadResult(
            """
            Name,Domain,FullDomainName,ResourceID,DeviceOS,DeviceOSBuild
            PC-1,TOYS,tailspin.local,1,Microsoft Windows NT Workstation 10.0,10.0.19045
            """)
        let account = try #require(result.accounts.first)
        #expect(account.domain == "TOYS")
        #expect(account.dnsDomain == "tailspin.local")
    }

    private static func canonicalName(_ text: String) -> CanonicalName? { CanonicalName(Array(text.utf8).span) }

    @Test(
        "A canonical name tells domain and container",
        arguments: [
            ("emea.example.com/Clients/Paris/PC-1", "CN=PC-1,OU=Paris,OU=Clients,DC=emea,DC=example,DC=com"),
            ("Example.COM/Computers/PC-1", "CN=PC-1,CN=Computers,DC=example,DC=com"),
            ("example.com/Program Data/Vendor/PC-1", "CN=PC-1,CN=Vendor,CN=Program Data,DC=example,DC=com"),
            ("example.com/Domain Controllers/DC-1", "CN=DC-1,OU=Domain Controllers,DC=example,DC=com"),
            ("example.com/R\\/D/PC-1", "CN=PC-1,OU=R/D,DC=example,DC=com"),
            ("example.com/R\\\\D/PC-1", "CN=PC-1,OU=R\\\\D,DC=example,DC=com"),
            ("example.com/A, B+C/PC-1", "CN=PC-1,OU=A\\, B\\+C,DC=example,DC=com"),
            ("example.com/#1 \"x\" <y>;z=/PC-1", "CN=PC-1,OU=\\#1 \\\"x\\\" \\<y\\>\\;z\\=,DC=example,DC=com"),
            ("example.com/ A /PC-1", "CN=PC-1,OU=\\ A\\ ,DC=example,DC=com"),
            ("local/PC-1", "CN=PC-1,DC=local"),
            ("example.com/Deleted Objects/PC-1\nDEL:1", "CN=PC-1\\0ADEL:1,CN=Deleted Objects,DC=example,DC=com"),
        ])
    func canonicalName(_ text: String, _ expected: String) throws {
        let name = try #require(AccountPlaceTests.canonicalName(text))
        #expect(name.distinguishedName == expected)
        let parsed = try #require(DistinguishedName(name.distinguishedName))
        #expect(parsed.dnsDomain == name.domain)
        #expect(parsed.components.prefix(name.names.count).map(\.value) == name.names.reversed())
    }

    @Test("What is no canonical name says nothing", arguments: ["PC-1", "example.com/", "/PC-1", "a//b", "a/b\\", ""])
    func noCanonicalName(_ text: String) { #expect(AccountPlaceTests.canonicalName(text) == nil) }

    @Test("A list with canonical names is one with distinguished names, which come first where both stand")
    func canonicalNames() {
        let canonical = "corp.example.com/Clients/PC-1"
        let derived = "CN=PC-1,OU=Clients,DC=corp,DC=example,DC=com"
        let distinguished = "CN=PC-1,CN=Clients,DC=corp,DC=example,DC=com"
        let lists = [
            "Name,CanonicalName,OperatingSystem\nPC-1,\(canonical),Windows 10 Pro\n",
            "Name,CanonicalName,OperatingSystem,DistinguishedName\nPC-1,\(canonical),Windows 10 Pro,\"\(distinguished)\"\n",
            """
            [{"Name": "PC-1", "CanonicalName": "\(canonical)", "DistinguishedName": "\(distinguished)",
            "OperatingSystem": "Windows 10 Pro"}]
            """,
            """
            [{"Name": "PC-1", "DistinguishedName": "\(distinguished)", "CanonicalName": "\(canonical)",
            "OperatingSystem": "Windows 10 Pro"}]
            """,
        ]
        let names = lists.map { ReadResult($0).accounts.map(\.distinguishedName) }
        #expect(names == [[derived], [distinguished], [distinguished], [distinguished]])
    }

    @Test(
        "A distinguished name tells whether the account is deleted",
        arguments: [
            ("CN=PC-1,OU=A,DC=example,DC=com", "", false), ("CN=PC-1,OU=A,DC=example,DC=com", "True", true),
            ("CN=PC-1\\0ADEL:1,CN=Deleted Objects,DC=example,DC=com", "", true),
            ("CN=PC-1,CN=Deleted Objects,DC=example,DC=com", "", true),
            ("CN=PC-1,OU=Deleted Objects,DC=example,DC=com", "", false),
            ("CN=PC-1,CN=A,CN=Deleted Objects,DC=example,DC=com", "", false), ("", "", nil), ("", "False", false),
        ])
    func deleted(_ name: String, _ flag: String, _ expected: Bool?) throws {
        let text = """
            Name,ObjectGUID,Deleted,DistinguishedName,OperatingSystem
            PC-1,a5963b5b-ef8d-4dce-9364-595bb15139d2,\(flag),"\(name)",Windows 10 Pro
            """
        #expect(try #require(ReadResult(text).accounts.first).deleted == expected)
    }

    @Test("The last change of a deleted account is its deletion, and of another one nothing")
    func deletion() {
        let deleted = "CN=PC-1\\0ADEL:1,CN=Deleted Objects,DC=example,DC=com"
        let guid = "a5963b5b-ef8d-4dce-9364-595bb15139d2"
        let lists = [
            "Name,ObjectGUID,whenChanged,DistinguishedName\nPC-1,\(guid),20200102030405.0Z,\"\(deleted)\"\n",
            "dn: \(deleted)\nobjectClass: computer\ncn: PC-1\nobjectSid: S-1-5-21-1-2-3-1101\n"
                + "whenChanged: 20200102030405.0Z\n",
            #"[{"Name": "PC-1", "ObjectGUID": "\#(guid)", "Deleted": true, "OperatingSystem": "Windows 10 Pro", "#
                + #""whenChanged": "\/Date(1577934245000)\/"}]"#,
        ]
        for list in lists {
            let result = ReadResult(list)
            #expect(result.accounts.map(\.deletedAt) == [Timestamp(seconds: 1_577_934_245)])
            #expect(!result.codes.contains("directory.deletion.undated"))
        }
        let living = ReadResult(
            "Name,whenChanged,DistinguishedName\nPC-1,20200102030405.0Z,\"CN=PC-1,DC=example,DC=com\"\n")
        #expect(living.accounts.map(\.deletedAt) == [nil])
    }

    @Test("A deletion without its time is told, since a sign of life counts more")
    func undatedDeletion() throws {
        let result = ReadResult("Name,SID,Deleted,OperatingSystem\nPC-1,S-1-5-21-1-2-3-1101,True,Windows 10 Pro\n")
        let finding = try #require(result.diagnostic("directory.deletion.undated"))
        #expect(finding.count == 1)
        #expect(finding.message.contains("PC-1"))
    }

    private static func repeats(_ rows: [String], header: String = "Name,Domain,OperatingSystem") -> ReadResult {
        ReadResult(([header, "PC-0,CORP,Windows 10 Pro"] + rows).joined(separator: "\n") + "\n")
    }

    @Test("A single name that repeats with another system is told, since it counts as one computer")
    func sharedLabel() throws {
        let result = AccountPlaceTests.repeats([
            "PC-1,CORP,Windows 10 Pro", "PC-2,CORP,Windows 10 Pro", "pc-1,corp,Windows 7 Professional",
            "PC-1,CORP,Windows 11 Pro",
        ])
        let finding = try #require(result.diagnostic("directory.name.repeated"))
        #expect(finding.count == 2)
        #expect(finding.line == 5)
        #expect(finding.message.contains("for example pc-1."))
        #expect(!result.codes.contains("directory.account.repeated"))
    }

    @Test("A single name that repeats with the same system, or without one, is a repetition")
    func repeatedLabel() throws {
        let result = AccountPlaceTests.repeats([
            "PC-1,CORP,Windows 10 Pro", "PC-1,CORP,Windows 10 Pro", "PC-1,CORP,",
        ])
        #expect(result.diagnostic("directory.account.repeated")?.count == 2)
        #expect(!result.codes.contains("directory.name.repeated"))
    }

    @Test("One name in two domains, or under two SIDs, is two accounts")
    func legalNamesakes() {
        let domains = AccountPlaceTests.repeats(["PC-1,CORP,Windows 10 Pro", "PC-1,emea.example.com,Windows 7 Pro"])
        let identifiers = AccountPlaceTests.repeats(
            ["PC-1,S-1-5-21-1-2-3-1101,Windows 10 Pro", "PC-1,S-1-5-21-1-2-3-1102,Windows 7 Pro"],
            header: "Name,SID,OperatingSystem")
        for result in [domains, identifiers] {
            #expect(result.codes.filter { $0.hasSuffix(".repeated") }.isEmpty)
        }
    }
}

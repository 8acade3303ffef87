import ActivationModel
import Testing

@testable import Interchange

@Suite("Computer accounts in LDIF")
struct LDIFComputerTests {
    /// The account that `ADComputerListTests.full` tells, as ldapsearch writes it.
    static let full = """
        # PC-1, B\\C3\\BCro\\, S\\C3\\BCd, corp.example.com
        dn:: Q049UEMtMSxPVT1Cw7xyb1wsIFPDvGQsREM9Y29ycCxEQz1leGFtcGxlLERDPWNvbQ==
        objectClass: top
        objectClass: person
        objectClass: organizationalPerson
        objectClass: user
        objectClass: computer
        cn: PC-1
        description:: TGluZSAxCkxpbmUgMg==
        distinguishedName:: Q049UEMtMSxPVT1Cw7xyb1wsIFPDvGQsREM9Y29ycCxEQz1leGFtcGxlLE
         RDPWNvbQ==
        memberOf: CN=A,DC=corp,DC=example,DC=com
        memberOf: CN=B,DC=corp,DC=example,DC=com
        name: PC-1
        objectGUID:: WzuWpY3vzk2TZFlbsVE50g==
        userAccountControl: 4098
        lastLogonTimestamp: 132537600000000000
        objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAAUAQAAA==
        sAMAccountName: PC-1$
        operatingSystem: Windows 7 Professional
        operatingSystemVersion: 6.1 (7601)
        operatingSystemServicePack: Service Pack 1
        dNSHostName: pc-1.corp.example.com
        servicePrincipalName: HOST/PC-1
        servicePrincipalName: HOST/pc-1.corp.example.com
        objectCategory: CN=Computer,CN=Schema,CN=Configuration,DC=corp,DC=example,DC=c
         om

        """

    /// The same account as ldbsearch writes it: text instead of octets and base64.
    static let readable = """
        # record 1
        dn: CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com
        objectClass: computer
        cn: PC-1
        description:: TGluZSAxCkxpbmUgMg==
        memberOf: CN=A,DC=corp,DC=example,DC=com
        memberOf: CN=B,DC=corp,DC=example,DC=com
        objectGUID: a5963b5b-ef8d-4dce-9364-595bb15139d2
        userAccountControl: 4098
        lastLogonTimestamp: 132537600000000000
        objectSid: S-1-5-21-1-2-3-1104
        sAMAccountName: PC-1$
        operatingSystem: Windows 7 Professional
        operatingSystemVersion: 6.1 (7601)
        operatingSystemServicePack: Service Pack 1
        dNSHostName: pc-1.corp.example.com
        servicePrincipalName: HOST/PC-1
        servicePrincipalName: HOST/pc-1.corp.example.com

        # returned 1 records
        # 1 entries
        # 0 referrals

        """

    @Test("The same account is read alike from ldapsearch, ldbsearch, ldifde and CSV")
    func oneAccount() throws {
        let table = try #require(ReadResult(ADComputerListTests.full).accounts.first)
        let ldifde = LDIFComputerTests.full.replacing("objectClass: top", with: "changetype: add\nobjectClass: top")
            .replacing("\n", with: "\r\n")
        for text in [LDIFComputerTests.full, LDIFComputerTests.readable, ldifde] {
            let result = ReadResult(text)
            #expect(result.error == nil)
            #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
            var account = try #require(result.accounts.first)
            // The sample's table says more than the directory: that the account is enabled against its flags.
            #expect(account.enabled == false)
            account.enabled = true
            #expect(account == table)
        }
    }

    @Test("The same list in every encoding gives the same accounts, cut at every byte")
    func encodings() {
        let text = LDIFComputerTests.readable
        let expected = ReadResult(text)
        let files: [[UInt8]] = [
            [0xEF, 0xBB, 0xBF] + Array(text.utf8), [0xFF, 0xFE] + text.utf16Bytes(bigEndian: false),
            [0xFE, 0xFF] + text.utf16Bytes(bigEndian: true),
        ]
        for (number, file) in files.enumerated() {
            let whole = ReadResult(file)
            #expect(whole == expected, "file \(number)")
            for cuts in [[1], [2, 3], [5], [300, 1]] {
                #expect(ReadResult(file, cuts: cuts) == whole, "file \(number), cuts \(cuts)")
            }
        }
    }

    @Test("A comment in an old code page leaves the UTF-8 of other lines alone")
    func mixedEncodings() throws {
        let bytes = Array("# ".utf8) + [0x93, 0x94] + Array("\n\(LDIFComputerTests.readable)".utf8)
        let result = ReadResult(bytes)
        let account = try #require(result.accounts.first)
        #expect(account.distinguishedName == "CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com")
        #expect(result.codes == ["text.encoding.mixed"])
        for cuts in [[1], [3, 2]] { #expect(ReadResult(bytes, cuts: cuts) == result) }
    }

    @Test("Times are read as the directory writes them, and never is no time")
    func times() throws {
        let result = ReadResult(
            """
            dn: CN=A,DC=a
            operatingSystem: Windows
            whenCreated: 20200102030405.0Z
            pwdLastSet: 132537600000000000
            lastLogonTimestamp: 9223372036854775807

            dn: CN=B,DC=a
            whenCreated: 20200102030405+0200
            pwdLastSet: 0
            lastLogonTimestamp: -1
            """ + "\n")
        #expect(
            result.accounts.map { $0.created?.description } == ["2020-01-02T03:04:05Z", "2020-01-02T01:04:05Z"])
        #expect(result.accounts.map { $0.passwordLastSet?.description } == ["2020-12-30T00:00:00Z", nil])
        #expect(result.accounts.map(\.lastLogon) == [nil, nil])
        #expect(result.codes == ["date.unreadable", "directory.os.unknown"])
    }

    @Test("What is no computer is skipped with its reason, and every entry is counted")
    func otherEntries() {
        let result = ReadResult(
            """
            dn: OU=Fleet,DC=a
            ou: Fleet

            dn: CN=Anna,DC=a
            objectClass: top
            objectClass: user

            dn:
            namingContexts: DC=a

            dn: CN=gmsa,OU=Fleet,DC=a
            objectClass: computer
            objectCategory: CN=ms-DS-Group-Managed-Service-Account,CN=Schema,CN=Configuration,DC=a

            dn: CN=svc,CN=Managed Service Accounts,DC=a
            objectClass: computer
            objectClass: msDS-ManagedServiceAccount

            dn: CN=CL1,DC=a
            objectClass: computer
            servicePrincipalName: HOST/CL1
            servicePrincipalName: MSClusterVirtualServer/CL1

            dn: CN=PC-1\\0ACNF:a5963b5b-ef8d-4dce-9364-595bb15139d2,DC=a
            objectClass: computer

            dn: CN=PC-2
            changetype: delete

            dn: CN=PC-3,DC=a
            changetype: modify
            replace: operatingSystem
            operatingSystem: Windows 10 Pro
            -

            dn: CN=PC-9,DC=a
            objectClass: computer
            operatingSystem: Windows 10 Pro
            """ + "\n")
        #expect(result.accounts.map(\.name) == ["PC-9"])
        #expect(result.skipped == 9)
        #expect(result.diagnostic("directory.account.class")?.line == 1)
        #expect(result.diagnostics.filter { $0.code == "directory.account.class" }.map(\.count).reduce(0, +) == 5)
        #expect(result.diagnostic("directory.account.cluster")?.message.contains("“CL1”") == true)
        #expect(result.diagnostic("directory.account.conflict")?.line == 24)
        #expect(result.diagnostic("ldif.change")?.count == 2)
    }

    @Test("A deleted account is marked, keeps its name and is not asked for its system")
    func deleted() throws {
        let result = ReadResult(
            """
            dn: CN=PC-1\\0ADEL:db47fbe7-a3f1-4f2a-9e65-8ab08ac8061b,CN=Deleted Objects,DC=a
            objectClass: computer
            objectGUID: db47fbe7-a3f1-4f2a-9e65-8ab08ac8061b
            isDeleted: TRUE
            cn:: UEMtMQpERUw6ZGI0N2ZiZTctYTNmMS00ZjJhLTllNjUtOGFiMDhhYzgwNjFi
            """ + "\n")
        let account = try #require(result.accounts.first)
        #expect(account.deleted == true)
        #expect(account.name == "PC-1")
        #expect(result.codes == ["directory.deletion.undated"])
    }

    static let computer = "dn: CN=PC-1,DC=a\nobjectClass: computer\noperatingSystem: Windows 10 Pro\n\n"

    struct Incomplete: CustomTestStringConvertible {
        var text: String
        /// What the message says; nil when the list is complete.
        var says: String?
        var testDescription: String { text.suffix(60) + (says ?? "complete") }
    }

    static let endings = [
        Incomplete(text: computer, says: nil),
        Incomplete(
            text: "# extended LDIF\n#\n\n\(computer)# search result\nsearch: 2\nresult: 0 Success\n\n# numEntries: 1\n",
            says: nil),
        Incomplete(
            text: "\(computer)# search result\nsearch: 2\nresult: 4 Size limit exceeded\n",
            says: "4 Size limit exceeded"),
        Incomplete(text: "\(computer)Size limit exceeded (4)\n", says: "“Size limit exceeded (4)”"),
        Incomplete(text: "# extended LDIF\n\n\(computer)", says: "result that the tool writes at the end is missing"),
        Incomplete(
            text: "\(computer)search: 2\nresult: 0 Success\n\n# numEntries: 2\n",
            says: "counted 2 entries, the file holds 1"),
        Incomplete(
            text: "\(computer)search: 2\nresult: 0 Success\npagedresults: cookie=MQA=\n", says: "more pages"),
        Incomplete(
            text: "\(computer)search: 2\nresult: 0 Success\npagedresults: estimate=5 cookie=MQA=\n", says: "more pages"),
        Incomplete(
            text: "search: 2\nresult: 0 Success\npagedresults: cookie=MQA=\n\n\(computer)search: 3\n"
                + "result: 0 Success\npagedresults: cookie=\n", says: nil),
        Incomplete(text: "# record 1\n\(computer)", says: "result that the tool writes at the end is missing"),
        Incomplete(
            text: "# record 1\n\(computer)# returned 2 records\n# 2 entries\n# 0 referrals\n",
            says: "counted 2 entries, the file holds 1"),
        Incomplete(
            text: "# record 1\n\(computer)# Referral\nref: ldap:///CN=Configuration,DC=a\n\n# returned 2 records\n"
                + "# 1 entries\n# 1 referrals\n", says: nil),
    ]

    @Test("Whether a list is complete shows at its end", arguments: LDIFComputerTests.endings)
    func complete(_ example: Incomplete) {
        let result = ReadResult(example.text, options: ReadOptions(format: .ldif))
        #expect(result.accounts.count == 1)
        let finding = result.diagnostic("directory.list.incomplete")
        #expect((finding != nil) == (example.says != nil), "\(result.diagnostics)")
        if let says = example.says { #expect(finding?.message.contains(says) == true, "\(finding?.message ?? "")") }
        #expect(result.rejected == 0)
    }

    @Test("References to other domains are told; those that every search meets are not")
    func references() {
        let usual = "# refldaps://a.example/CN=Configuration,DC=a\n\nref: ldap://a/DC=DomainDnsZones,DC=a\n\n"
        #expect(ReadResult(LDIFComputerTests.computer + usual).codes.isEmpty)
        let result = ReadResult(
            LDIFComputerTests.computer + usual + "# refldaps://b.a.example/DC=b,DC=a\n\nref: ldap://c/DC=c,DC=a\n")
        let finding = result.diagnostic("directory.list.references")
        #expect(finding?.count == 2)
        #expect(finding?.message.contains("ldaps://b.a.example/DC=b,DC=a") == true)
    }

    @Test("Messages of a tool inside the file are told with their line")
    func stray() {
        let result = ReadResult(LDIFComputerTests.computer + "ldap_bind: Invalid credentials\n\n")
        #expect(result.codes == ["ldif.stray"])
        #expect(result.diagnostics.first?.line == 5)
    }

    @Test("A file without entries says so")
    func empty() {
        let result = ReadResult("# extended LDIF\n\n# search result\nsearch: 2\nresult: 0 Success\n")
        #expect(result.codes == ["directory.list.empty"])
    }

    @Test("The first values of a range are told to be only a part")
    func ranges() {
        func codes(_ lines: String) -> [String] {
            ReadResult(LDIFComputerTests.computer.dropLast() + lines + "\n").codes
        }
        #expect(codes("memberOf;range=0-1499: CN=A,DC=a\n") == ["directory.values.partial"])
        #expect(codes("memberOf;range=0-1499: CN=A,DC=a\nmemberOf;range=1500-*: CN=B,DC=a\n").isEmpty)
    }

    @Test("A damaged entry costs itself only")
    func damaged() {
        let result = ReadResult(LDIFComputerTests.computer + "dn: CN=PC-2,DC=a\njunk\n\n" + LDIFComputerTests.computer)
        #expect(result.accounts.count == 2)
        #expect(result.rejected == 1)
        #expect(result.diagnostic("ldif.line")?.line == 6)
    }
}

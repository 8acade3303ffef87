import ActivationModel
import Testing

@testable import Interchange

@Suite("Judgement of lists, whatever their format")
struct DirectoryListTests {
    /// One account as attributes; every test tells it as CSV and as LDIF.
    typealias Account = [(DirectoryAttribute, String)]

    static func account(
        _ name: String, domain: String = "corp.example.com", guid: Int, system: String? = "Windows 10 Pro"
    ) -> Account {
        var account: Account = [
            (.samAccountName, name + "$"), (.dnsHostName, "\(name).\(domain)"),
            (.distinguishedName, "CN=\(name),DC=corp,DC=example,DC=com"), (.objectClass, "computer"),
            (.objectGUID, "00000000-0000-0000-0000-" + String(repeating: "0", count: 12 - "\(guid)".count) + "\(guid)"),
            (.userAccountControl, "4096"),
        ]
        if let system { account.append((.operatingSystem, system)) }
        return account
    }

    static func csv(_ accounts: [Account]) -> String {
        let columns: [DirectoryAttribute] = [
            .samAccountName, .dnsHostName, .distinguishedName, .objectClass, .objectGUID, .userAccountControl,
            .operatingSystem, .operatingSystemVersion, .pwdLastSet,
        ]
        var text = columns.map(\.name).joined(separator: ",") + "\n"
        for account in accounts {
            text +=
                columns.map { column in "\"" + (account.first { $0.0 == column }?.1 ?? "") + "\"" }
                .joined(separator: ",") + "\n"
        }
        return text
    }

    static func ldif(_ accounts: [Account]) -> String {
        accounts.map { account in
            "dn: \(account.first { $0.0 == .distinguishedName }?.1 ?? "")\n"
                + account.map { "\($0.0.name): \($0.1)\n" }.joined()
        }.joined(separator: "\n")
    }

    static func results(_ accounts: [Account]) -> [ReadResult] {
        [ReadResult(csv(accounts)), ReadResult(ldif(accounts))]
    }

    struct Finding: CustomTestStringConvertible {
        var code: String
        var accounts: [Account]
        var count: Int
        var example: String
        var testDescription: String { code }
    }

    static let plain = account("pc-1", guid: 1)
    static let findings = [
        Finding(
            code: "directory.system.foreign",
            accounts: [plain, account("nas-1", guid: 2, system: "Samba"), account("nas-2", guid: 3, system: "Samba")],
            count: 2, example: "nas-1 with Samba"),
        Finding(
            code: "directory.suffix.disjoint",
            accounts: [plain, account("pc-2", domain: "branch.example.com", guid: 2)], count: 1,
            example: "pc-2.branch.example.com in corp"),
        Finding(
            code: "directory.name.shared", accounts: [plain, account("PC-1", guid: 2), account("pc-1", guid: 3)],
            count: 2, example: "pc-1.corp.example.com"),
        Finding(
            code: "directory.account.repeated", accounts: [plain, plain], count: 1, example: "pc-1.corp.example.com"),
    ]

    @Test("Each finding is told once, with a count and an example", arguments: DirectoryListTests.findings)
    func told(_ finding: Finding) {
        for result in DirectoryListTests.results(finding.accounts) {
            #expect(result.codes == [finding.code])
            #expect(result.diagnostics.first?.count == finding.count)
            #expect(result.diagnostics.first?.message.contains(finding.example) == true)
            #expect(result.diagnostics.first?.line ?? 0 > 2)
            #expect(result.accounts.count == finding.accounts.count)
        }
    }

    @Test("Accounts far apart in a list are compared: the same one is repeated, another one shares the name")
    func farApart() {
        var accounts = (0..<600).map { DirectoryListTests.account("pc-\($0)", guid: $0 + 1) }
        accounts.append(DirectoryListTests.account("PC-3", guid: 4))
        accounts.append(DirectoryListTests.account("pc-5", guid: 1001))
        accounts.append(DirectoryListTests.account("pc-5", guid: 1001))
        accounts.append(DirectoryListTests.account("pc-5", guid: 6))
        for result in DirectoryListTests.results(accounts) {
            #expect(result.diagnostic("directory.account.repeated")?.count == 3)
            #expect(result.diagnostic("directory.account.repeated")?.message.contains("pc-3.corp.example.com") == true)
            #expect(result.diagnostic("directory.name.shared")?.count == 1)
            #expect(result.diagnostic("directory.name.shared")?.message.contains("pc-5.corp.example.com") == true)
        }
    }

    @Test("A name that was told without an identifier learns the first one that is told with it")
    func laterIdentity() {
        let first = DirectoryListTests.account("pc-1", guid: 1).filter { $0.0 != .objectGUID }
        let accounts = [first] + (1...3).map { DirectoryListTests.account("pc-1", guid: $0) }
        for result in DirectoryListTests.results(accounts) {
            #expect(result.diagnostic("directory.account.repeated")?.count == 1)
            #expect(result.diagnostic("directory.name.shared")?.count == 2)
        }
    }

    @Test("A name that all accounts have is counted for each of them")
    func oneName() {
        let accounts = (0..<2000).map { DirectoryListTests.account("localhost", guid: $0 + 1) }
        for result in DirectoryListTests.results(accounts) {
            #expect(result.diagnostic("directory.name.shared")?.count == 1999)
        }
    }

    @Test("Plain accounts give no findings")
    func noFindings() {
        for result in DirectoryListTests.results([
            DirectoryListTests.plain, DirectoryListTests.account("pc-2", guid: 2),
        ]) {
            #expect(result.diagnostics.isEmpty)
        }
    }

    @Test("A list without any operating system is told, and that it may be the Global Catalog's")
    func noSystems() {
        let accounts = [DirectoryListTests.account("pc-1", guid: 1, system: nil)]
        for result in DirectoryListTests.results(accounts) {
            #expect(result.codes == ["directory.os.none"])
            #expect(result.diagnostics.first?.message.contains("Global Catalog") == true)
        }
        let withPassword = [accounts[0] + [(.pwdLastSet, "132537600000000000")]]
        for result in DirectoryListTests.results(withPassword) {
            #expect(result.codes == ["directory.os.none"])
            #expect(result.diagnostics.first?.message.contains("Global Catalog") == false)
        }
        // One system is enough.
        for result in DirectoryListTests.results(accounts + [DirectoryListTests.account("pc-2", guid: 2)]) {
            #expect(result.codes == ["directory.os.unknown"])
            #expect(result.diagnostics.first?.message.contains("pc-1") == true)
            #expect(result.diagnostics.first?.severity == .note)
        }
    }

    static func member(_ name: String, of domain: String, system: String?, password: Bool) -> Account {
        var account: Account = [
            (.samAccountName, name + "$"), (.distinguishedName, "CN=\(name),DC=\(domain),DC=com"),
            (.objectClass, "computer"), (.userAccountControl, "4096"),
        ]
        if let system { account.append((.operatingSystem, system)) }
        if password { account.append((.pwdLastSet, "132537600000000000")) }
        return account
    }

    @Test("A part of a list that tells no systems is told with its domain, and that it may be the Global Catalog's")
    func partWithoutSystems() throws {
        let known = (1...3).map {
            DirectoryListTests.member("a\($0)", of: "a", system: "Windows 10 Pro", password: true)
        }
        for password in [false, true] {
            let unknown = (1...2).map { DirectoryListTests.member("b\($0)", of: "b", system: nil, password: password) }
            for result in DirectoryListTests.results([known[0], unknown[0], known[1], unknown[1], known[2]]) {
                #expect(result.codes == ["directory.os.none"])
                let finding = try #require(result.diagnostics.first)
                #expect(finding.message.contains("in the domain b.com"))
                #expect(finding.message.contains("Global Catalog") == !password)
                #expect(finding.count == 2)
            }
        }
    }

    @Test("Accounts without a system among others are counted with an example")
    func someWithoutSystem() {
        let accounts = (1...5).map {
            DirectoryListTests.account("pc-\($0)", guid: $0, system: $0 % 2 == 0 ? nil : "Windows 10 Pro")
        }
        for result in DirectoryListTests.results(accounts) {
            #expect(result.codes == ["directory.os.unknown"])
            #expect(result.diagnostics.first?.count == 2)
            #expect(result.diagnostics.first?.message.contains("pc-2") == true)
        }
    }

    @Test(
        "A list of several domains of which one has exactly as many accounts as queries are cut at may have been cut",
        arguments: [(1000, 1000, 2), (1000, 412, 1), (999, 1001, 0), (500, 500, 1)])
    func cutInOneDomain(_ first: Int, _ second: Int, _ findings: Int) {
        let accounts = [("a", first), ("b", second)].flatMap { domain, count in
            (1...count).map {
                DirectoryListTests.member("\(domain)\($0)", of: domain, system: "Windows 10 Pro", password: true)
            }
        }
        for result in DirectoryListTests.results(accounts) {
            #expect(result.codes == [String](repeating: "directory.list.cut", count: findings))
            // 500 and 500 are 1,000 together; else the domain is named.
            let names = result.diagnostics.filter {
                $0.message.contains("domain a.com") || $0.message.contains("domain b.com")
            }
            #expect(names.count == (first == 500 ? 0 : findings))
        }
    }

    @Test("Repeated headers are no rows of a list", arguments: [999, 1000, 1001])
    func cutWithHeaders(_ count: Int) {
        let header = "Name,OS,OSVersion\n"
        let rows = (1...count).map { "pc-\($0),Windows,y\n" }
        let result = ReadResult(header + rows[0] + header + rows[1...].joined())
        #expect(result.codes.contains("directory.list.cut") == (count == 1000))
    }

    @Test(
        "Lists of exactly as many rows as queries are cut at may have been cut", arguments: [99, 100, 1000, 1500, 1501])
    func cut(_ count: Int) {
        let accounts = (1...count).map { DirectoryListTests.account("pc-\($0)", guid: $0) }
        for result in DirectoryListTests.results(accounts) {
            #expect(result.codes == ([100, 1000, 1500].contains(count) ? ["directory.list.cut"] : []))
        }
    }

    @Test(
        "A DNS suffix is disjoint when it is not the domain of the account",
        arguments: [
            ("pc.corp.example.com", "CN=PC,OU=x,DC=corp,DC=example,DC=com", false),
            ("pc.corp.example.com", "CN=PC,DC=CORP,DC=Example,DC=com", false),
            ("pc.example.com", "CN=PC,DC=corp,DC=example,DC=com", true),
            ("pc.x.corp.example.com", "CN=PC,DC=corp,DC=example,DC=com", true),
            ("pc.corp.example.com.x", "CN=PC,DC=corp,DC=example,DC=com", true),
            ("pc.corp.example.co", "CN=PC,DC=corp,DC=example,DC=com", true),
            ("pc.corp.example.comx", "CN=PC,DC=corp,DC=example,DC=com", true),
            ("pc.corp.example.com", "CN=PC,O=x", false), ("pc", "CN=PC,DC=corp", false),
        ])
    func disjoint(_ host: String, _ name: String, _ isDisjoint: Bool) throws {
        #expect(
            DirectoryFindings.isDisjoint(host, AccountName(try #require(DistinguishedName(name))).container)
                == isDisjoint)
    }
}

@Suite("Values of directories")
struct DirectoryValueTests {
    static func account(_ attribute: DirectoryAttribute, _ value: [UInt8], isOctets: Bool = false) -> DirectoryRecord {
        var output = RecordOutput(file: "x") { _ in }
        var list = DirectoryList(.csv)
        var account = DirectoryAccount(line: 1)
        account.add(attribute, value.span, isOctets: isOctets, list: &list, into: &output)
        account.finish()
        return account.record
    }

    @Test(
        "An objectGUID is the same in octets and in every text form",
        arguments: [
            "a5963b5b-ef8d-4dce-9364-595bb15139d2", "{A5963B5B-EF8D-4DCE-9364-595BB15139D2}",
            "a5963b5bef8d4dce9364595bb15139d2", "X'5b3b96a58defce4d9364595bb15139d2'",
            "\\5b\\3b\\96\\a5\\8d\\ef\\ce\\4d\\93\\64\\59\\5b\\b1\\51\\39\\d2",
        ])
    func guid(_ text: String) {
        #expect(
            DirectoryValueTests.account(.objectGUID, Array(text.utf8)).objectGUID
                == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
    }

    @Test("Octets of a GUID have their first three fields backwards")
    func guidOctets() {
        let octets: [UInt8] = [
            0x5B, 0x3B, 0x96, 0xA5, 0x8D, 0xEF, 0xCE, 0x4D, 0x93, 0x64, 0x59, 0x5B, 0xB1, 0x51, 0x39, 0xD2,
        ]
        let expected = GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2")
        #expect(DirectoryValueTests.account(.objectGUID, octets, isOctets: true).objectGUID == expected)
        let short = Array(octets.dropLast())
        let none = GUID(octets: short.span)
        #expect(none == nil)
    }

    static let sids: [(String, String)] = [
        ("01050000000000051500000001000000020000000300000050040000", "S-1-5-21-1-2-3-1104"),
        ("010100000000000512000000", "S-1-5-18"), ("0100000000000001", "S-1-1"),
        ("01010000000000100 0300000".filter { $0 != " " }, "S-1-16-12288"),
        ("010100010000000012000000", "S-1-0x000100000000-18"),
        (
            "0105000000000005150000 00BFBF6BA2F1DAA9117 9B8781150040000".filter { $0 != " " },
            "S-1-5-21-2724970431-296344305-293124217-1104"
        ),
    ]

    @Test("A SID is the same in octets and in every text form", arguments: sids)
    func sid(_ digits: String, _ text: String) throws {
        let bytes = Array(digits.utf8)
        let read = DirectoryOctets.read(bytes.span)
        let octets = try #require(read)
        #expect(DirectoryValueTests.account(.sid, octets, isOctets: true).sid == text)
        for written in [digits, "X'\(digits)'", "x'\(digits.lowercased())'", text, text.lowercased()] {
            let expected = written == text.lowercased() ? text.uppercased() : text
            #expect(DirectoryValueTests.account(.sid, Array(written.utf8)).sid == expected, "\(written)")
        }
    }

    @Test(
        "What is no SID is unknown",
        arguments: [
            "", "banana", "0105", "0101000000000005", "02010000000000051 2000000", "X'zz'",
            "01010000000000051200000000",
        ])
    func noSID(_ text: String) {
        #expect(DirectoryValueTests.account(.sid, Array(text.utf8)).sid == nil)
    }

    @Test(
        "Account names lose the domain before them and the dollar behind them",
        arguments: [
            ("PC-1$", "PC-1", nil), ("CORP\\PC-1$", "PC-1", "CORP"), ("PC-1", "PC-1", nil), ("PC$1", "PC$1", nil),
        ]
            as [(String, String, String?)])
    func names(_ text: String, _ name: String, _ domain: String?) {
        let record = DirectoryValueTests.account(.samAccountName, Array(text.utf8))
        #expect(record.samAccountName == name)
        #expect(record.domain == domain)
    }
}

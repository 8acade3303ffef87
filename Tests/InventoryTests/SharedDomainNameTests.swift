import ActivationModel
import Inventory
import Testing

/// Domains of two forests that have one NetBIOS name: CORP is corp.contoso.com and corp.fabrikam.com.
@Suite struct SharedDomainNameTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var rows: [InventoryRecord]
        /// The locations that the rows of each computer give, joined by `+`.
        var computers: [String]
        var findings: [String] = []

        var testDescription: String { title }
    }

    /// An account that shows which rows it was made of: each gives it another group.
    private static func machine(
        _ mark: String, _ name: String = "PC-1", guid: UInt64? = nil, sid: String? = nil, dns: String? = nil,
        domain: String? = nil, dnsDomain: String? = nil, in container: String? = nil
    ) -> InventoryRecord {
        account {
            $0.samAccountName = name
            $0.objectGUID = guid.map { GUID(high: 3, low: $0) }
            $0.sid = sid
            $0.dnsHostName = dns
            $0.domain = domain
            $0.dnsDomain = dnsDomain
            $0.distinguishedName = container.map { "CN=\(name),\($0)" }
            $0.location = mark
        }
    }

    static let cases: [Case] = [
        Case(
            title: "computers of one name in both are two",
            rows: [machine("a", domain: "CORP", in: contoso), machine("b", domain: "CORP", in: fabrikam)],
            computers: ["corp.contoso.com a", "corp.fabrikam.com b"]),
        Case(
            title: "the distinguished name and the DNS name of the domain tell the same",
            rows: [
                machine("a", domain: "CORP", in: contoso),
                machine("a", domain: "CORP", dnsDomain: "corp.contoso.com"),
                machine("b", domain: "corp", dnsDomain: "corp.fabrikam.com"),
                machine("b", domain: "CORP", in: fabrikam),
            ],
            computers: ["corp.contoso.com a", "corp.fabrikam.com b"]),
        Case(
            title: "a row with the NetBIOS name alone is the one that has it",
            rows: [machine("a", domain: "CORP", in: contoso), machine("a", domain: "CORP")],
            computers: ["corp.contoso.com a"]),
        Case(
            title: "a row with the NetBIOS name alone is neither where both have it",
            rows: [
                machine("a", domain: "CORP", in: contoso), machine("b", domain: "CORP", in: fabrikam),
                machine("c", domain: "CORP"),
            ],
            computers: ["- c", "corp.contoso.com a", "corp.fabrikam.com b"],
            findings: ["1 inventory.account.ambiguous"]),
        Case(
            title: "the name that fits tells which, whatever the NetBIOS name of the domain",
            rows: [
                machine("a", domain: "CORP", in: contoso), machine("b", domain: "TOYS", in: fabrikam),
                machine("b", domain: "TOYS"),
            ],
            computers: ["corp.contoso.com a", "corp.fabrikam.com b"]),
        Case(
            title: "the computer of one is not the account with an identifier of the other",
            rows: [
                machine("a", guid: 1, domain: "CORP", in: contoso), machine("b", domain: "CORP", in: fabrikam),
            ],
            computers: ["corp.contoso.com a", "corp.fabrikam.com b"]),
        Case(
            title: "the computer of one is not the qualified name of the other",
            rows: [
                machine("a", dns: "pc-1.corp.contoso.com", domain: "CORP"),
                machine("b", domain: "CORP", in: fabrikam),
            ],
            computers: ["- a", "corp.fabrikam.com b"]),
        Case(
            title: "the computer of one is not what VAMT found in the other",
            rows: [
                client("pc-1.corp.contoso.com", network: "CORP", type: .domain),
                machine("b", domain: "CORP", in: fabrikam),
            ],
            computers: ["- -", "corp.fabrikam.com b"]),
        Case(
            title: "a suffix of another name leaves the account its NetBIOS name",
            rows: [
                client("pc-1.dmz.contoso.com", network: "CORP", type: .domain),
                machine("a", domain: "CORP", in: contoso),
            ],
            computers: ["corp.contoso.com a"]),
        Case(
            title: "an account known by its SID joins only one of both",
            rows: [
                machine("s", sid: "S-1-5-21-9", domain: "CORP"), machine("a", domain: "CORP", in: contoso),
                machine("b", domain: "CORP", in: fabrikam),
            ],
            computers: ["- s", "corp.contoso.com a", "corp.fabrikam.com b"],
            findings: ["2 inventory.account.ambiguous", "1 inventory.computer.ambiguous"]),
        Case(
            title: "a name found in a domain of a third name joins only one of both",
            rows: [
                client("pc-1.dmz.example.com", network: "CORP", type: .domain),
                machine("a", sid: "S-1-5-21-1-9", domain: "CORP", in: contoso),
                machine("b", guid: 2, domain: "CORP", in: fabrikam),
            ],
            computers: ["- -", "corp.contoso.com a", "corp.fabrikam.com b"],
            findings: ["2 inventory.computer.ambiguous"]),
    ]

    private func describe(_ fleet: Fleet) -> [String] {
        fleet.computers.map { computer in
            let domain = fleet[computer.organizationalUnit].flatMap { DistinguishedName($0) }?.dnsDomain
            return "\(domain ?? "-") \(fleet[computer.location] ?? "-")"
        }.sorted()
    }

    @Test("One NetBIOS name", arguments: cases)
    func sharedName(example: Case) throws {
        let files = example.rows.enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        for order in [files, files.reversed(), files + files] {
            let fleet = try fleet(order)
            #expect(describe(fleet) == example.computers)
            #expect(fleet.findings.map { "\($0.count) \($0.code)" } == example.findings)
        }
    }

    private static func domain(_ network: String, _ dnsName: String) -> InventoryRecord {
        .domain(DomainRecord(netBIOSName: network, dnsName: dnsName))
    }

    static let told: [Case] = [
        Case(
            title: "the directory tells the DNS name of a domain that no row tells",
            rows: [
                domain("TOYS", "corp.fabrikam.com"), machine("b", in: fabrikam), machine("a", in: contoso),
                machine("b", domain: "toys"),
            ],
            computers: ["corp.contoso.com a", "corp.fabrikam.com b"]),
        Case(
            title: "what the directory tells counts more than a DNS name that begins alike",
            rows: [
                domain("CORP", "ad.contoso.com"), machine("b", domain: "CORP"), machine("a", in: fabrikam),
            ],
            computers: ["- b", "corp.fabrikam.com a"]),
        Case(
            title: "and more than what most rows show",
            rows: [
                domain("TOYS", "corp.fabrikam.com"), machine("b", in: fabrikam), machine("a", in: contoso),
                machine("x", "PC-8", guid: 8, domain: "TOYS", in: contoso),
                machine("x", "PC-9", guid: 9, domain: "TOYS", in: contoso), machine("b", domain: "TOYS"),
            ],
            computers: ["corp.contoso.com a", "corp.contoso.com x", "corp.contoso.com x", "corp.fabrikam.com b"]),
        Case(
            title: "a name that two directories give to two domains tells neither",
            rows: [
                domain("CORP", "corp.contoso.com"), domain("CORP", "corp.fabrikam.com"), machine("a", in: contoso),
                machine("b", in: fabrikam), machine("c", domain: "CORP"),
            ],
            computers: ["- c", "corp.contoso.com a", "corp.fabrikam.com b"],
            findings: ["1 inventory.account.ambiguous"]),
        Case(
            title: "the suffix of a client's name may be another than the domain that the directory tells",
            rows: [
                domain("TOYS", "corp.fabrikam.com"), client("pc-1.dmz.example.com", network: "TOYS", type: .domain),
                machine("b", in: fabrikam),
            ],
            computers: ["corp.fabrikam.com b"]),
    ]

    @Test("Names that the directory tells", arguments: told)
    func toldNames(example: Case) throws { try sharedName(example: example) }

    @Test("Names of domains that are told again change nothing")
    func again() throws {
        let store = try InventoryStore.inMemory()
        #expect(try store.take(Self.domain("CORP", "corp.contoso.com")).taken == 1)
        let again = try store.take(Self.domain("corp", "CORP.contoso.com"), name: "other")
        #expect(again.unchanged == 1 && again.taken == 0 && again.records == [.domain: 1])
    }

    @Test("A tag finds the computer of its domain by the DNS name, and none by the NetBIOS name alone")
    func tags() throws {
        let accounts = [
            Self.machine("a", domain: "CORP", in: contoso), Self.machine("b", domain: "CORP", in: fabrikam),
        ]
        let tags: [InventoryRecord] = [("corp.fabrikam.com", "exact"), ("CORP", "open")].map { network, tag in
            .tag(TagRecord(computer: ComputerIdentity(name: "pc-1", network: network), tag: tag))
        }
        let fleet = try fleet([
            TestFile(name: "accounts", records: accounts), TestFile(name: "tags", format: "tags", records: tags),
        ])
        let tagged = fleet.computers.filter { !fleet.tags(of: $0).isEmpty }
        #expect(tagged.map { fleet[$0.location] } == ["b"])
        #expect(tagged.flatMap { fleet.tags(of: $0).map { fleet[$0] } } == ["exact"])
        #expect(fleet.findings.map(\.code) == ["inventory.tag.ambiguous"])
    }

    /// Rows about computers of both domains. The location and the service pack both tell which domain a row is about; of rows
    /// that are joined the greater text wins, so a computer of both would show one of each.
    private struct Rows {
        var records: [InventoryRecord] = []
        var computers: Set<String> = []

        init(_ random: inout FixedGenerator) {
            for _ in 0..<Int.random(in: 4..<10, using: &random) {
                let isContoso = Bool.random(using: &random)
                let label = isContoso ? "contoso" : "fabrikam"
                let name = "PC-\(Int.random(in: 1...2, using: &random))"
                let form = Int.random(in: 0..<6, using: &random)
                computers.insert("\(label) \(name.lowercased())")
                records.append(
                    account {
                        $0.samAccountName = name
                        $0.location = label
                        $0.operatingSystemServicePack = isContoso ? "2" : "1"
                        if form != 1 { $0.domain = "CORP" }
                        if form != 0 { $0.distinguishedName = "CN=\(name),\(isContoso ? contoso : fabrikam)" }
                        if form == 0 { $0.dnsDomain = "corp.\(label).com" }
                        if form == 2 { $0.dnsHostName = "\(name).corp.\(label).com" }
                        if form == 3 { $0.objectGUID = GUID(high: isContoso ? 1 : 2, low: name == "PC-1" ? 1 : 2) }
                    })
            }
        }
    }

    @Test("No order of imports joins computers that are told apart", arguments: 0..<24)
    func order(seed: UInt64) throws {
        var random = FixedGenerator(seed: seed)
        var rows = Rows(&random)
        // What tells the NetBIOS name alone may be of either, and must not join them.
        let isOpen = seed % 3 == 0
        if isOpen { rows.records.append(Self.machine("open", domain: "CORP")) }
        let files = rows.records.enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        let whole = try fleet(files)
        for _ in 0..<3 { #expect(rendering(try fleet(files.shuffled(using: &random))) == rendering(whole)) }
        var found: [String] = []
        for computer in whole.computers {
            let pack = whole[computer.operatingSystemServicePack]
            let label = try #require(whole[computer.location])
            if label != "open" { #expect(pack == (label == "contoso" ? "2" : "1")) }
            found.append("\(label) \((whole[computer.name] ?? "").prefix { $0 != "." })")
        }
        if !isOpen { #expect(found.sorted() == rows.computers.sorted()) }
    }
}

private let contoso = "OU=A,DC=corp,DC=contoso,DC=com"
private let fabrikam = "OU=A,DC=corp,DC=fabrikam,DC=com"

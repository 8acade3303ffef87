import ActivationModel
import Inventory
import Testing

/// Computers of one single name: which are one, which are told to be kept apart.
@Suite struct NamesakeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var rows: [InventoryRecord]
        var names: [String]
        /// Codes with their counts.
        var findings: [String] = []
        /// What the messages of the findings name.
        var examples: [String] = []

        var testDescription: String { title }
    }

    private static func machine(
        _ name: String, guid: UInt64? = nil, sid: String? = nil, dns: String? = nil, domain: String? = nil,
        dnsDomain: String? = nil, in container: String? = nil, seen: Int64? = nil, deleted: Bool? = nil
    ) -> InventoryRecord {
        account {
            $0.dnsDomain = dnsDomain
            $0.samAccountName = name
            $0.objectGUID = guid.map { GUID(high: 3, low: $0) }
            $0.sid = sid
            $0.dnsHostName = dns
            $0.domain = domain
            $0.distinguishedName = container.map { "CN=\(name),\($0)" }
            $0.lastLogon = seen.map { Timestamp(seconds: $0) }
            $0.deleted = deleted
        }
    }

    private static let corp = "OU=A,DC=corp,DC=example,DC=com"
    private static let emea = "OU=A,DC=emea,DC=example,DC=com"

    static let withoutIdentifiers: [Case] = [
        Case(
            title: "a name alone does not melt computers of several domains into one",
            rows: [
                machine("pc1", domain: "CORP"), machine("pc1", domain: "TAILSPIN"), machine("pc1", domain: "WORKGROUP"),
                machine("pc1"), machine("pc5"),
            ],
            names: ["pc1", "pc1 corp", "pc1 tailspin", "pc1 workgroup", "pc5"],
            findings: ["1 inventory.account.ambiguous"], examples: ["pc1"]),
        Case(
            title: "nor those of which the directory tells the place",
            rows: [machine("pc1", in: corp), machine("pc1", in: emea), machine("pc1")],
            names: ["pc1", "pc1", "pc1"], findings: ["1 inventory.account.ambiguous"]),
        Case(
            title: "the DNS names of two domains tell two computers apart",
            rows: [
                machine("pc1", dnsDomain: "corp.example.com"), machine("pc1", dnsDomain: "emea.example.com"),
                machine("pc1", domain: "CORP"), machine("pc1", in: emea),
            ],
            names: ["pc1 corp", "pc1 emea.example.com"]),
        Case(
            title: "a name alone is the one computer that has it in one domain, however that is named",
            rows: [machine("pc1", domain: "CORP"), machine("pc1", in: corp), machine("pc1")],
            names: ["pc1 corp"]),
        Case(
            title: "rows of two domains are not joined through an account whose domain is not known",
            rows: [
                machine("pc1", sid: "S-1-5-21-9"), machine("pc1", domain: "CORP"), machine("pc1", domain: "EMEA"),
            ],
            names: ["pc1", "pc1 corp", "pc1 emea"],
            findings: ["2 inventory.account.ambiguous", "1 inventory.computer.ambiguous"]),
        Case(
            title: "one row with a domain is the account whose domain is not known",
            rows: [machine("pc1", sid: "S-1-5-21-9"), machine("pc1", domain: "CORP")], names: ["pc1 corp"]),
        Case(
            title: "names of VAMT in two domains are not joined through a client without one",
            rows: [
                client("PC1", vamtID: GUID(high: 8, low: 1), network: "CORP", type: .domain),
                client("PC1", vamtID: GUID(high: 8, low: 2), network: "EMEA", type: .domain),
                client("PC1", vamtID: GUID(high: 8, low: 3)),
            ],
            names: ["pc1", "pc1 corp", "pc1 emea"], findings: ["1 inventory.computer.ambiguous"]),
    ]

    static let withIdentifiers: [Case] = [
        Case(
            title: "two SIDs are two accounts",
            rows: [machine("pc1", sid: "S-1-5-21-1-9"), machine("pc1", sid: "S-1-5-21-2-9")],
            names: ["pc1", "pc1"], findings: ["2 inventory.account.namesake"], examples: ["pc1"]),
        Case(
            title: "two objectGUIDs are two accounts",
            rows: [machine("pc1", guid: 1), machine("pc1", guid: 2)],
            names: ["pc1", "pc1"], findings: ["2 inventory.account.namesake"]),
        Case(
            title: "two objectGUIDs of one name in two domains are legal",
            rows: [machine("pc1", guid: 1, in: corp), machine("pc1", guid: 2, in: emea)], names: ["pc1", "pc1"]),
        Case(
            title: "another objectGUID is another computer than the qualified one of the name",
            rows: [machine("pc1", guid: 1, dns: "pc1.corp.example.com", in: corp), machine("pc1", guid: 2)],
            names: ["pc1", "pc1.corp.example.com"], findings: ["1 inventory.account.namesake"]),
        Case(
            title: "the domain of an account counts more than the suffix of another's name",
            rows: [
                machine("pc1", dns: "pc1.example.com", in: corp), machine("pc1", in: "OU=New,DC=example,DC=com"),
            ],
            names: ["pc1", "pc1.example.com"]),
        Case(
            title: "two accounts do not meet in the computer of VAMT that has their name",
            rows: [
                client("pc1.corp.example.com"), machine("pc1", guid: 1, in: corp), machine("pc1", guid: 2, in: corp),
            ],
            names: ["pc1", "pc1", "pc1.corp.example.com"],
            findings: ["2 inventory.account.namesake", "2 inventory.computer.ambiguous"]),
        Case(
            title: "an objectGUID and a SID may be those of one account",
            rows: [machine("pc1", guid: 1), machine("pc1", sid: "S-1-5-21-1-9")], names: ["pc1"]),
        Case(
            title: "a deleted account is not the one that came after it",
            rows: [
                machine("pc1", guid: 1, in: corp, deleted: true),
                machine("pc1", guid: 2, dns: "pc1.corp.example.com", in: corp),
            ],
            names: ["pc1 deleted", "pc1.corp.example.com"]),
        Case(
            title: "a name leads to the account that is not deleted",
            rows: [
                machine("pc1", guid: 1, in: corp, deleted: true), machine("pc1", guid: 2, in: corp),
                machine("pc1", domain: "CORP"),
            ],
            names: ["pc1 deleted", "pc1 corp"]),
        Case(
            title: "a client of VAMT is not the deleted account of its name",
            rows: [
                machine("pc1", guid: 1, in: corp, deleted: true),
                client("PC1", vamtID: GUID(high: 8, low: 1), network: "CORP", type: .domain),
            ],
            names: ["pc1 deleted", "pc1 corp"]),
        Case(
            title: "of two accounts with one DNS name the deleted one is the old one, whatever it last showed",
            rows: [
                machine("pc1", guid: 1, dns: "pc1.corp.example.com", seen: 9, deleted: true),
                machine("pc1", guid: 2, dns: "pc1.corp.example.com"),
            ],
            names: ["pc1.corp.example.com", "pc1.corp.example.com deleted superseded"]),
    ]

    private static let tailspin = "OU=A,DC=tailspin,DC=local"

    static let namesOfDomains: [Case] = [
        Case(
            title: "one row with both names of a domain tells them for all others",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local", in: tailspin),
                machine("pc2", guid: 2, domain: "TOYS", in: tailspin), machine("pc1", domain: "TOYS"),
            ],
            names: ["pc1.tailspin.local toys", "pc2 toys"]),
        Case(
            title: "a row that tells both without a distinguished name does as well",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local"), machine("pc2", domain: "TOYS", dnsDomain: "tailspin.local"),
                machine("pc1", domain: "TOYS"),
            ],
            names: ["pc1.tailspin.local toys", "pc2 toys"]),
        Case(
            title: "two rows of one SID tell both names",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local", in: tailspin),
                machine("pc2", guid: 2, sid: "S-1-5-21-1-9", in: tailspin),
                machine("pc2", sid: "S-1-5-21-1-9", domain: "TOYS"), machine("pc1", domain: "TOYS"),
            ],
            names: ["pc1.tailspin.local toys", "pc2 toys"]),
        Case(
            title: "a client of VAMT and the account of its DNS name tell both names",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local", in: tailspin),
                machine("pc2", dns: "pc2.tailspin.local", in: tailspin),
                client("pc2.tailspin.local", network: "TOYS", type: .domain), machine("pc1", domain: "TOYS"),
            ],
            names: ["pc1.tailspin.local toys", "pc2.tailspin.local TOYS"]),
        Case(
            title: "what most rows tell counts: one computer may have been moved",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local", in: tailspin),
                machine("pc1", dns: "pc1.corp.example.com", in: corp),
                machine("pc2", guid: 2, domain: "TOYS", in: tailspin),
                machine("pc3", guid: 3, domain: "TOYS", in: tailspin),
                machine("pc4", guid: 4, domain: "TOYS", in: corp), machine("pc1", domain: "TOYS"),
            ],
            names: ["pc1.corp.example.com", "pc1.tailspin.local toys", "pc2 toys", "pc3 toys", "pc4 toys"]),
        Case(
            title: "a name that begins a DNS name is taken for no other, whatever a moved computer shows",
            rows: [
                machine("pc1", dns: "pc1.corp.example.com", in: corp),
                machine("pc1", dns: "pc1.emea.example.com", in: emea),
                machine("pc2", guid: 2, domain: "CORP", in: emea), machine("pc1", domain: "CORP"),
            ],
            names: ["pc1.corp.example.com corp", "pc1.emea.example.com", "pc2 corp"]),
        Case(
            title: "a domain that fits nothing is told with the number of computers that may count twice",
            rows: [
                machine("pc1", dns: "pc1.tailspin.local", in: tailspin),
                machine("pc2", dns: "pc2.tailspin.local", in: tailspin),
                machine("pc1", domain: "TOYS"), machine("pc2", domain: "TOYS"), machine("pc3", domain: "TOYS"),
            ],
            names: ["pc1 toys", "pc1.tailspin.local", "pc2 toys", "pc2.tailspin.local", "pc3 toys"],
            findings: ["2 inventory.domain.unknown"], examples: ["pc1 in toys"]),
        Case(
            title: "a domain of which other computers were found is known",
            rows: [
                machine("pc1", dns: "pc1.corp.example.com"), machine("pc2", dns: "pc2.emea.example.com"),
                machine("pc1", domain: "EMEA"), machine("pc2", domain: "EMEA"),
            ],
            names: ["pc1 emea", "pc1.corp.example.com", "pc2.emea.example.com emea"]),
    ]

    @Test("Rows without identifiers", arguments: withoutIdentifiers)
    func unidentified(example: Case) throws { try check(example) }

    @Test("Rows with identifiers", arguments: withIdentifiers)
    func identified(example: Case) throws { try check(example) }

    @Test("Names of domains", arguments: namesOfDomains)
    func domains(example: Case) throws { try check(example) }

    /// Every row is a file of its own, in several orders.
    private func check(_ example: Case) throws {
        var random = FixedGenerator(seed: 11)
        let files = example.rows.enumerated().map {
            TestFile(name: "\($0.offset)", format: "cil", records: [$0.element])
        }
        for order in [files, files.reversed(), files.shuffled(using: &random)] {
            let fleet = try fleet(order)
            let names = fleet.computers.map { computer in
                let states = [computer.deleted == .yes ? "deleted" : nil, computer.superseded ? "superseded" : nil]
                let network = fleet[computer.network]?.lowercased()
                return ([fleet[computer.name], network] + states).compactMap(\.self).joined(separator: " ")
            }
            #expect(names.sorted() == example.names.map { $0.lowercased() }.sorted())
            #expect(fleet.findings.map { "\($0.count) \($0.code)" } == example.findings)
            for (finding, text) in zip(fleet.findings, example.examples) {
                #expect(finding.message.hasSuffix("For example \(text)."))
            }
        }
    }

    @Test(
        "A restored account is not deleted any more, and an account deleted later is", arguments: [2, 4])
    func restored(deletedAt: Int64) throws {
        let live = Self.machine("pc1", guid: 1, in: Self.corp, seen: 3, deleted: false)
        let tombstone = account {
            $0.objectGUID = GUID(high: 3, low: 1)
            $0.samAccountName = "pc1"
            $0.deleted = true
            $0.deletedAt = Timestamp(seconds: deletedAt)
            $0.lastLogon = Timestamp(seconds: 1)
        }
        let files = [live, tombstone].enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        for order in [files, files.reversed(), files + files] {
            let computer = try #require(try fleet(order).computers.first)
            #expect(computer.deleted == (deletedAt > 3 ? .yes : .no))
            #expect(computer.lastLogon == Timestamp(seconds: deletedAt > 3 ? 1 : 3))
        }
    }

    @Test("A deleted account that shows no sign of life is older than the same account with one")
    func undatedTombstone() throws {
        let live = TestFile(name: "a", records: [Self.machine("pc1", guid: 1, seen: 3, deleted: false)])
        let tombstone = TestFile(name: "b", records: [Self.machine("pc1", guid: 1, deleted: true)])
        for order in [[live, tombstone], [tombstone, live]] {
            #expect(try fleet(order).computers.map(\.deleted) == [.no])
        }
    }

    @Test("Ten thousand devices of one name take no time to speak of")
    func manyNamesakes() throws {
        let store = try InventoryStore.inMemory(seal: nil)
        try store.take(
            TestFile(name: "a", records: (1...10_000).map { Self.machine("pc1", guid: $0) }))
        let start = ContinuousClock.now
        let fleet = try store.fleet()
        #expect(fleet.computers.count == 10_000)
        #expect(fleet.findings.map(\.count) == [10_000])
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}

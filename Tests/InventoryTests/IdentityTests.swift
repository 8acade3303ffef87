import ActivationModel
import Inventory
import Testing

@Suite struct IdentityTests {
    /// What a store is given and which computers come out, by name.
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var files: [[InventoryRecord]]
        var format = "cil"
        var names: [String]
        var findings: [String] = []

        var testDescription: String { title }
    }

    private static func id(_ number: UInt64) -> GUID { GUID(high: 8, low: number) }

    private static func machine(
        _ name: String, guid: UInt64? = nil, sid: String? = nil, dns: String? = nil, domain: String? = nil,
        dn: String? = nil, seen: Int64? = nil
    ) -> InventoryRecord {
        account {
            $0.samAccountName = name
            $0.objectGUID = guid.map { GUID(high: 3, low: $0) }
            $0.sid = sid
            $0.dnsHostName = dns
            $0.domain = domain
            $0.distinguishedName = dn
            $0.lastLogon = seen.map { Timestamp(seconds: $0) }
        }
    }

    static let cases: [Case] = [
        Case(
            title: "one VAMT id is one computer, whatever its name",
            files: [[client("PC1", vamtID: id(1), network: "A", type: .domain)], [client("PC2", vamtID: id(1))]],
            names: ["pc1"]),
        Case(
            title: "one qualified name is one computer, whatever its VAMT id",
            files: [
                [client("PC1", vamtID: id(1), network: "corp.example.com", type: .domain)],
                [client("pc1.CORP.example.com.", vamtID: id(2))],
            ],
            names: ["pc1.corp.example.com"], findings: ["inventory.computer.several-ids"]),
        Case(
            title: "two qualified names under one VAMT id are one computer and are reported",
            files: [
                [client("pc1.a.example.com", vamtID: id(1), version: "6.1.7601")],
                [client("pc1.b.example.com", vamtID: id(1), version: "10.0.19045")],
            ],
            names: ["pc1.b.example.com"], findings: ["inventory.computer.renamed"]),
        Case(
            title: "one name in one domain is one computer",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [client("pc1", vamtID: id(2), network: "corp", type: .domain)],
            ],
            names: ["pc1"], findings: ["inventory.computer.several-ids"]),
        Case(
            title: "one name in two domains is two computers",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [client("PC1", vamtID: id(2), network: "OTHER", type: .domain)],
            ],
            names: ["pc1", "pc1"]),
        Case(
            title: "a domain and a workgroup of one name are two networks",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [client("PC1", vamtID: id(2), network: "CORP", type: .workgroup)],
            ],
            names: ["pc1", "pc1"]),
        Case(
            title: "a NetBIOS domain fits the qualified name whose domain begins with it",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [client("pc1.corp.example.com"), client("pc1.other.example.com")],
            ],
            names: ["pc1.corp.example.com", "pc1.other.example.com"]),
        Case(
            title: "a NetBIOS domain fits the qualified name for which VAMT recorded it",
            files: [
                [client("PC1", vamtID: id(1), network: "OLD", type: .domain)],
                [client("pc1.corp.example.com", network: "OLD", type: .domain)],
            ],
            names: ["pc1.corp.example.com"]),
        Case(
            title: "a NetBIOS domain that fits two qualified names fits none",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [client("pc1.corp.example.com"), client("pc1.corp.example.net")],
            ],
            names: ["pc1", "pc1.corp.example.com", "pc1.corp.example.net"],
            findings: ["inventory.computer.ambiguous"]),
        Case(
            title: "workgroup machines that share a MAC address are one",
            files: [
                [client("OLD", vamtID: id(1), network: "WG", type: .workgroup, macs: [1, 2])],
                [client("NEW", vamtID: id(2), network: "WG", type: .workgroup, macs: [2, 3])],
            ],
            names: ["new"], findings: ["inventory.computer.several-ids"]),
        Case(
            title: "a MAC address that three machines share says nothing",
            files: [
                (1...3).map {
                    client("PC\($0)", vamtID: id($0), network: "WG", type: .workgroup, macs: [9])
                }
            ],
            names: ["pc1", "pc2", "pc3"], findings: ["inventory.mac.shared"]),
        Case(
            title: "a MAC address says nothing about computers of a domain",
            files: [
                [
                    client("PC1", vamtID: id(1), network: "A", type: .domain, macs: [9]),
                    client("PC2", vamtID: id(2), network: "A", type: .domain, macs: [9]),
                ]
            ],
            names: ["pc1", "pc2"]),
        Case(
            title: "an account is the computer with its DNS name",
            files: [[client("pc1.corp.example.com")], [machine("PC1", guid: 1, dns: "PC1.corp.example.com")]],
            names: ["pc1.corp.example.com"]),
        Case(
            title: "an account without DNS name is the computer with its label in its domain",
            files: [
                [client("pc1.corp.example.com"), client("pc1.other.example.com")],
                [machine("PC1", guid: 1, dn: "CN=PC1,OU=A,DC=corp,DC=example,DC=com")],
            ],
            names: ["pc1.corp.example.com", "pc1.other.example.com"]),
        Case(
            title: "the directory gives a VAMT 2 computer its qualified name",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .domain)],
                [machine("PC1", guid: 1, dns: "pc1.ad.example.com", domain: "CORP")],
            ],
            names: ["pc1.ad.example.com"]),
        Case(
            title: "a workgroup machine is no account",
            files: [
                [client("PC1", vamtID: id(1), network: "CORP", type: .workgroup)],
                [machine("PC1", guid: 1, dns: "pc1.corp.example.com")],
            ],
            names: ["pc1", "pc1.corp.example.com"]),
        Case(
            title: "accounts are one by objectGUID, SID or account name in the domain",
            files: [
                [machine("PC1", guid: 1, sid: "S-1-5-21-9", dn: "CN=PC1,DC=corp,DC=example,DC=com")],
                [machine("PC1", sid: "s-1-5-21-9")],
                [machine("pc1", domain: "corp.example.com")],
                [machine("pc1", domain: "CORP")],
            ],
            names: ["pc1"]),
        Case(
            title: "one SID under two objectGUIDs is two accounts",
            files: [
                [
                    machine("PC1", guid: 1, sid: "S-1-5-21-9"), machine("PC2", guid: 2, sid: "S-1-5-21-9"),
                    machine("PC3", sid: "S-1-5-21-10"),
                ]
            ],
            names: ["pc1", "pc2", "pc3"], findings: ["inventory.sid.conflict"]),
        Case(
            title: "of two accounts with one DNS name the old one stays as a computer of its own",
            files: [
                [machine("PC1", guid: 1, dns: "pc1.corp.example.com", seen: 1)],
                [machine("PC1", guid: 2, dns: "pc1.corp.example.com", seen: 2)],
                [client("pc1.corp.example.com")],
            ],
            names: ["pc1.corp.example.com", "pc1.corp.example.com superseded"],
            findings: ["inventory.account.superseded"]),
        Case(
            title: "VAMT 3 knows a computer by its name alone",
            files: [
                [product("PC1"), client("PC1", network: "WG", type: .workgroup)],
                [client("PC1", edition: "Professional")],
            ],
            format: "cilx", names: ["pc1"]),
        Case(
            title: "a computer with products but without a client record is a computer",
            files: [[product("pc1.corp.example.com")]], format: "cilx", names: ["pc1.corp.example.com"]),
    ]

    @Test("Which rows are one computer", arguments: cases)
    func identity(example: Case) throws {
        let files = example.files.enumerated().map {
            TestFile(name: "\($0.offset)", format: example.format, records: $0.element)
        }
        for order in [files, files.reversed()] {
            let fleet = try fleet(order)
            let names = fleet.computers.map { (fleet[$0.name] ?? "") + ($0.superseded ? " superseded" : "") }
            #expect(names == example.names)
            #expect(fleet.findings.map(\.code) == example.findings)
        }
    }

    @Test("The newer account is joined to the computer of VAMT")
    func supersededAccount() throws {
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    Self.machine("PC1", guid: 1, dns: "pc1.corp.example.com", seen: 9),
                    Self.machine("PC1", guid: 2, dns: "pc1.corp.example.com", seen: 2),
                    product("pc1.corp.example.com"),
                ])
        ])
        #expect(fleet.computers.map(\.objectGUID) == [GUID(high: 3, low: 1), GUID(high: 3, low: 2)])
        #expect(fleet.computers.map { fleet.products(of: $0).count } == [1, 0])
    }

    @Test("Rows of several clients give one product, joined by time")
    func joinedProducts() throws {
        let old = TestFile(
            name: "old.cil", format: "cil",
            records: [
                client("PC1", vamtID: Self.id(1), network: "corp.example.com", type: .domain, version: "6.1.7601"),
                .product(
                    {
                        var record = ProductRecord(
                            computer: ComputerIdentity(
                                vamtID: Self.id(1), name: "PC1", network: "corp.example.com", networkType: .domain))
                        record[.applicationID] = .guid(.windowsApplication)
                        record[.sku] = .guid(GUID(high: 7, low: 1))
                        record[.licenseFamily] = .text("Professional")
                        record[.licenseStatusLastUpdated] = .timestamp(Timestamp(seconds: 1))
                        record[.licenseStatus] = .number(5)
                        return record
                    }()),
            ])
        let new = TestFile(
            name: "new.cilx",
            records: [
                product("pc1.corp.example.com", at: 2, [.licenseStatus: .number(1)]),
                product("pc1.corp.example.com", sku: 2, at: 2),
            ])
        for files in [[old, new], [new, old]] {
            let fleet = try fleet(files)
            #expect(fleet.computers.count == 1)
            #expect(fleet.products.map(\.status) == [.licensed, nil])
            let first = try #require(fleet.products.first)
            #expect(fleet[first.family] == "Professional")
            #expect(fleet.reference(first.place) == SourceReference(file: "new.cilx", line: 1))
        }
    }

    @Test("Updates and tags find their computer by qualified name, domain or a single name that only one has")
    func mentions() throws {
        func tag(_ name: String, _ tag: String, network: String? = nil) -> InventoryRecord {
            .tag(TagRecord(computer: ComputerIdentity(name: name, network: network), tag: tag))
        }
        let tags = TestFile(
            name: "tags", format: "tags",
            records: [
                tag("PC1.corp.example.com", "qualified"), tag("pc2", "single"), tag("pc1", "ambiguous"),
                tag("pc9", "unknown"), tag("pc1", "domain", network: "OTHER"),
                .update(UpdateRecord(computer: ComputerIdentity(name: "PC2"), kb: 5, installedOn: Day(ordinal: 3))),
                .update(
                    UpdateRecord(
                        computer: ComputerIdentity(name: "pc2.corp.example.com"), kb: 5,
                        installedOn: Day(ordinal: 4))),
                .update(UpdateRecord(computer: ComputerIdentity(name: "pc2"), kb: 4)),
            ])
        let clients = TestFile(
            name: "clients",
            records: [
                client("pc1.corp.example.com"), client("pc1.other.example.com"), client("pc2.corp.example.com"),
            ])
        let fleet = try fleet([tags, clients])
        #expect(
            fleet.computers.map { fleet.tags(of: $0).map { fleet[$0] } } == [["qualified"], ["domain"], ["single"]])
        let updates = fleet.updates(of: try #require(fleet.computers.last))
        #expect(updates.map(\.kb) == [4, 5])
        #expect(updates.map { $0.installedOn?.ordinal } == [nil, 4])
        #expect(fleet.findings.map(\.code) == ["inventory.tag.ambiguous", "inventory.tag.unknown"])
        #expect(fleet.findings.map { $0.message.contains("pc1") } == [true, false])
    }

    @Test("Tables that contradict each other are reported")
    func tagConflict() throws {
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    client("pc1"),
                    .tag(TagRecord(computer: ComputerIdentity(name: "pc1"), hosting: "vm", endpoints: 2)),
                    .tag(TagRecord(computer: ComputerIdentity(name: "PC1"), hosting: "Azure", route: "proxy")),
                ])
        ])
        let computer = try #require(fleet.computers.first)
        #expect(fleet[computer.hosting] == "vm")
        #expect(fleet[computer.route] == "proxy")
        #expect(computer.endpoints == 2)
        #expect(fleet.findings.map(\.code) == ["inventory.tag.conflict"])
    }
}

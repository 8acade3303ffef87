import ActivationModel
import Interchange
import Synchronization
import Testing

@testable import LiveDirectory

@Suite struct DirectorySyncTests {
    /// A forest of two domains, each with a domain controller that answers for its own domain only.
    private final class Forest: Sendable {
        static let bases = ["dc1.corp.test": "DC=corp,DC=test", "dc2.lab.corp.test": "DC=lab,DC=corp,DC=test"]
        let connections = Mutex<[DirectoryURL]>([])
        let hosts: [String: [String]]
        let capabilities: [String]

        init(hosts: [String: [String]], capabilities: [String] = ["1.2.840.113556.1.4.800"]) {
            self.hosts = hosts
            self.capabilities = capabilities
        }

        var network: DirectorySync.Network {
            DirectorySync.Network(
                connect: { server in
                    self.connections.withLock { $0.append(server) }
                    guard let base = Forest.bases[server.host] else {
                        throw LDAPResult(code: -1).error(.simpleBind, server: server)
                    }
                    return ScriptedConnection(server) { self.answer($0, base) }
                }, hosts: { self.hosts[$0] ?? [] }, pause: { _ in })
        }

        private func answer(_ request: SearchRequest, _ base: String) -> ScriptedConnection.Answer {
            if request.base.isEmpty {
                return ScriptedConnection.Answer(entries: [
                    DirectoryEntry(
                        name: "",
                        [
                            "defaultNamingContext": [base], "supportedCapabilities": capabilities,
                            "configurationNamingContext": ["CN=Configuration,DC=corp,DC=test"],
                        ])
                ])
            }
            if request.base == "CN=Partitions,CN=Configuration,DC=corp,DC=test" {
                return ScriptedConnection.Answer(
                    entries: [("DC=lab,DC=corp,DC=test", "lab.corp.test"), ("DC=corp,DC=test", "corp.test")].map {
                        DirectoryEntry(name: "CN=\($0.1)", ["nCName": [$0.0], "dnsRoot": [$0.1]])
                    })
            }
            return pages([2, 1], base: request.base)(request)
        }
    }

    private func asking(
        _ servers: [String] = ["ldaps://dc1.corp.test"], readsGroups: Bool = false
    ) throws -> DirectorySync {
        var sync = DirectorySync(
            servers: try servers.map { try DirectoryURL($0) }, signIn: .kerberos,
            options: ConnectionOptions(at: Timestamp(seconds: 0)))
        sync.readsGroups = readsGroups
        return sync
    }

    private func read(_ list: DomainList) throws -> [DirectoryRecord] {
        var records: [DirectoryRecord] = []
        var output = RecordOutput(file: list.name) { batch in
            for case .account(let record) in batch.map(\.record) { records.append(record) }
        }
        try list.read(into: &output)
        return records
    }

    @Test("Every domain of the forest is a list of its own, from a domain controller that DNS names")
    func forest() throws {
        let forest = Forest(hosts: ["lab.corp.test": ["dc9.lab.corp.test", "dc2.lab.corp.test"]])
        let lists = try asking().lists(forest.network)
        #expect(
            lists.map(\.name) == [
                "ldaps://dc1.corp.test/DC=corp,DC=test", "ldaps://dc2.lab.corp.test/DC=lab,DC=corp,DC=test",
            ])
        #expect(lists.map(\.isComplete) == [true, true])
        #expect(try read(lists[1]).map(\.dnsHostName) == ["pc1.corp.test", "pc2.corp.test", "pc3.corp.test"])
    }

    @Test("A further server serves its own domain, and DNS is not asked")
    func furtherServer() throws {
        let forest = Forest(hosts: [:])
        let lists = try asking(["ldaps://dc1.corp.test", "ldaps://dc2.lab.corp.test:6360"]).lists(forest.network)
        #expect(lists.map(\.name).last == "ldaps://dc2.lab.corp.test:6360/DC=lab,DC=corp,DC=test")
    }

    @Test("A domain that no server answers for fails by itself, and the others are read")
    func unreachableDomain() throws {
        let forest = Forest(hosts: ["lab.corp.test": ["dc9.lab.corp.test"]])
        let lists = try asking().lists(forest.network)
        #expect(try read(lists[0]).count == 3)
        let error = #expect(throws: InterchangeError.self) { try read(lists[1]) }
        #expect(error?.code == "directory.unreachable")
        #expect(error?.file == "ldaps://dc9.lab.corp.test/DC=lab,DC=corp,DC=test")
        #expect(error?.remedy.contains("a domain controller of lab.corp.test") == true)
    }

    @Test("The groups of each domain are a list behind its computers, complete whatever the filter, in smaller pages")
    func groups() throws {
        let forest = Forest(hosts: ["lab.corp.test": ["dc2.lab.corp.test"]])
        var sync = try asking(readsGroups: true)
        sync.filter = "(operatingSystem=Windows 7*)"
        let lists = try sync.lists(forest.network)
        #expect(lists.map(\.content) == [.computers, .groups, .computers, .groups])
        #expect(lists.map(\.isComplete) == [false, true, false, true])
        #expect(lists.map(\.pageSize) == [500, 100, 500, 100])
        #expect(lists[1].name == "ldaps://dc1.corp.test/DC=corp,DC=test??sub?(objectCategory=group)")
        #expect(lists[3].name == "ldaps://dc2.lab.corp.test/DC=lab,DC=corp,DC=test??sub?(objectCategory=group)")
        sync.pageSize = 20
        sync.bases = ["OU=A,DC=corp,DC=test"]
        let below = try sync.lists(forest.network)
        #expect(below.map(\.base) == ["OU=A,DC=corp,DC=test", "OU=A,DC=corp,DC=test"])
        #expect(below.map(\.pageSize) == [20, 20])
    }

    @Test("A domain that no server answers for fails once, not again for its groups")
    func groupsOfUnreachableDomain() throws {
        let lists = try asking(readsGroups: true).lists(Forest(hosts: ["lab.corp.test": ["dc9.lab.corp.test"]]).network)
        #expect(lists.map(\.content) == [.computers, .groups, .computers])
        #expect(throws: InterchangeError.self) { try read(lists[2]) }
    }

    @Test("Only the domains that were named are read; one that the forest lacks is refused with those that it has")
    func namedDomains() throws {
        let forest = Forest(hosts: [:])
        var sync = try asking()
        sync.domains = ["CORP.test", "corp.test"]
        #expect(try sync.lists(forest.network).map(\.base) == ["DC=corp,DC=test"])
        sync.domains = ["other.test"]
        let error = #expect(throws: DirectoryError.self) { try sync.lists(forest.network) }
        #expect(error?.code == "directory.domain.unknown")
        #expect(error?.remedy.contains("corp.test, lab.corp.test") == true)
    }

    @Test("A server that is no domain controller is refused, unless a base is named")
    func foreignServer() throws {
        let forest = Forest(hosts: [:], capabilities: [])
        let error = #expect(throws: DirectoryError.self) { try asking().lists(forest.network) }
        #expect(error?.code == "directory.server.foreign")
        var sync = try asking()
        sync.bases = ["OU=A,DC=corp,DC=test", "OU=B,DC=corp,DC=test"]
        #expect(try sync.lists(forest.network).map(\.base) == sync.bases)
    }

    @Test("With a filter the list is not complete, and its address tells the filter")
    func filter() throws {
        let forest = Forest(hosts: [:])
        var sync = try asking()
        sync.domains = ["corp.test"]
        sync.filter = "operatingSystem=Windows 7*"
        let list = try #require(try sync.lists(forest.network).first)
        #expect(!list.isComplete)
        #expect(list.name == "ldaps://dc1.corp.test/DC=corp,DC=test??sub?operatingSystem=Windows%207*")
        #expect(DomainList.filter("(a=b)") == "(&(objectCategory=computer)(a=b))")
        #expect(DomainList.filter("a=b") == "(&(objectCategory=computer)(a=b))")
        #expect(DomainList.filter(nil) == "(objectCategory=computer)")
    }

    @Test("A stopped search passes through as it is, so that the whole import stops")
    func cancellation() throws {
        let list = DomainList(
            name: "x", isComplete: true, connect: { ScriptedConnection { _ in .init(error: .cancelled) } },
            pause: { _ in }, base: "DC=corp,DC=test", filter: nil, pageSize: 500)
        #expect(throws: DirectoryError.cancelled) { try read(list) }
    }

    @Test("Progress tells how many entries were read, once per page")
    func progress() throws {
        let forest = Forest(hosts: [:])
        var sync = try asking()
        sync.pageSize = 2
        sync.domains = ["corp.test"]
        var told: [Int] = []
        var output = RecordOutput(file: "x") { _ in }
        try sync.lists(forest.network)[0].read(into: &output) { told.append($0) }
        #expect(told == [2])
    }
}

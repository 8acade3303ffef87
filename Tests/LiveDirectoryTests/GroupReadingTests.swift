import ActivationModel
import Interchange
import Testing

@testable import LiveDirectory

@Suite("Groups of a directory")
struct GroupReadingTests {
    private static let base = "DC=corp,DC=test"

    private struct Outcome {
        var groups: [GroupRecord] = []
        var diagnostics: [Diagnostic] = []
        var progress: [Int] = []
    }

    private func list(_ connection: ScriptedConnection, pageSize: Int = 2) -> DomainList {
        DomainList(
            name: "ldaps://dc1.corp.test/DC=corp,DC=test??sub?(objectCategory=group)", isComplete: true,
            connect: { connection }, pause: { _ in }, base: GroupReadingTests.base, filter: nil, pageSize: pageSize,
            content: .groups)
    }

    private func read(_ connection: ScriptedConnection, pageSize: Int = 2) throws -> Outcome {
        var outcome = Outcome()
        var groups: [GroupRecord] = []
        var output = RecordOutput(file: "x") { batch in
            for case .group(let group) in batch.map(\.record) { groups.append(group) }
        }
        try list(connection, pageSize: pageSize).read(into: &output) { outcome.progress.append($0) }
        outcome.groups = groups
        outcome.diagnostics = output.diagnostics.diagnostics
        return outcome
    }

    private static func group(_ name: String, _ attributes: KeyValuePairs<String, [String]> = [:]) -> DirectoryEntry {
        var entry = DirectoryEntry(name: "CN=\(name),\(base)", attributes)
        entry.add(attribute: Array("objectClass".utf8).span)
        for value in ["top", "group"] { entry.add(value: Array(value.utf8).span) }
        return entry
    }

    private static func names(_ prefix: String, _ numbers: Range<Int>) -> [String] {
        numbers.map { "CN=\(prefix)\($0),\(base)" }
    }

    private static func keys(_ names: [String]) -> [DirectoryObjectKey] { names.compactMap { DirectoryObjectKey($0) } }

    /// A domain controller with one group of many members in many groups, which gives 1,500 values at a time, and a small
    /// one.
    private func domainController(members: Int, parents: Int) -> ScriptedConnection {
        let values = [
            "member": GroupReadingTests.names("PC", 0..<members),
            "memberOf": GroupReadingTests.names("G", 0..<parents),
        ]
        @Sendable func range(_ name: String, from start: Int) -> (String, [String]) {
            let all = values[name] ?? []
            let end = min(start + 1500, all.count)
            let bound = end == all.count ? "*" : "\(end - 1)"
            return ("\(name);range=\(start)-\(bound)", Array(all[min(start, end)..<end]))
        }
        return ScriptedConnection { request in
            guard request.scope == .base else {
                let (member, first) = range("member", from: 0)
                let (memberOf, parents) = range("memberOf", from: 0)
                return .init(entries: [
                    // Active Directory gives the plain name without values before the range.
                    GroupReadingTests.group("Big", ["member": [], member: first, memberOf: parents]),
                    GroupReadingTests.group("Small", ["member": GroupReadingTests.names("PC", 0..<1)]),
                ])
            }
            let parts = request.attributes[0].split { ";=-".contains($0) }
            let (name, found) = range(String(parts[0]), from: Int(parts[2]) ?? -1)
            return .init(entries: [DirectoryEntry(name: request.base, [name: found])])
        }
    }

    @Test("Groups are asked for with their members, apart from the filter of computers")
    func request() throws {
        let connection = domainController(members: 1, parents: 1)
        _ = try read(connection)
        let request = try #require(connection.requests.first)
        #expect(request.filter == "(objectCategory=group)")
        #expect(request.scope == .subtree && request.base == GroupReadingTests.base)
        #expect(
            Set(["member", "memberOf", "objectGUID", "objectClass", "whenChanged"]).isSubset(of: request.attributes))
        #expect(!request.attributes.contains("operatingSystem"))
    }

    @Test(
        "A group has all its members, however many ranges they come in",
        arguments: [(1, 0), (1499, 1), (1500, 2), (1501, 2), (3000, 2), (4500, 3), (4501, 4)])
    func ranges(members: Int, further: Int) throws {
        let connection = domainController(members: members, parents: 3)
        let groups = try read(connection).groups
        #expect(groups.map(\.distinguishedName) == ["CN=Small,DC=corp,DC=test", "CN=Big,DC=corp,DC=test"])
        let big = try #require(groups.last)
        #expect(big.members == GroupReadingTests.keys(GroupReadingTests.names("PC", 0..<members)))
        #expect(big.extent == .whole)
        #expect(big.memberOf == GroupReadingTests.names("G", 0..<3))
        #expect(groups.first?.members?.count == 1)
        #expect(connection.requests.count == 1 + (members - 1) / 1500)
    }

    @Test("Members and the groups above may both come in ranges")
    func bothRanges() throws {
        let connection = domainController(members: 3100, parents: 1600)
        let big = try #require(try read(connection).groups.last)
        #expect(big.members?.count == 3100)
        #expect(big.memberOf == GroupReadingTests.names("G", 0..<1600))
        #expect(
            connection.requests.dropFirst().map(\.attributes) == [
                ["member;range=1500-*"], ["member;range=3000-*"], ["memberOf;range=1500-*"],
            ])
    }

    @Test("A rest of members that the server does not give, or gives elsewhere, fails the list of groups as a whole")
    func missingRest() {
        for rest in [GroupReadingTests.group("Big"), GroupReadingTests.group("Big", ["member;range=3-*": ["CN=c"]])] {
            let connection = ScriptedConnection { request in
                request.scope == .base
                    ? .init(entries: [rest])
                    : .init(entries: [GroupReadingTests.group("Big", ["member;range=0-1": ["CN=a", "CN=b"]])])
            }
            let error = #expect(throws: InterchangeError.self) { try read(connection) }
            #expect(error?.code == "directory.values.partial")
            #expect(error?.file == "ldaps://dc1.corp.test/DC=corp,DC=test??sub?(objectCategory=group)")
        }
    }

    @Test("A group without members is told to have none, so that it loses those that it had")
    func emptied() throws {
        let outcome = try read(
            ScriptedConnection { _ in
                .init(entries: [
                    GroupReadingTests.group("Empty"), GroupReadingTests.group("Full", ["member": ["CN=a"]]),
                ])
            })
        #expect(outcome.groups.map(\.members) == [[], GroupReadingTests.keys(["CN=a"])])
        #expect(outcome.groups.map(\.memberOf) == [[], []])
        #expect(outcome.diagnostics.isEmpty)
    }

    @Test("Groups none of which shows a membership are told to be a matter of rights; no group at all is no finding")
    func noMemberships() throws {
        let hidden = try read(ScriptedConnection { _ in .init(entries: [GroupReadingTests.group("A")]) })
        #expect(hidden.diagnostics.map(\.code) == ["directory.group.empty"])
        #expect(hidden.diagnostics.first?.remedy.contains("may read the attribute member") == true)
        #expect(try read(ScriptedConnection { _ in .init() }).diagnostics.isEmpty)
    }

    @Test("Progress counts groups, not the parts that they come in")
    func progress() throws {
        #expect(try read(domainController(members: 4501, parents: 1)).progress == [2])
    }

    @Test("Groups that cannot be read leave the list of computers whole")
    func failureOfGroups() throws {
        let connection = ScriptedConnection { request in
            guard request.filter == DomainList.computers else {
                return .init(
                    entries: [GroupReadingTests.group("A", ["member": ["CN=a"]])],
                    error: LDAPResult(code: 4).error(.search, server: DirectoryURL(scheme: .ldaps, host: "dc1")))
            }
            return pages([2, 1])(request)
        }
        var sync = DirectorySync(
            servers: [connection.server], signIn: .kerberos, options: ConnectionOptions(at: Timestamp(seconds: 0)))
        sync.bases = [GroupReadingTests.base]
        let lists = try sync.lists(
            DirectorySync.Network(connect: { _ in connection }, hosts: { _ in [] }, pause: { _ in }))
        var output = RecordOutput(file: "x") { _ in }
        try lists[0].read(into: &output)
        #expect(output.emitted == 3)
        #expect(lists.map(\.content) == [.computers, .groups])
        let error = #expect(throws: InterchangeError.self) { try lists[1].read(into: &output) }
        #expect(error?.code == "directory.limit.size")
    }
}

import ActivationModel
import Inventory
import Testing

@Suite("Groups in the store")
struct GroupStoreTests {
    private static let computer = "CN=PC-1,OU=Clients,DC=corp"
    private static let inner = "CN=Finance-PCs,OU=Groups,DC=corp"
    private static let outer = "CN=ESU,OU=Groups,DC=corp"

    private static func pc(_ name: String = computer, memberOf: [String]? = nil) -> InventoryRecord {
        account {
            $0.distinguishedName = name
            $0.dnsHostName = name.prefix { $0 != "," }.dropFirst(3).lowercased() + ".corp.example.com"
            $0.memberOf = memberOf
        }
    }

    /// The groups of the computer of that position, then those above them, each once.
    private func groups(_ fleet: Fleet, computer: Int = 0) -> [String] {
        var found = Array(fleet.groups(of: fleet.computers[computer]))
        var next = 0
        while next < found.count {
            if let position = fleet.nesting.position(of: found[next]) {
                for parent in fleet.nesting.parents(of: position) {
                    let name = fleet.nesting.groups[Int(parent)].name
                    if !found.contains(name) { found.append(name) }
                }
            }
            next += 1
        }
        return found.compactMap { fleet[$0] }
    }

    private func taken(_ files: TestFile...) throws -> [String] { groups(try fleet(files)) }

    @Test("A computer is a member by its own word or by the group's, and of groups through groups")
    func membership() throws {
        let outer = group(Self.outer, members: [Self.inner])
        let byGroup = try taken(
            TestFile(name: "a", records: [Self.pc(), group(Self.inner, members: [Self.computer]), outer]))
        #expect(byGroup == [Self.inner, Self.outer])
        let byComputer = try taken(TestFile(name: "a", records: [Self.pc(memberOf: [Self.inner]), outer]))
        #expect(byComputer == [Self.inner])
        let listed = try taken(
            TestFile(name: "a", records: [Self.pc(memberOf: [Self.inner]), group(Self.inner), outer]))
        #expect(listed == [Self.inner, Self.outer])
        let byParent = try taken(
            TestFile(name: "a", records: [Self.pc(memberOf: [Self.inner]), group(Self.inner, memberOf: [Self.outer])]))
        #expect(byParent == [Self.inner, Self.outer])
    }

    @Test("Names are compared as directories do, and a group has one spelling")
    func spelling() throws {
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    Self.pc(memberOf: ["cn=finance-pcs, ou=groups, dc=CORP"]),
                    group(Self.inner, members: ["cn=pc-1,ou=CLIENTS,dc=corp"]),
                ])
        ])
        #expect(groups(fleet) == [Self.inner])
    }

    @Test("Groups may be imported before the computers and after them")
    func order() throws {
        let computers = TestFile(name: "a", records: [Self.pc()])
        let list = TestFile(name: "b", records: [group(Self.inner, members: [Self.computer])])
        #expect(try taken(computers, list) == [Self.inner])
        #expect(try taken(list, computers) == [Self.inner])
    }

    @Test("The newest list of a group replaces its members as a whole, whatever the order of imports")
    func newest() throws {
        let old = TestFile(name: "old", records: [group(Self.inner, members: [Self.computer], changed: 1, guid: 1)])
        let new = TestFile(name: "new", records: [group(Self.inner, members: ["CN=u"], changed: 2, guid: 1)])
        let nameless = TestFile(name: "x", records: [group(Self.inner, members: ["CN=u"], changed: 2)])
        let computers = TestFile(name: "pc", records: [Self.pc()])
        #expect(try taken(computers, old) == [Self.inner])
        #expect(try taken(computers, old, new).isEmpty)
        #expect(try taken(computers, new, old).isEmpty)
        // A list without identifiers tells the same group by its name.
        #expect(try taken(computers, nameless, old).isEmpty)
    }

    @Test("A list that tells no members leaves them as they are, and one that tells none empties the group")
    func silence() throws {
        let computers = TestFile(name: "pc", records: [Self.pc()])
        let full = TestFile(name: "a", records: [group(Self.inner, members: [Self.computer], changed: 1)])
        let silent = TestFile(name: "b", records: [group(Self.inner, changed: 2)])
        let empty = TestFile(name: "c", records: [group(Self.inner, members: [], changed: 2)])
        #expect(try taken(computers, full, silent) == [Self.inner])
        #expect(try taken(computers, full, empty).isEmpty)
    }

    @Test("Of lists that tell no time the one imported last counts, but none replaces a list that tells one")
    func untimed() throws {
        let store = try InventoryStore.inMemory()
        try store.take(TestFile(name: "pc", records: [Self.pc()]))
        let members = [group(Self.inner, members: [Self.computer])]
        let none = [group(Self.inner, members: [])]
        try store.take(TestFile(name: "a", at: 10, records: members))
        try store.take(TestFile(name: "b", at: 20, records: none))
        #expect(groups(try store.fleet()).isEmpty)
        // An import of the past that comes late is of the past.
        try store.take(TestFile(name: "c", at: 15, records: members))
        #expect(groups(try store.fleet()).isEmpty)
        try store.take(TestFile(name: "a", at: 30, records: members))
        #expect(groups(try store.fleet()) == [Self.inner])
        try store.take(TestFile(name: "d", at: 5, records: [group(Self.inner, members: [], changed: 1)]))
        #expect(groups(try store.fleet()).isEmpty)
        let outcome = try store.take(TestFile(name: "a", at: 40, records: members))
        #expect(groups(try store.fleet()).isEmpty)
        #expect(outcome.diagnostics.map(\.code) == ["inventory.group.age"])
        #expect(outcome.unchanged == 1)
    }

    @Test("The ranges in which a server gave one group add up, and the last one completes them")
    func ranges() throws {
        let other = "CN=PC-2,OU=Clients,DC=corp"
        func fleetOf(_ extents: [GroupRecord.Extent]) throws -> Fleet {
            let lists = zip(extents, [Self.computer, other]).map { extent, member in
                group(Self.inner, members: [member], changed: 1, extent: extent)
            }
            return try fleet([TestFile(name: "a", records: [Self.pc(), Self.pc(other)] + lists)])
        }
        for (extents, isPartial) in [
            ([.opened, .opened], true), ([.opened, .ended], false), ([.ended, .opened], false),
        ]
            as [([GroupRecord.Extent], Bool)]
        {
            let fleet = try fleetOf(extents)
            #expect(groups(fleet, computer: 0) == [Self.inner])
            #expect(groups(fleet, computer: 1) == [Self.inner])
            #expect(fleet.nesting.groups.map(\.isPartial) == [isPartial])
        }
    }

    @Test("A group that lists all its members knows better than the groups that say they are members of it")
    func backLinks() throws {
        let child = group(Self.inner, members: [Self.computer], memberOf: [Self.outer])
        func above(_ outer: InventoryRecord?) throws -> [String] {
            try taken(TestFile(name: "a", records: [Self.pc(), child] + (outer.map { [$0] } ?? [])))
        }
        #expect(try above(nil) == [Self.inner, Self.outer])
        #expect(try above(group(Self.outer)) == [Self.inner, Self.outer])
        #expect(try above(group(Self.outer, members: [])) == [Self.inner])
        #expect(try above(group(Self.outer, members: [], extent: .opened)) == [Self.inner, Self.outer])
    }

    @Test("Members that are neither computers nor groups are counted, with the place of the list")
    func unknown() throws {
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    Self.pc(), group(Self.inner, members: []),
                    group(Self.outer, members: [Self.computer, Self.inner, "CN=u1,DC=corp", "CN=u2,DC=corp"]),
                ])
        ])
        let outer = try #require(fleet.nesting.groups.first { fleet[$0.name] == Self.outer })
        #expect(outer.members == 4)
        #expect(outer.unknownMembers == 2)
        #expect(fleet.reference(outer.place) == SourceReference(file: "a", line: 3))
    }

    @Test("Groups in a circle and in themselves are taken as they are")
    func circle() throws {
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    Self.pc(), group(Self.inner, members: [Self.computer, Self.outer, Self.inner]),
                    group(Self.outer, members: [Self.inner]),
                ])
        ])
        #expect(groups(fleet) == [Self.inner, Self.outer])
        #expect(fleet.nesting.parentPositions.count == 2)
    }

    @Test("Accounts of one name are all members, and an account is once in a group")
    func accounts() throws {
        let records = [GUID(high: 1, low: 1), GUID(high: 1, low: 2)].map { id in
            account {
                $0.objectGUID = id
                $0.dnsHostName = "pc-\(id.low).corp.example.com"
                $0.distinguishedName = Self.computer
                $0.memberOf = [Self.inner]
            }
        }
        let fleet = try fleet([
            TestFile(name: "a", records: records + [group(Self.inner, members: [Self.computer])])
        ])
        #expect(fleet.computers.count == 2)
        #expect(fleet.computers.indices.map { groups(fleet, computer: $0) } == [[Self.inner], [Self.inner]])
    }

    @Test("Computers outside of all groups stay so, however many there are")
    func many() throws {
        let names = (0..<500).map { "CN=PC-\($0),OU=Büro,DC=corp" }
        let members = names.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        let fleet = try fleet([
            TestFile(name: "a", records: names.map { Self.pc($0) } + [group(Self.inner, members: members)])
        ])
        for (position, computer) in fleet.computers.enumerated() {
            let name = try #require(fleet[computer.name])
            let number = try #require(Int(name.prefix { $0 != "." }.dropFirst(3)))
            #expect(groups(fleet, computer: position) == (number % 3 == 0 ? [Self.inner] : []), "\(name)")
        }
    }
}

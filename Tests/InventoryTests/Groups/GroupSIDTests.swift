import ActivationModel
import GRDB
import Inventory
import Testing

@Suite("Groups whose members are told by SIDs")
struct GroupSIDTests {
    private static let inner = "CN=Finance-PCs,OU=Groups,DC=corp"
    private static let outer = "CN=ESU,OU=Groups,DC=corp"
    private static let computer = "CN=PC-1,OU=Clients,DC=corp"

    private static let pc = account {
        $0.distinguishedName = computer
        $0.dnsHostName = "pc-1.corp.example.com"
        $0.sid = "S-1-5-21-1-2-3-1104"
    }

    /// The groups of the first computer, and `child>parent` for groups in groups.
    private func told(_ fleet: Fleet) -> [String] {
        let nested = fleet.nesting.groups.indices.flatMap { position in
            fleet.nesting.parents(of: position).map { parent in
                let names = [position, Int(parent)].map { fleet[fleet.nesting.groups[$0].name] ?? "" }
                return names.joined(separator: ">")
            }
        }
        return fleet.groups(of: fleet.computers[0]).compactMap { fleet[$0] } + nested
    }

    private func told(_ records: InventoryRecord...) throws -> [String] {
        let files = records.enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        let result = told(try fleet(files))
        #expect(told(try fleet(files.reversed())) == result)
        return result
    }

    @Test("Computers and groups are found by their SIDs, whichever list comes first")
    func members() throws {
        let inner = group(Self.inner, sid: "S-1-5-21-1-2-3-2000", memberSIDs: ["S-1-5-21-1-2-3-1104"])
        let outer = group(Self.outer, sid: "CORP-S-1-5-32-544", memberSIDs: ["S-1-5-21-1-2-3-2000"])
        #expect(try told(Self.pc, inner, outer) == [Self.inner, Self.inner + ">" + Self.outer])
        let builtIn = group(Self.inner, sid: nil, memberSIDs: ["CORP-S-1-5-32-544", "S-1-5-21-1-2-3-1105"])
        #expect(try told(Self.pc, outer, builtIn) == [Self.outer + ">" + Self.inner])
    }

    @Test("A group that another list tells by its name is the same, and that list's spelling is kept")
    func otherForm() throws {
        let capitals = group(
            Self.inner.uppercased(), sid: "S-1-5-21-1-2-3-2000", memberSIDs: ["S-1-5-21-1-2-3-1104"])
        #expect(
            try told(Self.pc, capitals, group(Self.outer, members: [Self.inner]), group(Self.inner, guid: 7))
                == [Self.inner, Self.inner + ">" + Self.outer])
    }

    @Test("The newest list counts, whichever form it has; one that tells no time is older, and says so")
    func newest() throws {
        let named = group(Self.inner, members: ["CN=u"], changed: 2)
        let old = group(Self.inner, sid: nil, memberSIDs: ["S-1-5-21-1-2-3-1104"], changed: 1)
        let new = group(Self.inner, sid: nil, memberSIDs: ["S-1-5-21-1-2-3-1104"], changed: 3)
        #expect(try told(Self.pc, named, old) == [])
        #expect(try told(Self.pc, named, new) == [Self.inner])
        let store = try InventoryStore.inMemory()
        try store.take(named)
        let outcome = try store.take(
            group(Self.inner, sid: "S-1-5-21-1-2-3-2000", memberSIDs: ["S-1-5-21-1-2-3-1104"]))
        #expect(outcome.diagnostics.map(\.code) == ["inventory.group.form"])
        // That it has a SID is news all the same.
        #expect(outcome.taken == 1)
    }

    @Test("Members that two lists of one time tell in both forms are counted once, and so are those that are not found")
    func bothForms() throws {
        let names = group(Self.inner, members: [Self.computer, "CN=u1", "CN=u2"], changed: 1)
        let sids = group(
            Self.inner, sid: nil, memberSIDs: ["S-1-5-21-1-2-3-1104", "S-1-5-21-1-2-3-501", "S-1-5-21-1-2-3-502"],
            changed: 1)
        for records in [[Self.pc, names, sids], [sids, names, Self.pc]] {
            let fleet = try fleet([TestFile(name: "a", records: records)])
            #expect(told(fleet) == [Self.inner])
            #expect(fleet.nesting.groups.map(\.members) == [3])
            #expect(fleet.nesting.groups.map(\.unknownMembers) == [2])
        }
    }

    @Test("A store of an earlier version, which has no SIDs of groups, keeps its groups and takes SIDs then")
    func earlierVersion() throws {
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            try InventoryStore(path: path, seal: nil).take(
                Self.pc, group(Self.inner, members: [Self.computer]))
            try DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: """
                        ALTER TABLE directory_group DROP COLUMN sid;
                        ALTER TABLE directory_group DROP COLUMN member_sids;
                        DELETE FROM grdb_migrations WHERE identifier = 'group-sids'
                        """)
            }
            #expect(told(try InventoryStore(path: path, seal: nil).fleet()) == [Self.inner])
            try InventoryStore(path: path, seal: nil).take(
                group(Self.outer, sid: nil, memberSIDs: ["S-1-5-21-1-2-3-1104"]))
            #expect(told(try InventoryStore(path: path, seal: nil).fleet()) == [Self.outer, Self.inner])
        }
    }
}

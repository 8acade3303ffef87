import ActivationModel
import Foundation
import GRDB

/// Loads groups and finds out which computers and groups are their members.
///
/// A group is known by its distinguished name, whatever identifiers lists give. Of rows of one name, the newest tells the
/// members. That a group is a member of another is taken from the other's members where a list tells all of these, else from
/// `memberOf`: a back link, whose change leaves no trace in the group that has it. Members that are told by their SIDs are the
/// accounts and groups that have those.
final class GroupLoader {
    private struct Node {
        var group: GroupNesting.Group
        /// The rows that tell the members; several when they are of one age.
        var rows: [Int64] = []
        var age = Int64.min
        var isWhole = false
    }

    /// Memberships of accounts as lists of groups tell them.
    struct Memberships {
        /// By account, where its groups begin in `groups`; one more at the end.
        fileprivate var starts: [Int]
        fileprivate var groups: [TextID]

        func groups(of account: Int) -> ArraySlice<TextID> { groups[starts[account]..<starts[account + 1]] }
    }

    private let database: Database
    private let texts: FleetTexts
    private var nodes: [Node] = []
    /// Where groups are, by their names and their SIDs.
    private var positions: [DirectoryObjectKey: Int32] = [:]
    /// Whether some group tells members by their SIDs, so that those of accounts matter.
    private(set) var needsSIDs = false
    /// Memberships of groups in groups.
    private var edges: [UInt64] = []
    /// The names that accounts give groups, with those that lists give them.
    private var spellings: [TextID: TextID] = [:]
    /// Whether the store has columns for SIDs.
    private var hasSIDs = false

    /// Reads the groups; nil when there are none.
    init?(_ database: Database, texts: FleetTexts) throws {
        self.database = database
        self.texts = texts
        // A store of an earlier version that may not be written has no such table.
        guard try database.tableExists("directory_group") else { return nil }
        let statements = try readGroups()
        guard !nodes.isEmpty else { return nil }
        addUnlisted(statements)
        order()
        for (child, parent) in statements {
            guard let parent = position(of: parent), let child = position(of: child), !nodes[parent].isWhole else {
                continue
            }
            add(child, to: parent)
        }
    }

    // MARK: - Groups

    /// Returns which groups say that they are members of which, by name.
    private func readGroups() throws -> [(child: TextID, parent: TextID)] {
        var statements: [(child: TextID, parent: TextID)] = []
        // A store of an earlier version that may not be written has no such columns.
        hasSIDs = try database.columns(in: "directory_group").contains { $0.name == "member_sids" }
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, distinguished_name, members_age, members_extent, member_of, source, line,
                    \(hasSIDs ? "sid, member_sids IS NOT NULL" : "NULL, 0")
                FROM directory_group ORDER BY distinguished_name, id
                """)
        while let row = try rows.next() {
            let text: String = row[1]
            guard let key = DirectoryObjectKey(text) else { continue }
            let position = Int(positions[key] ?? Int32(nodes.count))
            if position == nodes.count {
                positions[key] = Int32(position)
                nodes.append(Node(group: GroupNesting.Group(name: texts.pool.intern(text))))
            }
            if !Self.isInCapitals(text), texts.pool[nodes[position].group.name].map(Self.isInCapitals) == true {
                nodes[position].group.name = texts.pool.intern(text)
            }
            if let sid = (row[7] as String?).flatMap({ DirectoryObjectKey(sid: $0) }) {
                positions[sid] = Int32(position)
            }
            if row[8] { needsSIDs = true }
            take(row, into: &nodes[position])
            for parent in try texts.sharedList(row[4]) { statements.append((nodes[position].group.name, parent)) }
        }
        return statements
    }

    /// Some tools write names in capitals; another list has the group's own spelling.
    private static func isInCapitals(_ name: String) -> Bool {
        !name.utf8.contains { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z") }
    }

    private func take(_ row: Row, into node: inout Node) {
        let place = texts.place(row, 5)
        guard let age = row[2] as Int64? else {
            if node.rows.isEmpty, node.group.place == .none || Place.precedes(place, node.group.place) {
                node.group.place = place
            }
            return
        }
        let extent = GroupRecord.Extent(rawValue: row[3]) ?? .whole
        if node.rows.isEmpty || age > node.age {
            node.rows = [row[0]]
            node.age = age
            node.isWhole = extent != .opened
            node.group.place = place
        } else if age == node.age {
            node.rows.append(row[0])
            node.isWhole = node.isWhole || extent != .opened
            if Place.precedes(place, node.group.place) { node.group.place = place }
        }
    }

    /// Adds groups that only `memberOf` of other groups names.
    private func addUnlisted(_ statements: [(child: TextID, parent: TextID)]) {
        var names: [(text: String, id: TextID)] = []
        for parent in Set(statements.map(\.parent)) {
            if let text = texts.pool[parent] { names.append((text, parent)) }
        }
        names.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        for name in names {
            guard let key = DirectoryObjectKey(name.text), positions[key] == nil else { continue }
            positions[key] = Int32(nodes.count)
            nodes.append(Node(group: GroupNesting.Group(name: name.id)))
        }
    }

    private func order() {
        let keys = positions.map { (key: $0.key, position: Int($0.value)) }
        let sorted = nodes.indices.sorted { left, right in
            let (left, right) = (texts.pool[nodes[left].group.name] ?? "", texts.pool[nodes[right].group.name] ?? "")
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        var moved = [Int32](repeating: 0, count: nodes.count)
        for (new, old) in sorted.enumerated() { moved[old] = Int32(new) }
        nodes = sorted.map { nodes[$0] }
        for entry in keys { positions[entry.key] = moved[entry.position] }
    }

    private func position(of name: TextID) -> Int? {
        texts.pool[name].flatMap { DirectoryObjectKey($0) }.flatMap { positions[$0] }.map { Int($0) }
    }

    private func add(_ child: Int, to parent: Int) {
        if child != parent { edges.append(UInt64(child) << 32 | UInt64(parent)) }
    }

    // MARK: - Members

    /// The name that lists give a group, where they name it, so that one group has one name.
    func spelling(of name: TextID) -> TextID {
        if let known = spellings[name] { return known }
        let spelling = position(of: name).map { nodes[$0].group.name } ?? name
        spellings[name] = spelling
        return spelling
    }

    /// Finds out whose members the accounts are; `keys` are those of their names and `sids` those of their SIDs, 0 for an
    /// account without one. SIDs are only needed where `needsSIDs` says so.
    ///
    /// Complexity: linear in accounts and members.
    func memberships(of keys: [UInt64], sids: [UInt64]) throws -> Memberships {
        let indexes = (names: AccountIndex(keys), sids: AccountIndex(sids))
        /// Accounts with the positions of groups, in the order of the groups.
        var pairs: [(account: Int32, group: Int32)] = []
        let fetch = try database.makeStatement(
            sql: "SELECT members, \(hasSIDs ? "member_sids" : "NULL") FROM directory_group WHERE id = ?")
        for parent in nodes.indices where !nodes[parent].rows.isEmpty {
            let members = try members(nodes[parent].rows, fetch)
            let named = members.names.map { add($0, to: parent, indexes.names, &pairs) }
            let identified = members.sids.map { add($0, to: parent, indexes.sids, &pairs) }
            // Told in both forms, a member is not two.
            nodes[parent].group.members = max(members.names?.keys.count ?? 0, members.sids?.keys.count ?? 0)
            nodes[parent].group.unknownMembers = min(named ?? identified ?? 0, identified ?? named ?? 0)
            nodes[parent].group.isPartial = !nodes[parent].isWhole
        }
        var memberships = Memberships(starts: [Int](repeating: 0, count: keys.count + 1), groups: [])
        for pair in pairs { memberships.starts[Int(pair.account) + 1] += 1 }
        for account in keys.indices { memberships.starts[account + 1] += memberships.starts[account] }
        memberships.groups = [TextID](repeating: .none, count: pairs.count)
        var next = memberships.starts
        for pair in pairs {
            memberships.groups[next[Int(pair.account)]] = nodes[Int(pair.group)].group.name
            next[Int(pair.account)] += 1
        }
        return memberships
    }

    /// Returns how many of the members are neither a group nor an account.
    private func add(
        _ members: MemberKeys, to parent: Int, _ index: AccountIndex, _ pairs: inout [(account: Int32, group: Int32)]
    ) -> Int {
        var unknown = 0
        for key in members.keys {
            if let child = positions[DirectoryObjectKey(rawValue: key)] {
                add(Int(child), to: parent)
            } else if !index.forEach(key, { pairs.append((Int32($0), Int32(parent))) }) {
                unknown += 1
            }
        }
        return unknown
    }

    private func members(_ rows: [Int64], _ fetch: Statement) throws -> ToldMembers {
        var members = ToldMembers()
        for number in rows {
            guard let row = try Row.fetchOne(fetch, arguments: [number]) else { continue }
            members.formUnion(try ToldMembers(row, names: 0, sids: 1))
        }
        return members
    }

    /// The groups with the memberships among them. Call it behind `memberships(of:sids:)`.
    func nesting() -> GroupNesting {
        edges.sort()
        var parents: [Int32] = []
        var groups = nodes.map(\.group)
        var previous: UInt64?
        for edge in edges where edge != previous {
            previous = edge
            let child = Int(edge >> 32)
            let run = groups[child].parents
            groups[child].parents = Run(
                start: run.count == 0 ? parents.count : Int(run.start), count: Int(run.count) + 1)
            parents.append(Int32(truncatingIfNeeded: edge & 0xFFFF_FFFF))
        }
        return GroupNesting(groups: groups, parentPositions: parents)
    }
}

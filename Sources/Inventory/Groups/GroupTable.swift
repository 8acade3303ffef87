import ActivationModel
import Foundation
import GRDB

/// The `directory_group` table: what lists say about the members of groups, and about the groups that groups are members of.
/// Some lists tell members by their names and some by their SIDs; both are kept as they are told.
///
/// Invariant: the members of a row are those of its newest record that tells members, as a whole; records of the same age,
/// as the answers for several ranges of one group are, add up. The same holds for the groups it is a member of. An age is when
/// the group was changed, where the list tells it (`whenChanged`), and any such is newer than a list that tells none, whose
/// age is when it was imported. So the order of imports does not matter, and a repeated one changes nothing.
final class GroupTable {
    /// What a record did.
    struct Outcome {
        var isChanged = false
        /// The list tells no `whenChanged` and other members than an earlier list that does, which stays.
        var isOutranked = false
        /// An undated list tells members by names where the stored ones are security identifiers, or the other way round.
        var isInOtherForm = false
    }

    private struct Group {
        var name: String
        var age: Int64
        var sid: String?
        var members: ToldMembers?
        var extent = GroupRecord.Extent.whole
        var membersAge = Int64.min
        var parents: Set<String>?
        var parentsAge = Int64.min
        var place: StoredPlace
    }

    /// Is taken from the time of an import, so that every such age is before the ages that lists tell.
    private static let untimed: Int64 = 1 << 62

    private let texts: TextTable
    private let sources: SourceTable
    private let imported: Int64
    private let find: Statement
    private let insert: Statement
    private let update: Statement

    /// `imported` is when the import was started.
    init(_ database: Database, texts: TextTable, sources: SourceTable, imported: Timestamp) throws {
        self.texts = texts
        self.sources = sources
        self.imported = imported.milliseconds
        let columns = [
            "distinguished_name", "age", "members", "members_extent", "members_age", "member_of", "member_of_age",
            "source", "line", "sid", "member_sids",
        ]
        find = try database.makeStatement(
            sql: "SELECT id, \(columns.joined(separator: ", ")) FROM directory_group WHERE identity = ?")
        insert = try database.makeStatement(
            sql: """
                INSERT INTO directory_group(\(columns.joined(separator: ", ")), identity)
                VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")), ?)
                """)
        update = try database.makeStatement(
            sql: "UPDATE directory_group SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?")
    }

    /// Takes a group; nil when nothing tells it from others.
    func merge(_ record: GroupRecord, place: StoredPlace) throws -> Outcome? {
        guard let identity = GroupTable.identity(record) else { return nil }
        let new = group(record, place: place)
        guard let row = try Row.fetchOne(find, arguments: [identity]) else {
            try write(new, with: insert, last: identity)
            return Outcome(isChanged: true)
        }
        let stored = try decode(row)
        var joined = stored
        join(new, into: &joined)
        let isChanged =
            joined.name != stored.name || joined.sid != stored.sid || joined.members != stored.members
            || joined.parents != stored.parents
            || joined.members != nil && joined.extent != stored.extent
        if isChanged || joined.age != stored.age || joined.membersAge != stored.membersAge
            || joined.parentsAge != stored.parentsAge || joined.place != stored.place
        {
            try write(joined, with: update, last: row[0] as Int64)
        }
        var outcome = Outcome(isChanged: isChanged)
        if record.changed == nil, record.tellsMembers, stored.membersAge > new.membersAge, new.members != stored.members
        {
            if let told = new.members, let known = stored.members, !told.hasForm(of: known) {
                outcome.isInOtherForm = true
            } else {
                outcome.isOutranked = true
            }
        }
        return outcome
    }

    /// The identifier never changes; without one the name is all there is.
    private static func identity(_ record: GroupRecord) -> String? {
        if let guid = record.objectGUID { return "guid:\(guid)" }
        return DirectoryObjectKey(record.distinguishedName).map { "dn:\(String($0.rawValue, radix: 16))" }
    }

    private func group(_ record: GroupRecord, place: StoredPlace) -> Group {
        let age = record.changed?.milliseconds ?? imported - GroupTable.untimed
        var group = Group(name: record.distinguishedName, age: age, place: place)
        group.sid = record.sid
        if record.tellsMembers {
            group.members = ToldMembers(
                names: record.members.map { MemberKeys($0) }, sids: record.memberSIDs.map { MemberKeys($0) })
            group.extent = record.extent
            group.membersAge = age
        }
        if let parents = record.memberOf {
            group.parents = Set(parents.map { $0.replacing("\n", with: " ") }.filter { !$0.isEmpty })
            group.parentsAge = age
        }
        return group
    }

    private func join(_ new: Group, into group: inout Group) {
        // The place is that of the newest record that tells members, while there is one, and of equal ones the first.
        let isOlder = new.members == nil && group.members != nil
        let isNewer = new.members != nil && (group.members == nil || new.membersAge > group.membersAge)
        let (age, known) = new.members == nil ? (new.age, group.age) : (new.membersAge, group.membersAge)
        if isNewer || !isOlder && (age > known || age == known && sources.precedes(new.place, group.place)) {
            group.place = new.place
        }
        if (new.age, new.name.utf8.map { $0 }) > (group.age, group.name.utf8.map { $0 }) { group.name = new.name }
        group.age = max(group.age, new.age)
        // A SID never changes. Of two the greater one is taken, whichever comes first.
        if let sid = new.sid { group.sid = max(sid, group.sid ?? sid) }
        if let members = new.members {
            if new.membersAge > group.membersAge {
                group.members = members
                group.extent = new.extent
                group.membersAge = new.membersAge
            } else if new.membersAge == group.membersAge {
                group.members?.formUnion(members)
                group.extent = max(group.extent, new.extent)
            }
        }
        if let parents = new.parents {
            if new.parentsAge > group.parentsAge {
                group.parents = parents
                group.parentsAge = new.parentsAge
            } else if new.parentsAge == group.parentsAge {
                group.parents?.formUnion(parents)
            }
        }
    }

    private func decode(_ row: Row) throws -> Group {
        var group = Group(name: row[1], age: row[2], place: StoredPlace(source: row[8], line: row[9]))
        group.sid = row[10]
        let members = try ToldMembers(row, names: 3, sids: 11)
        if !members.isEmpty {
            group.members = members
            group.extent = GroupRecord.Extent(rawValue: row[4]) ?? .whole
            group.membersAge = row[5]
        }
        if let numbers = row[6] as String? {
            group.parents = Set(try texts.lines(of: numbers).split(separator: "\n").map(String.init))
            group.parentsAge = row[7]
        }
        return group
    }

    private func write(_ group: Group, with statement: Statement, last: some DatabaseValueConvertible) throws {
        let parents = group.parents?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "\n")
        try statement.execute(arguments: [
            group.name, group.age, group.members?.names?.data, group.members.map { _ in group.extent.rawValue },
            group.members.map { _ in group.membersAge }, try parents.map { try texts.numbers(ofLines: $0) },
            group.parents.map { _ in group.parentsAge }, group.place.source, group.place.line, group.sid,
            group.members?.sids?.data, last,
        ])
    }
}

private func > (left: (Int64, [UInt8]), right: (Int64, [UInt8])) -> Bool {
    left.0 == right.0 ? right.1.lexicographicallyPrecedes(left.1) : left.0 > right.0
}

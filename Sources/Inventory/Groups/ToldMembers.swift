import GRDB

/// The members of a group in the forms in which lists tell them: by distinguished names, by SIDs, or both.
struct ToldMembers: Equatable {
    var names: MemberKeys?
    var sids: MemberKeys?

    init(names: MemberKeys? = nil, sids: MemberKeys? = nil) {
        self.names = names
        self.sids = sids
    }

    /// Reads two columns of `directory_group`.
    init(_ row: Row, names: Int, sids: Int) throws {
        self.names = try MemberKeys(row, names)
        self.sids = try MemberKeys(row, sids)
    }

    var isEmpty: Bool { names == nil && sids == nil }

    /// Whether both tell members by names, or both by security identifiers, so that they can be compared.
    func hasForm(of other: ToldMembers) -> Bool {
        (names != nil && other.names != nil) || (sids != nil && other.sids != nil)
    }

    mutating func formUnion(_ other: ToldMembers) {
        ToldMembers.unite(&names, other.names)
        ToldMembers.unite(&sids, other.sids)
    }

    private static func unite(_ keys: inout MemberKeys?, _ other: MemberKeys?) {
        guard let other else { return }
        if keys == nil { keys = other } else { keys?.formUnion(other) }
    }
}

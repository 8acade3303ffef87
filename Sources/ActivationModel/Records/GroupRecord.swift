/// One group of Active Directory, and what a list says about its members and the groups that it is a member of.
///
/// Security groups and distribution groups both count: `memberOf` of a computer names both, too, so a condition means the
/// same whether a membership is told by the computer or by the group.
public struct GroupRecord: Hashable, Sendable {
    /// How much of the members a record holds, from the least to all.
    public enum Extent: Int, Hashable, Sendable, Comparable {
        /// Members that a server gave as one range of several, without the last: more of them exist.
        case opened
        /// The last range; those before it stand in other records.
        case ended
        /// All members.
        case whole

        public static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
    }

    public var objectGUID: GUID?
    /// `S-1-5-…`; a list may write the DNS name of the domain and a hyphen before one that every domain has.
    public var sid: String?
    public var distinguishedName: String
    /// `whenChanged`: when the group was changed last, its members included. A change of the groups that it is a member of
    /// changes those.
    public var changed: Timestamp?
    /// The keys of the distinguished names of all direct members, whatever they are; nil when the list does not tell
    /// members, or tells them by their SIDs.
    public var members: [DirectoryObjectKey]?
    /// The keys of the SIDs of all direct members, in a list that tells members by these; nil in any other list.
    public var memberSIDs: [DirectoryObjectKey]?
    public var extent: Extent
    /// Distinguished names of the groups that the group is a direct member of; nil when the list does not tell.
    public var memberOf: [String]?

    /// Whether the list tells members.
    public var tellsMembers: Bool { members != nil || memberSIDs != nil }

    /// Makes a group of which only the name is known.
    public init(distinguishedName: String) {
        self.distinguishedName = distinguishedName
        extent = .whole
    }
}

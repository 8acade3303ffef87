import ActivationModel

/// The members of a group as a list tells them, value by value.
struct DirectoryMembership {
    /// The keys of the members' names; nil when nothing is said about members.
    private(set) var members: [DirectoryObjectKey]?
    /// The keys of the members' SIDs, where the list names members by these.
    private(set) var memberSIDs: [DirectoryObjectKey]?
    /// The SID of the group in a form that only groups have: with the domain before it.
    var sid: String?
    /// How many of the members were given.
    private(set) var extent = GroupRecord.Extent.whole
    /// When the group was changed last.
    var changed: Timestamp?
    /// Whether a type of group was given, which nothing but groups has.
    var saysType = false
    /// Whether a range of members came that was not the last.
    private var isRanged = false

    /// Whether something was said that only groups have.
    var isStated: Bool { members != nil || memberSIDs != nil || saysType }

    /// Takes a member. Returns whether the text is a distinguished name.
    mutating func add(_ name: Span<UInt8>) -> Bool {
        noteStated()
        guard let key = DirectoryObjectKey(name, in: nil) else { return false }
        members?.append(key)
        return true
    }

    /// Takes a member by its SID. Returns whether the text may be one.
    mutating func add(sid: String) -> Bool {
        noteStatedBySID()
        guard let key = DirectoryObjectKey(sid: sid) else { return false }
        memberSIDs?.append(key)
        return true
    }

    /// Notes that members are told by their SIDs, though there may be none.
    mutating func noteStatedBySID() { memberSIDs = memberSIDs ?? [] }

    /// Notes that members are told, though there may be none.
    mutating func noteStated() { members = members ?? [] }

    /// Notes that a server gave only a range of the members, or the last one.
    mutating func noteRange(isLast: Bool) {
        if !isLast {
            extent = .opened
            isRanged = true
        } else if !isRanged {
            extent = .ended
        } else if extent == .opened {
            extent = .whole
        }
    }
}

/// Which groups are members of which, as lists of groups tell it.
///
/// A computer's own groups (`Fleet.groups(of:)`) are those it is a direct member of; what it is a member of through them is
/// found here. So nesting costs memory by the group, not by the computer. Groups may be members of each other in a circle,
/// which Active Directory allows.
///
/// Invariants: groups are ordered by name, and no two stand for the same group; parents of a group are ascending and never
/// the group itself.
public struct GroupNesting: Sendable {
    /// A group that a list names.
    public struct Group: Sendable, Hashable {
        /// The distinguished name, spelled as `Fleet.groups` has it.
        public var name: TextID
        /// The groups that it is a direct member of: positions in `parentPositions`.
        public var parents: Run = .empty
        /// Direct members that lists tell; 0 where none tells members.
        public var members = 0
        /// Those among them that are neither a computer nor a group of the inventory: users, as a rule.
        public var unknownMembers = 0
        /// Whether a server gave only the first members.
        public var isPartial = false
        /// Where the list tells the group; none when only its name is known.
        public var place = Place.none

        /// Makes a group of which only the name is known.
        public init(name: TextID) { self.name = name }
    }

    /// The groups.
    public let groups: [Group]
    /// What the runs of `Group.parents` point into: positions in `groups`.
    public let parentPositions: [Int32]
    private let positions: [TextID: Int32]

    /// No groups.
    public init() { self.init(groups: [], parentPositions: []) }

    /// Takes groups that keep the invariants.
    public init(groups: [Group], parentPositions: [Int32]) {
        self.groups = groups
        self.parentPositions = parentPositions
        var positions: [TextID: Int32] = [:]
        positions.reserveCapacity(groups.count)
        for (position, group) in groups.enumerated() { positions[group.name] = Int32(position) }
        self.positions = positions
    }

    /// The position of a group; nil for one that no list names.
    public func position(of name: TextID) -> Int? { positions[name].map { Int($0) } }

    /// The positions of the groups that a group is a direct member of.
    public func parents(of position: Int) -> ArraySlice<Int32> { parentPositions[groups[position].parents.range] }

    /// The shortest way from one of some groups up to a group that is looked for, both ends included; nil when there is none.
    /// Of ways of the same length it is the first by the order of `starts` and then of the parents.
    ///
    /// Complexity: linear in the groups above `starts`.
    public func chain(from starts: some Sequence<TextID>, to isWanted: (TextID) -> Bool) -> [TextID]? {
        var queue: [Int32] = []
        var origin: [Int32: Int32] = [:]
        for start in starts {
            if isWanted(start) { return [start] }
            guard let position = positions[start], origin[position] == nil else { continue }
            origin[position] = -1
            queue.append(position)
        }
        var next = 0
        while next < queue.count {
            let position = queue[next]
            next += 1
            for parent in parents(of: Int(position)) where origin[parent] == nil {
                origin[parent] = position
                queue.append(parent)
                guard isWanted(groups[Int(parent)].name) else { continue }
                var chain: [TextID] = []
                var step = parent
                while step >= 0 {
                    chain.append(groups[Int(step)].name)
                    step = origin[step] ?? -1
                }
                return chain.reversed()
            }
        }
        return nil
    }
}

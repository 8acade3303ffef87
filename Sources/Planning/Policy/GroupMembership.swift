import ActivationModel

/// How a computer comes to be a member of a group that a condition asks for.
struct GroupMembership {
    /// The groups from the one that the computer is a direct member of up to the one that is asked for.
    let chain: [TextID]

    /// The first group that a condition asks for and the computer is a member of; nil when there is none. What is asked for
    /// under `not` does not count, as it is no reason for the condition to hold.
    init?(_ condition: Condition, of computer: Computer, in fleet: Fleet) {
        for wanted in condition.groups {
            guard
                let chain = fleet.nesting.chain(
                    from: fleet.groups(of: computer), to: { fleet[$0].map { wanted.fits(group: $0) } ?? false })
            else { continue }
            self.chain = chain
            return
        }
        return nil
    }

    /// `a member of the group Berlin-PCs, which is in Finance-PCs, which is in ESU-Critical`
    func sentence(_ fleet: Fleet) -> String {
        let names = chain.map { id in fleet[id].map { DistinguishedName($0)?.commonName ?? $0 } ?? "" }
        return "a member of the group " + names.joined(separator: ", which is in ")
    }

    /// Where the membership in the group that is asked for was read: in the list of that group, else with the computer.
    func origin(_ fleet: Fleet) -> Finding.Origin {
        guard let position = chain.last.flatMap({ fleet.nesting.position(of: $0) }),
            let place = fleet.reference(fleet.nesting.groups[position].place)
        else { return .directory }
        return .place(place)
    }
}

extension Condition {
    /// The parts that look at groups, without those under `not`.
    var groups: [Condition] {
        switch self {
        case .group, .groupNamed: [self]
        case .all(let inner), .any(let inner): inner.flatMap(\.groups)
        default: []
        }
    }

    /// Whether the condition, which looks at one group, fits the group of that distinguished name.
    fileprivate func fits(group text: String) -> Bool {
        let name = DistinguishedName(text)
        switch self {
        case .group(let glob): return glob.matches(name?.commonName ?? text)
        case .groupNamed(let wanted): return name == wanted
        default: return false
        }
    }
}

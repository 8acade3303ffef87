import ActivationModel

/// Decides which rows of VAMT and of the directory are one computer.
///
/// Each step looks at all rows as the steps before it left them, and only then unites; so the result depends on what is
/// in the store and not on the order in which it came there. Where a name fits several computers nothing is united.
///
/// Clients come first in `sets`, accounts after them.
struct ComputerLinker {
    let nodes: ComputerNodes
    let names: TextPool
    var sets: UnionFind
    private(set) var superseded: Set<Int> = []
    var domainNames: DomainNames
    /// Nodes of which it was told that they are kept apart.
    var ambiguous: Set<Int> = []
    var findings = FindingCounter()

    /// Links all nodes. `names` is the pool that the names of the nodes are in.
    static func link(_ nodes: ComputerNodes, names: TextPool) -> LinkedComputers {
        var linker = ComputerLinker(nodes, names: names)
        linker.uniteClients()
        linker.uniteAccounts()
        linker.uniteByQualifiedName()
        linker.domainNames.learn(from: nodes, &linker.sets)
        linker.uniteByAccountName()
        linker.uniteByLabel()
        linker.uniteByHardwareAddress()
        return linker.result()
    }

    private init(_ nodes: ComputerNodes, names: TextPool) {
        self.nodes = nodes
        self.names = names
        sets = UnionFind(count: nodes.clients.count + nodes.accounts.count)
        domainNames = DomainNames(nodes.keys)
    }

    func node(ofAccount position: Int) -> Int { nodes.clients.count + position }

    // MARK: - Computers of VAMT

    /// By VAMT's GUID, else by qualified name, else by name and domain or workgroup.
    ///
    /// Source: the merge rules in VAMT 2.0's help,
    /// https://systemscenter.ru/vamthelp.en/html/e1b3e336-8253-43db-8bc4-71e850ee91cb.htm
    private mutating func uniteClients() {
        struct LocalName: Hashable {
            var name: TextID
            var network: TextID
        }
        var byID: [GUID: Int] = [:]
        var byName: [TextID: Int] = [:]
        var byLocalName: [LocalName: [Int]] = [:]
        byName.reserveCapacity(nodes.clients.count)
        for (position, client) in nodes.clients.enumerated() {
            if let id = client.vamtID {
                if let other = byID[id] { sets.unite(other, position) } else { byID[id] = position }
            }
            if !client.fqdn.isNone {
                if let other = byName[client.fqdn] {
                    sets.unite(other, position)
                } else {
                    byName[client.fqdn] = position
                }
            } else if !client.name.isNone, !client.networkKey.isNone {
                byLocalName[LocalName(name: client.name, network: client.networkKey), default: []].append(position)
            }
        }
        for group in byLocalName.values where group.count > 1 {
            // A domain and a workgroup of one name are two networks.
            let types = Set(group.map { nodes.clients[$0].networkType }).subtracting([.none])
            var first: [NetworkType: Int] = [:]
            for position in group {
                let type = types.count > 1 ? nodes.clients[position].networkType : .none
                if let other = first[type] { sets.unite(other, position) } else { first[type] = position }
            }
        }
    }

    // MARK: - Accounts

    /// By objectGUID, SID and DNS name.
    private mutating func uniteAccounts() {
        if nodes.accounts.contains(where: { $0.objectGUID == nil }) { uniteBySID() }
        var first: [TextID: Int] = [:]
        var groups: [TextID: [Int]] = [:]
        first.reserveCapacity(nodes.accounts.count)
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            if let other = first[account.dns] {
                groups[account.dns, default: [other]].append(position)
            } else {
                first[account.dns] = position
            }
        }
        for (name, group) in groups { settle(group, name: name) }
    }

    private mutating func uniteBySID() {
        var bySID: [TextID: [Int]] = [:]
        for (position, account) in nodes.accounts.enumerated() where !account.sid.isNone {
            bySID[account.sid, default: []].append(position)
        }
        for group in bySID.values where group.count > 1 {
            let identifiers = Set(group.compactMap { nodes.accounts[$0].objectGUID })
            guard identifiers.count <= 1 else {
                findings.count("inventory.sid.conflict", example: nodes.keys[nodes.accounts[group[0]].sid])
                continue
            }
            for position in group.dropFirst() { sets.unite(node(ofAccount: group[0]), node(ofAccount: position)) }
        }
    }

    /// Of several accounts with one DNS name the one with the newest sign of life is the computer; a re-imaged machine
    /// leaves its old account behind. A deleted account is never the one. Rows that have nothing but the name belong to
    /// the one.
    private mutating func settle(_ group: [Int], name: TextID) {
        var strong: [Int: (isDeleted: Bool, clock: Int64, guid: GUID?, sid: String)] = [:]
        var weak: [Int] = []
        for position in group {
            let account = nodes.accounts[position]
            // SIDs are only there when some account has no objectGUID.
            guard account.objectGUID != nil || !account.sid.isNone else {
                weak.append(position)
                continue
            }
            let root = sets.find(node(ofAccount: position))
            let known = strong[root]
            strong[root] = (
                account.facts.deleted == .yes && known?.isDeleted != false,
                max(account.clock, known?.clock ?? Observation.noTime), known?.guid ?? account.objectGUID,
                nodes.keys[account.sid] ?? known?.sid ?? ""
            )
        }
        let ranked = strong.sorted { left, right in
            if left.value.isDeleted != right.value.isDeleted { return right.value.isDeleted }
            if left.value.clock != right.value.clock { return left.value.clock > right.value.clock }
            let (leftGUID, rightGUID) = (left.value.guid ?? .zero, right.value.guid ?? .zero)
            if leftGUID != rightGUID { return leftGUID > rightGUID }
            return left.value.sid > right.value.sid
        }
        guard let winner = ranked.first?.key else { return }
        for position in weak { sets.unite(winner, node(ofAccount: position)) }
        for loser in ranked.dropFirst() {
            superseded.insert(loser.key)
            // It is gone from the directory already, so there is nothing to do about it.
            if loser.value.isDeleted { continue }
            findings.count("inventory.account.superseded", example: names[name])
        }
    }

    // MARK: - VAMT and directory by qualified name

    private mutating func uniteByQualifiedName() {
        guard !nodes.accounts.isEmpty, !nodes.clients.isEmpty else { return }
        var byName: [TextID: Int] = [:]
        byName.reserveCapacity(nodes.clients.count)
        for (position, client) in nodes.clients.enumerated() where !client.fqdn.isNone && byName[client.fqdn] == nil {
            byName[client.fqdn] = position
        }
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            guard let client = byName[account.dns] else { continue }
            let root = sets.find(node(ofAccount: position))
            if !superseded.contains(root) { sets.unite(client, root) }
        }
    }

    /// Machines of workgroups that share a hardware address. An address that more than two machines have is that of a
    /// dock, an adapter or a virtual network, and says nothing.
    private mutating func uniteByHardwareAddress() {
        var requests: [(Int, Int)] = []
        var start = 0
        while start < nodes.macs.count {
            var end = start
            var roots: Set<Int> = []
            while end < nodes.macs.count, nodes.macs[end].mac == nodes.macs[start].mac {
                roots.insert(sets.find(nodes.macs[end].client))
                end += 1
            }
            if roots.count == 2 {
                let pair = roots.sorted()
                requests.append((pair[0], pair[1]))
            } else if roots.count > 2 {
                let address = MACAddress(value: UInt64(bitPattern: nodes.macs[start].mac)).description
                findings.count("inventory.mac.shared", example: address)
            }
            start = end
        }
        for request in requests { sets.unite(request.0, request.1) }
    }

    // MARK: - Result

    private mutating func result() -> LinkedComputers {
        let count = nodes.clients.count + nodes.accounts.count
        var linked = LinkedComputers()
        linked.next = Array(repeating: -1, count: count)
        var last: [Int32] = Array(repeating: -1, count: count)
        for position in 0..<count {
            let root = sets.find(position)
            if root == position {
                linked.heads.append(Int32(position))
            } else {
                linked.next[Int(last[root])] = Int32(position)
            }
            last[root] = Int32(position)
        }
        linked.superseded = Set(superseded.map { sets.find($0) })
        reportConflicts(linked)
        linked.findings = findings.diagnostics
        return linked
    }

    private mutating func reportConflicts(_ linked: LinkedComputers) {
        for head in linked.heads where linked.next[Int(head)] >= 0 {
            var identifiers: Set<GUID> = []
            var qualified: Set<TextID> = []
            for position in linked.members(of: head) where position < nodes.clients.count {
                let client = nodes.clients[position]
                if let id = client.vamtID { identifiers.insert(id) }
                if !client.fqdn.isNone { qualified.insert(client.fqdn) }
            }
            let example = qualified.compactMap { names[$0] }.min()
            if qualified.count > 1 { findings.count("inventory.computer.renamed", example: example) }
            if identifiers.count > 1 {
                let known = example ?? identifiers.min()?.description
                findings.count("inventory.computer.several-ids", example: known)
            }
        }
    }
}

/// Which nodes are one computer.
struct LinkedComputers {
    /// The first node of each computer.
    var heads: [Int32] = []
    /// The next node of the same computer; -1 after the last.
    var next: [Int32] = []
    /// Heads of accounts that a newer account with the same DNS name replaced.
    var superseded: Set<Int> = []
    var findings: [Diagnostic] = []

    /// The nodes of a computer, in ascending order.
    func members(of head: Int32) -> some Sequence<Int> {
        sequence(first: Int(head)) { position in
            let following = next[position]
            return following < 0 ? nil : Int(following)
        }
    }
}

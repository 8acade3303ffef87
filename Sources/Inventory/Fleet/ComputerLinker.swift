import ActivationModel

/// Decides which rows of VAMT and of the directory are one computer.
///
/// Each step looks at all rows as the steps before it left them, and only then unites; so the result depends on what is
/// in the store and not on the order in which it came there. Where a name fits several computers nothing is united.
///
/// Clients come first in `sets`, accounts after them.
struct ComputerLinker {
    private let nodes: ComputerNodes
    private let names: TextPool
    private var sets: UnionFind
    private var superseded: Set<Int> = []
    private var findings = FindingCounter()

    /// Links all nodes. `names` is the pool that the names of the nodes are in.
    static func link(_ nodes: ComputerNodes, names: TextPool) -> LinkedComputers {
        var linker = ComputerLinker(nodes, names: names)
        linker.uniteClients()
        linker.uniteAccounts()
        linker.uniteByQualifiedName()
        linker.uniteByLabel()
        linker.uniteByHardwareAddress()
        return linker.result()
    }

    private init(_ nodes: ComputerNodes, names: TextPool) {
        self.nodes = nodes
        self.names = names
        sets = UnionFind(count: nodes.clients.count + nodes.accounts.count)
    }

    private func node(ofAccount position: Int) -> Int { nodes.clients.count + position }

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

    /// By objectGUID, SID, DNS name, and account name inside its domain.
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
        uniteByAccountName()
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
    /// leaves its old account behind. Rows that have nothing but the name belong to that one.
    private mutating func settle(_ group: [Int], name: TextID) {
        var strong: [Int: (clock: Int64, guid: GUID?, sid: String)] = [:]
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
                max(account.clock, known?.clock ?? Observation.noTime), known?.guid ?? account.objectGUID,
                nodes.keys[account.sid] ?? known?.sid ?? ""
            )
        }
        let ranked = strong.sorted { left, right in
            if left.value.clock != right.value.clock { return left.value.clock > right.value.clock }
            let (leftGUID, rightGUID) = (left.value.guid ?? .zero, right.value.guid ?? .zero)
            if leftGUID != rightGUID { return leftGUID > rightGUID }
            return left.value.sid > right.value.sid
        }
        guard let winner = ranked.first?.key else { return }
        for position in weak { sets.unite(winner, node(ofAccount: position)) }
        for loser in ranked.dropFirst() {
            superseded.insert(loser.key)
            findings.count("inventory.account.superseded", example: names[name])
        }
    }

    private mutating func uniteByAccountName() {
        let nameless = nodes.accounts.indices.filter { position in
            let account = nodes.accounts[position]
            return account.objectGUID == nil && account.sid.isNone && account.dns.isNone && !account.account.isNone
        }
        guard !nameless.isEmpty else { return }
        let wanted = Set(nameless.map { nodes.accounts[$0].account })
        let isNameless = Set(nameless)
        var candidates: [TextID: [Int]] = [:]
        for (position, account) in nodes.accounts.enumerated() where wanted.contains(account.account) {
            if superseded.contains(sets.find(node(ofAccount: position))) { continue }
            candidates[account.account, default: []].append(position)
        }
        var requests: [(Int, Int)] = []
        for position in nameless {
            let account = nodes.accounts[position]
            let domains = Domains(of: account, keys: nodes.keys)
            let fitting = candidates[account.account, default: []].filter { other in
                other != position && domains.fit(Domains(of: nodes.accounts[other], keys: nodes.keys))
            }
            // Accounts with an identifier come first; names alone only name each other.
            let identified = Set(fitting.filter { !isNameless.contains($0) }.map { sets.find(node(ofAccount: $0)) })
            let roots = identified.isEmpty ? Set(fitting.map { node(ofAccount: $0) }) : identified
            if roots.count == 1, let root = roots.first {
                requests.append((root, node(ofAccount: position)))
            } else if roots.count > 1 {
                findings.count("inventory.account.ambiguous", example: nodes.keys[account.account])
            }
        }
        for request in requests { sets.unite(request.0, request.1) }
    }

    // MARK: - VAMT and directory

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

    /// Computers that are known by a single name only: they are the one qualified computer with that first label in
    /// their domain, else the one other computer of that name.
    private mutating func uniteByLabel() {
        var unqualified: [Int: LabelledSet] = [:]
        var isQualified = Array(repeating: false, count: nodes.clients.count + nodes.accounts.count)
        for (position, client) in nodes.clients.enumerated() where !client.fqdn.isNone {
            isQualified[sets.find(position)] = true
        }
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            isQualified[sets.find(node(ofAccount: position))] = true
        }
        for (position, client) in nodes.clients.enumerated() where !client.name.isNone {
            let root = sets.find(position)
            guard !isQualified[root], let name = names[client.name] else { continue }
            unqualified[root, default: LabelledSet()].add(name, client: client, keys: nodes.keys)
        }
        for (position, account) in nodes.accounts.enumerated() where !account.account.isNone {
            let root = sets.find(node(ofAccount: position))
            guard !isQualified[root], !superseded.contains(root), let name = nodes.keys[account.account] else {
                continue
            }
            unqualified[root, default: LabelledSet()].add(name, account: account, keys: nodes.keys)
        }
        unqualified = unqualified.filter { !$0.value.isInWorkgroup }
        guard !unqualified.isEmpty else { return }
        let wanted = Set(unqualified.values.flatMap(\.labels))
        let qualified = qualifiedSets(labelled: wanted)
        var byLabel: [String: [Int]] = [:]
        for (root, set) in unqualified { for label in set.labels { byLabel[label, default: []].append(root) } }

        func choices(for root: Int) -> Set<Int> {
            guard let set = unqualified[root] else { return [] }
            var fitting: Set<Int> = []
            for label in set.labels {
                for other in qualified[label, default: [:]] where set.domains.fit(other.value) {
                    fitting.insert(other.key)
                }
            }
            guard fitting.isEmpty || set.domains.isEmpty else { return fitting }
            for other in set.labels.flatMap({ byLabel[$0, default: []] }) where other != root {
                if let otherSet = unqualified[other], set.domains.fit(otherSet.domains) { fitting.insert(other) }
            }
            return fitting
        }
        var requests: [(Int, Int)] = []
        for (root, set) in unqualified {
            let fitting = choices(for: root)
            if fitting.count > 1 { findings.count("inventory.computer.ambiguous", example: set.labels.min()) }
            guard fitting.count == 1, let target = fitting.first else { continue }
            // Two that are both known by a single name must choose each other.
            if unqualified[target] != nil, choices(for: target) != [root] { continue }
            requests.append((root, target))
        }
        for request in requests { sets.unite(request.0, request.1) }
    }

    /// The qualified computers with one of the wanted first labels, with their domains.
    private mutating func qualifiedSets(labelled wanted: Set<String>) -> [String: [Int: Domains]] {
        var found: [String: [Int: Domains]] = [:]
        for (position, client) in nodes.clients.enumerated() where !client.fqdn.isNone {
            guard let name = names[client.fqdn] else { continue }
            let label = ComputerNodes.label(name)
            guard wanted.contains(label) else { continue }
            found[label, default: [:]][sets.find(position), default: Domains()].add(name, client, keys: nodes.keys)
        }
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            guard let name = names[account.dns] else { continue }
            let label = ComputerNodes.label(name)
            let root = sets.find(node(ofAccount: position))
            guard wanted.contains(label), !superseded.contains(root) else { continue }
            found[label, default: [:]][root, default: Domains()].add(name, account, keys: nodes.keys)
        }
        return found
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

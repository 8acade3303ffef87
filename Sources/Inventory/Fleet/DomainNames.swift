import ActivationModel

/// The DNS names of domains whose NetBIOS name is not the first label of their DNS name.
///
/// A domain is given both names when it is made, and they need not resemble each other.
/// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/naming-conventions-for-computer-domain-site-ou
struct DomainNames {
    private let keys: TextPool
    private var dnsNames: [TextID: TextID] = [:]
    /// NetBIOS names of domains that the directory itself tells, with all their DNS names.
    private var told: [TextID: Set<TextID>] = [:]
    /// First labels of all DNS names of domains.
    private var labels: Set<String> = []
    /// NetBIOS names that led to a qualified computer.
    private var fitting: Set<String> = []
    /// By NetBIOS name, the computers whose name only computers of other domains have, and the first of them by name.
    private var misfits: [String: (count: Int, example: String)] = [:]

    /// Knows no DNS name yet. `keys` is the pool that holds the names of the nodes' domains.
    init(_ keys: TextPool) { self.keys = keys }

    /// The name of a domain, in lower case.
    subscript(domain: TextID) -> String? { keys[domain] }

    /// The DNS name of a NetBIOS name; nil when it is not known, or begins with the NetBIOS name.
    func dnsName(of domain: TextID) -> String? { dnsNames.isEmpty ? nil : dnsNames[domain].flatMap { keys[$0] } }

    /// Whether the directory itself tells the DNS name of a NetBIOS name, and tells no other.
    func isTold(_ domain: TextID) -> Bool { told[domain]?.count == 1 }

    // MARK: - Rows that tell both names

    /// Learns from the directory, else from rows, and from sets of rows, that tell both names of a domain. Of several DNS names
    /// the one that most rows tell is taken: a computer that was moved leaves the old NetBIOS name beside the new DNS name.
    mutating func learn(from nodes: ComputerNodes, _ sets: inout UnionFind) {
        for domain in nodes.domains { told[domain.network, default: []].insert(domain.dnsName) }
        for (network, names) in told where names.count == 1 { dnsNames[network] = names.first }
        var domains: Set<TextID> = []
        var networks: Set<TextID> = []
        for account in nodes.accounts {
            domains.insert(account.dnsDomain)
            networks.insert(account.domain)
        }
        for client in nodes.clients where client.networkType != .workgroup { networks.insert(client.networkKey) }
        let qualified = networks.filter { keys[$0].map(ComputerNodes.isQualified) ?? false }
        labels = Set(domains.union(qualified).compactMap { keys[$0].map(ComputerNodes.label) })
        let open = networks.subtracting(qualified).subtracting(told.keys).filter {
            keys[$0].map { !labels.contains($0) } ?? false
        }
        guard !open.isEmpty else { return }
        let votes = votes(for: open, nodes, &sets)
        for (network, candidates) in votes {
            let most = candidates.values.max()
            let leading = candidates.filter { $0.value == most }
            if leading.count == 1 { dnsNames[network] = leading.first?.key }
        }
    }

    /// By NetBIOS name, how many accounts stand for each DNS name.
    private func votes(
        for open: Set<TextID>, _ nodes: ComputerNodes, _ sets: inout UnionFind
    ) -> [TextID: [TextID: Int]] {
        var network = [TextID](repeating: .none, count: nodes.clients.count + nodes.accounts.count)
        func note(_ name: TextID, _ root: Int) {
            guard open.contains(name) else { return }
            // Of two names of one set the lesser one, so that the order of the rows does not matter.
            if let known = keys[network[root]], let name = keys[name], known <= name { return }
            network[root] = name
        }
        for (position, client) in nodes.clients.enumerated() where client.networkType != .workgroup {
            note(client.networkKey, sets.find(position))
        }
        for (position, account) in nodes.accounts.enumerated() where !account.domain.isNone {
            note(account.domain, sets.find(nodes.clients.count + position))
        }
        var votes: [TextID: [TextID: Int]] = [:]
        for (position, account) in nodes.accounts.enumerated() where !account.dnsDomain.isNone {
            let name = network[sets.find(nodes.clients.count + position)]
            if !name.isNone { votes[name, default: [:]][account.dnsDomain, default: 0] += 1 }
        }
        return votes
    }

    // MARK: - Names that fit nothing

    /// Notes that a computer of these domains was found under a qualified name.
    mutating func noteFit(of domains: Domains) { fitting.formUnion(domains.names) }

    /// Notes that computers have the name, but none of them in one of these domains.
    mutating func noteMisfit(of domains: Domains, name: String?) {
        guard let name, let domain = domains.names.min(), domains.names.allSatisfy({ !ComputerNodes.isQualified($0) })
        else { return }
        let known = misfits[domain]
        misfits[domain] = ((known?.count ?? 0) + 1, min(known?.example ?? name, name))
    }

    /// Tells of the domains that no other list knows. Call it once, when all rows were looked at.
    func report(to findings: inout FindingCounter) {
        for (domain, misfit) in misfits where !fitting.contains(domain) && !labels.contains(domain) {
            findings.count(
                "inventory.domain.unknown", times: misfit.count, example: "\(misfit.example) in \(domain)")
        }
    }
}

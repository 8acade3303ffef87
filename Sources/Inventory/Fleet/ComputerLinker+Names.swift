import ActivationModel

/// Rows that have nothing but a single name, which computers of several domains may have.
extension ComputerLinker {
    /// The sets all of whose accounts are deleted. A name leads to none of them: it is that of the account that came after.
    private mutating func deletedSets() -> Set<Int> {
        var deleted: Set<Int> = []
        for (position, account) in nodes.accounts.enumerated() where account.facts.deleted == .yes {
            deleted.insert(sets.find(node(ofAccount: position)))
        }
        guard !deleted.isEmpty else { return [] }
        for (position, account) in nodes.accounts.enumerated() where account.facts.deleted != .yes {
            deleted.remove(sets.find(node(ofAccount: position)))
        }
        return deleted
    }

    // MARK: - Account names

    /// Accounts without objectGUID, SID and DNS name are the one account that has them, of that name and in their domain;
    /// else they are each other, if all of them fit all others.
    mutating func uniteByAccountName() {
        var unidentified: [TextID: [Int]] = [:]
        for (position, account) in nodes.accounts.enumerated() where account.isKnownByNameOnly {
            if account.facts.deleted != .yes { unidentified[account.account, default: []].append(position) }
        }
        guard !unidentified.isEmpty else { return }
        let deleted = deletedSets()
        var identified: [TextID: [Int]] = [:]
        for (position, account) in nodes.accounts.enumerated() where !account.isKnownByNameOnly {
            guard unidentified[account.account] != nil else { continue }
            let root = sets.find(node(ofAccount: position))
            if !superseded.contains(root), !deleted.contains(root) {
                identified[account.account, default: []].append(position)
            }
        }
        var requests = LinkRequests()
        var mutual = MutualFits()
        /// The domains of the rows that request, and whether something is known of the domain of what they request.
        var requesters: [Int: Domains] = [:]
        var located: Set<Int> = []
        for (name, group) in unidentified {
            let candidates = identified[name, default: []].map { position in
                (root: sets.find(node(ofAccount: position)), domains: domains(ofAccount: position))
            }
            if candidates.isEmpty, group.count == 1 { continue }
            let rows = group.map { (node: node(ofAccount: $0), domains: domains(ofAccount: $0)) }
            for row in rows {
                let fitting = candidates.filter { $0.domains.fit(row.domains) }
                let roots = Set(fitting.map(\.root))
                if let root = roots.first, roots.count == 1 {
                    requests.add(row.node, to: root)
                    requesters[row.node] = row.domains
                    if fitting.contains(where: { !$0.domains.isEmpty }) { located.insert(root) }
                } else if roots.count > 1 {
                    reportAmbiguous("inventory.account.ambiguous", row.node, nodes.keys[name])
                } else {
                    // Accounts with an identifier come first; names alone only name each other.
                    mutual.add(row.node, fitting: rows.filter { $0.domains.fit(row.domains) }.map(\.node))
                }
            }
        }
        let settled = requests.settled { target, left, right in
            guard let left = requesters[left], let right = requesters[right] else { return true }
            return located.contains(target) ? !left.contradict(right) : left.fit(right)
        }
        for node in settled.refused + mutual.ambiguous {
            let account = nodes.accounts[node - nodes.clients.count].account
            reportAmbiguous("inventory.account.ambiguous", node, nodes.keys[account])
        }
        for request in settled.granted {
            sets.unite(request.target, request.source)
            if let domains = requesters[request.source] { domainNames.noteFit(of: domains) }
        }
        for group in mutual.groups { for node in group.dropFirst() { sets.unite(group[0], node) } }
    }

    private func domains(ofAccount position: Int) -> Domains {
        let account = nodes.accounts[position]
        guard let name = names[account.dns] else {
            var domains = Domains()
            domains.add(account, domainNames)
            return domains
        }
        var evidence = LinkEvidence()
        evidence.add(name, account, domainNames)
        return evidence.domains
    }

    /// Tells once that a row is kept apart, whatever steps meet it.
    private mutating func reportAmbiguous(_ code: String, _ node: Int, _ example: String?) {
        if ambiguous.insert(node).inserted { findings.count(code, example: example) }
    }

    // MARK: - Single names

    /// Computers that are known by a single name only: they are the one qualified computer with that first label in
    /// their domain, else the other computers of that name, if all of them fit all others.
    mutating func uniteByLabel() {
        let deleted = deletedSets()
        let unqualified = unqualifiedSets(without: deleted)
        guard !unqualified.isEmpty else { return }
        let qualified = qualifiedSets(labelled: Set(unqualified.values.flatMap(\.labels)), without: deleted)
        let candidates = LabelledCandidates(unqualified: unqualified, qualified: qualified)
        var requests = LinkRequests()
        var mutual = MutualFits()
        for (root, set) in unqualified {
            let choice = candidates.choice(for: set, at: root)
            let example = set.labels.min()
            if choice.hasNamesake { findings.count("inventory.account.namesake", example: example) }
            if choice.qualified.isEmpty {
                if choice.hasForeignName { domainNames.noteMisfit(of: set.evidence.domains, name: example) }
            } else {
                domainNames.noteFit(of: set.evidence.domains)
            }
            if choice.count > 1, !choice.qualified.isEmpty {
                reportAmbiguous("inventory.computer.ambiguous", root, example)
            } else if let target = choice.qualified.first {
                requests.add(root, to: target)
            } else if choice.count > 0 {
                mutual.add(root, fitting: choice.unqualified + [root])
            }
        }
        let settled = requests.settled { target, left, right in
            guard let left = unqualified[left]?.evidence, let right = unqualified[right]?.evidence else { return true }
            guard !left.identifiers.contradict(right.identifiers) else { return false }
            return candidates.isLocated(target)
                ? !left.domains.contradict(right.domains) : left.domains.fit(right.domains)
        }
        for root in settled.refused + mutual.ambiguous {
            reportAmbiguous("inventory.computer.ambiguous", root, unqualified[root]?.labels.min())
        }
        for request in settled.granted { sets.unite(request.target, request.source) }
        for group in mutual.groups { for root in group.dropFirst() { sets.unite(group[0], root) } }
        domainNames.report(to: &findings)
    }

    private mutating func unqualifiedSets(without deleted: Set<Int>) -> [Int: LabelledSet] {
        var found: [Int: LabelledSet] = [:]
        var isQualified = Array(repeating: false, count: nodes.clients.count + nodes.accounts.count)
        for (position, client) in nodes.clients.enumerated() where !client.fqdn.isNone {
            isQualified[sets.find(position)] = true
        }
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            isQualified[sets.find(node(ofAccount: position))] = true
        }
        for (position, client) in nodes.clients.enumerated() where !client.name.isNone {
            let root = sets.find(position)
            guard !isQualified[root], !deleted.contains(root), let name = names[client.name] else { continue }
            found[root, default: LabelledSet()].add(name, client: client, domainNames)
        }
        for (position, account) in nodes.accounts.enumerated() where !account.account.isNone {
            let root = sets.find(node(ofAccount: position))
            guard !isQualified[root], !deleted.contains(root), !superseded.contains(root),
                let name = nodes.keys[account.account]
            else { continue }
            found[root, default: LabelledSet()].add(name, account: account, domainNames)
        }
        return found.filter { !$0.value.isInWorkgroup }
    }

    /// The qualified computers with one of the wanted first labels, with what is known of them.
    private mutating func qualifiedSets(
        labelled wanted: Set<String>, without deleted: Set<Int>
    ) -> [String: [Int: LinkEvidence]] {
        var found: [String: [Int: LinkEvidence]] = [:]
        for (position, client) in nodes.clients.enumerated() where !client.fqdn.isNone {
            guard let name = names[client.fqdn] else { continue }
            let label = ComputerNodes.label(name)
            let root = sets.find(position)
            guard wanted.contains(label), !deleted.contains(root) else { continue }
            found[label, default: [:]][root, default: LinkEvidence()].domains.add(name, client, domainNames)
        }
        for (position, account) in nodes.accounts.enumerated() where !account.dns.isNone {
            guard let name = names[account.dns] else { continue }
            let label = ComputerNodes.label(name)
            let root = sets.find(node(ofAccount: position))
            guard wanted.contains(label), !superseded.contains(root), !deleted.contains(root) else { continue }
            found[label, default: [:]][root, default: LinkEvidence()].add(name, account, domainNames)
        }
        return found
    }
}

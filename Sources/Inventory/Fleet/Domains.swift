import ActivationModel

/// What is known of the domains that a computer belongs to: NetBIOS and DNS names in lower case.
struct Domains {
    private(set) var names: Set<String> = []
    /// The DNS names of the domains that hold the account itself. The suffix of the computer's name may be another.
    ///
    /// Source: https://learn.microsoft.com/windows-server/identity/ad-ds/plan/disjoint-namespace
    private var ofAccount: Set<String> = []

    /// NetBIOS names whose DNS name the directory itself tells, which is among `names` then.
    private var resolved: Set<String> = []

    var isEmpty: Bool { names.isEmpty }

    /// A name of a domain or workgroup in lower case.
    mutating func add(_ name: String?) { if let name, !name.isEmpty { names.insert(name) } }

    /// What a row says about the domain that its account is in.
    mutating func add(_ account: AccountNode, _ domainNames: DomainNames) {
        add(network: account.domain, domainNames)
        guard let name = domainNames[account.dnsDomain] else { return }
        names.insert(name)
        ofAccount.insert(name)
    }

    /// What VAMT says about the network of a computer.
    mutating func add(_ client: ClientNode, _ domainNames: DomainNames) {
        guard client.networkType != .workgroup else { return }
        add(network: client.networkKey, domainNames)
    }

    private mutating func add(network: TextID, _ domainNames: DomainNames) {
        add(domainNames[network])
        add(domainNames.dnsName(of: network))
        if domainNames.isTold(network), let name = domainNames[network] { resolved.insert(name) }
    }

    /// What a qualified client says: its suffix and the network that is recorded for it.
    mutating func add(_ qualifiedName: String, _ client: ClientNode, _ domainNames: DomainNames) {
        add(String(ComputerNodes.suffix(qualifiedName)))
        add(client, domainNames)
    }

    /// Whether the two may be the same domain: a name is the same, or a NetBIOS name is the first label of a DNS name,
    /// as it is unless the domain was renamed. Nothing known of one side fits everything.
    ///
    /// Domains of two forests may share a NetBIOS name. So it says nothing more where the DNS name that goes with it is told.
    func fit(_ other: Domains) -> Bool {
        if names.isEmpty || other.names.isEmpty { return true }
        if !ofAccount.isEmpty, !other.ofAccount.isEmpty { return !contradict(other) }
        return names.contains { left in other.names.contains { right in fit(left, other, right) } }
    }

    /// Whether the accounts are known to be in different domains.
    func contradict(_ other: Domains) -> Bool {
        !ofAccount.isEmpty && !other.ofAccount.isEmpty && ofAccount.isDisjoint(with: other.ofAccount)
    }

    private func fit(_ left: String, _ other: Domains, _ right: String) -> Bool {
        switch (ComputerNodes.isQualified(left), ComputerNodes.isQualified(right)) {
        case (true, true): left == right
        case (false, false): left == right && !(tellsDNSName(of: left) && other.tellsDNSName(of: right))
        case (false, true): ComputerNodes.label(right) == left && !tellsDNSName(of: left)
        case (true, false): ComputerNodes.label(left) == right && !other.tellsDNSName(of: right)
        }
    }

    private func tellsDNSName(of network: String) -> Bool {
        resolved.contains(network)
            || names.contains { ComputerNodes.isQualified($0) && ComputerNodes.label($0) == network }
    }
}

import ActivationModel

/// What is known of the domains that a computer belongs to: NetBIOS and DNS names in lower case.
struct Domains {
    private(set) var names: Set<String> = []
    /// The DNS names of the domains that hold the account itself. The suffix of the computer's name may be another.
    ///
    /// Source: https://learn.microsoft.com/windows-server/identity/ad-ds/plan/disjoint-namespace
    private var ofAccount: Set<String> = []

    var isEmpty: Bool { names.isEmpty }

    mutating func add(_ name: String?) { if let name, !name.isEmpty { names.insert(name) } }

    /// What a row says about the domain that its account is in.
    mutating func add(_ account: AccountNode, _ domainNames: DomainNames) {
        add(domainNames[account.domain])
        add(domainNames.dnsName(of: account.domain))
        guard let name = domainNames[account.dnsDomain] else { return }
        names.insert(name)
        ofAccount.insert(name)
    }

    /// What VAMT says about the network of a computer.
    mutating func add(_ client: ClientNode, _ domainNames: DomainNames) {
        guard client.networkType != .workgroup else { return }
        add(domainNames[client.networkKey])
        add(domainNames.dnsName(of: client.networkKey))
    }

    /// What a qualified client says: its suffix and the network that is recorded for it.
    mutating func add(_ qualifiedName: String, _ client: ClientNode, _ domainNames: DomainNames) {
        add(String(ComputerNodes.suffix(qualifiedName)))
        add(client, domainNames)
    }

    /// Whether the two may be the same domain: a name is the same, or a NetBIOS name is the first label of a DNS name,
    /// as it is unless the domain was renamed. Nothing known of one side fits everything.
    func fit(_ other: Domains) -> Bool {
        if names.isEmpty || other.names.isEmpty { return true }
        if !ofAccount.isEmpty, !other.ofAccount.isEmpty { return !ofAccount.isDisjoint(with: other.ofAccount) }
        return names.contains { left in other.names.contains { right in Domains.fit(left, right) } }
    }

    private static func fit(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        switch (ComputerNodes.isQualified(left), ComputerNodes.isQualified(right)) {
        case (false, true): return ComputerNodes.label(right) == left
        case (true, false): return ComputerNodes.label(left) == right
        default: return false
        }
    }
}

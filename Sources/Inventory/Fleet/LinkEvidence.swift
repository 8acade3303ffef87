import ActivationModel

/// What identifies an account beyond its names.
struct AccountIdentifiers {
    private(set) var hasObjectGUID = false
    private var sid = TextID.none
    private var hasSeveralSIDs = false

    mutating func add(_ account: AccountNode) {
        if account.objectGUID != nil { hasObjectGUID = true }
        guard !account.sid.isNone else { return }
        if !sid.isNone, sid != account.sid { hasSeveralSIDs = true }
        sid = account.sid
    }

    /// Whether two sets of rows are two accounts, whatever their names.
    ///
    /// The rows of one objectGUID are one node, so two sets that have one each have different ones.
    func contradict(_ other: AccountIdentifiers) -> Bool {
        if hasObjectGUID, other.hasObjectGUID { return true }
        if sid.isNone || other.sid.isNone || hasSeveralSIDs || other.hasSeveralSIDs { return false }
        return sid != other.sid
    }
}

/// What the rows of a computer say beside its name about which computer it is.
struct LinkEvidence {
    var domains = Domains()
    var identifiers = AccountIdentifiers()

    /// What an account with a DNS name says. The suffix of the name may differ from the domain.
    mutating func add(_ qualifiedName: String, _ account: AccountNode, _ domainNames: DomainNames) {
        domains.add(String(ComputerNodes.suffix(qualifiedName)))
        domains.add(account, domainNames)
        identifiers.add(account)
    }
}

/// A computer that is known by single names only.
struct LabelledSet {
    private(set) var labels: Set<String> = []
    private(set) var evidence = LinkEvidence()
    /// Whether VAMT found it in a workgroup; then it has no account, and a name alone says nothing.
    private(set) var isInWorkgroup = false

    mutating func add(_ name: String, client: ClientNode, _ domainNames: DomainNames) {
        labels.insert(name)
        if client.networkType == .workgroup { isInWorkgroup = true } else { evidence.domains.add(client, domainNames) }
    }

    mutating func add(_ name: String, account: AccountNode, _ domainNames: DomainNames) {
        labels.insert(name)
        evidence.domains.add(account, domainNames)
        evidence.identifiers.add(account)
    }
}

/// The computers that a single name may stand for.
struct LabelledCandidates {
    /// What one computer that is known by a single name fits.
    struct Choice {
        var qualified: Set<Int> = []
        var unqualified: [Int] = []
        /// Whether another account has its name and its domain, as far as is known.
        var hasNamesake = false
        /// Whether a qualified computer of another domain has its name.
        var hasForeignName = false

        var count: Int { qualified.count + unqualified.count }
    }

    private let sets: [Int: LabelledSet]
    private let qualified: [String: [Int: LinkEvidence]]
    private var located: Set<Int> = []
    /// By label. Sets with an objectGUID are apart, since none of them fits another: a name that thousands of them have
    /// takes no longer than thousands of names.
    private var identified: [String: [Int]] = [:]
    private var others: [String: [Int]] = [:]

    init(unqualified: [Int: LabelledSet], qualified: [String: [Int: LinkEvidence]]) {
        sets = unqualified
        self.qualified = qualified
        for (root, set) in unqualified {
            for label in set.labels {
                if set.evidence.identifiers.hasObjectGUID {
                    identified[label, default: []].append(root)
                } else {
                    others[label, default: []].append(root)
                }
            }
        }
        for computers in qualified.values {
            for (root, evidence) in computers where !evidence.domains.isEmpty { located.insert(root) }
        }
    }

    /// Whether something is known of the domain of a qualified computer.
    func isLocated(_ root: Int) -> Bool { located.contains(root) }

    func choice(for set: LabelledSet, at root: Int) -> Choice {
        var choice = Choice()
        for label in set.labels {
            for (other, evidence) in qualified[label, default: [:]] {
                if !set.evidence.domains.fit(evidence.domains) {
                    choice.hasForeignName = true
                } else if set.evidence.identifiers.contradict(evidence.identifiers) {
                    choice.hasNamesake = true
                } else {
                    choice.qualified.insert(other)
                }
            }
        }
        var unqualified: Set<Int> = []
        for label in set.labels {
            for other in others[label, default: []] where other != root {
                guard let evidence = sets[other]?.evidence, set.evidence.domains.fit(evidence.domains) else { continue }
                if set.evidence.identifiers.contradict(evidence.identifiers) {
                    choice.hasNamesake = true
                } else {
                    unqualified.insert(other)
                }
            }
            for other in identified[label, default: []] where other != root {
                if set.evidence.identifiers.hasObjectGUID, choice.hasNamesake { break }
                guard let evidence = sets[other]?.evidence, set.evidence.domains.fit(evidence.domains) else { continue }
                if set.evidence.identifiers.contradict(evidence.identifiers) {
                    choice.hasNamesake = true
                } else {
                    unqualified.insert(other)
                }
            }
        }
        // Its domain leads to the qualified computer; without one it may as well be any other.
        if choice.qualified.isEmpty || set.evidence.domains.isEmpty { choice.unqualified = unqualified.sorted() }
        return choice
    }
}

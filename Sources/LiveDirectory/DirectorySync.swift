import Interchange

/// What is asked of a directory, and how.
public struct DirectorySync: Sendable {
    /// Domain controllers. The first one tells which domains there are; each other one serves its own domain.
    public var servers: [DirectoryURL]
    public var signIn: SignIn
    public var options: ConnectionOptions
    /// Where to search instead of in the domains of the forest.
    public var bases: [String] = []
    /// DNS names of the domains to read; empty for all of the forest.
    public var domains: [String] = []
    /// What computers must match, as RFC 4515 writes it; nil for all.
    public var filter: String?
    /// Whether groups are read, too, as lists of their own.
    public var readsGroups = true
    /// Most entries of a page. Active Directory gives 1,000 at most by default.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/view-set-ldap-policy-using-ntdsutil
    public var pageSize = 500

    /// Asks servers for everything.
    public init(servers: [DirectoryURL], signIn: SignIn, options: ConnectionOptions) {
        self.servers = servers
        self.signIn = signIn
        self.options = options
    }

    /// How servers are found and reached; tests put their own in.
    struct Network: Sendable {
        var connect: @Sendable (DirectoryURL) throws -> any DirectoryConnection
        /// The hosts that DNS names as the domain controllers of a domain.
        var hosts: @Sendable (_ domain: String) -> [String]
        /// Waits for some milliseconds; throws when the user stopped the search meanwhile.
        var pause: @Sendable (_ milliseconds: Int) throws -> Void
    }

    /// How many domain controllers of a domain are tried.
    private static let attempts = 3

    /// Signs in to the servers and finds the lists to read: for every domain or base its computers, then its groups. A
    /// domain that no server answers for becomes one list that fails when it is read, so that the others are read all the
    /// same.
    ///
    /// - Throws: `DirectoryError` when the first server cannot be used at all.
    func lists(_ network: Network) throws -> [DomainList] {
        guard let first = servers.first else { return [] }
        let connection = try network.connect(first)
        if !bases.isEmpty { return bases.flatMap { lists(base: $0, on: first, network) } }
        let root = try RootEntry(connection)
        guard let own = root.defaultNamingContext, root.isActiveDirectory else {
            throw DirectoryError(
                .refused, code: "directory.server.foreign",
                message: "\(first) is no domain controller of Active Directory.",
                remedy: "Name a domain controller, or the place to search with --base.")
        }
        var forest =
            try root.configurationNamingContext.map {
                try ForestDomain.all(connection, configuration: $0)
            } ?? []
        if !forest.contains(where: { $0.base.lowercased() == own.lowercased() }) {
            forest.append(ForestDomain(base: own, dnsName: ForestDomain.dnsName(of: own)))
        }
        var serving = [own.lowercased(): first]
        for server in servers.dropFirst() {
            let root = try RootEntry(network.connect(server))
            if let base = root.defaultNamingContext, serving[base.lowercased()] == nil {
                serving[base.lowercased()] = server
            }
        }
        return try chosen(from: forest).flatMap { domain in
            if let server = serving[domain.base.lowercased()] { return lists(base: domain.base, on: server, network) }
            return try lists(of: domain, like: first, network)
        }
    }

    /// The domains that the user named, or all.
    private func chosen(from forest: [ForestDomain]) throws(DirectoryError) -> [ForestDomain] {
        guard !domains.isEmpty else { return forest }
        var chosen: [ForestDomain] = []
        for name in domains {
            guard let domain = forest.first(where: { $0.dnsName.lowercased() == name.lowercased() }) else {
                throw DirectoryError(
                    .usage, code: "directory.domain.unknown",
                    message: "The forest has no domain “\(name.shown)”.",
                    remedy: "Its domains are: \(forest.map(\.dnsName).joined(separator: ", ")).")
            }
            if !chosen.contains(domain) { chosen.append(domain) }
        }
        return chosen
    }

    private func lists(base: String, on server: DirectoryURL, _ network: Network) -> [DomainList] {
        let computers = computers(base: base, on: server, network)
        guard readsGroups else { return [computers] }
        let groups = DomainList(
            name: server.list(base: base, filter: DomainList.groups), isComplete: true, connect: computers.connect,
            pause: network.pause, base: base, filter: nil, pageSize: min(pageSize, DomainList.groupPageSize),
            content: .groups)
        return [computers, groups]
    }

    private func computers(base: String, on server: DirectoryURL, _ network: Network) -> DomainList {
        DomainList(
            name: server.list(base: base, filter: filter), isComplete: filter == nil,
            connect: { try network.connect(server) }, pause: network.pause, base: base, filter: filter,
            pageSize: pageSize)
    }

    /// The lists of a domain whose domain controllers must be found first.
    private func lists(of domain: ForestDomain, like first: DirectoryURL, _ network: Network) throws -> [DomainList] {
        let found = network.hosts(domain.dnsName)
        // The name of a domain leads to its domain controllers, too, but few certificates hold it.
        let hosts = found.isEmpty ? [domain.dnsName] : Array(found.prefix(DirectorySync.attempts))
        var failure: DirectoryError?
        for host in hosts {
            let server = DirectoryURL(scheme: first.scheme, host: host)
            do {
                _ = try network.connect(server)
                return lists(base: domain.base, on: server, network)
            } catch let error as DirectoryError where error.kind != .cancelled {
                failure = failure ?? error
            }
        }
        let server = DirectoryURL(scheme: first.scheme, host: hosts.first ?? domain.dnsName)
        guard var failure else { return lists(base: domain.base, on: server, network) }
        failure.remedy += " Or name a domain controller of \(domain.dnsName) as a further server."
        return [computers(base: domain.base, on: server, network).failing(failure)]
    }
}

extension DomainList {
    /// A list that cannot be read, for the reason that was found.
    func failing(_ error: DirectoryError) -> DomainList {
        DomainList(
            name: name, isComplete: isComplete, connect: { throw error }, pause: pause, base: base, filter: filter,
            pageSize: pageSize)
    }
}

extension ForestDomain {
    /// The DNS name that a base of a domain stands for.
    static func dnsName(of base: String) -> String {
        base.split(separator: ",").compactMap { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && pair[0].lowercased() == "dc" ? String(pair[1]) : nil
        }.joined(separator: ".")
    }
}

#if LiveDirectory
    extension DirectorySync {
        /// Signs in to the servers and finds the lists to read.
        ///
        /// - Throws: `DirectoryError` when the first server cannot be used at all, or `cancellation` was asked for.
        public func lists(cancellation: Cancellation) throws -> [DomainList] {
            let signIn = self.signIn
            let options = self.options
            return try lists(
                Network(
                    connect: { server in
                        try LDAPConnection(server, signIn: signIn, options: options, cancellation: cancellation)
                    },
                    hosts: DomainControllers.hosts,
                    pause: { try cancellation.pause(milliseconds: $0) }))
        }
    }
#endif

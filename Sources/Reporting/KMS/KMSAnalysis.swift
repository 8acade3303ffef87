import ActivationModel

/// What the records of Key Management Service mean: clients, what hosts count, failures.
///
/// A host counts the client machine ids that asked it within the last 30 days, for Windows and for Office apart; clients and
/// servers count together. Clients of Windows are activated from 25 on, servers and Office from 5 on. A host keeps at most
/// twice the number that it needs, which does not change whether it is enough.
///
/// Source: https://learn.microsoft.com/windows-server/get-started/kms-activation-planning
struct KMSAnalysis {
    /// What the number that a product asks for is counted among.
    enum Kind: String, CaseIterable, Comparable {
        case windowsClient, windowsServer, office

        var title: String {
            switch self {
            case .windowsClient: "Windows clients"
            case .windowsServer: "Windows servers"
            case .office: "Office"
            }
        }
        var isOffice: Bool { self == .office }
        static func < (left: Kind, right: Kind) -> Bool { left.rank < right.rank }
        private var rank: Int { Kind.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A client machine id and all who used it.
    struct Client {
        var id: GUID
        /// The names under which it asked, with first and last request of each.
        var names: [(name: String, first: Timestamp, last: Timestamp)] = []
        var hosts: Set<String> = []
        /// Positions of the requests among the events.
        var requests: [Int] = []
        var first: Timestamp
        var last: Timestamp
        var count = 0
        var countInWindow = 0
        var isDuplicate = false
        /// Whether two names asked in turn, so that no change of name explains them.
        var overlaps = false
    }

    /// What one host counts for one kind of product.
    struct Count {
        var kind: Kind
        var needed: Int
        /// Clients of the last days.
        var counted: Int
        /// Most clients at one time, and when that was reached first.
        var most: Int
        var mostAt: Timestamp?
        var isEnough: Bool { counted >= needed }
        var wasEverEnough: Bool { most >= needed }
    }

    /// One host, as its log, its own state and its clients show it.
    struct Host {
        /// Nil for logs that do not say whose they are.
        var name: String?
        var first: Timestamp?
        var last: Timestamp?
        /// Whether the host's log of requests is there; without it the numbers of requests and clients are unknown.
        var hasLog: Bool { requests > 0 }
        var requests = 0
        var requestsInWindow = 0
        var clients = 0
        var clientsInWindow = 0
        var counts: [Count] = []
        var state: Sourced<KMSHostRecord>?
        /// The same for Office, which the host counts apart.
        var officeState: Sourced<KMSHostRecord>?
        /// DNS domains in which it published itself, with the last time.
        var domains: [(domain: String, at: Timestamp)] = []
        /// How many clients say in their own logs that they asked it.
        var askedBy = 0
    }

    /// Events that failed for one reason.
    struct Failure {
        var kind: KMSEventKind
        var computer: String?
        var code: UInt32
        var flags: UInt32?
        var partners: Set<String> = []
        var count = 0
        var countInWindow = 0
        var first: Timestamp
        var last: Timestamp
        var source: SourceReference?
    }

    let records: KMSRecords
    private(set) var clients: [Client] = []
    private(set) var hosts: [Host] = []
    private(set) var failures: [Failure] = []
    /// The kind of each request a host received, by its position among the events.
    private(set) var kinds: [Int: Kind] = [:]

    init(_ records: KMSRecords) {
        self.records = records
        findClients()
        findKinds()
        findHosts()
        findFailures()
    }

    var duplicates: [Client] { clients.filter(\.isDuplicate) }

    // MARK: - Clients

    private mutating func findClients() {
        var positions: [GUID: Int] = [:]
        for (index, group) in records.events.enumerated() where group.newest.kind == .requestReceived {
            guard let id = group.newest.clientMachineID, let name = group.newest.partner else { continue }
            let last = group.newest.at
            let position = positions[id] ?? clients.count
            if position == clients.count {
                positions[id] = position
                clients.append(Client(id: id, first: group.first, last: last))
            }
            clients[position].first = min(clients[position].first, group.first)
            clients[position].last = max(clients[position].last, last)
            clients[position].count += group.count
            clients[position].countInWindow += group.countInWindow
            clients[position].requests.append(index)
            if let host = group.newest.computer { clients[position].hosts.insert(host) }
            clients[position].add(name, group.first, last)
        }
        for index in clients.indices { clients[index].judge() }
        clients.sort { $0.id < $1.id }
    }

    // MARK: - Kinds

    /// Decides what a request was for: by the product where files name it, else by the number that it asks for. A client
    /// that also asks for 25 is no server, so what it asks for with 5 is Office; that is a deduction.
    private mutating func findKinds() {
        for client in clients {
            let asksAsClient = client.requests.contains { (records.events[$0].newest.minimumCount ?? 0) > 5 }
            for request in client.requests {
                let event = records.events[request].newest
                let isOffice = event.activationID.flatMap { records.products[$0]?.isOffice }
                let isSmall = (event.minimumCount ?? 5) <= 5
                kinds[request] =
                    if isOffice == true || (isOffice == nil && isSmall && asksAsClient) { .office } else {
                        isSmall ? .windowsServer : .windowsClient
                    }
            }
        }
    }

    // MARK: - Hosts

    private mutating func findHosts() {
        var found: [String: Host] = [:]
        var requests: [String: [Int]] = [:]
        var askers: [String: Set<String>] = [:]
        for (index, group) in records.events.enumerated() {
            let event = group.newest
            guard event.kind.isOfHost else {
                if let host = event.partner.map(KMSAnalysis.withoutPort) {
                    askers[host, default: []].insert(event.computer ?? "")
                }
                continue
            }
            let name = event.computer ?? ""
            var host = found[name] ?? Host(name: event.computer)
            host.first = min(host.first ?? group.first, group.first)
            host.last = max(host.last ?? event.at, event.at)
            if event.kind == .requestReceived {
                host.requests += group.count
                host.requestsInWindow += group.countInWindow
                requests[name, default: []].append(index)
            } else if event.kind == .published, let domain = event.partner {
                host.domains.append((domain, event.at))
            }
            found[name] = host
        }
        for state in records.hosts {
            let name = state.record.computer
            if state.record.isOffice {
                found[name, default: Host(name: name)].officeState = state
            } else {
                found[name, default: Host(name: name)].state = state
            }
        }
        for (name, askers) in askers { found[name, default: Host(name: name)].askedBy = askers.count }
        for (name, requests) in requests {
            let groups = requests.map { records.events[$0] }
            found[name]?.clients = Set(groups.compactMap(\.newest.clientMachineID)).count
            found[name]?.clientsInWindow =
                Set(groups.filter { $0.countInWindow > 0 }.compactMap(\.newest.clientMachineID)).count
            found[name]?.counts = counts(requests)
        }
        hosts = found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// A host's name without the port behind it.
    private static func withoutPort(_ text: String) -> String {
        guard let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].allSatisfy(\.isNumber) else {
            return text
        }
        return String(text[..<colon])
    }

    /// What a host counts, kind by kind, from the positions of its requests.
    private func counts(_ requests: [Int]) -> [Count] {
        Set(requests.compactMap { kinds[$0] }).sorted().map { kind in
            let counting = requests.filter { kinds[$0]?.isOffice == kind.isOffice }
            let counted = counting.filter { records.events[$0].countInWindow > 0 }
                .compactMap { records.events[$0].newest.clientMachineID }
            let most = most(counting)
            let needed = requests.filter { kinds[$0] == kind }.compactMap { records.events[$0].newest.minimumCount }
                .max()
            return Count(
                kind: kind, needed: needed ?? (kind == .windowsClient ? 25 : 5), counted: Set(counted).count,
                most: most.count, mostAt: most.at)
        }
    }

    /// The most clients that asked within one window, and when that number was reached first.
    private func most(_ requests: [Int]) -> (count: Int, at: Timestamp?) {
        let window = Int64(records.windowDays) * 86_400_000
        var spans: [GUID: [(start: Int64, end: Int64)]] = [:]
        for request in requests {
            guard let id = records.events[request].newest.clientMachineID else { continue }
            for run in records.events[request].runs {
                spans[id, default: []].append(
                    (run.lowerBound.milliseconds, run.upperBound.milliseconds + window))
            }
        }
        // A client counts once, however many of its requests overlap.
        var changes: [(at: Int64, step: Int)] = []
        for spans in spans.values {
            var end = Int64.min
            for span in spans.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
                if span.start > end {
                    if end != .min { changes.append((end, -1)) }
                    changes.append((span.start, 1))
                }
                end = max(end, span.end)
            }
            changes.append((end, -1))
        }
        // The host counts a client for the whole window, so whoever leaves at the same moment still counts.
        changes.sort { $0.at != $1.at ? $0.at < $1.at : $0.step > $1.step }
        var count = 0
        var best: (count: Int, at: Timestamp?) = (0, nil)
        for change in changes {
            count += change.step
            if count > best.count { best = (count, Timestamp(milliseconds: change.at)) }
        }
        return best
    }

    // MARK: - Failures

    private mutating func findFailures() {
        struct Key: Hashable {
            var kind: KMSEventKind
            var computer: String?
            var code: UInt32
        }
        var positions: [Key: Int] = [:]
        for group in records.events {
            let event = group.newest
            guard let code = event.result, code != 0 else { continue }
            let key = Key(kind: event.kind, computer: event.computer, code: code)
            let position = positions[key] ?? failures.count
            if position == failures.count {
                positions[key] = position
                failures.append(
                    Failure(
                        kind: event.kind, computer: event.computer, code: code, first: group.first, last: event.at,
                        source: group.source))
            }
            failures[position].count += group.count
            failures[position].countInWindow += group.countInWindow
            failures[position].first = min(failures[position].first, group.first)
            if let partner = event.partner { failures[position].partners.insert(partner) }
            if event.at >= failures[position].last {
                failures[position].last = event.at
                failures[position].source = group.source
                failures[position].flags = event.flags
            }
        }
        failures.sort {
            ($0.computer ?? "", $0.kind.rawValue, $0.code) < ($1.computer ?? "", $1.kind.rawValue, $1.code)
        }
    }
}

extension KMSAnalysis.Client {
    /// Notes a name. `pc1` and `pc1.contoso.example` are one.
    fileprivate mutating func add(_ name: String, _ first: Timestamp, _ last: Timestamp) {
        for index in names.indices where KMSAnalysis.Client.areOne(names[index].name, name) {
            if name.count > names[index].name.count { names[index].name = name }
            names[index].first = min(names[index].first, first)
            names[index].last = max(names[index].last, last)
            return
        }
        names.append((name, first, last))
    }

    /// Decides whether several computers share the id.
    fileprivate mutating func judge() {
        names.sort { ($0.first, $0.name) < ($1.first, $1.name) }
        isDuplicate = names.count > 1
        overlaps = zip(names, names.dropFirst()).contains { $0.last >= $1.first }
    }

    private static func areOne(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let (short, long) = left.count < right.count ? (left, right) : (right, left)
        return !short.contains(".") && long.hasPrefix(short + ".")
    }
}

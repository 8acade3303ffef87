import ActivationModel
import Foundation
import GRDB

/// A row of the `client` table, as far as it takes part in linking.
struct ClientNode {
    var row: Int64
    /// In lower case; none for a file without personal data.
    var name: TextID
    /// Name and DNS domain, if both are known.
    var fqdn: TextID = .none
    var network: TextID
    /// `network` in lower case, in the linking pool.
    var networkKey: TextID
    var networkType: NetworkType
    /// The network type as written where it is none of the known ones.
    var networkTypeText: TextID
    var vamtID: GUID?
    var osEdition: TextID
    var osVersion: TextID
    var isKMSHost: Tristate
    var place: Place
    /// See `ClientEntity.versionClock`.
    var clock: Int64
    /// Whether some values are older than the rest; then the row has more to tell than this.
    var isOverlaid: Bool

    /// What the row says, as `ClientEntity` lays it out, without its name and id; nil when only the row can tell.
    func observation(_ pool: TextPool) -> Observation? {
        guard !isOverlaid else { return nil }
        var values: [FieldValue] = Array(repeating: .missing, count: ClientEntity.Column.allCases.count)
        values[ClientEntity.Column.network.rawValue] = FieldValue(pool[network])
        values[ClientEntity.Column.osEdition.rawValue] = FieldValue(pool[osEdition])
        values[ClientEntity.Column.osVersion.rawValue] = FieldValue(pool[osVersion])
        values[ClientEntity.Column.isKMSHost.rawValue] = FieldValue(isKMSHost.value)
        return Observation(record: values, layout: ClientEntity.layout)
    }
}

/// A row of the `account` table, as far as it takes part in linking.
struct AccountNode {
    var row: Int64
    var objectGUID: GUID?
    /// In the linking pool.
    var sid: TextID
    /// In lower case, in the fleet's pool, as names of clients are.
    var dns: TextID
    /// `sAMAccountName`, else the name, in lower case, in the linking pool.
    var account: TextID
    /// The NetBIOS domain in lower case, in the linking pool.
    var domain: TextID
    /// The DNS name of the domain, by the distinguished name if there is one, in the linking pool.
    var dnsDomain: TextID
    /// The newest sign of life.
    var clock: Int64
    /// What the directory says, for the computer that this becomes.
    var facts: Computer

    /// Whether nothing but an account name, and perhaps its domain, tells which account it is.
    var isKnownByNameOnly: Bool { objectGUID == nil && sid.isNone && dns.isNone && !account.isNone }
}

/// All computers of VAMT and of the directory, before it is known which are the same.
struct ComputerNodes {
    var clients: [ClientNode] = []
    var accounts: [AccountNode] = []
    /// Groups of all accounts; `facts.groups` points into it.
    var groups: [TextID] = []
    /// Hardware addresses with the positions of their clients, for clients that are in no domain.
    var macs: [(mac: Int64, client: Int)] = []
    /// The names of domains that the directory tells, in the linking pool.
    var domains: [(network: TextID, dnsName: TextID)] = []
    /// Texts that only linking needs.
    var keys = TextPool()
    private let loader: GroupLoader?
    private var memberships: GroupLoader.Memberships?

    /// The first label of a host name.
    static func label(_ name: String) -> String { String(name.prefix { $0 != "." }) }
    /// What follows the first dot; empty for a single label.
    static func suffix(_ name: String) -> Substring {
        name.firstIndex(of: ".").map { name[name.index(after: $0)...] } ?? ""
    }
    static func isQualified(_ name: String) -> Bool { name.utf8.contains(UInt8(ascii: ".")) }

    /// `groups` tells memberships beside those that accounts tell themselves.
    init(_ database: Database, texts: FleetTexts, groups loader: GroupLoader? = nil) throws {
        self.loader = loader
        try readClients(database, texts)
        // Identifiers and short names only matter where a row has nothing better, which is seldom: then they cost memory.
        let isWithoutID = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE object_guid IS NULL)")
        let isWithoutDNS = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM account WHERE dns_host_name IS NULL)")
        try readAccounts(
            database, texts, withSIDs: isWithoutID ?? true,
            withNames: (isWithoutDNS ?? true) || clients.contains { $0.fqdn.isNone })
        try readMACs(database)
        domains = try DomainTable.all(database).map { (keys.intern($0.netBIOSName), keys.intern($0.dnsName)) }
    }

    private mutating func readClients(_ database: Database, _ texts: FleetTexts) throws {
        clients.reserveCapacity(try Int.fetchOne(database, sql: "SELECT count(*) FROM client") ?? 0)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, name, network, network_type, os_edition, os_version, is_kms_host, source, line, vamt_id,
                    overlay IS NOT NULL, network_type_text
                FROM client ORDER BY id
                """)
        var clocks: [TextID: Int64] = [:]
        var networkKeys: [TextID: TextID] = [:]
        while let row = try rows.next() {
            let name = row[1] as String?
            let network = try texts.shared(row[2])
            let type = (row[3] as Int64?).flatMap { NetworkType(rawValue: Int($0)) } ?? .none
            let version = try texts.shared(row[5])
            if clocks[version] == nil { clocks[version] = ClientEntity.versionClock(texts.pool[version]) }
            if networkKeys[network] == nil { networkKeys[network] = keys.intern(texts.pool[network]?.lowercased()) }
            var node = ClientNode(
                row: row[0], name: texts.pool.intern(name), network: network,
                networkKey: networkKeys[network] ?? .none, networkType: type,
                networkTypeText: try texts.shared(row[11]), vamtID: (row[9] as Data?).flatMap { GUID(stored: $0) },
                osEdition: try texts.shared(row[4]),
                osVersion: version, isKMSHost: Tristate((row[6] as Int64?).map { $0 != 0 }),
                place: texts.place(row, 7), clock: clocks[version] ?? Observation.noTime,
                isOverlaid: row[10])
            if let name {
                if ComputerNodes.isQualified(name) {
                    node.fqdn = node.name
                } else if type != .workgroup, let domain = keys[node.networkKey], ComputerNodes.isQualified(domain) {
                    node.fqdn = texts.pool.intern(name + "." + domain)
                }
            }
            clients.append(node)
        }
    }

    private mutating func readAccounts(
        _ database: Database, _ texts: FleetTexts, withSIDs: Bool, withNames: Bool
    ) throws {
        accounts.reserveCapacity(try Int.fetchOne(database, sql: "SELECT count(*) FROM account") ?? 0)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT id, object_guid, sid, dns_host_name, sam_account_name, name, distinguished_name,
                    operating_system, operating_system_version, operating_system_service_pack, disabled, deleted,
                    last_logon, password_last_set, created, location, account_control, member_of, domain, source, line,
                    dns_domain
                FROM account ORDER BY id
                """)
        var domains: [TextID: TextID] = [:]
        var objects = ObjectKeys()
        while let row = try rows.next() {
            var facts = Computer()
            facts.objectGUID = (row[1] as Data?).flatMap { GUID(stored: $0) }
            facts.operatingSystem = try texts.shared(row[7])
            facts.operatingSystemVersion = try texts.shared(row[8])
            facts.operatingSystemServicePack = try texts.shared(row[9])
            facts.enabled = Tristate((row[10] as Int64?).map { $0 == 0 })
            facts.deleted = Tristate((row[11] as Int64?).map { $0 != 0 })
            facts.lastLogon = (row[12] as Int64?).map { Timestamp(milliseconds: $0) }
            facts.passwordLastSet = (row[13] as Int64?).map { Timestamp(milliseconds: $0) }
            facts.created = (row[14] as Int64?).map { Timestamp(milliseconds: $0) }
            facts.location = try texts.shared(row[15])
            facts.accountControl = (row[16] as Int64?).flatMap { Int32(exactly: $0) } ?? -1
            let domain = try texts.shared(row[18])
            let dnsDomain = try texts.shared(row[21])
            facts.network = domain.isNone ? dnsDomain : domain
            facts.directoryPlace = texts.place(row, 19)
            let members = try texts.sharedList(row[17])
            facts.groups = Run(start: groups.count, count: members.count)
            groups += members
            let name: String? = row[6]
            if let name { facts.organizationalUnit = texts.pool.intern(DistinguishedName.container(name)) }
            if let loader {
                objects.append(name, in: facts.organizationalUnit, texts.pool)
                if loader.needsSIDs { objects.append(sid: row[2]) }
            }
            // The domain stands in the container, which many accounts share.
            if domains[facts.organizationalUnit] == nil {
                domains[facts.organizationalUnit] = keys.intern(
                    DistinguishedName.dnsDomain(texts.pool[facts.organizationalUnit]))
            }
            let containerDomain = domains[facts.organizationalUnit] ?? .none
            let dns = texts.pool.intern(row[3] as String?)
            accounts.append(
                AccountNode(
                    row: row[0], objectGUID: facts.objectGUID, sid: withSIDs ? keys.intern(row[2] as String?) : .none,
                    dns: dns,
                    account: withNames ? keys.intern((row[4] as String? ?? row[5] as String?)?.lowercased()) : .none,
                    domain: keys.intern(texts.pool[domain]?.lowercased()),
                    dnsDomain: containerDomain.isNone ? keys.intern(texts.pool[dnsDomain]) : containerDomain,
                    clock: facts.lastSeen?.milliseconds ?? Observation.noTime, facts: facts))
        }
        if let loader { try addMemberships(loader, objects) }
    }

    /// Adds to the groups of each account those whose lists hold it.
    private mutating func addMemberships(_ loader: GroupLoader, _ objects: ObjectKeys) throws {
        memberships = try loader.memberships(of: objects.keys, sids: objects.sids)
        let own = groups
        groups = []
        groups.reserveCapacity(own.count)
        for account in accounts.indices {
            let start = groups.count
            groups += joined(own[accounts[account].facts.groups.range], ofAccounts: [account])
            accounts[account].facts.groups = Run(start: start, count: groups.count - start)
        }
    }

    /// Groups that accounts name, with those whose lists hold one of the accounts.
    func joined(_ own: some Sequence<TextID>, ofAccounts positions: [Int]) -> [TextID] {
        guard let loader, let memberships else { return Array(own) }
        var joined: [TextID] = []
        for name in own.lazy.map({ loader.spelling(of: $0) }) where !joined.contains(name) { joined.append(name) }
        for position in positions {
            for name in memberships.groups(of: position) where !joined.contains(name) { joined.append(name) }
        }
        return joined
    }

    private mutating func readMACs(_ database: Database) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT mac, client FROM client_mac JOIN client ON client.id = client_mac.client
                WHERE network_type = \(NetworkType.workgroup.rawValue) ORDER BY mac, client
                """)
        while let row = try rows.next() {
            let client: Int64 = row[1]
            if let position = position(ofClient: client) { macs.append((row[0], position)) }
        }
    }

    /// The position of a row; clients are ordered by row.
    func position(ofClient row: Int64) -> Int? {
        var low = 0
        var high = clients.count
        while low < high {
            let middle = (low + high) / 2
            if clients[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low < clients.count && clients[low].row == row ? low : nil
    }
}

/// The keys of accounts' distinguished names and SIDs; those of containers, which many share, are made once.
private struct ObjectKeys {
    /// By account; 0 without a name.
    private(set) var keys: [UInt64] = []
    /// By account; 0 without a SID. Empty where SIDs are not needed.
    private(set) var sids: [UInt64] = []
    private var containers: [TextID: DirectoryObjectKey] = [:]

    mutating func append(sid: String?) { sids.append(sid.flatMap { DirectoryObjectKey(sid: $0) }?.rawValue ?? 0) }

    mutating func append(_ name: String?, in container: TextID, _ pool: TextPool) {
        guard let name else {
            keys.append(0)
            return
        }
        if containers[container] == nil, let text = pool[container] { containers[container] = DirectoryObjectKey(text) }
        let key = containers[container].flatMap {
            DirectoryObjectKey(Array(DistinguishedName.own(name).utf8).span, in: $0)
        }
        keys.append((key ?? DirectoryObjectKey(name))?.rawValue ?? 0)
    }
}

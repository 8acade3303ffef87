import ActivationModel
import GRDB

/// Makes one computer out of the rows that are linked to it.
final class ComputerBuilder {
    private let nodes: ComputerNodes
    private let texts: FleetTexts
    private let clientReader: EntityReader
    private let accountReader: EntityReader
    private let fetchClient: Statement
    private let fetchAccount: Statement
    /// Groups of joined accounts, whose runs start behind those of `nodes.groups`.
    private(set) var groups: [TextID]

    init(_ database: Database, nodes: ComputerNodes, texts: FleetTexts) throws {
        self.nodes = nodes
        self.texts = texts
        groups = nodes.groups
        let table = try TextTable(database)
        clientReader = EntityReader(ClientEntity.layout, texts: table)
        accountReader = EntityReader(AccountEntity.layout, texts: table)
        fetchClient = try clientReader.statement(database)
        fetchAccount = try accountReader.statement(database)
    }

    /// The computer whose rows are `members`. Products, updates and tags are added later.
    func computer(_ members: some Sequence<Int>, isSuperseded: Bool) throws -> Computer {
        var clients: [Int] = []
        var accounts: [Int] = []
        for member in members {
            if member < nodes.clients.count {
                clients.append(member)
            } else {
                accounts.append(member - nodes.clients.count)
            }
        }
        var computer = try facts(ofAccounts: accounts)
        try describe(&computer, byClients: clients)
        name(&computer, clients: clients, accounts: accounts)
        computer.superseded = isSuperseded
        return computer
    }

    // MARK: - Directory

    private func facts(ofAccounts positions: [Int]) throws -> Computer {
        guard let first = positions.first else { return Computer() }
        guard positions.count > 1 else { return nodes.accounts[first].facts }
        var joined: Observation?
        var place = Place.none
        var clock = Observation.noTime
        for position in positions {
            let node = nodes.accounts[position]
            guard let row = try Row.fetchOne(fetchAccount, arguments: [node.row]) else { continue }
            let observation = try accountReader.decode(row)
            if joined == nil { joined = observation } else { _ = joined?.join(observation) }
            let isFirst = node.clock == clock && Place.precedes(node.facts.directoryPlace, place)
            if node.clock > clock || isFirst || place == .none {
                place = node.facts.directoryPlace
                clock = node.clock
            }
        }
        guard let joined else { return nodes.accounts[first].facts }
        return facts(AccountEntity.record(joined.values), place: place, ofAccounts: positions)
    }

    private func facts(_ record: DirectoryRecord, place: Place, ofAccounts positions: [Int]) -> Computer {
        var facts = Computer()
        facts.objectGUID = record.objectGUID
        facts.operatingSystem = texts.pool.intern(record.operatingSystem)
        facts.operatingSystemVersion = texts.pool.intern(record.operatingSystemVersion)
        facts.operatingSystemServicePack = texts.pool.intern(record.operatingSystemServicePack)
        facts.enabled = Tristate(record.enabled)
        facts.deleted = Tristate(record.deleted)
        facts.lastLogon = record.lastLogon
        facts.passwordLastSet = record.passwordLastSet
        facts.created = record.created
        facts.location = texts.pool.intern(record.location)
        facts.accountControl = record.accountControl.flatMap { Int32(exactly: $0) } ?? -1
        facts.network = texts.pool.intern(record.domain ?? record.dnsDomain)
        facts.organizationalUnit = texts.pool.intern(record.distinguishedName.flatMap(DistinguishedName.container))
        facts.directoryPlace = place
        let members = nodes.joined((record.memberOf ?? []).map { texts.pool.intern($0) }, ofAccounts: positions)
        facts.groups = Run(start: groups.count, count: members.count)
        groups += members
        return facts
    }

    // MARK: - VAMT

    private func describe(_ computer: inout Computer, byClients positions: [Int]) throws {
        guard let first = positions.first else { return }
        if positions.count == 1 {
            let client = nodes.clients[first]
            computer.vamtID = client.vamtID
            computer.vamtOSEdition = client.osEdition
            computer.vamtOSVersion = client.osVersion
            computer.isKMSHost = client.isKMSHost
            if !client.network.isNone { computer.network = client.network }
            computer.vamtPlace = client.place
            return
        }
        var joined: Observation?
        var clock = Observation.noTime
        for position in positions {
            let client = nodes.clients[position]
            var observation = client.observation(texts.pool)
            if observation == nil, let row = try Row.fetchOne(fetchClient, arguments: [client.row]) {
                observation = try clientReader.decode(row)
            }
            if let observation {
                if joined == nil { joined = observation } else { _ = joined?.join(observation) }
            }
            if let id = client.vamtID { computer.vamtID = min(id, computer.vamtID ?? id) }
            guard client.place != .none else { continue }
            let isFirst = client.clock == clock && Place.precedes(client.place, computer.vamtPlace)
            if client.clock > clock || isFirst || computer.vamtPlace == .none {
                computer.vamtPlace = client.place
                clock = client.clock
            }
        }
        guard let joined else { return }
        func text(_ column: ClientEntity.Column) -> TextID { texts.pool.intern(joined[column.rawValue].text) }
        computer.vamtOSEdition = text(.osEdition)
        computer.vamtOSVersion = text(.osVersion)
        computer.isKMSHost = Tristate(joined[ClientEntity.Column.isKMSHost.rawValue].truth)
        if !text(.network).isNone { computer.network = text(.network) }
    }

    // MARK: - Names

    /// The account's DNS name, else the qualified name of the newest client, else a single name, else an id.
    private func name(_ computer: inout Computer, clients: [Int], accounts: [Int]) {
        var best: (clock: Int64, name: TextID)?
        func offer(_ name: TextID, _ clock: Int64) {
            guard !name.isNone else { return }
            if let known = best {
                if clock < known.clock { return }
                if clock == known.clock, (texts.pool[known.name] ?? "") <= (texts.pool[name] ?? "") { return }
            }
            best = (clock, name)
        }
        for position in accounts { offer(nodes.accounts[position].dns, nodes.accounts[position].clock) }
        if best == nil {
            for position in clients { offer(nodes.clients[position].fqdn, nodes.clients[position].clock) }
        }
        if let best {
            computer.fqdn = best.name
            computer.name = best.name
            return
        }
        for position in clients { offer(nodes.clients[position].name, nodes.clients[position].clock) }
        if best == nil {
            for position in accounts {
                offer(texts.pool.intern(nodes.keys[nodes.accounts[position].account]), nodes.accounts[position].clock)
            }
        }
        let sid = accounts.compactMap { nodes.keys[nodes.accounts[$0].sid] }.min()
        computer.name = best?.name ?? texts.pool.intern((computer.vamtID ?? computer.objectGUID)?.description ?? sid)
    }
}

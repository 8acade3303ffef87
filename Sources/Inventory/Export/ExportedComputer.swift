import ActivationModel
import GRDB

/// A computer as exports name it, with the rows that say something about it.
struct ExportedComputer {
    var identity: ComputerIdentity
    var osEdition: String?
    var osVersion: String?
    var networkTypeText: String?
    var isKMSHost: Bool?
    /// Rows of the `client` table.
    var clients: [Int64]
    /// Rows of the `account` table.
    var accounts: [Int64]

    /// All computers in the order of the fleet.
    static func load(_ database: Database) throws -> [ExportedComputer] {
        let texts = try FleetTexts(database)
        let nodes = try ComputerNodes(database, texts: texts)
        let linked = ComputerLinker.link(nodes, names: texts.pool)
        let builder = try ComputerBuilder(database, nodes: nodes, texts: texts)
        var computers: [(facts: Computer, head: Int32)] = []
        computers.reserveCapacity(linked.heads.count)
        for head in linked.heads {
            let isSuperseded = linked.superseded.contains(Int(head))
            computers.append((try builder.computer(linked.members(of: head), isSuperseded: isSuperseded), head))
        }
        let order = ComputerOrder(pool: texts.pool)
        computers.sort { order.precedes($0.facts, $1.facts) }
        return computers.map { facts, head in
            let members = linked.members(of: head)
            let clients = members.filter { $0 < nodes.clients.count }.map { nodes.clients[$0] }
            let types = clients.map(\.networkType).filter { $0 != .none }
            let isNamed = !clients.allSatisfy(\.name.isNone) || clients.isEmpty
            return ExportedComputer(
                identity: ComputerIdentity(
                    vamtID: facts.vamtID, name: isNamed ? texts.pool[facts.name] : nil,
                    network: texts.pool[facts.network], networkType: types.max { $0.rawValue < $1.rawValue }),
                osEdition: texts.pool[facts.vamtOSEdition], osVersion: texts.pool[facts.vamtOSVersion],
                networkTypeText: clients.compactMap { texts.pool[$0.networkTypeText] }.max(),
                isKMSHost: facts.isKMSHost.value, clients: clients.map(\.row),
                accounts: members.filter { $0 >= nodes.clients.count }.map {
                    nodes.accounts[$0 - nodes.clients.count].row
                })
        }
    }
}

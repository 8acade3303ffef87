import ActivationModel
import GRDB

extension InventoryStore {
    /// The merged inventory as planning sees it.
    ///
    /// The same files give the same fleet, whatever order they were imported in; only the numbers of texts in the pool
    /// may differ. Time and memory grow linearly with the inventory.
    public func fleet() throws -> Fleet {
        try InventoryError.translating(path: path) {
            try queue.read { database in try FleetLoader(database).load() }
        }
    }
}

/// Loads a fleet: links the rows of the store, orders the computers and gathers what belongs to them.
struct FleetLoader {
    private let database: Database
    private let texts: FleetTexts

    init(_ database: Database) throws {
        self.database = database
        texts = try FleetTexts(database)
    }

    func load() throws -> Fleet {
        var fleet = Fleet()
        fleet.sources = texts.files
        fleet.findings = try loadComputers(into: &fleet)
        var findings = FindingCounter()
        let mentions = try MentionTable(database, computers: fleet.computers, pool: texts.pool)
        try mentions.loadUpdates(into: &fleet, texts, &findings)
        try mentions.loadTags(into: &fleet, texts, &findings)
        fleet.keys = try KeyLoader(database, texts: texts).load(&findings)
        fleet.purchases = try PurchaseLoader.load(database, texts: texts)
        fleet.findings += findings.diagnostics
        fleet.findings.sort { $0.code < $1.code }
        fleet.texts = texts.pool
        return fleet
    }

    private func loadComputers(into fleet: inout Fleet) throws -> [Diagnostic] {
        let nodes = try ComputerNodes(database, texts: texts)
        let linked = ComputerLinker.link(nodes, names: texts.pool)
        let builder = try ComputerBuilder(database, nodes: nodes, texts: texts)
        var loader = try ProductLoader(database, clients: nodes.clients, texts: texts)
        let joiner = try ProductJoiner(database, texts: TextTable(database))
        var computers: [Computer] = []
        computers.reserveCapacity(linked.heads.count)
        for head in linked.heads {
            var computer = try builder.computer(
                linked.members(of: head), isSuperseded: linked.superseded.contains(Int(head)))
            let clients = linked.members(of: head).filter { $0 < nodes.clients.count }
            if clients.count == 1 {
                computer.products = loader.runs[clients[0]]
            } else if clients.count > 1 {
                computer.products = try loader.join(clients, clients: nodes.clients, joiner, texts)
            }
            if computer.vamtPlace == .none {
                // VAMT lists the products of this computer, but not the computer itself.
                for position in computer.products.range
                where Place.precedes(loader.products[position].place, computer.vamtPlace) {
                    computer.vamtPlace = loader.products[position].place
                }
            }
            computers.append(computer)
        }
        let order = ComputerOrder(pool: texts.pool)
        computers.sort { order.precedes($0, $1) }
        arrange(&computers, products: loader.products, groups: builder.groups, in: &fleet)
        fleet.computers = computers
        return linked.findings
    }

    /// Lays products and groups out in the order of the computers.
    private func arrange(
        _ computers: inout [Computer], products: [Product], groups: [TextID], in fleet: inout Fleet
    ) {
        fleet.products.reserveCapacity(products.count)
        fleet.groups.reserveCapacity(groups.count)
        for index in computers.indices {
            let from = computers[index].products.range
            let start = fleet.products.count
            fleet.products += products[from]
            if from.count > 1 {
                fleet.products[start...].sort { precedes($0, $1) }
            }
            computers[index].products = Run(start: start, count: from.count)
            let groupStart = fleet.groups.count
            fleet.groups += groups[computers[index].groups.range]
            computers[index].groups = Run(start: groupStart, count: fleet.groups.count - groupStart)
        }
    }

    private func precedes(_ left: Product, _ right: Product) -> Bool {
        let (leftApplication, rightApplication) = (left.applicationID ?? .zero, right.applicationID ?? .zero)
        if leftApplication != rightApplication { return leftApplication < rightApplication }
        let (leftSKU, rightSKU) = (left.sku ?? .zero, right.sku ?? .zero)
        if leftSKU != rightSKU { return leftSKU < rightSKU }
        guard left.name != right.name else { return Place.precedes(left.place, right.place) }
        return (texts.pool[left.name] ?? "") < (texts.pool[right.name] ?? "")
    }
}

/// The order of computers in a fleet: by name, then by what tells computers of one name apart.
struct ComputerOrder {
    let pool: TextPool

    func precedes(_ left: Computer, _ right: Computer) -> Bool {
        if left.name != right.name {
            return (pool[left.name] ?? "").utf8.lexicographicallyPrecedes((pool[right.name] ?? "").utf8)
        }
        if left.superseded != right.superseded { return right.superseded }
        let (leftNetwork, rightNetwork) = (pool[left.network] ?? "", pool[right.network] ?? "")
        if leftNetwork != rightNetwork { return leftNetwork < rightNetwork }
        let (leftGUID, rightGUID) = (left.objectGUID ?? .zero, right.objectGUID ?? .zero)
        if leftGUID != rightGUID { return leftGUID < rightGUID }
        let (leftID, rightID) = (left.vamtID ?? .zero, right.vamtID ?? .zero)
        if leftID != rightID { return leftID < rightID }
        if left.vamtPlace != right.vamtPlace { return Place.precedes(left.vamtPlace, right.vamtPlace) }
        return Place.precedes(left.directoryPlace, right.directoryPlace)
    }
}

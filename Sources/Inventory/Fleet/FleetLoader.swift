import ActivationModel
import GRDB

extension InventoryStore {
    /// The merged inventory as planning sees it.
    ///
    /// The same files give the same fleet, whatever order they were imported in; only the numbers of texts in the pool
    /// may differ. Time and memory grow linearly with the inventory.
    public func fleet(_ detail: FleetDetail = .complete) throws -> Fleet {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                let products = try ProductReading(beside: database, path: queue.path, detail)
                defer { products.cancel() }
                return try FleetLoader(database, products).load()
            }
        }
    }
}

/// How much of an inventory a fleet holds.
public enum FleetDetail: Sendable, Hashable {
    /// Everything that a fleet can hold.
    case complete
    /// Everything but the texts of extended PIDs, installation ids and confirmation ids of products.
    ///
    /// They are more than half of an inventory's text and no two products share them. Planning only asks whether they are
    /// there: where one is, the product holds `TextID.withheld` instead.
    case planning
}

/// Loads a fleet: links the rows of the store, orders the computers and gathers what belongs to them.
struct FleetLoader {
    private let database: Database
    private let products: ProductReading
    private let texts: FleetTexts

    init(_ database: Database, _ products: ProductReading) throws {
        self.database = database
        self.products = products
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

    /// Computers as the link makes them, in no particular order, and where their rows are.
    private struct Linked {
        var computers: [Computer] = []
        /// By computer, the position of its client if it has exactly one, else -1.
        var client: [Int32] = []
        /// The positions of the clients of computers that have several.
        var clients: [Int: [Int]] = [:]
        /// Rows of all clients, by position.
        var rows: [Int64] = []
        var groups: [TextID] = []
        var nesting = GroupNesting()
        var findings: [Diagnostic] = []
    }

    /// Links the rows. What only linking needs is gone when this returns, before the products are read.
    private func link() throws -> Linked {
        let groups = try GroupLoader(database, texts: texts)
        let nodes = try ComputerNodes(database, texts: texts, groups: groups)
        let linked = ComputerLinker.link(nodes, names: texts.pool)
        let builder = try ComputerBuilder(database, nodes: nodes, texts: texts)
        var result = Linked()
        result.computers.reserveCapacity(linked.heads.count)
        result.client.reserveCapacity(linked.heads.count)
        for head in linked.heads {
            let isSuperseded = linked.superseded.contains(Int(head))
            let computer = try builder.computer(linked.members(of: head), isSuperseded: isSuperseded)
            let clients = linked.members(of: head).filter { $0 < nodes.clients.count }
            if clients.count > 1 { result.clients[result.computers.count] = clients }
            result.client.append(clients.count == 1 ? Int32(clients[0]) : -1)
            result.computers.append(computer)
        }
        result.rows = nodes.clients.map(\.row)
        result.groups = builder.groups
        if let groups { result.nesting = groups.nesting() }
        result.findings = linked.findings
        return result
    }

    private func loadComputers(into fleet: inout Fleet) throws -> [Diagnostic] {
        var linked = try link()
        var loader = try products.loader(database, texts)
        loader.assign(clientRows: linked.rows)
        let joiner = try ProductJoiner(database, texts: TextTable(database))
        var findings = FindingCounter()
        for index in linked.computers.indices {
            let client = Int(linked.client[index])
            if let clients = client >= 0 ? [client] : linked.clients[index] {
                var ambiguous = 0
                linked.computers[index].products = try loader.join(clients, joiner, texts, ambiguous: &ambiguous)
                if ambiguous > 0 {
                    findings.count(
                        "inventory.product.ambiguous", times: ambiguous,
                        example: texts.pool[linked.computers[index].name])
                }
            }
            guard linked.computers[index].vamtPlace == .none else { continue }
            // VAMT may list the products of a computer, but not the computer itself.
            for position in linked.computers[index].products.range {
                let place = loader.products[position].place
                if Place.precedes(place, linked.computers[index].vamtPlace) {
                    linked.computers[index].vamtPlace = place
                }
            }
        }
        let order = ComputerOrder(pool: texts.pool)
        linked.computers.sort { order.precedes($0, $1) }
        fleet.computers = linked.computers
        linked.computers = []
        arrangeGroups(linked.groups, in: &fleet)
        fleet.nesting = linked.nesting
        arrangeProducts(loader.takeProducts(), in: &fleet)
        return linked.findings + findings.diagnostics
    }

    /// Lays the groups out in the order of the computers.
    private func arrangeGroups(_ groups: [TextID], in fleet: inout Fleet) {
        fleet.groups.reserveCapacity(groups.count)
        for index in fleet.computers.indices {
            let start = fleet.groups.count
            fleet.groups += groups[fleet.computers[index].groups.range]
            fleet.computers[index].groups = Run(start: start, count: fleet.groups.count - start)
        }
    }

    /// Lays the products out in the order of the computers, in place: they are the largest part of a fleet.
    private func arrangeProducts(_ unordered: consuming [Product], in fleet: inout Fleet) {
        var products = unordered
        /// By new position, the old one; what was joined into another product goes to the end and is dropped.
        var order: [Int32] = []
        order.reserveCapacity(products.count)
        var isUsed = Array(repeating: false, count: products.count)
        for index in fleet.computers.indices {
            let start = order.count
            let run = fleet.computers[index].products.range
            for position in run { isUsed[position] = true }
            order += run.map { Int32($0) }
            if run.count > 1 { order[start...].sort { precedes(products[Int($0)], products[Int($1)]) } }
            fleet.computers[index].products = Run(start: start, count: run.count)
        }
        let count = order.count
        for position in products.indices where !isUsed[position] { order.append(Int32(position)) }
        // Follows each cycle of the permutation once; a position that is done points to itself.
        for start in products.indices where order[start] != Int32(start) {
            let first = products[start]
            var position = start
            while true {
                let source = Int(order[position])
                order[position] = Int32(position)
                if source == start { break }
                products[position] = products[source]
                position = source
            }
            products[position] = first
        }
        products.removeLast(products.count - count)
        fleet.products = products
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

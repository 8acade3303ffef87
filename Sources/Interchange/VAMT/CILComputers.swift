import ActivationModel

/// Brings the computers of an inventory together with their products, which come one after another.
///
/// Memory grows with the number of computers, not with that of products.
struct CILComputers {
    /// Products of one computer that came in a row.
    struct Group {
        private(set) var products: [ProductRecord] = []
        var computer: ComputerIdentity? { products.first?.computer }

        init() {}
        init(_ product: ProductRecord) { products = [product] }

        /// Adds a product if it belongs to the same computer as the ones before it.
        mutating func takes(_ product: ProductRecord) -> Bool {
            guard computer == product.computer else { return false }
            products.append(product)
            return true
        }
    }

    private enum Match { case one(Int), several }

    private var clients: [ClientRecord] = []
    private var isWritten: [Bool] = []
    private var byIdentity: [ComputerIdentity: Int] = [:]
    private var byID: [GUID: Int] = [:]
    private var byName: [String: Match] = [:]
    /// Computers that are known by their products only.
    private var others: Set<ComputerIdentity> = []

    mutating func add(_ client: ClientRecord) {
        let index = clients.count
        clients.append(client)
        isWritten.append(false)
        if byIdentity[client.computer] == nil { byIdentity[client.computer] = index }
        if let id = client.computer.vamtID, byID[id] == nil { byID[id] = index }
        if let name = client.computer.name?.lowercased() { byName[name] = byName[name] == nil ? .one(index) : .several }
    }

    /// Hands on a group with its computer and whether that is a record of its own, and empties the group.
    ///
    /// Throws `vamt.export.order` when the computer was handed on before.
    mutating func close(
        _ group: inout Group, file: String, _ write: (ClientRecord, [ProductRecord], Bool) throws -> Void
    ) throws {
        guard let computer = group.computer else { return }
        let products = group.products
        group = Group()
        if let index = index(of: computer) {
            guard !isWritten[index] else { throw CILComputers.outOfOrder(file) }
            isWritten[index] = true
            try write(clients[index], products, true)
        } else {
            guard others.insert(computer).inserted else { throw CILComputers.outOfOrder(file) }
            try write(ClientRecord(computer: computer), products, false)
        }
    }

    /// Hands on the computers without products.
    mutating func closeRest(_ write: (ClientRecord) throws -> Void) throws {
        for index in clients.indices where !isWritten[index] {
            isWritten[index] = true
            try write(clients[index])
        }
    }

    /// By all that is known, by VAMT's id, or by a name that only one computer has.
    private func index(of computer: ComputerIdentity) -> Int? {
        if let index = byIdentity[computer] { return index }
        if let id = computer.vamtID { return byID[id] }
        guard let name = computer.name?.lowercased(), case .one(let index) = byName[name] else { return nil }
        return index
    }

    private static func outOfOrder(_ file: String) -> InterchangeError {
        InterchangeError(
            .unwritable, code: "vamt.export.order", file: file,
            message: "The products of a computer did not come together.",
            remedy: "Hand over the products ordered by computer.")
    }
}

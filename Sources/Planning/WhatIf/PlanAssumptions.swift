import ActivationModel
import ESUPrograms

/// What a plan shall assume to be there though it is not: the "if" of a what-if question.
public struct PlanAssumptions: Sendable, Hashable {
    /// Activations that Microsoft would grant on keys.
    public var extraActivations: [Extra]
    /// Licenses that would be bought besides those of the ledger, which must know the program.
    public var purchases: [Order]

    /// Activations added to a key.
    public struct Extra: Sendable, Hashable {
        /// The key's identifier or its last five characters, in any case.
        public var key: String
        /// More than 0.
        public var count: Int

        /// Makes an addition.
        public init(key: String, count: Int) {
            self.key = key
            self.count = count
        }
    }

    /// Licenses of a program and year.
    public struct Order: Sendable, Hashable {
        public var target: ProgramTarget
        /// More than 0.
        public var quantity: Int
        /// The agreement that buys; nil for licenses that every agreement may use.
        public var agreement: String?

        /// Makes an order.
        public init(target: ProgramTarget, quantity: Int, agreement: String? = nil) {
            self.target = target
            self.quantity = quantity
            self.agreement = agreement
        }
    }

    /// Makes assumptions; without arguments none.
    public init(extraActivations: [Extra] = [], purchases: [Order] = []) {
        self.extraActivations = extraActivations
        self.purchases = purchases
    }

    /// Whether nothing is assumed.
    public var isEmpty: Bool { extraActivations.isEmpty && purchases.isEmpty }

    /// The fleet with the assumed purchases in its ledger.
    ///
    /// - Throws: when the ledger holds no purchase of a program. Its licenses are not counted then, and the assumed ones would
    ///   be a limit instead of an addition.
    func adding(to fleet: Fleet) throws(PlanningError) -> Fleet {
        let recorded = Set(fleet.purchases.map { $0.record.program.lowercased() })
        for order in purchases where !recorded.contains(order.target.program.lowercased()) {
            throw .noLedger(program: order.target.program)
        }
        var fleet = fleet
        fleet.purchases += purchases.map { order in
            Purchase(
                record: PurchaseRecord(
                    program: order.target.program, year: order.target.year, quantity: order.quantity,
                    agreement: order.agreement), source: nil)
        }
        return fleet
    }
}

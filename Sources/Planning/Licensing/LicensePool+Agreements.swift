extension LicensePool {
    /// What is bought, activated and used under no agreement of the ledger. Together with the agreements it is the pool.
    public struct OutsideAgreements: Sendable, Hashable {
        /// Per year, from year 1 to the target's; negative where returns are booked on no agreement.
        public var boughtPerYear: [Int]
        /// Computers activated by keys of no agreement that the ledger names.
        public var activated: Int
        /// Licenses that recorded plans hold for such keys.
        public var held: Int
        /// Licenses that the plan uses for such keys.
        public var used: Int
        /// Licenses on no agreement that nobody has taken; never more than the pool leaves.
        public var left: Int

        /// Whether the agreements are all there is.
        public var isEmpty: Bool { activated == 0 && held == 0 && used == 0 && boughtPerYear.allSatisfy { $0 == 0 } }
    }

    /// What an agreement has left of the licenses that it bought itself; never more than the pool leaves. Licenses on no
    /// agreement, which its keys may use as well, are not part of it: they are there once, not once per agreement.
    public func left(of agreement: AgreementPool) -> Int {
        min(agreement.ownLeft, left ?? .max)
    }

    /// Licenses on no agreement that the agreements have not taken. Keys of no agreement draw on the whole pool.
    var unassignedLeft: Int { max(0, unassigned - agreements.reduce(0) { $0 + $1.overdrawn }) }

    /// What the agreements took beyond their own licenses and those on no agreement.
    var overdrawn: Int { max(0, agreements.reduce(0) { $0 + $1.overdrawn } - unassigned) }

    /// Licenses of the target year on no agreement.
    private var unassigned: Int { agreements.first?.unassigned ?? 0 }

    /// Sets licenses aside for activations that recorded plans hold, as far as licenses are left.
    ///
    /// - Parameters:
    ///   - number: how many activations are held for computers that do not compete.
    ///   - ofAgreement: how many of them are of keys of each agreement.
    mutating func hold(_ number: Int, ofAgreement: [Int]) {
        for (agreement, count) in ofAgreement.enumerated() {
            let held = min(count, agreements[agreement].ownLeft + unassignedLeft, left ?? .max)
            agreements[agreement].held = held
            self.held += held
        }
        held += min(number - agreements.reduce(0) { $0 + $1.held }, left ?? .max)
    }

    /// The pool less its agreements.
    public var outsideAgreements: OutsideAgreements {
        var outside = OutsideAgreements(
            boughtPerYear: boughtPerYear, activated: activated, held: held, used: used, left: 0)
        var overdrawn = 0
        for agreement in agreements {
            for (year, quantity) in agreement.boughtPerYear.enumerated() where year < outside.boughtPerYear.count {
                outside.boughtPerYear[year] -= quantity
            }
            outside.activated -= agreement.activated
            outside.held -= agreement.held
            outside.used -= agreement.used
            // What an agreement takes beyond its own licenses comes from those on none.
            overdrawn += agreement.overdrawn
        }
        let rest = (outside.boughtPerYear.last ?? 0) - outside.activated - outside.held - outside.used - overdrawn
        outside.left = min(max(0, rest), left ?? .max)
        return outside
    }
}

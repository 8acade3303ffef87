extension LicensePool {
    /// What is bought, activated and used under no agreement of the ledger. Together with the agreements it is the pool.
    public struct OutsideAgreements: Sendable, Hashable {
        /// Per year, from year 1 to the target's; negative where returns are booked on no agreement.
        public var boughtPerYear: [Int]
        /// Computers activated by keys of no agreement that the ledger names.
        public var activated: Int
        /// Licenses that the plan uses for such keys.
        public var used: Int
        /// Licenses on no agreement that nobody has taken; never more than the pool leaves.
        public var left: Int

        /// Whether the agreements are all there is.
        public var isEmpty: Bool { activated == 0 && used == 0 && boughtPerYear.allSatisfy { $0 == 0 } }
    }

    /// What an agreement has left of the licenses that it bought itself; never more than the pool leaves. Licenses on no
    /// agreement, which its keys may use as well, are not part of it: they are there once, not once per agreement.
    public func left(of agreement: AgreementPool) -> Int {
        min(max(0, agreement.bought - agreement.activated - agreement.used), left ?? .max)
    }

    /// The pool less its agreements.
    public var outsideAgreements: OutsideAgreements {
        var outside = OutsideAgreements(boughtPerYear: boughtPerYear, activated: activated, used: used, left: 0)
        var overdrawn = 0
        for agreement in agreements {
            for (year, quantity) in agreement.boughtPerYear.enumerated() where year < outside.boughtPerYear.count {
                outside.boughtPerYear[year] -= quantity
            }
            outside.activated -= agreement.activated
            outside.used -= agreement.used
            // What an agreement takes beyond its own licenses comes from those on none.
            overdrawn += max(0, agreement.activated + agreement.used - max(0, agreement.bought))
        }
        let rest = (outside.boughtPerYear.last ?? 0) - outside.activated - outside.used - overdrawn
        outside.left = min(max(0, rest), left ?? .max)
        return outside
    }
}

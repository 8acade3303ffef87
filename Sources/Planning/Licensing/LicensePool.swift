import ActivationModel
import ESUPrograms

/// The licenses of one program and year: what was bought, what is held already, and what a plan may use.
///
/// Rule LIC-02: a year can be bought only with all years before it, so the pool of year N is the smallest quantity over the
/// years 1 to N.
///
/// Source: https://learn.microsoft.com/lifecycle/faq/extended-security-updates
public struct LicensePool: Sendable, Hashable {
    public var target: ProgramTarget
    /// The agreement the licenses belong to; nil when all agreements are counted together.
    public var agreement: String?
    /// Bought per year, from year 1 to the target's; returns are subtracted. Empty without any record for the program.
    public var boughtPerYear: [Int]
    /// Computers on which the target year is licensed already; each holds a license.
    public var activated: Int
    /// Licenses that the plan uses.
    public var used: Int
    /// The record that limits: the first of the year with the smallest quantity.
    public var source: SourceReference?

    /// The smallest quantity over the years; nil without any record.
    public var bought: Int? { boughtPerYear.min() }
    /// What a plan may use; nil when it is not limited, because nothing is recorded.
    public var capacity: Int? { bought.map { max(0, $0 - activated) } }
    /// The first year with the smallest quantity.
    public var limitingYear: Int? {
        bought.flatMap { smallest in boughtPerYear.firstIndex(of: smallest) }.map { $0 + 1 }
    }

    /// The pool of a target.
    public init(_ target: ProgramTarget, purchases: [Purchase], activated: Int) {
        self.target = target
        self.activated = activated
        used = 0
        let own = purchases.filter { $0.record.program.lowercased() == target.program.lowercased() }
        if own.isEmpty || target.year < 1 {
            boughtPerYear = []
        } else {
            var quantities = [Int](repeating: 0, count: target.year)
            for purchase in own where (1...target.year).contains(purchase.record.year) {
                quantities[purchase.record.year - 1] += purchase.record.quantity
            }
            boughtPerYear = quantities
        }
        if let limitingYear { source = own.first { $0.record.year == limitingYear }?.source }
    }
}

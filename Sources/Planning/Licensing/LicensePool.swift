import ActivationModel
import ESUPrograms

/// The licenses of one program and year: what was bought, what is held already, and what a plan may use.
///
/// Rule LIC-02: a year can be bought only with all years before it, so the pool of year N is the smallest quantity over the
/// years 1 to N. Whose agreement bought an earlier year does not matter for that; but a key activates licenses of its own
/// agreement only, so the agreements that the ledger names are pools inside this one. Licenses that the ledger books on no
/// agreement serve the keys of all agreements, each license once.
///
/// Source: https://learn.microsoft.com/lifecycle/faq/extended-security-updates
public struct LicensePool: Sendable, Hashable {
    public var target: ProgramTarget
    /// Bought per year, from year 1 to the target's; returns are subtracted. Empty without any record for the program.
    public var boughtPerYear: [Int]
    /// Computers on which the target year is licensed already; each holds a license.
    public var activated: Int
    /// Licenses that activations of recorded plans hold for computers of this plan.
    public var held = 0
    /// Licenses that the plan uses, counted one per machine.
    public var used: Int
    /// How many of these machines are virtual desktops whose licenses are counted by endpoints (rule LIC-08).
    public var virtualDesktops = 0
    /// The endpoints that reach these virtual desktops, as far as tags tell; an unknown number counts as one.
    public var endpoints = 0
    /// The record that limits: the first of the year with the smallest quantity.
    public var source: SourceReference?
    /// The agreements that the ledger names for the program, ordered.
    public var agreements: [AgreementPool]

    /// The smallest quantity over the years; nil without any record.
    public var bought: Int? { boughtPerYear.min() }
    /// Licenses that the plan's machines need when virtual desktops are counted by the endpoints that reach them.
    public var needed: Int { used - virtualDesktops + endpoints }
    /// What a plan may use; nil when it is not limited, because nothing is recorded.
    public var capacity: Int? { bought.map { max(0, $0 - activated) } }
    /// What the plan and recorded plans leave; nil when it is not limited.
    public var left: Int? { capacity.map { max(0, $0 - held - used) } }
    /// The first year with the smallest quantity.
    public var limitingYear: Int? {
        bought.flatMap { smallest in boughtPerYear.firstIndex(of: smallest) }.map { $0 + 1 }
    }

    /// The pool of a target.
    ///
    /// - Parameters:
    ///   - activated: how many computers the target year is licensed on.
    ///   - activatedOf: how many of them by a key of an agreement, by the agreement's folded name.
    public init(
        _ target: ProgramTarget, purchases: [Purchase], activated: Int, activatedOf: [String: Int] = [:]
    ) {
        self.target = target
        self.activated = activated
        used = 0
        let own = purchases.filter { $0.record.program.lowercased() == target.program.lowercased() }
        boughtPerYear = own.isEmpty || target.year < 1 ? [] : LicensePool.quantities(own, years: target.year)
        agreements = AgreementPool.pools(target, purchases: own, activatedOf: activatedOf)
        if let limitingYear { source = own.first { $0.record.year == limitingYear }?.source }
    }

    /// The quantities of the years 1 to `years`.
    static func quantities(_ purchases: [Purchase], years: Int) -> [Int] {
        var quantities = [Int](repeating: 0, count: years)
        for purchase in purchases where (1...years).contains(purchase.record.year) {
            quantities[purchase.record.year - 1] += purchase.record.quantity
        }
        return quantities
    }

    /// The agreement of that name among those of the pool, compared as `AgreementPool.folded(_:)` says.
    func agreement(_ name: String?) -> Int? {
        guard let name else { return nil }
        let folded = AgreementPool.folded(name)
        return agreements.firstIndex { $0.folded == folded }
    }
}

/// What one agreement bought of a program and year. Keys of the agreement activate these licenses, and then those that are
/// booked on no agreement, which all agreements share.
public struct AgreementPool: Sendable, Hashable {
    /// The agreement as the ledger first writes it.
    public var name: String
    /// How it buys: `VL`, `CSP`; nil when the ledger does not say, or says both.
    public var channel: String?
    /// Bought by the agreement per year, from year 1 to the target's; returns are subtracted.
    public var boughtPerYear: [Int]
    /// Licenses of the target year that the ledger books on no agreement; all agreements together may use them once.
    public var unassigned: Int
    /// Computers that a key of the agreement has activated for the target year.
    public var activated: Int
    /// Licenses that activations of recorded plans hold for computers that do not compete in this plan.
    public var held = 0
    /// Licenses that the plan uses for computers with a key of the agreement.
    public var used = 0
    /// The agreement's first record of the target year, else its first record.
    public var source: SourceReference?

    /// Bought of the target year.
    public var bought: Int { boughtPerYear.last ?? 0 }
    /// What the keys of the agreement may activate, as far as the pool around it and the other agreements allow.
    public var capacity: Int { max(0, bought + unassigned - activated) }
    /// Licenses that the agreement itself bought, and that nobody has taken.
    var ownLeft: Int { max(0, bought - activated - held - used) }
    /// What is taken beyond the agreement's own licenses.
    var overdrawn: Int { max(0, activated + held + used - bought) }
    /// Adds licenses of the target year that are bought, by the agreement or on no agreement.
    mutating func buy(_ quantity: Int, unassigned more: Int) {
        if !boughtPerYear.isEmpty { boughtPerYear[boughtPerYear.count - 1] += quantity }
        unassigned += more
    }
    /// The earlier years of which the agreement itself bought less than of the target year: they must have been bought
    /// elsewhere, or are still to be bought.
    public var shortYears: [Int] {
        boughtPerYear.dropLast().enumerated().filter { $0.element < bought }.map { $0.offset + 1 }
    }

    var folded: String { AgreementPool.folded(name) }

    /// The form in which agreements are compared: without blanks around and without regard to case.
    static func folded(_ name: String) -> String { String(name.trimmingBlanks()).lowercased() }

    /// The agreements of a program's purchases, ordered by name.
    static func pools(
        _ target: ProgramTarget, purchases: [Purchase], activatedOf: [String: Int]
    ) -> [AgreementPool] {
        guard target.year >= 1 else { return [] }
        let groups = Dictionary(grouping: purchases) { folded($0.record.agreement ?? "") }
        let unassigned = LicensePool.quantities(groups[""] ?? [], years: target.year).last ?? 0
        return groups.keys.filter { !$0.isEmpty }.sorted().map { name in
            let own = groups[name] ?? []
            let channels = Set(own.compactMap { $0.record.channel?.uppercased() })
            let record = own.first { $0.record.year == target.year } ?? own.first
            return AgreementPool(
                name: (own.first?.record.agreement?.trimmingBlanks()).map(String.init) ?? name,
                channel: channels.count == 1 ? channels.first : nil,
                boughtPerYear: LicensePool.quantities(own, years: target.year), unassigned: max(0, unassigned),
                activated: activatedOf[name] ?? 0, source: record?.source)
        }
    }
}

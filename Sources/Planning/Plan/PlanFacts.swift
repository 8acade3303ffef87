import ActivationModel
import ESUPrograms

/// Five facts about the licenses of a target that are easily taken for one another.
///
/// A license that was bought need not be allotted as an activation; an activation that was used need not be licensed any
/// more; and a license of another year is none that covers today.
public struct PlanFacts: Sendable, Hashable {
    public var target: ProgramTarget
    /// Licenses of the target's year that were bought; nil when no purchase is recorded.
    public var bought: Int?
    /// Activations of the usable keys: what is left on them and what computers show as used; nil without a usable key.
    public var allotted: Int?
    /// Computers on which the target's row was activated, whatever became of it.
    public var activated: Int
    /// Computers on which the target's row is licensed now.
    public var licensedToday: Int
    /// Computers of the program that get the updates released on the day of the plan: licensed for the year that covers the
    /// day, or entitled. Nil when no year covers it.
    public var coveredToday: Int?
}

/// Counts the facts of a target while its computers are looked at.
struct FactCounter {
    private var activated = 0
    private var licensed = 0
    private var covered = 0
    private let program: ESUProgram?
    private let target: PlanTarget
    /// The year that covers the day of the plan.
    private let covering: ProgramYear?
    private let coveringID: GUID?

    init(_ target: PlanTarget, catalog: ProgramCatalog, asOf: Day) {
        self.target = target
        program = catalog[target.program]
        covering = program?.year(covering: asOf)
        coveringID = covering?.activationID
    }

    /// Counts a computer.
    mutating func count(_ computer: Computer, _ verdict: ComputerVerdict, in fleet: Fleet) {
        let isLicensed = verdict.rows.licensed != nil
        if isLicensed { licensed += 1 }
        if isLicensed || verdict.rows.restorable != nil || verdict.rows.outdated != nil { activated += 1 }
        guard let covering else { return }
        let holds =
            covering.number == target.year ? isLicensed : coveringID.map { isRowLicensed($0, of: computer, in: fleet) }
        if holds ?? false {
            covered += 1
        } else if verdict.isEligible, let hosting = fleet[computer.hosting],
            program?.entitlement(hosting: hosting, year: covering.number) != nil
        {
            covered += 1
        }
    }

    private func isRowLicensed(_ id: GUID, of computer: Computer, in fleet: Fleet) -> Bool {
        computer.products.range.contains { fleet.products[$0].sku == id && fleet.products[$0].status == .licensed }
    }

    /// The facts, with what ledger and keys say.
    func facts(_ pool: LicensePool, keys: [PlannedKey]) -> PlanFacts {
        let own = keys.filter { $0.key.license == target.license }
        return PlanFacts(
            target: target.target, bought: pool.boughtPerYear.last,
            allotted: own.isEmpty ? nil : own.reduce(activated) { $0 + $1.capacity.remaining }, activated: activated,
            licensedToday: licensed, coveredToday: covering == nil ? nil : covered)
    }
}

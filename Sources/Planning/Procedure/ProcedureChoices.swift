/// The preparations and procedures of one target, each made once however many computers share it.
///
/// Invariant: what is remembered depends on its key only, so a fleet of any size costs one look-up per computer.
struct ProcedureChoices {
    /// What the updates of a computer depend on.
    struct Preparation: Hashable {
        /// The position in `ComputerJudge.checks`; -1 without any.
        var check: Int32
        /// To install; bit n stands for demand n of the check.
        var toInstall: UInt64
        /// Nil when the policy does not say.
        var source: UpdateSource?
    }

    /// What is done about the license once the updates are there.
    enum Purpose: Hashable {
        case activate
        case reapply
    }

    private struct Key: Hashable {
        var preparation: Preparation
        var purpose: Purpose
        var route: Route
    }

    private let judge: ComputerJudge
    private var paths: [Preparation: PreparationPath] = [:]
    private var missing: [Preparation: Int32] = [:]
    private var procedures: [Key: Int32] = [:]

    init(judge: ComputerJudge) { self.judge = judge }

    /// The updates to install, in order.
    mutating func path(_ preparation: Preparation) -> PreparationPath {
        if let path = paths[preparation] { return path }
        let path = judge.path(preparation.toInstall, check: Int(preparation.check), source: preparation.source)
        paths[preparation] = path
        return path
    }

    /// The number of the demanded updates in the tables of the plan.
    mutating func missing(_ preparation: Preparation, in tables: inout PlanTables) -> Int32 {
        if preparation.toInstall == 0 { return -1 }
        if let number = missing[preparation] { return number }
        let number = tables.missing(judge.updates(preparation.toInstall, check: Int(preparation.check)))
        missing[preparation] = number
        return number
    }

    /// The number of the procedure in the tables of the plan.
    mutating func procedure(
        _ purpose: Purpose, _ preparation: Preparation, route: Route, in tables: inout PlanTables
    ) -> Int32 {
        let key = Key(preparation: preparation, purpose: purpose, route: route)
        if let number = procedures[key] { return number }
        let license = judge.target.license
        let path = path(preparation)
        let procedure =
            switch purpose {
            case .activate: ActivationProcedure(activating: license, route: route, preparation: path)
            case .reapply: ActivationProcedure(reapplying: license, route: route, preparation: path)
            }
        let number = tables.procedure(procedure)
        procedures[key] = number
        return number
    }
}

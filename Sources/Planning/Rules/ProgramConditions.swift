import ActivationModel
import ESUPrograms

/// Conditions that stand beside the decisions about single computers: what the organisation must hold, and what its
/// ledger shows.
enum ProgramConditions {
    /// What to know about the programs of a plan, each program once, in the order of the targets.
    static func warnings(
        targets: [PlanTarget], counts: [DecisionCounts], catalog: ProgramCatalog, policy: Policy,
        purchases: [Purchase], asOf: Day
    ) -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        var seen: Set<String> = []
        for target in targets where seen.insert(target.program).inserted {
            guard let program = catalog[target.program] else { continue }
            let served = targets.indices.filter { targets[$0].program == program.id }
                .reduce(0) { $0 + counts[$1][.activate] + counts[$1][.prepare] }
            if let warning = softwareAssurance(program, served: served, policy: policy) { warnings.append(warning) }
            warnings += LedgerHints(program, purchases: purchases, asOf: asOf).diagnostics
        }
        return warnings + LedgerHints.unknownPrograms(purchases, catalog: catalog)
    }

    /// CON-08: some programs are sold only for machines with Software Assurance, and a lapse ends the right.
    private static func softwareAssurance(_ program: ESUProgram, served: Int, policy: Policy) -> Diagnostic? {
        guard program.requiresSoftwareAssurance == true, served > 0, policy.disputed.softwareAssurance == .warn else {
            return nil
        }
        return Diagnostic(
            code: "plan.softwareAssurance", severity: .warning, file: policy.file,
            message:
                "\(program.title): outside Azure only machines with active Software Assurance have the right to ESU; "
                + "this plan gives activations to \(served) (rule CON-08)",
            remedy: "Check the agreement, then write softwareAssurance: held under disputed: in the policy.")
    }
}

import ActivationModel
import ArgumentParser
import ESUPrograms
import Inventory
import Planning
import Reporting

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plans which computer gets which ESU activation.",
        discussion: """
            The table is a summary; --details adds a row per computer. JSON and CSV always hold every computer. \
            Activations that recorded plans hold stay with their computers. Nothing is activated and nothing is sent \
            anywhere.

            Examples:

              actkit plan --policy policy.yaml
              actkit plan --target windows-7:2 --as-of 2021-02-01
              actkit plan --policy policy.yaml --format json --output plan.json
              actkit plan --input site-a.cilx --input ad-computers.csv --policy policy.yaml
              actkit plan --policy policy.yaml --previous last-week.json --format json --output plan.json
              actkit plan --policy policy.yaml --assume-extra ABCDE=500 --assume-purchase windows-7/2=1000
              actkit plan --policy policy.yaml --until-covered
              actkit plan explain pc-0001 --policy policy.yaml
              actkit plan diff old.json new.json
              actkit plan record plan.json
            """,
        subcommands: [
            PlanExplainCommand.self, PlanDiffCommand.self, PlanRecordCommand.self, PlanRecordsCommand.self,
            PlanReleaseCommand.self,
        ])

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Plan") var planning: PlanningOptions
    @OptionGroup(title: "Questions") var question: QuestionOptions
    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Result") var show: FindingOptions

    func run() throws {
        let store = try inventory.open()
        let catalog = try planning.catalog(with: store)
        let policy = try planning.policy(with: catalog)
        let planner = Planner(catalog: catalog, policy: policy, asOf: planning.day(for: policy))
        let plan: ActivationPlan
        let findings: [Diagnostic]
        do {
            // The fleet is released before the plan is written: it is the larger of the two.
            let fleet = try store.fleet(.planning)
            findings = fleet.findings
            plan = try planner.plan(
                fleet, question, held: Ledger(store).held(on: planner.asOf, fleet: fleet, catalog: catalog),
                catalog: catalog)
        }
        try output.write(PlanReport(plan), details: show.details)
        Console.tell(findings, limit: show.details ? .max : 5)
        let totals = plan.totals
        // A note is nothing to fail on.
        let hasWarnings = plan.warnings.contains { $0.severity != .note }
        if show.strict, hasWarnings || totals[.shortage] + totals[.unpurchased] + totals[.undetermined] > 0 {
            throw CommandFailure(.findings)
        }
    }
}

extension Planner {
    /// The plan that answers a question: as asked, or with what is missing added until everybody is served.
    ///
    /// Activations that recorded plans hold stay with their computers in any case.
    func plan(
        _ fleet: Fleet, _ question: QuestionOptions, held: HeldActivations?, catalog: ProgramCatalog
    ) throws -> ActivationPlan {
        let previous = try question.previousPlan(keys: fleet.keys)
        let given = try question.assumptions(catalog)
        let plan = try plan(fleet, held: held, previous: previous, assuming: given)
        guard question.untilCovered else { return plan }
        let missing = plan.needs.reduce(given) { $1.assumptions(adding: $0) }
        var covered = try self.plan(fleet, held: held, previous: previous, assuming: missing)
        // What had to be added is the answer; the plan that it leads to needs no more.
        covered.needs = plan.needs
        return covered
    }
}

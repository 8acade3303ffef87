import ActivationModel
import ArgumentParser
import Inventory
import Planning
import Reporting

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plans which computer gets which ESU activation.",
        discussion: """
            The table is a summary; --details adds a row per computer. JSON and CSV always hold every computer. \
            Nothing is activated and nothing is sent anywhere.

            Examples:

              actkit plan --policy policy.yaml
              actkit plan --target windows-7:2 --as-of 2021-02-01
              actkit plan --policy policy.yaml --format json --output plan.json
              actkit plan --input site-a.cilx --input ad-computers.csv --policy policy.yaml
              actkit plan explain pc-0001 --policy policy.yaml
            """,
        subcommands: [PlanExplainCommand.self])

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Plan") var planning: PlanningOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    @Flag(help: "Add a row per computer to the table, and list every warning.")
    var details = false

    @Flag(help: "Exit with 1 when the plan has warnings, or computers without an activation that need one.")
    var strict = false

    func run() throws {
        let catalog = try planning.programs.catalog()
        let policy = try planning.policy(with: catalog)
        let planner = Planner(catalog: catalog, policy: policy, asOf: planning.day(for: policy))
        let plan: ActivationPlan
        let findings: [Diagnostic]
        do {
            // The fleet is released before the plan is written: it is the larger of the two.
            let fleet = try inventory.fleet(.planning)
            findings = fleet.findings
            plan = try planner.plan(fleet)
        }
        try output.write(PlanReport(plan), details: details)
        Console.tell(findings, limit: details ? .max : 5)
        let totals = plan.totals
        if strict, !plan.warnings.isEmpty || totals[.shortage] + totals[.unpurchased] + totals[.undetermined] > 0 {
            throw CommandFailure(.findings)
        }
    }
}

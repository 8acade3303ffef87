import ActivationModel
import ArgumentParser
import Inventory
import Planning
import Reporting

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Reports on the inventory.",
        subcommands: [Counts.self, ReportCoverageCommand.self, ReportReadinessCommand.self, ReportKMSCommand.self])

    struct Counts: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows how many activations are left on every key.",
            discussion: """
                The newest reading that is not later than the day of the report (--as-of, else asOf of the policy, \
                else today) and knows a number counts; its age is shown in days. Where all readings are later, the \
                oldest counts, with a warning. A policy adds what is reserved and what keys are declared for. Unknown \
                is never shown as 0.

                Examples:

                  actkit report counts
                  actkit report counts --policy policy.yaml --as-of 2021-02-01
                  actkit report counts --format json --output counts.json
                """)

        @OptionGroup(title: "Inventory") var inventory: InventoryOptions
        @OptionGroup(title: "Plan") var planning: PlanningOptions
        @OptionGroup(title: "Result") var output: OutputOptions

        @Flag(help: "Exit with 1 when a count is unknown, old or used up.")
        var strict = false

        func run() throws {
            let store = try inventory.open()
            let catalog = try planning.catalog(with: store)
            let policy = try planning.policy(with: catalog)
            let day = planning.day(for: policy)
            let fleet = try store.fleet(.planning)
            let held = try Ledger(store).held(on: day, fleet: fleet, catalog: catalog)
            let report = CountsReport(
                keys: fleet.keys, catalog: catalog, policy: policy, asOf: day, pending: held?.pendingPerKey ?? [:])
            try output.write(report)
            if strict, !report.warnings.isEmpty { throw CommandFailure(.findings) }
        }
    }
}

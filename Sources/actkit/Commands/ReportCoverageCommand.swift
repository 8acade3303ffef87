import ActivationModel
import ArgumentParser
import Inventory
import Planning
import Reporting

struct ReportCoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Shows what was bought, allotted, activated, what is licensed and what is covered.",
        discussion: """
            A license row stays licensed for ever, but unlocks only updates that were released in the window of its \
            year. This report judges coverage by that day: a computer with year 1 alone is not covered from the day on \
            which year 2 begins.

            The policy's targets say which programs are meant; without any, all programs that the inventory has \
            computers of. CSV and JSON always hold every computer.

            Examples:

              actkit report coverage
              actkit report coverage --target windows-10 --details
              actkit report coverage --released 2026-10-13 --format csv --output coverage.csv
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Plan") var planning: PlanningOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "The day on which the updates in question were released (default: the day of the report).", valueName: "day"
        ))
    var released: Day?

    @Flag(help: "Add a row per computer to the table, and list every warning.")
    var details = false

    @Flag(help: "Exit with 1 when a computer is not covered, or when there are warnings.")
    var strict = false

    func run() throws {
        let store = try inventory.open()
        let catalog = try planning.catalog(with: store)
        let policy = try planning.policy(with: catalog)
        let fleet = try store.fleet(.planning)
        let coverage = Coverage(
            of: fleet, catalog: catalog, policy: policy, asOf: planning.day(for: policy), released: released)
        try output.write(CoverageReport(coverage, of: fleet), details: details)
        guard strict else { return }
        let uncovered = coverage.programs.reduce(0) { $0 + $1.states[.uncovered] }
        if uncovered > 0 || coverage.warnings.contains(where: { $0.severity > .note }) {
            throw CommandFailure(.findings)
        }
    }
}

import ActivationModel
import ArgumentParser
import Inventory
import Planning
import Reporting

struct ReportReadinessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readiness", abstract: "Shows which computers can take their key now, and what the others lack.",
        discussion: """
            Names per computer the next update, its restart and where it can be had, and the order of updates that \
            makes the most computers ready first. updateSources of the policy says where computers get their updates \
            from; packages that are not to be had there must be brought by hand. CSV and JSON hold every computer that \
            is to take a key.

            Examples:

              actkit report readiness --policy policy.yaml
              actkit report readiness --target windows-7:2 --as-of 2021-02-01 --details
              actkit report readiness --policy policy.yaml --format csv --output readiness.csv
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Plan") var planning: PlanningOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    @Flag(help: "Add a row per computer to the table, and list every warning.")
    var details = false

    @Flag(help: "Exit with 1 when a computer that is to take a key is not known to be ready.")
    var strict = false

    func run() throws {
        let store = try inventory.open()
        let catalog = try planning.catalog(with: store)
        let policy = try planning.policy(with: catalog)
        let planner = Planner(catalog: catalog, policy: policy, asOf: planning.day(for: policy))
        let readiness: Readiness
        let findings: [Diagnostic]
        do {
            // The fleet is released before the report is written: it is the larger of the two.
            let fleet = try store.fleet(.planning)
            findings = fleet.findings
            readiness = planner.readiness(of: try planner.plan(fleet), in: fleet)
        }
        try output.write(ReadinessReport(readiness), details: details)
        Console.tell(findings, limit: details ? .max : 5)
        if strict, readiness.targets.contains(where: { $0.ready < $0.computers }) { throw CommandFailure(.findings) }
    }
}

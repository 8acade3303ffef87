import ActivationModel
import ArgumentParser
import Inventory
import Planning
import Reporting

struct PlanExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains the plan's decision about one computer.",
        discussion: """
            Names each rule that spoke, the data that decided, and the file and line they come from. The whole \
            inventory is planned, because who is served depends on who else competes.

            Examples:

              actkit plan explain pc-0001.corp.example.com --policy policy.yaml
              actkit plan explain pc-0001 --policy policy.yaml --format json
            """)

    @Argument(help: "The computer: its full name, or the first label when only one computer has it.")
    var name: String

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Plan") var planning: PlanningOptions
    @OptionGroup(title: "Questions") var question: QuestionOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let store = try inventory.open()
        let catalog = try planning.catalog(with: store)
        let policy = try planning.policy(with: catalog)
        let day = planning.day(for: policy)
        let fleet = try store.fleet(.planning)
        let held = try Ledger(store).held(on: day, fleet: fleet, catalog: catalog)
        let planner = Planner(catalog: catalog, policy: policy, asOf: day)
        let plan = try planner.plan(fleet, question, held: held, catalog: catalog)
        try output.write(ExplanationReport(planner.explain(name, in: fleet, plan: plan), asOf: day))
    }
}

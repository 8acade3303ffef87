import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct PlanReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Lets go of the activations that a recorded plan holds.",
        discussion: """
            For a plan that will not be carried out, or not to its end. The record stays in the list; recording the \
            document again takes the release back.

            Examples:

              actkit plan records
              actkit plan release 3
            """)

    @Argument(help: "The number of the record, as 'actkit plan records' lists it.")
    var id: Int64

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var programs: CatalogOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let day = self.day.asOf ?? Today.day
        let store = try inventory.openStore()
        let catalog = try programs.catalog(with: store)
        guard try store.releasePlan(id, on: day) != nil else {
            let ids = try store.plannedRuns().map { String($0.id) }
            throw CommandFailure(
                .missingInput,
                "\(store.path): there is no recorded plan \(id)"
                    + (ids.isEmpty ? "; none is recorded" : "; recorded are \(ids.joined(separator: ", "))"),
                remedy: "See 'actkit plan records'.")
        }
        let fleet = try store.fleet(.planning)
        try output.write(PlanRecordsReport(store, on: day, fleet: fleet, catalog: catalog, only: id))
    }
}

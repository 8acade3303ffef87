import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct PlanRecordsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "records", abstract: "Lists the recorded plans and how far they have got.",
        discussion: """
            Pending activations are held and not seen as done; done are those whose computer an import shows as \
            licensed; replaced are those for which a newer record counts; lapsed are those that were not done when the \
            record expired or was released.

            Examples:

              actkit plan records
              actkit plan records --as-of 2021-03-01 --format json
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var programs: CatalogOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let store = try inventory.openStore()
        let catalog = try programs.catalog(with: store)
        let fleet = try store.fleet(.planning)
        try output.write(PlanRecordsReport(store, on: self.day.asOf ?? Today.day, fleet: fleet, catalog: catalog))
    }
}

import ActivationModel
import ArgumentParser
import Reporting

struct ProductsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "products", abstract: "Lists the products of the computers with their license state.",
        discussion: """
            Conditions choose the computers whose products are listed.

            Examples:

              actkit products --where 'name=pc-0001*'
              actkit products --format csv --output products.csv
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Selection") var selection: SelectionOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let fleet = try inventory.fleet()
        try output.write(ProductsReport(fleet, positions: selection.positions(in: fleet)))
        Console.tell(fleet.findings)
    }
}

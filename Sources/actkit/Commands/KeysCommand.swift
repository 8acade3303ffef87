import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Lists the product keys of the inventory with what is left on them.",
        discussion: """
            Keys are shown by their last five characters. JSON holds every reading with its file and line. \
            'actkit report counts' adds what is reserved and what can be used.

            Examples:

              actkit keys
              actkit keys --format json
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let fleet = try inventory.fleet(.planning)
        try output.write(KeysReport(fleet.keys))
        Console.tell(fleet.findings)
    }
}

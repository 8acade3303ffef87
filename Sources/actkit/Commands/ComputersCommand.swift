import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct ComputersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "computers", abstract: "Lists the computers of the inventory.",
        discussion: """
            Examples:

              actkit computers
              actkit computers --where 'os=Windows 7*' --where 'ou=OU=Berlin,DC=corp,DC=example,DC=com'
              actkit computers --format json --output computers.json
              actkit computers --input ad-computers.csv --format csv
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Selection") var selection: SelectionOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let fleet = try inventory.fleet(.planning)
        try output.write(ComputersReport(fleet, positions: selection.positions(in: fleet)))
        Console.tell(fleet.findings)
    }
}

import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Lists the product keys of the inventory, verifies keys, changes the sealing key.",
        discussion: """
            Keys are shown by their last five characters. Without a subcommand, 'actkit keys' is 'actkit keys list'.

            Examples:

              actkit keys
              actkit keys --format json
              actkit keys verify keys.txt
            """,
        subcommands: [KeysListCommand.self, KeysVerifyCommand.self, KeysRotateSealCommand.self],
        defaultSubcommand: KeysListCommand.self)
}

struct KeysListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the product keys of the inventory with what is left on them.",
        discussion: """
            Keys are shown by their last five characters. JSON holds every reading with its file and line. \
            'actkit report counts' adds what is reserved and what can be used.

            Examples:

              actkit keys list
              actkit keys list --format json
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        let fleet = try inventory.fleet(.planning)
        try output.write(KeysReport(fleet.keys))
        Console.tell(fleet.findings)
    }
}

import ActivationModel
import ArgumentParser
import ESUPrograms
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

            Keys come into the inventory with 'actkit import FILE'. The files come from:

            \(FormatHelp.keys)
            """,
        subcommands: [
            KeysListCommand.self, KeysVerifyCommand.self, KeysExportCommand.self, KeysRotateSealCommand.self,
        ],
        defaultSubcommand: KeysListCommand.self)
}

struct KeysListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the product keys of the inventory with what is left on them.",
        discussion: """
            Keys are shown by their last five characters, with the ESU program and year that they are for, as far as their \
            range, their SKU or a key table says so, and the age of the last reading in days. JSON holds every reading with \
            its file and line. 'actkit report counts' adds what is reserved and what can be used.

            Examples:

              actkit keys list
              actkit keys list --program windows-10 --year 2
              actkit keys list --agreement 80001234 --format csv
              actkit keys list --stale 30 --as-of 2026-11-24
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup var programs: CatalogOptions
    @OptionGroup var keyConfiguration: KeyConfigurationOptions

    @Option(help: ArgumentHelp("Only keys of that ESU program, such as windows-10.", valueName: "program"))
    var program: String?

    @Option(help: ArgumentHelp("Only keys of that year of their program.", valueName: "number"))
    var year: Int?

    @Option(help: ArgumentHelp("Only keys of that agreement.", valueName: "number"))
    var agreement: String?

    @Option(
        help: ArgumentHelp(
            "Only keys whose count was read more than that many days ago, or never.", valueName: "days"))
    var stale: Int?

    @Option(help: ArgumentHelp("The day from which the age of readings is counted (default: today).", valueName: "day"))
    var asOf: Day?

    @OptionGroup(title: "Result") var output: OutputOptions

    func validate() throws {
        if let year, year < 1 { throw ValidationError("--year \(year): the years of a program count from 1.") }
        if let stale, stale < 0 { throw ValidationError("--stale \(stale): write a number of days, such as 30.") }
    }

    func run() throws {
        let store = try inventory.open()
        let catalog = try programs.catalog().adding(keyConfiguration.configuration(in: store))
        if let program, catalog[program.lowercased()] == nil {
            throw ValidationError(
                "--program \(program) is not known. Known: \(catalog.programs.map(\.id).joined(separator: ", ")).")
        }
        let fleet = try store.fleet(.planning)
        let selection = KeysReport.Selection(
            program: program?.lowercased(), year: year, agreement: agreement, staleDays: stale)
        try output.write(
            KeysReport(fleet.keys, catalog: catalog, asOf: asOf ?? Today.day, selection: selection))
        Console.tell(fleet.findings)
    }
}

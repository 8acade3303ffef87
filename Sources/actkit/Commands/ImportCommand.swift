import ActivationModel
import ArgumentParser
import Importing
import Interchange
import Inventory
import Reporting

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Reads files and merges them into the inventory.",
        discussion: """
            The format of a file is recognised by its content, not by its name. A row that cannot be used is listed and \
            does not stop its file; a file that cannot be read changes nothing, and the other files are read all the \
            same. Importing a file again changes nothing; a changed table of purchases or tags replaces what a table of the \
            same name said before.

            A folder stands for the files in it. Licensing captures (slmgr /dlv all, ospp /dstatus, SoftwareLicensingProduct, \
            win_product_facts) may hold many computers; one that names no computer is taken for that of --computer, else for \
            the one after which the file is named: pc-0001.txt, pc-0001_dlv.txt. The day of a capture is the one it tells, \
            else that of --read-at.

            Product keys are sealed in the store with a key of its own, which is made on first need: in the variable \
            ACTKIT_SEAL_KEY, else in ~/.config/actkit/seal.key.

            Examples:

              actkit import site-a.cilx site-b.cil ad-computers.csv
              actkit import --dry-run purchases.csv
              actkit import --store fleet.sqlite --format json *.csv
              Get-Content list.csv | actkit import -
              actkit import --read-at 2021-01-30 captures/
              cscript //nologo slmgr.vbs /dlv all | actkit import --computer pc-0001 -

            Formats ('actkit formats FORMAT' tells the command that makes such a file, and the headers of a table):

            \(FormatHelp.list)
            """)

    @Option(help: ArgumentHelp("The inventory's file; it is made when it does not exist.", valueName: "path"))
    var store = InventoryOptions.defaultStore

    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Exit with 65 when a row was rejected. What could be used is imported all the same.")
    var strict = false

    @OptionGroup(title: "Reading") var reading: ReadingOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    @Argument(help: "The files, or folders of files; - is standard input.")
    var files: [String]

    func run() throws {
        let options = try reading.parsed()
        // Before the store is made, which may lie in one of the folders.
        let paths = ImportPaths(files, store: store)
        let result = try TargetStore(path: store, isDryRun: dryRun).fill { inventory in
            try ImportRun(paths: paths, options: options, isDryRun: dryRun).run(into: inventory)
        }
        try result.show(output, strict: strict)
    }
}

import ActivationModel
import ArgumentParser
import Inventory
import Reporting

struct ReportKMSCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kms", abstract: "Shows the clients, hosts and failures of Key Management Service.",
        discussion: """
            Import the events 12288 to 12294 of hosts (and clients) first. Requests stand in the host's log "Key Management \
            Service", all others in "Application":

              wevtutil qe "Key Management Service" /f:xml > kms.xml
              Get-WinEvent -LogName "Key Management Service" | Export-Csv kms.csv -Encoding UTF8
              Get-CimInstance SoftwareLicensingService -ComputerName KMS01 | Export-Csv hosts.csv

            A host counts the client machine ids of the last 30 days: clients of Windows are activated from 25 on, servers \
            and Office from 5 on. Computers that were copied without sysprep share an id and count once.

            CSV holds a row for all events that differ in nothing but their time; JSON holds every client.

            Examples:

              actkit report kms
              actkit report kms --days 7 --details
              actkit report kms --as-of 2026-11-24 --format json --output kms.json
            """)

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions

    @Option(help: ArgumentHelp("How many days a host counts a client.", valueName: "days"))
    var days = 30

    @Option(help: ArgumentHelp("Report as of this day (default: today); later events are left out.", valueName: "day"))
    var asOf: Day?

    @OptionGroup(title: "Result") var output: OutputOptions

    @Flag(help: "Add a row per client to the table, and list everything.")
    var details = false

    @Flag(help: "Exit with 1 when a host has too few clients, an id is shared or an event failed.")
    var strict = false

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days takes a number from 1 to 3650.") }
    }

    func run() throws {
        let records = try inventory.open().kmsRecords(asOf: asOf ?? Today.day, windowDays: days)
        let report = KMSReport(records)
        try output.write(report, details: details)
        if records.isEmpty {
            Console.tell([
                Diagnostic(
                    code: "kms.empty", severity: .note,
                    message: "The inventory holds nothing about Key Management Service",
                    remedy: "Import events first; 'actkit report kms --help' shows how to export them.")
            ])
        }
        if strict, !report.warnings.isEmpty { throw CommandFailure(.findings) }
    }
}

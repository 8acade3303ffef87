import ArgumentParser

/// The program. Commands hold nothing but arguments, progress and exit statuses; what they do lies in the libraries.
@main
struct ActKit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "actkit",
        abstract: "Plans ESU activations from what your volume activation tools know.",
        discussion: """
            Reads exports of the Volume Activation Management Tool (VAMT), Active Directory lists and tables made by \
            hand, merges them into one inventory, plans which computer gets which ESU activation, and reports what is \
            left on every key. It activates nothing by itself.

            Three steps:

              actkit import site-a.cilx ad-computers.csv purchases.csv
              actkit plan --policy policy.yaml
              actkit report counts

            The result goes to standard output; progress and findings go to standard error. Exit status: 0 done, \
            1 done, with findings that you asked to fail on, 64 wrong usage, 65 unreadable data, 66 missing input, \
            74 write failure, 70 a defect of this program, 130 stopped with Ctrl-C.
            """,
        version: "0.1.0",
        subcommands: [
            ImportCommand.self, FormatsCommand.self, DirectoryCommand.self, ComputersCommand.self, ProductsCommand.self,
            KeysCommand.self,
            PlanCommand.self, ReportCommand.self, ExportCommand.self, ProgramsCommand.self, ExplainCommand.self,
        ])

    static func main() {
        Console.ignoreBrokenPipes()
        do {
            var command = try parseAsRoot()
            do { try command.run() } catch { Console.exit(with: error, of: type(of: command)) }
        } catch {
            Console.exit(with: error)
        }
    }
}

import ActivationModel
import ArgumentParser
import ESUPrograms
import Reporting

struct ProgramsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programs", abstract: "Lists, shows and checks the ESU program data.",
        discussion: """
            Examples:

              actkit programs list
              actkit programs show windows-10
              actkit programs check
              actkit programs check --programs my-programs
            """,
        subcommands: [List.self, Show.self, Check.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the programs.")

        @OptionGroup var programs: CatalogOptions
        @OptionGroup(title: "Result") var output: OutputOptions

        func run() throws {
            let catalog = try programs.catalog()
            try output.write(ProgramsReport(catalog.programs))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows one program: years, systems, prerequisites, sources.")

        @Argument(help: "The program, such as windows-7.")
        var program: String

        @OptionGroup var programs: CatalogOptions
        @OptionGroup(title: "Result") var output: OutputOptions

        func run() throws {
            let catalog = try programs.catalog()
            guard let found = catalog[program.lowercased()] else {
                throw ValidationError(
                    "There is no program \(program). Known: \(catalog.programs.map(\.id).joined(separator: ", ")).")
            }
            try output.write(ProgramsReport(describing: found))
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks the program data against the rules that it must keep.",
            discussion: "Exits with 1 when the data breaks a rule.")

        @OptionGroup var programs: CatalogOptions

        func run() throws {
            let catalog = try programs.catalog()
            let findings = catalog.check()
            Console.tell(findings, limit: .max)
            let years = catalog.programs.reduce(0) { $0 + $1.years.count }
            let serious = findings.filter { $0.severity > .note }
            let verdict =
                serious.isEmpty ? "no rule is broken" : "\(serious.count) finding\(serious.count == 1 ? "" : "s")"
            try Console.write(
                Array("\(catalog.programs.count) programs, \(years) years checked: \(verdict).\n".utf8))
            if !serious.isEmpty { throw CommandFailure(.findings) }
        }
    }
}

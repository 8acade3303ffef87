import ArgumentParser
import Foundation
import Reporting
import XMLStream

extension OutputFormat: ExpressibleByArgument {}

/// Where a result goes and in which form.
struct OutputOptions: ParsableArguments {
    @Option(help: "The form of the result: table, csv or json.")
    var format = OutputFormat.table

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the result to FILE instead of standard output. The file is replaced as a whole, or not at all.",
            valueName: "file"))
    var output: String?

    /// Writes a report to where the user wants it.
    func write(_ report: some Report, details: Bool = false) throws {
        if let output {
            try FileOutput.write(to: output) { sink in
                try report.render(format, options: TableOptions(details: details), into: sink)
            }
        } else {
            let options = TableOptions(color: Console.usesColor(STDOUT_FILENO), details: details)
            try report.render(format, options: options) { try Console.write($0) }
        }
    }
}

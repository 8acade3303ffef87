import ArgumentParser
import Reporting

struct PlanDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Compares two plans: who gained, lost or moved, and why.",
        discussion: """
            Both are JSON documents of 'actkit plan'. The reasons are those that the two documents can tell: the rules \
            of the new decision, what became of the old key, the licenses, computers of higher tiers.

            Examples:

              actkit plan diff old.json new.json
              actkit plan diff old.json new.json --details
              actkit plan diff old.json new.json --format json --strict
            """)

    @Argument(help: "The earlier plan (JSON).")
    var old: String

    @Argument(help: "The later plan (JSON).")
    var new: String

    @OptionGroup(title: "Result") var output: OutputOptions
    @OptionGroup(title: "Result") var findings: FindingOptions

    func run() throws {
        let report = PlanDiffReport(old: try PlanFile(path: old).plan, new: try PlanFile(path: new).plan)
        try output.write(report, details: findings.details)
        if findings.strict, !report.isEmpty { throw CommandFailure(.findings) }
    }
}

import ArgumentParser
import Planning
import Reporting

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Explains a rule: what it says, where it comes from and what it does.",
        discussion: """
            Plans and explanations name rules by identifier. Without an identifier all rules are listed with their role: \
            enforced (it changes decisions), reported (it shows in reports and warnings) or information.

            Examples:

              actkit explain
              actkit explain LIC-02
              actkit explain con-01 --format json

            Why one computer got its decision says: actkit plan explain NAME
            """)

    @Argument(help: "The identifier of the rule, such as LIC-02 or PLAN-12; in any case.")
    var rule: String?

    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        guard let rule else { return try output.write(RulesReport()) }
        guard let entry = RuleBook[rule] else {
            let near = RuleBook.near(rule)
            throw ValidationError(
                "There is no rule \(rule). "
                    + (near.isEmpty
                        ? "List all of them with: actkit explain." : "Near to it: \(near.joined(separator: ", "))."))
        }
        try output.write(RulesReport(describing: entry))
    }
}

import ActivationModel
import ArgumentParser
import ESUPrograms
import Foundation
import Planning

/// Where the program data comes from.
struct CatalogOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A folder of program files (JSON) that add to the built-in ones; a file with the same id replaces one.",
            valueName: "dir"))
    var programs: String?

    /// The programs to plan with.
    func catalog() throws -> ProgramCatalog { try ProgramCatalog.load(overridesIn: programs) }
}

/// The day that a command works for.
struct DayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The day to work for, as YYYY-MM-DD. Without it the asOf of a policy that is given counts, else the current "
                + "day (UTC).",
            valueName: "day"))
    var asOf: Day?
}

/// The policy, the day and the program data of a plan.
struct PlanningOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The policy file (YAML).", valueName: "file"))
    var policy: String?

    @OptionGroup var dayOptions: DayOptions

    @Option(
        name: .customLong("target"),
        help: ArgumentHelp(
            "What to plan, as PROGRAM or PROGRAM:YEAR, such as windows-7:2. Repeatable; wins over the policy's targets.",
            valueName: "target"))
    var targets: [String] = []

    @OptionGroup var programs: CatalogOptions
    @OptionGroup var keyConfiguration: KeyConfigurationOptions

    /// The policy with what the command line says about targets.
    func policy(with catalog: ProgramCatalog) throws -> Policy {
        var chosen = Policy()
        if let policy {
            let text = try TextFile.contents(of: policy, what: "policy")
            chosen = try Policy(yaml: text, file: policy, catalog: catalog)
        }
        if !targets.isEmpty { chosen.targets = try targets.map { try target($0, in: catalog) } }
        return chosen
    }

    /// The day the plan is made for.
    func day(for policy: Policy) -> Day { dayOptions.asOf ?? policy.asOf ?? Today.day }

    private func target(_ text: String, in catalog: ProgramCatalog) throws -> TargetChoice {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let program = String(parts[0])
        guard let known = catalog[program] else {
            throw ValidationError(
                "--target \(text): there is no program \(program). "
                    + "Known: \(catalog.programs.map(\.id).joined(separator: ", ")).")
        }
        guard parts.count == 2, parts[1] != "auto" else { return TargetChoice(program: program, year: nil) }
        guard let year = Int(parts[1]), known.year(year) != nil else {
            throw ValidationError(
                "--target \(text): \(program) has no year \(parts[1]). "
                    + "Its years: \(known.years.map { String($0.number) }.joined(separator: ", ")).")
        }
        return TargetChoice(program: program, year: year)
    }
}

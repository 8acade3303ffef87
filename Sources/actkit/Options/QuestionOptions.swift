import ActivationModel
import ArgumentParser
import ESUPrograms
import Planning
import Reporting

/// What a plan is asked beside its policy: an earlier plan to stay close to, and assumptions.
struct QuestionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An earlier plan (JSON). Computers keep its keys as far as that costs nobody an activation.",
            valueName: "plan.json"))
    var previous: String?

    @Option(
        name: .customLong("assume-extra"),
        help: ArgumentHelp(
            "What if KEY had N more activations? KEY is an identifier or the last five characters. Repeatable.",
            valueName: "KEY=N"))
    var extras: [String] = []

    @Option(
        name: .customLong("assume-purchase"),
        help: ArgumentHelp(
            "What if N more licenses were bought, such as windows-7/2=1000? Purchases of the program must have been "
                + "imported. Repeatable.", valueName: "PROGRAM/YEAR=N"))
    var purchases: [String] = []

    @Flag(
        help: ArgumentHelp(
            "Find the smallest purchase and, with it, the fewest extra activations that serve everybody, and plan as if they "
                + "were there.")
    )
    var untilCovered = false

    /// The earlier plan, with the ids that its keys have in the present inventory.
    func previousPlan(keys: [LicenseKey]) throws -> PreviousPlan? {
        try previous.map { path in
            var plan = try PlanFile.read(path)
            plan.renameKeys(as: keys.map { KeyReference($0) })
            return plan.previous
        }
    }

    /// The assumptions.
    func assumptions(_ catalog: ProgramCatalog) throws -> PlanAssumptions {
        PlanAssumptions(
            extraActivations: try extras.map { text in
                let (key, count) = try Self.split(text, option: "--assume-extra", shape: "KEY=N, such as ABCDE=500")
                return .init(key: key, count: count)
            },
            purchases: try purchases.map { text in
                let (target, quantity) = try Self.split(
                    text, option: "--assume-purchase", shape: "PROGRAM/YEAR=N, such as windows-7/2=1000")
                let parts = target.split(separator: "/", omittingEmptySubsequences: false)
                if parts.count == 1, let colon = target.lastIndex(of: ":") {
                    throw ValidationError(
                        "--assume-purchase \(text): a slash stands between program and year. "
                            + "Did you mean \(target[..<colon])/\(target[target.index(after: colon)...])=\(quantity)?")
                }
                guard parts.count == 2, let year = Int(parts[1]),
                    let program = catalog[parts[0].lowercased()], program.year(year) != nil
                else {
                    throw ValidationError(
                        "--assume-purchase \(text): no program and year \"\(target)\". "
                            + "Known programs: \(catalog.programs.map(\.id).joined(separator: ", ")).")
                }
                return .init(target: ProgramTarget(program: program.id, year: year), quantity: quantity)
            })
    }

    /// What stands before and after the last equals sign, the latter as a number above 0.
    private static func split(_ text: String, option: String, shape: String) throws -> (String, Int) {
        guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
            let number = Self.number(text[text.index(after: sign)...]), number > 0
        else { throw ValidationError("\(option) \(text): write it as \(shape).") }
        guard number <= QuantityLimit.largest else {
            throw ValidationError("\(option) \(text): the largest number is \(QuantityLimit.text).")
        }
        return (String(text[..<sign]), number)
    }

    /// The number that the digits write; one that 64 bits cannot hold is beyond every limit.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text) ?? .max
    }
}

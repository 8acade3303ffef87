import ActivationModel
import ArgumentParser
import ESUPrograms
import Inventory
import Planning
import Reporting

struct PlanRecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Records a plan, so that its activations are held.",
        discussion: """
            Later plans leave the activations of a recorded plan to its computers: nobody else gets them. A computer lets \
            go of its activation when an import shows it as licensed, when the record expires, or when somebody releases \
            it. Recording the same document again gives the same record and a new day of expiry. A newer record replaces \
            an older one for the computers that both name.

            Examples:

              actkit plan --policy policy.yaml --format json --output plan.json
              actkit plan record plan.json
              actkit plan record plan.json --expires 14d
              actkit plan record plan.json --expires 2021-04-30
            """)

    @Argument(help: ArgumentHelp("The plan as JSON; - for standard input.", valueName: "plan.json"))
    var document: String

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions
    @OptionGroup var day: DayOptions
    @OptionGroup var programs: CatalogOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "The last day on which the activations are held, as YYYY-MM-DD, or as a number of days after the plan's own "
                + "day, such as 14d (default: \(PlannedRun.holdingDays)d).", valueName: "day"))
    var expires = Expiry.after(days: PlannedRun.holdingDays)

    func run() throws {
        let file = try PlanFile(path: document)
        let plan = file.plan
        guard !plan.isHypothetical else {
            throw CommandFailure(
                .unreadableData,
                "\(plan.file): this plan answers a what-if question; it assumes activations or licenses "
                    + "that nobody has", remedy: "Plan without --assume options, and record that plan.")
        }
        let last = expires.day(after: plan.asOf)
        guard last >= plan.asOf else {
            throw ValidationError("--expires \(last) lies before the day of the plan, \(plan.asOf).")
        }
        let day = self.day.asOf ?? Today.day
        let store = try inventory.openStore()
        let catalog = try programs.catalog(with: store)
        let fleet = try store.fleet(.planning)
        let references = plan.keyReferences
        let known = KeyRegister(fleet.keys.map { KeyReference($0) })
        let run = PlannedRun(
            sha256: file.sha256, file: plan.file, asOf: plan.asOf, expires: last, recorded: day,
            keyCounts: plan.keys.map { key in
                PlannedRun.KeyCount(
                    key: key.id, remaining: key.remaining, readAt: key.readAt.flatMap { Timestamp(iso: $0) })
            })
        let recorded = try store.recordPlan(
            run, keys: references, plan.activations.lazy.map(StoredAssignment.init))
        try output.write(
            PlanRecordsReport(store, on: day, fleet: fleet, catalog: catalog, only: recorded.run.id))
        let used = Set(plan.activations.compactMap(\.key))
        let found = Set(references.filter { known.id(of: $0) != nil }.map(\.id))
        let strange = used.subtracting(found).sorted()
        if !strange.isEmpty {
            Console.tell([
                Diagnostic(
                    code: "plan.record.key.unknown", severity: .warning, file: plan.file, line: nil,
                    message:
                        "the plan uses \(strange.count) keys that this inventory does not know, such as \(strange[0])",
                    remedy: "Check that the plan was made from this inventory; release the record if it was not.")
            ])
        }
    }
}

extension StoredAssignment {
    fileprivate init(_ assignment: PlannedAssignment) {
        self.init(
            computer: assignment.computer, program: assignment.target.program, year: assignment.target.year,
            decision: assignment.decision.token, key: assignment.key ?? "", partialKey: assignment.partialKey,
            tier: assignment.tier, wave: assignment.wave, day: assignment.day)
    }
}

/// How long a record holds.
enum Expiry: ExpressibleByArgument, Equatable {
    case after(days: Int)
    case on(Day)

    init?(argument: String) {
        if let day = Day(argument) {
            self = .on(day)
        } else if argument.last == "d", let days = Int(argument.dropLast()), (0...3660).contains(days) {
            self = .after(days: days)
        } else {
            return nil
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .after(let days): "\(days)d"
        case .on(let day): day.description
        }
    }

    func day(after day: Day) -> Day {
        switch self {
        case .after(let days): day.adding(days: days)
        case .on(let day): day
        }
    }
}

import ActivationModel
import ESUPrograms

/// What the computers of a fleet are covered for, program by program and year by year.
///
///     let coverage = Coverage(of: fleet, catalog: catalog, policy: policy, asOf: day)
///     for program in coverage.programs { print(program.program.id, program.states[.uncovered]) }
///
/// Coverage is judged by the release day of updates: a computer on which only year 1 is licensed is not covered from the
/// day on which year 2 begins, although its license row stays licensed for ever (rules COV-01, COV-02). A pure function of
/// fleet, program data, policy and the two days.
public struct Coverage: Sendable {
    /// The day of the report; accounts count as stale as of this day.
    public let asOf: Day
    /// The release day of the updates that are asked about.
    public let released: Day
    /// The programs, ordered by id: those of the policy's targets, else all that the fleet has computers of.
    public internal(set) var programs: [ProgramCoverage]
    /// What does not fit together, program by program.
    public internal(set) var warnings: [Diagnostic]

    /// Looks at a fleet.
    ///
    /// - Parameters:
    ///   - fleet: the inventory; its computers must be in their stated order.
    ///   - policy: its targets say which programs are meant; its declarations of keys and its rule of stale accounts count.
    ///   - released: the release day of the updates that are asked about; the day of the report when nil.
    /// - Complexity: linear in computers and products.
    public init(of fleet: Fleet, catalog: ProgramCatalog, policy: Policy, asOf: Day, released: Day? = nil) {
        self.asOf = asOf
        self.released = released ?? asOf
        var run = CoverageRun(fleet: fleet, catalog: catalog, policy: policy, asOf: asOf, released: self.released)
        run.look()
        programs = run.finished()
        warnings = run.warnings()
    }
}

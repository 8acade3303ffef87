import ActivationModel
import ESUPrograms

/// One look at all computers of a fleet for several programs.
struct CoverageRun {
    private let fleet: Fleet
    private let catalog: ProgramCatalog
    private let policy: Policy
    private let asOf: Day
    private let released: Day
    private let survey: SystemSurvey
    /// Per program, per evidence of the survey.
    private let memberships: [[Membership]]
    private let positionOfProgram: [String: Int]
    private var programs: [ProgramCoverage]
    private var keys: KeyCensus
    private var notes: CoverageNotes
    /// Per program, what the rows of the present computer show; reset for each computer.
    private var rows: [Rows]

    /// Whether machines of one system belong to a program.
    private enum Membership { case member, unclear, none }

    /// What the rows of one computer show about one program.
    private struct Rows {
        var isThere = false
        var licensed = YearMask()
        var activated = YearMask()
        var newest: Int32 = -1
        var newestYear = 0
        var newestIsLicensed = false
    }

    init(fleet: Fleet, catalog: ProgramCatalog, policy: Policy, asOf: Day, released: Day) {
        self.fleet = fleet
        self.catalog = catalog
        self.policy = policy
        self.asOf = asOf
        self.released = released
        let survey = SystemSurvey(fleet, catalog: catalog)
        self.survey = survey
        let named = Set(policy.targets.map(\.program))
        let chosen = catalog.programs.filter { named.isEmpty || named.contains($0.id) }
        memberships = chosen.map { program in
            survey.evidence.map { evidence in
                let eligibility = Eligibility(evidence, program: program, catalog: catalog, disputed: policy.disputed)
                return switch eligibility.verdict {
                case .eligible: .member
                case .undetermined: eligibility.system == nil ? .none : .unclear
                case .oem, .ineligible: .none
                }
            }
        }
        positionOfProgram = Dictionary(uniqueKeysWithValues: chosen.enumerated().map { ($0.element.id, $0.offset) })
        programs = chosen.map { program in
            ProgramCoverage(
                program: program, phase: ProgramCoverage.Phase(program, on: released),
                years: program.years.map { year in
                    let pool = LicensePool(
                        ProgramTarget(program: program.id, year: year.number), purchases: fleet.purchases, activated: 0)
                    return YearCoverage(year: year, bought: pool.boughtPerYear.last, usable: pool.bought)
                })
        }
        keys = KeyCensus(fleet.keys, catalog: catalog, policy: policy, asOf: asOf)
        notes = CoverageNotes(programs: chosen.count, texts: fleet.texts)
        rows = [Rows](repeating: Rows(), count: chosen.count)
    }

    /// Looks at every computer.
    mutating func look() {
        for position in fleet.computers.indices {
            let computer = fleet.computers[position]
            var touched = readRows(of: computer)
            let evidence = Int(survey.evidenceOf[position])
            for program in programs.indices {
                let membership = memberships[program][evidence]
                guard rows[program].isThere || membership != .none else { continue }
                touched = touched || rows[program].isThere
                add(computer, at: position, to: program, membership)
            }
            if touched { for program in rows.indices { rows[program] = Rows() } }
        }
    }

    /// Notes what the rows of a computer show; whether any belongs to one of the programs.
    private mutating func readRows(of computer: Computer) -> Bool {
        var found = false
        for position in computer.products.range {
            let product = fleet.products[position]
            guard let sku = product.sku, let target = catalog.target(activationID: sku) else {
                notes.look(at: product)
                continue
            }
            guard let program = positionOfProgram[target.program] else { continue }
            let isLicensed = product.status == .licensed
            let wasActivated =
                isLicensed || product.status == .outOfToleranceGrace || !product.confirmationID.isNone
            // A row without any of these only shows that the licensing package is installed.
            guard wasActivated else { continue }
            found = true
            rows[program].isThere = true
            rows[program].activated.insert(target.year)
            if isLicensed { rows[program].licensed.insert(target.year) }
            let isBetter =
                isLicensed == rows[program].newestIsLicensed
                ? target.year > rows[program].newestYear : isLicensed
            if rows[program].newest < 0 || isBetter {
                rows[program].newest = Int32(position)
                rows[program].newestYear = target.year
                rows[program].newestIsLicensed = isLicensed
            }
            keys.count(product.partialKey, target: target, isLicensed: isLicensed, at: product.place)
        }
        return found
    }

    private mutating func add(_ computer: Computer, at position: Int, to index: Int, _ membership: Membership) {
        let seen = rows[index]
        var coverage = ComputerCoverage(
            computer: UInt32(position), row: seen.newest, licensed: seen.licensed, activated: seen.activated,
            state: .uncovered)
        let program = programs[index].program
        if membership == .member, let hosting = fleet[computer.hosting], !program.entitlements.isEmpty {
            for year in program.years where program.entitlement(hosting: hosting, year: year.number) != nil {
                coverage.entitled.insert(year.number)
            }
        }
        coverage.state = state(of: computer, coverage, programs[index].phase, membership)
        programs[index].computers.append(coverage)
        programs[index].states[coverage.state] += 1
        for position in programs[index].years.indices {
            let year = programs[index].years[position].year.number
            if coverage.licensed.contains(year) { programs[index].years[position].licensed += 1 }
            if coverage.activated.contains(year) { programs[index].years[position].activated += 1 }
            if coverage.entitled.contains(year) { programs[index].years[position].entitled += 1 }
        }
        let place = seen.newest < 0 ? Place.none : fleet.products[Int(seen.newest)].place
        notes.look(
            at: coverage, program: index, phase: programs[index].phase, isMember: membership != .none, place: place)
    }

    private func state(
        of computer: Computer, _ coverage: ComputerCoverage, _ phase: ProgramCoverage.Phase, _ membership: Membership
    ) -> CoverageState {
        switch phase {
        case .free: return .free
        case .year(let year):
            if coverage.licensed.contains(year) { return .covered }
            if coverage.entitled.contains(year) { return .entitled }
        case .outside, .unknown: break
        }
        if membership == .none { return .outside }
        if policy.stale.action == .exclude, Staleness(computer, rule: policy.stale, asOf: asOf) != nil { return .stale }
        if phase == .unknown || membership == .unclear || computer.products.count == 0 { return .unknown }
        return .uncovered
    }

    // MARK: - Results

    /// The programs with all counts; without targets only those that have computers, keys or purchases of the fleet.
    mutating func finished() -> [ProgramCoverage] {
        for index in programs.indices {
            for position in programs[index].years.indices {
                let target = ProgramTarget(
                    program: programs[index].program.id, year: programs[index].years[position].year.number)
                keys.fill(&programs[index].years[position], target, texts: fleet.texts)
            }
        }
        return policy.targets.isEmpty ? programs.filter { !$0.computers.isEmpty } : programs
    }

    /// What does not fit together. Call `finished()` before.
    func warnings() -> [Diagnostic] {
        var warnings: [Diagnostic] = []
        for (index, program) in programs.enumerated() where !policy.targets.isEmpty || !program.computers.isEmpty {
            warnings += notes.diagnostics(program, at: index, fleet: fleet, keys: keys)
            warnings += LedgerHints(program.program, purchases: fleet.purchases, asOf: asOf).diagnostics
        }
        return warnings + LedgerHints.unknownPrograms(fleet.purchases, catalog: catalog) + notes.strangeRows(fleet)
    }
}

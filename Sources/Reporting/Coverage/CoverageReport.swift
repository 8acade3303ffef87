import ActivationModel
import ESUPrograms
import Planning

/// What is bought, allotted, activated, licensed today and covered today, per program and year, and per computer. Schema
/// `actkit.coverage/1`.
///
/// JSON and CSV hold every computer; the table holds them when details are wanted.
public struct CoverageReport: Report, Sendable {
    private let coverage: Coverage
    private let fleet: Fleet

    /// Makes a report of what a fleet is covered for.
    public init(_ coverage: Coverage, of fleet: Fleet) {
        self.coverage = coverage
        self.fleet = fleet
    }

    // MARK: - Table

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let day = coverage.released
        try output.line(
            day == coverage.asOf
                ? "Coverage on \(day)"
                : "Coverage for updates released on \(day), as known on \(coverage.asOf)", .heading)
        if coverage.programs.isEmpty { try output.line("  no computer is of an ESU program") }
        for program in coverage.programs { try write(program, options, into: &output) }
        guard !coverage.warnings.isEmpty else { return }
        try output.line()
        try output.line("Warnings", .heading)
        try DiagnosticText.write(
            coverage.warnings, limit: options.details ? .max : 5, indentation: 2, into: &output)
    }

    private func write(_ program: ProgramCoverage, _ options: TableOptions, into output: inout TextOutput) throws {
        try output.line()
        try output.line("\(program.program.title) – \(phase(program))", .heading)
        let states = CoverageState.allCases.filter { program.states[$0] > 0 }
        try output.line(
            "  "
                + ([Wording.count(program.computers.count, "computer")]
                + states.map { "\(Wording.number(program.states[$0])) \($0.token)" }).joined(separator: ", "))
        let years = TextTable(
            columns: [
                .init("Year", .right), .init("Window"), .init("Bought", .right), .init("Usable", .right),
                .init("Keys", .right), .init("Allotted", .right), .init("Activated", .right),
                .init("Licensed", .right), .init("Entitled", .right), .init("Covered", .right),
            ], indentation: 2)
        try years.render(
            rows: program.years.map { year in
                [
                    String(year.year.number), window(year.year), Wording.number(year.bought),
                    Wording.number(year.usable), Wording.number(year.keys), allotted(year),
                    Wording.number(year.activated), Wording.number(year.licensed), Wording.number(year.entitled),
                    program.phase == .year(year.year.number)
                        ? Wording.number(program.states[.covered] + program.states[.entitled]) : "–",
                ]
            }, into: &output)
        guard options.details, !program.computers.isEmpty else { return }
        try output.line()
        let computers = TextTable(
            columns: [
                .init("Computer", maximumWidth: 48), .init("Covered"), .init("Licensed"), .init("Entitled"),
                .init("Updates released", maximumWidth: 60), .init("Never got", maximumWidth: 60),
                .init("Seen", maximumWidth: 40),
            ], indentation: 2)
        try computers.render(
            rows: program.computers.lazy.map { computer in
                let source = source(of: computer)
                return [
                    name(of: computer), computer.state.token, numbers(computer.licensed), numbers(computer.entitled),
                    isUnknown(computer) ? "unknown" : spans(program.installable(computer.years)),
                    isUnknown(computer)
                        ? "unknown" : spans(program.gaps(computer.years, until: coverage.released)),
                    source.map { $0.line > 0 ? "\($0.file):\($0.line)" : $0.file } ?? "",
                ]
            }, into: &output)
    }

    private func phase(_ program: ProgramCoverage) -> String {
        switch program.phase {
        case .free(let day): "updates are free until \(day)"
        case .year(let number): "year \(number) covers this day"
        case .outside: "no year covers this day"
        case .unknown: "no dates are published"
        }
    }

    private func window(_ year: ProgramYear) -> String {
        guard let from = year.coverageFrom, let to = year.coverageTo else { return "unknown" }
        return "\(from)–\(to)"
    }

    private func allotted(_ year: YearCoverage) -> String {
        guard let allotted = year.allotted else { return year.keys == 0 ? "–" : "unknown" }
        return Wording.number(allotted) + (year.keysWithoutCount > 0 ? " + unknown" : "")
    }

    private func numbers(_ years: YearMask) -> String { years.years.map(String.init).joined(separator: ", ") }

    private func spans(_ windows: [ClosedRange<Day>]) -> String {
        windows.map { "\($0.lowerBound)–\($0.upperBound)" }.joined(separator: ", ")
    }

    // MARK: - CSV

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "computer", "program", "year", "covered", "state", "licensedYears", "activatedYears", "entitledYears",
            "mayInstall", "gaps", "sourceFile", "sourceLine",
        ])
        for program in coverage.programs {
            for computer in program.computers {
                let source = source(of: computer)
                csv.cell(name(of: computer))
                csv.cell(program.program.id)
                csv.cell(currentYear(program))
                csv.cell(computer.state.isCovered)
                csv.cell(computer.state.token)
                csv.cell(isBlind(computer) ? nil : words(computer.licensed))
                csv.cell(isBlind(computer) ? nil : words(computer.activated))
                csv.cell(words(computer.entitled))
                csv.cell(isUnknown(computer) ? nil : slashed(program.installable(computer.years)))
                csv.cell(
                    isUnknown(computer) ? nil : slashed(program.gaps(computer.years, until: coverage.released)))
                csv.cell(source?.file)
                csv.cell(source.flatMap { $0.line > 0 ? $0.line : nil })
                try csv.endRow()
            }
        }
    }

    private func words(_ years: YearMask) -> String { years.years.map(String.init).joined(separator: " ") }

    /// Intervals of ISO 8601.
    private func slashed(_ windows: [ClosedRange<Day>]) -> String {
        windows.map { "\($0.lowerBound)/\($0.upperBound)" }.joined(separator: " ")
    }

    // MARK: - JSON

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.coverage/1")
            try json.member("asOf", coverage.asOf)
            try json.member("released", coverage.released)
            try json.array("programs") { json in
                for program in coverage.programs { try json.object { json in try write(program, into: &json) } }
            }
            try json.array("computers") { json in
                for program in coverage.programs {
                    for computer in program.computers {
                        try json.object(.line) { json in try write(computer, of: program, into: &json) }
                    }
                }
            }
            try json.member("warnings", coverage.warnings, withFile: true)
        }
    }

    private func write(_ program: ProgramCoverage, into json: inout JSONStreamWriter) throws {
        try json.member("program", program.program.id)
        try json.member("title", program.program.title)
        try json.member("year", currentYear(program))
        try json.member("endOfSupport", program.program.endOfSupport)
        try json.member("end", program.program.end)
        try json.member("computers", program.computers.count)
        try json.object("states", .line) { json in
            for state in CoverageState.allCases { try json.member(state.token, program.states[state]) }
        }
        try json.array("years") { json in
            for year in program.years {
                try json.object(.line) { json in
                    try json.member("year", year.year.number)
                    try json.member("coverageFrom", year.year.coverageFrom)
                    try json.member("coverageTo", year.year.coverageTo)
                    try json.member("bought", year.bought)
                    try json.member("usable", year.usable)
                    try json.member("keys", year.keys)
                    try json.member("keysWithoutCount", year.keysWithoutCount)
                    try json.member("remaining", year.remaining)
                    try json.member("allotted", year.allotted)
                    try json.member("activated", year.activated)
                    try json.member("licensed", year.licensed)
                    try json.member("entitled", year.entitled)
                    try json.member("foreign", year.foreign)
                }
            }
        }
    }

    private func write(
        _ computer: ComputerCoverage, of program: ProgramCoverage, into json: inout JSONStreamWriter
    ) throws {
        try json.member("name", name(of: computer))
        try json.member("program", program.program.id)
        try json.member("covered", computer.state.isCovered)
        try json.member("state", computer.state.token)
        try write("licensedYears", isBlind(computer) ? nil : computer.licensed, into: &json)
        try write("activatedYears", isBlind(computer) ? nil : computer.activated, into: &json)
        try write("entitledYears", computer.entitled, into: &json)
        let known = !isUnknown(computer)
        try write("mayInstall", known ? program.installable(computer.years) : nil, into: &json)
        try write("gaps", known ? program.gaps(computer.years, until: coverage.released) : nil, into: &json)
        try json.member("source", source(of: computer))
    }

    private func write(_ name: String, _ years: YearMask?, into json: inout JSONStreamWriter) throws {
        guard let years else { return try json.member(name, nil as Int?) }
        try json.array(name, .line) { json in for year in years.years { try json.value(year) } }
    }

    private func write(_ name: String, _ windows: [ClosedRange<Day>]?, into json: inout JSONStreamWriter) throws {
        guard let windows else { return try json.member(name, nil as Int?) }
        try json.array(name, .line) { json in
            for window in windows {
                try json.object(.line) { json in
                    try json.member("from", window.lowerBound)
                    try json.member("to", window.upperBound)
                }
            }
        }
    }

    // MARK: - Facts

    private func currentYear(_ program: ProgramCoverage) -> Int? {
        if case .year(let number) = program.phase { number } else { nil }
    }

    private func name(of computer: ComputerCoverage) -> String {
        fleet[fleet.computers[Int(computer.computer)].name] ?? "unknown"
    }

    /// Whether no export shows any license row of the computer.
    private func isBlind(_ computer: ComputerCoverage) -> Bool {
        fleet.computers[Int(computer.computer)].products.count == 0
    }

    /// Whether nothing tells which updates the computer can install.
    private func isUnknown(_ computer: ComputerCoverage) -> Bool {
        isBlind(computer) && computer.entitled.isEmpty
    }

    /// Where the row is shown, else the tag that says the hosting, else VAMT's look at the computer, else its account.
    private func source(of computer: ComputerCoverage) -> SourceReference? {
        let whole = fleet.computers[Int(computer.computer)]
        if computer.row >= 0 { return fleet.reference(fleet.products[Int(computer.row)].place) }
        if !computer.entitled.isEmpty { return fleet.reference(whole.tagPlace) }
        return fleet.reference(whole.vamtPlace) ?? fleet.reference(whole.directoryPlace)
    }
}

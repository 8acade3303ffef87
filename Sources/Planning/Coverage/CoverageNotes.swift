import ActivationModel
import ESUPrograms

/// Counts what does not fit together while computers are looked at.
struct CoverageNotes {
    private struct Note {
        var count = 0
        var place = Place.none

        mutating func add(_ place: Place) {
            count += 1
            if self.place == .none { self.place = place }
        }
    }
    private struct OfProgram {
        var otherYear = Note()
        var noMember = Note()
        var entitledByKey = Note()
        var unknown = Note()
    }

    private var programs: [OfProgram]
    private var strange = Note()
    private let texts: TextPool
    /// Per text: 0 not asked yet, 1 the name of an ESU row, 2 another name.
    private var names: [UInt8]

    init(programs count: Int, texts: TextPool) {
        programs = [OfProgram](repeating: OfProgram(), count: count)
        self.texts = texts
        names = [UInt8](repeating: 0, count: texts.count)
    }

    /// Notes a licensed row that calls itself an ESU row but has no activation id of the program data.
    mutating func look(at product: Product) {
        guard product.status == .licensed, !product.name.isNone else { return }
        let name = Int(product.name.rawValue)
        if names[name] == 0 {
            names[name] = ProgramCatalog.yearStated(inRowName: texts[product.name] ?? "") == nil ? 2 : 1
        }
        if names[name] == 1 { strange.add(product.place) }
    }

    /// Notes what one computer shows about one program.
    mutating func look(
        at coverage: ComputerCoverage, program: Int, phase: ProgramCoverage.Phase, isMember: Bool, place: Place
    ) {
        if coverage.state == .uncovered, !coverage.licensed.isEmpty, case .year = phase {
            programs[program].otherYear.add(place)
        }
        if !isMember, !coverage.licensed.isEmpty { programs[program].noMember.add(place) }
        if case .year(let year) = phase, coverage.entitled.contains(year), coverage.licensed.contains(year) {
            programs[program].entitledByKey.add(place)
        }
        if coverage.state == .unknown { programs[program].unknown.add(.none) }
    }

    /// The notes about a program.
    func diagnostics(_ coverage: ProgramCoverage, at index: Int, fleet: Fleet, keys: KeyCensus) -> [Diagnostic] {
        let program = coverage.program
        let notes = programs[index]
        var found: [Diagnostic] = []
        func add(
            _ code: String, _ severity: Severity, _ count: Int, _ place: SourceReference?, _ message: String,
            _ remedy: String
        ) {
            guard count > 0 else { return }
            found.append(
                Diagnostic(
                    code: code, severity: severity, file: place?.file, line: place?.line, count: count,
                    message: message, remedy: remedy))
        }
        if case .year(let number) = coverage.phase, let from = program.year(number)?.coverageFrom {
            add(
                "coverage.year.other", .warning, notes.otherYear.count, fleet.reference(notes.otherYear.place),
                "\(computers(notes.otherYear.count)) licensed for another year of \(program.id) only; year \(number) "
                    + "began on \(from), and their license rows stay licensed (rule COV-02)",
                "Plan year \(number) for them: actkit plan --target \(program.id):\(number).")
        }
        for year in coverage.years {
            guard let usable = year.usable, year.licensed > usable else { continue }
            let target = ProgramTarget(program: program.id, year: year.year.number)
            add(
                "coverage.licensed.unbought", .warning, year.licensed - usable, nil,
                "\(computers(year.licensed)) licensed for \(target), but the ledger covers \(usable) (rule LIC-02)",
                "Complete the table of purchases, or find out whose key was used: actkit report coverage --details.")
        }
        for year in coverage.years {
            let target = ProgramTarget(program: program.id, year: year.year.number)
            let foreign = keys.foreign(target, texts: fleet.texts)
            add(
                "coverage.key.foreign", .warning, foreign.licensed, fleet.reference(foreign.place),
                "\(computers(foreign.licensed)) licensed for \(target) by a key that is not in the inventory",
                "Import the list of keys; if no list has it, it is a key of another organisation or a forged row.")
        }
        add(
            "coverage.licensed.ineligible", .note, notes.noMember.count, fleet.reference(notes.noMember.place),
            "\(computers(notes.noMember.count)) licensed for \(program.id), but not of this program any more, or never",
            "Rows of an earlier system stay after an upgrade. Otherwise look at the computer.")
        add(
            "coverage.entitled.activated", .note, notes.entitledByKey.count,
            fleet.reference(notes.entitledByKey.place),
            "\(computers(notes.entitledByKey.count)) licensed for \(program.id) although the hosting covers them without "
                + "a key",
            "Leave the key where it is; plan no further activation for them.")
        add(
            "coverage.unknown", .note, notes.unknown.count, nil,
            "\(notes.unknown.count == 1 ? "1 computer" : "\(notes.unknown.count) computers") of \(program.id): nothing "
                + "shows whether they are covered",
            "Update their license status in VAMT, export again and import.")
        return found
    }

    /// Rows that call themselves ESU rows without an activation id that the program data know.
    func strangeRows(_ fleet: Fleet) -> [Diagnostic] {
        guard strange.count > 0 else { return [] }
        let place = fleet.reference(strange.place)
        let rows = strange.count == 1 ? "1 licensed row calls itself" : "\(strange.count) licensed rows call themselves"
        return [
            Diagnostic(
                code: "coverage.row.unknown", severity: .warning, file: place?.file, line: place?.line,
                count: strange.count,
                message: "\(rows) an ESU row, but the activation id is of no known year: not counted as coverage",
                remedy:
                    "Check the computers; programs that forge licenses make such rows. A new program needs its file.")
        ]
    }

    private func computers(_ count: Int) -> String { count == 1 ? "1 computer is" : "\(count) computers are" }
}

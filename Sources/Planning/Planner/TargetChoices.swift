import ActivationModel
import ESUPrograms

extension Planner {
    /// The targets of the policy with their activation ids, each once, in the order of the policy.
    func targets() throws(PlanningError) -> [PlanTarget] {
        guard !policy.targets.isEmpty else { throw .noTargets }
        var targets: [PlanTarget] = []
        for choice in policy.targets {
            let target = try target(of: choice)
            if !targets.contains(where: { $0.license == target.license }) { targets.append(target) }
        }
        return targets
    }

    private func target(of choice: TargetChoice) throws(PlanningError) -> PlanTarget {
        guard let program = catalog[choice.program] else {
            throw .unknownProgram(
                choice.program, known: catalog.programs.map(\.id), file: policy.file, line: choice.line)
        }
        let year: ProgramYear
        if let number = choice.year {
            guard let found = program.year(number) else {
                let last = program.years.map(\.number).max() ?? 0
                throw .notPlannable(
                    ProgramTarget(program: program.id, year: number),
                    why: last == 0 ? "no year of the program is published" : "the program has the years 1 to \(last)",
                    file: policy.file, line: choice.line)
            }
            year = found
        } else {
            guard let found = program.year(covering: asOf) else {
                throw .noYear(program: program.id, day: asOf, file: policy.file, line: choice.line)
            }
            year = found
        }
        let target = ProgramTarget(program: program.id, year: year.number)
        guard let license = AddOnLicense(target, in: catalog) else {
            throw .notPlannable(
                target, why: Planner.obstacle(program, year), file: policy.file, line: choice.line)
        }
        if let from = policy.disputed.firstDay(of: year), asOf < from {
            throw .notBegun(target, from: from, asOf: asOf, file: policy.file, line: choice.line)
        }
        if policy.disputed.pastYear == .refuse, let to = year.coverageTo, asOf > to {
            throw .ended(target, to: to, asOf: asOf, file: policy.file, line: choice.line)
        }
        return PlanTarget(
            program: program.id, year: year.number, title: program.title, license: license,
            coverageFrom: year.coverageFrom, coverageTo: year.coverageTo)
    }

    private static func obstacle(_ program: ESUProgram, _ year: ProgramYear) -> String {
        if program.keyType == .oem { return "its keys come from the manufacturer of the device only (rule ELIG-04)" }
        if year.entitlementOnly {
            return "this year has no key; it exists only for machines that are covered without one"
        }
        return "no activation id is published for it, and nothing is ever activated without one"
    }
}

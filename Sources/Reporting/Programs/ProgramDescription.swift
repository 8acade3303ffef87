import ActivationModel
import ESUPrograms

/// One program, told to a person: years, systems, editions, prerequisites, entitlements and where it all comes from.
struct ProgramDescription {
    private let program: ESUProgram

    init(_ program: ESUProgram) { self.program = program }

    func write(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("\(program.title) (\(program.id))", .heading)
        try output.line("Free updates until \(program.endOfSupport?.description ?? "unknown")")
        try output.line("Keys: \(program.keyType.rawValue)")
        if !program.soldThrough.isEmpty {
            try output.line("Sold through: \(program.soldThrough.map(\.rawValue).joined(separator: ", "))")
        }
        if let assurance = program.requiresSoftwareAssurance {
            try output.line("Software Assurance: \(assurance ? "required" : "not required")")
        }
        if !program.isPlannable {
            try output.line("Not plannable: no activation id is known, or the manufacturer supplies it.", .warning)
        }
        try writeYears(into: &output)
        try writeSystems(into: &output)
        try writePrerequisites(options, into: &output)
        try writeEntitlements(options, into: &output)
        if !program.remarks.isEmpty {
            try heading("Remarks", into: &output)
            for remark in program.remarks {
                try output.paragraph(remark, indentation: 2, width: options.width, .plain)
            }
        }
        try heading("Sources", into: &output)
        for source in program.sources {
            let day = source.retrieved.map { ", read \($0)" } ?? ""
            try output.line("  \(source.title)\(day)")
            try output.line("    \(source.url)", .quiet)
        }
    }

    private func heading(_ text: String, into output: inout TextOutput) throws {
        try output.line()
        try output.line(text, .heading)
    }

    private func writeYears(into output: inout TextOutput) throws {
        try heading("Years", into: &output)
        let table = TextTable(
            columns: [
                .init("Year", .right), .init("Covers from"), .init("to"), .init("Activation id"),
                .init("Key ranges (group: serials)"),
            ], indentation: 2)
        try table.render(
            rows: program.years.map { year in
                [
                    String(year.number), year.coverageFrom?.description ?? "unknown",
                    year.coverageTo?.description ?? "unknown", year.activationID?.description ?? "not published",
                    year.keyRanges.isEmpty ? "none known" : year.keyRanges.map(\.text).joined(separator: ", "),
                ]
            }, into: &output)
    }

    private func writeSystems(into output: inout TextOutput) throws {
        try heading("Systems", into: &output)
        for system in program.systems { try output.line("  \(system.title)") }
        guard !program.editions.isEmpty else { return }
        try heading("Editions", into: &output)
        let table = TextTable(
            columns: [.init("Verdict"), .init("Rule"), .init("Editions", maximumWidth: 70), .init("Reason")],
            indentation: 2)
        try table.render(
            rows: program.editions.map {
                [$0.verdict.rawValue, $0.rule, $0.names.joined(separator: ", "), $0.reason]
            }, into: &output)
    }

    private func writePrerequisites(_ options: TableOptions, into output: inout TextOutput) throws {
        guard !program.prerequisites.isEmpty else { return }
        try heading("Updates before activation, in this order", into: &output)
        for set in program.prerequisites {
            let titles = set.systems.map { id in program.systems.first { $0.id == id }?.title ?? id }
            try output.line("  " + titles.joined(separator: ", "))
            for (number, requirement) in set.requirements.enumerated() {
                let minimums = requirement.minimums.map { minimum in
                    "KB\(minimum.kb) or a successor"
                        + (minimum.build.map { ", or build \($0)" } ?? "")
                        + (requirement.minimums.count > 1 ? ", from \(minimum.validFrom)" : "")
                }
                try output.paragraph(
                    "\(number + 1). \(requirement.title)"
                        + (minimums.isEmpty ? "" : ": " + minimums.joined(separator: "; "))
                        + (requirement.isMandatory ? "" : " (told, not held against a machine)")
                        + " [\(requirement.rule)]",
                    indentation: 4, hanging: 3, width: options.width)
            }
        }
    }

    private func writeEntitlements(_ options: TableOptions, into output: inout TextOutput) throws {
        guard !program.entitlements.isEmpty else { return }
        try heading("Covered without a key", into: &output)
        for entitlement in program.entitlements {
            let years =
                entitlement.years.isEmpty
                ? "" : " (year \(entitlement.years.map(String.init).joined(separator: ", ")))"
            try output.paragraph(
                entitlement.hosting.joined(separator: ", ") + years
                    + (entitlement.condition.map { ": " + $0 } ?? "") + " [\(entitlement.rule)]",
                indentation: 2, hanging: 2, width: options.width)
        }
    }
}

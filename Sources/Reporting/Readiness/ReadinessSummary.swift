import ESUPrograms
import Planning

/// The readiness of computers for people: how many are ready, what the others lack, what to do first.
struct ReadinessSummary {
    private let report: ReadinessReport
    private var readiness: Readiness { report.readiness }

    init(_ report: ReadinessReport) { self.report = report }

    func write(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("Readiness for ESU keys on \(readiness.plan.asOf)", .heading)
        for target in readiness.targets {
            try output.line()
            try output.line(
                "\(target.title), year \(target.target.year) (\(target.target.program))", .heading)
            try writeCounts(target, into: &output)
            try writeOthers(target, options, into: &output)
            try writeUpdates(target, into: &output)
        }
        if !report.warnings.isEmpty {
            try output.line()
            try output.line("Warnings", .heading)
            try DiagnosticText.write(
                report.warnings, limit: options.details ? .max : 5, indentation: 2, into: &output)
        }
        try writeNextSteps(options, into: &output)
    }

    private func writeCounts(_ target: TargetReadiness, into output: inout TextOutput) throws {
        var rows = [["ready", Wording.number(target.ready), "everything that comes before the key is installed"]]
        for (index, count) in target.missing.enumerated() where count > 0 {
            rows.append([Wording.count(index + 1, "update") + " missing", Wording.number(count), ""])
        }
        rows.append(["unknown", Wording.number(target.unknown), "no list of updates tells"])
        rows.append(["sum", Wording.number(target.computers), "computers that are to take a key, or could"])
        try TextTable(
            columns: [.init("State"), .init("Computers", .right), .init("Meaning")], indentation: 2
        ).render(rows: rows, into: &output)
        if target.manualPush > 0 {
            try output.line(
                "  Manual push needed: \(Wording.count(target.manualPush, "computer")) whose source of updates lacks a "
                    + "package (DEP-05)", .warning)
        }
    }

    private func writeOthers(
        _ target: TargetReadiness, _ options: TableOptions, into output: inout TextOutput
    ) throws {
        let others = Decision.allCases.filter { target.others[$0] > 0 }.map {
            "\(Wording.number(target.others[$0])) \($0.token)"
        }
        guard !others.isEmpty else { return }
        try output.paragraph(
            "Not concerned: \(others.joined(separator: ", "))", indentation: 2, hanging: 2, width: options.width,
            .quiet)
    }

    private func writeUpdates(_ target: TargetReadiness, into output: inout TextOutput) throws {
        guard !target.updates.isEmpty else { return }
        try output.line()
        try output.line("  Updates, in the order of installation", .heading)
        let table = TextTable(
            columns: [
                .init("Update"), .init("Instead of"), .init("Missing", .right), .init("Unknown", .right),
                .init("Only this", .right), .init("By hand", .right), .init("Restart"), .init("Channels"),
                .init("Title", maximumWidth: 60),
            ], indentation: 2)
        try table.render(
            rows: target.updates.map { update in
                [
                    "KB\(update.kb)", update.satisfies.filter { $0 != update.kb }.articles,
                    Wording.number(update.computers), Wording.number(update.unknown), Wording.number(update.alone),
                    Wording.number(update.manualPush), update.needsRestart ? "yes" : "no",
                    update.channels.isEmpty ? "unknown" : update.channels.map(\.rawValue).joined(separator: ", "),
                    update.title ?? "",
                ]
            }, into: &output)
    }

    private func writeNextSteps(_ options: TableOptions, into output: inout TextOutput) throws {
        var steps: [String] = []
        let severalTargets = readiness.targets.count > 1
        for target in readiness.targets {
            let name = severalTargets ? "\(target.target): " : ""
            for (position, step) in target.next.enumerated() {
                steps.append(name + ReadinessSummary.sentence(step, isFirst: position == 0))
            }
            if target.unknown > 0 {
                steps.append(
                    name + "Import the installed updates of \(Wording.count(target.unknown, "computer")), such as the "
                        + "output of Get-HotFix.")
            }
        }
        try output.line()
        try output.line("What to do next", .heading)
        if steps.isEmpty { steps.append("Nothing comes before the keys: plan the activations with 'actkit plan'.") }
        for (index, step) in steps.enumerated() {
            try output.paragraph("\(index + 1). \(step)", indentation: 2, hanging: 3, width: options.width)
        }
        guard let images = RuleCatalog["DEP-07"], let order = RuleCatalog["DEP-06"] else { return }
        try output.line()
        for rule in [order, images] {
            try output.paragraph("\(rule.id): \(rule.text)", indentation: 2, hanging: 8, width: options.width, .quiet)
        }
    }

    private static func sentence(_ step: ReadinessStep, isFirst: Bool) -> String {
        var text =
            (isFirst ? "Install" : "Then install") + " KB\(step.kb) on \(Wording.count(step.computers, "computer"))"
        if step.needsRestart { text += " and restart" }
        text += ": "
        if step.ready == 0 {
            text += "more must follow"
        } else if step.ready == step.computers {
            text += step.ready == 1 ? "it is ready then" : "all of them are ready then"
        } else {
            text += "\(Wording.number(step.ready)) of them \(step.ready == 1 ? "is" : "are") ready then"
        }
        if step.manualPush > 0 { text += "; \(Wording.number(step.manualPush)) must get it by hand" }
        return text + "."
    }
}

import ActivationModel
import ESUPrograms
import Planning

/// A plan that a person can follow: what was decided, how the licenses and the activations add up, what comes next.
struct PlanSummary {
    private let plan: ActivationPlan

    init(_ plan: ActivationPlan) { self.plan = plan }

    func write(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("ESU activation plan for \(plan.asOf)", .heading)
        if !plan.assumptions.isEmpty {
            try output.paragraph(
                "What if there were " + plan.assumptionText + "?", indentation: 2, hanging: 2, width: options.width)
        }
        if let kept = plan.kept {
            try output.line(
                "  kept from the plan before: \(Wording.count(kept, "activation")); given by this plan: "
                    + Wording.number(plan.activationsAssigned))
        }
        for (position, target) in plan.targets.enumerated() {
            try output.line()
            try output.line("\(target.title), year \(target.year) (\(target.program))", .heading)
            let from = target.coverageFrom?.description ?? "unknown"
            let to = target.coverageTo?.description ?? "unknown"
            try output.line("  covers \(from) to \(to), activation id \(target.license.activationID)")
            if let facts = plan.facts.first(where: { $0.target == target.target }) {
                try output.line("  " + facts.text)
            }
            try write(plan.counts[position], into: &output)
            for pool in plan.pools where pool.target == target.target {
                try LicenseSection(pool).write(into: &output)
            }
        }
        try writeKeys(into: &output)
        try writeRefusedKeys(options, into: &output)
        try NeedsSection(plan).write(options, into: &output)
        let work = PlannedWork(plan)
        try writeWork(work, into: &output)
        if !plan.warnings.isEmpty {
            try heading("Warnings", into: &output)
            try DiagnosticText.write(
                plan.warnings, limit: options.details ? .max : 5, indentation: 2, into: &output)
        }
        try writeNextSteps(work, options, into: &output)
    }

    private func heading(_ text: String, into output: inout TextOutput) throws {
        try output.line()
        try output.line(text, .heading)
    }

    private func write(_ counts: DecisionCounts, into output: inout TextOutput) throws {
        try output.line()
        var rows = Decision.allCases.map { [$0.token, Wording.number(counts[$0]), $0.meaning] }
        rows.append(["sum", Wording.number(counts.total), "computers in the inventory"])
        try TextTable(
            columns: [.init("Decision"), .init("Computers", .right), .init("Meaning")], indentation: 2
        ).render(rows: rows, into: &output)
    }

    private func writeKeys(into output: inout TextOutput) throws {
        try heading("Keys: remaining − reserved − pending = available; available − assigned = left", into: &output)
        guard !plan.keys.isEmpty else { return try output.line("  no usable key", .warning) }
        let table = TextTable(
            columns: [
                .init("Key"), .init("For"), .init("Remaining", .right), .init("Read"), .init("Reserved", .right),
                .init("Pending", .right), .init("Available", .right), .init("Assigned", .right), .init("Left", .right),
                .init("Why it may be used", maximumWidth: 90),
            ], indentation: 2)
        let rows = plan.keys.map { planned in
            [
                planned.key.partialKey?.text ?? planned.key.id, planned.key.license.target.description,
                Wording.number(planned.capacity.remaining) + (planned.capacity.isAssumed ? " assumed" : ""),
                planned.capacity.readAt?.day.description ?? "unknown", Wording.number(planned.capacity.reserved),
                Wording.number(planned.capacity.pending), Wording.number(planned.capacity.available),
                Wording.number(planned.assigned), Wording.number(planned.left), planned.key.proof.description,
            ]
        }
        try table.render(rows: rows, into: &output)
    }

    private func writeRefusedKeys(_ options: TableOptions, into output: inout TextOutput) throws {
        guard !plan.refusedKeys.isEmpty else { return }
        try heading("Keys that may not be used", into: &output)
        for key in plan.refusedKeys {
            try output.paragraph(
                "\(key.partialKey?.text ?? key.id): \(key.reason)", indentation: 2, hanging: 7,
                width: max(options.width, 60))
        }
    }

    /// Waves, routes and updates: what has to be done on how many computers.
    private func writeWork(_ work: PlannedWork, into output: inout TextOutput) throws {
        guard !work.routes.isEmpty else { return }
        if !plan.waves.isEmpty {
            try heading("Waves", into: &output)
            try WaveSection(plan.schedule).writeTable(into: &output)
        }
        try heading("Routes", into: &output)
        for (route, count) in work.routes {
            try output.line("  \(route.rawValue): \(Wording.count(count, "computer"))")
        }
        guard !work.updates.isEmpty else { return }
        try heading("Updates to install first", into: &output)
        try TextTable(
            columns: [.init("Update"), .init("Install"), .init("Computers", .right)], indentation: 2
        ).render(
            rows: work.updates.map { update in
                [
                    "KB\(update.demanded)", update.isDemandedAlone ? "" : update.installed.articles,
                    Wording.number(update.computers),
                ]
            }, into: &output)
    }

    /// How many computers have a decision for at least one target. Entries of a computer stand together.
    private var computersPerDecision: DecisionCounts {
        guard plan.targets.count > 1 else { return plan.totals }
        var counts = DecisionCounts()
        var last = [UInt32?](repeating: nil, count: Decision.allCases.count)
        for entry in plan.entries where last[Int(entry.decision.rawValue)] != entry.computer {
            last[Int(entry.decision.rawValue)] = entry.computer
            counts[entry.decision] += 1
        }
        return counts
    }

    private func writeNextSteps(
        _ work: PlannedWork, _ options: TableOptions, into output: inout TextOutput
    ) throws {
        let totals = computersPerDecision
        var steps: [String] = []
        if work.computersToUpdate > 0 {
            steps.append(
                "Install the updates above on \(Wording.count(work.computersToUpdate, "computer")) and import the "
                    + "updates again" + (totals[.prepare] > 0 ? "; until then their activations are held." : "."))
        }
        if totals[.activate] > 0 {
            steps.append("Activate \(Wording.count(totals[.activate], "computer")) that are ready.")
        }
        if totals[.reapply] > 0 {
            steps.append(
                "Deposit the stored confirmation id again on \(Wording.count(totals[.reapply], "computer")).")
        }
        if totals[.unpurchased] > 0 {
            steps.append(
                "Buy licenses for \(Wording.count(totals[.unpurchased], "computer")), for this year and every year "
                    + "before it, or import the purchases that are missing.")
        }
        if totals[.shortage] > 0 {
            steps.append(
                "Find activations for \(Wording.count(totals[.shortage], "computer")): import a newer count, widen the "
                    + "scope of a key, lower a reserve, or ask Microsoft to raise the limit of a key.")
        }
        if totals[.undetermined] > 0 {
            steps.append(
                "Import what is missing about \(Wording.count(totals[.undetermined], "computer")); "
                    + "'actkit plan explain NAME' names it.")
        }
        if totals[.stale] > 0 {
            steps.append(
                "Check whether \(Wording.count(totals[.stale], "stale account")) can be deleted.")
        }
        steps.append(
            "See the reasons for one computer with 'actkit plan explain NAME'"
                + (options.details ? "." : ", and every computer with --details or --format csv."))
        try heading("What to do next", into: &output)
        for (index, step) in steps.enumerated() {
            try output.paragraph("\(index + 1). \(step)", indentation: 2, hanging: 3, width: options.width)
        }
    }
}

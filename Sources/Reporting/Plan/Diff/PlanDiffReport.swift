import ActivationModel
import ESUPrograms
import Planning

/// What changed between two plans and why. Schema `actkit.plandiff/1`.
public struct PlanDiffReport: Report, Sendable {
    /// How many changes the table shows without details; a choice, so that it fits a screen.
    private static let firstRows = 20

    private let diff: PlanDiff

    /// Compares two plans. Keys of the earlier plan are told by the ids that the later one gives them.
    ///
    /// Complexity: linear in the entries of both; memory grows by 16 bytes per change.
    public init(old: DocumentedPlan, new: DocumentedPlan) {
        var old = old
        old.renameKeys(as: new.keyReferences)
        diff = PlanDiff(old: old, new: new)
    }

    /// What changed, ordered by computer name, then target.
    public var changes: [PlanChange] { diff.changes }

    /// Whether the plans say the same about the same targets.
    public var isEmpty: Bool { diff.changes.isEmpty && diff.onlyOld.isEmpty && diff.onlyNew.isEmpty }

    // MARK: - Table

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("From \(diff.old.file) (\(diff.old.asOf)) to \(diff.new.file) (\(diff.new.asOf))", .heading)
        try output.line()
        var rows = PlanChange.Kind.allCases.compactMap { kind in
            diff.counts[kind].map { [kind.rawValue, Wording.number($0), kind.meaning] }
        }
        rows.append(["unchanged", Wording.number(diff.unchanged), "the same in both plans"])
        try TextTable(
            columns: [.init("Change"), .init("Computers", .right), .init("Meaning")], indentation: 2
        ).render(rows: rows, into: &output)
        for (targets, place) in [(diff.onlyOld, "earlier"), (diff.onlyNew, "later")] where !targets.isEmpty {
            try output.line()
            try output.line(
                "  Not compared, because only the \(place) plan has it: "
                    + targets.map(\.description).joined(separator: ", "), .warning)
        }
        guard !diff.changes.isEmpty else { return }
        try output.line()
        let shown = options.details ? diff.changes[...] : diff.changes.prefix(PlanDiffReport.firstRows)
        var columns: [TextTable.Column] = [
            .init("Computer", maximumWidth: 48), .init("Change"), .init("Before", maximumWidth: 44),
            .init("After", maximumWidth: 44), .init("Why", maximumWidth: options.details ? nil : 110),
        ]
        let severalTargets = Set(diff.old.targets).union(diff.new.targets).count > 1
        if severalTargets { columns.insert(.init("Target"), at: 1) }
        try TextTable(columns: columns, indentation: 2).render(
            rows: shown.lazy.map { change in
                var row = [
                    diff.name(of: change), change.kind.rawValue, summary(diff.old, change.old),
                    summary(diff.new, change.new), reasons(of: change).joined(separator: "; "),
                ]
                if severalTargets { row.insert(diff.target(of: change).description, at: 1) }
                return row
            }, into: &output)
        if shown.count < diff.changes.count {
            try output.line(
                "  … and \(Wording.number(diff.changes.count - shown.count)) more; see all with --details, --format csv or "
                    + "--format json")
        }
    }

    /// `activate ABCDE pilot 2021-02-02`
    private func summary(_ plan: DocumentedPlan, _ position: Int32) -> String {
        guard position >= 0 else { return "–" }
        let entry = plan.entries[Int(position)]
        return [
            entry.decision.token, plan.partialKey(of: entry) ?? plan.key(of: entry), plan.wave(of: entry),
            plan.day(of: entry)?.description, plan.tier(of: entry).map { "tier \($0)" },
        ].compactMap { $0 }.joined(separator: " ")
    }

    private func reasons(of change: PlanChange) -> [String] {
        diff.reasonSets[Int(change.reasons)].map { diff.text(of: diff.reasons[$0]) }
    }

    // MARK: - CSV

    public func writeCSV(into csv: inout CSVWriter) throws {
        let side = ["Decision", "Key", "PartialKey", "Tier", "Wave", "Day"]
        try csv.header(
            ["name", "program", "year", "change"] + side.map { "old" + $0 } + side.map { "new" + $0 } + ["reasons"])
        let texts = diff.reasons.map { diff.text(of: $0) }
        for change in diff.changes {
            let target = diff.target(of: change)
            csv.cell(diff.name(of: change))
            csv.cell(target.program)
            csv.cell(target.year)
            csv.cell(change.kind.rawValue)
            for (plan, position) in [(diff.old, change.old), (diff.new, change.new)] {
                let entry = position < 0 ? nil : plan.entries[Int(position)]
                csv.cell(entry?.decision.token)
                csv.cell(entry.flatMap { plan.key(of: $0) })
                csv.cell(entry.flatMap { plan.partialKey(of: $0) })
                csv.cell(entry.flatMap { plan.tier(of: $0) })
                csv.cell(entry.flatMap { plan.wave(of: $0) })
                csv.cell(entry.flatMap { plan.day(of: $0) }?.description)
            }
            csv.cell(diff.reasonSets[Int(change.reasons)].map { texts[$0] }.joined(separator: "; "))
            try csv.endRow()
        }
    }

    // MARK: - JSON

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.plandiff/1")
            for (name, plan) in [("old", diff.old), ("new", diff.new)] {
                try json.object(name, .line) { json in
                    try json.member("file", plan.file)
                    try json.member("asOf", plan.asOf)
                }
            }
            try json.object("summary") { json in
                try json.member("changes", diff.changes.count)
                try json.member("unchanged", diff.unchanged)
                try json.object("kinds", .line) { json in
                    for kind in PlanChange.Kind.allCases { try json.member(kind.rawValue, diff.counts[kind] ?? 0) }
                }
            }
            for (name, targets) in [("targetsOnlyOld", diff.onlyOld), ("targetsOnlyNew", diff.onlyNew)] {
                try json.array(name) { json in
                    for target in targets {
                        try json.object(.line) { json in
                            try json.member("program", target.program)
                            try json.member("year", target.year)
                        }
                    }
                }
            }
            try json.array("reasons") { json in
                for (position, reason) in diff.reasons.enumerated() {
                    try json.object(.line) { json in
                        try json.member("id", position + 1)
                        try json.member("code", reason.code)
                        try json.member("text", diff.text(of: reason))
                    }
                }
            }
            try json.array("changes") { json in
                for change in diff.changes { try write(change, into: &json) }
            }
        }
    }

    private func write(_ change: PlanChange, into json: inout JSONStreamWriter) throws {
        let target = diff.target(of: change)
        try json.object(.line) { json in
            try json.member("name", diff.name(of: change))
            try json.member("program", target.program)
            try json.member("year", target.year)
            try json.member("change", change.kind.rawValue)
            for (name, plan, position) in [("old", diff.old, change.old), ("new", diff.new, change.new)]
            where position >= 0 {
                let entry = plan.entries[Int(position)]
                try json.object(name) { json in
                    try json.member("decision", entry.decision.token)
                    if let key = plan.key(of: entry) { try json.member("key", key) }
                    if let partial = plan.partialKey(of: entry) { try json.member("partialKey", partial) }
                    if let tier = plan.tier(of: entry) { try json.member("tier", tier) }
                    if let wave = plan.wave(of: entry) { try json.member("wave", wave) }
                    if let day = plan.day(of: entry) { try json.member("day", day) }
                }
            }
            try json.array("reasons") { json in
                for reason in diff.reasonSets[Int(change.reasons)] { try json.value(reason + 1) }
            }
        }
    }
}

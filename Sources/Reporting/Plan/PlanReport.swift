import ActivationModel
import ESUPrograms
import Planning

/// An activation plan: a summary for people, a row per computer for spreadsheets, the whole document for programs.
/// Schema `actkit.plan/1`.
public struct PlanReport: Report, Sendable {
    private let plan: ActivationPlan

    /// Makes a report.
    public init(_ plan: ActivationPlan) { self.plan = plan }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        try PlanSummary(plan).write(options, into: &output)
        if options.details {
            try output.line()
            try writeComputers(into: &output)
        }
    }

    private func writeComputers(into output: inout TextOutput) throws {
        try output.line("Computers", .heading)
        var columns: [TextTable.Column] = [
            .init("Computer", maximumWidth: 48), .init("Decision"), .init("Key"), .init("Tier", .right), .init("Wave"),
            .init("Day"), .init("Route"), .init("Missing", maximumWidth: 40), .init("Base"),
            .init("Rules", maximumWidth: 60),
        ]
        let severalTargets = plan.targets.count > 1
        if severalTargets { columns.insert(.init("Target"), at: 1) }
        let rows = plan.entries.lazy.map { entry -> [String] in
            let wave = plan.wave(of: entry)?.name ?? ""
            let day = plan.day(of: entry)?.description ?? ""
            let missing = plan.missing(of: entry).map { "KB\($0)" }.joined(separator: " ")
            var row: [String] = [
                plan.name(of: entry), entry.decision.token, plan.key(of: entry)?.key.partialKey?.text ?? "",
                entry.tier.map(String.init) ?? "", wave, day, plan.procedure(of: entry)?.route.rawValue ?? "", missing,
                plan.base(of: entry)?.text ?? "unknown", plan.reasons(of: entry).joined(separator: " "),
            ]
            if severalTargets { row.insert(plan.target(of: entry).target.description, at: 1) }
            return row
        }
        try TextTable(columns: columns, indentation: 2).render(rows: rows, into: &output)
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "name", "program", "year", "decision", "activationId", "key", "partialKey", "tier", "wave", "route",
            "missing", "baseKeyType", "basePartialKey", "baseLicenseStatus", "reasons", "day",
        ])
        for entry in plan.entries {
            let target = plan.target(of: entry)
            let key = plan.key(of: entry)
            let procedure = plan.procedure(of: entry)
            let base = plan.base(of: entry)
            csv.cell(plan.name(of: entry))
            csv.cell(target.program)
            csv.cell(target.year)
            csv.cell(entry.decision.token)
            csv.cell(procedure == nil ? nil : target.license.activationID.guid)
            csv.cell(key?.key.id)
            csv.cell(key?.key.partialKey?.text)
            csv.cell(entry.tier)
            csv.cell(plan.wave(of: entry)?.name)
            csv.cell(procedure?.route.rawValue)
            csv.cell(plan.missing(of: entry).map { "KB\($0)" }.joined(separator: ";"))
            csv.cell(base?.keyType?.label)
            csv.cell(base?.partialKey)
            csv.cell(base?.status?.token)
            csv.cell(plan.reasons(of: entry).joined(separator: ";"))
            csv.cell(plan.day(of: entry))
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try PlanDocument(plan).write(into: &json)
    }
}

extension BaseLicense {
    /// `GVLK HVTHH licensed`
    var text: String {
        [keyType?.label, partialKey, status?.token].compactMap { $0 }.joined(separator: " ")
    }
}

extension Decision {
    /// What the decision means, for people.
    var meaning: String {
        switch self {
        case .activate: "gets an activation now"
        case .prepare: "an activation is held; updates come first"
        case .reapply: "a stored confirmation id fits; no activation is spent"
        case .activated: "licensed for this year already"
        case .entitled: "covered without a key"
        case .ineligible: "edition, version or service pack has no ESU, or not this program"
        case .oem: "only the device's manufacturer can supply ESU"
        case .unpurchased: "eligible, but not covered by the purchases"
        case .shortage: "eligible and purchased, but no usable activation is left"
        case .stale: "account is disabled, deleted or long inactive"
        case .undetermined: "data needed for a verdict is missing"
        }
    }
}

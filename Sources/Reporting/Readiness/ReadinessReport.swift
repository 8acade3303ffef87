import ActivationModel
import ESUPrograms
import Planning

/// How many computers can take their key now, and what the others lack. Schema `actkit.readiness/1`.
public struct ReadinessReport: Report, Sendable {
    let readiness: Readiness

    /// The rules that the report explains: preparation, sources of updates, order, images.
    private static let rules = ["DEP-01", "DEP-02", "DEP-03", "DEP-05", "DEP-06", "DEP-07"].compactMap {
        RuleCatalog[$0]
    }

    /// Makes a report.
    public init(_ readiness: Readiness) { self.readiness = readiness }

    /// What the plan warns about that concerns updates.
    var warnings: [Diagnostic] {
        readiness.plan.warnings.filter {
            $0.code.hasPrefix("plan.updates.") || $0.code.hasPrefix("plan.configmgr.")
        }
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        try ReadinessSummary(self).write(options, into: &output)
        guard options.details else { return }
        try output.line()
        try output.line("Computers", .heading)
        let table = TextTable(
            columns: [
                .init("Computer", maximumWidth: 48), .init("Target"), .init("Decision"), .init("State"),
                .init("Missing", maximumWidth: 40), .init("Unknown", maximumWidth: 40), .init("Next"),
                .init("Restart"), .init("From", maximumWidth: 40), .init("By hand"),
            ], indentation: 2)
        let rows = readiness.computers.lazy.map { computer -> [String] in
            let need = readiness.need(of: computer)
            let next = need.path.installations.first
            return [
                readiness.name(of: computer), readiness.targets[need.target].target.description,
                readiness.entry(of: computer).decision.token, need.state.rawValue, need.missing.articles,
                need.unknown.articles, next.map { "KB\($0.kb)" } ?? "",
                next.map { $0.needsRestart ? "yes" : "no" } ?? "",
                next?.places(for: need.source).joined(separator: ", ") ?? "", need.path.needsManualPush ? "yes" : "",
            ]
        }
        try table.render(rows: rows, into: &output)
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "name", "program", "year", "decision", "state", "missing", "unknown", "next", "restart", "channels",
            "source", "updates", "restarts", "manualPush",
        ])
        for computer in readiness.computers {
            let need = readiness.need(of: computer)
            let target = readiness.targets[need.target].target
            let next = need.path.installations.first
            csv.cell(readiness.name(of: computer))
            csv.cell(target.program)
            csv.cell(target.year)
            csv.cell(readiness.entry(of: computer).decision.token)
            csv.cell(need.state.rawValue)
            csv.cell(need.missing.map { "KB\($0)" }.joined(separator: ";"))
            csv.cell(need.unknown.map { "KB\($0)" }.joined(separator: ";"))
            csv.cell(next.map { "KB\($0.kb)" })
            csv.cell(next?.needsRestart)
            csv.cell(next?.places(for: need.source).joined(separator: ";"))
            csv.cell(need.source?.rawValue)
            csv.cell(need.path.installations.count)
            csv.cell(need.path.restarts)
            csv.cell(need.path.needsManualPush)
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.readiness/1")
            try json.member("asOf", readiness.plan.asOf)
            try json.array("targets") { json in
                for target in readiness.targets { try json.object { json in try write(target, into: &json) } }
            }
            try json.member("warnings", warnings, withFile: true)
            try json.object("rules") { json in
                for rule in ReadinessReport.rules { try json.member(rule.id, rule.text) }
            }
            try json.array("needs") { json in
                for (number, need) in readiness.needs.enumerated() {
                    try json.object(.line) { json in try write(need, number: number + 1, into: &json) }
                }
            }
            try json.array("computers") { json in
                for computer in readiness.computers { try write(computer, into: &json) }
            }
        }
    }

    private func write(_ target: TargetReadiness, into json: inout JSONStreamWriter) throws {
        try json.member("program", target.target.program)
        try json.member("year", target.target.year)
        try json.member("computers", target.computers)
        try json.member("ready", target.ready)
        try json.array("missing") { json in
            for (index, count) in target.missing.enumerated() where count > 0 {
                try json.object(.line) { json in
                    try json.member("updates", index + 1)
                    try json.member("computers", count)
                }
            }
        }
        try json.member("unknown", target.unknown)
        try json.member("manualPush", target.manualPush)
        try json.object("others", .line) { json in
            for decision in Decision.allCases where target.others[decision] > 0 {
                try json.member(decision.token, target.others[decision])
            }
        }
        try json.array("updates") { json in
            for update in target.updates {
                try json.object(.line) { json in
                    try json.member("kb", "KB\(update.kb)")
                    try json.member("title", update.title)
                    try json.member("satisfies", update.satisfies.map { "KB\($0)" })
                    try json.member("computers", update.computers)
                    try json.member("unknown", update.unknown)
                    try json.member("alone", update.alone)
                    try json.member("manualPush", update.manualPush)
                    try json.member("restart", update.needsRestart)
                    try json.member("channels", update.channels.map(\.rawValue))
                }
            }
        }
        try json.array("next") { json in
            for step in target.next {
                try json.object(.line) { json in
                    try json.member("kb", "KB\(step.kb)")
                    try json.member("computers", step.computers)
                    try json.member("ready", step.ready)
                    try json.member("manualPush", step.manualPush)
                    try json.member("restart", step.needsRestart)
                }
            }
        }
    }

    private func write(_ need: ReadinessNeed, number: Int, into json: inout JSONStreamWriter) throws {
        try json.member("id", number)
        try json.member("state", need.state.rawValue)
        try json.member("missing", need.missing.map { "KB\($0)" })
        try json.member("unknown", need.unknown.map { "KB\($0)" })
        try json.member("source", need.source?.rawValue)
        try json.array("updates") { json in
            for update in need.path.installations {
                try json.object { json in
                    try json.member("kb", "KB\(update.kb)")
                    try json.member("satisfies", update.demanded.map { "KB\($0)" })
                    try json.member("restart", update.needsRestart)
                    try json.member("channels", update.places(for: need.source))
                    try json.member("access", update.access.rawValue)
                }
            }
        }
        try json.member("restarts", need.path.restarts)
        try json.member("manualPush", need.path.needsManualPush)
    }

    /// The next step stands with the computer; the whole way stands in `needs`.
    private func write(_ computer: ComputerReadiness, into json: inout JSONStreamWriter) throws {
        let need = readiness.need(of: computer)
        let target = readiness.targets[need.target].target
        try json.object(.line) { json in
            try json.member("name", readiness.name(of: computer))
            try json.member("program", target.program)
            try json.member("year", target.year)
            try json.member("decision", readiness.entry(of: computer).decision.token)
            try json.member("state", need.state.rawValue)
            try json.member("need", readiness.number(ofNeedOf: computer))
            try json.member("missing", need.missing.map { "KB\($0)" })
            try json.member("unknown", need.unknown.map { "KB\($0)" })
            if let next = need.path.installations.first {
                try json.object("next") { json in
                    try json.member("kb", "KB\(next.kb)")
                    try json.member("restart", next.needsRestart)
                    try json.member("channels", next.places(for: need.source))
                }
            }
            try json.member("manualPush", need.path.needsManualPush)
        }
    }
}

extension [Int] {
    /// `KB1 KB2`
    var articles: String { map { "KB\($0)" }.joined(separator: " ") }
}

extension UpdateInstallation {
    /// Where a computer with that source of updates gets the update: from its source, by hand, or from wherever it can be
    /// had. Empty when no source says so.
    func places(for source: UpdateSource?) -> [String] {
        switch access {
        case .offered: source.map { [$0.channel.rawValue] } ?? []
        case .manual, .unknown: channels.map(\.rawValue)
        }
    }
}

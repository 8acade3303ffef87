import ActivationModel
import ESUPrograms
import Planning

/// Why a plan decided as it did about one computer: every rule that spoke, the datum, its file and line.
/// Schema `actkit.explanation/1`.
public struct ExplanationReport: Report, Sendable {
    private let explanations: [Explanation]
    private let asOf: Day

    /// Makes a report of the explanations of one computer, one per target.
    public init(_ explanations: [Explanation], asOf: Day) {
        self.explanations = explanations
        self.asOf = asOf
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        for (position, explanation) in explanations.enumerated() {
            if position > 0 { try output.line() }
            try output.line("\(explanation.computer): \(explanation.decision.token)", .heading)
            try output.line("  for \(explanation.target), planned for \(asOf)")
            try output.paragraph(explanation.summary, indentation: 2, width: options.width)
            try writeSentences("Who was served instead", explanation.rivals, options, into: &output)
            try writeSentences("What would help", explanation.advice, options, into: &output)
            try output.line()
            try output.line("Rules that spoke", .heading)
            for reason in explanation.reasons {
                try output.line(
                    "  \(reason.rule.id)  \(reason.verdict.rawValue)",
                    reason.verdict == .violated || reason.verdict == .unknown ? .warning : .plain)
                try output.paragraph(reason.rule.text, indentation: 4, width: options.width, .quiet)
                try output.paragraph(
                    "→ " + MaskedText.hidingKeys(in: reason.datum), indentation: 4, hanging: 2, width: options.width)
                if let source = reason.source { try output.line("      \(source.text)", .quiet) }
            }
            try writeOutcome(explanation, width: options.width, into: &output)
        }
    }

    private func writeSentences(
        _ heading: String, _ sentences: [String], _ options: TableOptions, into output: inout TextOutput
    ) throws {
        guard !sentences.isEmpty else { return }
        try output.line()
        try output.line(heading, .heading)
        for sentence in sentences { try output.paragraph(sentence, indentation: 2, width: options.width) }
    }

    private func writeOutcome(_ explanation: Explanation, width: Int, into output: inout TextOutput) throws {
        if let key = explanation.key {
            try output.line()
            try output.line("Key", .heading)
            try output.line(
                "  \(key.key.partialKey?.text ?? key.key.id): \(key.key.proof)"
                    + (key.source.map { " (\($0.text))" } ?? ""))
        }
        let standing = [explanation.tier.map { "tier \($0)" }, explanation.wave.map { "wave \($0)" }]
            .compactMap { $0 }
        if !standing.isEmpty {
            try output.line()
            try output.line("Place in the plan", .heading)
            try output.line("  " + standing.joined(separator: ", "))
        }
        if let schedule = explanation.schedule {
            try output.line()
            try output.line("When", .heading)
            try output.paragraph(schedule, indentation: 2, width: width)
            if let source = explanation.waveSource { try output.line("    \(source.text)", .quiet) }
        }
        if let base = explanation.base {
            try output.line()
            try output.line("Base license, which no step touches", .heading)
            try output.line("  " + (base.text.isEmpty ? "unknown" : base.text))
        }
        guard let procedure = explanation.procedure else { return }
        try output.line()
        try output.line("Steps (\(procedure.route.rawValue))", .heading)
        for (number, step) in procedure.steps.enumerated() {
            try output.paragraph(
                "\(number + 1). \(step.sentence)", indentation: 2, hanging: 3, width: width)
        }
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "computer", "program", "year", "decision", "rule", "verdict", "datum", "sourceFile", "sourceLine",
            "ruleText",
        ])
        for explanation in explanations {
            for reason in explanation.reasons {
                csv.cell(explanation.computer)
                csv.cell(explanation.target.program)
                csv.cell(explanation.target.year)
                csv.cell(explanation.decision.token)
                csv.cell(reason.rule.id)
                csv.cell(reason.verdict.rawValue)
                csv.cell(MaskedText.hidingKeys(in: reason.datum))
                csv.cell(reason.source?.file)
                csv.cell(reason.source?.line)
                csv.cell(reason.rule.text)
                try csv.endRow()
            }
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.explanation/1")
            try json.member("asOf", asOf)
            try json.array("explanations") { json in
                for explanation in explanations {
                    try json.object { json in try write(explanation, into: &json) }
                }
            }
        }
    }

    private func write(_ explanation: Explanation, into json: inout JSONStreamWriter) throws {
        try json.member("computer", explanation.computer)
        try json.member("program", explanation.target.program)
        try json.member("year", explanation.target.year)
        try json.member("decision", explanation.decision.token)
        try json.member("summary", explanation.summary)
        try json.array("reasons") { json in
            for reason in explanation.reasons {
                try json.object(.line) { json in
                    try json.member("rule", reason.rule.id)
                    try json.member("verdict", reason.verdict.rawValue)
                    try json.member("text", reason.rule.text)
                    try json.member("datum", MaskedText.hidingKeys(in: reason.datum))
                    try json.member("source", reason.source)
                    try json.member("document", reason.rule.source.isEmpty ? nil : reason.rule.source)
                }
            }
        }
        if !explanation.rivals.isEmpty { try json.member("servedInstead", explanation.rivals) }
        if !explanation.advice.isEmpty { try json.member("wouldHelp", explanation.advice) }
        if let key = explanation.key {
            try json.member("key", key.key.id)
            try json.member("partialKey", key.key.partialKey?.text)
            try json.member("proof", key.key.proof.description)
        }
        if let tier = explanation.tier { try json.member("tier", tier) }
        if let wave = explanation.wave { try json.member("wave", wave) }
        if let day = explanation.day { try json.member("day", day) }
        if let schedule = explanation.schedule { try json.member("schedule", schedule) }
        if let source = explanation.waveSource { try json.member("waveSource", source) }
        if let base = explanation.base {
            try json.object("base", .line) { json in
                try json.member("keyType", base.keyType?.label)
                try json.member("partialKey", base.partialKey)
                try json.member("licenseStatus", base.status?.token)
            }
        }
        guard let procedure = explanation.procedure else { return }
        try json.member("route", procedure.route.rawValue)
        try json.member("steps", procedure.steps.map(\.sentence))
    }
}

extension SourceReference {
    /// `file:line`, or the file alone.
    var text: String { line > 0 ? "\(file):\(line)" : file }
}

extension ActivationProcedure.Step {
    /// The step as a sentence; it names the activation id where the licensing service is reached.
    var sentence: String {
        switch self {
        case .installUpdate(let update):
            if update.isSuccessor {
                "install KB\(update.kb), which replaces \(update.demanded.map { "KB\($0)" }.joined(separator: " and ")), "
                    + "or a newer one"
            } else {
                "install KB\(update.kb) or an update that replaces it"
            }
        case .restart: "restart"
        case .restartIfPending: "restart if Windows waits for a restart"
        case .recordBase: "note key type, partial key and status of the base license"
        case .installKey(let license): "install the add-on key for \(license.activationID)"
        case .checkRow(let id):
            "check the row of \(id): without row or key stop; where it is licensed already, go on to the last checks"
        case .activate(let id): "activate \(id)"
        case .requestConfirmation(let id): "take the installation id of \(id) and get a confirmation id for it"
        case .depositConfirmation(let id): "deposit the confirmation id on \(id)"
        case .verify(let id): "check that \(id) is licensed"
        case .compareBase: "check that the base license is as noted"
        }
    }
}

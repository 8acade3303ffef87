import ActivationModel
import ESUPrograms
import Planning

/// What is left on every key of the inventory. Schema `actkit.counts/1`.
///
/// The number of a key is its newest reading of the report's day or before it that knows one; where all are later, the
/// oldest, with a warning. A newer reading of "unknown" never replaces it, and unknown is never zero.
public struct CountsReport: Report, Sendable {
    /// One key.
    public struct Row: Sendable, Hashable {
        public var key: LicenseKey
        /// The program and year the key is for; nil when nothing says so.
        public var target: ProgramTarget?
        /// What says so.
        public var evidence: Evidence?
        /// The reading that counts; nil when no reading knows a number.
        public var reading: Reading?
        /// Days between the reading and the day of the report; negative when it was read later.
        public var ageDays: Int?
        /// What the policy holds back; nil when the remaining number is unknown.
        public var reserved: Int?
        /// Assigned by an earlier recorded plan and not yet seen as done.
        public var pending: Int
        /// Remaining less reserved and pending; nil when the remaining number is unknown.
        public var available: Int?

        /// Whether a number is to be expected: Microsoft counts the activations of multiple activation keys.
        var isCounted: Bool { reading != nil || target != nil || key.keyType == .mak }
    }

    /// What says which program and year a key is for. All but `stated` are what planning goes by.
    public enum Evidence: String, Sendable, Hashable {
        /// The range of its extended PID.
        case range
        /// The SKU that the export names.
        case supportedSku
        /// The policy.
        case policy
        /// A key table only: enough for a report, not for a plan.
        case stated
    }

    /// The keys of one program and year together.
    public struct Total: Sendable, Hashable {
        public var target: ProgramTarget
        public var keys = 0
        /// The sum of the known numbers; nil when none is known.
        public var remaining: Int?
        public var available: Int?
        /// Keys whose number nobody knows.
        public var unknown = 0
    }

    /// A reading older than this is named in a warning, as in a plan.
    public static let oldReadingDays = KeyCapacity.oldReadingDays

    /// The day of the report.
    public let asOf: Day
    /// The keys in the order of the inventory.
    public let rows: [Row]
    /// Ordered by program, then year.
    public let totals: [Total]
    /// Old, unknown and contradictory readings.
    public let warnings: [Diagnostic]

    /// Makes a report.
    ///
    /// - Parameters:
    ///   - keys: The keys of the inventory.
    ///   - policy: Its declarations and reserves count.
    ///   - pending: Activations assigned by an earlier recorded plan and not yet seen as done, by key id.
    public init(
        keys: [LicenseKey], catalog: ProgramCatalog, policy: Policy, asOf: Day, pending: [String: Int] = [:]
    ) {
        self.asOf = asOf
        let licenses = catalog.programs.flatMap { program in
            program.years.compactMap { AddOnLicense(ProgramTarget(program: program.id, year: $0.number), in: catalog) }
        }
        var warnings: [Diagnostic] = []
        rows = keys.enumerated().map { position, key in
            let judgement = KeyJudgement(
                key, at: position, licenses: licenses, declarations: policy.keys, catalog: catalog)
            let reading = key.reading(on: asOf)
            let reserve = policy.keys.first { $0.reserve != nil && $0.match.matches(key) }?.reserve
            let capacity = KeyCapacity(
                of: key, on: asOf, reserve: reserve, unknownCounts: .refuse, pending: pending[key.id] ?? 0)
            let row = Row(
                key: key, target: judgement.purpose?.target, evidence: judgement.purpose?.evidence, reading: reading,
                ageDays: reading?.readAt.map { asOf.days(since: $0.day) }, reserved: capacity?.reserved,
                pending: pending[key.id] ?? 0, available: capacity?.available)
            warnings += CountsReport.warnings(about: row, asOf: asOf)
            return row
        }
        var totals: [ProgramTarget: Total] = [:]
        for row in rows {
            guard let target = row.target else { continue }
            var total = totals[target] ?? Total(target: target)
            total.keys += 1
            if let remaining = row.reading?.remaining {
                total.remaining = (total.remaining ?? 0) + remaining
                total.available = (total.available ?? 0) + (row.available ?? 0)
            } else {
                total.unknown += 1
            }
            totals[target] = total
        }
        self.totals = totals.values.sorted { $0.target < $1.target }
        self.warnings = warnings
    }

    private static func warnings(about row: Row, asOf: Day) -> [Diagnostic] {
        let name = "key \(row.key.partialKey?.text ?? row.key.id)"
        func warning(_ code: String, _ source: SourceReference?, _ message: String, _ remedy: String) -> Diagnostic {
            Diagnostic(
                code: code, severity: .warning, file: source?.file, line: source?.line, message: message, remedy: remedy
            )
        }
        guard let reading = row.reading else {
            guard row.isCounted else { return [] }
            return [
                warning(
                    "counts.unknown", row.key.source, "\(name): nobody has read how many activations are left",
                    "In VAMT, select the key and run \"Refresh product key data online\", export again and import.")
            ]
        }
        var found: [Diagnostic] = []
        if let age = row.ageDays, age > oldReadingDays {
            found.append(
                warning(
                    "counts.reading.old", reading.source, "\(name): the count is \(Wording.count(age, "day")) old",
                    "Refresh the counts in VAMT, export again and import."))
        }
        if let age = row.ageDays, age < 0 {
            found.append(
                warning(
                    "counts.reading.later", reading.source,
                    "\(name): the count was read \(Wording.count(-age, "day")) after the day of this report",
                    "Check --as-of, or the clock of the computer that read it."))
        }
        if let newest = row.key.readings.last, newest != reading, newest.remaining == nil,
            newest.readAt.map({ $0.day <= asOf }) ?? true
        {
            found.append(
                warning(
                    "counts.reading.unknown", newest.source,
                    "\(name): the newest reading knows no number, so an older one counts",
                    "Refresh the counts in VAMT, export again and import."))
        }
        if let remaining = reading.remaining, remaining <= 0 {
            found.append(
                warning(
                    "counts.exhausted", reading.source, "\(name): no activation is left",
                    "Ask Microsoft to raise the limit of the key, or use another one."))
        }
        return found
    }

    // MARK: Renderers

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("Activations left on \(asOf)", .heading)
        try output.line()
        let table = TextTable(columns: [
            .init("Key"), .init("Type"), .init("For"), .init("Remaining", .right), .init("Read"),
            .init("Age", .right), .init("Reserved", .right), .init("Pending", .right), .init("Available", .right),
            .init("Readings", .right), .init("From", maximumWidth: 40), .init("Description", maximumWidth: 44),
        ])
        try table.render(rows: rows.map(CountsReport.cells), into: &output)
        try output.line()
        try output.line("Totals per program and year", .heading)
        if totals.isEmpty { try output.line("  no key is settled as an ESU key") }
        if !totals.isEmpty {
            let totalTable = TextTable(
                columns: [
                    .init("For"), .init("Keys", .right), .init("Remaining", .right), .init("Available", .right),
                    .init("Unknown", .right),
                ], indentation: 2)
            try totalTable.render(
                rows: totals.map { total in
                    [
                        total.target.description, Wording.number(total.keys), Wording.number(total.remaining),
                        Wording.number(total.available), Wording.number(total.unknown),
                    ]
                }, into: &output)
        }
        guard !warnings.isEmpty else { return }
        try output.line()
        try output.line("Warnings", .heading)
        try DiagnosticText.write(warnings, limit: options.details ? .max : 5, indentation: 2, into: &output)
    }

    private static func cells(_ row: Row) -> [String] {
        let key = row.key.partialKey?.text ?? row.key.id
        let purpose = row.target.map { $0.description + (row.evidence == .stated ? " (stated)" : "") } ?? "–"
        let read = row.reading.map { $0.readAt?.day.description ?? "unknown" } ?? ""
        let source = row.reading?.source.map { $0.line > 0 ? "\($0.file):\($0.line)" : $0.file } ?? ""
        let reserved = row.reserved.map { Wording.number($0) } ?? ""
        return [
            key, row.key.keyType?.label ?? "unknown", purpose,
            row.isCounted ? Wording.number(row.reading?.remaining) : "–", read, row.ageDays.map(age) ?? "", reserved,
            Wording.number(row.pending), row.isCounted ? Wording.number(row.available) : "–",
            String(row.key.readings.count), source,
            row.key.description.map(MaskedText.hidingKeys) ?? "",
        ]
    }

    private static func age(_ days: Int) -> String {
        days < 0 ? "\(Wording.number(-days)) d later" : "\(Wording.number(days)) d"
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "id", "partialKey", "extendedPid", "description", "keyType", "program", "year", "remaining", "readAt",
            "ageDays", "reserved", "pending", "available", "readings", "sourceFile", "sourceLine", "evidence",
        ])
        for row in rows {
            csv.cell(row.key.id)
            csv.cell(row.key.partialKey?.text)
            csv.cell(row.key.extendedPIDText)
            csv.cell(row.key.description.map(MaskedText.hidingKeys))
            csv.cell(row.key.keyType?.label)
            csv.cell(row.target?.program)
            csv.cell(row.target?.year)
            csv.cell(row.reading?.remaining)
            csv.cell(row.reading?.readAt)
            csv.cell(row.ageDays)
            csv.cell(row.reserved)
            csv.cell(row.pending)
            csv.cell(row.available)
            csv.cell(row.key.readings.count)
            csv.cell(row.reading?.source?.file)
            csv.cell(row.reading?.source?.line)
            csv.cell(row.evidence?.rawValue)
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.counts/1")
            try json.member("asOf", asOf)
            try json.array("keys") { json in
                for row in rows { try json.object { json in try write(row, into: &json) } }
            }
            try json.array("totals") { json in
                for total in totals {
                    try json.object(.line) { json in
                        try json.member("program", total.target.program)
                        try json.member("year", total.target.year)
                        try json.member("keys", total.keys)
                        try json.member("remaining", total.remaining)
                        try json.member("available", total.available)
                        try json.member("unknown", total.unknown)
                    }
                }
            }
            try json.member("warnings", warnings, withFile: true)
        }
    }

    private func write(_ row: Row, into json: inout JSONStreamWriter) throws {
        try json.member("id", row.key.id)
        try json.member("partialKey", row.key.partialKey?.text)
        try json.member("extendedPid", row.key.extendedPIDText)
        try json.member("description", row.key.description.map(MaskedText.hidingKeys))
        try json.member("keyType", row.key.keyType?.label)
        try json.member("program", row.target?.program)
        try json.member("year", row.target?.year)
        try json.member("evidence", row.evidence?.rawValue)
        try json.member("remaining", row.reading?.remaining)
        try json.member("readAt", row.reading?.readAt)
        try json.member("ageDays", row.ageDays)
        try json.member("source", row.reading?.source)
        try json.member("reserved", row.reserved)
        try json.member("pending", row.pending)
        try json.member("available", row.available)
        try json.member("readings", row.key.readings.count)
    }
}

extension KeyJudgement {
    /// The program and year the key is for, also where such keys cannot be planned, and what says so.
    fileprivate var purpose: (target: ProgramTarget, evidence: CountsReport.Evidence)? {
        switch outcome {
        case .usable(let key):
            switch key.proof {
            case .range, .configuration: (key.license.target, .range)
            case .supportedSKU: (key.license.target, .supportedSku)
            case .declaration: (key.license.target, .policy)
            }
        case .refused(.rangeOf(let target)): (target, .range)
        case .refused(.skuOf(let target)): (target, .supportedSku)
        case .refused(.unproven(let stated)): stated.map { ($0, .stated) }
        case .refused: nil
        }
    }
}

import ActivationModel
import ESUPrograms
import Planning

/// The product keys of an inventory, masked, with every reading of what is left. Schema `actkit.keys/1`.
public struct KeysReport: Report {
    /// Which keys are listed; what is nil does not matter.
    public struct Selection: Sendable, Hashable {
        public var program: String?
        public var year: Int?
        public var agreement: String?
        /// Only keys whose count was read more days ago, or never.
        public var staleDays: Int?

        /// Makes a selection.
        public init(program: String? = nil, year: Int? = nil, agreement: String? = nil, staleDays: Int? = nil) {
            self.program = program
            self.year = year
            self.agreement = agreement
            self.staleDays = staleDays
        }
    }

    /// One key and what it is for.
    private struct Row {
        var key: LicenseKey
        var program: String?
        var year: Int?
        var evidence: CountsReport.Evidence?
        /// Days between the current reading and the day of the list.
        var ageDays: Int?
    }

    private let rows: [Row]
    /// Keys of the inventory that are not listed.
    private let hidden: Int

    /// Makes a list of keys in the order given.
    ///
    /// - Parameters:
    ///   - catalog: It tells the program and year of a key by its range or SKU, as planning does.
    ///   - asOf: The day from which the age of readings is counted.
    public init(
        _ keys: [LicenseKey], catalog: ProgramCatalog, asOf: Day, selection: Selection = Selection()
    ) {
        let counted = CountsReport(keys: keys, catalog: catalog, policy: Policy(), asOf: asOf).rows
        let all = counted.map { row in
            Row(
                key: row.key, program: row.target?.program ?? row.key.statedProgram,
                year: row.target?.year ?? row.key.statedYear,
                evidence: row.evidence ?? (row.key.statedProgram == nil ? nil : .stated),
                ageDays: row.key.currentReading?.readAt.map { asOf.days(since: $0.day) })
        }
        rows = all.filter { selection.holds($0.key, program: $0.program, year: $0.year, ageDays: $0.ageDays) }
        hidden = all.count - rows.count
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let table = TextTable(columns: [
            .init("Key"), .init("Type"), .init("Program"), .init("Year", .right),
            .init("Description", maximumWidth: 44), .init("Remaining", .right), .init("Read at"), .init("Age", .right),
            .init("Readings", .right), .init("Agreement", maximumWidth: 32), .init("Extended PID", maximumWidth: 50),
            .init("From", maximumWidth: 40), .init("Id"),
        ])
        let lines = rows.lazy.map { row -> [String] in
            let reading = row.key.currentReading
            return [
                row.key.partialKey?.text ?? "unknown", row.key.keyType?.label ?? "unknown", row.program ?? "",
                row.year.map(String.init) ?? "", row.key.description.map(MaskedText.hidingKeys) ?? "",
                Wording.number(reading?.remaining), reading?.readAt?.day.description ?? "unknown",
                row.ageDays.map { "\(Wording.number($0)) d" } ?? "unknown", String(row.key.readings.count),
                row.key.agreements.map(\.name).joined(separator: ", "), row.key.extendedPIDText ?? "",
                row.key.source.map { "\($0.file):\($0.line)" } ?? "", row.key.id,
            ]
        }
        try table.render(rows: lines, into: &output)
        try output.line()
        try output.line(
            hidden == 0
                ? Wording.count(rows.count, "key")
                : "\(Wording.number(rows.count)) of \(Wording.count(rows.count + hidden, "key"))")
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "id", "partialKey", "keyType", "description", "extendedPid", "supportedEditions", "supportedSku",
            "agreement", "remarks", "statedProgram", "statedYear", "remaining", "readAt", "readings", "fullKeyStored",
            "sourceFile", "sourceLine", "program", "year", "evidence",
            "ageDays", "agreements",
        ])
        for row in rows {
            let key = row.key
            csv.cell(key.id)
            csv.cell(key.partialKey?.text)
            csv.cell(key.keyType?.label)
            csv.cell(key.description.map(MaskedText.hidingKeys))
            csv.cell(key.extendedPIDText)
            csv.cell(key.supportedEditions)
            csv.cell(key.supportedSKU)
            csv.cell(key.agreement)
            csv.cell(key.remarks.map(MaskedText.hidingKeys))
            csv.cell(key.statedProgram)
            csv.cell(key.statedYear)
            csv.cell(key.currentReading?.remaining)
            csv.cell(key.currentReading?.readAt)
            csv.cell(key.readings.count)
            csv.cell(key.hasFullKey)
            csv.cell(key.source?.file)
            csv.cell(key.source?.line)
            csv.cell(row.program)
            csv.cell(row.year)
            csv.cell(row.evidence?.rawValue)
            csv.cell(row.ageDays)
            csv.cell(key.agreements.isEmpty ? nil : key.agreements.map(\.name).joined(separator: "; "))
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.keys/1")
            try json.array("keys") { json in
                for row in rows {
                    try json.object { json in try write(row, into: &json) }
                }
            }
        }
    }

    private func write(_ row: Row, into json: inout JSONStreamWriter) throws {
        let key = row.key
        try json.member("id", key.id)
        try json.member("partialKey", key.partialKey?.text)
        try json.member("keyType", key.keyType?.label)
        try json.member("description", key.description.map(MaskedText.hidingKeys))
        try json.member("extendedPid", key.extendedPIDText)
        try json.member("supportedEditions", key.supportedEditions)
        try json.member("supportedSku", key.supportedSKU)
        try json.member("agreement", key.agreement)
        try json.array("agreements") { json in
            for agreement in key.agreements {
                try json.object(.line) { json in
                    try json.member("agreement", agreement.name)
                    try json.member("source", agreement.source)
                }
            }
        }
        try json.member("remarks", key.remarks.map(MaskedText.hidingKeys))
        try json.member("statedProgram", key.statedProgram)
        try json.member("statedYear", key.statedYear)
        try json.member("remaining", key.currentReading?.remaining)
        try json.member("readAt", key.currentReading?.readAt)
        try json.member("readings", key.readings.count)
        try json.member("fullKeyStored", key.hasFullKey)
        try json.member("lastErrorCode", key.lastErrorCode.map(ErrorCode.text))
        try json.member("source", key.source)
        try json.member("program", row.program)
        try json.member("year", row.year)
        try json.member("evidence", row.evidence?.rawValue)
        try json.member("ageDays", row.ageDays)
        try json.array("history") { json in
            for reading in key.readings {
                try json.object(.line) { json in
                    try json.member("remaining", reading.remaining)
                    try json.member("readAt", reading.readAt)
                    try json.member("source", reading.source)
                }
            }
        }
    }
}

extension KeysReport.Selection {
    /// Whether a key is listed.
    fileprivate func holds(_ key: LicenseKey, program: String?, year: Int?, ageDays: Int?) -> Bool {
        if let wanted = self.program, wanted != program { return false }
        if let wanted = self.year, wanted != year { return false }
        if let wanted = agreement?.lowercased(), !key.agreements.contains(where: { $0.name.lowercased() == wanted }) {
            return false
        }
        guard let staleDays else { return true }
        // Keys whose type has no count cannot have an old one.
        guard key.keyType == nil || key.keyType == .mak || !key.readings.isEmpty else { return false }
        return ageDays.map { $0 > staleDays } ?? true
    }
}

import ActivationModel

/// The columns of a key table.
enum KeyColumn: Int, TableColumn {
    case key, extendedPID, description, type, program, year, remaining, readAt, agreement, remarks
    case supportedEditions, activationID

    var name: String {
        switch self {
        case .key: "key"
        case .extendedPID: "extendedPid"
        case .description: "description"
        case .type: "type"
        case .program: "program"
        case .year: "year"
        case .remaining: "remaining"
        case .readAt: "readAt"
        case .agreement: "agreement"
        case .remarks: "remarks"
        case .supportedEditions: "supportedEditions"
        case .activationID: "activationId"
        }
    }

    var synonyms: [String] {
        switch self {
        case .key:
            [
                "productKey", "maskedKey", "partialKey", "partialProductKey", "lastFive", "licenseKey", "licenceKey",
                "activationKey", "multipleActivationKey", "mak", "volumeLicenseKey", "vlk", "last5",
            ]
        case .extendedPID: ["epid", "extendedProductId", "keyId", "productKeyId"]
        case .description: ["keyDescription", "name"]
        case .type: ["keyType", "productKeyType"]
        case .program: ["programme", "esuProgram", "product"]
        case .year: ["programYear", "esuYear"]
        case .remaining: ["remainingActivations", "activationsRemaining", "left"]
        case .readAt: ["readOn", "countedAt", "countedOn", "asOf"]
        case .agreement: ["agreementNumber", "contract", "contractNumber", "enrollment", "enrolment"]
        case .remarks: ["remark", "comment", "comments", "note", "notes"]
        case .supportedEditions: ["editions", "edition"]
        case .activationID: ["supportedSku", "sku", "skuId"]
        }
    }

    static func isKind(_ columns: Set<KeyColumn>) -> Bool {
        columns.contains(.key) || columns.contains(.extendedPID)
    }
}

/// A table of product keys. No message ever shows more of a key than its last five characters.
struct KeyContent: TableContent {
    static let title = "A key table"
    static let dates: [[KeyColumn]] = [[.readAt]]

    private let readAt: Timestamp?

    init(options: ReadOptions) { readAt = options.readAt }

    mutating func read(_ row: TableRow<KeyColumn>, into output: inout RecordOutput) throws {
        var record = KeyRecord()
        switch KeyCell(row.text(.key)) {
        case .absent: break
        case .full(let key): record = KeyRecord(key)
        case .partial(let partial): record.partialKey = partial
        case .refused(let refusal):
            output.reject(
                refusal.code, line: row.line, refusal.reason,
                remedy: "Write the whole key, or XXXXX-XXXXX-XXXXX-XXXXX- and its last five characters.")
            return
        }
        record.extendedPID = row.text(.extendedPID)
        guard record.partialKey != nil || record.extendedPID != nil else {
            output.reject(
                "keys.key.missing", line: row.line, "The row names no key.",
                remedy: "Give the key, its last five characters or its extended PID.")
            return
        }
        if let text = record.extendedPID, ExtendedPID(text) == nil {
            guard record.partialKey != nil else {
                output.reject(
                    "keys.epid", line: row.line, "“\(cellForMessages(text))” is no extended PID.",
                    remedy: "An extended PID has the form 55041-00172-365-000123-03-1033-7601.0000-0302021.")
                return
            }
            output.diagnostics.report(
                .warning, "keys.epid", line: row.line,
                "“\(cellForMessages(text))” is no extended PID; the key was read without it.")
            record.extendedPID = nil
        }
        if let type = row.text(.type) {
            record.keyType = KeyType(anySpelling: type)
            if record.keyType == nil {
                record.keyTypeText = remarkText(type)
                output.diagnostics.report(
                    .warning, "keys.type", line: row.line, "The key type “\(cellForMessages(type))” is not known.",
                    remedy: "The types are \(KeyType.allCases.dropFirst().map(\.label).joined(separator: ", ")).")
            }
        }
        guard let year = number(.year, row, into: &output), let remaining = number(.remaining, row, into: &output)
        else { return }
        if case .value(let value) = year {
            guard value >= 1 else {
                output.reject(
                    "keys.year", line: row.line, "The year is \(value); the years of a program count from 1.",
                    remedy: "Write the year of the program, not the calendar year.")
                return
            }
            record.year = value
        }
        if case .value(let value) = remaining {
            guard value >= -1 else {
                output.reject(
                    "keys.remaining", line: row.line, "The remaining count is \(value).",
                    remedy: "Leave the cell empty when the count is not known.")
                return
            }
            // VAMT writes -1 for a count that was never read.
            record.remaining = value == -1 ? nil : value
        }
        record.supportedEditions = row.text(.supportedEditions).flatMap { remarkText($0) }
        if let text = row.text(.activationID) {
            record.supportedSKU = GUID(text)
            if record.supportedSKU == nil {
                output.diagnostics.report(
                    .warning, "keys.activationId", line: row.line,
                    "“\(cellForMessages(text))” is no activation id; the key was read without it.",
                    remedy: "An activation id has the form 0e00c25d-8795-4fb7-9572-3803d91b6880.")
            }
        }
        record.description = row.text(.description).flatMap { remarkText($0) }
        record.program = row.text(.program).flatMap { remarkText($0)?.lowercased() }
        record.agreement = row.text(.agreement).flatMap { remarkText($0) }
        record.remarks = row.text(.remarks).flatMap { remarkText($0) }
        if record.remaining != nil {
            record.readAt = row.date([.readAt], into: &output) ?? readAt
            if record.readAt == nil {
                output.diagnostics.report(
                    .warning, "keys.readAt", line: row.line,
                    "The row does not say when its remaining count was read.",
                    remedy: "Fill the column readAt, or name the time with --read-at.")
            }
        }
        try output.emit(.key(record), line: row.line)
    }

    /// A number that may be missing; nil when the row was rejected.
    private func number(
        _ column: KeyColumn, _ row: TableRow<KeyColumn>, into output: inout RecordOutput
    ) -> WholeNumber? {
        let number = WholeNumber(row.text(column))
        guard case .refused(let reason) = number else { return number }
        output.reject("keys.\(column.name)", line: row.line, "The \(column.name) “\(row.shown(column))” \(reason).")
        return nil
    }
}

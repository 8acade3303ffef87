import ActivationModel

/// The columns of a key table.
enum KeyColumn: Int, TableColumn {
    case key, extendedPID, description, type, program, year, remaining, readAt, agreement, remarks
    case supportedEditions, activationID, product

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
        case .product: "product"
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
        case .program: ["programme", "esuProgram"]
        case .year: ["programYear", "esuYear"]
        case .remaining: ["remainingActivations", "activationsRemaining", "makRemaining", "left"]
        case .readAt: ["readOn", "countedAt", "countedOn", "asOf", "lastChecked", "lastUpdated", "date"]
        case .agreement: ["agreementNumber", "contract", "contractNumber", "enrollment", "enrolment"]
        case .remarks: ["remark", "comment", "comments", "note", "notes"]
        case .supportedEditions: ["editions", "edition"]
        case .activationID: ["supportedSku", "sku", "skuId"]
        case .product: ["productName", "software"]
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

    mutating func begin(_ columns: ColumnSet<KeyColumn>, line: Int, into output: inout RecordOutput) throws {
        if columns[.remaining] == nil {
            reportCountHeaders(columns.ignored, column: KeyColumn.remaining.name, line: line, &output)
        }
    }

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
            record.keyType = KeyType(listed: type)
            if record.keyType == nil {
                record.keyTypeText = remarkText(type)
                output.diagnostics.report(
                    .warning, "keys.type", line: row.line, "The key type “\(cellForMessages(type))” is not known.",
                    remedy: "The types are \(KeyType.allCases.dropFirst().map(\.label).joined(separator: ", ")).")
            }
        }
        let year = number(.year, row)
        if case .refused(let reason) = year {
            output.reject("keys.year", line: row.line, "The year “\(row.shown(.year))” \(reason).")
            return
        }
        if case .value(let value) = year {
            guard value >= 1 else {
                output.reject(
                    "keys.year", line: row.line, "The year is \(value); the years of a program count from 1.",
                    remedy: "Write the year of the program, not the calendar year.")
                return
            }
            record.year = value
        }
        record.remaining = remaining(row, into: &output)
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
        takePurpose(row, &record, into: &output)
        record.agreements = agreements(in: row.text(.agreement))
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

    /// A number that may be missing. "N/A", "unlimited" and a dash say that there is none.
    private func number(_ column: KeyColumn, _ row: TableRow<KeyColumn>) -> WholeNumber {
        WholeNumber(row.text(column).flatMap { $0.contains(where: \.isNumber) ? $0 : nil })
    }

    /// What is left. A key whose count cannot be read is a key all the same.
    private func remaining(_ row: TableRow<KeyColumn>, into output: inout RecordOutput) -> Int? {
        let reason: String
        switch number(.remaining, row) {
        case .absent: return nil
        // VAMT writes -1 for a count that was never read.
        case .value(-1): return nil
        case .value(let value) where value >= 0: return value
        case .value: reason = "is less than nothing"
        case .refused(let refusal): reason = refusal
        }
        output.diagnostics.report(
            .warning, "keys.remaining", line: row.line,
            "The remaining count “\(row.shown(.remaining))” \(reason); the key was read without it.",
            remedy: "Write the number of activations that are left, or leave the cell empty when it is not known.")
        return nil
    }

    // MARK: - What a key is for

    /// Takes description, product and program. Only what has the form of an identifier, such as `windows-7`, is a program:
    /// everything else is a text about the key.
    private func takePurpose(
        _ row: TableRow<KeyColumn>, _ record: inout KeyRecord, into output: inout RecordOutput
    ) {
        var texts = [row.text(.product), row.text(.description)].compactMap { $0.flatMap { remarkText($0) } }
        if let program = row.text(.program).flatMap({ remarkText($0) }) {
            if KeyContent.isProgramID(program) {
                record.program = program.lowercased()
            } else {
                texts.append(program)
                output.diagnostics.report(
                    .warning, "keys.program", line: row.line,
                    "“\(cellForMessages(program))” is no identifier of an ESU program; it was taken as a description.",
                    remedy: "Write the identifier, such as windows-7; 'actkit programs list' shows all.")
            }
        } else if let product = texts.first, row.text(.product) != nil, product.contains("-"),
            KeyContent.isProgramID(product)
        {
            record.program = product.lowercased()
            texts.removeFirst()
        }
        var said: Set<String> = []
        texts = texts.filter { said.insert($0.lowercased()).inserted }
        record.description = texts.isEmpty ? nil : texts.joined(separator: "; ")
    }

    /// Whether a text has the form of a program's identifier: words of letters and digits, joined by hyphens.
    private static func isProgramID(_ text: String) -> Bool {
        let words = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return words.allSatisfy { word in
            !word.isEmpty
                && word.allSatisfy {
                    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                }
        }
    }
}

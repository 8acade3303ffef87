import ActivationModel

/// A product key, as a row of the `license_key` table. The whole key, if any, lies sealed beside these columns.
enum KeyEntity {
    enum Column: Int, CaseIterable {
        case lookupMark, partialKey, extendedPID, keyType, keyTypeText, description, supportedEditions, supportedSKU
        case remarks, updated, lastErrorCode, program, year, agreement
    }

    static let layout = EntityLayout(
        table: "license_key", key: "identity",
        columns: [
            .init("lookup_mark", .plain), .init("partial_key", .plain), .init("extended_pid", .plain),
            .init("key_type", .plain), .init("key_type_text", .plain), .init("description", .plain),
            .init("supported_editions", .plain), .init("supported_sku", .plain), .init("remarks", .plain),
            .init("updated", .instant), .init("last_error_code", .plain), .init("program", .plain),
            .init("year", .plain), .init("agreement", .plain),
        ],
        clocks: { [$0[Column.updated.rawValue].timestamp?.milliseconds ?? Observation.noTime] },
        clockColumns: [Column.updated.rawValue])

    /// What tells one key from another, as one record says it; nil when the record tells too little.
    static func identity(_ record: KeyRecord, lookupMark: String?) -> String? {
        if let lookupMark { return identity(lookupMark: lookupMark) }
        let partial = record.partialKey?.text ?? ""
        if let pid = record.extendedPID, ExtendedPID.keyName(pid) != nil {
            return "pid:\(pid.uppercased())\t\(partial)"
        }
        let description = record.description ?? ""
        guard !partial.isEmpty || !description.isEmpty || record.supportedSKU != nil else { return nil }
        return "partial:\(partial)\t\(description.lowercased())\t\(record.supportedSKU?.description ?? "")"
    }

    /// What tells a key from another that a file holds whole.
    static func identity(lookupMark: String) -> String { "key:" + lookupMark }

    static func values(_ record: KeyRecord, lookupMark: String?) -> [FieldValue] {
        [
            FieldValue(lookupMark), FieldValue(record.partialKey?.text), FieldValue(record.extendedPID),
            FieldValue(record.keyType?.rawValue), FieldValue(record.keyTypeText), FieldValue(record.description),
            FieldValue(record.supportedEditions), FieldValue(record.supportedSKU), FieldValue(record.remarks),
            FieldValue(record.readAt), FieldValue(record.lastErrorCode), FieldValue(record.program),
            // A key may stand under several agreements, which have a table of their own.
            FieldValue(record.year), .missing,
        ]
    }

    /// The record without its reading and its whole key.
    static func record(_ values: [FieldValue]) -> KeyRecord {
        func value(_ column: Column) -> FieldValue { values[column.rawValue] }
        var record = KeyRecord()
        record.partialKey = value(.partialKey).text.flatMap { PartialProductKey($0) }
        record.extendedPID = value(.extendedPID).text
        record.keyType = value(.keyType).number.flatMap { KeyType(rawValue: Int($0)) }
        record.keyTypeText = value(.keyTypeText).text
        record.description = value(.description).text
        record.supportedEditions = value(.supportedEditions).text
        record.supportedSKU = value(.supportedSKU).guid
        record.remarks = value(.remarks).text
        record.lastErrorCode = value(.lastErrorCode).number
        record.program = value(.program).text
        record.year = value(.year).number.map { Int($0) }
        return record
    }
}

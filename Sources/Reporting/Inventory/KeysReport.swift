import ActivationModel

/// The product keys of an inventory, masked, with every reading of what is left. Schema `actkit.keys/1`.
public struct KeysReport: Report {
    private let keys: [LicenseKey]

    /// Makes a list of keys in the order given.
    public init(_ keys: [LicenseKey]) { self.keys = keys }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let table = TextTable(columns: [
            .init("Key"), .init("Type"), .init("Description", maximumWidth: 44), .init("Remaining", .right),
            .init("Read at"), .init("Readings", .right), .init("Agreement", maximumWidth: 20),
            .init("Extended PID", maximumWidth: 50), .init("Id"),
        ])
        let rows = keys.lazy.map { key -> [String] in
            let reading = key.currentReading
            return [
                key.partialKey?.text ?? "unknown", key.keyType?.label ?? "unknown",
                key.description.map(MaskedText.hidingKeys) ?? "", Wording.number(reading?.remaining),
                reading?.readAt?.day.description ?? "unknown", String(key.readings.count), key.agreement ?? "",
                key.extendedPIDText ?? "", key.id,
            ]
        }
        try table.render(rows: rows, into: &output)
        try output.line()
        try output.line(Wording.count(keys.count, "key"))
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "id", "partialKey", "keyType", "description", "extendedPid", "supportedEditions", "supportedSku",
            "agreement", "remarks", "statedProgram", "statedYear", "remaining", "readAt", "readings", "fullKeyStored",
            "sourceFile", "sourceLine",
        ])
        for key in keys {
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
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.keys/1")
            try json.array("keys") { json in
                for key in keys {
                    try json.object { json in try write(key, into: &json) }
                }
            }
        }
    }

    private func write(_ key: LicenseKey, into json: inout JSONStreamWriter) throws {
        try json.member("id", key.id)
        try json.member("partialKey", key.partialKey?.text)
        try json.member("keyType", key.keyType?.label)
        try json.member("description", key.description.map(MaskedText.hidingKeys))
        try json.member("extendedPid", key.extendedPIDText)
        try json.member("supportedEditions", key.supportedEditions)
        try json.member("supportedSku", key.supportedSKU)
        try json.member("agreement", key.agreement)
        try json.member("remarks", key.remarks.map(MaskedText.hidingKeys))
        try json.member("statedProgram", key.statedProgram)
        try json.member("statedYear", key.statedYear)
        try json.member("remaining", key.currentReading?.remaining)
        try json.member("readAt", key.currentReading?.readAt)
        try json.member("readings", key.readings.count)
        try json.member("fullKeyStored", key.hasFullKey)
        try json.member("lastErrorCode", key.lastErrorCode.map(ErrorCode.text))
        try json.member("source", key.source)
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

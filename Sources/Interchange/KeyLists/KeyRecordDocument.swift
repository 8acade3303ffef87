import ActivationModel

/// Reads the keys of a JSON export of this program (`actkit.export/1`), whole or masked as the export holds them.
///
/// Other sections of an export are passed over: the files that they came from say more.
struct KeyRecordDocument: JSONDocument {
    static let title = "Keys of a JSON export of actkit"

    private var keys = 0
    private var others: Set<String> = []

    /// Whether the first bytes of a JSON document are of this kind.
    static func isKind(_ text: [UInt8]) -> Bool { text.firstRange(of: Array("\"actkit.export/1\"".utf8)) != nil }

    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice {
        if path.isRoot { return kind == .object ? .open : .pass }
        if path.steps.first == .member("keys") { return path.isElement ? .take : kind == .array ? .open : .pass }
        if kind == .array, let name = path.name { others.insert(name) }
        return .pass
    }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.reject(
                "keys.key.missing", line: item.line, "An element of the list is no key.",
                remedy: "Export the keys again with actkit keys export.")
            return
        }
        var record = KeyRecord()
        switch KeyCell(item["key"]?.text ?? item["partialKey"]?.text) {
        case .absent: break
        case .full(let key): record = KeyRecord(key)
        case .partial(let partial): record.partialKey = partial
        case .refused(let refusal):
            output.reject(refusal.code, line: item.line, refusal.reason, remedy: "Compare it with its origin.")
            return
        }
        record.extendedPID = item["extendedPid"]?.text.flatMap { remarkText($0) }
        guard record.partialKey != nil || record.extendedPID != nil else {
            output.reject(
                "keys.key.missing", line: item.line, "An element names no key.",
                remedy: "Give the key, its last five characters or its extended PID.")
            return
        }
        if let type = item["keyType"]?.text {
            record.keyType = KeyType(anySpelling: type)
            if record.keyType == nil { record.keyTypeText = remarkText(type) }
        }
        record.description = item["description"]?.text.flatMap { remarkText($0) }
        record.supportedEditions = item["supportedEditions"]?.text.flatMap { remarkText($0) }
        record.supportedSKU = item["supportedSku"]?.guid
        record.remarks = item["remarks"]?.text.flatMap { remarkText($0) }
        record.program = item["program"]?.text.flatMap { remarkText($0)?.lowercased() }
        let names = item["agreements"]?.list.compactMap { ($0["agreement"] ?? $0).text } ?? []
        record.agreements = (names.isEmpty ? [item["agreement"]?.text].compactMap { $0 } : names)
            .compactMap { remarkText($0) }
        record.lastErrorCode = item["lastErrorCode"]?.integer
        guard let year = number("year", 1, item, into: &output),
            let remaining = number("remaining", 0, item, into: &output)
        else { return }
        record.year = year
        record.remaining = remaining
        record.readAt = item["readAt"]?.instant
        keys += 1
        try output.emit(.key(record), line: item.line)
    }

    /// A number that may be missing; nil when the element was rejected.
    private func number(
        _ name: String, _ least: Int, _ item: JSONItem, into output: inout RecordOutput
    ) -> Int?? {
        guard let value = item[name], value.kind != .null else { return .some(nil) }
        if let number = value.integer, number >= least, number <= QuantityLimit.largest { return Int(number) }
        output.reject(
            "keys.\(name)", line: value.line, "The \(name) of a key is no whole number from \(least).",
            remedy: "Leave it out when it is not known.")
        return nil
    }

    mutating func finish(into output: inout RecordOutput) throws {
        if keys == 0 {
            output.diagnostics.report(
                .warning, "keys.key.none", "The export holds no key.",
                remedy: "Write one with actkit keys export or actkit export --mode full.")
        }
        if !others.isEmpty {
            output.diagnostics.report(
                .note, "keys.export.sections",
                "Only the keys of an export are read; these sections were passed over: "
                    + others.sorted().map(cellForMessages).joined(separator: ", ") + ".",
                remedy: "Import the files that the inventory was made of.")
        }
    }
}

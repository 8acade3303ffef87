import ActivationModel

extension KeyType {
    /// The type that a cell of a customer's list of keys names.
    ///
    /// Here KMS is the key of a host: set-up keys of clients are public and stand in no customer's list. INFER
    init?(listed text: String) {
        switch headerKey(text) {
        case "kms", "kmskey", "keymanagementservice", "keymanagementservicekey": self = .csvlk
        default: self.init(anySpelling: text)
        }
    }
}

/// The agreements that a cell of a list of keys names: one, or several divided by semicolons. Commas divide numbers only, as
/// names of agreements may hold one.
func agreements(in cell: String?) -> [String] {
    guard let cell else { return [] }
    return cell.split(separator: ";").flatMap { part -> [Substring] in
        let numbers = part.split(separator: ",").map { $0.trimmingBlanks() }
        return numbers.allSatisfy { Int(digits: $0) != nil } ? numbers : [part]
    }.compactMap { remarkText($0.trimmingBlanks()) }
}

/// Points out headers that seem to be counts of activations, when a list has no column that is read as one.
func reportCountHeaders(_ unknown: [String], column: String, line: Int, _ output: inout RecordOutput) {
    let title = unknown.first { title in
        title.split { !$0.isLetter }.first.map { ["activations", "seats", "mak"].contains($0.lowercased()) } ?? false
    }
    guard let title else { return }
    output.diagnostics.report(
        .warning, "keys.activations.header", line: line,
        "The header “\(cellForMessages(title))” seems to be a count of activations, but is not known; no count was read.",
        remedy: "Import the file with --map \"\(cellForMessages(title))=\(column)\".")
}

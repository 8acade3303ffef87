import Interchange

/// The part of `import --help` that tells which files can be read and which headers tables may have.
enum FormatHelp {
    static var text: String {
        var lines = ["Formats:", ""]
        for entry in FormatRegistry.entries { lines.append("  \(entry.format.rawValue): \(entry.title)") }
        lines += [
            "", "Headers of tables, with the other spellings that are understood (case and blanks do not matter):",
        ]
        for entry in FormatRegistry.entries where !entry.columns.isEmpty {
            lines += ["", "  \(entry.format.rawValue)"]
            for column in entry.columns {
                let synonyms = column.synonyms.isEmpty ? "" : ": \(column.synonyms.joined(separator: ", "))"
                lines.append("    \(column.name)\(column.isRequired ? " (required)" : "")\(synonyms)")
            }
        }
        return lines.joined(separator: "\n")
    }
}

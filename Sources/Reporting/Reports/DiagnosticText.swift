import ActivationModel

/// How diagnostics are written for people: `file:line:column: severity: message [code] ×3`, and the remedy below.
public enum DiagnosticText {
    /// Writes diagnostics, the severe ones first; those with the same code stand together, and after `limit` of a code
    /// the rest is summed up in one line. A remedy stands below its diagnostic; once below several in a row that share it.
    public static func write(
        _ diagnostics: [Diagnostic], limit: Int = 5, indentation: Int = 0, into output: inout TextOutput
    ) throws {
        let indent = String(repeating: " ", count: indentation)
        for group in groups(diagnostics) {
            let shown = group.prefix(limit)
            let rest = group.dropFirst(limit)
            // The diagnostics that are only counted have a remedy in common, or none that could be told without them.
            let remedyOfRest = rest.allSatisfy { $0.remedy == rest.first?.remedy } ? rest.first?.remedy : ""
            for (position, diagnostic) in shown.enumerated() {
                try output.line(indent + line(diagnostic), style(diagnostic))
                let next = position + 1 < shown.count ? shown[position + 1].remedy : remedyOfRest
                if diagnostic.remedy != next { try write(remedy: diagnostic.remedy, indent, into: &output) }
            }
            guard let first = rest.first else { continue }
            let number = rest.reduce(0) { $0 + $1.count }
            try output.line(indent + "\(Wording.number(number)) more [\(first.code)]", style(first))
            try write(remedy: remedyOfRest ?? "", indent, into: &output)
        }
    }

    private static func write(remedy: String, _ indent: String, into output: inout TextOutput) throws {
        guard !remedy.isEmpty else { return }
        try output.line(indent + "  → " + remedy)
    }

    /// One line about one diagnostic.
    public static func line(_ diagnostic: Diagnostic) -> String {
        var place = diagnostic.file ?? ""
        if let line = diagnostic.line, !place.isEmpty {
            place += ":\(line)"
            if let column = diagnostic.column { place += ":\(column)" }
        }
        let count = diagnostic.count > 1 ? " ×\(Wording.number(diagnostic.count))" : ""
        return (place.isEmpty ? "" : place + ": ")
            + "\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]\(count)"
    }

    private static func style(_ diagnostic: Diagnostic) -> TextOutput.Style {
        switch diagnostic.severity {
        case .error: .error
        case .warning: .warning
        case .note: .plain
        }
    }

    /// The diagnostics by severity and code, each group in the order in which it was found.
    private static func groups(_ diagnostics: [Diagnostic]) -> [[Diagnostic]] {
        var positions: [String: Int] = [:]
        var groups: [[Diagnostic]] = []
        for severity in Severity.allCases.sorted(by: >) {
            for diagnostic in diagnostics where diagnostic.severity == severity {
                let name = severity.rawValue + " " + diagnostic.code + " " + (diagnostic.file ?? "")
                if let position = positions[name] {
                    groups[position].append(diagnostic)
                } else {
                    positions[name] = groups.count
                    groups.append([diagnostic])
                }
            }
        }
        return groups
    }
}

extension JSONStreamWriter {
    /// Writes a member with diagnostics in the order given.
    mutating func member(_ name: String, _ diagnostics: [Diagnostic], withFile: Bool) throws {
        try array(name) { json in
            for diagnostic in diagnostics {
                try json.object(.line) { json in
                    try json.member("code", diagnostic.code)
                    try json.member("severity", diagnostic.severity.rawValue)
                    if withFile { try json.member("file", diagnostic.file) }
                    try json.member("line", diagnostic.line)
                    try json.member("column", diagnostic.column)
                    try json.member("count", diagnostic.count)
                    try json.member("message", diagnostic.message)
                    try json.member("remedy", diagnostic.remedy.isEmpty ? nil : diagnostic.remedy)
                }
            }
        }
    }
}

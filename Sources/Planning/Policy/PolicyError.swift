import ActivationModel

/// Why a policy or a condition cannot be used: all that is wrong with it.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The findings in the order of the file; never empty. Each names line and column where the text has them.
    public var diagnostics: [Diagnostic]

    /// Makes an error.
    public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    /// One line per finding: `file:line:column: message remedy`.
    public var description: String {
        diagnostics.map { diagnostic in
            var place = diagnostic.file ?? ""
            if let line = diagnostic.line { place += (place.isEmpty ? "line " : ":") + "\(line)" }
            if let column = diagnostic.column { place += ":\(column)" }
            return [place.isEmpty ? "" : place + ":", diagnostic.message, diagnostic.remedy].filter { !$0.isEmpty }
                .joined(separator: " ")
        }.joined(separator: "\n")
    }
}

/// How much a diagnostic matters.
public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Worth knowing; nothing is lost.
    case note
    /// The data is usable, yet something about it is suspicious or was read with an assumption.
    case warning
    /// A row was rejected, or a file could not be read.
    case error

    public static func < (left: Severity, right: Severity) -> Bool { left.order < right.order }
    private var order: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
}

/// One finding about an input: what, where, why and what to do.
public struct Diagnostic: Sendable, Hashable {
    /// A stable identifier such as `cil.mac.duplicate`; scripts may rely on it.
    public var code: String
    /// How much it matters.
    public var severity: Severity
    /// The file as the user named it; nil for findings about the inventory as a whole.
    public var file: String?
    /// The first line it was seen on, from 1.
    public var line: Int?
    /// The first column, from 1, where the reader knows it.
    public var column: Int?
    /// How often it was seen.
    public var count: Int
    /// What is wrong, as one sentence.
    public var message: String
    /// What to do about it, as one sentence; empty when there is nothing to do.
    public var remedy: String

    /// Makes a diagnostic.
    public init(
        code: String, severity: Severity, file: String? = nil, line: Int? = nil, column: Int? = nil, count: Int = 1,
        message: String, remedy: String = ""
    ) {
        self.code = code
        self.severity = severity
        self.file = file
        self.line = line
        self.column = column
        self.count = count
        self.message = message
        self.remedy = remedy
    }
}

/// Collects diagnostics, one entry per code and message, counting what repeats.
///
/// Invariant: at most `limit` entries per code; what goes beyond is counted in one closing entry of that code, so that a
/// damaged file of any size costs bounded memory and nothing is dropped silently.
public struct DiagnosticCollector: Sendable {
    private struct Key: Hashable {
        var code: String
        var message: String
    }

    /// The file that diagnostics without a file of their own belong to.
    public var file: String?
    private let limit: Int
    private var positions: [Key: Int] = [:]
    private var perCode: [String: Int] = [:]
    private var overflow: [String: Int] = [:]
    private var entries: [Diagnostic] = []

    /// Makes a collector for one file; `limit` is the number of distinct messages kept per code.
    public init(file: String? = nil, limit: Int = 50) {
        self.file = file
        self.limit = limit
    }

    /// Adds a diagnostic, or counts it when the same code and message was seen before.
    public mutating func report(_ diagnostic: Diagnostic) {
        let key = Key(code: diagnostic.code, message: diagnostic.message)
        if let position = positions[key] {
            entries[position].count += diagnostic.count
            return
        }
        let seen = perCode[diagnostic.code, default: 0]
        if seen >= limit {
            if let position = overflow[diagnostic.code] {
                entries[position].count += diagnostic.count
            } else {
                overflow[diagnostic.code] = entries.count
                entries.append(
                    Diagnostic(
                        code: diagnostic.code, severity: diagnostic.severity, file: diagnostic.file ?? file,
                        line: diagnostic.line, count: diagnostic.count,
                        message: "further findings of this kind, not listed one by one", remedy: diagnostic.remedy))
            }
            return
        }
        perCode[diagnostic.code] = seen + 1
        positions[key] = entries.count
        var entry = diagnostic
        if entry.file == nil { entry.file = file }
        entries.append(entry)
    }

    /// Adds a diagnostic from its parts.
    public mutating func report(
        _ severity: Severity, _ code: String, line: Int? = nil, column: Int? = nil, _ message: String,
        remedy: String = ""
    ) {
        report(
            Diagnostic(
                code: code, severity: severity, file: file, line: line, column: column, message: message, remedy: remedy
            ))
    }

    /// The diagnostics in the order in which they were first seen.
    public var diagnostics: [Diagnostic] { entries }
}

/// The form in which a report is written.
public enum OutputFormat: String, Sendable, CaseIterable, Hashable {
    /// For people at a terminal.
    case table
    /// For spreadsheets.
    case csv
    /// For programs.
    case json
}

/// What a reader of a table wants to see.
public struct TableOptions: Sendable, Hashable {
    /// Whether escape sequences for colour may be written.
    public var color: Bool
    /// Whether a row per computer is written where a summary is the default.
    public var details: Bool
    /// Cells per line for running text.
    public var width: Int

    /// Makes options.
    public init(color: Bool = false, details: Bool = false, width: Int = 100) {
        self.color = color
        self.details = details
        self.width = width
    }
}

/// A result that can be shown as a table, as CSV and as JSON. All three say the same.
///
/// The same report gives the same bytes on every machine. Nothing is collected in memory: each renderer streams.
public protocol Report {
    /// Writes the report for people.
    func writeTable(_ options: TableOptions, into output: inout TextOutput) throws
    /// Writes the report for spreadsheets: one header row, then data.
    func writeCSV(into csv: inout CSVWriter) throws
    /// Writes the report for programs: one document with a `schema` member.
    func writeJSON(into json: inout JSONStreamWriter) throws
}

extension Report {
    /// Writes the report in one of its forms into a sink; throws what the sink throws.
    public func render(
        _ format: OutputFormat, options: TableOptions = TableOptions(), into sink: @escaping ByteConsumer
    ) throws {
        switch format {
        case .table:
            var output = TextOutput(color: options.color, into: sink)
            try writeTable(options, into: &output)
            try output.finish()
        case .csv:
            var csv = CSVWriter(into: sink)
            try writeCSV(into: &csv)
            try csv.finish()
        case .json:
            var json = JSONStreamWriter(into: sink)
            try writeJSON(into: &json)
            try json.finish()
        }
    }

    /// The whole report as text. For tests and small reports.
    public func text(_ format: OutputFormat, options: TableOptions = TableOptions()) throws -> String {
        let collected = CollectedBytes()
        try render(format, options: options) { collected.bytes += $0 }
        return String(decoding: collected.bytes, as: UTF8.self)
    }
}

/// Bytes that a sink collects.
private final class CollectedBytes {
    var bytes: [UInt8] = []
}

/// Numbers and counted nouns as people read them.
enum Wording {
    /// The digits in groups of three.
    static func number(_ value: Int) -> String {
        let digits = String(value.magnitude)
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return value < 0 ? "-" + result : result
    }

    /// A number, or `unknown`.
    static func number(_ value: Int?) -> String { value.map { number($0) } ?? "unknown" }

    /// `1 computer`, `2 computers`.
    static func count(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
        number(value) + " " + (value == 1 ? singular : plural ?? singular + "s")
    }
}

import ActivationModel

/// Rows and findings in the order of the file, until the reader may hand them on. The parser's callbacks cannot reach
/// `RecordOutput`, which lives on the caller's stack.
struct RowQueue {
    private enum Entry {
        case record(LocatedRecord)
        case skipped(code: String, line: Int, reason: String, remedy: String)
        case rejected(code: String, line: Int, column: Int, reason: String, remedy: String)
        case finding(Diagnostic)
    }

    /// Optional, so that an entry can be moved out instead of copied.
    private var entries: [Entry?] = []

    mutating func emit(_ record: InventoryRecord, line: Int) {
        entries.append(.record(LocatedRecord(line: line, record: record)))
    }

    mutating func skip(_ code: String, line: Int, _ reason: String, remedy: String = "") {
        entries.append(.skipped(code: code, line: line, reason: reason, remedy: remedy))
    }

    mutating func reject(_ code: String, at place: FilePlace, _ reason: String, remedy: String = "") {
        entries.append(
            .rejected(code: code, line: place.line, column: place.column, reason: reason, remedy: remedy))
    }

    mutating func report(
        _ severity: Severity, _ code: String, at place: FilePlace, _ message: String, remedy: String = ""
    ) {
        entries.append(
            .finding(
                Diagnostic(
                    code: code, severity: severity, line: place.line, column: place.column, message: message,
                    remedy: remedy)))
    }

    /// Hands everything on.
    mutating func drain(into output: inout RecordOutput) throws {
        for index in entries.indices {
            guard let entry = entries[index].take() else { continue }
            switch consume entry {
            case .record(let located): try output.emit(located.record, line: located.line)
            case .skipped(let code, let line, let reason, let remedy):
                output.skip(code, line: line, reason, remedy: remedy)
            case .rejected(let code, let line, let column, let reason, let remedy):
                output.reject(code, line: line, column: column, reason, remedy: remedy)
            case .finding(let diagnostic): output.diagnostics.report(diagnostic)
            }
        }
        entries.removeAll(keepingCapacity: true)
    }
}

/// A line and a column, both from 1.
struct FilePlace: Hashable {
    var line: Int
    var column: Int
}

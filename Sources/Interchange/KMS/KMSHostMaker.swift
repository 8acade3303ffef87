import ActivationModel

/// What one row, object or block of text says about a KMS host, as it is written there.
struct KMSHostRow {
    /// The line on which it begins, from 1.
    var line: Int
    /// When the state was read, where the row says it.
    var readAt: Timestamp?
    /// Whether the state is that of Office, which a host counts apart from Windows.
    var isOffice = false
    private var texts = [String?](repeating: nil, count: KMSHostColumn.allCases.count)

    init(line: Int) { self.line = line }

    /// A value; nil when it is not known. An empty one never replaces one that is there.
    subscript(column: KMSHostColumn) -> String? {
        get { texts[column.rawValue] }
        set {
            guard let value = newValue?.trimmingBlanks(), !value.isEmpty else { return }
            texts[column.rawValue] = String(value)
        }
    }
}

/// Makes the state of a KMS host of a row, whatever its format.
///
/// A count of -1 stands for no host, or for one that no client has asked yet; WMI may write it as 4294967295.
///
/// Source: https://learn.microsoft.com/previous-versions/ff793441(v=technet.10)
struct KMSHostMaker {
    private let computer: String?
    private let readAt: Timestamp?

    init(options: ReadOptions) {
        computer = options.computer
        readAt = options.readAt
    }

    /// Turns a row into exactly one record, skip or rejection.
    func take(_ row: KMSHostRow, into output: inout RecordOutput) throws {
        guard let computer = (row[.computer] ?? computer).flatMap({ HostName($0) }) else {
            output.reject(
                "kms.host.computer", line: row.line, "The row names no computer.",
                remedy:
                    "Export with -ComputerName, so that PSComputerName is filled, add a column “computer”, or name the "
                    + "computer with --computer.")
            return
        }
        var record = KMSHostRecord(computer: computer.text)
        record.isOffice = row.isOffice
        record.currentCount = number(row, .currentCount, into: &output)
        record.isEnabled = KMSHostMaker.truth(row[.isEnabled])
        guard record.currentCount != nil || record.isEnabled == true else {
            output.skip(
                "kms.host.none", line: row.line, "The computer is no KMS host, or it had no request yet (count -1).",
                remedy: "Nothing is lost.")
            return
        }
        record.readAt = row.readAt ?? readAt
        record.port = number(row, .port, into: &output)
        record.publishesInDNS = KMSHostMaker.truth(row[.publishes])
        record.totalRequests = number(row, .total, into: &output)
        record.failedRequests = number(row, .failed, into: &output)
        record.version = row[.version].flatMap { MaskedText.folded($0) }
        record.requestsByStatus = KMSHostColumn.byStatus.map { number(row, $0, into: &output) }
        if record.requestsByStatus.allSatisfy({ $0 == nil }) { record.requestsByStatus = [] }
        try output.emit(.kmsHost(record), line: row.line)
    }

    /// A number; nil when it is -1 or the 4294967295 that stands for it.
    private func number(_ row: KMSHostRow, _ column: KMSHostColumn, into output: inout RecordOutput) -> Int? {
        guard let text = row[column], text != "-1", text != "4294967295" else { return nil }
        guard let number = Int(digits: text) else {
            output.diagnostics.report(
                .warning, "kms.host.number", line: row.line,
                "The value “\(cellForMessages(text))” of \(column.name) is no number; it is left unknown.",
                remedy: "Export the properties unchanged.")
            return nil
        }
        return number
    }

    private static func truth(_ text: String?) -> Bool? {
        switch text?.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }
}

import ActivationModel

/// The state of a KMS host as slmgr prints it below the product of the host's key:
///
///     Key Management Service is enabled on this machine
///         Current count: 27
///         Listening on Port: 1688
///         DNS publishing enabled
///         KMS priority: Normal
///
///     Key Management Service cumulative requests received from clients
///         Total requests received: 812
///         …
///
/// In a language whose labels are not known, the indented numbers tell by their order what they are: the count and the port
/// below the first sentence, the requests below the second.
///
/// Source: the strings of slmgr.vbs, https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
struct KMSHostBlock {
    /// The order in which slmgr prints the numbers below its two sentences.
    private static let orders: [[KMSHostColumn]] = [
        [.currentCount, .port], [.total, .failed] + KMSHostColumn.byStatus,
    ]

    /// What labels have told.
    private var row: KMSHostRow?
    /// The indented numbers without a known label, one list for each sentence above them.
    private var numbers: [[String]] = []
    private var sentenceLine: Int?
    private var isNewSentence = true
    private var firstLine: Int?

    /// Whether nothing of a host was seen.
    var isEmpty: Bool { row == nil && numbers.isEmpty }

    /// Takes a sentence at the left edge, which may be the heading of the block.
    mutating func takeSentence(line: Int) {
        if isEmpty { sentenceLine = line }
        isNewSentence = true
    }

    /// Takes the value of a label that is known.
    mutating func take(_ column: KMSHostColumn, _ value: String, line: Int) {
        begin(line)
        row = row ?? KMSHostRow(line: line)
        row?[column] = value
    }

    /// Takes a number at an indented label that is not known.
    mutating func takeNumber(_ value: String, line: Int) {
        begin(line)
        if isNewSentence { numbers.append([]) }
        isNewSentence = false
        numbers[numbers.count - 1].append(value)
    }

    private mutating func begin(_ line: Int) {
        if firstLine == nil { firstLine = sentenceLine ?? line }
    }

    /// What was seen; nil when that is nothing, or numbers that do not stand as slmgr prints them.
    var result: KMSHostRow? {
        guard let firstLine else { return nil }
        var result = row ?? KMSHostRow(line: firstLine)
        result.line = firstLine
        for (values, columns) in zip(numbers, KMSHostBlock.orders) where values.count == columns.count {
            for (value, column) in zip(values, columns) where result[column] == nil { result[column] = value }
        }
        guard result[.currentCount] != nil || result[.isEnabled] != nil else { return nil }
        // slmgr prints the block for enabled hosts only.
        result[.isEnabled] = "1"
        return result
    }

    /// Whether a value can be one of these numbers; -1 is a host that no client has asked yet.
    static func isNumber(_ value: String) -> Bool { value == "-1" || Int(digits: value) != nil }
}

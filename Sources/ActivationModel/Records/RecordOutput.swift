/// Where a reader puts what it reads: records in batches, rows that cannot be used with their reason, diagnostics.
///
/// Invariant: every row of a file is counted exactly once, as a record, as skipped or as rejected.
public struct RecordOutput: ~Copyable {
    /// Receives full batches in the order of the file; throws to stop the reader (cancelled, store failed).
    public typealias Consumer = ([LocatedRecord]) throws -> Void

    /// Findings about the file so far.
    public var diagnostics: DiagnosticCollector
    /// Rows that became records.
    public private(set) var emitted = 0
    /// Rows that carry nothing for the inventory, each with a diagnostic that says why.
    public private(set) var skipped = 0
    /// Rows that cannot be used, each with a diagnostic that says why.
    public private(set) var rejected = 0
    /// When the file is read, after which nothing that it tells can have happened; nil when nobody says.
    public let readOn: Timestamp?

    var doubtfulIDs = DoubtfulIDs()
    private let batchSize: Int
    private var batch: [LocatedRecord] = []
    private let consume: Consumer

    /// Makes an output that hands on batches of `batchSize` records.
    public init(file: String, batchSize: Int = 512, readOn: Timestamp? = nil, consume: @escaping Consumer) {
        diagnostics = DiagnosticCollector(file: file)
        self.readOn = readOn
        self.batchSize = batchSize
        self.consume = consume
        batch.reserveCapacity(batchSize)
    }

    /// Counts a row as a record and hands it on.
    public mutating func emit(_ record: consuming InventoryRecord, line: Int) throws {
        emitted += 1
        if let checked = checked(record, line: line) {
            batch.append(LocatedRecord(line: line, record: checked))
        } else {
            batch.append(LocatedRecord(line: line, record: record))
        }
        if batch.count >= batchSize { try flush() }
    }

    /// Looks at what a row says about keys and ids; returns the record without what is no id, nil when it stays as it is.
    private mutating func checked(_ record: InventoryRecord, line: Int) -> InventoryRecord? {
        switch record {
        case .key(let key): reportConflicts(of: key, line: line)
        case .product(let product): return checked(product, line: line).map { .product($0) }
        case .forestActivation(let activation): return checked(activation, line: line).map { .forestActivation($0) }
        default: break
        }
        return nil
    }

    /// What a row says about a key may not fit together; then a list mixed up two keys.
    private mutating func reportConflicts(of key: KeyRecord, line: Int) {
        for conflict in KeyEvidence(key).conflicts {
            diagnostics.report(
                .warning, "keys.conflict", line: line,
                "What is said about the key \(key.partialKey?.text ?? "without text") does not fit together: \(conflict).",
                remedy: "Compare the row with where the key comes from; cells of two keys may have been mixed up.")
        }
    }

    /// Counts a row as skipped and says why.
    public mutating func skip(_ code: String, line: Int, _ reason: String, remedy: String = "") {
        skipped += 1
        diagnostics.report(.note, code, line: line, reason, remedy: remedy)
    }

    /// Counts a row as rejected and says why.
    public mutating func reject(_ code: String, line: Int, column: Int? = nil, _ reason: String, remedy: String = "") {
        rejected += 1
        diagnostics.report(.error, code, line: line, column: column, reason, remedy: remedy)
    }

    /// Hands on what is left. Call it once at the end of the file.
    public mutating func flush() throws {
        guard !batch.isEmpty else { return }
        let full = batch
        batch = []
        batch.reserveCapacity(batchSize)
        try consume(full)
    }
}

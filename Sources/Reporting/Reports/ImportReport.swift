import ActivationModel

/// What an import did with each file. Schema `actkit.import/1`.
///
/// The table holds the counts; the diagnostics, which JSON carries, belong beside it (`diagnostics`), so that a program
/// can send them to its own channel.
public struct ImportReport: Report, Sendable, Hashable {
    /// What became of the rows of a file. Every row is counted once.
    public struct Rows: Sendable, Hashable {
        /// Rows that changed the inventory.
        public var taken: Int
        /// Rows that say what the inventory knows already.
        public var unchanged: Int
        /// Rows that carry nothing for the inventory.
        public var skipped: Int
        /// Rows that cannot be used.
        public var rejected: Int

        /// Makes counts.
        public init(taken: Int = 0, unchanged: Int = 0, skipped: Int = 0, rejected: Int = 0) {
            self.taken = taken
            self.unchanged = unchanged
            self.skipped = skipped
            self.rejected = rejected
        }

        /// All rows.
        public var read: Int { taken + unchanged + skipped + rejected }
    }

    /// How many records of each kind a file holds.
    public struct Records: Sendable, Hashable {
        public var computers: Int
        public var products: Int
        public var keys: Int
        public var readings: Int
        public var updates: Int
        public var purchases: Int
        public var tags: Int
        /// Products of key configuration files; they stand in the document only where there are any.
        public var configuredProducts: Int
        /// Events of Key Management Service; like the two below they stand in the document only where there are any.
        public var kmsEvents: Int
        public var kmsHosts: Int
        public var activationObjects: Int
        /// Groups of the directory; they, too, stand in the document only where there are any.
        public var groups: Int
        /// Names of domains of the directory.
        public var domains: Int

        /// Makes counts.
        public init(
            computers: Int = 0, products: Int = 0, keys: Int = 0, readings: Int = 0, updates: Int = 0,
            purchases: Int = 0, tags: Int = 0, configuredProducts: Int = 0, kmsEvents: Int = 0, kmsHosts: Int = 0,
            activationObjects: Int = 0, groups: Int = 0, domains: Int = 0
        ) {
            self.computers = computers
            self.products = products
            self.keys = keys
            self.readings = readings
            self.updates = updates
            self.purchases = purchases
            self.tags = tags
            self.configuredProducts = configuredProducts
            self.kmsEvents = kmsEvents
            self.kmsHosts = kmsHosts
            self.activationObjects = activationObjects
            self.groups = groups
            self.domains = domains
        }

        /// The kinds that stand in the document only where there are any.
        var rare: [(name: String, singular: String, plural: String, count: Int)] {
            [
                ("configuredProducts", "configured product", "configured products", configuredProducts),
                ("kmsEvents", "KMS event", "KMS events", kmsEvents), ("kmsHosts", "KMS host", "KMS hosts", kmsHosts),
                ("activationObjects", "activation object", "activation objects", activationObjects),
                ("groups", "group", "groups", groups), ("domains", "domain", "domains", domains),
            ]
        }

        var named: [(name: String, singular: String, count: Int)] {
            [
                ("computers", "computer", computers), ("products", "product", products), ("keys", "key", keys),
                ("readings", "reading", readings), ("updates", "update", updates),
                ("purchases", "purchase", purchases), ("tags", "tag", tags),
            ]
        }
    }

    /// One file.
    public struct File: Sendable, Hashable {
        /// The file as the user named it.
        public var file: String
        /// The recognised format, such as `cilx`; nil when the file could not be read.
        public var format: String?
        /// The size in bytes; nil when the file could not be read.
        public var bytes: Int?
        public var rows: Rows
        public var records: Records
        public var diagnostics: [Diagnostic]
        /// Whether this is a list of all there is, read to its end; nil where that cannot be known.
        public var isComplete: Bool?
        /// Why nothing of this file was taken; nil when it was read.
        public var failure: String?

        /// Makes a file's entry.
        public init(
            file: String, format: String?, bytes: Int?, rows: Rows = Rows(), records: Records = Records(),
            diagnostics: [Diagnostic] = [], isComplete: Bool? = nil, failure: String? = nil
        ) {
            self.isComplete = isComplete
            self.file = file
            self.format = format
            self.bytes = bytes
            self.rows = rows
            self.records = records
            self.diagnostics = diagnostics
            self.failure = failure
        }
    }

    /// The files in the order in which the user named them.
    public var files: [File]
    /// Whether the inventory was left as it was on purpose.
    public var isDryRun: Bool

    /// Makes a report.
    public init(files: [File], isDryRun: Bool = false) {
        self.files = files
        self.isDryRun = isDryRun
    }

    /// The diagnostics of all files, in the order of the files.
    public var diagnostics: [Diagnostic] { files.flatMap(\.diagnostics) }

    /// The rows of all files.
    public var total: Rows {
        files.reduce(into: Rows()) { sum, file in
            sum.taken += file.rows.taken
            sum.unchanged += file.rows.unchanged
            sum.skipped += file.rows.skipped
            sum.rejected += file.rows.rejected
        }
    }

    // MARK: Renderers

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let table = TextTable(columns: [
            .init("File"), .init("Format"), .init("Size", .right), .init("Read", .right), .init("Taken", .right),
            .init("Unchanged", .right), .init("Skipped", .right), .init("Rejected", .right), .init("Holds"),
        ])
        var rows = files.map { file in
            [file.file, file.format ?? "–", file.bytes.map(ImportReport.size) ?? "–"] + ImportReport.cells(file.rows)
                + [file.failure == nil ? ImportReport.content(file.records) : "failed: nothing was taken"]
        }
        if files.count > 1 {
            let bytes = files.reduce(0) { $0 + ($1.bytes ?? 0) }
            rows.append(["Total", "", ImportReport.size(bytes)] + ImportReport.cells(total))
        }
        try table.render(rows: rows, into: &output)
        if isDryRun {
            try output.line()
            try output.line("Dry run: the inventory is as it was.", .warning)
        }
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "file", "format", "bytes", "read", "taken", "unchanged", "skipped", "rejected", "computers", "products",
            "keys", "readings", "updates", "purchases", "tags", "errors", "warnings", "failure",
        ])
        for file in files {
            csv.cell(file.file)
            csv.cell(file.format)
            csv.cell(file.bytes)
            csv.cell(file.rows.read)
            csv.cell(file.rows.taken)
            csv.cell(file.rows.unchanged)
            csv.cell(file.rows.skipped)
            csv.cell(file.rows.rejected)
            for kind in file.records.named { csv.cell(kind.count) }
            for severity in [Severity.error, .warning] {
                csv.cell(file.diagnostics.reduce(0) { $0 + ($1.severity == severity ? $1.count : 0) })
            }
            csv.cell(file.failure)
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.import/1")
            try json.member("dryRun", isDryRun)
            try json.array("files") { json in
                for file in files {
                    try json.object { json in
                        try json.member("file", file.file)
                        try json.member("format", file.format)
                        try json.member("bytes", file.bytes)
                        if let isComplete = file.isComplete { try json.member("complete", isComplete) }
                        try json.object("rows", .line) { json in
                            try json.member("read", file.rows.read)
                            try json.member("taken", file.rows.taken)
                            try json.member("unchanged", file.rows.unchanged)
                            try json.member("skipped", file.rows.skipped)
                            try json.member("rejected", file.rows.rejected)
                        }
                        try json.object("records", .line) { json in
                            for kind in file.records.named { try json.member(kind.name, kind.count) }
                            for kind in file.records.rare where kind.count > 0 {
                                try json.member(kind.name, kind.count)
                            }
                        }
                        try json.member("diagnostics", file.diagnostics, withFile: false)
                        if let failure = file.failure { try json.member("failure", failure) }
                    }
                }
            }
        }
    }

    private static func cells(_ rows: Rows) -> [String] {
        [rows.read, rows.taken, rows.unchanged, rows.skipped, rows.rejected].map { Wording.number($0) }
    }

    private static func content(_ records: Records) -> String {
        (records.named + records.rare.map { (name: $0.plural, singular: $0.singular, count: $0.count) })
            .filter { $0.count > 0 }
            .map { Wording.count($0.count, $0.singular, $0.name) }.joined(separator: ", ")
    }

    /// `812 B`, `1.4 kB`, `130.2 MB`, with 1,000 bytes to the kB.
    static func size(_ bytes: Int) -> String {
        guard bytes >= 1000 else { return "\(bytes) B" }
        var tenths = bytes / 100
        for unit in ["kB", "MB", "GB"] {
            if tenths < 10_000 { return "\(tenths / 10).\(tenths % 10) \(unit)" }
            tenths /= 1000
        }
        return "\(Wording.number(tenths / 10)).\(tenths % 10) TB"
    }
}

/// The formats of files that can be imported, and how such files come about. Schema `actkit.formats/1`.
public struct FormatsReport: Report, Sendable {
    /// One format.
    public struct Format: Sendable {
        /// The word for it on the command line.
        public var name: String
        /// What it is, in a few words.
        public var title: String
        /// The ways in which a file of it comes about, the usual one first.
        public var origins: [Origin]
        /// The columns of a table; empty for what is not a table.
        public var columns: [Column]

        /// Makes a format.
        public init(name: String, title: String, origins: [Origin], columns: [Column]) {
            self.name = name
            self.title = title
            self.origins = origins
            self.columns = columns
        }
    }

    /// One way in which a file comes about.
    public struct Origin: Sendable {
        /// A program, a portal, or a person.
        public var maker: String
        /// The command line to copy, if there is one.
        public var command: String?
        /// What else there is to do or to know.
        public var note: String?

        /// Makes an origin.
        public init(maker: String, command: String?, note: String?) {
            self.maker = maker
            self.command = command
            self.note = note
        }
    }

    /// A column of a table.
    public struct Column: Sendable {
        /// The name of the column.
        public var name: String
        /// Other headers that mean the same.
        public var synonyms: [String]
        /// Whether a table without it cannot be read.
        public var isRequired: Bool

        /// Makes a column.
        public init(name: String, synonyms: [String], isRequired: Bool) {
            self.name = name
            self.synonyms = synonyms
            self.isRequired = isRequired
        }
    }

    private let formats: [Format]
    private let describes: Bool

    /// Makes a list of formats.
    public init(listing formats: [Format]) {
        self.formats = formats
        describes = false
    }

    /// Makes a description of one format.
    public init(describing format: Format) {
        formats = [format]
        describes = true
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        if describes {
            for format in formats { try describe(format, width: options.width, into: &output) }
            return
        }
        let table = TextTable(columns: [.init("Format"), .init("What it is"), .init("Made by")])
        try table.render(
            rows: formats.map { format in
                [format.name, format.title, format.origins.map(\.maker).joined(separator: ", ")]
            }, into: &output)
        try output.line()
        try output.line("'actkit formats FORMAT' tells the command that makes such a file, and its columns.", .quiet)
    }

    private func describe(_ format: Format, width: Int, into output: inout TextOutput) throws {
        try output.line("\(format.name): \(format.title)", .heading)
        for origin in format.origins {
            try output.line()
            guard let command = origin.command else {
                let text = [origin.maker, origin.note].compactMap { $0 }.joined(separator: ": ")
                try output.paragraph(text, indentation: 2, hanging: 2, width: width)
                continue
            }
            try output.line("  \(origin.maker)")
            // Not broken into lines, so that it can be copied.
            try output.line("    \(command)")
            if let note = origin.note { try output.paragraph(note, indentation: 4, width: width, .quiet) }
        }
        guard !format.columns.isEmpty else { return }
        try output.line()
        let table = TextTable(columns: [.init("Column"), .init(""), .init("Other headers")], indentation: 2)
        try table.render(
            rows: format.columns.map { column in
                [column.name, column.isRequired ? "required" : "", column.synonyms.joined(separator: ", ")]
            }, into: &output)
        try output.line()
        try output.paragraph(
            "Case, blanks, hyphens and underscores do not matter. --map \"Header=column\" names a column that has another header.",
            indentation: 2, width: width, .quiet)
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header(["format", "title", "maker", "command", "note"])
        for format in formats {
            for origin in format.origins {
                csv.cell(format.name)
                csv.cell(format.title)
                csv.cell(origin.maker)
                csv.cell(origin.command)
                csv.cell(origin.note)
                try csv.endRow()
            }
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.formats/1")
            try json.array("formats") { json in
                for format in formats {
                    try json.object { json in try write(format, into: &json) }
                }
            }
        }
    }

    private func write(_ format: Format, into json: inout JSONStreamWriter) throws {
        try json.member("format", format.name)
        try json.member("title", format.title)
        try json.array("origins") { json in
            for origin in format.origins {
                try json.object { json in
                    try json.member("maker", origin.maker)
                    try json.member("command", origin.command)
                    try json.member("note", origin.note)
                }
            }
        }
        try json.array("columns") { json in
            for column in format.columns {
                try json.object { json in
                    try json.member("name", column.name)
                    try json.member("synonyms", column.synonyms)
                    try json.member("required", column.isRequired)
                }
            }
        }
    }
}

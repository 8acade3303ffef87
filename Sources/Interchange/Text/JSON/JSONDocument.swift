import ActivationModel

/// What is to become of a value of a JSON document.
enum JSONChoice: Sendable, Hashable {
    /// Its members or elements are chosen one by one. Only objects and arrays can be opened.
    case open
    /// It is handed on with all that it holds.
    case take
    /// It is passed over.
    case pass
}

/// What one kind of JSON file means: which of its values are rows, and what they say.
///
/// Without a `choice` of its own a document takes what `ConvertTo-Json` writes: an array of objects, a single object, or
/// `{"value": […], "Count": 2}`.
protocol JSONDocument {
    /// What is to become of a value. It is asked for the root, and for the members and elements of what was opened.
    ///
    /// It is also asked for the objects and arrays that are members of a taken root: `.open` says that the root only wraps
    /// that member; then the root is not handed on, and its other members are chosen one by one from there on.
    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice
    /// Turns a value that was taken into exactly one record, skip or rejection. The item lives only during the call.
    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws
    /// Says what shows at the end of the file only.
    mutating func finish(into output: inout RecordOutput) throws
}

extension JSONDocument {
    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice {
        JSONDocumentChoice.ofPowerShell(kind, at: path)
    }

    mutating func finish(into output: inout RecordOutput) throws {}
}

/// Choices that several documents share.
enum JSONDocumentChoice {
    /// What `ConvertTo-Json` writes.
    static func ofPowerShell(_ kind: JSONKind, at path: JSONPath) -> JSONChoice {
        if path.isRoot { return kind == .array ? .open : .take }
        if path.isElement { return .take }
        return kind == .array && path.steps == [.member("value")] ? .open : .pass
    }
}

/// Reads a JSON file of one kind.
///
/// Memory holds one taken value. One that is longer than `TextLimits.rowLength` is rejected as a row with the code
/// `json.element.size`; a file that is no JSON, was cut off or is nested too deeply is refused.
struct JSONReader<Document: JSONDocument>: FileReader {
    private struct Stage {
        var parser: JSONParser
        var cutter: JSONCutter<Document>
    }

    private var source: TextSource
    private var stage: Stage

    init(_ document: Document, options: ReadOptions) {
        source = TextSource(options: options)
        stage = Stage(
            parser: JSONParser(limits: options.limits),
            cutter: JSONCutter(document: document, limits: options.limits))
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.cutter, output: &output)
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.cutter, output: &output)
        }
        try stage.parser.finish(into: &stage.cutter, output: &output)
        try stage.cutter.document.finish(into: &output)
        source.report(into: &output)
    }
}

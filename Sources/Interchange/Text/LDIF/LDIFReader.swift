import ActivationModel

/// Reads an LDIF file: `Sink` says which attributes it wants and what the entries mean.
///
/// Lines may differ in encoding: comments hold bytes of old code pages.
///
/// Source: https://www.rfc-editor.org/rfc/rfc2849
struct LDIFReader<Sink: LDIFSink>: FileReader {
    private struct Stage {
        var parser: LDIFParser
        var sink: Sink
    }

    private var source: TextSource
    private var stage: Stage

    init(_ sink: Sink, attributes: LDIFAttributes, options: ReadOptions) {
        source = TextSource(options: options, mixesEncodings: true)
        stage = Stage(parser: LDIFParser(attributes: attributes, limits: options.limits), sink: sink)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.sink, output: &output)
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &stage, line: { $0.parser.line }) { stage, text in
            try stage.parser.parse(text, into: &stage.sink, output: &output)
        }
        try stage.parser.finish(into: &stage.sink, output: &output)
        stage.sink.finish(entries: stage.parser.entries, into: &output)
        source.report(into: &output)
    }
}

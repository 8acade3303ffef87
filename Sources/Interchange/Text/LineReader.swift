import ActivationModel

/// What one kind of text file means whose unit is the line.
protocol LineContent {
    /// Sees a line without its end; `number` counts from 1. Blank lines are lines, too.
    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws
    /// Says what shows at the end of the file only.
    mutating func finish(into output: inout RecordOutput) throws
}

extension LineContent {
    mutating func finish(into output: inout RecordOutput) throws {}
}

/// Reads a text file line by line.
struct LineReader<Content: LineContent>: FileReader {
    private var source: TextSource
    private var cutter: LineCutter
    private var content: Content

    init(_ content: Content, options: ReadOptions) {
        self.content = content
        source = TextSource(options: options)
        cutter = LineCutter(limits: options.limits)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &cutter, line: { $0.line }) { cutter, text in
            try cutter.cut(text) { line, number in
                try content.read(line: line, number: number, into: &output)
            }
        }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &cutter, line: { $0.line }) { cutter, text in
            try cutter.cut(text) { line, number in
                try content.read(line: line, number: number, into: &output)
            }
        }
        try cutter.finish { line, number in try content.read(line: line, number: number, into: &output) }
        try content.finish(into: &output)
        source.report(into: &output)
    }
}

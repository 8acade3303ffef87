import ActivationModel

/// What was read.
public struct FileSummary: Sendable, Hashable {
    /// The format that the content showed.
    public var format: FileFormat
    /// The size of the file.
    public var bytes: Int

    /// Makes a summary.
    public init(format: FileFormat, bytes: Int) {
        self.format = format
        self.bytes = bytes
    }
}

/// Reads a file of any known format: opens it, recognises its format by content and feeds its reader.
public struct FileImporter: Sendable {
    /// Makes an importer.
    public init() {}

    /// Reads a whole file, or standard input when `path` is `-`.
    ///
    /// Throws `InterchangeError` with the file's name when it cannot be opened, is empty, of no known format, or
    /// damaged. What `output` received before that must then be thrown away. `recognized` is told the format before the
    /// first record.
    public func read(
        _ path: String, options: ReadOptions, into output: inout RecordOutput,
        recognized: (FileFormat) throws -> Void = { _ in }
    ) throws -> FileSummary {
        var file = try InputFile(path: path)
        var options = options
        if path != "-", options.fileName == nil { options.fileName = path }
        do {
            return try read(&file, options: options, into: &output, recognized: recognized)
        } catch var error as InterchangeError {
            if error.file.isEmpty { error.file = file.name }
            throw error
        }
    }

    private func read(
        _ file: inout InputFile, options: ReadOptions, into output: inout RecordOutput,
        recognized: (FileFormat) throws -> Void
    ) throws -> FileSummary {
        guard try file.readChunk() else {
            throw InterchangeError(
                .unreadable, code: "file.empty", message: "The file is empty.",
                remedy: "Export it again, and check that the export was finished before the file was copied.")
        }
        // The first chunk is also what detection looks at.
        let format = try options.format ?? FormatDetector(options: options).detect(file.chunk.span)
        try recognized(format)
        var reader = try FormatRegistry.reader(for: format, options: options)
        repeat {
            try reader.read(file.chunk.span, into: &output)
        } while try file.readChunk()
        try reader.finish(into: &output)
        try output.flush()
        return FileSummary(format: format, bytes: file.bytesRead)
    }
}

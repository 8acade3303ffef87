import XMLStream

/// The XML document that a writer of VAMT's files fills, and the file it becomes.
struct VAMTOutput {
    let xml: XMLStreamWriter
    /// The file as the user named it, for messages.
    let path: String
    private let file: AtomicFile?

    /// Begins a file that only its owner can read, whatever the mode: installation ids and names are nobody else's
    /// business, either.
    init(
        path: String, indent: String? = "  ", forbidden: XMLStreamWriter.ForbiddenCharacters = .replace
    ) throws(InterchangeError) {
        do {
            let file = try AtomicFile(path: path, mode: 0o600)
            try self.init(file: file, sink: file, path: path, indent: indent, forbidden: forbidden)
        } catch {
            throw InterchangeError.writing(error, to: path)
        }
    }

    /// Begins a document in a sink.
    init(sink: any ByteSink) throws(InterchangeError) {
        do {
            try self.init(file: nil, sink: sink, path: "", indent: "  ", forbidden: .replace)
        } catch {
            throw InterchangeError.writing(error, to: "")
        }
    }

    private init(
        file: AtomicFile?, sink: any ByteSink, path: String, indent: String?,
        forbidden: XMLStreamWriter.ForbiddenCharacters
    ) throws {
        xml = try XMLStreamWriter(to: sink, indent: indent, forbidden: forbidden)
        self.path = path
        self.file = file
    }

    /// Ends the document and puts the file in its place.
    func commit() throws {
        try xml.finish()
        try file?.commit()
    }
}

extension InterchangeError {
    /// What a writer of files throws, from what went wrong below it.
    static func writing(_ error: any Error, to path: String) -> InterchangeError {
        switch error {
        case let error as InterchangeError: error
        case let error as AtomicFileError:
            InterchangeError(
                .unwritable, code: "file.write", file: path,
                message: "The file cannot be written: \(error.reason).",
                remedy: "Check the directory, its permissions and the free space; what was there before is unchanged.")
        case let error as XMLWriterError:
            InterchangeError(
                .unwritable, code: "xml.write", file: path, message: error.description,
                remedy: "What was there before is unchanged.")
        default:
            InterchangeError(
                .unwritable, code: "file.write", file: path, message: "The file cannot be written: \(error).",
                remedy: "What was there before is unchanged.")
        }
    }
}

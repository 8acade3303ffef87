import ActivationModel

/// The lines of a small text file, decoded as all text files are: by byte order mark, else UTF-8, else UTF-16 or an older
/// encoding, whichever the bytes show.
public struct TextLines: Sendable {
    /// The lines without their ends; the first is line 1.
    public let lines: [String]
    /// The file as the user named it.
    public let name: String

    /// Reads a file, or standard input when `path` is `-`.
    ///
    /// Throws `InterchangeError` when the file cannot be opened or is no text, and with the code `text.size` when it has
    /// more than `limit` bytes.
    public init(path: String, options: ReadOptions = ReadOptions(), limit: Int = 16 << 20) throws {
        var file = try InputFile(path: path)
        name = file.name
        do {
            var text: [UInt8] = []
            var source = TextSource(options: options)
            let lineOf: (borrowing [UInt8]) -> Int = { bytes in
                1 + bytes.count { $0 == UInt8(ascii: "\n") }
            }
            func append(_ text: inout [UInt8], _ piece: Span<UInt8>) {
                for index in piece.indices { text.append(piece[index]) }
            }
            while try file.readChunk() {
                guard file.bytesRead <= limit else {
                    throw InterchangeError(
                        .unreadable, code: "text.size",
                        message: "The file has more than \(limit >> 20) MB, which no list of this kind has.",
                        remedy: "Check that this is the file you mean.")
                }
                try source.decode(file.chunk.span, with: &text, line: lineOf, append)
            }
            try source.finish(with: &text, line: lineOf, append)
            lines = String(decoding: text, as: UTF8.self)
                .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        } catch var error as InterchangeError {
            if error.file.isEmpty { error.file = file.name }
            throw error
        }
    }
}

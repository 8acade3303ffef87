import ActivationModel

/// Recognises the format of a file by its content, never by its name.
public struct FormatDetector: Sendable {
    private let options: ReadOptions

    /// Makes a detector.
    public init(options: ReadOptions = ReadOptions()) { self.options = options }

    /// The format of a file that begins with `head`.
    public func detect(_ head: Span<UInt8>) throws(InterchangeError) -> FileFormat {
        throw InterchangeError(
            .unreadable, code: "format.unknown", message: "The content is of no known format.", remedy: "")
    }
}

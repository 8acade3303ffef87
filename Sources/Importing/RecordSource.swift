import ActivationModel
import Interchange

/// A list of records that is no file, such as the accounts of a directory that is read live.
public struct RecordSource: Sendable {
    /// What the list is called; every fact taken from it names this.
    public var name: String
    /// The format as reports and the journal name it.
    public var format: FileFormat
    /// Whether the list is one of all there is, once it was read to its end; nil where that cannot be known.
    public var isComplete: Bool?
    /// Reads the list to its end. It runs on another thread, at the same time as those of other sources.
    public var read: @Sendable (inout RecordOutput) throws -> Void

    /// Makes a source.
    public init(
        name: String, format: FileFormat, isComplete: Bool? = nil,
        read: @escaping @Sendable (inout RecordOutput) throws -> Void
    ) {
        self.name = name
        self.format = format
        self.isComplete = isComplete
        self.read = read
    }
}

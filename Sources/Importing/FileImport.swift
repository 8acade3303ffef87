import ActivationModel
import Interchange
import Inventory

/// What became of one file.
///
/// Invariant: `read` is the sum of `taken`, `unchanged`, `skipped` and `rejected`.
public struct FileImport: Sendable {
    /// The file as the user named it.
    public var file: String
    /// The format that the content showed; nil when it showed none.
    public var format: FileFormat?
    /// The size; nil when the file could not be read to its end.
    public var bytes: Int?
    /// Rows that carry nothing for the inventory.
    public var skipped: Int
    /// Rows that the reader or the store could not use.
    public var rejected: Int
    /// What the store made of the records.
    public var outcome: ImportOutcome
    /// Findings of the reader, then of the store.
    public var diagnostics: [Diagnostic]
    /// Whether this is a list of all there is, read to its end; nil where that cannot be known.
    public var isComplete: Bool?
    /// Why nothing of the file was taken; nil when it was read.
    public var failure: InterchangeError?

    /// Rows that changed the inventory.
    public var taken: Int { outcome.taken }
    /// Rows that say what the inventory knows already.
    public var unchanged: Int { outcome.unchanged }
    /// All rows of the file.
    public var read: Int { taken + unchanged + skipped + rejected }
}

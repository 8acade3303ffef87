import ActivationModel

/// A reader of one file, which is fed with its bytes in chunks of any size.
///
/// The same bytes give the same records, diagnostics and counts however they are cut. Memory does not grow with the
/// file. A row that cannot be used is skipped or rejected through `RecordOutput`; only a file that cannot be read as a
/// whole throws.
public protocol FileReader {
    /// Reads the next bytes.
    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws
    /// Reads what is left when the file has ended.
    mutating func finish(into output: inout RecordOutput) throws
}

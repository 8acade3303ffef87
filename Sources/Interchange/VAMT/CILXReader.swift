import ActivationModel
import XMLStream

/// Reads exports of VAMT 3.x (`.cilx`).
///
/// Names are compared without case and without namespaces; the order of fields does not matter; a missing value and an
/// empty one are the same. Each record element is one row. Throws `InterchangeError` with `vamt.root.unknown` or a code
/// that begins with `xml.` when the file cannot be read as a whole; a file that was cut off is such a file.
///
/// Source: Cilx.xsd and the service data of the Windows ADK, Volume Activation Management Tool.
public final class CILXReader: FileReader {
    private var reader = XMLRecordReader(CILXDocument(), names: VAMTName.table)

    /// Makes a reader for one file.
    public init() {}

    public func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try reader.read(chunk, into: &output)
    }

    public func finish(into output: inout RecordOutput) throws { try reader.finish(into: &output) }
}

import ActivationModel
import XMLStream

/// Reads lists of VAMT 2.0 (`.cil`).
///
/// The public table of the format ends after the attributes of `Sku`. So whatever else a product carries is accepted
/// under the names of the `.cilx` format, as elements or attributes, at any depth inside `Product`. Each computer and
/// each product is one row; the products of a computer come before it. Errors are those of `CILXReader`.
///
/// Source: help of VAMT 2.0, https://systemscenter.ru/vamthelp.en/html/bcf13d68-07f3-41cc-b393-4246ed50ecac.htm
public final class CILReader: FileReader {
    private var reader = XMLRecordReader(CILDocument(), names: VAMTName.table)

    /// Makes a reader for one file.
    public init() {}

    public func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try reader.read(chunk, into: &output)
    }

    public func finish(into output: inout RecordOutput) throws { try reader.finish(into: &output) }
}

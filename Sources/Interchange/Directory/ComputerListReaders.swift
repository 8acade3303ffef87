import ActivationModel

// The two readers that lists of a million computers come through are types of their own, as what runs for each row of a
// generic reader is compiled for its content only where the compiler can see which content that is.

/// Reads the computer accounts and groups of `Get-ADComputer … | Export-Csv` and the like.
struct ADComputerTableReader: FileReader {
    private var reader: TableReader<ADComputerContent>

    init(_ options: ReadOptions) throws { reader = try TableReader(options) }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try reader.read(chunk, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws { try reader.finish(into: &output) }
}

/// Reads the computer accounts and groups of an LDIF file.
struct LDIFComputerReader: FileReader {
    private var reader: LDIFReader<LDIFComputerSink>

    init(_ options: ReadOptions) {
        reader = LDIFReader(LDIFComputerSink(), attributes: LDIFComputerSink.attributes, options: options)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try reader.read(chunk, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws { try reader.finish(into: &output) }
}

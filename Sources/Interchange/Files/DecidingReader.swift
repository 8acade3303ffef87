import ActivationModel

/// A reader of a format that has several forms: the first bytes of a file tell which.
struct DecidingReader: FileReader {
    /// Gives the reader for a file that begins with `head`; nil when that does not tell yet. `isWhole` says that no more comes;
    /// then there must be a reader.
    typealias Choice = (_ head: [UInt8], _ isWhole: Bool) throws -> (any FileReader)?

    private let choose: Choice
    private var head: [UInt8] = []
    private var reader: (any FileReader)?

    init(_ choose: @escaping Choice) { self.choose = choose }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        if reader != nil {
            try reader?.read(chunk, into: &output)
            return
        }
        head.append(copying: chunk)
        try decide(isWhole: false, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws {
        if reader == nil { try decide(isWhole: true, into: &output) }
        try reader?.finish(into: &output)
    }

    private mutating func decide(isWhole: Bool, into output: inout RecordOutput) throws {
        guard var chosen = try choose(head, isWhole) else { return }
        try chosen.read(head.span, into: &output)
        head = []
        reader = chosen
    }
}

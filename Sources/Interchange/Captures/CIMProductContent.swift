import ActivationModel

/// `SoftwareLicensingProduct` as a table: `Get-CimInstance … | Export-Csv`, or one prepared from it.
struct CIMProductContent: TableContent {
    static let title = "A table of licensed products (SoftwareLicensingProduct)"
    static let dates: [[LicensingProperty]] = [LicensingProperty.captureTimes]

    private var maker: CapturedProductMaker
    private var captured = CapturedRow()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(_ row: TableRow<LicensingProperty>, into output: inout RecordOutput) throws {
        captured.clear(line: row.line)
        for property in LicensingProperty.allCases where !LicensingProperty.captureTimes.contains(property) {
            if let bytes = row.bytes(property) { captured.set(property, bytes) }
        }
        captured.readAt = capturedAt(row, into: &output)
        try maker.take(captured, into: &output)
    }

    /// The time of the capture; WMI's empty date, in the year 1601, is none.
    private func capturedAt(_ row: TableRow<LicensingProperty>, into output: inout RecordOutput) -> Timestamp? {
        for property in LicensingProperty.captureTimes {
            if let time = row.date([property], into: &output), time.day.parts.year > 1601 { return time }
        }
        return nil
    }
}

/// Reads `SoftwareLicensingProduct` as CSV, from PowerShell or from wmic.
///
/// The table of wmic begins with the column `Node` and has no quotes, although its values hold commas; it is read by
/// `WMICTable`.
final class CIMTableReader: FileReader {
    /// How many bytes are held back to tell the two apart.
    private static let headLength = 8192

    private let options: ReadOptions
    private var head: [UInt8] = []
    private var reader: (any FileReader)?

    init(_ options: ReadOptions) { self.options = options }

    func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        guard reader == nil else {
            try reader?.read(chunk, into: &output)
            return
        }
        for index in chunk.indices { head.append(chunk[index]) }
        if head.count >= CIMTableReader.headLength { try begin(into: &output) }
    }

    func finish(into output: inout RecordOutput) throws {
        if reader == nil { try begin(into: &output) }
        try reader?.finish(into: &output)
    }

    private func begin(into output: inout RecordOutput) throws {
        var chosen: any FileReader =
            isOfWMIC
            ? LineReader(WMICTable(options: options), options: options) : try TableReader<CIMProductContent>(options)
        let first = head
        head = []
        try chosen.read(first.span, into: &output)
        reader = chosen
    }

    /// Whether the first line that is not blank is `Node,…` without quotes.
    private var isOfWMIC: Bool {
        var decoder = TextDecoder(encoding: options.encoding, fallback: options.fallbackEncoding)
        var text: [UInt8] = []
        var position = 0
        let head = self.head
        while position < head.count {
            switch decoder.next(head.span, from: &position) {
            case .verbatim(let range): text += head[range]
            case .converted: text += decoder.converted
            }
        }
        decoder.finish()
        text += decoder.converted
        let line = text.drop { $0 <= 0x20 }.prefix { $0 != 0x0A && $0 != 0x0D }
        return line.starts(with: "Node,".utf8) && !line.contains(UInt8(ascii: "\""))
    }
}

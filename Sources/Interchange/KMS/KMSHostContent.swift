import ActivationModel

/// The state of KMS hosts as a table, such as `Get-CimInstance SoftwareLicensingService -ComputerName … | Export-Csv`
/// writes.
struct KMSHostContent: TableContent {
    static let title = "The state of KMS hosts"
    static let dates: [[KMSHostColumn]] = [[.readAt]]

    private let maker: KMSHostMaker

    init(options: ReadOptions) { maker = KMSHostMaker(options: options) }

    mutating func read(_ row: TableRow<KMSHostColumn>, into output: inout RecordOutput) throws {
        var host = KMSHostRow(line: row.line)
        for column in KMSHostColumn.allCases where column != .readAt { host[column] = row.text(column) }
        host.readAt = row.date([.readAt], into: &output)
        try maker.take(host, into: &output)
    }
}

/// The state of KMS hosts as JSON (`ConvertTo-Json`) or as CLIXML (`Export-Clixml`).
///
/// The whole product key of the firmware, which these objects hold, too, is never looked at.
struct KMSHostDocument: JSONDocument {
    private static let columns = KMSHostColumn.headers

    private let maker: KMSHostMaker

    init(options: ReadOptions) { maker = KMSHostMaker(options: options) }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.rejectElement(item)
            return
        }
        var host = KMSHostRow(line: item.line)
        for member in item.children {
            guard let column = KMSHostDocument.columns[headerKey(member.name)] else { continue }
            if column == .readAt {
                host.readAt = member.instant
            } else {
                let value = member.unwrapped
                host[column] = value.boolean.map { $0 ? "true" : "false" } ?? value.text
            }
        }
        if host[.computer] == nil { host[.computer] = item.serverName }
        try maker.take(host, into: &output)
    }
}

/// The state of KMS hosts as lists of `Property=Value` of wmic, or of `Property : Value` of `Format-List`.
struct KMSHostList: CIMListContent {
    private static let columns = KMSHostColumn.headers

    private let maker: KMSHostMaker
    private var host = KMSHostRow(line: 1)

    init(options: ReadOptions) { maker = KMSHostMaker(options: options) }

    mutating func begin(line: Int) { host = KMSHostRow(line: line) }

    mutating func set(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        guard let column = KMSHostList.columns[headerKey(String(decoding: name, as: UTF8.self))] else { return }
        if column == .readAt {
            host.readAt = Timestamp(powerShell: value)
        } else {
            host[column] = String(decoding: value, as: UTF8.self)
        }
    }

    mutating func end(computer: String?, into output: inout RecordOutput) throws {
        if host[.computer] == nil { host[.computer] = computer }
        try maker.take(host, into: &output)
    }

    /// Whether a text is such a list: it names what only these objects hold.
    static func isList(_ lines: [ArraySlice<UInt8>]) -> Bool {
        lines.contains { line in
            CIMListLine(line).map { headerKey(String(decoding: $0.name, as: UTF8.self)) }
                == headerKey(KMSHostColumn.currentCount.name)
        }
    }
}

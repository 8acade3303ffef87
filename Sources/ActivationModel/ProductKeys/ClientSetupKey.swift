/// A KMS client set-up key (GVLK) that Microsoft publishes.
///
/// Such keys are no secret and activate nothing by themselves: they make a computer look for a KMS host or an activation
/// object. They are masked like any other key, so that nobody has to tell the two kinds apart in an output.
///
/// Sources: https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys and
/// https://learn.microsoft.com/office/volume-license-activation/gvlks
public struct ClientSetupKey: Sendable, Hashable {
    /// The products it is for, as the page names them.
    public let product: String
    /// The key.
    public let key: ProductKey
    /// `Windows` or `Office`.
    public let application: String
    /// The page it stands on.
    public let source: String
    /// The day on which the page was read.
    public let retrieved: Day
}

/// The client set-up keys that this version of the program knows.
///
/// A key that is missing here may be newer than the list.
public struct ClientSetupKeys: Sendable {
    /// The keys in the order of the pages.
    public let keys: [ClientSetupKey]

    private let byKey: [ProductKey: Int]
    private let byPartialKey: [PartialProductKey: Int]

    /// The keys of Microsoft's two pages.
    public static let published = ClientSetupKeys(table: PackageResources.kms_client_keys_csv)

    /// Reads a table with the columns product, key, application, source and retrieved. Lines that do not fit are left out;
    /// the tests make sure that the table of this package has none.
    init(table: [UInt8]) {
        var keys: [ClientSetupKey] = []
        for line in String(decoding: table, as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst() {
            let cells = ClientSetupKeys.cells(of: line)
            guard cells.count == 5, let key = ProductKey(cells[1]), let day = Day(cells[4]) else { continue }
            keys.append(
                ClientSetupKey(
                    product: cells[0], key: key, application: cells[2], source: cells[3], retrieved: day))
        }
        self.keys = keys
        byKey = Dictionary(keys.indices.map { (keys[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
        byPartialKey = Dictionary(
            keys.indices.map { (keys[$0].key.partialKey, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The published key that is the same; nil when the key is not in the list.
    public subscript(key: ProductKey) -> ClientSetupKey? { byKey[key].map { keys[$0] } }

    /// The published key with the same last five characters. No two published keys share them, so a masked key is
    /// recognised; a key of an organisation has the same ones by a chance of about one in 60,000.
    public subscript(partialKey: PartialProductKey) -> ClientSetupKey? { byPartialKey[partialKey].map { keys[$0] } }

    /// The cells of one line of comma-separated values.
    private static func cells(of line: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}

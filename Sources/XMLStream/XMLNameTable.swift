/// The names a handler knows, each with a small number: its position in the list.
///
/// A parser compares each distinct name of a document once; after that a symbol costs one look-up by the address of
/// libxml2's interned name. So a handler can switch over numbers.
///
///     let names = XMLNameTable(["Product", "Sku"], ignoringCase: true)
///     names.symbol(of: "product")   // 0
///     names.symbol(of: "Color")     // XMLNameTable.unknown
public struct XMLNameTable: Sendable {
    /// The symbol of every name that is not in the table.
    public static let unknown = -1

    /// The names; the symbol of a name is its position here.
    public let names: [String]
    /// Whether ASCII letters match in either case.
    public let ignoresCase: Bool
    private let symbols: [String: Int]

    /// Makes a table. When a name occurs twice its first position counts.
    public init(_ names: [String], ignoringCase: Bool = false) {
        self.names = names
        ignoresCase = ignoringCase
        var symbols: [String: Int] = [:]
        for (position, name) in names.enumerated() {
            let key = ignoringCase ? XMLNameTable.folded(name) : name
            if symbols[key] == nil { symbols[key] = position }
        }
        self.symbols = symbols
    }

    /// The symbol of a name, or `unknown`.
    public func symbol(of name: String) -> Int {
        symbols[ignoresCase ? XMLNameTable.folded(name) : name] ?? XMLNameTable.unknown
    }

    private static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

import ActivationModel

/// The columns of one kind of table. The raw values count from 0 in the order of `allCases`.
protocol TableColumn: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int {
    /// The name of the column.
    var name: String { get }
    /// Other headers that mean the same. Case, blanks and punctuation never matter.
    var synonyms: [String] { get }
    /// Whether a table without this column cannot be read.
    var isRequired: Bool { get }
    /// Whether a header may stand beside another one of the same column, because exports of all properties give the same
    /// value under several names. Then nothing is said about it.
    func mayRepeat(as headerKey: String) -> Bool
    /// What else the headers must hold for a table to be of this kind.
    static func isKind(_ columns: Set<Self>) -> Bool
}

extension TableColumn {
    var isRequired: Bool { false }
    func mayRepeat(as headerKey: String) -> Bool { false }

    /// What help texts say about the columns.
    static var descriptions: [ColumnDescription] {
        allCases.map { ColumnDescription(name: $0.name, synonyms: $0.synonyms, isRequired: $0.isRequired) }
    }

    /// The column of each known header.
    static var headers: [String: Self] {
        var result: [String: Self] = [:]
        for column in allCases {
            for header in [column.name] + column.synonyms { result[headerKey(header)] = column }
        }
        return result
    }
}

/// What headers are compared by: letters and digits in lower case.
func headerKey(_ text: some StringProtocol) -> String {
    var key: [UInt8] = []
    key.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        guard byte < 0x80 else { return headerKeyOfCharacters(text) }
        let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
        if lower &- 0x61 < 26 || lower &- 0x30 < 10 { key.append(lower) }
    }
    return String(copying: key.span)
}

/// The same for text that is not ASCII.
private func headerKeyOfCharacters(_ text: some StringProtocol) -> String {
    String(text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
}

/// Which cell of a row holds which column.
struct ColumnSet<Column: TableColumn>: Sendable {
    /// The position of each column in the file, by raw value; -1 when the file lacks it.
    private var positions: [Int]
    /// The headers as written.
    let titles: [String]
    /// Headers that mean no column.
    private(set) var ignored: [String] = []
    /// Headers that mean a column another header has already given.
    private(set) var repeated: [String] = []

    /// Matches the headers of a file; `map` gives headers of the file a column's name.
    init(titles: [String], map: [String: String]) {
        self.titles = titles
        positions = [Int](repeating: -1, count: Column.allCases.count)
        let known = Column.headers
        var mapped: [String: String] = [:]
        for (header, column) in map { mapped[headerKey(header)] = headerKey(column) }
        for (position, title) in titles.enumerated() {
            let key = headerKey(title)
            guard let column = known[mapped[key] ?? key] else {
                if !key.isEmpty { ignored.append(title) }
                continue
            }
            if positions[column.rawValue] < 0 {
                positions[column.rawValue] = position
            } else if mapped[key] != nil, mapped[headerKey(titles[positions[column.rawValue]])] == nil {
                // What the user mapped wins over what was recognised.
                repeated.append(titles[positions[column.rawValue]])
                positions[column.rawValue] = position
            } else if !column.mayRepeat(as: key) {
                repeated.append(title)
            }
        }
    }

    /// The position of a column; nil when the file lacks it.
    subscript(column: Column) -> Int? {
        let position = positions[column.rawValue]
        return position < 0 ? nil : position
    }

    /// The header of a column as the file writes it, else the column's name.
    func title(_ column: Column) -> String { self[column].map { titles[$0] } ?? column.name }

    /// The columns that the file has.
    var present: Set<Column> { Set(Column.allCases.filter { self[$0] != nil }) }
}

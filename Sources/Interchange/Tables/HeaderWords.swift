import ActivationModel

/// Tells headers from rows: a row is a header when each of its cells is the name of a column of this kind of table or one
/// of the header above, and the names make such a table.
///
/// Nearly all rows are told by the first characters of their first cell, without a text being made of it.
struct HeaderWords<Content: TableContent>: Sendable {
    private static var longest: Int { 64 }
    private static var places: Int { 4096 }
    /// As many letters and digits as tell most names of computers and distinguished names from headers.
    private static var beginning: Int { 4 }

    private let map: [String: String]
    private var keys: Set<String> = []
    /// Whether the beginning of some key hashes to a place.
    private var mayBegin: [Bool]
    /// Whether some key hashes to a place.
    private var mayBeKey: [Bool]

    /// Makes words of the columns of a table, of the headers that the user maps, and of the titles of a header.
    init(titles: [String], map: [String: String]) {
        self.map = map
        mayBegin = [Bool](repeating: false, count: HeaderWords.places)
        mayBeKey = mayBegin
        guard !titles.isEmpty else { return }
        keys = Set(Content.Column.headers.keys)
        for title in titles + map.keys { keys.insert(headerKey(title)) }
        for key in keys {
            let bytes = Array(key.utf8)
            if let place = HeaderWords.place(bytes.span, length: HeaderWords.beginning) { mayBegin[place] = true }
            if let place = HeaderWords.place(bytes.span, length: .max) { mayBeKey[place] = true }
        }
    }

    /// Whether a row is a header.
    func isHeader(_ row: CSVRow) -> Bool {
        guard let first = row.cells.indices.first(where: { !row.isEmpty($0) }) else { return false }
        let cell = row.bytes.span.extracting(row.range(first))
        guard cell.count <= HeaderWords.longest else { return false }
        if let place = HeaderWords.place(cell, length: HeaderWords.beginning), !mayBegin[place] { return false }
        if let place = HeaderWords.place(cell, length: .max), !mayBeKey[place] { return false }
        var titles: [String] = []
        for column in 0..<row.count {
            let title = String(row.text(column).trimmingBlanks())
            guard keys.contains(headerKey(title)) else { return false }
            titles.append(title)
        }
        let present = ColumnSet<Content.Column>(titles: titles, map: map).present
        guard present.count > 1, Content.Column.allCases.allSatisfy({ !$0.isRequired || present.contains($0) }) else {
            return false
        }
        return Content.Column.isKind(present) && Content.score(titles: titles, present: present) != nil
    }

    /// Where a name hashes to by its first letters and digits, `length` of them, in any case; nil when others than those of
    /// ASCII come first.
    private static func place(_ name: Span<UInt8>, length: Int) -> Int? {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var left = length
        for index in name.indices {
            let byte = name[index]
            guard byte < 0x80 else { return nil }
            let folded = byte &- 0x41 < 26 ? byte | 0x20 : byte
            guard folded &- 0x61 < 26 || folded &- 0x30 < 10 else { continue }
            hash = (hash ^ UInt64(folded)) &* 0x100_0000_01B3
            left -= 1
            if left == 0 { break }
        }
        return Int(truncatingIfNeeded: hash >> 32) & (places - 1)
    }
}

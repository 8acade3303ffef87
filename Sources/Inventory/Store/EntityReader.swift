import ActivationModel
import Foundation
import GRDB

/// Reads entities of one kind out of rows.
struct EntityReader {
    let layout: EntityLayout
    /// The number of columns that hold values; overlay and place follow.
    let count: Int
    private let texts: TextTable

    init(_ layout: EntityLayout, texts: TextTable) {
        self.layout = layout
        self.texts = texts
        count = layout.columnNames.count
    }

    /// The columns that `decode` reads, in their order.
    static func selection(_ layout: EntityLayout) -> String {
        (layout.columnNames + ["overlay", "source", "line"]).joined(separator: ", ")
    }

    /// A statement that fetches the entity with a row number.
    func statement(_ database: Database) throws -> Statement {
        try database.makeStatement(
            sql: "SELECT \(EntityReader.selection(layout)) FROM \(layout.table) WHERE id = ?")
    }

    /// The place in a row whose first columns are `selection(_:)`.
    func place(_ row: Row) -> StoredPlace? { EntityReader.place(row, at: count + 1) }

    /// The observation in a row whose columns from `start` on are `selection(_:)`.
    func decode(_ row: Row, from start: Int = 0) throws -> Observation {
        var values: [FieldValue] = Array(repeating: .missing, count: layout.columns.count)
        for (index, column) in layout.stored.enumerated() {
            values[column] = try decode(row[start + index] as DatabaseValue, layout.columns[column].storage)
        }
        if !layout.grouped.isEmpty, let number = row[start + layout.stored.count] as Int64? {
            for (column, value) in zip(layout.grouped, try texts.profiles.values(of: number)) { values[column] = value }
        }
        let clocks = layout.clocks(values)
        var times = layout.columns.map { clocks[$0.clock] }
        if let overlay = row[start + count] as String? {
            let known = try JSONDecoder().decode([String: Int64?].self, from: Data(overlay.utf8))
            for (index, column) in layout.columns.enumerated() {
                if let time = known[column.name] { times[index] = time ?? Observation.noTime }
            }
        }
        return Observation(values: values, times: times)
    }

    /// The place in a row, from two columns.
    static func place(_ row: Row, at index: Int) -> StoredPlace? {
        guard let source = row[index] as Int64? else { return nil }
        return StoredPlace(source: source, line: row[index + 1] as Int64? ?? 0)
    }

    private func decode(_ value: DatabaseValue, _ storage: EntityLayout.Storage) throws -> FieldValue {
        switch value.storage {
        case .null, .double: return .missing
        case .string(let text):
            if case .sharedLines = storage { return .text(try texts.lines(of: text)) }
            return .text(text)
        case .blob(let data): return GUID(stored: data).map { .guid($0) } ?? .missing
        case .int64(let number):
            switch storage {
            case .shared: return FieldValue(try texts.text(of: number))
            case .instant: return .timestamp(Timestamp(milliseconds: number))
            case .plain, .sharedLines, .grouped: return .number(number)
            }
        }
    }
}

extension GUID {
    /// 16 bytes in the order in which people write an identifier.
    var databaseValue: DatabaseValue {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        for half in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(shift)))
            }
        }
        return Data(bytes).databaseValue
    }

    init?(stored data: Data) {
        guard data.count == 16 else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (position, byte) in data.enumerated() {
            if position < 8 { halves.0 = halves.0 << 8 | UInt64(byte) } else { halves.1 = halves.1 << 8 | UInt64(byte) }
        }
        self.init(high: halves.0, low: halves.1)
    }
}

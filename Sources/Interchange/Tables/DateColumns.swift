import ActivationModel

/// The order of day and month in each column of a file.
///
/// One cell such as `03/04/2021` does not show it; another cell of the same column, `22/10/2018`, does. The order is
/// therefore kept per column, and rows whose dates wait for it are held back by `HeldRows`.
struct DateColumns: Sendable {
    enum Order: Hashable, Sendable {
        case undecided
        case decided(DateOrder)
        /// No cell shows it: the ambiguous values are unknown.
        case unknowable
    }

    enum Reading: Hashable {
        case absent
        case never
        case instant(Timestamp)
        case orderUnknown
        /// The cell is in another order than the column.
        case contradicts
        /// A number that a spreadsheet rounded.
        case rounded
        case unreadable
    }

    private var orders: [Order]

    init(count: Int, order: DateOrder?) {
        orders = [Order](repeating: order.map { .decided($0) } ?? .undecided, count: count)
    }

    /// The order of a column.
    func order(_ column: Int) -> Order { orders[column] }

    /// Sets the order of a column.
    mutating func set(_ order: Order, column: Int) { orders[column] = order }

    /// The order on which all columns agree that show one; nil when none does or they differ.
    var common: DateOrder? {
        var result: DateOrder?
        for case .decided(let order) in orders {
            if let result, result != order { return nil }
            result = order
        }
        return result
    }

    /// Takes what a cell shows about its column; true when its own value has to wait for the order.
    mutating func observe(_ cell: DateCell, column: Int) -> Bool {
        guard case .local(let date) = cell, orders[column] == .undecided else { return false }
        if let order = date.order {
            orders[column] = .decided(order)
            return false
        }
        return date.first != date.second
    }

    /// The value of a cell in the order of its column.
    func read(_ cell: DateCell, column: Int) -> Reading {
        switch cell {
        case .absent: return .absent
        case .never: return .never
        case .rounded: return .rounded
        case .unreadable: return .unreadable
        case .instant(let instant): return .instant(instant)
        case .local(let date):
            if date.first == date.second { return date.instant(.dmy).map { .instant($0) } ?? .unreadable }
            switch orders[column] {
            case .decided(let order):
                return date.instant(order).map { .instant($0) } ?? .contradicts
            case .undecided, .unknowable:
                return date.order.flatMap { date.instant($0) }.map { .instant($0) } ?? .orderUnknown
            }
        }
    }
}

/// Rows that wait until the order of day and month is known, packed into one run of bytes.
struct HeldRows: Sendable {
    private struct Place {
        var line: Int
        var cells: Int
        var bytes: Int
    }

    private var places: [Place] = []
    private var cells: [CSVRow.Cell] = []
    private var bytes: [UInt8] = []

    var isEmpty: Bool { places.isEmpty }
    /// The memory in use, in bytes.
    var size: Int { bytes.count + cells.count * MemoryLayout<CSVRow.Cell>.stride + places.count * 24 }
    /// The line of the first row.
    var firstLine: Int? { places.first?.line }

    mutating func append(_ row: CSVRow) {
        let used = row.cells.last.map { Int($0.end) } ?? 0
        places.append(Place(line: row.line, cells: row.count, bytes: used))
        cells.append(contentsOf: row.cells)
        bytes.append(contentsOf: row.bytes[..<used])
    }

    /// Hands out the rows in their order and forgets them.
    mutating func drain(_ body: (CSVRow) throws -> Void) rethrows {
        let (places, cells, bytes) = (self.places, self.cells, self.bytes)
        self = HeldRows()
        var firstCell = 0
        var firstByte = 0
        for place in places {
            var row = CSVRow()
            row.line = place.line
            row.cells = Array(cells[firstCell..<firstCell + place.cells])
            row.bytes = Array(bytes[firstByte..<firstByte + place.bytes])
            firstCell += place.cells
            firstByte += place.bytes
            try body(row)
        }
    }
}

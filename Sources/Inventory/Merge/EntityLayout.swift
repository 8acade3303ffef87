import ActivationModel

/// How a kind of entity lies in its table: its columns, and what tells the age of a record.
struct EntityLayout: Sendable {
    /// How a column holds its values.
    enum Storage: Sendable {
        /// Text that many rows share: the number of a row of the `text` table.
        case shared
        /// Lines of text that many rows share: their numbers in the `text` table, divided by blanks.
        case sharedLines
        /// A number as INTEGER, an identifier as BLOB of 16 bytes, text and what was not understood as TEXT.
        case plain
        /// Together with all other columns of this kind as one row of the `product_profile` table.
        case grouped
        /// Milliseconds since 1970 as INTEGER; what was not understood as TEXT.
        case instant
    }

    struct Column: Sendable {
        var name: String
        var storage: Storage
        /// Which of the layout's clocks tells the age of the value.
        var clock = 0

        init(_ name: String, _ storage: Storage, clock: Int = 0) {
            self.name = name
            self.storage = storage
            self.clock = clock
        }
    }

    /// The table.
    let table: String
    /// What the primary key is called: `id` (a number that the caller computes) or `identity` (a text).
    let key: String
    /// The values of an observation, in this order.
    let columns: [Column]
    /// The positions of the columns that the table has.
    let stored: [Int]
    /// The positions of the columns that make up the profile.
    let grouped: [Int]
    /// The ages of a record by its values; the first also decides which record the entity's place is taken from.
    ///
    /// Applied to the joined values it gives the age of the newest record, so only values of another age need theirs
    /// written down.
    let clocks: @Sendable ([FieldValue]) -> [Int64]
    /// The positions, among `stored`, of the columns that `clocks` reads.
    let clockColumns: [Int]

    init(
        table: String, key: String, columns: [Column], clocks: @escaping @Sendable ([FieldValue]) -> [Int64],
        clockColumns: [Int] = []
    ) {
        self.table = table
        self.key = key
        self.columns = columns
        self.clocks = clocks
        stored = columns.indices.filter { columns[$0].storage != .grouped }
        grouped = columns.indices.filter { columns[$0].storage == .grouped }
        let stored = stored
        self.clockColumns = clockColumns.compactMap { stored.firstIndex(of: $0) }
    }

    /// The columns of the table that hold values.
    var columnNames: [String] {
        stored.map { columns[$0].name } + (grouped.isEmpty ? [] : ["profile"])
    }

    /// The clocks of entities whose records do not tell their age.
    static let timeless: @Sendable ([FieldValue]) -> [Int64] = { _ in [Observation.noTime] }
}

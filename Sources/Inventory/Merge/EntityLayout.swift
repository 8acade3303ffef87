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
    var table: String
    /// What the primary key is called: `id` (a number that the caller computes) or `identity` (a text).
    var key: String
    var columns: [Column]
    /// The ages of a record by its values; the first also decides which record the entity's place is taken from.
    ///
    /// Applied to the joined values it gives the age of the newest record, so only values of another age need theirs
    /// written down.
    var clocks: @Sendable ([FieldValue]) -> [Int64]
    /// The columns that `clocks` reads.
    var clockColumns: [Int] = []

    /// The position of a column.
    func position(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// The clocks of entities whose records do not tell their age.
    static let timeless: @Sendable ([FieldValue]) -> [Int64] = { _ in [Observation.noTime] }
}

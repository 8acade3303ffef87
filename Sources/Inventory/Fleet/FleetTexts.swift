import ActivationModel
import GRDB

/// Brings texts and places of the store into a fleet's terms.
final class FleetTexts {
    /// The fleet's pool.
    var pool = TextPool()
    /// The files, ordered by name.
    let files: [String]

    private let fetch: Statement
    /// By the number of a text in the store its number in the pool, 0 while it was not asked for.
    private var shared: [UInt32]
    /// By the number of a file in the store its position in `files`; -1 for a number that is not used.
    private var positions: [Int32] = []

    init(_ database: Database) throws {
        fetch = try database.makeStatement(sql: "SELECT value FROM text WHERE id = ?")
        let count = try Int.fetchOne(database, sql: "SELECT max(id) FROM text") ?? 0
        shared = Array(repeating: 0, count: count + 1)
        var names: [(name: String, number: Int64)] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT name, id FROM source")
        while let row = try rows.next() { names.append((row[0], row[1])) }
        names.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        files = names.map(\.name)
        positions = Array(repeating: -1, count: Int(names.map(\.number).max() ?? 0) + 1)
        for (position, name) in names.enumerated() { positions[Int(name.number)] = Int32(position) }
    }

    /// The text of a row of the `text` table.
    func shared(_ number: Int64?) throws -> TextID {
        guard let number, number > 0, number < shared.count else { return .none }
        let known = shared[Int(number)]
        if known != 0 { return TextID(rawValue: known) }
        let id = pool.intern(try String.fetchOne(fetch, arguments: [number]))
        shared[Int(number)] = id.rawValue
        return id
    }

    /// The texts whose numbers a row lists.
    func sharedList(_ numbers: String?) throws -> [TextID] {
        guard let numbers else { return [] }
        return try numbers.utf8.split(separator: UInt8(ascii: " ")).compactMap { part in
            var number: Int64 = 0
            for byte in part { number = number * 10 + Int64(byte &- 0x30) }
            let id = try shared(number)
            return id.isNone ? nil : id
        }
    }

    /// The place in two columns of a row.
    func place(_ row: Row, _ index: Int) -> Place {
        guard let source = row[index] as Int64?, positions.indices.contains(Int(source)), positions[Int(source)] >= 0
        else { return .none }
        return Place(source: positions[Int(source)], line: Int32(truncatingIfNeeded: row[index + 1] as Int64? ?? 0))
    }

    /// The place as records name it.
    func reference(_ place: Place) -> SourceReference? {
        place.source < 0 ? nil : SourceReference(file: files[Int(place.source)], line: Int(place.line))
    }
}

extension Place {
    /// By file name and line; a place that is not known comes last.
    static func precedes(_ left: Place, _ right: Place) -> Bool {
        if left.source < 0 || right.source < 0 { return left.source >= 0 && right.source < 0 }
        return (left.source, left.line) < (right.source, right.line)
    }
}

/// Sets of positions, united step by step.
struct UnionFind {
    private var parents: [Int32]

    init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

    /// The position that stands for the set of `position`: its smallest.
    mutating func find(_ position: Int) -> Int {
        var root = position
        while Int(parents[root]) != root { root = Int(parents[root]) }
        var step = position
        while Int(parents[step]) != root {
            let next = Int(parents[step])
            parents[step] = Int32(root)
            step = next
        }
        return root
    }

    mutating func unite(_ left: Int, _ right: Int) {
        let (left, right) = (find(left), find(right))
        if left < right { parents[right] = Int32(left) } else { parents[left] = Int32(right) }
    }
}

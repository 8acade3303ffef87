import ActivationModel
import Foundation
import GRDB

/// The `product_profile` table: what products of many computers have in common, such as name, edition and channel.
///
/// A profile is a list of values, kept as a JSON array of texts whose first letter names the kind (`n7`, `tWindows`, an
/// empty text for a missing value). The caches hold at most `limit` entries each.
final class ProfileTable {
    /// Swift takes different bytes of one text for equal; their number tells them apart.
    private struct Key: Hashable {
        var values: [FieldValue]
        var bytes: Int
    }

    private let database: Database
    private let find: Statement
    private let insert: Statement
    private let fetch: Statement
    private let limit: Int
    private var numbers: [Key: Int64] = [:]
    private var contents: [Int64: [FieldValue]] = [:]

    init(_ database: Database, limit: Int = 4096) throws {
        self.database = database
        self.limit = limit
        find = try database.makeStatement(sql: "SELECT id FROM product_profile WHERE content = ?")
        insert = try database.makeStatement(sql: "INSERT INTO product_profile(content) VALUES (?)")
        fetch = try database.makeStatement(sql: "SELECT content FROM product_profile WHERE id = ?")
    }

    /// The number of a profile, which is added if it is new; nil when nothing in it is known.
    func number(of values: [FieldValue]) throws -> Int64? {
        var key = Key(values: values, bytes: 0)
        var isEmpty = true
        for value in values where !value.isMissing {
            isEmpty = false
            if case .text(let text) = value { key.bytes += text.utf8.count }
        }
        if isEmpty { return nil }
        if let number = numbers[key] { return number }
        let content = try ProfileTable.content(of: values)
        let number: Int64
        if let known = try Int64.fetchOne(find, arguments: [content]) {
            number = known
        } else {
            try insert.execute(arguments: [content])
            number = database.lastInsertedRowID
        }
        if numbers.count >= limit { numbers.removeAll(keepingCapacity: true) }
        numbers[key] = number
        return number
    }

    /// The values of a profile.
    func values(of number: Int64) throws -> [FieldValue] {
        if let values = contents[number] { return values }
        let values = try String.fetchOne(fetch, arguments: [number]).map(ProfileTable.values) ?? []
        if contents.count >= limit { contents.removeAll(keepingCapacity: true) }
        contents[number] = values
        return values
    }

    private static func content(of values: [FieldValue]) throws -> String {
        let texts = values.map { value in
            switch value {
            case .missing: ""
            case .text(let text): "t" + text
            case .number(let number): "n\(number)"
            case .guid(let guid): "g\(guid)"
            case .timestamp(let instant): "m\(instant.milliseconds)"
            }
        }
        return String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
    }

    static func values(_ content: String) throws -> [FieldValue] {
        try JSONDecoder().decode([String].self, from: Data(content.utf8)).map { text in
            let rest = text.dropFirst()
            return switch text.first {
            case "t": .text(String(rest))
            case "n": FieldValue(Int64(rest))
            case "g": FieldValue(GUID(rest))
            case "m": FieldValue(Int64(rest).map { Timestamp(milliseconds: $0) })
            default: .missing
            }
        }
    }
}

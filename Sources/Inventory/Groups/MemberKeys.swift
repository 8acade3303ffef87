import ActivationModel
import Foundation
import GRDB

/// The members of a group as the store keeps them: keys of their names or of their SIDs, eight bytes each with the low one first.
///
/// Invariant: the keys are ascending and each occurs once, so equal sets are equal bytes.
struct MemberKeys: Equatable {
    private(set) var keys: [UInt64]

    init(_ members: [DirectoryObjectKey]) {
        keys = []
        keys.reserveCapacity(members.count)
        for key in members.sorted() where keys.last != key.rawValue { keys.append(key.rawValue) }
    }

    /// Reads what `data` wrote; nil when it is cut.
    init?(_ data: Data) {
        guard data.count % 8 == 0 else { return nil }
        keys = []
        keys.reserveCapacity(data.count / 8)
        var key: UInt64 = 0
        var shift: UInt64 = 0
        for byte in data {
            key |= UInt64(byte) << shift
            shift += 8
            guard shift == 64 else { continue }
            keys.append(key)
            key = 0
            shift = 0
        }
    }

    /// Reads a column of `directory_group`; nil when it is NULL.
    init?(_ row: Row, _ column: Int) throws {
        guard let data = row[column] as Data? else { return nil }
        guard let keys = MemberKeys(data) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "the members of a row of directory_group are damaged")
        }
        self = keys
    }

    var data: Data {
        var data = Data(capacity: keys.count * 8)
        for key in keys {
            for shift in stride(from: UInt64(0), to: 64, by: 8) { data.append(UInt8(truncatingIfNeeded: key >> shift)) }
        }
        return data
    }

    /// Adds the keys of another set.
    mutating func formUnion(_ other: MemberKeys) {
        guard other != self else { return }
        var joined: [UInt64] = []
        joined.reserveCapacity(keys.count + other.keys.count)
        var (left, right) = (0, 0)
        while left < keys.count || right < other.keys.count {
            let takesLeft = right == other.keys.count || left < keys.count && keys[left] <= other.keys[right]
            let key = takesLeft ? keys[left] : other.keys[right]
            if takesLeft { left += 1 } else { right += 1 }
            if joined.last != key { joined.append(key) }
        }
        keys = joined
    }
}

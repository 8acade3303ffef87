import Foundation

/// The sealing keys of a user: the one that seals new stores, and earlier ones that stores may still be sealed with.
///
/// A key file or the environment variable holds them in base64, divided by blanks or line ends, the current one first. A
/// store is opened with the one whose fingerprint it remembers. So a change of the key has no moment at which a store
/// cannot be opened: both keys are in the file before the store changes, and the old one leaves it afterwards.
public struct KeyRing: Sendable {
    /// The key that seals a store in which nothing is sealed yet.
    public let current: KeySeal
    /// Earlier keys, the newest first.
    public let earlier: [KeySeal]

    /// Makes a ring; keys that stand in it already are left out of `earlier`.
    public init(_ current: KeySeal, earlier: [KeySeal] = []) {
        self.current = current
        var seen: Set<String> = [current.fingerprint]
        self.earlier = earlier.filter { seen.insert($0.fingerprint).inserted }
    }

    /// All keys, the current one first.
    public var all: [KeySeal] { [current] + earlier }

    /// The keys that the environment or the key file gives; nil when there is neither.
    ///
    /// The environment wins, so that a scheduled job needs no file. Throws `InventoryError.sealUnusable`.
    public static func load(environment: [String: String], path: String) throws(InventoryError) -> KeyRing? {
        if let text = environment[KeySeal.environmentVariable], !text.isEmpty {
            return try KeyRing(text: text, place: KeySeal.environmentVariable)
        }
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try KeyRing(file: path)
    }

    /// The keys of a file. Throws `InventoryError.sealUnusable` when it cannot be read or holds something else.
    public init(file path: String) throws(InventoryError) {
        guard let content = FileManager.default.contents(atPath: path) else {
            throw .sealUnusable(place: path, reason: "the file may not be read")
        }
        try self.init(text: String(decoding: content, as: UTF8.self), place: path)
    }

    /// The keys of a text; `place` says in messages where it stands.
    public init(text: String, place: String) throws(InventoryError) {
        var keys: [KeySeal] = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            keys.append(try KeySeal(base64: String(word), place: place))
        }
        guard let first = keys.first else { throw .sealUnusable(place: place, reason: "it is empty") }
        self.init(first, earlier: Array(keys.dropFirst()))
    }

    /// What a key file holds: a key a line. Write it nowhere but into a file that only its owner may read.
    public var fileContent: String { all.map { $0.base64 + "\n" }.joined() }

    /// The key with which a store is to be opened that remembers `fingerprint`; the current one when none fits.
    func seal(for fingerprint: String?) -> KeySeal {
        all.first { $0.fingerprint == fingerprint } ?? current
    }
}

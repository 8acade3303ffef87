/// What a document that was written earlier says about a key, so that the key is found again.
///
/// A key's id is made of what is known about the key. As more becomes known the id can become another one, and a key that two
/// files told of as two can turn out to be one.
public struct KeyReference: Sendable, Hashable {
    /// The id under which the document names the key.
    public var id: String
    /// The last five characters.
    public var partialKey: PartialProductKey?
    /// The extended PID as written.
    public var extendedPID: String?

    /// Makes a reference. Without `partialKey` the last five characters are taken from the id, which begins with them.
    public init(id: String, partialKey: PartialProductKey? = nil, extendedPID: String? = nil) {
        self.id = id
        self.partialKey = partialKey ?? id.firstIndex(of: "-").flatMap { PartialProductKey(id[..<$0]) }
        self.extendedPID = extendedPID
    }
}

/// Finds the keys that earlier documents speak of.
///
///     let register = KeyRegister(fleet.keys.map { KeyReference($0) })
///     let id = register.id(of: KeyReference(id: "abcde-e3b0c442", partialKey: partial, extendedPID: nil))
///
/// A key is found by its id, else by range and serial number of its extended PID, else by its last five characters. What
/// contradicts the reference is never taken, and of several keys that fit none is: a wrong key would be worse than none.
public struct KeyRegister: Sendable {
    private let keys: [KeyReference]
    private var byID: [String: Int] = [:]
    private var byPID: [String: [Int]] = [:]
    private var byPartial: [PartialProductKey: [Int]] = [:]

    /// Makes a register of the keys that there are now. One that is named several times counts once.
    public init(_ keys: [KeyReference]) {
        self.keys = keys
        for (position, key) in keys.enumerated() where byID[key.id] == nil {
            byID[key.id] = position
            if let pid = ExtendedPID.keyName(key.extendedPID) { byPID[pid, default: []].append(position) }
            if let partial = key.partialKey { byPartial[partial, default: []].append(position) }
        }
    }

    /// The present id of the key that is meant; nil when there is none, or when several fit.
    public func id(of reference: KeyReference) -> String? {
        func fits(_ position: Int) -> Bool { KeyRegister.agree(keys[position], reference) }
        if let position = byID[reference.id], fits(position) { return reference.id }
        if let pid = ExtendedPID.keyName(reference.extendedPID) {
            let named = byPID[pid, default: []].filter(fits)
            if !named.isEmpty { return named.count == 1 ? keys[named[0]].id : nil }
        }
        let alike = reference.partialKey.flatMap { byPartial[$0] }?.filter(fits) ?? []
        return alike.count == 1 ? keys[alike[0]].id : nil
    }

    /// The ids that are other ones now, by the earlier id.
    public func renamed(_ references: some Sequence<KeyReference>) -> [String: String] {
        var renamed: [String: String] = [:]
        for reference in references {
            if let id = id(of: reference), id != reference.id { renamed[reference.id] = id }
        }
        return renamed
    }

    private static func agree(_ left: KeyReference, _ right: KeyReference) -> Bool {
        if let first = left.partialKey, let second = right.partialKey, first != second { return false }
        if let first = ExtendedPID.keyName(left.extendedPID), let second = ExtendedPID.keyName(right.extendedPID) {
            return first == second
        }
        return true
    }
}

extension KeyReference {
    /// What the inventory says about a key.
    public init(_ key: LicenseKey) {
        self.init(id: key.id, partialKey: key.partialKey, extendedPID: key.extendedPIDText)
    }
}

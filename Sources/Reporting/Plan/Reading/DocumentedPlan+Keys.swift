import ActivationModel
import Planning

extension DocumentedPlan {
    /// What the document says about its keys, those that the plan could not use included.
    public var keyReferences: [KeyReference] {
        func reference(_ id: String, _ partialKey: String?, _ extendedPID: String?) -> KeyReference {
            KeyReference(
                id: id, partialKey: partialKey.flatMap { PartialProductKey($0) }, extendedPID: extendedPID)
        }
        return keys.map { reference($0.id, $0.partialKey, $0.extendedPid) }
            + refusedKeys.map { reference($0.id, $0.partialKey, $0.extendedPid) }
    }

    /// Gives the keys the ids that an inventory, or another plan, has for them; keys that are not found keep theirs.
    ///
    /// Complexity: linear in entries and keys.
    public mutating func renameKeys(as present: [KeyReference]) {
        let renamed = KeyRegister(present).renamed(keyReferences)
        guard !renamed.isEmpty else { return }
        for position in keys.indices { keys[position].id = renamed[keys[position].id] ?? keys[position].id }
        for position in refusedKeys.indices {
            refusedKeys[position].id = renamed[refusedKeys[position].id] ?? refusedKeys[position].id
        }
        var numbers: [TextID: TextID] = [:]
        for (earlier, id) in renamed {
            if let number = texts.id(of: earlier) { numbers[number] = texts.intern(id) }
        }
        for position in entries.indices {
            if let number = numbers[entries[position].key] { entries[position].key = number }
        }
    }
}

import ActivationModel

extension InventoryStore {
    /// The KMS client set-up keys that imported VAMT files list, in the order of their identity.
    ///
    /// They hold all their characters when the store is opened with the key that sealed it, else the last five.
    public func clientSetupKeys() throws -> [ClientSetupKeyRecord] {
        do {
            return try clientSetupKeys(revealKeys: true)
        } catch InventoryError.sealMissing, InventoryError.sealMismatch {
            return try clientSetupKeys(revealKeys: false)
        }
    }

    private func clientSetupKeys(revealKeys: Bool) throws -> [ClientSetupKeyRecord] {
        var keys: [ClientSetupKeyRecord] = []
        try exportRecords([.clientSetupKey], revealKeys: revealKeys) { records in
            for located in records {
                if case .clientSetupKey(let key) = located.record { keys.append(key) }
            }
        }
        return keys
    }
}

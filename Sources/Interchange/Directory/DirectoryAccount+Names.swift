import ActivationModel

extension DirectoryAccount {
    /// Whether nothing names the account.
    var isNameless: Bool { record.dnsHostName == nil && record.samAccountName == nil && record.name == nil }

    /// Whether the values so far say that the account is deleted.
    var isDeleted: Bool { record.deleted == true || distinguishedName?.isDeleted == true }

    /// Whether `HostName` takes the text. A question mark stands for a character that the exporter's code page does not
    /// have, so the name is not known.
    static func isHostName(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= 255, bytes.count > 1 || bytes[0] != UInt8(ascii: ".") else { return false }
        return bytes.isVisible(without: UInt8(ascii: "?"))
    }
}

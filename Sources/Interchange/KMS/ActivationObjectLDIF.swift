import ActivationModel

/// How activation objects of Active Directory stand in LDIF.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/c-msspp-activationobject
enum ActivationObjectLDIF {
    /// The attributes that are read; the raw values are the positions in `attributes`.
    enum Attribute: Int, CaseIterable {
        case objectClass, name, displayName, partialKey, extendedPID, activationID, kmsIDs, installationID
        case confirmationID, created
    }

    static let attributes = LDIFAttributes(Attribute.allCases.map(name))

    private static func name(_ attribute: Attribute) -> String {
        switch attribute {
        case .objectClass: "objectClass"
        case .name: "cn"
        case .displayName: "displayName"
        case .partialKey: "msSPP-CSVLKPartialProductKey"
        case .extendedPID: "msSPP-CSVLKPid"
        case .activationID: "msSPP-CSVLKSkuId"
        case .kmsIDs: "msSPP-KMSIds"
        case .installationID: "msSPP-InstallationId"
        case .confirmationID: "msSPP-ConfirmationId"
        case .created: "whenCreated"
        }
    }

    /// Whether a text begins like LDIF: with `dn:` on a line, behind comments and `version:` at most.
    static func begins(_ text: [UInt8]) -> Bool {
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let start = String(decoding: line.drop { $0 <= 0x20 }.prefix(8), as: UTF8.self).lowercased()
            if start.hasPrefix("dn:") { return true }
            guard start.hasPrefix("#") && !start.hasPrefix("#type") || start == "version:" else { return false }
        }
        return false
    }

    /// Whether the first entry of a text in LDIF is an activation object.
    static func isFirst(in text: [UInt8]) -> Bool {
        guard begins(text) else { return false }
        var isInEntry = false
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let word = String(decoding: line.prefix(80), as: UTF8.self).lowercased()
            if word.hasPrefix("dn:") { isInEntry = true }
            if isInEntry, word.allSatisfy(\.isWhitespace) { return false }
            if word.hasPrefix("objectclass:"), word.contains("msspp-activationobject") { return true }
        }
        return false
    }
}

/// Makes a record of each activation object that ldifde or ldapsearch listed.
struct ActivationObjectSink: LDIFSink {
    typealias Attribute = ActivationObjectLDIF.Attribute

    mutating func entry(_ entry: LDIFEntry, into output: inout RecordOutput) throws {
        func texts(_ attribute: Attribute) -> [String] {
            entry.values(of: attribute.rawValue).map {
                String(String(decoding: $0, as: UTF8.self).trimmingBlanks())
            }
        }
        func text(_ attribute: Attribute) -> String? { texts(attribute).first.flatMap { $0.isEmpty ? nil : $0 } }
        guard entry.changeType == .add else {
            output.skip(
                "activationobject.change", line: entry.line,
                "The entry changes an object instead of describing it.",
                remedy: "Export with ldifde, which describes every object whole.")
            return
        }
        var record = ActivationObjectRecord()
        record.distinguishedName = remarkText(String(decoding: entry.name, as: UTF8.self))
        record.name = (text(.displayName) ?? text(.name)).flatMap { remarkText($0) }
        record.extendedPID = text(.extendedPID)
        record.partialKey = text(.partialKey).flatMap { PartialProductKey($0) }
        guard record.partialKey != nil || record.extendedPID != nil else {
            output.skip(
                "activationobject.none", line: entry.line,
                "The entry has neither msSPP-CSVLKPartialProductKey nor msSPP-CSVLKPid: it is no activation object.",
                remedy: "Nothing is lost; a container stands in front of its objects.")
            return
        }
        record.activationID = identifiers(.activationID, of: entry).first
        record.kmsIDs = identifiers(.kmsIDs, of: entry).sorted()
        let ids = (text(.installationID), text(.confirmationID))
        record.hasInstallationID = ids.0.map { output.holds(installationID: $0, line: entry.line) } ?? false
        record.hasConfirmationID = ids.1.map { output.holds(confirmationID: $0, line: entry.line) } ?? false
        if let created = text(.created), case .instant(let instant) = DateCell(Array(created.utf8).span) {
            record.created = instant
        }
        try output.emit(.activationObject(record), line: entry.line)
    }

    /// Identifiers, as 16 octets or as text.
    private func identifiers(_ attribute: Attribute, of entry: LDIFEntry) -> [GUID] {
        entry.values(of: attribute.rawValue).compactMap { bytes in
            bytes.count == 16
                ? DirectoryGUID.read(octets: bytes) : DirectoryGUID.read(String(decoding: bytes, as: UTF8.self))
        }
    }
}

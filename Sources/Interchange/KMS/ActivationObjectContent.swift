import ActivationModel

/// The columns of a list of activation objects: LDAP names, and what `Get-ADObject` calls them.
enum ActivationObjectColumn: Int, TableColumn {
    case distinguishedName, name, displayName, partialKey, extendedPID, activationID, kmsIDs, installationID
    case confirmationID, created

    var name: String {
        switch self {
        case .distinguishedName: "distinguishedName"
        case .name: "name"
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

    var synonyms: [String] {
        switch self {
        case .distinguishedName: ["DN"]
        case .name: ["cn"]
        case .created: ["created", "createTimeStamp"]
        default: []
        }
    }

    static func isKind(_ columns: Set<ActivationObjectColumn>) -> Bool {
        !columns.isDisjoint(with: [.distinguishedName, .name])
            && !columns.isDisjoint(with: [.partialKey, .extendedPID])
    }
}

/// Activation objects of Active Directory as csvde or `Get-ADObject … | Export-Csv` lists them.
///
/// Sources: https://learn.microsoft.com/windows/win32/adschema/c-msspp-activationobject,
/// https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-r2-and-2008/cc771621(v=ws.11)
struct ActivationObjectContent: TableContent {
    static let title = "A list of activation objects"
    static let dates: [[ActivationObjectColumn]] = [[.created]]

    init(options: ReadOptions) {}

    mutating func read(_ row: TableRow<ActivationObjectColumn>, into output: inout RecordOutput) throws {
        var record = ActivationObjectRecord()
        record.distinguishedName = row.text(.distinguishedName).flatMap { remarkText($0) }
        record.name = (row.text(.displayName) ?? row.text(.name)).flatMap { remarkText($0) }
        record.extendedPID = row.text(.extendedPID)
        record.partialKey = row.text(.partialKey).flatMap { PartialProductKey($0) }
        guard record.partialKey != nil || record.extendedPID != nil else {
            output.skip(
                "activationobject.none", line: row.line,
                "The row has neither msSPP-CSVLKPartialProductKey nor msSPP-CSVLKPid: it is no activation object.",
                remedy: "Export with -Properties *, or name these attributes, if it should be one.")
            return
        }
        record.activationID = row.text(.activationID).flatMap { DirectoryGUID.read($0) }
        record.kmsIDs = (row.text(.kmsIDs) ?? "").split { $0 == ";" || $0 == "|" || $0.isWhitespace }
            .compactMap { DirectoryGUID.read(String($0)) }.sorted()
        record.hasInstallationID = row.columns[.installationID].map { _ in
            row.text(.installationID).map { output.holds(installationID: $0, line: row.line) } ?? false
        }
        record.hasConfirmationID = row.columns[.confirmationID].map { _ in
            row.text(.confirmationID).map { output.holds(confirmationID: $0, line: row.line) } ?? false
        }
        record.created = row.date([.created], into: &output)
        try output.emit(.activationObject(record), line: row.line)
    }
}

/// An identifier as directory exports write it: as text, or its 16 bytes in hexadecimal digits (`X'…'`) in the order in which
/// Windows stores them.
///
/// That csvde writes binary values as `X'…'`, and `msSPP-KMSIds` in that order of bytes, is a deduction.
enum DirectoryGUID {
    static func read(_ text: String) -> GUID? {
        guard text.count == 35, text.uppercased().hasPrefix("X'"), text.hasSuffix("'") else { return GUID(text) }
        return GUID(text.dropFirst(2).dropLast()).map(swapped)
    }

    /// Reads 16 octets.
    static func read(octets: ArraySlice<UInt8>) -> GUID? {
        guard octets.count == 16 else { return nil }
        func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        return swapped(GUID(high: number(octets.prefix(8)), low: number(octets.suffix(8))))
    }

    /// The first three parts lie with their low byte first.
    private static func swapped(_ raw: GUID) -> GUID {
        let first = UInt32(truncatingIfNeeded: raw.high >> 32).byteSwapped
        let second = UInt16(truncatingIfNeeded: raw.high >> 16).byteSwapped
        let third = UInt16(truncatingIfNeeded: raw.high).byteSwapped
        return GUID(high: UInt64(first) << 32 | UInt64(second) << 16 | UInt64(third), low: raw.low)
    }
}

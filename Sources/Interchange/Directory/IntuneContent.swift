import ActivationModel

/// The columns of a device list of Intune that are of use, as the portal, the reports of the export API and Graph name
/// them.
///
/// Sources: https://learn.microsoft.com/mem/intune/fundamentals/reports-export-graph-available-reports,
/// https://learn.microsoft.com/graph/api/resources/intune-devices-manageddevice
enum IntuneColumn: Int, TableColumn {
    case deviceName, entraDeviceID, joinType, system, version, skuFamily, lastCheckIn
    case deviceID, compliance, managedBy, ownership

    var name: String {
        switch self {
        case .deviceName: "DeviceName"
        case .entraDeviceID: "AzureADDeviceId"
        case .joinType: "JoinType"
        case .system: "OS"
        case .version: "OSVersion"
        case .skuFamily: "SkuFamily"
        case .lastCheckIn: "LastCheckIn"
        case .deviceID: "DeviceId"
        case .compliance: "ComplianceState"
        case .managedBy: "ManagementAgent"
        case .ownership: "OwnerType"
        }
    }

    var synonyms: [String] {
        switch self {
        case .deviceName: ["managedDeviceName"]
        case .entraDeviceID:
            [
                "aadDeviceID", "microsoftEntraDeviceID", "entraDeviceID", "entraIDDeviceID", "referenceID",
            ]
        case .joinType: ["deviceJoinType", "trustType"]
        case .system: ["operatingSystem", "platform"]
        case .version: ["operatingSystemVersion"]
        case .skuFamily: ["sku"]
        case .lastCheckIn: ["lastContact", "lastSyncDateTime", "lastCheckInTime"]
        case .deviceID: ["intuneDeviceID"]
        case .compliance: ["compliance", "compliant"]
        case .managedBy: ["managedBy"]
        case .ownership: ["ownership", "managedDeviceOwnerType"]
        }
    }

    var isRequired: Bool { self == .deviceName }

    static func isKind(_ columns: Set<IntuneColumn>) -> Bool {
        columns.contains(.deviceName) && columns.count > 2
            && !columns.isDisjoint(with: [
                .entraDeviceID, .lastCheckIn, .skuFamily, .compliance, .managedBy, .ownership,
            ])
    }
}

/// Devices of Intune. Devices that do not run Windows are skipped.
///
/// Intune calls every Windows system “Windows”; which one it is, is told by version and SKU family.
struct IntuneContent: TableContent {
    static let title = "A device list of Intune"
    static let dates: [[IntuneColumn]] = [[.lastCheckIn]]

    private var list = DirectoryList(.intune)
    private var lacksSKU = false

    init(options: ReadOptions) {}

    mutating func begin(_ columns: ColumnSet<IntuneColumn>, line: Int, into output: inout RecordOutput) throws {
        let missing = [IntuneColumn.version, .skuFamily].filter { columns[$0] == nil }.map(\.name)
        guard !missing.isEmpty else { return }
        lacksSKU = true
        output.diagnostics.report(
            .warning, "directory.os.missing", line: line,
            "The list has no column \(missing.joined(separator: " and no column ")); without it the edition of Windows on "
                + "these devices is not known.",
            remedy: list.export.command)
    }

    mutating func read(_ row: TableRow<IntuneColumn>, into output: inout RecordOutput) throws {
        if let system = row.text(.system), !system.lowercased().hasPrefix("windows") {
            output.skip(
                "directory.device.foreign", line: row.line, "The device runs \(cellForMessages(system)), not Windows.")
            return
        }
        if let system = IntuneContent.deviceSystem(row) {
            output.skip(
                "directory.device.foreign", line: row.line,
                "The device runs \(cellForMessages(system)), which is no Windows of computers.")
            return
        }
        var account = DirectoryAccount(line: row.line)
        account.add(.objectClass, Array("computer".utf8).span, list: &list, into: &output)
        if let name = row.bytes(.deviceName) {
            account.add(.accountName, name.span, list: &list, into: &output)
        }
        if let identifier = row.bytes(.entraDeviceID), let guid = GUID(bytes: identifier.span),
            EntraDevice.isObjectGUID(guid, joinType: row.text(.joinType))
        {
            account.add(.objectGUID, identifier.span, list: &list, into: &output)
        }
        if let version = row.bytes(.version) {
            account.add(.operatingSystemVersion, version.span, list: &list, into: &output)
        }
        let system = EntraDevice.systemName(version: row.text(.version), skuFamily: row.text(.skuFamily))
        if let system { account.add(.operatingSystem, Array(system.utf8).span, list: &list, into: &output) }
        account.add(.lastLogonTimestamp, time: row.date([.lastCheckIn], into: &output))
        try list.take(&account, into: &output)
    }

    /// The Windows of phones, headsets and wall screens, by the name of the system or the SKU family; nil for computers.
    private static func deviceSystem(_ row: TableRow<IntuneColumn>) -> String? {
        for column in [IntuneColumn.system, .skuFamily] {
            guard let text = row.text(column) else { continue }
            let lower = text.lowercased()
            if ["phone", "mobile", "holographic"].contains(where: lower.contains) { return text }
        }
        return nil
    }

    mutating func finish(rows: Int, into output: inout RecordOutput) {
        list.finish(rows: rows, saysColumnsMissing: lacksSKU, into: &output)
    }
}

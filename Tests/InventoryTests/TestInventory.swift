import ActivationModel
import Foundation
import Inventory

/// Numbers that look random and are the same in every run (SplitMix64).
struct FixedGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// A file as tests import it: a name, a format and records, one per line.
struct TestFile {
    var name: String
    var format = "cilx"
    /// When the import was started, in seconds since 1970.
    var at: Int64 = 0
    var records: [InventoryRecord]
}

extension InventoryStore {
    /// Imports a file whose records stand on lines 1, 2, 3 …
    @discardableResult
    func take(_ file: TestFile, dryRun: Bool = false) throws -> ImportOutcome {
        let imported = ImportedFile(name: file.name, format: file.format, at: Timestamp(seconds: file.at))
        return try importFile(imported, dryRun: dryRun) { receive in
            var line = 0
            for start in stride(from: 0, to: file.records.count, by: 7) {
                let batch = file.records[start..<min(start + 7, file.records.count)].map { record in
                    line += 1
                    return LocatedRecord(line: line, record: record)
                }
                try receive(batch)
            }
        }
    }

    /// Imports records as one file.
    @discardableResult
    func take(_ records: InventoryRecord..., format: String = "cilx", name: String = "test") throws -> ImportOutcome {
        try take(TestFile(name: name, format: format, records: records))
    }
}

/// A fleet of some files in that order.
func fleet(_ files: [TestFile], seal: KeySeal? = nil) throws -> Fleet {
    let store = try InventoryStore.inMemory(seal: seal)
    for file in files { try store.take(file) }
    return try store.fleet()
}

/// All that a fleet says, as lines of text with every number of a text resolved.
func rendering(_ fleet: Fleet) -> [String] {
    func text(_ id: TextID) -> String { id == .withheld ? "withheld" : fleet[id] ?? "-" }
    func place(_ place: Place) -> String { fleet.reference(place).map { "\($0.file):\($0.line)" } ?? "-" }
    var lines = fleet.sources.map { "source \($0)" }
    for computer in fleet.computers {
        lines.append(
            [
                "computer", text(computer.name), text(computer.fqdn), text(computer.network),
                "\(computer.vamtID?.description ?? "-")", text(computer.vamtOSEdition), text(computer.vamtOSVersion),
                "\(computer.isKMSHost)", place(computer.vamtPlace), "\(computer.objectGUID?.description ?? "-")",
                text(computer.operatingSystem), text(computer.operatingSystemVersion),
                text(computer.operatingSystemServicePack), text(computer.organizationalUnit), text(computer.location),
                "\(computer.enabled) \(computer.deleted) \(computer.superseded)",
                "\(computer.lastSeen?.description ?? "-")", "\(computer.accountControl)",
                place(computer.directoryPlace), text(computer.hosting), text(computer.route),
                "\(computer.endpoints)", place(computer.tagPlace),
            ].joined(separator: "|"))
        for product in fleet.products(of: computer) {
            lines.append(
                [
                    "  product", "\(product.applicationID?.description ?? "-")", "\(product.sku?.description ?? "-")",
                    text(product.name), text(product.description), text(product.family), text(product.version),
                    text(product.partialKey), text(product.extendedPID), text(product.installationID),
                    text(product.confirmationID), text(product.statusText),
                    "\(product.statusUpdated?.description ?? "-")", "\(product.lastErrorCode.map(String.init) ?? "-")",
                    place(product.place), "\(product.status?.token ?? "-")", "\(product.keyType?.name ?? "-")",
                ].joined(separator: "|"))
        }
        for update in fleet.updates(of: computer) {
            lines.append("  KB\(update.kb) \(update.installedOn?.description ?? "-") \(place(update.place))")
        }
        for group in fleet.groups(of: computer) { lines.append("  group \(text(group))") }
        for tag in fleet.tags(of: computer) { lines.append("  tag \(text(tag))") }
    }
    for (position, group) in fleet.nesting.groups.enumerated() {
        let parents = fleet.nesting.parents(of: position).map { text(fleet.nesting.groups[Int($0)].name) }
        lines.append(
            "group \(text(group.name)) in \(parents) has \(group.members), unknown \(group.unknownMembers), "
                + "partial \(group.isPartial), \(place(group.place))")
    }
    lines += fleet.keys.map { "key \($0)" }
    lines += fleet.purchases.map { "purchase \($0)" }
    lines += fleet.findings.map { "finding \($0)" }
    return lines
}

/// A product of the application Windows.
func product(
    _ name: String?, sku: UInt64 = 1, at time: Int64? = nil, vamtID: GUID? = nil,
    _ fields: [ProductField: FieldValue] = [:]
) -> InventoryRecord {
    var record = ProductRecord(computer: ComputerIdentity(vamtID: vamtID, name: name))
    record[.applicationID] = .guid(.windowsApplication)
    record[.sku] = .guid(GUID(high: 7, low: sku))
    if let time { record[.licenseStatusLastUpdated] = .timestamp(Timestamp(seconds: time)) }
    for (field, value) in fields { record[field] = value }
    return .product(record)
}

/// A computer of VAMT.
func client(
    _ name: String?, vamtID: GUID? = nil, network: String? = nil, type: NetworkType? = nil, edition: String? = nil,
    version: String? = nil, macs: [UInt64] = []
) -> InventoryRecord {
    .client(
        ClientRecord(
            computer: ComputerIdentity(vamtID: vamtID, name: name, network: network, networkType: type),
            osEdition: edition, osVersion: version, macAddresses: macs.map { MACAddress(value: $0) }))
}

/// An account of the directory.
func account(_ change: (inout DirectoryRecord) -> Void) -> InventoryRecord {
    var record = DirectoryRecord()
    change(&record)
    return .account(record)
}

/// A group with the distinguished names of its members.
func group(
    _ name: String, members: [String]? = nil, memberOf: [String]? = nil, changed: Int64? = nil,
    extent: GroupRecord.Extent = .whole, guid: UInt64? = nil
) -> InventoryRecord {
    var record = GroupRecord(distinguishedName: name)
    record.objectGUID = guid.map { GUID(high: 4, low: $0) }
    record.members = members.map { $0.compactMap { DirectoryObjectKey($0) } }
    record.memberOf = memberOf
    record.changed = changed.map { Timestamp(seconds: $0) }
    record.extent = extent
    return .group(record)
}

/// A group with the SIDs of its members.
func group(
    _ name: String, sid: String?, memberSIDs: [String], changed: Int64? = nil, guid: UInt64? = nil
) -> InventoryRecord {
    var record = GroupRecord(distinguishedName: name)
    record.objectGUID = guid.map { GUID(high: 4, low: $0) }
    record.sid = sid
    record.memberSIDs = memberSIDs.compactMap { DirectoryObjectKey(sid: $0) }
    record.changed = changed.map { Timestamp(seconds: $0) }
    return .group(record)
}

/// A key.
func key(_ change: (inout KeyRecord) -> Void) -> InventoryRecord {
    var record = KeyRecord()
    change(&record)
    return .key(record)
}

/// A seal that is the same in every run; `number` tells seals apart.
func testSeal(_ number: UInt8 = 1) throws -> KeySeal {
    struct NoSeal: Error {}
    guard let seal = KeySeal(bytes: Array(repeating: number, count: 32)) else { throw NoSeal() }
    return seal
}

/// Runs `body` with a folder that is removed afterwards.
func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inventory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

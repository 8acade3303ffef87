import ActivationModel
import ESUPrograms
import Planning

/// A machine as tests describe it.
struct Machine: Sendable {
    var name = "pc-0001.corp.example.com"
    var system: String? = "Windows 7 Professional"
    var version: String? = "6.1 (7601)"
    var servicePack: String?
    var isListed = true
    var enabled: Bool? = true
    var deleted: Bool?
    var superseded = false
    var lastLogon: Day? = Day("2021-01-20")
    var unit: String? = "OU=Clients,DC=corp,DC=example,DC=com"
    var vamtEdition: String?
    var vamtVersion: String?
    var hosting: String?
    var route: String?
    var tags: [String] = []
    /// Nil: no list of updates.
    var updates: [Int]? = [4_474_419, 4_490_628, 4_538_483]
    var base: Row? = .base
    var rows: [Row] = []

    /// A product row.
    struct Row: Sendable {
        var sku: String
        var name: String
        var family: String?
        var status: LicenseStatus?
        var keyType: KeyType?
        var partialKey: String?
        var installationID: String?
        var confirmationID: String?
        var lastError: Int64?
        var updated: Day?

        static let base = Row(
            sku: "b92e9980-b9d5-4821-9c94-140f632f6312", name: "Windows(R) 7, Professional edition",
            family: "Professional", status: .licensed, keyType: .gvlk, partialKey: "HVTHH")
        static func year(_ id: String, _ status: LicenseStatus, _ partialKey: String? = nil) -> Row {
            Row(
                sku: id, name: "Windows(R) 7, Client-ESU-Year2 add-on for Enterprise,Professional", family: nil,
                status: status, keyType: .mak, partialKey: partialKey)
        }
    }

    /// A copy with one thing changed.
    func with(_ change: (inout Machine) -> Void) -> Machine {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Key and activation ids that tests use.
enum Known {
    /// Read once; it is the same for all tests.
    static let catalog = Result { try ProgramCatalog.bundled() }
    static let year1 = "77db037b-95c3-48d7-a3ab-a9c6d41093e0"
    static let year2 = "0e00c25d-8795-4fb7-9572-3803d91b6880"
    static let year2PID = "55041-00178-940-000001-03-1033-7601.0000-0302021"
    static let year1PID = "55041-00172-365-000123-03-1033-7601.0000-0302021"
    static let ordinaryPID = "55041-00178-100-000001-03-1033-7601.0000-0302021"
    static let foreignPID = "55041-09999-100-000001-03-1033-7601.0000-0302021"
    static func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

    /// A key of Windows 7 year 2 that its range proves.
    static func key(_ id: String, remaining: Int?, pid: String? = year2PID, partial: String = "ABCDE") -> LicenseKey {
        var key = LicenseKey(id: id)
        key.partialKey = PartialProductKey(partial)
        key.extendedPIDText = pid
        key.extendedPID = pid.flatMap { ExtendedPID($0) }
        key.keyType = .mak
        key.readings = [
            Reading(remaining: remaining, readAt: Timestamp(day("2021-01-30")), source: nil)
        ]
        key.source = SourceReference(file: "site.cilx", line: 40)
        return key
    }

    static func purchase(_ year: Int, _ quantity: Int, line: Int = 2, program: String = "windows-7") -> Purchase {
        Purchase(
            record: PurchaseRecord(program: program, year: year, quantity: quantity),
            source: SourceReference(file: "purchases.csv", line: line))
    }
}

/// Builds fleets: orders computers by name, products by SKU, updates by number, as the fleet promises.
func makeFleet(_ machines: [Machine], keys: [LicenseKey] = [], purchases: [Purchase] = []) -> Fleet {
    var fleet = Fleet()
    fleet.sources = ["ad.csv", "site.cilx", "updates.csv", "tags.csv"]
    for (index, machine) in machines.sorted(by: { $0.name < $1.name }).enumerated() {
        var computer = Computer()
        let line = Int32(index + 2)
        computer.name = fleet.texts.intern(machine.name)
        computer.fqdn = computer.name
        if machine.isListed {
            computer.directoryPlace = Place(source: 0, line: line)
            computer.operatingSystem = fleet.texts.intern(machine.system)
            computer.operatingSystemVersion = fleet.texts.intern(machine.version)
            computer.operatingSystemServicePack = fleet.texts.intern(machine.servicePack)
            computer.organizationalUnit = fleet.texts.intern(machine.unit)
            computer.enabled = Tristate(machine.enabled)
            computer.deleted = Tristate(machine.deleted)
            computer.superseded = machine.superseded
            computer.lastLogon = machine.lastLogon.map { Timestamp($0) }
        }
        computer.vamtOSEdition = fleet.texts.intern(machine.vamtEdition)
        computer.vamtOSVersion = fleet.texts.intern(machine.vamtVersion)
        computer.hosting = fleet.texts.intern(machine.hosting)
        computer.route = fleet.texts.intern(machine.route)
        if machine.hosting != nil || !machine.tags.isEmpty { computer.tagPlace = Place(source: 3, line: line) }
        let rows = ((machine.base.map { [$0] } ?? []) + machine.rows).sorted { $0.sku < $1.sku }
        computer.products = Run(start: fleet.products.count, count: rows.count)
        for row in rows {
            var product = Product()
            product.applicationID = .windowsApplication
            product.sku = GUID(row.sku)
            product.name = fleet.texts.intern(row.name)
            product.family = fleet.texts.intern(row.family)
            product.partialKey = fleet.texts.intern(row.partialKey)
            product.installationID = fleet.texts.intern(row.installationID)
            product.confirmationID = fleet.texts.intern(row.confirmationID)
            product.status = row.status
            product.lastErrorCode = row.lastError
            product.keyType = row.keyType
            product.statusUpdated = row.updated.map { Timestamp($0) }
            product.place = Place(source: 1, line: line * 10)
            fleet.products.append(product)
        }
        let updates = (machine.updates ?? []).sorted()
        computer.updates = Run(start: fleet.updates.count, count: updates.count)
        for kb in updates {
            fleet.updates.append(
                InstalledUpdate(kb: Int32(kb), installedOn: nil, place: Place(source: 2, line: line)))
        }
        computer.tags = Run(start: fleet.tags.count, count: machine.tags.count)
        for tag in machine.tags { fleet.tags.append(fleet.texts.intern(tag)) }
        fleet.computers.append(computer)
    }
    fleet.keys = keys.sorted { $0.id < $1.id }
    fleet.purchases = purchases
    return fleet
}

/// A policy for Windows 7 year 2.
func makePolicy(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
    var policy = Policy()
    policy.targets = [TargetChoice(program: "windows-7", year: 2)]
    change(&policy)
    return policy
}

func makePlanner(_ policy: Policy = makePolicy(), asOf: String = "2021-02-01") throws -> Planner {
    Planner(catalog: try Known.catalog.get(), policy: policy, asOf: Known.day(asOf))
}

/// A plan as lines of text, independent of numbers inside it.
func lines(of plan: ActivationPlan) -> [String] {
    plan.entries.map { entry in
        let steps = plan.procedure(of: entry).map { "\($0.steps)" } ?? "-"
        return
            "\(plan.name(of: entry)) \(plan.target(of: entry).target) \(entry.decision) \(plan.key(of: entry)?.key.id ?? "-") "
            + "\(plan.missing(of: entry)) \(entry.tier ?? 0) \(plan.wave(of: entry)?.name ?? "-") \(plan.reasons(of: entry)) \(steps)"
    }
}

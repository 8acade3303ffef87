import ActivationModel

/// The computers of an inventory, or some of them. Schema `actkit.computers/1`.
public struct ComputersReport: Report {
    private let fleet: Fleet
    private let positions: [Int]

    /// Makes a list of the computers at `positions` in `fleet.computers`, in that order; all of them when nil.
    public init(_ fleet: Fleet, positions: [Int]? = nil) {
        self.fleet = fleet
        self.positions = positions ?? Array(fleet.computers.indices)
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let table = TextTable(columns: [
            .init("Computer", maximumWidth: 48), .init("Operating system", maximumWidth: 40), .init("Version"),
            .init("Account"), .init("Last seen"), .init("Hosting"), .init("Products", .right),
            .init("Container", maximumWidth: 48),
        ])
        let rows = positions.lazy.map { position -> [String] in
            let computer = fleet.computers[position]
            return [
                fleet[computer.name] ?? "unknown",
                fleet[computer.operatingSystem] ?? fleet[computer.vamtOSEdition] ?? "unknown",
                fleet[computer.operatingSystemVersion] ?? fleet[computer.vamtOSVersion] ?? "unknown",
                computer.account, computer.lastSeen.map { $0.day.description } ?? "unknown",
                fleet[computer.hosting] ?? "", String(computer.products.count),
                fleet[computer.organizationalUnit] ?? "",
            ]
        }
        try table.render(rows: rows, into: &output)
        try output.line()
        try output.line(
            positions.count == fleet.computers.count
                ? Wording.count(positions.count, "computer")
                : "\(Wording.number(positions.count)) of \(Wording.count(fleet.computers.count, "computer"))")
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "name", "fqdn", "network", "operatingSystem", "operatingSystemVersion", "servicePack", "vamtOSEdition",
            "vamtOSVersion", "organizationalUnit", "location", "enabled", "deleted", "superseded", "lastSeen",
            "hosting", "route", "endpoints", "kmsHost", "products", "updates", "tags",
        ])
        for position in positions {
            let computer = fleet.computers[position]
            for text in [
                computer.name, computer.fqdn, computer.network, computer.operatingSystem,
                computer.operatingSystemVersion, computer.operatingSystemServicePack, computer.vamtOSEdition,
                computer.vamtOSVersion, computer.organizationalUnit, computer.location,
            ] {
                csv.cell(fleet[text])
            }
            csv.cell(computer.enabled.value)
            csv.cell(computer.deleted.value)
            csv.cell(computer.superseded)
            csv.cell(computer.lastSeen)
            csv.cell(fleet[computer.hosting])
            csv.cell(fleet[computer.route])
            csv.cell(computer.endpoints < 0 ? nil : Int(computer.endpoints))
            csv.cell(computer.isKMSHost.value)
            csv.cell(Int(computer.products.count))
            csv.cell(fleet.updates(of: computer).map { "KB\($0.kb)" }.joined(separator: ";"))
            csv.cell(fleet.tags(of: computer).compactMap { fleet[$0] }.joined(separator: ";"))
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.computers/1")
            try json.array("computers") { json in
                for position in positions { try write(fleet.computers[position], into: &json) }
            }
        }
    }

    private func write(_ computer: Computer, into json: inout JSONStreamWriter) throws {
        try json.object(.line) { json in
            try json.member("name", fleet[computer.name])
            try json.member("fqdn", fleet[computer.fqdn])
            try json.member("network", fleet[computer.network])
            try json.member("vamtId", computer.vamtID)
            try json.member("objectGuid", computer.objectGUID)
            try json.member("operatingSystem", fleet[computer.operatingSystem])
            try json.member("operatingSystemVersion", fleet[computer.operatingSystemVersion])
            try json.member("servicePack", fleet[computer.operatingSystemServicePack])
            try json.member("vamtOSEdition", fleet[computer.vamtOSEdition])
            try json.member("vamtOSVersion", fleet[computer.vamtOSVersion])
            try json.member("organizationalUnit", fleet[computer.organizationalUnit])
            try json.member("location", fleet[computer.location])
            try json.member("enabled", computer.enabled.value)
            try json.member("deleted", computer.deleted.value)
            try json.member("superseded", computer.superseded)
            try json.member("lastLogon", computer.lastLogon)
            try json.member("passwordLastSet", computer.passwordLastSet)
            try json.member("created", computer.created)
            try json.member("lastSeen", computer.lastSeen)
            try json.member("hosting", fleet[computer.hosting])
            try json.member("route", fleet[computer.route])
            try json.member("endpoints", computer.endpoints < 0 ? nil : Int(computer.endpoints))
            try json.member("kmsHost", computer.isKMSHost.value)
            try json.member("products", Int(computer.products.count))
            try json.member("updates", fleet.updates(of: computer).map { "KB\($0.kb)" })
            try json.member("groups", fleet.groups(of: computer).compactMap { fleet[$0] })
            try json.member("tags", fleet.tags(of: computer).compactMap { fleet[$0] })
            try json.object("sources") { json in
                try json.member("vamt", fleet.reference(computer.vamtPlace))
                try json.member("directory", fleet.reference(computer.directoryPlace))
                try json.member("tags", fleet.reference(computer.tagPlace))
            }
        }
    }
}

extension Computer {
    /// The state of the directory account in one word.
    fileprivate var account: String {
        if deleted == .yes { return "deleted" }
        if superseded { return "superseded" }
        return switch enabled {
        case .yes: "enabled"
        case .no: "disabled"
        case .unknown: directoryPlace == .none ? "none" : "unknown"
        }
    }
}

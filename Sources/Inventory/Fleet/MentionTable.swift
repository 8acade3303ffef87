import ActivationModel
import Foundation
import GRDB

/// Finds computers by the names that people and other tools write.
struct ComputerNames {
    /// What a name leads to.
    enum Match { case one(Int), nobody, several }

    private let pool: TextPool
    private var byName: [TextID: Int] = [:]
    private var byID: [GUID: Int] = [:]
    private let computers: [Computer]

    init(_ computers: [Computer], pool: TextPool) {
        self.computers = computers
        self.pool = pool
        byName.reserveCapacity(computers.count)
        for (position, computer) in computers.enumerated() where !computer.superseded {
            if !computer.fqdn.isNone { byName[computer.fqdn] = position }
            if let id = computer.vamtID { byID[id] = position }
        }
    }

    /// The computers with one of the wanted first labels.
    func labelled(_ wanted: Set<String>) -> [String: [Int]] {
        var found: [String: [Int]] = [:]
        guard !wanted.isEmpty else { return found }
        for (position, computer) in computers.enumerated() where !computer.superseded {
            guard let name = pool[computer.name] else { continue }
            let label = ComputerNodes.label(name)
            if wanted.contains(label) { found[label, default: []].append(position) }
        }
        return found
    }

    /// The computer with the VAMT id or the fully qualified name; nil when only the first label can tell.
    func exact(name: String?, vamtID: GUID?) -> Int? {
        if let vamtID, let position = byID[vamtID] { return position }
        return name.flatMap { pool.id(of: $0) }.flatMap { byName[$0] }
    }

    /// The one computer with that first label in that domain.
    func match(name: String, network: String?, among labelled: [Int]) -> Match {
        var wanted = Domains()
        wanted.add(network)
        wanted.add(String(ComputerNodes.suffix(name)))
        let fitting = labelled.filter { position in
            let computer = computers[position]
            // A qualified name that no computer has may still be one that is known by its single name.
            if ComputerNodes.isQualified(name), !computer.fqdn.isNone { return false }
            var domains = Domains()
            domains.add(pool[computer.network]?.lowercased())
            if !domains.isEmpty { domains.add(DistinguishedName.dnsDomain(pool[computer.organizationalUnit])) }
            if let fqdn = pool[computer.fqdn] { domains.add(String(ComputerNodes.suffix(fqdn))) }
            return wanted.fit(domains)
        }
        switch fitting.count {
        case 0: return .nobody
        case 1: return .one(fitting[0])
        default: return .several
        }
    }
}

/// Leads updates and tags to the computers that their rows name.
struct MentionTable {
    private let database: Database
    private var matches: [Int64: ComputerNames.Match] = [:]
    private var texts: [Int64: String] = [:]

    init(_ database: Database, computers: [Computer], pool: TextPool) throws {
        let names = ComputerNames(computers, pool: pool)
        struct Mention {
            var number: Int64
            var name: String
            var network: String?
        }
        self.database = database
        var open: [Mention] = []
        var wanted: Set<String> = []
        let rows = try Row.fetchCursor(database, sql: "SELECT id, name, network, vamt_id FROM mention ORDER BY id")
        while let row = try rows.next() {
            let name = row[1] as String?
            let id = (row[3] as Data?).flatMap { GUID(stored: $0) }
            let number: Int64 = row[0]
            if let position = names.exact(name: name, vamtID: id) {
                matches[number] = .one(position)
            } else if let name {
                open.append(Mention(number: number, name: name, network: row[2]))
                wanted.insert(ComputerNodes.label(name))
            } else {
                matches[number] = ComputerNames.Match.nobody
                texts[number] = id?.description
            }
        }
        let labelled = names.labelled(wanted)
        for mention in open {
            let candidates = labelled[ComputerNodes.label(mention.name), default: []]
            matches[mention.number] = names.match(name: mention.name, network: mention.network, among: candidates)
            texts[mention.number] = mention.name
        }
    }

    private struct Entry {
        var computer: Int32
        var update: InstalledUpdate
    }

    /// Adds the installed updates, ordered by article; of two days the later one is kept.
    func loadUpdates(into fleet: inout Fleet, _ places: FleetTexts, _ findings: inout FindingCounter) throws {
        var entries: [Entry] = []
        var last: Int64 = -1
        var position: Int32 = -1
        let rows = try Row.fetchCursor(
            database, sql: "SELECT id, installed_on, source, line FROM installed_update ORDER BY id")
        while let row = try rows.next() {
            let number: Int64 = row[0]
            if number >> LedgerTables.kbBits != last {
                last = number >> LedgerTables.kbBits
                position = computer(last, kind: "update", &findings)
            }
            guard position >= 0 else { continue }
            let day = (row[1] as Int64?).map { Day(ordinal: Int32(truncatingIfNeeded: $0)) }
            let update = InstalledUpdate(
                kb: Int32(truncatingIfNeeded: number & Int64(LedgerTables.largestKB)), installedOn: day,
                place: places.place(row, 2))
            entries.append(Entry(computer: position, update: update))
        }
        entries.sort { left, right in
            if left.computer != right.computer { return left.computer < right.computer }
            if left.update.kb != right.update.kb { return left.update.kb < right.update.kb }
            let (leftDay, rightDay) = (
                left.update.installedOn?.ordinal ?? .min, right.update.installedOn?.ordinal ?? .min
            )
            if leftDay != rightDay { return leftDay > rightDay }
            return Place.precedes(left.update.place, right.update.place)
        }
        for entry in entries {
            let index = Int(entry.computer)
            if fleet.computers[index].updates.count == 0 {
                fleet.computers[index].updates = Run(start: fleet.updates.count, count: 0)
            } else if fleet.updates.last?.kb == entry.update.kb {
                continue
            }
            fleet.updates.append(entry.update)
            fleet.computers[index].updates.count += 1
        }
    }

    /// What all rows of one computer state.
    private struct Statements {
        var tags: Set<String> = []
        var hosting: Set<String> = []
        var route: Set<String> = []
        var endpoints: Set<Int32> = []
        var place = Place.none

        /// Whether two rows contradict each other.
        var isContradictory: Bool { hosting.count > 1 || route.count > 1 || endpoints.count > 1 }
    }

    /// Adds tags, ordered by text, and what the tables say about hosting, endpoints and route.
    func loadTags(into fleet: inout Fleet, _ texts: FleetTexts, _ findings: inout FindingCounter) throws {
        var statements: [Int: Statements] = [:]
        var last: Int64 = -1
        var index = -1
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT mention, tag, hosting, endpoints, route, source, line FROM tag ORDER BY mention, id")
        while let row = try rows.next() {
            let mention: Int64 = row[0]
            if mention != last {
                last = mention
                index = Int(computer(mention, kind: "tag", &findings))
            }
            guard index >= 0 else { continue }
            if let tag = row[1] as String? { statements[index, default: Statements()].tags.insert(tag) }
            if let hosting = row[2] as String? { statements[index, default: Statements()].hosting.insert(hosting) }
            if let endpoints = (row[3] as Int64?).flatMap({ Int32(exactly: $0) }) {
                statements[index, default: Statements()].endpoints.insert(endpoints)
            }
            if let route = row[4] as String? { statements[index, default: Statements()].route.insert(route) }
            let place = texts.place(row, 5)
            if Place.precedes(place, statements[index, default: Statements()].place) {
                statements[index, default: Statements()].place = place
            }
        }
        for (index, stated) in statements.sorted(by: { $0.key < $1.key }) {
            let ordered = stated.tags.sorted()
            fleet.computers[index].tags = Run(start: fleet.tags.count, count: ordered.count)
            fleet.tags += ordered.map { texts.pool.intern($0) }
            fleet.computers[index].hosting = texts.pool.intern(stated.hosting.max())
            fleet.computers[index].route = texts.pool.intern(stated.route.max())
            fleet.computers[index].endpoints = stated.endpoints.max() ?? -1
            fleet.computers[index].tagPlace = stated.place
            if stated.isContradictory {
                findings.count("inventory.tag.conflict", example: texts.pool[fleet.computers[index].name])
            }
        }
    }

    /// The position of the computer that a row names; -1, and a finding, when there is not exactly one.
    private func computer(_ mention: Int64, kind: String, _ findings: inout FindingCounter) -> Int32 {
        switch matches[mention] {
        case .one(let position)?: return Int32(position)
        case .several?: findings.count("inventory.\(kind).ambiguous", example: texts[mention])
        case .nobody?, nil: findings.count("inventory.\(kind).unknown", example: texts[mention])
        }
        return -1
    }
}

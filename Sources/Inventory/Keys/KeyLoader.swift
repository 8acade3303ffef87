import ActivationModel
import Crypto
import Foundation
import GRDB

/// Loads the keys of a fleet: rows that are one key become one, with all their readings.
struct KeyLoader {
    /// A row of the `license_key` table, or several that are one key.
    struct Cluster {
        var rows: [Int64]
        var facts: Observation
        var sealed: Data?
        var place: Place
        /// The agreements under which the key stands, ordered by name.
        var agreements: [KeyAgreement] = []

        subscript(column: KeyEntity.Column) -> FieldValue { facts[column.rawValue] }
        var mark: String? { self[.lookupMark].text }
        var partialKey: String? { self[.partialKey].text }
        /// The extended PID as far as it names the key.
        var pid: String? { ExtendedPID.keyName(self[.extendedPID].text) }
        /// The age of the newest record.
        var clock: Int64 { self[.updated].timestamp?.milliseconds ?? Observation.noTime }
    }

    private let database: Database
    private let texts: FleetTexts

    init(_ database: Database, texts: FleetTexts) throws {
        self.database = database
        self.texts = texts
    }

    /// The keys, ordered by id.
    func load(_ findings: inout FindingCounter) throws -> [LicenseKey] {
        let clusters = try clustersWithReadings(&findings)
        let ids = KeyLoader.ids(of: clusters.map(\.cluster))
        return zip(clusters, ids).map { entry, id in
            key(entry.cluster, id: id, readings: entry.readings)
        }.sorted { $0.id < $1.id }
    }

    /// The keys with what is sealed beside them and their readings, oldest first.
    func clustersWithReadings(
        _ findings: inout FindingCounter
    ) throws -> [(cluster: Cluster, readings: [Reading])] {
        let readings = try readings()
        let agreements = try AgreementTable.agreements(database)
        var linker = KeyLinker(try rows())
        return linker.link(&findings).map { cluster in
            var cluster = cluster
            // A store that is older than the table has one agreement beside the other facts.
            let stored = cluster[.agreement].text.map { [KeyAgreement(name: $0)] } ?? []
            cluster.agreements = AgreementTable.joined(stored + cluster.rows.flatMap { agreements[$0, default: []] })
            return (cluster, KeyLoader.ordered(cluster.rows.flatMap { readings[$0, default: []] }))
        }
    }

    private func rows() throws -> [Cluster] {
        let reader = EntityReader(KeyEntity.layout, texts: try TextTable(database))
        let columns = EntityReader.selection(KeyEntity.layout)
        let rows = try Row.fetchCursor(
            database, sql: "SELECT \(columns), id, sealed FROM license_key ORDER BY identity")
        var clusters: [Cluster] = []
        let count = reader.count
        while let row = try rows.next() {
            clusters.append(
                Cluster(
                    rows: [row[count + 3]], facts: try reader.decode(row), sealed: row[count + 4],
                    place: texts.place(row, count + 1)))
        }
        return clusters
    }

    private func readings() throws -> [Int64: [Reading]] {
        var found: [Int64: [Reading]] = [:]
        let rows = try Row.fetchCursor(
            database, sql: "SELECT license_key, remaining, read_at, source, line FROM reading")
        while let row = try rows.next() {
            let remaining: Int64 = row[1]
            let readAt: Int64 = row[2]
            found[row[0], default: []].append(
                Reading(
                    remaining: remaining == KeyTables.unknownRemaining ? nil : Int(remaining),
                    readAt: readAt == Observation.noTime ? nil : Timestamp(milliseconds: readAt),
                    source: texts.reference(texts.place(row, 3))))
        }
        return found
    }

    private func key(_ cluster: Cluster, id: String, readings: [Reading]) -> LicenseKey {
        let record = KeyEntity.record(cluster.facts.values)
        var key = LicenseKey(id: id)
        key.partialKey = record.partialKey
        key.extendedPIDText = record.extendedPID
        key.extendedPID = record.extendedPID.flatMap { ExtendedPID($0) }
        key.keyType = record.keyType
        key.description = record.description
        key.supportedEditions = record.supportedEditions
        key.supportedSKU = record.supportedSKU
        key.remarks = record.remarks
        key.agreements = cluster.agreements
        key.statedProgram = record.program
        key.statedYear = record.year
        key.lastErrorCode = record.lastErrorCode
        key.hasFullKey = cluster.sealed != nil
        key.readings = readings
        key.source = texts.reference(cluster.place)
        return key
    }

    /// Oldest first, then by number and place; what two files say equally is said once.
    ///
    /// A reading without a time comes before all others, since nothing is known that makes it newer.
    private static func ordered(_ readings: [Reading]) -> [Reading] {
        func instant(_ reading: Reading) -> Int64 { reading.readAt?.milliseconds ?? Observation.noTime }
        let sorted = readings.sorted { left, right in
            if instant(left) != instant(right) { return instant(left) < instant(right) }
            // Of two numbers of one time the smaller counts, since the last reading of a time is the current one.
            if left.remaining != right.remaining { return (left.remaining ?? -1) > (right.remaining ?? -1) }
            guard let leftSource = left.source, let rightSource = right.source else { return left.source != nil }
            return leftSource < rightSource
        }
        var kept: [Reading] = []
        for reading in sorted {
            if let last = kept.last, last.readAt == reading.readAt, last.remaining == reading.remaining { continue }
            kept.append(reading)
        }
        return kept
    }

    /// The last five characters and eight digits that stand for the rest, so that an id says nothing secret and does
    /// not depend on the order of imports.
    ///
    /// Keys that these do not tell apart get four more digits each, which stand for what does, and only those that nothing
    /// tells apart a number: so another key of the same last five characters never takes over an id.
    static func ids(of clusters: [Cluster]) -> [String] {
        let plain = clusters.map { cluster in
            (cluster.partialKey?.lowercased() ?? "key") + "-" + digest(subject(cluster), bytes: 4)
        }
        var namesakes: [String: Int] = [:]
        for id in plain { namesakes[id, default: 0] += 1 }
        var taken: [String: Int] = [:]
        return zip(clusters, plain).map { cluster, plain in
            guard namesakes[plain, default: 0] > 1 else { return plain }
            let id = plain + "-" + digest(distinction(cluster), bytes: 2)
            let number = taken[id, default: 0] + 1
            taken[id] = number
            return number == 1 ? id : "\(id)-\(number)"
        }
    }

    /// What the digits of an id stand for.
    private static func subject(_ cluster: Cluster) -> String {
        cluster.pid ?? cluster[.description].text ?? cluster[.supportedSKU].guid?.description
            ?? cluster.agreements.last?.name ?? ""
    }

    /// What tells a key from another with the same last five characters and the same subject.
    private static func distinction(_ cluster: Cluster) -> String {
        if let mark = cluster.mark { return mark }
        let columns: [KeyEntity.Column] = [.supportedSKU, .keyType, .program, .year]
        let values = columns.map { column in
            switch cluster[column] {
            case .missing, .timestamp: ""
            case .text(let text): text
            case .number(let number): String(number)
            case .guid(let guid): guid.description
            }
        }
        return (values + [cluster.agreements.last?.name ?? ""]).joined(separator: "\t")
    }

    private static func digest(_ text: String, bytes: Int) -> String {
        SHA256.hash(data: Array(text.utf8)).prefix(bytes).hexadecimal
    }
}

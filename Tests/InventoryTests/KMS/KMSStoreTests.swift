import ActivationModel
import Foundation
import GRDB
import Testing

@testable import Inventory

@Suite("Key Management Service in the store")
struct KMSStoreTests {
    private static let day = Day("2026-11-24") ?? Day(ordinal: 0)

    private static func event(
        _ client: String = "pc1", at time: String, host: String? = "kms01", status: Int = 1, result: UInt32 = 0
    ) -> InventoryRecord {
        var record = KMSEventRecord(kind: .requestReceived, at: Timestamp(iso: time) ?? Timestamp(seconds: 0))
        record.computer = host
        record.partner = client
        record.clientMachineID = GUID(high: 1, low: UInt64(client.utf8.reduce(0) { $0 * 31 + Int($1) }))
        record.activationID = GUID(high: 2, low: 2)
        record.minimumCount = 25
        record.result = result
        record.licenseStatus = status
        return .kmsEvent(record)
    }

    @Test("requests of one client are one group with their number, first and newest; the newest tells the status")
    func groups() throws {
        let store = try InventoryStore.inMemory()
        try store.take(
            Self.event(at: "2026-11-02T07:00:00Z", status: 2), Self.event(at: "2026-11-20T07:00:00Z", status: 1),
            Self.event(at: "2026-11-09T07:00:00Z", status: 5), Self.event("pc2", at: "2026-11-09T07:00:00Z"))
        let events = try store.kmsRecords(asOf: Self.day, windowDays: 7).events
        #expect(events.count == 2)
        let group = try #require(events.first { $0.newest.partner == "pc1" })
        #expect(group.count == 3)
        #expect(group.countInWindow == 1)
        #expect(group.first.day.description == "2026-11-02")
        #expect(group.newest.at.day.description == "2026-11-20")
        #expect(group.newest.licenseStatus == 1)
        #expect(group.newest.computer == "kms01")
        #expect(group.source == SourceReference(file: "test", line: 2))
        #expect(
            group.runs.map { [$0.lowerBound.day.description, $0.upperBound.day.description] } == [
                ["2026-11-02", "2026-11-09"], ["2026-11-20", "2026-11-20"],
            ])
    }

    @Test("an event counts once however many exports hold it, and an import that brings none is unchanged")
    func repeated() throws {
        let store = try InventoryStore.inMemory()
        let first = [Self.event(at: "2026-11-02T07:00:00Z"), Self.event(at: "2026-11-03T07:00:00Z")]
        let second = [first[1], Self.event(at: "2026-11-04T07:00:00Z")]
        #expect(try store.take(TestFile(name: "a", records: first)).taken == 2)
        let outcome = try store.take(TestFile(name: "b", records: second))
        #expect(outcome.taken == 1)
        #expect(outcome.unchanged == 1)
        #expect(try store.take(TestFile(name: "a", records: first)).unchanged == 2)
        #expect(try store.kmsRecords(asOf: Self.day, windowDays: 30).events.map(\.count) == [3])
    }

    @Test("the order of files, of rows and the room for rows in memory change nothing")
    func order() throws {
        var generator = FixedGenerator(seed: 7)
        let records = (0..<300).map { number -> InventoryRecord in
            let day = Int.random(in: 1...20, using: &generator)
            let hour = Int.random(in: 0...9, using: &generator)
            return Self.event(
                "pc\(number % 7)", at: "2026-11-\(day < 10 ? "0" : "")\(day)T0\(hour):00:00Z",
                status: Int.random(in: 0...6, using: &generator), result: number % 5 == 0 ? 0xC004_F038 : 0)
        }
        func groups(_ files: [TestFile]) throws -> [KMSEventGroup] {
            let store = try InventoryStore.inMemory()
            for file in files { try store.take(file) }
            return try store.kmsRecords(asOf: Self.day, windowDays: 3).events.map {
                var group = $0
                group.source = nil
                return group
            }
        }
        let expected = try groups([TestFile(name: "a", records: records)])
        #expect(expected.reduce(0) { $0 + $1.count } > 200)
        for _ in 0..<5 {
            let shuffled = records.shuffled(using: &generator)
            let cut = Int.random(in: 1..<300, using: &generator)
            let files = [
                TestFile(name: "a", records: Array(shuffled[..<cut])),
                TestFile(name: "b", records: Array(shuffled[cut...])),
                TestFile(name: "c", records: Array(shuffled[..<cut])),
            ]
            #expect(try groups(files) == expected)
        }
        // A table that holds next to nothing in memory writes and reads its rows again and again.
        let store = try InventoryStore.inMemory()
        try store.queue.write { database in
            let texts = try TextTable(database)
            let sources = try SourceTable(database)
            let table = try KMSTables(database, texts: texts, sources: sources, limit: 100)
            let source = try sources.number(of: "a")
            for (line, record) in records.enumerated() {
                guard case .kmsEvent(let event) = record else { continue }
                _ = try table.merge(event, place: StoredPlace(source: source, line: Int64(line)))
            }
            try table.finish()
        }
        let narrow = try store.kmsRecords(asOf: Self.day, windowDays: 3).events.map {
            var group = $0
            group.source = nil
            return group
        }
        #expect(narrow == expected)
    }

    @Test("events behind the day of the report are left out, and what they tell of the moment is unknown")
    func asOf() throws {
        let store = try InventoryStore.inMemory()
        try store.take(
            Self.event(at: "2026-11-02T07:00:00Z", status: 5), Self.event(at: "2026-11-24T23:59:59Z", status: 1),
            Self.event("late", at: "2026-11-25T00:00:00Z"))
        let now = try store.kmsRecords(asOf: Self.day, windowDays: 30)
        #expect(now.events.map(\.newest.partner) == ["pc1"])
        #expect(now.events.map(\.count) == [2])
        #expect(now.events.map(\.newest.licenseStatus) == [1])
        let before = try store.kmsRecords(asOf: Day("2026-11-23") ?? Self.day, windowDays: 30)
        #expect(before.events.map(\.count) == [1])
        #expect(before.events.map(\.newest.licenseStatus) == [nil])
    }

    @Test("an event without ids and partner is kept with what belongs to its moment")
    func answer() throws {
        let store = try InventoryStore.inMemory()
        var record = KMSEventRecord(kind: .answerProcessed, at: Timestamp(seconds: 1_700_000_000))
        record.computer = "pc1"
        record.result = 0xC004_F038
        record.flags = 0x0400_0000
        record.isActivated = false
        record.currentCount = 4
        record.activationInterval = 120
        record.renewalInterval = 10_080
        try store.take(.kmsEvent(record))
        #expect(try store.kmsRecords(asOf: Self.day, windowDays: 30).events.map(\.newest) == [record])
    }

    @Test("of a host's states the newest counts, field by field")
    func hostState() throws {
        let store = try InventoryStore.inMemory()
        var old = KMSHostRecord(computer: "kms01")
        old.readAt = Timestamp(seconds: 10)
        old.currentCount = 4
        old.port = 1688
        var new = KMSHostRecord(computer: "kms01")
        new.readAt = Timestamp(seconds: 20)
        new.currentCount = 27
        new.requestsByStatus = [1, nil, 3]
        try store.take(.kmsHost(new), name: "new")
        try store.take(.kmsHost(old), name: "old")
        let hosts = try store.kmsRecords(asOf: Self.day, windowDays: 30).hosts
        #expect(hosts.map(\.record.currentCount) == [27])
        #expect(hosts.map(\.record.port) == [1688])
        #expect(hosts.map(\.record.requestsByStatus) == [[1, nil, 3]])
        #expect(hosts.map(\.source?.file) == ["new"])
    }

    @Test("what a host counts for Office stands beside what it counts for Windows, whatever is newer")
    func officeState() throws {
        let store = try InventoryStore.inMemory()
        var windows = KMSHostRecord(computer: "kms01")
        windows.readAt = Timestamp(seconds: 10)
        windows.currentCount = 27
        windows.requestsByStatus = [1]
        var office = windows
        office.isOffice = true
        office.readAt = Timestamp(seconds: 20)
        office.currentCount = 3
        #expect(try store.take(.kmsHost(windows), .kmsHost(office)).taken == 2)
        let hosts = try store.kmsRecords(asOf: Self.day, windowDays: 30).hosts
        #expect(hosts.map(\.record) == [windows, office])
        #expect(hosts.map(\.source?.line) == [1, 2])
        #expect(try store.take(.kmsHost(office), name: "again").taken == 0)
    }

    @Test("activation objects are kept by their distinguished name, and products name their applications")
    func objectsAndProducts() throws {
        let store = try InventoryStore.inMemory()
        var object = ActivationObjectRecord()
        object.distinguishedName = "CN=A,DC=contoso,DC=example"
        object.extendedPID = "03612-00206-491-000000-03-1033-17763.0000-0712019"
        object.kmsIDs = [GUID(high: 1, low: 1), GUID(high: 2, low: 2)]
        var mapping = ProductMappingRecord()
        mapping.sku = GUID(high: 2, low: 2)
        mapping.applicationID = .officeApplication
        mapping.productName = "Office 2021"
        try store.take(.activationObject(object), .productMapping(mapping))
        object.distinguishedName = "cn=a,dc=CONTOSO,dc=example"
        try store.take(.activationObject(object), name: "again")
        let records = try store.kmsRecords(asOf: Self.day, windowDays: 30)
        #expect(records.activationObjects.count == 1)
        #expect(records.activationObjects.first?.record.kmsIDs == object.kmsIDs)
        #expect(records.products[GUID(high: 2, low: 2)] == KMSProduct(name: "Office 2021", isOffice: true))
        #expect(!records.isEmpty)
    }

    @Test("a store without anything of KMS gives an empty answer")
    func empty() throws {
        #expect(try InventoryStore.inMemory().kmsRecords(asOf: Self.day, windowDays: 30).isEmpty)
    }
}

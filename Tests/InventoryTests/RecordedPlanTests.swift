import ActivationModel
import Foundation
import GRDB
import Testing

@testable import Inventory

@Suite("Plans that the store records")
struct RecordedPlanTests {
    private static func day(_ text: String) -> Day { Day(text) ?? Day(ordinal: 0) }

    private static func run(_ sha256: String = "aa", expires: String = "2021-03-03") -> PlannedRun {
        PlannedRun(
            sha256: sha256, file: "plan.json", asOf: day("2021-02-01"), expires: day(expires),
            recorded: day("2021-02-02"),
            keyCounts: [
                .init(key: "k2", remaining: nil, readAt: nil),
                .init(key: "k1", remaining: 20, readAt: Timestamp(iso: "2021-01-30T10:00:00Z")),
            ])
    }

    private static let assignments = [
        StoredAssignment(
            computer: "pc-1", program: "windows-7", year: 2, decision: "activate", key: "k1", partialKey: "ABCDE",
            tier: 3, wave: "pilot", day: day("2021-02-09")),
        StoredAssignment(computer: "pc-2", program: "windows-7", year: 2, decision: "prepare", key: "k2"),
    ]

    @Test("What is recorded is read back whole")
    func roundTrip() throws {
        let store = try InventoryStore.inMemory()
        let (run, isNew) = try store.recordPlan(Self.run(), Self.assignments)
        #expect(isNew)
        #expect(run.id == 1)
        #expect(run.assignments == 2)
        #expect(run.keyCounts.map(\.key) == ["k1", "k2"])
        #expect(try store.plannedRuns() == [run])
        #expect(try store.assignments(ofPlan: 1) == Self.assignments)
        #expect(try store.assignments(ofPlan: 2) == [])
    }

    @Test("The same document is one record, with the new day of expiry")
    func again() throws {
        let store = try InventoryStore.inMemory()
        _ = try store.recordPlan(Self.run(), Self.assignments)
        let (run, isNew) = try store.recordPlan(Self.run(expires: "2021-04-01"), Self.assignments)
        #expect(!isNew)
        #expect(run.id == 1)
        #expect(run.expires == Self.day("2021-04-01"))
        #expect(try store.assignments(ofPlan: 1).count == 2)
        let other = try store.recordPlan(Self.run("bb"), [])
        #expect(other.run.id == 2)
        #expect(try store.plannedRuns().map(\.assignments) == [2, 0])
    }

    @Test("A record is in force to the end of its last day, and not once it is released")
    func force() throws {
        let store = try InventoryStore.inMemory()
        let run = try store.recordPlan(Self.run(), Self.assignments).run
        #expect(run.isInForce(on: Self.day("2021-03-03")))
        #expect(!run.isInForce(on: Self.day("2021-03-04")))
        let released = try #require(try store.releasePlan(1, on: Self.day("2021-02-05")))
        #expect(!released.isInForce(on: Self.day("2021-02-06")))
        #expect(try store.releasePlan(1, on: Self.day("2021-02-09"))?.released == Self.day("2021-02-05"))
        #expect(try store.releasePlan(7, on: Self.day("2021-02-05")) == nil)
        #expect(try store.recordPlan(Self.run(), Self.assignments).run.released == nil)
    }

    @Test("A store of the first version gets the tables of plans and keeps what it holds")
    func migration() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plans-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path
        do {
            let queue = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(queue, upTo: "v1")
            try queue.write { try $0.execute(sql: "INSERT INTO text(value) VALUES ('kept')") }
        }
        let store = try InventoryStore(path: path, seal: nil)
        _ = try store.recordPlan(Self.run(), Self.assignments)
        #expect(try store.assignments(ofPlan: 1) == Self.assignments)
        #expect(
            try store.queue.read { try String.fetchOne($0, sql: "SELECT value FROM text WHERE id = 1") } == "kept")
    }

    @Test("A digest in pieces is the digest of the whole")
    func digest() {
        var digest = ContentDigest()
        digest.update(Array("a".utf8))
        digest.update(Array("bc".utf8))
        #expect(digest.text == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}

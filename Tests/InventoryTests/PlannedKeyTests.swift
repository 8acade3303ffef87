import ActivationModel
import GRDB
import Testing

@testable import Inventory

@Suite("Keys of recorded plans, when more becomes known about them")
struct PlannedKeyTests {
    private static let pid = "55041-00178-123-000001-03-1033-7601.0000-0302021"
    private static let otherPID = "55041-00178-123-000002-03-1033-7601.0000-0302021"

    private static func row(_ partial: String = "BCDFG", _ change: (inout KeyRecord) -> Void = { _ in }) -> TestFile {
        var record = KeyRecord()
        record.partialKey = PartialProductKey(partial)
        change(&record)
        return TestFile(name: "\(record.description ?? "") \(record.extendedPID ?? "")", records: [.key(record)])
    }

    /// Records a plan that gives an activation of each key of the store.
    private static func record(_ store: InventoryStore, references: Bool = true, remaining: [Int] = []) throws {
        let keys = try store.fleet().keys
        let day = Day(ordinal: 18_000)
        let run = PlannedRun(
            sha256: "aa", file: "plan.json", asOf: day, expires: day.adding(days: 30), recorded: day,
            keyCounts: keys.enumerated().map {
                .init(
                    key: $0.element.id, remaining: $0.offset < remaining.count ? remaining[$0.offset] : nil,
                    readAt: nil)
            })
        let assignments = keys.enumerated().map {
            StoredAssignment(
                computer: "pc-\($0.offset)", program: "windows-7", year: 2, decision: "activate", key: $0.element.id)
        }
        _ = try store.recordPlan(run, keys: references ? keys.map { KeyReference($0) } : [], assignments)
    }

    /// The ids of the recorded keys, as the counts and as the assignments tell them.
    private static func recorded(_ store: InventoryStore) throws -> (counts: [String], assignments: [String]) {
        let run = try #require(try store.plannedRuns().first)
        let assignments = try store.assignments(ofPlan: run.id, renamedKeys: run.renamedKeys)
        return (run.keyCounts.map(\.key), assignments.map(\.key))
    }

    static let later: [TestFile] = [
        row { $0.description = "Windows 7 ESU Year 2" }, row { $0.extendedPID = pid },
        row { $0.supportedSKU = GUID(high: 1, low: 2) },
    ]

    @Test("What is held stays with the key, whatever becomes known about it", arguments: later, [true, false])
    func enriched(file: TestFile, references: Bool) throws {
        let store = try InventoryStore.inMemory()
        try store.take(Self.row())
        let before = try #require(try store.fleet().keys.first).id
        try Self.record(store, references: references)
        try store.take(file)
        let keys = try store.fleet().keys
        #expect(keys.count == 1)
        let present = try #require(keys.first).id
        #expect(present != before)
        #expect(try Self.recorded(store) == ([present], [present]))
    }

    @Test("Two keys that turn out to be one hold their activations together")
    func united() throws {
        let store = try InventoryStore.inMemory()
        try store.take(Self.row { $0.keyType = .mak })
        try store.take(
            Self.row("BCDFG") {
                $0.keyType = .gvlk; $0.description = "x"
            })
        #expect(try store.fleet().keys.count == 2)
        try Self.record(store, remaining: [7, 5])
        // A newer record corrects the type of the second row.
        try store.take(
            Self.row {
                $0.keyType = .mak; $0.description = "x"; $0.readAt = Timestamp(seconds: 9)
            })
        let keys = try store.fleet().keys
        #expect(keys.count == 1)
        let present = try #require(keys.first).id
        #expect(try Self.recorded(store) == ([present], [present, present]))
        #expect(try store.plannedRuns().first?.keyCounts.map(\.remaining) == [5])
    }

    @Test("Another key of the same last five takes nothing over")
    func namesake() throws {
        let seal = try testSeal()
        let wholes = [
            "BCDFG-HJKMP-QRTVW-XY234-BCDFG", "BCDFG-HJKMP-QRTVW-XY346-BCDFG", "BCDFG-HJKMP-QRTVW-XY267-BCDFG",
        ]
        .compactMap { ProductKey($0) }
        func file(_ number: Int) -> TestFile {
            TestFile(name: "\(number)", records: [InventoryTests.key { $0.productKey = wholes[number] }])
        }
        #expect(wholes.count == 3)
        for first in wholes.indices {
            let store = try InventoryStore.inMemory(seal: seal)
            try store.take(file(first))
            try Self.record(store)
            let alone = try #require(try store.fleet().keys.first).id
            for other in wholes.indices where other != first { try store.take(file(other)) }
            let keys = try store.fleet().keys
            #expect(keys.count == 3)
            // None of the three may look like the one that was alone.
            #expect(!keys.contains { $0.id == alone })
            let held = try Self.recorded(store).assignments
            #expect(held.count == 1)
            let key = try #require(keys.first { $0.id == held[0] })
            #expect(key.source?.file == "\(first)")
        }
    }

    @Test("Ids of keys with the same last five do not depend on the order, and a namesake of theirs renames none")
    func namesakeIDs() throws {
        let files = [
            Self.row {
                $0.supportedSKU = GUID(high: 1, low: 1); $0.description = "x"; $0.keyType = .mak
            },
            Self.row {
                $0.supportedSKU = GUID(high: 1, low: 2); $0.description = "x"; $0.keyType = .csvlk
            },
            Self.row {
                $0.supportedSKU = GUID(high: 1, low: 0); $0.description = "x"; $0.keyType = .gvlk
            },
        ]
        let two = try fleet(Array(files.prefix(2))).keys.map(\.id)
        let three = try fleet(files).keys.map(\.id)
        #expect(try fleet(files.reversed()).keys.map(\.id) == three)
        #expect(Set(three).count == 3)
        #expect(Set(three).isSuperset(of: two))
    }

    @Test("A record of a key that the store does not know keeps the id of its document")
    func unknown() throws {
        let store = try InventoryStore.inMemory()
        try store.take(Self.row())
        try Self.record(store)
        let other = try InventoryStore.inMemory()
        try other.take(Self.row("VWXYH"))
        let run = try #require(try store.plannedRuns().first)
        _ = try other.recordPlan(
            run, keys: run.keyCounts.map { KeyReference(id: $0.key) }, try store.assignments(ofPlan: 1))
        #expect(try other.plannedRuns().first?.keyCounts == run.keyCounts)
    }

    @Test("Importing the same files again changes neither ids nor what is held")
    func again() throws {
        let store = try InventoryStore.inMemory()
        let files = [
            Self.row(), Self.row { $0.extendedPID = Self.pid }, Self.row("VWXYH") { $0.extendedPID = Self.otherPID },
        ]
        for file in files { try store.take(file) }
        try Self.record(store)
        let (keys, held) = (try store.fleet().keys, try Self.recorded(store))
        for file in files { try store.take(file) }
        #expect(try store.fleet().keys == keys)
        #expect(try Self.recorded(store) == held)
        #expect(try store.plannedRuns().first?.renamedKeys == [:])
    }
}

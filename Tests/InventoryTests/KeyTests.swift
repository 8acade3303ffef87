import ActivationModel
import Foundation
import Inventory
import Testing

@Suite struct KeyTests {
    private static let whole = ProductKey("BCDFG-HJKMP-QRTVW-XY234-BCDFG")
    private static let pid = "55041-00178-123-000001-03-1033-7601.0000-0302021"
    private static let samePID = "55041-00178-123-000001-03-1031-7601.0000-0312021"
    private static let otherPID = "55041-00178-123-000002-03-1033-7601.0000-0302021"

    private static func row(
        partial: String? = "BCDFG", pid: String? = nil, key: ProductKey? = nil, description: String? = nil,
        remaining: Int? = nil, at time: Int64? = nil, type: KeyType? = nil, program: String? = nil
    ) -> InventoryRecord {
        InventoryTests.key {
            $0.partialKey = partial.flatMap { PartialProductKey($0) }
            $0.extendedPID = pid
            $0.productKey = key
            $0.description = description
            $0.remaining = remaining
            $0.readAt = time.map { Timestamp(seconds: $0) }
            $0.keyType = type
            $0.program = program
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var rows: [InventoryRecord]
        var count: Int
        var findings: [String] = []
        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "one range and serial number is one key, whatever machine made the PID",
            rows: [row(pid: pid), row(pid: samePID)], count: 1),
        Case(title: "two serial numbers are two keys", rows: [row(pid: pid), row(pid: otherPID)], count: 2),
        Case(
            title: "a masked key and the whole key are one",
            rows: [row(key: whole), row(description: "ESU")], count: 1),
        Case(
            title: "a whole key and a PID with the same last five are one",
            rows: [row(key: whole), row(pid: pid)], count: 1),
        Case(
            title: "a masked key that fits two keys fits none",
            rows: [row(pid: pid), row(pid: otherPID), row()], count: 3, findings: ["inventory.key.ambiguous"]),
        Case(
            title: "a masked key that one of two contradicts is the other",
            rows: [row(pid: pid, type: .mak), row(pid: otherPID, type: .csvlk), row(type: .mak)], count: 2),
        Case(
            title: "key types that differ are two keys", rows: [row(type: .mak), row(description: "x", type: .gvlk)],
            count: 2, findings: ["inventory.key.ambiguous"]),
        Case(
            title: "PIDs of zeros say nothing",
            rows: [
                row(partial: "BCDFG", pid: "00000-00000-000-000000-00-0000-0000.0000-0000000"),
                row(partial: "VWXYH", pid: "00000-00000-000-000000-00-0000-0000.0000-0000000"),
            ], count: 2),
        Case(
            title: "one PID with different last fives is a mistake in a list",
            rows: [row(partial: "BCDFG", pid: pid), row(partial: "VWXYH", pid: samePID)], count: 2,
            findings: ["inventory.key.conflict"]),
    ]

    @Test("Which rows are one key", arguments: cases)
    func identity(example: Case) throws {
        let files = example.rows.enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        let expected = try fleet(files, seal: testSeal()).keys
        #expect(expected.count == example.count)
        #expect(Set(expected.map(\.id)).count == example.count)
        let reversed = try fleet(files.reversed(), seal: testSeal())
        #expect(reversed.keys == expected)
        #expect(Array(Set(reversed.findings.map(\.code))) == example.findings)
    }

    @Test("Every reading is kept once, oldest first, with its place")
    func readings() throws {
        let fleet = try fleet([
            TestFile(name: "new", records: [Self.row(pid: Self.pid, remaining: 7, at: 30)]),
            TestFile(name: "old", records: [Self.row(pid: Self.samePID, remaining: 9, at: 10)]),
            TestFile(name: "copy", records: [Self.row(pid: Self.pid, remaining: 7, at: 30)]),
            TestFile(name: "blank", records: [Self.row(pid: Self.pid, at: 40)]),
            TestFile(name: "undated", records: [Self.row(pid: Self.pid, remaining: 8)]),
        ])
        let key = try #require(fleet.keys.first)
        #expect(key.readings.map(\.remaining) == [8, 9, 7, nil])
        #expect(key.readings.map { $0.source?.file } == ["undated", "old", "copy", "blank"])
        #expect(key.currentReading?.remaining == 7)
    }

    @Test("An id names the last five characters and does not depend on the order")
    func identifiers() throws {
        let key = try #require(
            try fleet([TestFile(name: "a", records: [Self.row(pid: Self.pid)])]).keys.first)
        let same = try #require(
            try fleet([TestFile(name: "b", records: [Self.row(pid: Self.samePID, description: "x")])]).keys.first)
        #expect(key.id.hasPrefix("bcdfg-"))
        #expect(key.id.count == 14)
        #expect(key.id == same.id)
    }

    @Test("Whole keys lie sealed in the file: neither file nor journal holds one in clear")
    func sealedAtRest() throws {
        let whole = try #require(Self.whole)
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            let store = try InventoryStore(path: path, seal: try testSeal())
            var forest = ForestActivationRecord()
            forest.installationID = "1"
            forest.productKey = whole
            var setup = ClientSetupKeyRecord()
            setup.productKey = whole
            try store.take(
                Self.row(key: whole), .forestActivation(forest), .clientSetupKey(setup))
            for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                let content = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
                let plain = whole.revealed
                for text in [plain, plain.replacing("-", with: ""), String(plain.prefix(11))] {
                    #expect(content.range(of: Data(text.utf8)) == nil, "\(file)")
                }
                #expect(content.range(of: Data("BCDFG".utf8)) != nil, "the last five are there")
            }
            var keys: [ProductKey?] = []
            try store.exportRecords([.key, .forestActivation, .clientSetupKey], revealKeys: true) { records in
                for located in records {
                    switch located.record {
                    case .key(let record): keys.append(record.productKey)
                    case .forestActivation(let record): keys.append(record.productKey)
                    case .clientSetupKey(let record): keys.append(record.productKey)
                    default: break
                    }
                }
            }
            #expect(keys == [whole, whole, whole])
        }
    }

    @Test("Keys whose checksum does not agree are kept and told once per file, by the first one's last five characters")
    func misread() throws {
        let store = try InventoryStore.inMemory(seal: testSeal())
        // A client set-up key that Microsoft publishes, twice with its last character mistyped, and a key of the older
        // format, which has no checksum.
        let published = try #require(ProductKey("W269N-WFGWX-YVC9B-4J6C9-T83GX"))
        let mistyped = try ["W269N-WFGWX-YVC9B-4J6C9-T83GY", "W269N-WFGWX-YVC9B-4J6C9-T83GB"].map {
            try #require(ProductKey($0))
        }
        func findings(_ keys: [ProductKey?]) throws -> [Diagnostic] {
            try store.take(TestFile(name: "keys", records: keys.map { Self.row(partial: nil, key: $0) })).diagnostics
        }
        #expect(try findings([published, Self.whole]).isEmpty)
        let one = try findings([published, mistyped[0]])
        #expect(one.map(\.code) == ["keys.key.checksum"])
        #expect(one.map(\.line) == [2])
        #expect(one.first?.message.contains("T83GY") == true)
        let two = try findings(mistyped)
        #expect(two.map(\.severity) == [.warning])
        #expect(two.first?.message.hasPrefix("2 keys") == true)
        #expect(two.first?.message.contains("4J6C9") == false)
        #expect(try store.fleet().keys.count == 4)
    }

    @Test("Without a sealing key only the last five characters are kept, and that is said once")
    func noSeal() throws {
        let store = try InventoryStore.inMemory()
        let outcome = try store.take(
            Self.row(partial: nil, key: Self.whole), Self.row(partial: nil, pid: Self.pid, key: Self.whole))
        #expect(outcome.diagnostics.map(\.code) == ["key.seal.missing"])
        #expect(outcome.diagnostics.first?.count == 2)
        let key = try #require(try store.fleet().keys.first)
        #expect(key.partialKey?.text == "BCDFG")
        #expect(!key.hasFullKey)
        try store.exportRecords([.key], revealKeys: true) { records in
            for located in records {
                if case .key(let record) = located.record { #expect(record.productKey == nil) }
            }
        }
    }

    @Test("A store plans without its sealing key or with another one, and refuses to export keys")
    func otherSeal() throws {
        try withFolder { folder in
            let path = folder + "/actkit.sqlite"
            try InventoryStore(path: path, seal: try testSeal(1)).take(Self.row(key: Self.whole))
            let expectations: [(KeySeal?, InventoryError)] = [
                (nil, .sealMissing(path: path)), (try testSeal(2), .sealMismatch(path: path)),
            ]
            for (seal, error) in expectations {
                let store = try InventoryStore(path: path, seal: seal)
                #expect(try store.fleet().keys.map(\.hasFullKey) == [true])
                #expect(throws: error) { try store.exportRecords([.key], revealKeys: true) { _ in } }
                try store.exportRecords([.key], revealKeys: false) { #expect($0.count == 1) }
            }
            let outcome = try InventoryStore(path: path, seal: try testSeal(2)).take(Self.row(key: Self.whole))
            #expect(outcome.diagnostics.map(\.code) == ["key.seal.mismatch"])
        }
    }

    @Test("A sealing key file is made once, for its owner only")
    func sealFile() throws {
        try withFolder { folder in
            let path = folder + "/config/actkit/seal.key"
            #expect(try KeyRing.load(environment: [:], path: path) == nil)
            let made = try KeySeal.create(at: path)
            let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(rights == 0o600)
            let again = try KeySeal.create(at: path)
            let read = try #require(try KeyRing.load(environment: [:], path: path)).current
            #expect(made.fingerprint == again.fingerprint)
            #expect(made.fingerprint == read.fingerprint)
            let files = try FileManager.default.contentsOfDirectory(atPath: folder + "/config/actkit")
            #expect(files == ["seal.key"])
        }
    }

    @Test("The environment wins over the key file, and what is no key is refused")
    func sealEnvironment() throws {
        let text = Data(repeating: 1, count: 32).base64EncodedString()
        let seal = try KeyRing.load(environment: ["ACTKIT_SEAL_KEY": text], path: "/nowhere")
        #expect(seal?.current.fingerprint == (try testSeal(1)).fingerprint)
        for wrong in ["not base64!", "AAAA"] {
            #expect(throws: InventoryError.self) {
                try KeyRing.load(environment: ["ACTKIT_SEAL_KEY": wrong], path: "/nowhere")
            }
        }
    }

    @Test("Equal rows of one file are purchases of their own; the same file again buys nothing")
    func purchases() throws {
        let row = InventoryRecord.purchase(PurchaseRecord(program: "windows-7", year: 1, quantity: 10, channel: "VL"))
        let other = InventoryRecord.purchase(PurchaseRecord(program: "windows-7", year: 2, quantity: 10))
        let store = try InventoryStore.inMemory()
        #expect(try store.take(row, other, row).taken == 3)
        #expect(try store.take(row, other, row).unchanged == 3)
        #expect(try store.take(row, name: "copy").unchanged == 1)
        let purchases = try store.fleet().purchases
        #expect(purchases.map(\.record.year) == [1, 1, 2])
        #expect(
            purchases.map { $0.source?.line } == [1, 3, 2]
                || purchases.map { $0.source?.file } == ["copy", "test", "test"])
    }
}

import ActivationModel
import GRDB
import Inventory
import Testing

@Suite struct OrderTests {
    /// Files about few computers under many names, so that records meet and contradict each other all the time.
    private struct Chaos {
        var random: FixedGenerator

        mutating func pick<Element>(_ elements: [Element]) -> Element {
            elements[Int.random(in: 0..<elements.count, using: &random)]
        }
        mutating func perhaps<Element>(_ elements: [Element]) -> Element? {
            Bool.random(using: &random) ? pick(elements) : nil
        }
        mutating func time() -> Timestamp? { perhaps([1, 2, 3, 4]).map { Timestamp(seconds: $0) } }
        mutating func vamtID() -> GUID? { perhaps([1, 2, 3, 4]).map { GUID(high: 9, low: $0) } }

        let names: [String?] = [
            "PC1", "pc1", "PC2", "pc1.corp.example.com", "PC1.corp.example.com", "pc2.corp.example.com",
            "pc2.other.example.com", "pc3", nil,
        ]

        mutating func identity() -> ComputerIdentity {
            ComputerIdentity(
                vamtID: vamtID(), name: pick(names), network: perhaps(["CORP", "corp", "corp.example.com", "HOME"]),
                networkType: perhaps([.domain, .workgroup]))
        }

        mutating func value(_ field: ProductField) -> FieldValue {
            switch field.kind {
            case .timestamp: time().map { .timestamp($0) } ?? .missing
            case .guid: perhaps([1, 2]).map { .guid(GUID(high: 5, low: $0)) } ?? .missing
            case .repeatedText, .uniqueText: FieldValue.some(perhaps(["alpha", "Alpha", "beta", "gamma"]))
            default: pick([.missing, .number(1), .number(2), .text("odd")])
            }
        }

        mutating func product() -> InventoryRecord {
            var record = ProductRecord(computer: identity())
            for field in ProductField.allCases where field != .fullyQualifiedDomainName && Bool.random(using: &random) {
                record[field] = value(field)
            }
            // A record without a computer's name is matched with what is in the store already, which is an order.
            if record.computer.vamtID == nil, record.computer.name == nil { record.computer.name = "pc9" }
            record[.applicationID] = .guid(.windowsApplication)
            record[.sku] = .guid(GUID(high: 7, low: pick([1, 2])))
            return .product(record)
        }

        mutating func account() -> InventoryRecord {
            var record = DirectoryRecord()
            record.objectGUID = perhaps([1, 2, 3]).map { GUID(high: 3, low: $0) }
            record.sid = perhaps(["S-1-5-21-1", "S-1-5-21-2", "S-1-5-21-3"])
            record.dnsHostName = perhaps(["pc1.corp.example.com", "PC2.corp.example.com", "pc2.other.example.com"])
            record.samAccountName = perhaps(["PC1", "pc2", "PC3"])
            record.distinguishedName = perhaps([
                "CN=pc1,OU=A,DC=corp,DC=example,DC=com", "CN=pc2,OU=B,DC=other,DC=example,DC=com",
                "CN=pc1,OU=A,DC=corp,DC=example,DC=net",
            ])
            record.dnsDomain = perhaps(["corp.example.com", "corp.example.net"])
            record.domain = perhaps(["CORP", "OTHER"])
            record.operatingSystem = perhaps([
                "Windows 7 Professional", "Windows 10 Pro", "Microsoft Windows NT Workstation 10.0",
            ])
            record.enabled = perhaps([true, false])
            record.lastLogon = time()
            record.passwordLastSet = time()
            record.memberOf = perhaps([[], ["CN=a"], ["CN=b", "CN=a"], ["CN=c"]])
            record.location = perhaps(["here", "there"])
            return .account(record)
        }

        mutating func key() -> InventoryRecord {
            var record = KeyRecord()
            record.partialKey = perhaps(["BCDFG", "VWXYH"]).flatMap { PartialProductKey($0) }
            record.productKey = perhaps([
                "BCDFG-HJKMP-QRTVW-XY234-BCDFG", "BBBBB-HJKMP-QRTVW-XY234-BCDFG", "BBBBB-HJKMP-QRTVW-XY234-VWXYH",
            ]).flatMap { ProductKey($0) }
            record.extendedPID = perhaps([
                "55041-00178-123-000001-03-1033-7601.0000-0302021", "55041-00178-123-000001-03-1031-7601.0000-0312021",
                "55041-00178-123-000002-03-1033-7601.0000-0302021",
            ])
            record.description = perhaps(["ESU", "Windows"])
            record.keyType = perhaps([.mak, .gvlk])
            record.remaining = perhaps([5, 10])
            record.readAt = time()
            record.remarks = perhaps(["one", "two"])
            return .key(record)
        }

        mutating func directoryGroup() -> InventoryRecord {
            let names = ["CN=G1,DC=corp", "cn=g1, DC=corp", "CN=G2,DC=corp", "CN=G3,DC=corp"]
            let objects = names + ["CN=pc1,OU=A,DC=corp,DC=example,DC=com", "CN=user,DC=corp"]
            func some(_ texts: [String], _ chaos: inout Chaos) -> [String]? {
                chaos.perhaps([0, 1, 2]).map { count in (0..<count).map { _ in chaos.pick(texts) } }
            }
            if let sids = some(["S-1-5-21-1", "S-1-5-21-2", "S-1-5-21-8", "S-1-5-21-9"], &self) {
                return group(
                    pick(names), sid: perhaps(["S-1-5-21-8", "S-1-5-21-9"]), memberSIDs: sids,
                    changed: time()?.milliseconds, guid: perhaps([1, 2]))
            }
            return group(
                pick(names), members: some(objects, &self), memberOf: some(names, &self),
                changed: time()?.milliseconds, extent: pick([.opened, .ended, .whole]), guid: perhaps([1, 2]))
        }

        mutating func record() -> InventoryRecord {
            switch Int.random(in: 0..<14, using: &random) {
            case 0...2: return product()
            case 3...4:
                return .client(
                    ClientRecord(
                        computer: identity(), osEdition: perhaps(["Professional", "Enterprise"]),
                        osVersion: perhaps(["6.1.7601", "6.1.7600", "10.0.19045", "odd"]),
                        isKMSHost: perhaps([true, false]),
                        macAddresses: [pick([1, 2, 3])].map { MACAddress(value: $0) }))
            case 5: return .availableProduct(AvailableProductRecord(computer: identity(), applicationName: "Windows"))
            case 6...7: return account()
            case 8: return key()
            case 9:
                return .update(
                    UpdateRecord(
                        computer: identity(), kb: pick([4_490_628, 4_474_419]),
                        installedOn: perhaps([18_000, 18_001]).map { Day(ordinal: $0) }))
            case 10:
                return .tag(
                    TagRecord(
                        computer: identity(), tag: perhaps(["pilot", "late"]), hosting: perhaps(["vm", "azure"]),
                        endpoints: perhaps([1, 2]), route: perhaps(["online", "proxy"])))
            case 11...12: return directoryGroup()
            default:
                return .purchase(
                    PurchaseRecord(program: "windows-7", year: pick([1, 2]), quantity: pick([5, 10]), channel: "VL"))
            }
        }

        mutating func files() -> [TestFile] {
            ["b.cilx", "a.cil", "c.csv", "d.cilx"].map { name in
                let records = (0..<Int.random(in: 3..<14, using: &random)).map { _ in record() }
                return TestFile(name: name, format: pick(["cilx", "cil", "ad-csv"]), records: records)
            }
        }
    }

    @Test("Every order of files gives the same fleet", arguments: 0..<16)
    func orderOfFiles(seed: Int) throws {
        var chaos = Chaos(random: FixedGenerator(seed: UInt64(seed)))
        let files = chaos.files()
        let expected = rendering(try fleet(files, seal: try testSeal()))
        for order in [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1], [0, 2, 1, 3], [3, 0, 2, 1]] {
            let found = rendering(try fleet(order.map { files[$0] }, seal: try testSeal()))
            #expect(found == expected, "order \(order): \(Array(found.difference(from: expected)))")
        }
    }

    @Test("A fleet for planning says the same, but of ids of products only that they are there")
    func planningFleet() throws {
        var withheld = 0
        for seed in 2000..<2016 {
            var chaos = Chaos(random: FixedGenerator(seed: UInt64(seed)))
            let store = try InventoryStore.inMemory(seal: try testSeal())
            for file in chaos.files() { try store.take(file) }
            var expected = try store.fleet()
            for position in expected.products.indices {
                for id in [\Product.extendedPID, \.installationID, \.confirmationID]
                where !expected.products[position][keyPath: id].isNone {
                    expected.products[position][keyPath: id] = .withheld
                    withheld += 1
                }
            }
            #expect(rendering(try store.fleet(.planning)) == rendering(expected))
        }
        #expect(withheld > 20)
    }

    @Test("A store in a file, whatever its journal, gives the fleet of one in memory", arguments: 0..<16)
    func storeInFile(seed: Int) throws {
        var chaos = Chaos(random: FixedGenerator(seed: UInt64(seed) + 3000))
        let files = chaos.files()
        let expected = rendering(try fleet(files, seal: try testSeal()))
        try withFolder { folder in
            let path = folder + "/store.sqlite"
            let store = try InventoryStore(path: path, seal: try testSeal())
            for file in files { try store.take(file) }
            #expect(rendering(try store.fleet()) == expected)
            try DatabaseQueue(path: path).writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
            #expect(rendering(try InventoryStore(path: path, seal: try testSeal()).fleet()) == expected)
        }
    }

    @Test("Importing files again changes nothing", arguments: 0..<16)
    func repetition(seed: Int) throws {
        var chaos = Chaos(random: FixedGenerator(seed: UInt64(seed) + 1000))
        let files = chaos.files()
        let store = try InventoryStore.inMemory(seal: try testSeal())
        for file in files { try store.take(file) }
        let expected = rendering(try store.fleet())
        for file in files.reversed() {
            let outcome = try store.take(file)
            #expect(outcome.taken == 0)
            #expect(outcome.unchanged + outcome.rejected == file.records.count)
        }
        #expect(rendering(try store.fleet()) == expected)
    }

    @Test("The order of records inside a file does not matter beyond their lines", arguments: 0..<6)
    func orderOfRecords(seed: Int) throws {
        var chaos = Chaos(random: FixedGenerator(seed: UInt64(seed) + 2000))
        let files = chaos.files().map { file in
            // One record per file, so that each keeps its line whatever comes before it.
            file.records.enumerated().map { number, record in
                TestFile(name: "\(file.name)-\(number)", format: file.format, records: [record])
            }
        }.flatMap { $0 }
        let expected = rendering(try fleet(files, seal: try testSeal()))
        for _ in 0..<3 {
            let shuffled = files.shuffled(using: &chaos.random)
            let found = rendering(try fleet(shuffled, seal: try testSeal()))
            #expect(found == expected, "\(Array(found.difference(from: expected)))")
        }
    }
}

extension FieldValue {
    static func some(_ text: String?) -> FieldValue { text.map { .text($0) } ?? .missing }
}

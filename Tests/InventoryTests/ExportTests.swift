import ActivationModel
import Inventory
import Testing

@Suite struct ExportTests {
    private func exported(_ store: InventoryStore, _ kinds: Set<RecordKind>) throws -> [InventoryRecord] {
        var records: [InventoryRecord] = []
        try store.exportRecords(kinds, revealKeys: false) { batch in records += batch.map(\.record) }
        return records
    }

    private func system() -> [InventoryRecord] {
        var forest = ForestActivationRecord()
        forest.installationID = "123"
        forest.productKeyID = "55041"
        forest.activationObjectName = "Forest"
        forest.confirmationID = "456"
        var setup = ClientSetupKeyRecord()
        setup.description = "Windows 7"
        setup.partialKey = PartialProductKey("HVTHH")
        setup.supportedSKU = GUID(high: 1, low: 2)
        setup.keyType = .gvlk
        var application = ApplicationRecord()
        application.applicationID = .windowsApplication
        application.name = "Windows"
        application.onlineHelpURI = "https://example.com"
        var type = KeyTypeNameRecord()
        type.keyType = 7
        type.name = "Mak"
        var mapping = ProductMappingRecord()
        mapping.sku = GUID(high: 1, low: 3)
        mapping.productName = "Windows 7"
        mapping.supportsAD = false
        mapping.kmsID = GUID(high: 1, low: 4)
        return [
            .forestActivation(forest), .clientSetupKey(setup), .application(application), .keyTypeName(type),
            .productMapping(mapping),
        ]
    }

    @Test("What was imported comes out in the order of the kinds, then by computer")
    func roundTrip() throws {
        let name = "pc1.corp.example.com"
        func value(_ field: ProductField) -> FieldValue {
            switch field.kind {
            case .guid: .guid(GUID(high: 2, low: UInt64(field.rawValue)))
            case .timestamp: .timestamp(Timestamp(seconds: Int64(field.rawValue)))
            case .repeatedText, .uniqueText: .text("text of \(field)")
            default: .number(1)
            }
        }
        var first = ProductRecord(computer: ComputerIdentity(name: name, network: "CORP", networkType: .domain))
        for field in ProductField.allCases where field != .fullyQualifiedDomainName { first[field] = value(field) }
        var second = ProductRecord(computer: first.computer)
        second[.applicationID] = .text("odd application")
        second[.sku] = .guid(GUID(high: 1, low: 1))
        second[.lastUpdated] = .text("yesterday")
        second[.licenseStatus] = .text("Confused")
        let available = AvailableProductRecord(
            computer: first.computer, applicationName: "Windows", applicationID: .windowsApplication,
            sku: GUID(high: 1, low: 1), softwareProtectionService: "1")
        let key = key {
            $0.partialKey = PartialProductKey("BCDFG")
            $0.extendedPID = "55041-00178-123-000001-03-1033-7601.0000-0302021"
            $0.keyType = .mak
            $0.remaining = 5
            $0.readAt = Timestamp(seconds: 9)
            $0.program = "windows-7"
            $0.year = 2
        }
        let machine = InventoryRecord.client(
            ClientRecord(
                computer: first.computer, osEdition: "Professional", osVersion: "6.1.7601",
                networkTypeText: "Cluster", isKMSHost: true, macAddresses: [1, 2].map { MACAddress(value: $0) }))
        let person = account {
            $0.objectGUID = GUID(high: 3, low: 1)
            $0.sid = "S-1-5-21-1"
            $0.dnsHostName = name
            $0.samAccountName = "PC1"
            $0.memberOf = ["CN=a", "CN=b"]
            $0.servicePrincipalNames = ["HOST/pc1"]
            $0.enabled = true
            $0.lastLogon = Timestamp(seconds: 3)
            $0.accountControl = 4096
            $0.domain = "CORP"
        }
        let ledger: [InventoryRecord] = [
            .purchase(
                PurchaseRecord(
                    program: "windows-7", year: 2, quantity: -5, channel: "VL", agreement: "EA-1",
                    orderDate: Day(ordinal: 7))),
            .update(UpdateRecord(computer: ComputerIdentity(name: name), kb: 4_490_628, installedOn: Day(ordinal: 8))),
            .tag(TagRecord(computer: ComputerIdentity(name: name), hosting: "vm", endpoints: 3, route: "proxy")),
            .tag(TagRecord(computer: ComputerIdentity(name: name), tag: "pilot")),
        ]
        let expected =
            [.product(second), .product(first), .availableProduct(available), key, machine] + system() + [person]
            + ledger
        let store = try InventoryStore.inMemory()
        try store.take(TestFile(name: "a", records: expected.reversed()))
        #expect(try exported(store, Set(RecordKind.allCases)) == expected)
    }

    @Test("An export imported into an empty store gives the same computers and keys")
    func exportAgain() throws {
        let store = try InventoryStore.inMemory()
        try store.take(
            TestFile(
                name: "a",
                records: (1...1500).flatMap { number in
                    let name = "pc\(number).corp.example.com"
                    return [product(name, at: 5, [.licenseStatus: .number(1)]), client(name, edition: "Professional")]
                }))
        let copy = try InventoryStore.inMemory()
        var sizes: [Int] = []
        let file = ImportedFile(name: "a", format: "cilx", at: Timestamp(seconds: 0))
        _ = try copy.importFile(file) { receive in
            try store.exportRecords([.product, .client], revealKeys: false) { batch in
                sizes.append(batch.count)
                try receive(batch)
            }
        }
        #expect(sizes.allSatisfy { $0 <= 512 } && sizes.reduce(0, +) == 3000)
        func names(_ store: InventoryStore) throws -> [String?] {
            let fleet = try store.fleet()
            return fleet.computers.map { fleet[$0.name] } + fleet.products.map { $0.status?.token }
        }
        #expect(try names(copy) == names(store))
    }

    @Test("Only the kinds that were asked for come out")
    func kinds() throws {
        let store = try InventoryStore.inMemory()
        try store.take(TestFile(name: "a", records: system() + [client("pc1")]))
        for kind in RecordKind.allCases {
            #expect(try exported(store, [kind]).allSatisfy { $0.kind == kind })
        }
        #expect(try exported(store, [.client]).count == 1)
    }
}

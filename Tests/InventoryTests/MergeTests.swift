import ActivationModel
import Inventory
import Testing

@Suite struct MergeTests {
    private let name = "pc1.corp.example.com"

    private func onlyProduct(_ files: [TestFile]) throws -> (Fleet, Product) {
        let fleet = try fleet(files)
        return (fleet, try #require(fleet.products.first))
    }

    @Test("The newer licence state wins, whichever file comes first")
    func newerWins() throws {
        let old = TestFile(name: "old", records: [product(name, at: 10, [.licenseStatus: .number(1)])])
        let new = TestFile(name: "new", records: [product(name, at: 20, [.licenseStatus: .number(5)])])
        for files in [[old, new], [new, old]] {
            let (fleet, found) = try onlyProduct(files)
            #expect(found.status == .notification)
            #expect(found.statusUpdated == Timestamp(seconds: 20))
            #expect(fleet.reference(found.place) == SourceReference(file: "new", line: 1))
        }
    }

    @Test("An unknown value never replaces a known one")
    func unknownKeepsKnown() throws {
        let old = TestFile(name: "old", records: [product(name, at: 10, [.licenseFamily: .text("Professional")])])
        let new = TestFile(name: "new", records: [product(name, at: 20, [.licenseStatus: .number(1)])])
        for files in [[old, new], [new, old]] {
            let (fleet, found) = try onlyProduct(files)
            #expect(fleet[found.family] == "Professional")
            #expect(found.status == .licensed)
        }
    }

    @Test("A value that was kept from an older record keeps its age")
    func keptValueKeepsAge() throws {
        let files = [
            TestFile(name: "a", records: [product(name, at: 10, [.licenseFamily: .text("Professional")])]),
            TestFile(name: "b", records: [product(name, at: 30, [.licenseStatus: .number(1)])]),
            TestFile(name: "c", records: [product(name, at: 20, [.licenseFamily: .text("Enterprise")])]),
        ]
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [1, 2, 0]] {
            let (fleet, found) = try onlyProduct(order.map { files[$0] })
            #expect(fleet[found.family] == "Enterprise", "order \(order)")
        }
    }

    @Test("Of two values of one time the greater is kept and the conflict is reported")
    func conflict() throws {
        let store = try InventoryStore.inMemory()
        try store.take(product(name, at: 10, [.licenseFamily: .text("Professional")]), name: "a")
        let outcome = try store.take(product(name, at: 10, [.licenseFamily: .text("Enterprise")]), name: "b")
        #expect(outcome.diagnostics.map(\.code) == ["inventory.conflict"])
        #expect(outcome.diagnostics.first?.message.contains("LicenseFamily of a product") == true)
        #expect(outcome.unchanged == 1)
        let fleet = try store.fleet()
        #expect(fleet.products.first.map { fleet[$0.family] } == "Professional")
    }

    @Test("Spellings that differ only in case are no conflict")
    func caseIsNoConflict() throws {
        let store = try InventoryStore.inMemory()
        try store.take(product(name, [.licenseFamily: .text("professional")]))
        let outcome = try store.take(product(name, [.licenseFamily: .text("Professional")]), name: "b")
        #expect(outcome.diagnostics.isEmpty)
    }

    @Test("What was understood comes before what was not")
    func understoodWins() throws {
        for values in [[FieldValue.text("odd"), .number(1)], [.number(1), .text("odd")]] {
            let files = values.enumerated().map { number, value in
                TestFile(name: "\(number)", records: [product(name, [.licenseStatus: value])])
            }
            let (fleet, found) = try onlyProduct(files)
            #expect(found.status == .licensed)
            #expect(fleet[found.statusText] == nil)
        }
    }

    @Test("A state that is none of the known ones is kept as written", arguments: [FieldValue.text("Odd"), .number(9)])
    func unknownState(value: FieldValue) throws {
        let (fleet, found) = try onlyProduct([
            TestFile(name: "a", records: [product(name, [.licenseStatus: value])])
        ])
        #expect(found.status == nil)
        #expect(fleet[found.statusText] == (value == .number(9) ? "9" : "Odd"))
    }

    @Test("Application and SKU tell products apart, and without a SKU the name does")
    func productIdentity() throws {
        func nameless(_ text: String) -> InventoryRecord {
            product(name, [.sku: .missing, .productName: .text(text)])
        }
        let fleet = try fleet([
            TestFile(
                name: "a",
                records: [
                    product(name, sku: 2), product(name, sku: 1), product(name, sku: 2), nameless("Alpha"),
                    nameless("alpha"), nameless("Beta"),
                ])
        ])
        #expect(fleet.computers.count == 1)
        #expect(fleet.products.map(\.sku) == [nil, nil, GUID(high: 7, low: 1), GUID(high: 7, low: 2)])
    }

    @Test("A higher version of the operating system is the newer record of a computer")
    func clientVersion() throws {
        let old = TestFile(name: "old", records: [client(name, edition: "Ultimate", version: "6.1.7601")])
        let new = TestFile(name: "new", records: [client(name, edition: "Enterprise", version: "10.0.19045")])
        for files in [[old, new], [new, old]] {
            let fleet = try fleet(files)
            let computer = try #require(fleet.computers.first)
            #expect(fleet[computer.vamtOSEdition] == "Enterprise")
            #expect(fleet.reference(computer.vamtPlace)?.file == "new")
        }
    }

    @Test("An account that was disabled without a new logon is disabled")
    func disabledAccount() throws {
        func row(_ enabled: Bool) -> InventoryRecord {
            account {
                $0.objectGUID = GUID(high: 1, low: 1)
                $0.dnsHostName = name
                $0.enabled = enabled
                $0.lastLogon = Timestamp(seconds: 5)
            }
        }
        for order in [[true, false], [false, true]] {
            let files = order.enumerated().map { TestFile(name: "\($0.offset)", records: [row($0.element)]) }
            #expect(try fleet(files).computers.first?.enabled == .no)
        }
    }

    @Test("A name without an edition, as ConfigMgr gives it, never hides the name of the directory")
    func genericSystem() throws {
        func row(_ system: String, version: String, at time: Int64) -> TestFile {
            let record = account {
                $0.objectGUID = GUID(high: 1, low: 1)
                $0.operatingSystem = system
                $0.operatingSystemVersion = version
                $0.lastLogon = Timestamp(seconds: time)
            }
            return TestFile(name: system, records: [record])
        }
        let directory = row("Windows 7 Professional", version: "6.1 (7601)", at: 1)
        let generic = row("Microsoft Windows NT Workstation 10.0", version: "10.0.19045", at: 2)
        let later = row("Windows 10 Pro", version: "10.0 (19045)", at: 3)
        for (files, name, version) in [
            ([generic], "Microsoft Windows NT Workstation 10.0", "10.0.19045"),
            ([directory, generic], "Windows 7 Professional", "10.0.19045"),
            ([generic, directory], "Windows 7 Professional", "10.0.19045"),
            ([generic, later, directory], "Windows 10 Pro", "10.0 (19045)"),
            ([later, directory, generic], "Windows 10 Pro", "10.0 (19045)"),
        ] {
            let fleet = try fleet(files)
            let computer = try #require(fleet.computers.first)
            #expect(fleet[computer.operatingSystem] == name)
            #expect(fleet[computer.operatingSystemVersion] == version)
        }
    }

    @Test("An account that is a member of no group is known to be that")
    func emptyGroups() throws {
        func row(_ groups: [String]?, at time: Int64) -> InventoryRecord {
            account {
                $0.objectGUID = GUID(high: 1, low: 1)
                $0.memberOf = groups
                $0.lastLogon = Timestamp(seconds: time)
            }
        }
        let full = TestFile(name: "a", records: [row(["CN=b", "CN=a"], at: 1)])
        let empty = TestFile(name: "b", records: [row([], at: 2)])
        let silent = TestFile(name: "c", records: [row(nil, at: 3)])
        #expect(try fleet([full, silent]).groups.count == 2)
        #expect(try fleet([full, empty, silent]).groups.isEmpty)
    }

    @Test("Counts tell what was taken, what is known already and what was rejected")
    func counts() throws {
        let store = try InventoryStore.inMemory()
        let records = [
            client(name), product(name), product(name), client(nil), product(nil), account { $0.location = "x" },
            .tag(TagRecord(computer: ComputerIdentity(), tag: "x")),
            .update(UpdateRecord(computer: ComputerIdentity(name: name), kb: 0)),
        ]
        let outcome = try store.take(TestFile(name: "a", records: records))
        #expect(outcome.taken == 2)
        #expect(outcome.unchanged == 1)
        #expect(outcome.rejected == 5)
        #expect(outcome.computers == 1)
        #expect(outcome.products == 2)
        #expect(
            outcome.diagnostics.map(\.code) == [
                "inventory.computer.unnamed", "inventory.account.unnamed", "inventory.update.number",
            ])
        #expect(outcome.diagnostics.allSatisfy { !$0.remedy.isEmpty && $0.line != nil })
    }

    // MARK: - Proxy activation

    @Test("A file without computer names changes what a proxy activation changes, and nothing else")
    func proxy() throws {
        let export = FieldValue.guid(GUID(high: 4, low: 4))
        let store = try InventoryStore.inMemory()
        try store.take(
            product(
                name, at: 10,
                [.exportGuid: export, .licenseStatus: .number(5), .lastUpdated: .timestamp(Timestamp(seconds: 10))]),
            name: "full.cilx")
        let back = product(
            nil,
            [
                .exportGuid: export, .confirmationID: .text("123456"), .lastErrorCode: .number(0),
                .licenseStatus: .number(1), .lastUpdated: .timestamp(Timestamp(seconds: 20)),
            ])
        #expect(try store.take(back, name: "proxy.cilx").taken == 1)
        #expect(try store.take(back, name: "proxy.cilx").unchanged == 1)
        let fleet = try store.fleet()
        let found = try #require(fleet.products.first)
        #expect(fleet[found.confirmationID] == "123456")
        #expect(found.lastErrorCode == 0)
        #expect(found.status == .notification)
        #expect(fleet.reference(found.place)?.file == "full.cilx")
        #expect(fleet.computers.count == 1)
    }

    @Test("A proxy file of another database is rejected row by row")
    func foreignProxy() throws {
        let store = try InventoryStore.inMemory()
        try store.take(product(name, [.exportGuid: .guid(GUID(high: 4, low: 4))]))
        let outcome = try store.take(
            product(nil, [.exportGuid: .guid(GUID(high: 4, low: 5)), .confirmationID: .text("1")]), name: "proxy")
        #expect(outcome.rejected == 1)
        #expect(outcome.diagnostics.first?.code == "inventory.export.unmatched")
        #expect(outcome.diagnostics.first?.message.contains("another VAMT database") == true)
    }

    @Test("Products of a VAMT 2 file without personal data belong to the computer with that VAMT id")
    func secureCIL() throws {
        let id = GUID(high: 8, low: 8)
        let full = TestFile(
            name: "full.cil", format: "cil",
            records: [
                client("PC1", vamtID: id, network: "corp.example.com", type: .domain),
                .product(cilProduct("PC1", id, [.licenseStatus: .number(5)], network: "corp.example.com")),
            ])
        let secure = TestFile(
            name: "secure.cil", format: "cil",
            records: [.product(cilProduct(nil, id, [.confirmationID: .text("42")], network: nil))])
        for files in [[full, secure], [secure, full]] {
            let (fleet, found) = try onlyProduct(files)
            #expect(fleet.computers.count == 1)
            #expect(fleet[try #require(fleet.computers.first).name] == "pc1.corp.example.com")
            #expect(fleet.products.count == 1)
            #expect(fleet[found.confirmationID] == "42")
            #expect(found.status == .notification)
        }
    }

    private func cilProduct(_ name: String?, _ id: GUID, _ fields: [ProductField: FieldValue], network: String?)
        -> ProductRecord
    {
        var record = ProductRecord(
            computer: ComputerIdentity(
                vamtID: id, name: name, network: network, networkType: network == nil ? NetworkType.none : .domain))
        record[.applicationID] = .guid(.windowsApplication)
        record[.sku] = .guid(GUID(high: 7, low: 1))
        for (field, value) in fields { record[field] = value }
        return record
    }
}

import ActivationModel
import Inventory
import Testing

@Suite("Products that are known without their activation id")
struct ProductMentionTests {
    private static let windows = "Windows(R) 7, Professional edition"

    /// A row as a capture shows it; `sku` is nil for `slmgr /dli`.
    private static func row(
        _ sku: UInt64?, name: String = windows, partial: String? = "BCDFG", status: Int64 = 1, at time: Int64? = 10,
        application: GUID = .windowsApplication, computer: String = "pc1.corp.example.com",
        _ fields: [ProductField: FieldValue] = [:]
    ) -> InventoryRecord {
        var record = ProductRecord(computer: ComputerIdentity(name: computer))
        record[.applicationID] = .guid(application)
        if let sku { record[.sku] = .guid(GUID(high: 7, low: sku)) }
        record[.productName] = .text(name)
        if let partial { record[.partialProductKey] = .text(partial) }
        record[.licenseStatus] = .number(status)
        if let time { record[.licenseStatusLastUpdated] = .timestamp(Timestamp(seconds: time)) }
        for (field, value) in fields { record[field] = value }
        return .product(record)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [InventoryRecord]
        /// SKU, last five characters and state of the products, in the order of the fleet.
        var products: [String]
        var findings: [String] = []

        init(_ name: String, _ rows: [InventoryRecord], _ products: [String], findings: [String] = []) {
            testDescription = name
            self.rows = rows
            self.products = products
            self.findings = findings
        }
    }

    static let cases = [
        Case("a row without id and date mentions the product", [row(1), row(nil, at: nil)], ["1 BCDFG licensed 10"]),
        Case(
            "a newer state without id is that of the product", [row(1), row(nil, status: 5, at: 20)],
            ["1 BCDFG notification 20"]),
        Case("an older state without id is history", [row(1), row(nil, status: 5, at: 5)], ["1 BCDFG licensed 10"]),
        Case(
            "the case of names does not matter", [row(1), row(nil, name: windows.uppercased())], ["1 BCDFG licensed 10"]
        ),
        Case(
            "a row that shows no key mentions the product of its name", [row(1), row(nil, partial: nil)],
            ["1 BCDFG licensed 10"]),
        Case(
            "another key is another product", [row(1), row(nil, partial: "VWXYH")],
            ["- VWXYH licensed 10", "1 BCDFG licensed 10"]),
        Case(
            "another name is another product", [row(1), row(nil, name: "Windows(R) 7, Enterprise edition")],
            ["- BCDFG licensed 10", "1 BCDFG licensed 10"]),
        Case(
            "another application is another product", [row(1), row(nil, application: .officeApplication)],
            ["- BCDFG licensed 10", "1 BCDFG licensed 10"]),
        Case(
            "a row that fits two products is kept apart, which is told",
            [row(1), row(2, partial: "VWXYH"), row(nil, partial: nil)],
            ["- - licensed 10", "1 BCDFG licensed 10", "2 VWXYH licensed 10"], findings: ["inventory.product.ambiguous"]
        ),
        Case(
            "of two products of one name that with the same key is meant",
            [row(1), row(2, partial: "VWXYH"), row(nil, partial: "VWXYH", status: 5, at: 20)],
            ["1 BCDFG licensed 10", "2 VWXYH notification 20"]),
        Case(
            "the product with the key is meant before one whose key nobody knows",
            [row(1), row(2, partial: nil), row(nil)], ["1 BCDFG licensed 10", "2 - licensed 10"]),
        Case(
            "another channel is another product",
            [
                row(1, partial: nil, status: 0, [.productKeyType: .number(1)]),
                row(nil, [.productKeyType: .number(7)]),
            ], ["- BCDFG licensed 10", "1 - unlicensed 10"]),
        Case(
            "a product whose key nobody knows is meant in the same channel",
            [
                row(1, partial: nil, status: 0, at: 5, [.productKeyType: .number(7)]),
                row(nil, [.productKeyType: .number(7)]),
            ], ["1 BCDFG licensed 10"]),
        Case(
            "a product whose key and channel nobody knows is not meant", [row(1, partial: nil), row(nil)],
            ["- BCDFG licensed 10", "1 - licensed 10"]),
        Case(
            "products of other computers are not meant", [row(1, computer: "pc2.corp.example.com"), row(nil)],
            ["- BCDFG licensed 10", "1 BCDFG licensed 10"]),
        Case(
            "the computer may be named in two ways", [row(1), row(nil, status: 5, at: 20, computer: "pc1")],
            ["1 BCDFG notification 20"]),
        Case("without a row with an id there is one product", [row(nil), row(nil, at: 20)], ["- BCDFG licensed 20"]),
    ]

    private static func describe(_ fleet: Fleet) -> [String] {
        fleet.computers.flatMap { computer in
            fleet.products(of: computer).map { product in
                [
                    product.sku.map { "\($0.low)" }, fleet[product.partialKey], product.status?.token,
                    product.statusUpdated.map { "\($0.milliseconds / 1000)" },
                ].map { $0 ?? "-" }.joined(separator: " ")
            }
        }
    }

    @Test("What a row without an activation id is, whichever file comes first", arguments: cases)
    func mentions(_ example: Case) throws {
        let files = example.rows.enumerated().map { TestFile(name: "\($0.offset)", records: [$0.element]) }
        let first = try fleet(files)
        #expect(ProductMentionTests.describe(first) == example.products)
        #expect(first.findings.map(\.code) == example.findings)
        #expect(rendering(try fleet(files.reversed())) == rendering(first))
    }

    @Test("Planning and exports see the same product as the inventory", arguments: cases)
    func everywhere(_ example: Case) throws {
        let store = try InventoryStore.inMemory()
        for (position, row) in example.rows.enumerated() { try store.take(row, name: "\(position)") }
        let planned = try store.fleet(.planning)
        #expect(ProductMentionTests.describe(planned) == example.products)
        var exported: [String] = []
        try store.exportRecords([.product], revealKeys: false) { batch in
            for case .product(let record) in batch.map(\.record) {
                exported.append(
                    [
                        record.sku.map { "\($0.low)" }, record.text(.partialProductKey), record.licenseStatus?.token,
                        record.timestamp(.licenseStatusLastUpdated).map { "\($0.milliseconds / 1000)" },
                    ].map { $0 ?? "-" }.joined(separator: " "))
            }
        }
        #expect(exported.sorted() == example.products.sorted())
    }

    @Test("What only the row without an activation id knows is kept")
    func completes() throws {
        let files = [
            TestFile(name: "dlv", records: [Self.row(1)]),
            TestFile(
                name: "dli",
                records: [Self.row(nil, at: nil, [.kmsHost: .text("kms"), .productDescription: .text("d")])]),
        ]
        let fleet = try fleet(files)
        #expect(fleet.products.map { fleet[$0.description] } == ["d"])
    }

    /// Captures of three computers: which programs printed them, when, and of which key is left to chance.
    private static func captures(_ random: inout FixedGenerator) -> [InventoryRecord] {
        (0..<12).map { _ in
            let number = UInt64.random(in: 1...2, using: &random)
            return row(
                Bool.random(using: &random) ? number : nil, name: number == 1 ? windows : "Office 16",
                partial: ["BCDFG", "BCDFG", "VWXYH", nil].randomElement(using: &random) ?? nil,
                status: Int64.random(in: 0...5, using: &random),
                at: Bool.random(using: &random) ? Int64.random(in: 1...4, using: &random) : nil,
                computer: ["pc1.corp.example.com", "pc1", "pc2.corp.example.com"].randomElement(using: &random) ?? "")
        }
    }

    @Test("Captures give the same inventory in any order and in any split into files", arguments: 0..<60)
    func anyOrder(_ seed: Int) throws {
        var random = FixedGenerator(seed: UInt64(seed))
        let records = ProductMentionTests.captures(&random)
        /// Without the names of files, which a split changes.
        func inventory(_ files: [TestFile]) throws -> [String] {
            let fleet = try fleet(files)
            return ProductMentionTests.describe(fleet)
                + fleet.findings.map { "\($0.code) \($0.count) \($0.message)" }.sorted()
        }
        let expected = try inventory([TestFile(name: "all", records: records)])
        for _ in 0..<4 {
            let shuffled = records.shuffled(using: &random)
            var files: [TestFile] = []
            var rest = shuffled[...]
            while !rest.isEmpty {
                let part = rest.prefix(Int.random(in: 1...rest.count, using: &random))
                rest = rest.dropFirst(part.count)
                files.append(TestFile(name: "\(files.count)", records: Array(part)))
            }
            #expect(try inventory(files) == expected)
            #expect(try inventory(files + files.shuffled(using: &random)) == expected)
        }
    }
}

import ActivationModel
import Interchange
import Testing
import XMLStream

@Suite struct VAMTRoundTripTests {
    private static let seeds = Array<UInt64>(1...60)

    /// The records of a document, and the codes of what was said about it.
    private func read(
        _ bytes: [UInt8], with reader: any FileReader
    ) throws -> (records: [InventoryRecord], codes: Set<String>, rejected: Int) {
        var records: [InventoryRecord] = []
        // The consumer is escaping, so it collects into a box.
        let box = RecordBox()
        var output = RecordOutput(file: "test") { box.records += $0.map(\.record) }
        var reader = reader
        try reader.read(bytes.span, into: &output)
        try reader.finish(into: &output)
        try output.flush()
        records = box.records
        return (records, Set(output.diagnostics.diagnostics.map(\.code)), output.rejected + output.skipped)
    }

    private final class RecordBox { var records: [InventoryRecord] = [] }

    private func write(
        _ records: [InventoryRecord], _ format: FileFormat, _ mode: ExportMode = .full,
        _ links: ExportLinks = RememberedLinks().links
    ) throws -> (bytes: [UInt8], summary: ExportSummary) {
        let sink = ByteCollector()
        let summary = try VAMTExport(format: format, mode: mode, links: links).write(to: sink) {
            try $0(records.located)
        }
        return (sink.bytes, summary)
    }

    @Test("A .cilx file is read as the records it was written from, without a finding", arguments: seeds)
    func cilx(seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed)
        let (bytes, summary) = try write(inventory.records, .cilx)
        #expect(summary.omitted.isEmpty)
        let (records, codes, rejected) = try read(bytes, with: CILXReader())
        #expect(records == inventory.records)
        // The random key types and extended PIDs need not fit together.
        #expect(codes.allSatisfy { $0 == "keys.conflict" })
        #expect(rejected == 0)
        #expect(try write(records, .cilx).bytes == bytes)
    }

    @Test("A .cil file is read as the records it was written from", arguments: seeds)
    func cil(seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed, vamt2: true)
        let (bytes, summary) = try write(inventory.records, .cil)
        #expect(summary.omitted.isEmpty)
        let (records, _, rejected) = try read(bytes, with: CILReader())
        #expect(Set(records) == Set(inventory.records))
        #expect(records.count == inventory.records.count)
        #expect(rejected == 0)
    }

    @Test("Totals are what a reader counts, in every mode", arguments: ExportMode.allCases, seeds)
    func totals(mode: ExportMode, seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed)
        let (bytes, summary) = try write(inventory.records, .cilx, mode)
        let (records, codes, _) = try read(bytes, with: CILXReader())
        #expect(!codes.contains("cilx.total.wrong"))
        #expect(records.count == summary.written.values.reduce(0, +))
        #expect(records.count + summary.omitted.values.reduce(0, +) == inventory.records.count)
    }

    @Test("What a proxy brings back finds its product by ExportGuid", arguments: seeds)
    func proxy(seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed)
        let remembered = RememberedLinks()
        var expected: [String: GUID] = [:]
        let links = ExportLinks { product in
            let guid = try remembered.links.exportGuid(product)
            expected[product.text(.installationID) ?? ""] = guid
            return guid
        } computerID: {
            try remembered.links.computerID($0)
        }
        for product in inventory.products {
            if let guid = product.guid(.exportGuid) { expected[product.text(.installationID) ?? ""] = guid }
        }
        let directory = try TemporaryDirectory()
        let sent = directory.path("sent.cilx")
        _ = try VAMTExport(format: .cilx, mode: .proxy, links: links).write(to: sent, records: inventory.records)
        let back = directory.path("back.cilx")
        let summary = try VAMTRewriter().rewrite(sent, to: back) { $0.set(.confirmationID, to: "424242") }
        let (records, codes, rejected) = try read(Array(directory.read("back.cilx").utf8), with: CILXReader())
        let products = records.compactMap { if case .product(let product) = $0 { product } else { nil } }
        #expect(products.count == summary.products)
        #expect(products.count == inventory.products.count { $0.text(.installationID) != nil })
        for product in products {
            #expect(product.computer == ComputerIdentity())
            #expect(product.text(.confirmationID) == "424242")
            #expect(product.guid(.exportGuid) == expected[product.text(.installationID) ?? ""])
        }
        #expect(codes.isDisjoint(with: ["vamt.value.unknown", "cilx.order", "vamt.element.unknown"]))
        #expect(rejected == 0)
    }
}

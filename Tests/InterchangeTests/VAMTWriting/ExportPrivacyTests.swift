import ActivationModel
import Foundation
import Interchange
import Testing
import XMLStream

@Suite struct ExportPrivacyTests {
    private static let seeds = Array<UInt64>(1...40)

    /// A document in lower case, so that a value is found in any spelling.
    private struct Document {
        let bytes: Data

        func contains(_ value: String) -> Bool { bytes.range(of: Data(value.lowercased().utf8)) != nil }
    }

    private func export(_ inventory: RandomInventory, _ format: FileFormat, _ mode: ExportMode) throws -> Document {
        let sink = ByteCollector()
        _ = try VAMTExport(format: format, mode: mode, links: RememberedLinks().links)
            .write(to: sink, records: inventory.records)
        return Document(bytes: Data(sink.text.lowercased().utf8))
    }

    @Test("No personal value and no key occurs in a proxy export", arguments: [FileFormat.cilx, .cil], seeds)
    func proxy(format: FileFormat, seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed, vamt2: format == .cil)
        let document = try export(inventory, format, .proxy)
        for value in inventory.personal.union(inventory.secrets) {
            #expect(!document.contains(value), "\(value)")
        }
    }

    @Test("No full key occurs in an export without keys", arguments: [FileFormat.cilx, .cil], seeds)
    func withoutKeys(format: FileFormat, seed: UInt64) throws {
        let inventory = RandomInventory(seed: seed, vamt2: format == .cil)
        let document = try export(inventory, format, .withoutKeys)
        for secret in inventory.secrets { #expect(!document.contains(secret)) }
    }

    @Test("The random documents do hold what the other modes must hide", arguments: [FileFormat.cilx, .cil])
    func full(format: FileFormat) throws {
        var names = 0
        var keys = 0
        for seed in Self.seeds {
            let inventory = RandomInventory(seed: seed, vamt2: format == .cil)
            let document = try export(inventory, format, .full)
            names += inventory.personal.count { document.contains($0) }
            let found = inventory.secrets.count { document.contains($0) }
            #expect(found == inventory.secrets.count)
            keys += found
        }
        #expect(names > 300)
        #expect(keys > 50)
    }

    @Test(
        "A text in a place that holds no text is withheld from a proxy export, because it could be a name",
        arguments: [
            ProductField.licenseStatus, .lastUpdated, .graceExpirationDate, .productKeyType, .exportGuid,
            .confirmationID, .productKeyID, .partialProductKey, .actionsAllowed, .lastErrorCode,
        ])
    func misplacedText(field: ProductField) throws {
        var product = ProductRecord(computer: ComputerIdentity(name: "pc-1"))
        product[.applicationID] = .guid(.windowsApplication)
        product[.sku] = .guid(GUID(high: 1, low: 2))
        product[.installationID] = .text("123456")
        product[field] = .text("smith-laptop")
        let sink = ByteCollector()
        let summary = try VAMTExport(format: .cilx, mode: .proxy, links: RememberedLinks().links)
            .write(to: sink) { try $0([InventoryRecord.product(product)].located) }
        #expect(!sink.text.contains("smith"))
        #expect(summary.diagnostics.contains { $0.code == "cilx.export.value.withheld" && $0.count == 1 })
    }
}

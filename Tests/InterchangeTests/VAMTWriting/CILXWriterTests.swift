import ActivationModel
import Foundation
import Interchange
import Testing
import XMLStream

@Suite struct CILXWriterTests {
    private static let product: ProductRecord = {
        var product = ProductRecord(computer: ComputerIdentity(name: "pc-1.corp.example"))
        product[.applicationID] = .guid(.windowsApplication)
        product[.sku] = .guid(GUID(high: 1, low: 2))
        product[.productName] = .text("Windows(R) 7 & <more>")
        product[.licenseStatus] = .number(2)
        product[.productKeyType] = .number(7)
        product[.genuineStatus] = .text("Mislaid")
        product[.vlActivationTypeEnabled] = .number(99)
        product[.licenseStatusLastUpdated] = .timestamp(Timestamp(milliseconds: 1_612_000_800_500))
        product[.installationID] = .text("123456")
        product[.confirmationID] = .text("654321")
        product[.kmsHost] = .text("")
        return product
    }()

    @Test("Fields stand in the order of the schema, by name and date form, and unknown ones are left out")
    func document() throws {
        let sink = ByteCollector()
        var key = KeyRecord()
        key.productKey = ProductKey("BCDFG-HJKMP-QRTVW-XY234-6789B")
        key.keyType = .mak
        var mapping = ProductMappingRecord()
        mapping.sku = GUID(high: 1, low: 2)
        mapping.supportsAD = true
        let client = ClientRecord(
            computer: ComputerIdentity(name: "pc-1.corp.example", network: "corp.example", networkType: .domain),
            isKMSHost: false)
        let summary = try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links).write(to: sink) {
            try $0([.product(Self.product), .key(key), .client(client), .productMapping(mapping)].located)
        }
        #expect(
            sink.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Written by ActivationKit. Microsoft does not support .cilx files that another program than VAMT \
                wrote or edited; importing one can damage VAMT's data. \
                https://learn.microsoft.com/windows/deployment/volume-activation/import-export-vamt-data -->
                <VolumeActivationManagementToolData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema" VamtVersion="3.0.5.0">
                  <SoftwareLicensingData TotalProducts="1" TotalAvailableProducts="0" TotalVolumeClients="1" \
                TotalProductKeys="1">
                    <Products>
                      <Product>
                        <ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>
                        <FullyQualifiedDomainName>pc-1.corp.example</FullyQualifiedDomainName>
                        <GenuineStatus>Mislaid</GenuineStatus>
                        <InstallationId>123456</InstallationId>
                        <ConfirmationId>654321</ConfirmationId>
                        <LicenseStatus>OOBGrace</LicenseStatus>
                        <LicenseStatusLastUpdated>2021-01-30T10:00:00.500Z</LicenseStatusLastUpdated>
                        <ProductName>Windows(R) 7 &amp; &lt;more&gt;</ProductName>
                        <ProductKeyType>Mak</ProductKeyType>
                        <Sku>00000000-0000-0001-0000-000000000002</Sku>
                        <VLActivationTypeEnabled>99</VLActivationTypeEnabled>
                      </Product>
                    </Products>
                    <ProductKeys>
                      <ProductKey>
                        <KeyType>Mak</KeyType>
                        <KeyValue>BCDFG-HJKMP-QRTVW-XY234-6789B</KeyValue>
                        <RemainingActivations>-1</RemainingActivations>
                      </ProductKey>
                    </ProductKeys>
                    <VolumeActivationClients>
                      <VolumeActivationClient>
                        <FullyQualifiedDomainName>pc-1.corp.example</FullyQualifiedDomainName>
                        <DomainWorkgroupName>corp.example</DomainWorkgroupName>
                        <IsKmsHost>false</IsKmsHost>
                        <NetworkType>Domain</NetworkType>
                      </VolumeActivationClient>
                    </VolumeActivationClients>
                  </SoftwareLicensingData>
                  <VamtSystemData>
                    <ProductMappings>
                      <ProductMapping>
                        <Sku>00000000-0000-0001-0000-000000000002</Sku>
                        <SupportsAd>1</SupportsAd>
                      </ProductMapping>
                    </ProductMappings>
                  </VamtSystemData>
                </VolumeActivationManagementToolData>

                """)
        #expect(summary.diagnostics.map(\.code) == ["cilx.edited.unsupported"])
        #expect(summary.diagnostics.first?.severity == .note)
        #expect(summary.diagnostics.first?.remedy.contains("import-export-vamt-data") == true)
    }

    @Test("An empty inventory makes a complete file")
    func empty() throws {
        let sink = ByteCollector()
        _ = try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links).write(to: sink) { _ in }
        #expect(sink.text.contains("TotalProducts=\"0\""))
        #expect(sink.text.hasSuffix("</VolumeActivationManagementToolData>\n"))
    }

    @Test("A file with totals that are not what was written does not appear")
    func wrongTotals() throws {
        let directory = try TemporaryDirectory()
        var totals = VAMTTotals()
        totals.count(.product)
        totals.count(.product)
        var writer = try CILXWriter(
            path: directory.path("a.cilx"), mode: .full, totals: totals, links: RememberedLinks().links)
        try writer.write(.product(Self.product))
        let error = #expect(throws: InterchangeError.self) { try writer.finished() }
        #expect(error?.code == "cilx.export.total")
        #expect(error?.message.contains("TotalProducts says 2, but 1") == true)
        #expect(directory.contents.isEmpty)
    }

    @Test("A record of an earlier kind is refused, because lists follow the order of the schema")
    func order() throws {
        var writer = try CILXWriter(
            sink: ByteCollector(), mode: .full, totals: VAMTTotals(), links: RememberedLinks().links)
        try writer.write(.client(ClientRecord(computer: ComputerIdentity(name: "pc-1"))))
        let error = #expect(throws: InterchangeError.self) { try writer.write(.product(Self.product)) }
        #expect(error?.code == "vamt.export.order")
    }

    @Test("Files are readable by their owner only", arguments: ExportMode.allCases)
    func permissions(mode: ExportMode) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("a.cilx")
        _ = try VAMTExport(format: .cilx, mode: mode, links: RememberedLinks().links).write(to: path) { _ in }
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("A failing source leaves the file that was there before")
    func failingSource() throws {
        struct Broken: Error {}
        let directory = try TemporaryDirectory()
        let path = try directory.write("a.cilx", "before")
        var pass = 0
        #expect(throws: Broken.self) {
            try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links).write(to: path) { consume in
                try consume([InventoryRecord.product(Self.product)].located)
                pass += 1
                if pass == 2 { throw Broken() }
            }
        }
        #expect(try directory.read("a.cilx") == "before")
        #expect(directory.contents == ["a.cilx"])
    }

    @Test("Characters that XML cannot hold become U+FFFD and are counted")
    func forbiddenCharacters() throws {
        let sink = ByteCollector()
        var product = Self.product
        product[.productName] = .text("a\u{0}b\u{1B}c\u{FFFE}d")
        let summary = try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links).write(to: sink) {
            try $0([InventoryRecord.product(product)].located)
        }
        #expect(sink.text.contains("a\u{FFFD}b\u{FFFD}c\u{FFFD}d"))
        #expect(summary.diagnostics.first { $0.code == "cilx.export.character.replaced" }?.count == 3)
    }

    @Test("What the format or the mode cannot hold is counted with its reason")
    func omissions() throws {
        var nameless = Self.product
        nameless.computer = ComputerIdentity(vamtID: GUID(high: 3, low: 4))
        nameless[.fullyQualifiedDomainName] = .missing
        var skuless = Self.product
        skuless[.sku] = .missing
        var silent = Self.product
        silent[.installationID] = .missing
        var key = KeyRecord()
        key.partialKey = PartialProductKey("6789B")
        let records: [InventoryRecord] = [
            .product(Self.product), .product(nameless), .product(skuless), .product(silent), .key(key),
            .application(ApplicationRecord()),
            .purchase(PurchaseRecord(program: "windows-7", year: 1, quantity: 1)),
        ]
        let expected: [ExportMode: [ExportOmission: Int]] = [
            .full: [.identity: 3, .format: 1],
            .withoutKeys: [.identity: 3, .format: 1, .mode: 1],
            .proxy: [.identity: 2, .installationID: 1, .format: 1, .mode: 1],
        ]
        for (mode, omitted) in expected {
            let summary = try VAMTExport(format: .cilx, mode: mode, links: RememberedLinks().links)
                .write(to: ByteCollector()) { try $0(records.located) }
            #expect(summary.omitted == omitted, "\(mode)")
            #expect(summary.written.values.reduce(0, +) + omitted.values.reduce(0, +) == records.count)
        }
    }

    @Test("Products without an ExportGuid get one in a proxy export only, from the caller")
    func exportGuids() throws {
        var linked = Self.product
        linked[.exportGuid] = .guid(GUID(high: 7, low: 7))
        let records = [InventoryRecord.product(Self.product), .product(linked)].located
        let remembered = RememberedLinks()
        let sink = ByteCollector()
        let summary = try VAMTExport(format: .cilx, mode: .proxy, links: remembered.links)
            .write(to: sink) { try $0(records) }
        #expect(summary.linksMade == 1)
        #expect(remembered.exportGuids.count == 1)
        for guid in remembered.exportGuids + [GUID(high: 7, low: 7)] {
            #expect(sink.text.contains("<ExportGuid>\(guid)</ExportGuid>"))
        }
        let full = try VAMTExport(format: .cilx, mode: .full, links: remembered.links)
            .write(to: ByteCollector()) { try $0(records) }
        #expect(full.linksMade == 0)
    }

    @Test("A key of which only the last five characters are known is written masked")
    func maskedKey() throws {
        let sink = ByteCollector()
        var key = KeyRecord()
        key.partialKey = PartialProductKey("6789B")
        let summary = try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links).write(to: sink) {
            try $0([InventoryRecord.key(key)].located)
        }
        #expect(sink.text.contains("<KeyValue>XXXXX-XXXXX-XXXXX-XXXXX-6789B</KeyValue>"))
        #expect(summary.diagnostics.contains { $0.code == "cilx.export.key.masked" })
    }
}

import ActivationModel
import Foundation
import Interchange
import Testing
import XMLStream

@Suite struct CILWriterTests {
    private static let computer = ComputerIdentity(
        vamtID: GUID(high: 5, low: 6), name: "PC-1", network: "CORP", networkType: .domain)
    private static let client = ClientRecord(
        computer: computer, osEdition: "Enterprise", osVersion: "6.1.7601",
        macAddresses: [
            MACAddress(value: 0x0011_2233_4455), MACAddress(value: 0x0011_2233_4466),
            MACAddress(value: 0x0011_2233_4455),
        ])
    private static let product: ProductRecord = {
        var product = ProductRecord(computer: computer)
        product[.applicationID] = .guid(.windowsApplication)
        product[.sku] = .guid(GUID(high: 1, low: 2))
        product[.productName] = .text("Windows(R) 7, Enterprise edition")
        product[.installationID] = .text("123456")
        product[.productKeyID] = .text("55041-00178-365-000123-03-1033-7601.0000-0302021")
        product[.kmsHost] = .text("kms.corp.example")
        return product
    }()

    private func text(
        _ mode: ExportMode, _ records: [InventoryRecord], _ links: RememberedLinks = RememberedLinks()
    ) throws -> (text: String, summary: ExportSummary) {
        let sink = ByteCollector()
        let summary = try VAMTExport(format: .cil, mode: mode, links: links.links)
            .write(to: sink) { try $0(records.located) }
        // From the root on: the comment before it is tested with the other format.
        let start = sink.text.range(of: "<SoftwareLicensingData")?.lowerBound ?? sink.text.startIndex
        return (String(sink.text[start...]), summary)
    }

    @Test("Computers hold their attributes, each hardware address once, and their products")
    func full() throws {
        let (text, summary) = try text(.full, [.product(Self.product), .client(Self.client)])
        #expect(
            text == """
                <SoftwareLicensingData Version="2.0">
                  <Computers>
                    <Computer Name="PC-1" OSVersion="6.1.7601" OSEdition="Enterprise" NetworkType="Domain" \
                NetworkName="CORP" Id="00000000-0000-0005-0000-000000000006">
                      <MacAddresses>
                        <MacAddress>00:11:22:33:44:55</MacAddress>
                        <MacAddress>00:11:22:33:44:66</MacAddress>
                      </MacAddresses>
                      <Products>
                        <Product>
                          <Sku Id="00000000-0000-0001-0000-000000000002" Name="Windows(R) 7, Enterprise edition" \
                ApplicationId="55c92734-d682-4d71-983e-d6ec3f16059f"/>
                          <InstallationId>123456</InstallationId>
                          <KmsHost>kms.corp.example</KmsHost>
                          <ProductKeyId>55041-00178-365-000123-03-1033-7601.0000-0302021</ProductKeyId>
                        </Product>
                      </Products>
                    </Computer>
                  </Computers>
                </SoftwareLicensingData>

                """)
        #expect(summary.diagnostics.map(\.code) == ["cil.edited.unsupported"])
    }

    @Test("A proxy export is VAMT 2.0's secure export: computers keep their id only")
    func proxy() throws {
        let (text, summary) = try text(.proxy, [.product(Self.product), .client(Self.client)])
        #expect(
            text == """
                <SoftwareLicensingData Version="2.0">
                  <Computers>
                    <Computer NetworkType="None" Id="00000000-0000-0005-0000-000000000006">
                      <Products>
                        <Product>
                          <Sku Id="00000000-0000-0001-0000-000000000002" Name="Windows(R) 7, Enterprise edition" \
                ApplicationId="55c92734-d682-4d71-983e-d6ec3f16059f"/>
                          <InstallationId>123456</InstallationId>
                          <ProductKeyId>55041-00178-365-000123-03-1033-7601.0000-0302021</ProductKeyId>
                        </Product>
                      </Products>
                    </Computer>
                  </Computers>
                </SoftwareLicensingData>

                """)
        #expect(summary.linksMade == 0)
    }

    @Test("A computer without an id gets one in a proxy export, always the same")
    func computerIDs() throws {
        var product = Self.product
        product.computer = ComputerIdentity(name: "pc-9.corp.example")
        let links = RememberedLinks()
        let first = try text(.proxy, [.product(product)], links)
        let second = try text(.proxy, [.product(product)], links)
        #expect(first.summary.linksMade == 1)
        #expect(first.text == second.text)
        #expect(links.computers.count == 1)
    }

    @Test("A computer without a product for proxy activation is left out of a proxy export and counted")
    func uselessComputer() throws {
        var product = Self.product
        product[.installationID] = .missing
        let (text, summary) = try text(.proxy, [.product(product), .client(Self.client)])
        #expect(!text.contains("<Computer "))
        #expect(summary.omitted == [.installationID: 1, .computer: 1])
    }

    @Test("Products find their computer by a name that is written in another way")
    func joinByName() throws {
        var product = Self.product
        product.computer = ComputerIdentity(name: "pc-1")
        let (text, summary) = try text(.full, [.product(product), .client(Self.client)])
        #expect(text.split(separator: "<Computer ").count == 2)
        #expect(summary.written(.client) == 1)
        #expect(summary.written(.product) == 1)
    }

    @Test("Keys stand in full exports only, after all computers; what the format cannot hold is counted")
    func keys() throws {
        var key = KeyRecord()
        key.productKey = ProductKey("BCDFG-HJKMP-QRTVW-XY234-6789B")
        let records: [InventoryRecord] = [
            .product(Self.product), .key(key), .client(Self.client), .application(ApplicationRecord()),
        ]
        let full = try text(.full, records)
        #expect(full.text.contains("<KeyValue>BCDFG-HJKMP-QRTVW-XY234-6789B</KeyValue>"))
        #expect(full.summary.omitted == [.format: 1])
        let without = try text(.withoutKeys, records)
        #expect(!without.text.contains("ProductKeys"))
        #expect(without.summary.omitted == [.format: 1, .mode: 1])
    }

    @Test("Products of a computer that do not come together are refused")
    func scattered() throws {
        var other = Self.product
        other.computer = ComputerIdentity(name: "PC-2")
        let error = #expect(throws: InterchangeError.self) {
            try text(.full, [.product(Self.product), .product(other), .product(Self.product)])
        }
        #expect(error?.code == "vamt.export.order")
    }
}

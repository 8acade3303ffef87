import ActivationModel
import Testing
import XMLStream

@testable import Interchange

@Suite("Reading .cil")
struct CILReaderTests {
    static let id = "5f0c2a7d-70a4-4a55-8f0e-6f3a5d1f9b01"
    /// Nine groups whose check digits agree.
    static let installationID = String(repeating: "1234565", count: 9)

    static func list(_ computers: String) -> String {
        "<?xml version='1.0'?>\n<SoftwareLicensingData Version='2.0'><Computers>\n\(computers)\n</Computers></SoftwareLicensingData>"
    }

    static func computer(_ content: String, attributes: String = "Name='PC-1' Id='\(id)'") -> String {
        "<Computer \(attributes)>\(content)</Computer>"
    }

    static let sku =
        "<Sku Id='0e00c25d-8795-4fb7-9572-3803d91b6880' Name='Windows(R) 7' ApplicationId='{55C92734-D682-4D71-983E-D6EC3F16059F}'/>"

    @Test("a computer with its addresses and products")
    func computer() throws {
        let text = CILReaderTests.list(
            CILReaderTests.computer(
                """
                <MacAddresses><MacAddress>00:11:11:CF:FC:01</MacAddress><MacAddress>001111CFFC02</MacAddress></MacAddresses>
                <Products><Product>\(CILReaderTests.sku)<InstallationId>\(CILReaderTests.installationID)</InstallationId></Product>
                <Product LicenseStatus="1" PartialProductKey="ABCDE">\(CILReaderTests.sku)</Product></Products>
                """,
                attributes:
                    "Name='PC-1' OSVersion='6.1.7601' OSEdition='Enterprise' NetworkType='Domain' NetworkName='CORP' Id='{\(CILReaderTests.id)}'"
            ))
        let identity = ComputerIdentity(
            vamtID: GUID(CILReaderTests.id), name: "PC-1", network: "CORP", networkType: .domain)
        let result = ReadResult(cil: text)
        #expect(result.diagnostics == [])
        #expect(result.records.map(\.line) == [4, 5, 3])
        #expect(
            result.clients == [
                ClientRecord(
                    computer: identity, osEdition: "Enterprise", osVersion: "6.1.7601",
                    macAddresses: [MACAddress(value: 0x0011_11CF_FC01), MACAddress(value: 0x0011_11CF_FC02)])
            ])
        let (first, second) = (try #require(result.products.first), try #require(result.products.last))
        #expect(first.computer == identity)
        #expect(first.sku == GUID("0e00c25d-8795-4fb7-9572-3803d91b6880"))
        #expect(first.applicationID == .windowsApplication)
        #expect(first.text(.productName) == "Windows(R) 7")
        #expect(first.text(.installationID) == CILReaderTests.installationID)
        #expect(second.licenseStatus == .licensed)
        #expect(second.text(.partialProductKey) == "ABCDE")
    }

    @Test(
        "every field of .cilx is taken as an element, as an attribute and deeper inside a product",
        arguments: ProductField.allCases)
    func fields(_ field: ProductField) throws {
        let text =
            switch field.kind {
            case .guid: "0e00c25d-8795-4fb7-9572-3803d91b6899"
            case .timestamp: "2021-01-30"
            case .repeatedText, .uniqueText: "text"
            default: "1"
            }
        let name = field.elementName
        let forms = [
            "<\(name)>\(text)</\(name)>", "<Status \(name)='\(text)'/>", "<Status><\(name)>\(text)</\(name)></Status>",
        ]
        let values = forms.map { form in
            ReadResult(
                cil: CILReaderTests.list(CILReaderTests.computer("<Product>\(CILReaderTests.sku)\(form)</Product>"))
            )
            .products.first?[field]
        }
        #expect(values.allSatisfy { $0 == values[0] && $0?.isMissing == false }, "\(values)")
    }

    @Test("an address that is there twice is taken once and reported")
    func duplicateAddress() throws {
        let text = CILReaderTests.list(
            CILReaderTests.computer(
                "<MacAddresses><MacAddress>02:00:5E:10:20:30</MacAddress>\n<MacAddress>02-00-5e-10-20-30</MacAddress>\n<MacAddress>02005e102030</MacAddress></MacAddresses>"
            ))
        let result = ReadResult(cil: text)
        #expect(result.clients.first?.macAddresses.count == 1)
        let found = try #require(result.diagnostic("cil.mac.duplicate"))
        #expect(found.count == 2)
        #expect(found.line == 4)
        #expect(found.column != nil)
        #expect(found.severity == .warning)
    }

    @Test("the same address in two computers is no finding")
    func sharedAddress() {
        let address = "<MacAddress>02:00:5E:10:20:30</MacAddress>"
        let text = CILReaderTests.list(
            CILReaderTests.computer(address, attributes: "Name='a'")
                + CILReaderTests.computer(address, attributes: "Name='b'"))
        #expect(ReadResult(cil: text).diagnostics == [])
    }

    @Test("an address that cannot be read is left out and counted")
    func unreadableAddress() {
        let address = "<MacAddress>00:11:11:CF:FC:xx</MacAddress>"
        let result = ReadResult(cil: CILReaderTests.list(CILReaderTests.computer(address + address)))
        #expect(result.clients.first?.macAddresses == [])
        #expect(result.diagnostic("cil.mac.unreadable")?.count == 2)
    }

    @Test("computers are the same by VAMT's id, or by name and network")
    func duplicates() {
        let rows = [
            "Name='PC-1' NetworkName='CORP' Id='5f0c2a7d-70a4-4a55-8f0e-6f3a5d1f9b01'",
            "Name='PC-1' NetworkName='LAB' Id='5f0c2a7d-70a4-4a55-8f0e-6f3a5d1f9b02'",
            "Name='pc-1' NetworkName='corp' Id='5f0c2a7d-70a4-4a55-8f0e-6f3a5d1f9b03'",
            "Name='PC-9' NetworkName='CORP' Id='5F0C2A7D70A44A558F0E6F3A5D1F9B02'",
        ]
        let result = ReadResult(
            cil: CILReaderTests.list(rows.map { CILReaderTests.computer("", attributes: $0) }.joined(separator: "\n")))
        #expect(result.clients.count == 4)
        let found = result.diagnostics.filter { $0.code == "vamt.computer.duplicate" }
        #expect(found.map(\.line) == [5, 6])
    }

    @Test("a secure list has ids only, and its network type None means unknown")
    func secure() throws {
        let text = CILReaderTests.list(
            CILReaderTests.computer(
                "<Products><Product>\(CILReaderTests.sku)"
                    + "<InstallationId>\(CILReaderTests.installationID)</InstallationId></Product></Products>",
                attributes: "NetworkType='None' Id='\(CILReaderTests.id)'"))
        let result = ReadResult(cil: text)
        #expect(result.clients.first?.computer.networkType == NetworkType.none)
        #expect(result.products.first?.computer.vamtID == GUID(CILReaderTests.id))
        #expect(result.diagnostics == [])
    }

    @Test("rows that belong to nobody are rejected")
    func unidentified() {
        let text = CILReaderTests.list(
            CILReaderTests.computer("<Product>\(CILReaderTests.sku)</Product>", attributes: "OSVersion='6.1'")
                + CILReaderTests.computer("<Product><InstallationId>1</InstallationId></Product>"))
        let result = ReadResult(cil: text)
        #expect(result.rejected == 3)
        #expect(result.codes == ["vamt.product.unidentified", "cil.computer.unidentified", "vamt.product.incomplete"])
        #expect(result.records.count == 1)
    }

    @Test("keys are read where a list holds them, from elements or attributes")
    func keys() {
        let result = ReadResult(
            cil:
                "<SoftwareLicensingData><ProductKeys><ProductKey KeyId='1' RemainingActivations='5'/><ProductKey><KeyId>2</KeyId></ProductKey></ProductKeys></SoftwareLicensingData>"
        )
        #expect(result.keys.map(\.extendedPID) == ["1", "2"])
        #expect(result.keys.map(\.remaining) == [5, nil])
    }

    @Test("unknown names and values are reported and kept out")
    func unknown() {
        let text = CILReaderTests.list(
            CILReaderTests.computer(
                "<Owner><Product/></Owner><Product Rank='1'>\(CILReaderTests.sku)<Mood/></Product>",
                attributes: "Name='a' NetworkType='Cloud' Colour='red'"))
        let result = ReadResult(cil: text)
        #expect(result.clients.first?.networkTypeText == "Cloud")
        #expect(result.products.count == 1)
        #expect(
            result.codes == [
                "vamt.value.unknown", "vamt.element.unknown", "vamt.element.unknown", "vamt.element.unknown",
                "vamt.element.unknown",
            ])
    }
}

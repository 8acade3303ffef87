import ActivationModel
import Foundation
import Testing
import XMLStream

@testable import Interchange

/// A `.cilx` document around records.
func cilx(_ records: String, attributes: String = "", system: String = "", root: String = "") -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <VolumeActivationManagementToolData VamtVersion="3.0.5.0"\(root)>
    <SoftwareLicensingData \(attributes)>
    \(records)
    </SoftwareLicensingData>
    <VamtSystemData>\(system)</VamtSystemData>
    </VolumeActivationManagementToolData>
    """
}

/// A product with what it needs and `fields`.
func cilxProduct(_ fields: String = "", name: String = "pc-1.corp.example.com") -> String {
    """
    <Product><ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>
    <FullyQualifiedDomainName>\(name)</FullyQualifiedDomainName>
    <Sku>0e00c25d-8795-4fb7-9572-3803d91b6880</Sku>\(fields)</Product>
    """
}

extension ReadResult {
    var products: [ProductRecord] {
        records.compactMap { if case .product(let record) = $0.record { record } else { nil } }
    }
    var clients: [ClientRecord] {
        records.compactMap { if case .client(let record) = $0.record { record } else { nil } }
    }

    init(cilx text: String, cuts: [Int] = []) { self.init(text, cuts: cuts, options: ReadOptions(format: .cilx)) }
    init(cil text: String, cuts: [Int] = []) { self.init(text, cuts: cuts, options: ReadOptions(format: .cil)) }
}

extension ReadOptions {
    init(format: FileFormat) {
        self.init()
        self.format = format
    }
}

@Suite("Reading .cilx")
struct CILXReaderTests {
    static let key = "BBBBB-CCCCC-DDDDD-FFFFF-GGGGG"
    /// Groups whose check digits agree.
    static let installationID = String(repeating: "123450", count: 9)
    static let confirmationID = String(repeating: "123450", count: 8)

    @Test("every field of a product is understood as its kind")
    func productFields() throws {
        let guid = try #require(GUID("55c92734-d682-4d71-983e-d6ec3f16059f"))
        let instant = try #require(Timestamp(iso: "2021-01-30T10:11:12.25"))
        for field in ProductField.allCases {
            let (text, value): (String, FieldValue) =
                switch field.kind {
                case .repeatedText, .uniqueText: ("Some text &amp; more", .text("Some text & more"))
                case .number: ("-1073418124", .number(-1_073_418_124))
                case .guid: ("{55C92734-D682-4D71-983E-D6EC3F16059F}", .guid(guid))
                case .timestamp: ("2021-01-30T10:11:12.25", .timestamp(instant))
                case .keyType: ("Multiple Activation", .number(Int64(KeyType.mak.rawValue)))
                case .licenseStatus: ("oob grace", .number(Int64(LicenseStatus.outOfBoxGrace.rawValue)))
                case .genuineStatus: ("INVALID LICENSE", .number(Int64(GenuineStatus.invalidLicense.rawValue)))
                case .vlActivationType: ("Active Directory", .number(Int64(VLActivationType.activeDirectory.rawValue)))
                }
            let element = "<\(field.elementName)>\(text)</\(field.elementName)>"
            let result = ReadResult(cilx: cilx(cilxProduct(element)))
            let product = try #require(result.products.first, "\(field): \(String(describing: result.error))")
            #expect(product[field] == value, "\(field)")
            #expect(result.records.count == 1)
        }
    }

    @Test("a product belongs to the computer it names, and its line is that of its start")
    func computer() throws {
        let result = ReadResult(cilx: cilx("<Products>\n\n" + cilxProduct() + "\n</Products>"))
        #expect(result.products.first?.computer == ComputerIdentity(name: "pc-1.corp.example.com"))
        #expect(result.products.first?.text(.fullyQualifiedDomainName) == "pc-1.corp.example.com")
        #expect(result.records.map(\.line) == [6])
        #expect(result.diagnostics == [])
    }

    @Test(
        "the confirmation id is found anywhere inside a product",
        arguments: [
            "<ConfirmationId>123</ConfirmationId>",
            "<ConfirmationData><ConfirmationId>123</ConfirmationId></ConfirmationData>",
            "<Sku><ConfirmationId>123</ConfirmationId></Sku>",
        ])
    func confirmation(_ element: String) throws {
        let result = ReadResult(cilx: cilx(cilxProduct(element)))
        #expect(result.products.first?.text(.confirmationID) == "123")
        #expect(result.products.first?.sku == GUID("0e00c25d-8795-4fb7-9572-3803d91b6880"))
    }

    @Test("numbers and names of value sets mean the same", arguments: KeyType.allCases)
    func keyTypes(_ type: KeyType) throws {
        for spelling in ["\(type.rawValue)", type.name, type.name.uppercased(), " \(type.name)\n"] + type.synonyms {
            let product = cilxProduct("<ProductKeyType>\(spelling)</ProductKeyType>")
            #expect(ReadResult(cilx: cilx(product)).products.first?.keyType == type, "\(spelling)")
        }
    }

    @Test("a value that is not understood is kept as written and reported once with its number")
    func unknownValues() throws {
        let status = "<LicenseStatus>Lizenziert</LicenseStatus>"
        let result = ReadResult(
            cilx: cilx(
                cilxProduct(status) + cilxProduct(status)
                    + cilxProduct(
                        "<LicenseStatus>77</LicenseStatus><KmsPort>x</KmsPort><CMID>no</CMID><LastUpdated>gestern</LastUpdated>"
                    )))
        #expect(result.products.map { $0.text(.licenseStatus) } == ["Lizenziert", "Lizenziert", "77"])
        #expect(result.products.last?.text(.kmsPort) == "x")
        #expect(result.products.last?.text(.cmid) == "no")
        #expect(result.products.last?.text(.lastUpdated) == "gestern")
        let reported = result.diagnostics.filter { $0.code == "vamt.value.unknown" }
        #expect(reported.map(\.count) == [2, 1, 1, 1, 1])
        #expect(reported.allSatisfy { $0.severity == .warning && $0.line != nil && $0.column != nil })
        #expect(reported.first?.message.contains("Lizenziert") == true)
    }

    @Test("missing, empty and blank values and .NET's empty date are the same")
    func missing() throws {
        let result = ReadResult(
            cilx: cilx(
                cilxProduct(
                    "<CMID/><KmsHost></KmsHost><LicenseFamily>  \n </LicenseFamily><KmsPort> </KmsPort><LastUpdated>0001-01-01T00:00:00</LastUpdated>"
                )))
        let product = try #require(result.products.first)
        for field in [ProductField.cmid, .kmsHost, .licenseFamily, .kmsPort, .lastUpdated] {
            #expect(product[field].isMissing, "\(field)")
        }
        #expect(result.diagnostics.filter { $0.code != "cilx.order" } == [])
    }

    @Test("names are compared without case and namespaces")
    func names() throws {
        let text = """
            <v:VOLUMEACTIVATIONMANAGEMENTTOOLDATA xmlns:v="urn:v" xmlns="urn:d"><softwareLicensingData><v:products>
            <PRODUCT><v:sku>0e00c25d-8795-4fb7-9572-3803d91b6880</v:sku><applicationid>55c92734d6824d71983ed6ec3f16059f</applicationid>
            <FULLYQUALIFIEDDOMAINNAME>A.example</FULLYQUALIFIEDDOMAINNAME></PRODUCT>
            </v:products></softwareLicensingData></v:VOLUMEACTIVATIONMANAGEMENTTOOLDATA>
            """
        let result = ReadResult(cilx: text)
        #expect(result.products.first?.computer.name == "A.example")
        #expect(result.codes == ["cilx.order"])
    }

    @Test("the root may stand in a NewDataSet")
    func dataSet() {
        let inner = cilx(cilxProduct()).split(separator: "\n").dropFirst().joined(separator: "\n")
        #expect(ReadResult(cilx: "<NewDataSet>\(inner)</NewDataSet>").products.count == 1)
    }

    @Test("records of all other kinds")
    func otherRecords() throws {
        let sku = try #require(GUID("0e00c25d-8795-4fb7-9572-3803d91b6880"))
        let text = cilx(
            """
            <AvailableProducts><AvailableProduct><ApplicationName>Windows</ApplicationName>
            <ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>
            <FullyQualifiedDomainName>pc-1</FullyQualifiedDomainName><Sku>\(sku)</Sku>
            <SoftwareProtectionService>2</SoftwareProtectionService></AvailableProduct></AvailableProducts>
            <ProductKeys><ProductKey><KeyDescription>ESU</KeyDescription><KeyId>55041-00178-365-000123-03</KeyId>
            <KeyType>Mak</KeyType><KeyValue>\(CILXReaderTests.key)</KeyValue><LastUpdate>2021-01-30T10:00:00</LastUpdate>
            <LastErrorCode>0</LastErrorCode><RemainingActivations>120</RemainingActivations>
            <SupportedEditions>Enterprise</SupportedEditions><SupportedSku>{\(sku)}</SupportedSku>
            <UserRemarks>mine</UserRemarks><KeyTypeName>MAK</KeyTypeName></ProductKey></ProductKeys>
            <VolumeActivationClients><VolumeActivationClient><FullyQualifiedDomainName>pc-1.corp</FullyQualifiedDomainName>
            <DomainWorkgroupName>corp</DomainWorkgroupName><IsKmsHost>True</IsKmsHost><NetworkType>domain</NetworkType>
            <OSEdition>Enterprise</OSEdition><OSVersion>6.1.7601</OSVersion></VolumeActivationClient></VolumeActivationClients>
            <PendingActiveDirectoryForestActivations><PendingActiveDirectoryForestActivation>
            <InstallationId>\(CILXReaderTests.installationID)</InstallationId><ProductKeyId>222</ProductKeyId><ProductKey>\(CILXReaderTests.key)</ProductKey>
            <ActivationObjectName>AO</ActivationObjectName><ConfirmationId>\(CILXReaderTests.confirmationID)</ConfirmationId>
            </PendingActiveDirectoryForestActivation></PendingActiveDirectoryForestActivations>
            """,
            system: """
                <SupportedGVLKs><BuiltInGvlk><KeyDescription>GVLK</KeyDescription><KeyId>00000-00000</KeyId>
                <KeyValue>\(CILXReaderTests.key)</KeyValue><SupportedEditions>Pro</SupportedEditions><SupportedSku>\(sku)</SupportedSku>
                <KeyType>Gvlk</KeyType></BuiltInGvlk></SupportedGVLKs>
                <SupportedVolumeApplications><VolumeApplication><ApplicationId>\(sku)</ApplicationId>
                <ApplicationName>Office</ApplicationName><OnlineHelpUri>https://x</OnlineHelpUri></VolumeApplication></SupportedVolumeApplications>
                <SupportedProductKeyTypes><ProductKeyTypeName><KeyType>7</KeyType><KeyTypeName>MAK</KeyTypeName></ProductKeyTypeName>
                </SupportedProductKeyTypes><ProductMappings><ProductMapping><Sku>\(sku)</Sku><ApplicationId>\(sku)</ApplicationId>
                <ProductName>P</ProductName><Edition>E</Edition><VersionName>V</VersionName><ProductFamily>F</ProductFamily>
                <SupportsAd>1</SupportsAd><KmsId>\(sku)</KmsId></ProductMapping></ProductMappings>
                """)
        var key = KeyRecord()
        key.productKey = ProductKey(CILXReaderTests.key)
        key.partialKey = PartialProductKey("GGGGG")
        key.extendedPID = "55041-00178-365-000123-03"
        key.keyType = .mak
        key.description = "ESU"
        key.supportedEditions = "Enterprise"
        key.supportedSKU = sku
        key.remarks = "mine"
        key.remaining = 120
        key.readAt = Timestamp(iso: "2021-01-30T10:00:00Z")
        key.lastErrorCode = 0
        var forest = ForestActivationRecord()
        forest.installationID = CILXReaderTests.installationID
        forest.productKeyID = "222"
        forest.productKey = key.productKey
        forest.activationObjectName = "AO"
        forest.confirmationID = CILXReaderTests.confirmationID
        var setup = ClientSetupKeyRecord()
        setup.description = "GVLK"
        setup.keyID = "00000-00000"
        setup.productKey = key.productKey
        setup.partialKey = key.partialKey
        setup.supportedEditions = "Pro"
        setup.supportedSKU = sku
        setup.keyType = .gvlk
        var application = ApplicationRecord()
        application.applicationID = sku
        application.name = "Office"
        application.onlineHelpURI = "https://x"
        var typeName = KeyTypeNameRecord()
        typeName.keyType = 7
        typeName.name = "MAK"
        var mapping = ProductMappingRecord()
        mapping.sku = sku
        mapping.applicationID = sku
        mapping.productName = "P"
        mapping.edition = "E"
        mapping.versionName = "V"
        mapping.productFamily = "F"
        mapping.supportsAD = true
        mapping.kmsID = sku
        let client = ClientRecord(
            computer: ComputerIdentity(name: "pc-1.corp", network: "corp", networkType: .domain),
            osEdition: "Enterprise",
            osVersion: "6.1.7601", isKMSHost: true)
        let available = AvailableProductRecord(
            computer: ComputerIdentity(name: "pc-1"), applicationName: "Windows", applicationID: .windowsApplication,
            sku: sku, softwareProtectionService: "2")
        let result = ReadResult(cilx: text)
        #expect(
            result.records.map(\.record) == [
                .availableProduct(available), .key(key), .client(client), .forestActivation(forest),
                .clientSetupKey(setup), .application(application), .keyTypeName(typeName), .productMapping(mapping),
            ])
        #expect(result.diagnostics == [])
    }

    @Test(
        "a count of -1 is unknown, and so is an impossible one",
        arguments: [("-1", 0), ("-2", 1), ("many", 1), ("", 0)])
    func remaining(_ text: String, _ warnings: Int) throws {
        let result = ReadResult(
            cilx: cilx("<ProductKey><KeyId>1</KeyId><RemainingActivations>\(text)</RemainingActivations></ProductKey>"))
        #expect(try #require(result.keys.first).remaining == nil)
        #expect(result.codes.filter { $0 == "vamt.value.unknown" }.count == warnings)
    }

    @Test("a masked key gives its last characters, and an unreadable one is never shown")
    func keyValues() throws {
        let secret = "SECRE-TTEXT-THATI-SNOKE-Y1234"
        let result = ReadResult(
            cilx: cilx(
                "<ProductKey><KeyId>1</KeyId><KeyValue>XXXXX-XXXXX-XXXXX-XXXXX-ABCDE</KeyValue></ProductKey>"
                    + "<ProductKey><KeyId>2</KeyId><KeyValue>\(secret)</KeyValue></ProductKey>"
                    + "<ProductKey><KeyValue>\(secret)</KeyValue></ProductKey>"))
        #expect(result.keys.map(\.partialKey?.text) == ["ABCDE", nil])
        #expect(result.diagnostic("vamt.key.unreadable")?.count == 2)
        #expect(result.rejected == 1)
        #expect(!"\(result)".contains("SECRE"))
    }
}

import ActivationModel
import Interchange

/// Random records as a `.cilx` file can hold them, and a list of what must not become known.
struct RandomInventory {
    private(set) var products: [ProductRecord] = []
    private(set) var availableProducts: [AvailableProductRecord] = []
    private(set) var keys: [KeyRecord] = []
    private(set) var clients: [ClientRecord] = []
    private(set) var forestActivations: [ForestActivationRecord] = []
    private(set) var clientSetupKeys: [ClientSetupKeyRecord] = []
    private(set) var applications: [ApplicationRecord] = []
    private(set) var keyTypeNames: [KeyTypeNameRecord] = []
    private(set) var productMappings: [ProductMappingRecord] = []

    /// Names of computers, networks, operating systems, hosts and directory objects, and hardware addresses.
    private(set) var personal: Set<String> = []
    /// Full product keys as they are written.
    private(set) var secrets: Set<String> = []

    private var generator: FixedSeedGenerator

    /// Makes up to a dozen computers. `vamt2` gives them what only a `.cil` file holds, and leaves out what it cannot hold.
    init(seed: UInt64, vamt2: Bool = false) {
        generator = FixedSeedGenerator(seed: seed)
        for _ in 0..<Int.random(in: 0...12, using: &generator) { addComputer(vamt2) }
        for _ in 0..<Int.random(in: 0...4, using: &generator) { keys.append(key()) }
        guard !vamt2 else { return }
        for _ in 0..<Int.random(in: 0...2, using: &generator) { forestActivations.append(forestActivation()) }
        for _ in 0..<Int.random(in: 0...2, using: &generator) { clientSetupKeys.append(clientSetupKey()) }
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            var application = ApplicationRecord()
            application.applicationID = guid()
            application.name = text()
            application.onlineHelpURI = maybe { _ in "https://help.example/?a=1&b=2" }
            applications.append(application)
        }
        for type in KeyType.allCases.prefix(Int.random(in: 0...14, using: &generator)) {
            var name = KeyTypeNameRecord()
            name.keyType = type.rawValue
            name.name = type.label
            keyTypeNames.append(name)
        }
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            var mapping = ProductMappingRecord()
            mapping.sku = guid()
            mapping.applicationID = maybe { $0.guid() }
            mapping.productName = maybe { $0.text() }
            mapping.edition = maybe { $0.text() }
            mapping.versionName = maybe { $0.text() }
            mapping.productFamily = maybe { _ in "Office" }
            mapping.supportsAD = maybe { $0.generator.next() % 2 == 0 }
            mapping.kmsID = maybe { $0.guid() }
            productMappings.append(mapping)
        }
    }

    /// All records in the order of the schema.
    var records: [InventoryRecord] {
        var records = products.map(InventoryRecord.product)
        records += availableProducts.map(InventoryRecord.availableProduct)
        records += keys.map(InventoryRecord.key)
        records += clients.map(InventoryRecord.client)
        records += forestActivations.map(InventoryRecord.forestActivation)
        records += clientSetupKeys.map(InventoryRecord.clientSetupKey)
        records += applications.map(InventoryRecord.application)
        records += keyTypeNames.map(InventoryRecord.keyTypeName)
        records += productMappings.map(InventoryRecord.productMapping)
        return records
    }

    /// Hands the records on in small batches, as a store does.
    func records(_ consume: ([LocatedRecord]) throws -> Void) throws {
        let located = records.map { LocatedRecord(line: 0, record: $0) }
        for start in stride(from: 0, to: located.count, by: 3) {
            try consume(Array(located[start..<min(start + 3, located.count)]))
        }
    }

    // MARK: Records

    private mutating func addComputer(_ vamt2: Bool) {
        var computer = ComputerIdentity(
            vamtID: vamt2 ? guid() : nil, name: personalWord("pc") + ".corp.example",
            network: maybe { $0.personalWord("net") },
            networkType: maybe { $0.pick([NetworkType.domain, .workgroup]) })
        if !vamt2 { computer.name = noted(computer.name) } else { computer.name = personalWord("pc") }
        var client = ClientRecord(
            computer: computer, osEdition: maybe { $0.personalWord("edition") },
            osVersion: maybe { $0.personalWord("6.1") })
        if vamt2 {
            var addresses: Set<MACAddress> = []
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let address = MACAddress(value: generator.next())
                personal.insert(address.description)
                if addresses.insert(address).inserted { client.macAddresses.append(address) }
            }
        } else {
            client.isKMSHost = maybe { $0.generator.next() % 2 == 0 }
        }
        clients.append(client)
        let owner = vamt2 ? computer : ComputerIdentity(name: computer.name)
        for _ in 0..<Int.random(in: 0...3, using: &generator) { products.append(product(of: owner)) }
        guard !vamt2, Bool.random(using: &generator) else { return }
        availableProducts.append(
            AvailableProductRecord(
                computer: owner, applicationName: maybe { _ in "Windows" }, applicationID: guid(), sku: guid(),
                softwareProtectionService: maybe { _ in "Windows" }))
    }

    private mutating func product(of computer: ComputerIdentity) -> ProductRecord {
        var product = ProductRecord(computer: computer)
        for field in ProductField.allCases where field != .fullyQualifiedDomainName {
            if Bool.random(using: &generator) { product[field] = value(of: field) }
        }
        product[.applicationID] = .guid(guid())
        product[.sku] = .guid(guid())
        return product
    }

    private mutating func value(of field: ProductField) -> FieldValue {
        switch field {
        case .installationID, .confirmationID:
            return .text(field == .installationID ? checkedDigits(groups: 9, of: 7) : checkedDigits(groups: 8, of: 6))
        case .productKeyID: return .text("03612-0\(digits(4))-061-\(digits(6))-03-1033-17763.0000-0712019")
        case .partialProductKey: return .text(String(key25().suffix(5)))
        case .cmid, .adActivationCsvlkSkuID:
            let guid = guid()
            personal.insert(guid.description)
            return .guid(guid)
        case .kmsHost, .lastActionStatus, .productVersion, .licenseStatusText, .genuineStatusText,
            .adActivationObjectName, .adActivationObjectDN, .adActivationCsvlkPid:
            return .text(personalWord("host"))
        case .resourceLanguage, .softwareProtectionService: return .text(personalWord("word"))
        default: break
        }
        switch field.kind {
        case .repeatedText, .uniqueText: return .text(text())
        case .number: return .number(Int64(Int32.random(in: .min ... .max, using: &generator)))
        case .guid: return .guid(guid())
        case .timestamp: return .timestamp(timestamp())
        case .keyType: return .number(Int64(pick(KeyType.allCases).rawValue))
        case .licenseStatus: return .number(Int64(pick(LicenseStatus.allCases).rawValue))
        case .genuineStatus: return .number(Int64(pick(GenuineStatus.allCases).rawValue))
        case .vlActivationType: return .number(Int64(pick(VLActivationType.allCases).rawValue))
        }
    }

    private mutating func key() -> KeyRecord {
        var key = KeyRecord()
        if Int.random(in: 0...3, using: &generator) > 0 {
            let secret = secretKey()
            key.productKey = secret
            key.partialKey = secret?.partialKey
        } else {
            key.partialKey = PartialProductKey(key25().suffix(5))
        }
        key.extendedPID = maybe { "55041-00178-\($0.digits(3))-\($0.digits(6))-03-1033-7601.0000-0302021" }
        key.keyType = maybe { $0.pick(KeyType.allCases) }
        key.description = maybe { $0.text() }
        key.supportedEditions = maybe { $0.text() }
        key.supportedSKU = maybe { $0.guid() }
        key.remarks = maybe { $0.text() }
        key.remaining = maybe { Int.random(in: 0...5000, using: &$0.generator) }
        key.readAt = maybe { $0.timestamp() }
        key.lastErrorCode = maybe { Int64(Int32.random(in: .min ... .max, using: &$0.generator)) }
        return key
    }

    private mutating func forestActivation() -> ForestActivationRecord {
        var forest = ForestActivationRecord()
        forest.installationID = maybe { $0.checkedDigits(groups: 9, of: 7) }
        forest.productKeyID = maybe { "03612-0\($0.digits(4))-061-\($0.digits(6))-03-1033-17763.0000-0712019" }
        forest.productKey = secretKey()
        forest.activationObjectName = personalWord("object")
        forest.confirmationID = maybe { $0.checkedDigits(groups: 8, of: 6) }
        return forest
    }

    private mutating func clientSetupKey() -> ClientSetupKeyRecord {
        var key = ClientSetupKeyRecord()
        key.description = text()
        key.keyID = maybe { _ in "00000-00000-000-000000" }
        key.productKey = secretKey()
        key.partialKey = key.productKey?.partialKey
        key.supportedEditions = maybe { $0.text() }
        key.supportedSKU = maybe { $0.guid() }
        key.keyType = .gvlk
        return key
    }

    // MARK: Values

    private mutating func maybe<Value>(_ make: (inout RandomInventory) -> Value) -> Value? {
        generator.next() % 4 == 0 ? nil : make(&self)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    private mutating func guid() -> GUID { GUID(high: generator.next(), low: generator.next()) }

    /// With and without a fraction of a second, between 1990 and 2050.
    private mutating func timestamp() -> Timestamp {
        let milliseconds = Int64.random(in: 631_152_000_000...2_524_608_000_000, using: &generator)
        return Timestamp(milliseconds: generator.next() % 2 == 0 ? milliseconds : milliseconds / 1000 * 1000)
    }

    /// Groups of digits of which the last one checks the others, as in installation ids.
    private mutating func checkedDigits(groups: Int, of size: Int) -> String {
        (0..<groups).map { _ in
            let group = digits(size - 1)
            let sum = group.compactMap(\.wholeNumberValue).enumerated().reduce(0) { sum, digit in
                sum + digit.element * (digit.offset % 2 == 1 ? 2 : 1)
            }
            return group + "\(sum % 7)"
        }.joined()
    }

    private mutating func digits(_ count: Int) -> String {
        (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
    }

    private mutating func key25() -> String {
        let alphabet = Array(ProductKey.alphabet)
        return String((0..<25).map { _ in pick(alphabet) })
    }

    private mutating func secretKey() -> ProductKey? {
        let key = ProductKey(key25())
        if let key { secrets.insert(key.revealed) }
        return key
    }

    /// Text with all that XML must escape, and beyond ASCII.
    private mutating func text() -> String {
        let words = [
            "Windows(R) 7", "Enterprise & more", "<b>", "]]>", "\"quoted\"", "it's", "Größe", "日本", "😀", "a\u{A0}b",
            "line\none", "tab\tone", "&amp;", "--", "®™",
        ]
        return (0..<Int.random(in: 1...4, using: &generator)).map { _ in pick(words) }.joined(separator: " ")
    }

    /// A word that occurs nowhere else, and must not become known.
    private mutating func personalWord(_ stem: String) -> String {
        let word = "\(stem)-\(String(generator.next(), radix: 36))&x"
        personal.insert(word)
        // What XML writes for it.
        personal.insert(word.replacing("&", with: "&amp;"))
        return word
    }

    private mutating func noted(_ word: String?) -> String? {
        if let word { personal.insert(word) }
        return word
    }
}

/// Links that a test can foresee.
final class RememberedLinks {
    private(set) var exportGuids: [GUID] = []
    private(set) var computers: [ComputerIdentity: GUID] = [:]
    private var generator: FixedSeedGenerator

    init(seed: UInt64 = 1) { generator = FixedSeedGenerator(seed: seed) }

    var links: ExportLinks {
        ExportLinks { [self] _ in
            let guid = GUID(high: generator.next(), low: generator.next())
            exportGuids.append(guid)
            return guid
        } computerID: { [self] computer in
            if let known = computers[computer] { return known }
            let guid = GUID(high: generator.next(), low: generator.next())
            computers[computer] = guid
            return guid
        }
    }
}

import ActivationModel
import XMLStream

/// Writes the fields of records as elements, each only if it is known and the mode keeps it.
struct VAMTFieldEncoder {
    let mode: ExportMode
    /// For every kind and field, in the order of the schema: whether the mode keeps it.
    private let keeps: [[Bool]]
    /// Kept values that did not have the form which a proxy export asks for.
    private(set) var withheld = 0

    init(mode: ExportMode) {
        self.mode = mode
        keeps = ExportRule.cilx.map { rules in rules.map { $0.keeps(in: mode) } }
    }

    // MARK: Values

    /// The text of a product's field; nil when it is unknown or must not be written.
    mutating func text(of field: ProductField, in product: ProductRecord) -> String? {
        guard keeps[CILXRecordKind.product.rawValue][field.rawValue] else { return nil }
        switch product[field] {
        case .missing: return nil
        case .text(let text): return allowed(text, as: .product, field.rawValue)
        case .number(let number): return VAMTFieldEncoder.name(of: number, field.kind)
        case .guid(let guid): return guid.description
        case .timestamp(let instant): return instant.description
        }
    }

    /// The installation id with which a product can be activated by proxy; nil when there is none of the right form.
    static func installationID(of product: ProductRecord) -> String? {
        product.text(.installationID).flatMap { has(.digits, $0) ? $0 : nil }
    }

    /// A text as far as the mode lets it through.
    private mutating func allowed(_ text: String, as kind: CILXRecordKind, _ field: Int) -> String? {
        guard !text.isEmpty else { return nil }
        guard mode == .proxy, !VAMTFieldEncoder.has(ExportRule.rule(of: field, in: kind).form, text) else {
            return text
        }
        withheld += 1
        return nil
    }

    /// Whether a text has a form. What was not understood is text and never has the form `understood`.
    static func has(_ form: ExportRule.Form, _ text: String) -> Bool {
        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
        return switch form {
        case .understood: false
        case .productText: true
        case .digits:
            text.utf8.contains(where: isDigit) && text.utf8.allSatisfy { isDigit($0) || $0 == 0x20 || $0 == 0x2D }
        case .productID:
            text.utf8.contains(where: isDigit)
                && text.utf8.allSatisfy { isDigit($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x58 }
        case .partialKey: PartialProductKey(text) != nil
        }
    }

    /// A number as VAMT writes it: the name of a value set's member, else digits.
    private static func name(of number: Int64, _ kind: ProductField.Kind) -> String {
        let name: String? =
            switch kind {
            case .keyType: Int(exactly: number).flatMap { KeyType(rawValue: $0)?.name }
            case .licenseStatus: Int(exactly: number).flatMap { LicenseStatus(rawValue: $0)?.name }
            case .genuineStatus: Int(exactly: number).flatMap { GenuineStatus(rawValue: $0)?.name }
            case .vlActivationType: Int(exactly: number).flatMap { VLActivationType(rawValue: $0)?.name }
            case .repeatedText, .uniqueText, .number, .guid, .timestamp: nil
            }
        return name ?? String(number)
    }

    // MARK: Records

    /// Writes some fields of a product in their order; `exportGuid` stands in for an unknown one.
    mutating func write(
        _ product: ProductRecord, fields: [ProductField], exportGuid: GUID? = nil, to writer: XMLStreamWriter
    ) throws {
        for field in fields {
            if let text = text(of: field, in: product) {
                try writer.element(field.elementName, text: text)
            } else if field == .exportGuid, let exportGuid {
                try writer.element(field.elementName, text: exportGuid.description)
            } else if field == .fullyQualifiedDomainName, mode != .proxy, let name = product.computer.name {
                try writer.element(field.elementName, text: name)
            }
        }
    }

    mutating func write(_ record: AvailableProductRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.applicationName, record.applicationID?.description, record.computer.name,
                record.sku?.description, record.softwareProtectionService,
            ], of: .availableProduct, to: writer)
    }

    /// An unknown count is written as -1, which is the default of VAMT's database.
    mutating func write(_ record: KeyRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.description, record.extendedPID, record.keyType?.name ?? record.keyTypeText,
                record.productKey?.revealed ?? record.partialKey?.masked, record.readAt?.description,
                record.lastErrorCode.map(String.init), String(record.remaining ?? VAMTFieldEncoder.unknownCount),
                record.supportedEditions, record.supportedSKU?.description, record.remarks, nil,
            ], of: .productKey, to: writer)
    }

    private static let unknownCount = -1

    mutating func write(_ record: ClientRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.computer.name, record.computer.network, record.isKMSHost.map { $0 ? "true" : "false" },
                record.computer.networkType?.name ?? record.networkTypeText, record.osEdition, record.osVersion,
            ], of: .client, to: writer)
    }

    mutating func write(_ record: ForestActivationRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.installationID, record.productKeyID, record.productKey?.revealed, record.activationObjectName,
                record.confirmationID,
            ], of: .forestActivation, to: writer)
    }

    mutating func write(_ record: ClientSetupKeyRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.description, record.keyID, record.productKey?.revealed ?? record.partialKey?.masked,
                record.supportedEditions, record.supportedSKU?.description, record.keyType?.name,
            ], of: .clientSetupKey, to: writer)
    }

    mutating func write(_ record: ApplicationRecord, to writer: XMLStreamWriter) throws {
        try write(
            [record.applicationID?.description, record.name, record.onlineHelpURI], of: .application, to: writer)
    }

    mutating func write(_ record: KeyTypeNameRecord, to writer: XMLStreamWriter) throws {
        let keyType = record.keyType.map { KeyType(rawValue: $0)?.name ?? String($0) }
        try write([keyType, record.name], of: .keyTypeName, to: writer)
    }

    mutating func write(_ record: ProductMappingRecord, to writer: XMLStreamWriter) throws {
        try write(
            [
                record.sku?.description, record.applicationID?.description, record.productName, record.edition,
                record.versionName, record.productFamily, record.supportsAD.map { $0 ? "1" : "0" },
                record.kmsID?.description,
            ], of: .productMapping, to: writer)
    }

    /// Writes the values that are known and kept, in the order of the schema.
    private mutating func write(_ values: [String?], of kind: CILXRecordKind, to writer: XMLStreamWriter) throws {
        let names = kind.leafNames
        for (field, value) in values.enumerated() where keeps[kind.rawValue][field] {
            if let value, let text = allowed(value, as: kind, field) { try writer.element(names[field], text: text) }
        }
    }
}

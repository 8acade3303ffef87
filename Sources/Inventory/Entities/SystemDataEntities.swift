import ActivationModel

/// A pending forest activation, as a row of the `forest_activation` table. The whole key, if any, lies sealed beside it.
enum ForestActivationEntity {
    static let layout = EntityLayout(
        table: "forest_activation", key: "identity",
        columns: [
            .init("installation_id", .plain), .init("product_key_id", .plain), .init("partial_key", .plain),
            .init("activation_object_name", .plain), .init("confirmation_id", .plain),
        ],
        clocks: EntityLayout.timeless)

    /// The installation id names the request; without it, key and object do.
    static func identity(_ record: ForestActivationRecord) -> String? {
        if let id = record.installationID, !id.isEmpty { return "iid:" + id }
        let key = record.productKeyID ?? record.productKey?.partialKey.text ?? ""
        let name = record.activationObjectName ?? ""
        return key.isEmpty && name.isEmpty ? nil : "object:\(key)\t\(name.lowercased())"
    }

    static func values(_ record: ForestActivationRecord) -> [FieldValue] {
        [
            FieldValue(record.installationID), FieldValue(record.productKeyID),
            FieldValue(record.productKey?.partialKey.text), FieldValue(record.activationObjectName),
            FieldValue(record.confirmationID),
        ]
    }

    static func record(_ values: [FieldValue]) -> ForestActivationRecord {
        var record = ForestActivationRecord()
        record.installationID = values[0].text
        record.productKeyID = values[1].text
        record.activationObjectName = values[3].text
        record.confirmationID = values[4].text
        return record
    }
}

/// A KMS client set-up key, as a row of the `client_setup_key` table. The whole key, if any, lies sealed beside it.
enum ClientSetupKeyEntity {
    static let layout = EntityLayout(
        table: "client_setup_key", key: "identity",
        columns: [
            .init("description", .plain), .init("key_id", .plain), .init("partial_key", .plain),
            .init("supported_editions", .plain), .init("supported_sku", .plain), .init("key_type", .plain),
        ],
        clocks: EntityLayout.timeless)

    static func identity(_ record: ClientSetupKeyRecord) -> String? {
        let partial = (record.partialKey ?? record.productKey?.partialKey)?.text ?? ""
        let sku = record.supportedSKU?.description ?? ""
        if partial.isEmpty, sku.isEmpty { return record.description.map { "description:" + $0.lowercased() } }
        return "key:\(partial)\t\(sku)"
    }

    static func values(_ record: ClientSetupKeyRecord) -> [FieldValue] {
        [
            FieldValue(record.description), FieldValue(record.keyID),
            FieldValue((record.partialKey ?? record.productKey?.partialKey)?.text),
            FieldValue(record.supportedEditions), FieldValue(record.supportedSKU),
            FieldValue(record.keyType?.rawValue),
        ]
    }

    static func record(_ values: [FieldValue]) -> ClientSetupKeyRecord {
        var record = ClientSetupKeyRecord()
        record.description = values[0].text
        record.keyID = values[1].text
        record.partialKey = values[2].text.flatMap { PartialProductKey($0) }
        record.supportedEditions = values[3].text
        record.supportedSKU = values[4].guid
        record.keyType = values[5].number.flatMap { KeyType(rawValue: Int($0)) }
        return record
    }
}

/// An application that VAMT knows, as a row of the `application` table.
enum ApplicationEntity {
    static let layout = EntityLayout(
        table: "application", key: "identity",
        columns: [.init("application_id", .plain), .init("name", .plain), .init("online_help_uri", .plain)],
        clocks: EntityLayout.timeless)

    static func identity(_ record: ApplicationRecord) -> String? {
        record.applicationID.map { "id:\($0)" } ?? record.name.map { "name:" + $0.lowercased() }
    }

    static func values(_ record: ApplicationRecord) -> [FieldValue] {
        [FieldValue(record.applicationID), FieldValue(record.name), FieldValue(record.onlineHelpURI)]
    }

    static func record(_ values: [FieldValue]) -> ApplicationRecord {
        var record = ApplicationRecord()
        record.applicationID = values[0].guid
        record.name = values[1].text
        record.onlineHelpURI = values[2].text
        return record
    }
}

/// The name of a key type, as a row of the `key_type_name` table.
enum KeyTypeNameEntity {
    static let layout = EntityLayout(
        table: "key_type_name", key: "identity",
        columns: [.init("key_type", .plain), .init("name", .plain)], clocks: EntityLayout.timeless)

    static func identity(_ record: KeyTypeNameRecord) -> String? {
        record.keyType.map { "type:\($0)" } ?? record.name.map { "name:" + $0.lowercased() }
    }

    static func values(_ record: KeyTypeNameRecord) -> [FieldValue] {
        [FieldValue(record.keyType), FieldValue(record.name)]
    }

    static func record(_ values: [FieldValue]) -> KeyTypeNameRecord {
        var record = KeyTypeNameRecord()
        record.keyType = values[0].number.map { Int($0) }
        record.name = values[1].text
        return record
    }
}

/// What VAMT calls a SKU, as a row of the `product_mapping` table.
enum ProductMappingEntity {
    static let layout = EntityLayout(
        table: "product_mapping", key: "identity",
        columns: [
            .init("sku", .plain), .init("application_id", .plain), .init("product_name", .plain),
            .init("edition", .plain), .init("version_name", .plain), .init("product_family", .plain),
            .init("supports_ad", .plain), .init("kms_id", .plain),
        ],
        clocks: EntityLayout.timeless)

    static func identity(_ record: ProductMappingRecord) -> String? {
        record.sku.map { "sku:\($0)" } ?? record.productName.map { "name:" + $0.lowercased() }
    }

    static func values(_ record: ProductMappingRecord) -> [FieldValue] {
        [
            FieldValue(record.sku), FieldValue(record.applicationID), FieldValue(record.productName),
            FieldValue(record.edition), FieldValue(record.versionName), FieldValue(record.productFamily),
            FieldValue(record.supportsAD), FieldValue(record.kmsID),
        ]
    }

    static func record(_ values: [FieldValue]) -> ProductMappingRecord {
        var record = ProductMappingRecord()
        record.sku = values[0].guid
        record.applicationID = values[1].guid
        record.productName = values[2].text
        record.edition = values[3].text
        record.versionName = values[4].text
        record.productFamily = values[5].text
        record.supportsAD = values[6].truth
        record.kmsID = values[7].guid
        return record
    }
}

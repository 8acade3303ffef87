import ActivationModel

/// A product of a computer, as a row of the `product` table.
///
/// The row's number is made of the computer's and the SKU's, so that a product is found without an index of its own and
/// the products of a computer lie side by side.
enum ProductEntity {
    /// How many bits of a row's number hold the number of the SKU.
    static let skuBits: Int64 = 20
    /// The largest number of a SKU. Microsoft has published some thousands.
    static let largestSKU: Int64 = 1 << skuBits - 1

    /// The fields that have a column, in the order of the columns. The others are in the row's number.
    static let fields: [ProductField] = ProductField.allCases.filter {
        $0 != .fullyQualifiedDomainName && $0 != .applicationID && $0 != .sku
    }

    /// The position of a field's column; nil for the fields in the row's number.
    static let columns: [Int?] = ProductField.allCases.map { fields.firstIndex(of: $0) }

    private static let statusUpdated = fields.firstIndex(of: .licenseStatusLastUpdated) ?? 0
    private static let lastUpdated = fields.firstIndex(of: .lastUpdated) ?? 0

    /// What a proxy activation changes, and the time of that change.
    ///
    /// Source: the import procedure in VamtSchema.sql of the Windows ADK takes these and no others from a file without
    /// computer names.
    static let actionFields: Set<ProductField> = [.lastActionStatus, .lastErrorCode, .lastUpdated, .confirmationID]

    /// What differs from computer to computer or from day to day. The other fields are the same on many computers and
    /// lie together as one profile.
    static let ownFields: Set<ProductField> = [
        .cmid, .exportGuid, .graceExpirationDate, .installationID, .confirmationID, .lastActionStatus, .lastErrorCode,
        .lastUpdated, .licenseStatus, .licenseStatusLastUpdated, .licenseStatusReason, .partialProductKey,
        .productKeyID,
    ]

    /// Two clocks: the licence state has its time in `LicenseStatusLastUpdated`, actions have theirs in `LastUpdated`.
    static let layout = EntityLayout(
        table: "product", key: "id",
        columns: fields.map { field in
            let storage: EntityLayout.Storage =
                switch field.kind {
                case _ where !ownFields.contains(field): .grouped
                case .repeatedText: .shared
                case .timestamp: .instant
                default: .plain
                }
            return .init(columnName(field), storage, clock: actionFields.contains(field) ? 1 : 0)
        },
        clocks: { values in
            let status = values[statusUpdated].timestamp?.milliseconds ?? Observation.noTime
            return [status, values[lastUpdated].timestamp?.milliseconds ?? status]
        },
        clockColumns: [statusUpdated, lastUpdated])

    static func row(client: Int64, sku: Int64) -> Int64 { client << skuBits | sku }

    static func values(_ record: ProductRecord) -> [FieldValue] { fields.map { record[$0] } }

    /// Of a record without a computer's name: what a proxy activation changes, and nothing else.
    static func actionValues(_ record: ProductRecord) -> [FieldValue] {
        fields.map { actionFields.contains($0) ? record[$0] : .missing }
    }

    static func record(_ values: [FieldValue], of computer: ComputerIdentity, application: FieldValue, sku: FieldValue)
        -> ProductRecord
    {
        var record = ProductRecord(computer: computer)
        for (position, field) in fields.enumerated() { record[field] = values[position] }
        record[.applicationID] = application
        record[.sku] = sku
        return record
    }

    /// `LicenseStatusLastUpdated` → `license_status_last_updated`
    private static func columnName(_ field: ProductField) -> String {
        var name = ""
        var previous: Character = "_"
        let letters = Array(field.elementName)
        for (index, letter) in letters.enumerated() {
            let next = index + 1 < letters.count ? letters[index + 1] : "A"
            if letter.isUppercase, previous != "_", previous.isLowercase || (previous.isUppercase && next.isLowercase) {
                name.append("_")
            }
            name += letter.lowercased()
            previous = letter
        }
        return name
    }
}

/// A SKU that a computer could hold, as a row of the `available_product` table, numbered as products are.
enum AvailableProductEntity {
    static let layout = EntityLayout(
        table: "available_product", key: "id",
        columns: [.init("application_name", .shared), .init("software_protection_service", .shared)],
        clocks: EntityLayout.timeless)

    static func values(_ record: AvailableProductRecord) -> [FieldValue] {
        [FieldValue(record.applicationName), FieldValue(record.softwareProtectionService)]
    }
}

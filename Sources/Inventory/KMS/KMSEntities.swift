import ActivationModel

/// The state of a KMS host, as a row of the `kms_host` table, or of `kms_office_host` where it is that of Office.
enum KMSHostEntity {
    static let layout = layout(table: "kms_host")
    static let officeLayout = layout(table: "kms_office_host")

    private static func layout(table: String) -> EntityLayout {
        EntityLayout(
            table: table, key: "identity",
            columns: [
                .init("computer", .plain), .init("read_at", .instant), .init("is_enabled", .plain),
                .init("current_count", .plain), .init("port", .plain), .init("publishes_in_dns", .plain),
                .init("total_requests", .plain), .init("failed_requests", .plain),
                .init("requests_by_status", .plain), .init("version", .plain),
            ],
            clocks: { [$0[1].timestamp?.milliseconds ?? Observation.noTime] }, clockColumns: [1])
    }

    static func layout(of record: KMSHostRecord) -> EntityLayout { record.isOffice ? officeLayout : layout }

    static func values(_ record: KMSHostRecord) -> [FieldValue] {
        let byStatus = record.requestsByStatus.map { $0.map { String($0) } ?? "" }.joined(separator: " ")
        return [
            FieldValue(record.computer), FieldValue(record.readAt), FieldValue(record.isEnabled),
            FieldValue(record.currentCount), FieldValue(record.port), FieldValue(record.publishesInDNS),
            FieldValue(record.totalRequests), FieldValue(record.failedRequests), FieldValue(byStatus),
            FieldValue(record.version),
        ]
    }

    static func officeRecord(_ values: [FieldValue]) -> KMSHostRecord {
        var record = record(values)
        record.isOffice = true
        return record
    }

    static func record(_ values: [FieldValue]) -> KMSHostRecord {
        func number(_ index: Int) -> Int? { values[index].number.map { Int($0) } }
        var record = KMSHostRecord(computer: values[0].text ?? "")
        record.readAt = values[1].timestamp
        record.isEnabled = values[2].truth
        record.currentCount = number(3)
        record.port = number(4)
        record.publishesInDNS = values[5].truth
        record.totalRequests = number(6)
        record.failedRequests = number(7)
        if let text = values[8].text {
            record.requestsByStatus = text.split(separator: " ", omittingEmptySubsequences: false).map { Int($0) }
        }
        record.version = values[9].text
        return record
    }
}

/// An activation object, as a row of the `activation_object` table.
enum ActivationObjectEntity {
    static let layout = EntityLayout(
        table: "activation_object", key: "identity",
        columns: [
            .init("distinguished_name", .plain), .init("name", .plain), .init("partial_key", .plain),
            .init("extended_pid", .plain), .init("activation_id", .plain), .init("kms_ids", .plain),
            .init("has_installation_id", .plain), .init("has_confirmation_id", .plain), .init("created", .instant),
        ],
        clocks: EntityLayout.timeless)

    /// The distinguished name, which is unique in a forest; without it the key with the name.
    static func identity(_ record: ActivationObjectRecord) -> String? {
        if let name = record.distinguishedName, !name.isEmpty { return "dn:" + name.lowercased() }
        let key = record.extendedPID ?? record.partialKey?.text ?? ""
        return key.isEmpty ? nil : "key:\(key)\t\(record.name?.lowercased() ?? "")"
    }

    static func values(_ record: ActivationObjectRecord) -> [FieldValue] {
        [
            FieldValue(record.distinguishedName), FieldValue(record.name), FieldValue(record.partialKey?.text),
            FieldValue(record.extendedPID), FieldValue(record.activationID),
            FieldValue(record.kmsIDs.map(\.description).joined(separator: " ")), FieldValue(record.hasInstallationID),
            FieldValue(record.hasConfirmationID), FieldValue(record.created),
        ]
    }

    static func record(_ values: [FieldValue]) -> ActivationObjectRecord {
        var record = ActivationObjectRecord()
        record.distinguishedName = values[0].text
        record.name = values[1].text
        record.partialKey = values[2].text.flatMap { PartialProductKey($0) }
        record.extendedPID = values[3].text
        record.activationID = values[4].guid
        record.kmsIDs = (values[5].text ?? "").split(separator: " ").compactMap { GUID($0) }
        record.hasInstallationID = values[6].truth
        record.hasConfirmationID = values[7].truth
        record.created = values[8].timestamp
        return record
    }
}

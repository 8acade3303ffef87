import ActivationModel

/// The columns of a list of product keys from the Microsoft 365 admin center or, before it, the Volume Licensing Service
/// Center (VLSC).
///
/// The page shows License ID, organization, type, activations or seats, OSA status, key and product; the header text of
/// the exported file is published nowhere, so headers are recognised by these words.
///
/// Source: https://learn.microsoft.com/microsoft-365/commerce/licenses/product-keys-for-vl
enum AdminCenterKeyColumn: Int, TableColumn {
    case licenseID, organization, product, type, key, activations, used, total, osaStatus, readAt

    var name: String {
        switch self {
        case .licenseID: "licenseId"
        case .organization: "organization"
        case .product: "product"
        case .type: "type"
        case .key: "key"
        case .activations: "activations"
        case .used: "used"
        case .total: "total"
        case .osaStatus: "osaStatus"
        case .readAt: "readAt"
        }
    }

    var synonyms: [String] {
        switch self {
        case .licenseID:
            [
                "licenseNumber", "licenceId", "licensingId", "licenseIds", "agreement", "agreementNumber",
                "agreementId",
                "enrollment", "enrollmentNumber",
            ]
        case .organization: ["organizationName", "organisation", "organisationName", "company", "customer"]
        case .product: ["productName", "products", "productTitle", "productFamily"]
        case .type: ["keyType", "productKeyType"]
        case .key: ["productKey", "volumeLicenseKey", "vlk"]
        case .activations:
            [
                "activationsOrSeats", "activationsSeats", "seats", "makActivations", "activationsUsed/Total",
                "activationsUsedOfTotal", "usedTotal", "usedOfTotal", "makActivationsUsed/Total",
                "makActivationsUsed/Available", "activationsUsed/Available", "used/Available",
                "activationsOrSeats(usedOfTotal)", "activationsSeats(usedOfTotal)", "seatsUsedOfTotal",
            ]
        case .used: ["activationsUsed", "usedActivations", "seatsUsed", "consumed"]
        case .total: ["activationsTotal", "totalActivations", "totalSeats", "activationLimit"]
        case .osaStatus: ["osa", "onlineServicesAgreementStatus"]
        case .readAt: ["exportedAt", "exportedOn", "exportDate", "asOf"]
        }
    }

    var isRequired: Bool { self == .key }

    static func isKind(_ columns: Set<AdminCenterKeyColumn>) -> Bool {
        guard columns.contains(.key) else { return false }
        return columns.contains(.osaStatus) || (columns.contains(.licenseID) && columns.contains(.organization))
            || (columns.contains(.activations) && columns.contains(.product))
            || columns.isSuperset(of: [.product, .type, .used, .total])
    }
}

/// A list of product keys from the Microsoft 365 admin center or VLSC. No message shows more of a key than its last five
/// characters.
struct AdminCenterKeyContent: TableContent {
    static let title = "A key list of the Microsoft 365 admin center or VLSC"
    static let dates: [[AdminCenterKeyColumn]] = [[.readAt]]

    private let readAt: Timestamp?

    init(options: ReadOptions) { readAt = options.readAt }

    mutating func begin(
        _ columns: ColumnSet<AdminCenterKeyColumn>, line: Int, into output: inout RecordOutput
    ) throws {
        if columns.present.isDisjoint(with: [.activations, .used, .total]) {
            reportCountHeaders(columns.ignored, column: AdminCenterKeyColumn.activations.name, line: line, &output)
        }
    }

    mutating func read(_ row: TableRow<AdminCenterKeyColumn>, into output: inout RecordOutput) throws {
        var record: KeyRecord
        switch KeyCell(row.text(.key)) {
        case .absent:
            output.reject(
                "m365.key.missing", line: row.line, "The row shows no key.",
                remedy:
                    "Only the roles Administrator and Product keys reader see keys; let one of them export the list.")
            return
        case .full(let key): record = KeyRecord(key)
        case .partial(let partial):
            record = KeyRecord()
            record.partialKey = partial
        case .refused(let refusal):
            output.reject(
                refusal.code, line: row.line, refusal.reason,
                remedy: "Compare the row with the page of the admin center; a spreadsheet may have changed it.")
            return
        }
        takeType(row, &record, into: &output)
        record.description = row.text(.product).flatMap { remarkText($0) }
        record.agreements = agreements(in: row.text(.licenseID))
        record.remarks = remarks(row)
        takeCount(row, &record, into: &output)
        try output.emit(.key(record), line: row.line)
    }

    private func takeType(
        _ row: TableRow<AdminCenterKeyColumn>, _ record: inout KeyRecord, into output: inout RecordOutput
    ) {
        guard let type = row.text(.type) else { return }
        record.keyType = KeyType(listed: type)
        guard record.keyType == nil else { return }
        record.keyTypeText = remarkText(type)
        output.diagnostics.report(
            .note, "keys.type", line: row.line,
            "The key type “\(cellForMessages(type))” is not known; it is kept as it is written.")
    }

    private func remarks(_ row: TableRow<AdminCenterKeyColumn>) -> String? {
        let parts = [
            row.text(.organization).flatMap { remarkText($0) },
            row.text(.osaStatus).flatMap { remarkText($0) }.map { "OSA status: \($0)" },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    // MARK: - Counts

    private func takeCount(
        _ row: TableRow<AdminCenterKeyColumn>, _ record: inout KeyRecord, into output: inout RecordOutput
    ) {
        let (used, total): (Int, Int)
        switch ActivationCount(cell: row.text(.activations), used: row.text(.used), total: row.text(.total)) {
        case .unknown: return
        case .refused(let reason):
            output.diagnostics.report(
                .warning, "m365.activations", line: row.line,
                "The activations “\(shownCount(row))” \(reason); what is left is unknown.",
                remedy: "Write used and total, such as 12/50, or fill the columns used and total.")
            return
        case .known(let first, let second): (used, total) = (first, second)
        }
        record.remaining = total - used
        record.readAt = row.date([.readAt], into: &output) ?? readAt
        if record.readAt == nil {
            output.diagnostics.report(
                .warning, "keys.readAt", line: row.line, "The list does not say when its counts were read.",
                remedy: "Name the time of the export with --read-at.")
        }
    }

    private func shownCount(_ row: TableRow<AdminCenterKeyColumn>) -> String {
        if row.text(.activations) != nil { return row.shown(.activations) }
        return [row.shown(.used), row.shown(.total)].filter { !$0.isEmpty }.joined(separator: " of ")
    }
}

/// Used and total activations, in one cell such as `12/50` or `12 of 50`, or in two.
enum ActivationCount: Hashable {
    case unknown
    case known(used: Int, total: Int)
    /// Why the cells give no count.
    case refused(String)

    init(cell: String?, used: String?, total: String?) {
        func number(_ text: String?) -> WholeNumber {
            WholeNumber(text.flatMap { $0.contains(where: \.isNumber) ? $0 : nil })
        }
        switch (cell, number(used), number(total)) {
        case (_, .value(let used), .value(let total)): self.init(used: used, total: total)
        case (_, .refused(let reason), _), (_, _, .refused(let reason)): self = .refused(reason)
        case (_, .value, .absent), (_, .absent, .value): self = .refused("name only one of used and total")
        case (nil, .absent, .absent): self = .unknown
        case (let cell?, .absent, .absent):
            let parts = cell.split { !$0.isASCII || !$0.isNumber }
            // The page says "used of total", hence that order. INFER
            if parts.count == 2, !cell.contains(where: { $0 == "," || $0 == "." }), let used = Int(digits: parts[0]),
                let total = Int(digits: parts[1])
            {
                self.init(used: used, total: total)
            } else if parts.isEmpty {
                // "N/A", "Unlimited" and a dash.
                self = .unknown
            } else {
                self = .refused(parts.count == 1 ? "are one number, not used and total" : "cannot be read")
            }
        }
    }

    private init(used: Int, total: Int) {
        self =
            used < 0 || total < 0 || used > total
            ? .refused("say that more was used than there is") : .known(used: used, total: total)
    }
}

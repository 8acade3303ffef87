import ActivationModel

/// The records of an inventory as one JSON document (`actkit.export/1`) or its products as a CSV table.
///
/// Records are pulled section by section and written as they come, so the size of the inventory does not matter. A full
/// key is written only where the caller hands over records that hold it and `revealsKeys` is set.
public struct InventoryExport {
    /// Receives a batch of records.
    public typealias Consumer = ([LocatedRecord]) throws -> Void

    /// The records of one kind.
    public struct Section {
        /// The member of the document that holds them, such as `products`.
        public var name: String
        /// Hands all records to the consumer in a stable order.
        public var read: (Consumer) throws -> Void

        /// Makes a section.
        public init(name: String, read: @escaping (Consumer) throws -> Void) {
            self.name = name
            self.read = read
        }
    }

    private let mode: String
    private let sections: [Section]
    private let fields: [ProductField]
    private let namesComputers: Bool
    private let revealsKeys: Bool

    /// Makes an export.
    ///
    /// - Parameters:
    ///   - mode: The word that the document carries, such as `no-keys`.
    ///   - fields: The product fields that are written, in this order.
    ///   - namesComputers: Whether computers may be named.
    ///   - revealsKeys: Whether full keys may be written.
    public init(
        mode: String, sections: [Section], fields: [ProductField] = ProductField.allCases, namesComputers: Bool,
        revealsKeys: Bool
    ) {
        self.mode = mode
        self.sections = sections
        self.fields = fields
        self.namesComputers = namesComputers
        self.revealsKeys = revealsKeys
    }

    /// Writes the products as CSV.
    public func writeCSV(into sink: @escaping ByteConsumer) throws {
        var csv = CSVWriter(into: sink)
        try csv.header((namesComputers ? ["Computer", "Network"] : []) + fields.map(\.elementName))
        // A noncopyable writer cannot be captured by the consumer while it is also used outside, so rows go through a box.
        let rows = CSVRows(csv: csv)
        for section in sections where section.name == "products" {
            try section.read { batch in
                for located in batch {
                    if case .product(let product) = located.record { try write(product, into: &rows.csv) }
                }
            }
        }
        try rows.csv.finish()
    }

    private final class CSVRows {
        var csv: CSVWriter
        init(csv: consuming CSVWriter) { self.csv = csv }
    }

    private func write(_ product: ProductRecord, into csv: inout CSVWriter) throws {
        if namesComputers {
            csv.cell(product.computer.name)
            csv.cell(product.computer.network)
        }
        for field in fields {
            switch product[field] {
            case .missing: csv.cell(nil as String?)
            case .text(let text): csv.cell(MaskedText.hidingKeys(in: text))
            case .number(let number): csv.cell(Int(number))
            case .guid(let guid): csv.cell(guid)
            case .timestamp(let instant): csv.cell(instant)
            }
        }
        try csv.endRow()
    }

    /// Writes all sections as JSON.
    public func writeJSON(into sink: @escaping ByteConsumer) throws {
        var json = JSONStreamWriter(into: sink)
        try json.object { json in
            try json.member("schema", "actkit.export/1")
            try json.member("mode", mode)
            for section in sections {
                try json.array(section.name) { json in
                    try section.read { batch in
                        for located in batch { try write(located.record, into: &json) }
                    }
                }
            }
        }
        try json.finish()
    }

    private func write(_ record: InventoryRecord, into json: inout JSONStreamWriter) throws {
        let form = RecordForm(fields: fields, namesComputers: namesComputers, revealsKeys: revealsKeys)
        try json.object(.line) { json in try form.write(record, into: &json) }
    }
}

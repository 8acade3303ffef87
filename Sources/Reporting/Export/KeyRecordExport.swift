import ActivationModel
import XMLStream

/// The key records of an inventory as a key table or as `KeysExport.xml`, in the forms that `import` reads again.
///
/// Keys are masked to their last five characters unless `revealsKeys` is set and the records hold them whole.
public struct KeyRecordExport {
    /// What a file could not say.
    public struct Summary: Sendable, Hashable {
        /// Keys that were written.
        public var keys = 0
        /// Keys of which the file holds the last five characters only.
        public var masked = 0
        /// Keys that were left out because the form needs at least the last five characters.
        public var omitted = 0
        /// Keys with facts that the form has no place for.
        public var reduced = 0

        /// Makes a summary of nothing.
        public init() {}
    }

    /// Hands all records to the consumer in a stable order.
    public typealias Records = (InventoryExport.Consumer) throws -> Void

    private let records: Records
    private let revealsKeys: Bool

    /// Makes an export of the keys among the records.
    public init(revealsKeys: Bool, records: @escaping Records) {
        self.records = records
        self.revealsKeys = revealsKeys
    }

    private func text(of key: KeyRecord) -> String? {
        if revealsKeys, let whole = key.productKey { return whole.revealed }
        return key.partialKey?.masked
    }

    private func forEachKey(_ body: (KeyRecord) throws -> Void) throws {
        try records { batch in
            for located in batch {
                if case .key(let key) = located.record { try body(key) }
            }
        }
    }

    // MARK: - Table

    private final class Table {
        var csv: CSVWriter
        init(into sink: @escaping ByteConsumer) { csv = CSVWriter(into: sink) }
    }

    /// Writes the table that people keep by hand, with a row per key.
    public func writeCSV(into sink: @escaping ByteConsumer) throws -> Summary {
        var summary = Summary()
        let table = Table(into: sink)
        try table.csv.header([
            "key", "extendedPid", "description", "type", "program", "year", "remaining", "readAt", "agreement",
            "remarks", "supportedEditions", "activationId",
        ])
        try forEachKey { key in
            summary.count(key, revealsKeys)
            table.csv.cell(text(of: key))
            table.csv.cell(key.extendedPID)
            table.csv.cell(key.description.map { MaskedText.hidingKeys(in: $0) })
            table.csv.cell(key.keyType?.label ?? key.keyTypeText.map { MaskedText.hidingKeys(in: $0) })
            table.csv.cell(key.program)
            table.csv.cell(key.year)
            table.csv.cell(key.remaining)
            table.csv.cell(key.readAt)
            table.csv.cell(
                key.agreements.isEmpty ? nil : MaskedText.hidingKeys(in: key.agreements.joined(separator: "; ")))
            table.csv.cell(key.remarks.map { MaskedText.hidingKeys(in: $0) })
            table.csv.cell(key.supportedEditions)
            table.csv.cell(key.supportedSKU)
            try table.csv.endRow()
        }
        try table.csv.finish()
        return summary
    }

    // MARK: - KeysExport.xml

    /// Writes the list that a Visual Studio subscription exports: products by name, each with its keys.
    ///
    /// It has no place for extended PID, program, agreement and counts; such keys are counted as reduced.
    ///
    /// Source: https://www.github.com/rnelson/KeysExportViewer (KeysCollection.cs)
    public func writeKeysExport(into sink: any ByteSink) throws -> Summary {
        var summary = Summary()
        let xml = try XMLStreamWriter(to: sink)
        try xml.startDocument()
        try xml.startElement("root")
        try xml.startElement("YourKey")
        // Keys of one product that follow each other share its element; the reader joins the others by name.
        var product: String??
        try forEachKey { key in
            guard let text = text(of: key) else {
                summary.omitted += 1
                return
            }
            summary.count(key, revealsKeys)
            if key.extendedPID != nil || key.program != nil || key.agreement != nil || key.remaining != nil {
                summary.reduced += 1
            }
            if product != .some(key.description) {
                if product != nil { try xml.endElement() }
                try xml.startElement("Product_Key")
                try xml.attribute("Name", key.description.map { MaskedText.hidingKeys(in: $0) } ?? "")
                try xml.attribute("KeyRetrievalNote", "")
                product = .some(key.description)
            }
            try xml.startElement("Key")
            try xml.attribute("ID", String(summary.keys))
            try xml.attribute("Type", KeyRecordExport.portalType(key))
            try xml.attribute("ClaimedDate", "")
            if let remarks = key.remarks { try xml.attribute("notes", MaskedText.hidingKeys(in: remarks)) }
            try xml.text(text)
            try xml.endElement()
        }
        if product != nil { try xml.endElement() }
        try xml.endElement()
        try xml.endElement()
        try xml.finish()
        return summary
    }

    /// The type in the words of the portal, where it has one.
    private static func portalType(_ key: KeyRecord) -> String {
        switch key.keyType {
        case .mak: "Multiple Activation"
        case .retail: "Retail"
        case let type?: type.label
        case nil: key.keyTypeText.map { MaskedText.hidingKeys(in: $0) } ?? ""
        }
    }
}

extension KeyRecordExport.Summary {
    fileprivate mutating func count(_ key: KeyRecord, _ revealsKeys: Bool) {
        keys += 1
        if !revealsKeys || key.productKey == nil { masked += 1 }
    }
}

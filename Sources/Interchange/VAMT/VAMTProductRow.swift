import ActivationModel
import XMLStream

/// One `Product` element while it is read.
struct VAMTProductRow {
    /// The kind of each field, in the order of the fields: one look-up per leaf.
    private let kinds = ProductField.allCases.map(\.kind)
    private var record = ProductRecord(computer: ComputerIdentity())

    /// Begins a product of a computer; of an unknown one in `.cilx` files, where the name is a field.
    mutating func begin(computer: ComputerIdentity = ComputerIdentity()) { record = ProductRecord(computer: computer) }

    /// Takes one field; an empty value never replaces one that is there.
    mutating func assign(
        _ field: ProductField, _ text: Span<UInt8>, at cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        let value = leaves.value(field, kind: kinds[field.rawValue], text, at: cursor, &queue)
        if value.isMissing { return }
        record[field] = value
    }

    /// Ends the row. A product needs a computer, or an id by which VAMT finds it again, and its application and SKU.
    mutating func finish(at place: FilePlace, _ queue: inout RowQueue) {
        if record.computer.name == nil { record.computer.name = record.text(.fullyQualifiedDomainName) }
        guard record.computer.name != nil || record.computer.vamtID != nil || isKnown(.exportGuid) else {
            queue.reject(
                "vamt.product.unidentified", at: place,
                "A product names no computer and has no ExportGuid, so nobody can say whose it is.",
                remedy: "Export the file again with computer names, or for proxy activation.")
            return
        }
        guard isKnown(.sku), isKnown(.applicationID) else {
            queue.reject(
                "vamt.product.incomplete", at: place,
                "A product lacks \(isKnown(.sku) ? "its ApplicationId" : "its Sku"), so it cannot be told apart from others.",
                remedy: "Update the status of the computer in VAMT and export again.")
            return
        }
        queue.emit(.product(record), line: place.line)
    }

    /// Whether an identifier is there. Windows writes all zeros where it means "none".
    private func isKnown(_ field: ProductField) -> Bool { record.guid(field).map { $0 != .zero } ?? false }
}

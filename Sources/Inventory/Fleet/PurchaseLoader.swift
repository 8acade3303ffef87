import ActivationModel
import GRDB

/// Loads the purchase ledger.
enum PurchaseLoader {
    /// The purchases, ordered by program, year, agreement, date and place.
    static func load(_ database: Database, texts: FleetTexts) throws -> [Purchase] {
        var purchases: [Purchase] = []
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT program, year, quantity, channel, agreement, order_date, source, line FROM purchase")
        while let row = try rows.next() {
            let record = PurchaseRecord(
                program: row[0], year: row[1], quantity: row[2], channel: row[3], agreement: row[4],
                orderDate: (row[5] as Int64?).map { Day(ordinal: Int32(truncatingIfNeeded: $0)) })
            purchases.append(Purchase(record: record, source: texts.reference(texts.place(row, 6))))
        }
        return purchases.sorted { left, right in
            let (first, second) = (left.record, right.record)
            if first.program != second.program { return first.program < second.program }
            if first.year != second.year { return first.year < second.year }
            if first.agreement != second.agreement { return (first.agreement ?? "") < (second.agreement ?? "") }
            let (firstDay, secondDay) = (first.orderDate?.ordinal ?? .min, second.orderDate?.ordinal ?? .min)
            if firstDay != secondDay { return firstDay < secondDay }
            if left.source != right.source, let leftSource = left.source, let rightSource = right.source {
                return leftSource < rightSource
            }
            return first.quantity < second.quantity
        }
    }
}

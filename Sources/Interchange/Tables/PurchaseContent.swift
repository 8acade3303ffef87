import ActivationModel

/// The columns of a purchase ledger.
enum PurchaseColumn: Int, TableColumn {
    case program, year, quantity, channel, agreement, orderDate

    var name: String {
        switch self {
        case .program: "program"
        case .year: "year"
        case .quantity: "quantity"
        case .channel: "channel"
        case .agreement: "agreement"
        case .orderDate: "orderDate"
        }
    }

    var synonyms: [String] {
        switch self {
        case .program: ["programme", "esuProgram", "product"]
        case .year: ["programYear", "esuYear", "coverageYear"]
        case .quantity: ["qty", "count", "licenses", "licences", "amount"]
        case .channel: ["purchaseChannel", "licensingChannel"]
        case .agreement: ["agreementNumber", "contract", "contractNumber", "enrollment", "enrolment"]
        case .orderDate: ["ordered", "orderedOn", "purchaseDate", "purchasedOn", "date"]
        }
    }

    var isRequired: Bool { self == .program || self == .year || self == .quantity }

    static func isKind(_ columns: Set<PurchaseColumn>) -> Bool {
        columns.isSuperset(of: [.program, .year, .quantity])
    }
}

/// The purchase ledger: how many licences were bought of which program and year.
struct PurchaseContent: TableContent {
    static let title = "A purchase table"
    static let dates: [[PurchaseColumn]] = [[.orderDate]]

    /// The first day of sale of ESU for Windows 7, by channel.
    ///
    /// Source: https://support.microsoft.com/topic/kb4527878
    private static let firstDayOfSale: [String: Day?] = [
        "VL": Day(year: 2019, month: 4, day: 1), "CSP": Day(year: 2019, month: 12, day: 2),
    ]

    init(options: ReadOptions) {}

    mutating func read(_ row: TableRow<PurchaseColumn>, into output: inout RecordOutput) throws {
        guard let program = row.text(.program)?.lowercased() else {
            output.reject(
                "purchases.program", line: row.line, "The row names no program.",
                remedy: "Write a program identifier such as windows-7.")
            return
        }
        guard let year = number(.year, row, into: &output) else { return }
        guard year >= 1 else {
            output.reject(
                "purchases.year", line: row.line, "The year is \(year); the years of a program count from 1.",
                remedy: "Write the year of the program, not the calendar year.")
            return
        }
        guard let quantity = number(.quantity, row, into: &output) else { return }
        guard quantity != 0 else {
            output.reject(
                "purchases.quantity", line: row.line, "The quantity is 0, which buys nothing.",
                remedy: "Write how many licenses were bought, or a negative number for licenses that were returned.")
            return
        }
        if quantity < 0 {
            output.diagnostics.report(
                .note, "purchases.return", line: row.line,
                "The quantity is negative: it counts as licenses that were returned.",
                remedy: "Write the number without its sign if they were bought.")
        }
        let channel = row.text(.channel)?.uppercased()
        if let channel, channel != "VL", channel != "CSP" {
            output.reject(
                "purchases.channel", line: row.line,
                "The channel “\(row.shown(.channel))” does not sell ESU; it is sold through VL and CSP only.",
                remedy: "Write VL for volume licensing or CSP for a cloud solution provider.")
            return
        }
        let order = row.date([.orderDate], into: &output)?.day
        if let order, let channel, program == "windows-7", let first = PurchaseContent.firstDayOfSale[channel] ?? nil,
            order < first
        {
            output.diagnostics.report(
                .warning, "purchases.date", line: row.line,
                "The order date lies before \(first), when \(channel) began to sell ESU for Windows 7.",
                remedy: "Check the date and the channel of the order.")
        }
        let record = PurchaseRecord(
            program: program, year: year, quantity: quantity, channel: channel, agreement: row.text(.agreement),
            orderDate: order)
        try output.emit(.purchase(record), line: row.line)
    }

    /// A number that must be there; nil when the row was rejected.
    private func number(
        _ column: PurchaseColumn, _ row: TableRow<PurchaseColumn>, into output: inout RecordOutput
    ) -> Int? {
        switch WholeNumber(row.text(column)) {
        case .value(let value): return value
        case .absent:
            output.reject("purchases.\(column.name)", line: row.line, "The row has no \(column.name).")
        case .refused(let reason):
            output.reject(
                "purchases.\(column.name)", line: row.line,
                "The \(column.name) “\(row.shown(column))” \(reason).")
        }
        return nil
    }
}

import ActivationModel
import ESUPrograms

/// What to know about the purchases of a program: traps of dates and channels that make a ledger look wrong, or are wrong.
///
/// Purchases of other programs are not looked at. Hints never change a decision.
///
/// Source of the rules: the ESU questions and answers for Windows 7,
/// https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/windows-client/windows-7-eos-faq/windows-7-extended-security-updates-faq.yml
public struct LedgerHints: Sendable {
    /// The hints, in the order of the rules' identifiers.
    public let diagnostics: [Diagnostic]

    /// The last day on which a CSP return of the second year of Windows 7 was not possible yet (rule LIC-14).
    static let lastDayWithoutReturn = Day(year: 2021, month: 1, day: 13)
    /// Days after which a volume licensing order should show in the license summary: 24 hours, counted in whole days
    /// (rule LIC-17).
    static let daysUntilVisible = 1

    /// Looks at the purchases of a program as of a day.
    public init(_ program: ESUProgram, purchases: [Purchase], asOf: Day) {
        let own = purchases.filter { $0.record.program.lowercased() == program.id }
        diagnostics =
            LedgerHints.unknownYears(program, own) + LedgerHints.late(program, own, asOf: asOf)
            + LedgerHints.earlyReturns(program, own) + LedgerHints.invoices(program, own)
            + LedgerHints.fresh(program, own, asOf: asOf) + LedgerHints.future(program, own, asOf: asOf)
    }

    /// Purchases whose program no program of the catalog has: they count for nothing. One warning per text, at its first
    /// purchase.
    public static func unknownPrograms(_ purchases: [Purchase], catalog: ProgramCatalog) -> [Diagnostic] {
        var found: [String: (first: Purchase, count: Int, licenses: Int)] = [:]
        for purchase in purchases where catalog[purchase.record.program.lowercased()] == nil {
            var entry = found[purchase.record.program] ?? (purchase, 0, 0)
            if let place = purchase.source, let first = entry.first.source, place < first { entry.first = purchase }
            entry.count += 1
            entry.licenses += purchase.record.quantity
            found[purchase.record.program] = entry
        }
        var collector = DiagnosticCollector()
        for (text, entry) in found.sorted(by: { $0.key < $1.key }) {
            let shown = String(text.prefix(longestText))
            collector.report(
                Diagnostic(
                    code: "ledger.program.unknown", severity: .warning, file: entry.first.source?.file,
                    line: entry.first.source?.line, count: entry.count,
                    message:
                        "purchases of \(entry.licenses) licenses count for nothing: there is no program \"\(shown)\"",
                    remedy: nearest(to: shown, in: catalog).map {
                        "Did you mean \"\($0)\"? Correct the table and import it again."
                    }
                        ?? "Write one of \(catalog.programs.map(\.id).joined(separator: ", "))."))
        }
        return collector.diagnostics
    }

    /// The most characters of a text that a message shows.
    private static let longestText = 80

    /// The identifier of the program whose identifier or title is nearest to a text.
    private static func nearest(to text: String, in catalog: ProgramCatalog) -> String? {
        let idOfTitle = Dictionary(
            catalog.programs.map { ($0.title.lowercased(), $0.id) }, uniquingKeysWith: { first, _ in first })
        let ids = catalog.programs.map(\.id)
        if let id = ids.nearest(to: text) { return id }
        return idOfTitle.keys.nearest(to: text).flatMap { idOfTitle[$0] }
    }

    /// LIC-12: a year that the program does not have cannot be bought.
    private static func unknownYears(_ program: ESUProgram, _ purchases: [Purchase]) -> [Diagnostic] {
        let wrong = purchases.filter { program.year($0.record.year) == nil }
        let last = program.years.map(\.number).max() ?? 0
        return hint(
            "ledger.year.unknown", .warning, wrong,
            "purchases of \(program.id) name a year that is not one of its years 1 to \(last), such as year "
                + "\(wrong.first?.record.year ?? 0) (rule LIC-12)",
            "Write the year of the program, counted from 1, in the table of purchases.")
    }

    /// LIC-13: whoever ordered after the program began had no updates until then.
    private static func late(_ program: ESUProgram, _ purchases: [Purchase], asOf: Day) -> [Diagnostic] {
        guard let begin = program.year(1)?.coverageFrom, purchases.contains(where: { $0.record.quantity > 0 }),
            purchases.allSatisfy({ $0.record.quantity <= 0 || $0.record.orderDate != nil })
        else { return [] }
        let orders = purchases.filter { $0.record.quantity > 0 }
        guard let first = orders.min(by: { date($0) < date($1) }), date(first) > begin, date(first) <= asOf else {
            return []
        }
        return hint(
            "ledger.late", .note, [first],
            "the first order of \(program.id) is of \(date(first)): from \(begin) to "
                + "\(date(first).adding(days: -1)) there were no updates and no support (rule LIC-13)",
            "Install the updates of that time as well; the key of their year unlocks them later, too.")
    }

    /// LIC-14: a return that could not be made yet.
    private static func earlyReturns(_ program: ESUProgram, _ purchases: [Purchase]) -> [Diagnostic] {
        guard program.id == "windows-7", let last = lastDayWithoutReturn else { return [] }
        let early = purchases.filter {
            $0.record.quantity < 0 && $0.record.year == 2 && $0.record.channel == "CSP"
                && ($0.record.orderDate.map { $0 <= last } ?? false)
        }
        return hint(
            "ledger.return.early", .warning, early,
            "a CSP return of \(program.id) year 2 is dated before it was possible, which was after \(last) (rule LIC-14)",
            "Check the date. Until the return is made, the licenses are still bought.")
    }

    /// LIC-16: the month of an invoice is not the month of the order.
    private static func invoices(_ program: ESUProgram, _ purchases: [Purchase]) -> [Diagnostic] {
        let undated = purchases.filter { $0.record.channel == "CSP" && $0.record.orderDate == nil }
        return hint(
            "ledger.csp.undated", .note, undated,
            "CSP purchases of \(program.id) have no order date; the month of the invoice can be the one before the order "
                + "(rule LIC-16)",
            "Take the order date from the partner's confirmation, not from the invoice.")
    }

    /// LIC-17: an order that need not be visible yet.
    private static func fresh(_ program: ESUProgram, _ purchases: [Purchase], asOf: Day) -> [Diagnostic] {
        let fresh = purchases.filter {
            $0.record.quantity > 0 && $0.record.channel == "VL"
                && ($0.record.orderDate.map { (0...daysUntilVisible).contains(asOf.days(since: $0)) } ?? false)
        }
        return hint(
            "ledger.order.fresh", .note, fresh,
            "volume licensing orders of \(program.id) are at most \(daysUntilVisible) day old and may not show in the "
                + "license summary yet (rule LIC-17)",
            "If they do not show after 24 hours, ask the license center.")
    }

    /// Orders that are dated after the day of the plan. They count, as a plan may be made for orders that are on their way.
    private static func future(_ program: ESUProgram, _ purchases: [Purchase], asOf: Day) -> [Diagnostic] {
        let future = purchases.filter { $0.record.orderDate.map { $0 > asOf } ?? false }
        return hint(
            "ledger.order.future", .warning, future,
            "orders of \(program.id) are dated after \(asOf), such as one of "
                + "\(future.first?.record.orderDate?.description ?? ""), and are counted all the same",
            "Check the date of the order; leave the row out until the order is placed.")
    }

    private static func date(_ purchase: Purchase) -> Day { purchase.record.orderDate ?? Day(ordinal: .max) }

    /// One diagnostic for all purchases it is about, at the place of the first; none without any.
    private static func hint(
        _ code: String, _ severity: Severity, _ purchases: [Purchase], _ message: String, _ remedy: String
    ) -> [Diagnostic] {
        guard let first = purchases.first else { return [] }
        return [
            Diagnostic(
                code: code, severity: severity, file: first.source?.file, line: first.source?.line,
                count: purchases.count, message: message, remedy: remedy)
        ]
    }
}

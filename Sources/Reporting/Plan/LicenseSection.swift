import ActivationModel
import Planning

/// The licenses of one target in the table of a plan: bought, held, used, left, and the same per agreement.
struct LicenseSection {
    private let pool: LicensePool

    init(_ pool: LicensePool) { self.pool = pool }

    func write(into output: inout TextOutput) throws {
        try output.line()
        guard let bought = pool.bought, let capacity = pool.capacity else {
            try output.line(
                "  Licenses: no purchase is recorded, so they limit nothing (LIC-02 was not checked).", .warning)
            return
        }
        try output.line("  Licenses: a year counts only with all years before it (LIC-02)")
        var rows = pool.boughtPerYear.enumerated().map { index, quantity in
            [
                "bought for year \(index + 1)", Wording.number(quantity),
                index + 1 == pool.limitingYear ? place("the smallest: this counts", pool.source) : "",
            ]
        }
        rows.append(["held by activated computers", less(pool.activated), ""])
        let short = pool.activated - bought
        rows.append([
            "pool", Wording.number(capacity),
            short > 0 ? "\(Wording.number(short)) more are activated than were bought" : "",
        ])
        if pool.held > 0 { rows.append(["held by recorded plans", less(pool.held), ""]) }
        rows.append(["needed by this plan", less(pool.used), "one for each activate and prepare"])
        if pool.virtualDesktops > 0 {
            rows.append([
                "by endpoints", Wording.number(pool.needed),
                "\(Wording.count(pool.virtualDesktops, "virtual desktop")) reached from "
                    + "\(Wording.count(pool.endpoints, "endpoint")) (LIC-08)",
            ])
        }
        rows.append(["left", Wording.number(pool.left), ""])
        try TextTable(
            columns: [.init(""), .init("", .right), .init("")], indentation: 4, showsHeader: false
        ).render(rows: rows, into: &output)
        try writeAgreements(into: &output)
    }

    /// Agreements are told apart only where there is something besides: a single one repeats the pool.
    private func writeAgreements(into output: inout TextOutput) throws {
        guard !pool.agreements.isEmpty else { return }
        let others = pool.outsideAgreements
        guard pool.agreements.count > 1 || !others.isEmpty else { return }
        try output.line()
        let table = TextTable(
            columns: [
                .init("Agreement"), .init("Channel"), .init("Bought per year", .right), .init("Activated", .right),
            ] + (pool.held > 0 ? [.init("Held", .right)] : []) + [.init("Used", .right), .init("Left", .right)],
            indentation: 4)
        func row(_ words: [String], _ activated: Int, _ held: Int, _ used: Int, _ left: Int) -> [String] {
            words + ([activated] + (pool.held > 0 ? [held] : []) + [used, left]).map { Wording.number($0) }
        }
        var rows = pool.agreements.map { agreement in
            row(
                [agreement.name, agreement.channel ?? "", Self.list(agreement.boughtPerYear)], agreement.activated,
                agreement.held, agreement.used, pool.left(of: agreement))
        }
        if !others.isEmpty {
            rows.append(
                row(
                    ["(no agreement)", "", Self.list(others.boughtPerYear)], others.activated, others.held,
                    others.used, others.left))
        }
        try table.render(rows: rows, into: &output)
    }

    private static func list(_ quantities: [Int]) -> String {
        quantities.map { Wording.number($0) }.joined(separator: ", ")
    }

    private func less(_ number: Int) -> String { number == 0 ? "0" : "−" + Wording.number(number) }

    private func place(_ text: String, _ source: SourceReference?) -> String {
        guard let source else { return text }
        return text + " (\(source.file)" + (source.line > 0 ? ":\(source.line))" : ")")
    }
}

extension PlanFacts {
    /// `bought 29, allotted 27, activated 5, licensed today 4, covered today 6`
    var text: String {
        func number(_ value: Int?) -> String { value.map { Wording.number($0) } ?? "unknown" }
        return "bought \(number(bought)), allotted \(number(allotted)), activated \(number(activated)), "
            + "licensed today \(number(licensedToday)), covered today \(number(coveredToday))"
    }
}

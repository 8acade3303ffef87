import ActivationModel
import ESUPrograms
import Planning

/// What is missing so that everybody is served, in the table of a plan: what to order, what to request, and of whom.
struct NeedsSection {
    private let plan: ActivationPlan

    init(_ plan: ActivationPlan) { self.plan = plan }

    func write(_ options: TableOptions, into output: inout TextOutput) throws {
        let needs = plan.needs.filter { !$0.isEmpty }
        guard !needs.isEmpty else { return }
        try output.line()
        try output.line("What it takes to serve everybody", .heading)
        try writeOrders(needs, into: &output)
        try writeRequests(needs, options, into: &output)
        for need in needs where need.withoutKey > 0 {
            try output.paragraph(
                "No key of the inventory may serve \(Wording.count(need.withoutKey, "computer")) of \(need.target): import the "
                    + "key of that year, declare it under keys: in the policy, or widen the scope of one.",
                indentation: 2, width: options.width, .warning)
        }
    }

    private func writeOrders(_ needs: [PlanNeeds], into output: inout TextOutput) throws {
        let orders = needs.flatMap(\.orders)
        guard !orders.isEmpty else { return }
        let table = TextTable(
            columns: [
                .init("Order"), .init("Licenses", .right), .init("Under"), .init("Unit", .right), .init("Cost", .right),
                .init("Why"),
            ], indentation: 2)
        try table.render(
            rows: orders.map { order in
                [
                    order.target.description, Wording.number(order.quantity),
                    [order.agreement, order.channel].compactMap { $0 }.joined(separator: ", "),
                    order.unit.map { "\($0.number) \($0.currency)" } ?? "",
                    order.cost.map { "\($0.number) \($0.currency)" } ?? "",
                    order.reason.text,
                ]
            }, into: &output)
        let costs = orders.compactMap(\.cost)
        if costs.count == orders.count {
            let sums = Money.sums(costs).map { "\($0.number) \($0.currency)" }.joined(separator: " + ")
            try output.line("  together \(sums) by the prices of the policy")
        } else {
            try output.line("  the policy names no price for some of them, so there is no sum", .quiet)
        }
    }

    private func writeRequests(
        _ needs: [PlanNeeds], _ options: TableOptions, into output: inout TextOutput
    ) throws {
        let requests = needs.flatMap(\.requests)
        guard !requests.isEmpty else { return }
        if needs.contains(where: { !$0.orders.isEmpty }) { try output.line() }
        let table = TextTable(
            columns: [
                .init("Request for key"), .init("Activations", .right), .init("Agreement"), .init("Product"),
                .init("Left", .right), .init("Bought", .right),
            ], indentation: 2)
        try table.render(
            rows: requests.map { request in
                [
                    request.partialKey?.text ?? request.keyID, Wording.number(request.count), request.agreement ?? "",
                    request.product, Wording.number(request.remaining), request.bought.map { Wording.number($0) } ?? "",
                ]
            }, into: &output)
        var told: Set<String> = []
        for request in requests where told.insert(request.addressee).inserted {
            try output.paragraph("ask \(request.addressee)", indentation: 2, hanging: 2, width: options.width, .quiet)
        }
    }
}

extension LicenseOrder.Reason {
    var text: String {
        switch self {
        case .year: "for this year"
        case .earlierYear: "a year counts only with all before it (LIC-02)"
        case .endpoints: "endpoints that reach virtual desktops (LIC-08)"
        }
    }
}

extension ActivationPlan {
    /// `40 more licenses of windows-7 year 2 and 5 more activations on ABCDE`
    var assumptionText: String {
        let parts =
            assumptions.purchases.map { order in
                "\(Wording.count(order.quantity, "more license")) of \(order.target)"
                    + (order.agreement.map { " under \($0)" } ?? "")
            }
            + assumptions.extraActivations.map { extra in
                let name = keys.first { $0.key.id == extra.key }?.key.name ?? extra.key
                return "\(Wording.count(extra.count, "more activation")) on \(name)"
            }
        return Phrase.list(parts)
    }
}

/// The same in the JSON document of a plan.
struct NeedsDocument {
    private let plan: ActivationPlan

    init(_ plan: ActivationPlan) { self.plan = plan }

    func write(into json: inout JSONStreamWriter) throws {
        try json.array("needs") { json in
            for need in plan.needs where !need.isEmpty {
                try json.object { json in try write(need, into: &json) }
            }
        }
        try json.array("shortfalls") { json in
            for shortfall in plan.shortfalls {
                try json.object(.line) { json in
                    let target = plan.targets[shortfall.target]
                    try json.member("program", target.program)
                    try json.member("year", target.year)
                    try json.member("tier", shortfall.tier)
                    try json.member("served", shortfall.served)
                    try json.member("unserved", shortfall.unserved)
                    try json.member("limit", shortfall.limit.rawValue)
                    try json.member("helpfulKeys", shortfall.helpfulKeys.map { plan.keys[$0].key.id })
                    try json.member("exhaustedLicenses", shortfall.exhaustedLicenses)
                }
            }
        }
        guard !plan.assumptions.isEmpty else { return }
        try json.object("assumptions") { json in
            try json.array("extraActivations") { json in
                for extra in plan.assumptions.extraActivations {
                    try json.object(.line) { json in
                        try json.member("key", extra.key)
                        try json.member("count", extra.count)
                    }
                }
            }
            try json.array("purchases") { json in
                for order in plan.assumptions.purchases {
                    try json.object(.line) { json in
                        try json.member("program", order.target.program)
                        try json.member("year", order.target.year)
                        try json.member("quantity", order.quantity)
                        try json.member("agreement", order.agreement)
                    }
                }
            }
        }
    }

    private func write(_ need: PlanNeeds, into json: inout JSONStreamWriter) throws {
        try json.member("program", need.target.program)
        try json.member("year", need.target.year)
        try json.member("unserved", need.unserved)
        try json.member("withoutKey", need.withoutKey)
        try json.array("orders") { json in
            for order in need.orders {
                try json.object(.line) { json in
                    try json.member("program", order.target.program)
                    try json.member("year", order.target.year)
                    try json.member("quantity", order.quantity)
                    try json.member("backYear", order.isBackYear)
                    try json.member("reason", order.reason.rawValue)
                    try json.member("agreement", order.agreement)
                    try json.member("channel", order.channel)
                    try json.member("unit", order.unit?.number)
                    try json.member("cost", order.cost?.number)
                    try json.member("currency", order.unit?.currency)
                }
            }
        }
        try json.array("requests") { json in
            for request in need.requests {
                try json.object(.line) { json in
                    try json.member("key", request.keyID)
                    try json.member("partialKey", request.partialKey?.text)
                    try json.member("activations", request.count)
                    try json.member("agreement", request.agreement)
                    try json.member("channel", request.channel)
                    try json.member("product", request.product)
                    try json.member("remaining", request.remaining)
                    try json.member("bought", request.bought)
                    try json.member("askWhom", request.addressee)
                }
            }
        }
        guard let cost = need.cost else { return try json.member("cost", nil as String?) }
        try json.array("cost", .line) { json in
            for sum in cost {
                try json.object { json in
                    try json.member("amount", sum.number)
                    try json.member("currency", sum.currency)
                }
            }
        }
    }
}

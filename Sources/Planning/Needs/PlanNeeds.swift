import ActivationModel
import ESUPrograms

/// What is missing so that every computer that competes for a target is served: licenses to order and activations to request.
///
/// As few licenses of the target year as possible, whatever they cost; then of all ways to spread these over the agreements
/// one with which the fewest activations are missing. More licenses might save activations, where keys with activations
/// left belong to an agreement without licenses; they are not ordered for that. Where a reserve is a share of what a key
/// has left, a request is larger than what the computers need of the key, and the number that is as small as possible is
/// that of the computers. Earlier years are ordered as far as the chain of years demands (rules LIC-02 and LIC-03).
public struct PlanNeeds: Sendable, Hashable {
    public var target: ProgramTarget
    /// Computers that compete in vain.
    public var unserved: Int
    /// Licenses to order, the earliest year first; empty when none are missing, or when no purchase is recorded.
    public var orders: [LicenseOrder]
    /// Activations to request, in the order of keys.
    public var requests: [ActivationRequest]
    /// Computers that no key of the inventory may serve, however many activations it gets.
    public var withoutKey: Int

    /// Licenses to order of all years together.
    public var licenses: Int { orders.reduce(0) { $0 + $1.quantity } }
    /// Activations to request of all keys together.
    public var activations: Int { requests.reduce(0) { $0 + $1.count } }
    /// What the orders cost, per currency; nil when the policy does not know the price of one of them.
    public var cost: [Money]? {
        let costs = orders.compactMap(\.cost)
        return costs.count == orders.count ? Money.sums(costs) : nil
    }
    /// Whether nothing is missing.
    public var isEmpty: Bool { unserved == 0 && orders.isEmpty && requests.isEmpty }

    /// Orders each license once: a license of an earlier year that several targets ask for, or that is a target itself, is
    /// ordered as often as the one of them that needs the most.
    static func removeRepeated(_ needs: inout [PlanNeeds]) {
        var ordered: [ProgramTarget: Int] = [:]
        for need in needs {
            let own = need.orders.filter { $0.target == need.target }.reduce(0) { $0 + $1.quantity }
            ordered[need.target, default: 0] += own
        }
        for index in needs.indices {
            needs[index].orders = needs[index].orders.compactMap { order in
                guard order.isBackYear else { return order }
                var order = order
                let known = ordered[order.target] ?? 0
                ordered[order.target] = max(known, order.quantity)
                order.quantity -= known
                return order.quantity > 0 ? order : nil
            }
        }
    }

    /// The assumptions under which every computer that a key may serve is served.
    public func assumptions(adding given: PlanAssumptions = PlanAssumptions()) -> PlanAssumptions {
        PlanAssumptions(
            extraActivations: given.extraActivations + requests.map { .init(key: $0.keyID, count: $0.count) },
            purchases: given.purchases
                + orders.map { .init(target: $0.target, quantity: $0.quantity, agreement: $0.agreement) })
    }
}

/// Licenses of one year to buy.
public struct LicenseOrder: Sendable, Hashable {
    public var target: ProgramTarget
    public var quantity: Int
    /// The agreement to buy under; nil when none must be named.
    public var agreement: String?
    /// How that agreement buys: `VL`, `CSP`; nil when unknown.
    public var channel: String?
    public var reason: Reason
    /// Whether it is an earlier year that the chain of years demands.
    public var isBackYear: Bool { reason == .earlierYear }

    /// Why licenses are to be bought.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// For computers of the target's year.
        case year
        /// As a year counts, and may be bought, only with all before it (rule LIC-02).
        case earlierYear
        /// For endpoints that reach virtual desktops (rule LIC-08).
        case endpoints
    }

    /// The price of one license by the policy.
    public var unit: Money?
    /// Quantity times unit.
    public var cost: Money? { unit.flatMap { $0.times(quantity) } }
}

/// Activations to ask for, with the fields that the request form wants.
///
/// Source: https://github.com/MicrosoftDocs/microsoft-365-docs/blob/public/microsoft-365/commerce/licenses/product-keys-for-vl.md
public struct ActivationRequest: Sendable, Hashable {
    /// The key's position in `ActivationPlan.keys`.
    public var key: Int
    /// The key's identifier inside the inventory.
    public var keyID: String
    /// The last five characters of the key.
    public var partialKey: PartialProductKey?
    /// How many more.
    public var count: Int
    public var agreement: String?
    /// How the agreement buys: `VL`, `CSP`; nil when unknown.
    public var channel: String?
    /// The product to name.
    public var product: String
    /// Activations that are left before the plan.
    public var remaining: Int
    /// The licenses that the agreement, or the organisation, bought of the year; nil without purchases.
    public var bought: Int?

    /// Whom to ask. Volume customers ask Microsoft, customers of a partner ask the partner (rules KEY-06 to KEY-08).
    public var addressee: String {
        switch channel {
        case "VL": "Microsoft: the contact form of the volume licensing portal, or the activation center by telephone"
        case "CSP": "the partner, who opens a case in Partner Center"
        default: "Microsoft for keys of volume licensing, the partner for keys bought through CSP"
        }
    }
}

import ActivationModel
import ESUPrograms

/// What to tell about a computer that competed in vain: who got what it could have had, and what would help it.
struct CompetitionAnswer {
    private let plan: ActivationPlan
    private let entry: PlanEntry
    /// Usable keys that take the computer, as positions in `ActivationPlan.keys`.
    private let keys: [Int]
    /// Tells computers apart that may use different keys.
    private let profiles: ComputerProfiles
    private let position: Int
    private let shortfall: Shortfall?
    private let needs: PlanNeeds?

    /// - Parameter position: the computer's position in the fleet the plan was made of.
    init(_ plan: ActivationPlan, entry: PlanEntry, at position: Int, fleet: Fleet) {
        self.plan = plan
        self.entry = entry
        let license = plan.target(of: entry).license
        let own = plan.keys.indices.filter { plan.keys[$0].key.license == license }
        let scopes = own.map { plan.keys[$0].scope ?? .all([]) }
        let profiles = ComputerProfiles(scopes, fleet: fleet)
        self.profiles = profiles
        self.position = position
        let taking = own.enumerated().filter { profiles.holds($0.offset, at: position) }.map(\.element)
        keys = taking
        needs = plan.needs.first { $0.target == license.target }
        shortfall = plan.shortfalls.first { shortfall in
            shortfall.target == Int(entry.target) && shortfall.tier == entry.tier
                && Set(shortfall.scopes) == Set(taking.compactMap { plan.keys[$0].scopeNumber })
        }
    }

    /// Whether the licenses of single agreements, not those of all together, are the limit.
    private var isLimitedByAgreement: Bool { entry.decision == .unpurchased && shortfall?.limit == .agreement }

    /// Per key of the plan: whether the computer could have had what an activation of it uses.
    private func contested() -> [Bool] {
        var contested = plan.keys.map { $0.key.license == plan.target(of: entry).license }
        if entry.decision != .unpurchased || isLimitedByAgreement {
            let own = Set(keys)
            let agreements = Set(keys.compactMap { plan.keys[$0].agreement.map(AgreementPool.folded) })
            for (position, planned) in plan.keys.enumerated() where contested[position] {
                contested[position] =
                    isLimitedByAgreement
                    ? planned.agreement.map { agreements.contains(AgreementPool.folded($0)) } ?? false
                    : own.contains(position)
            }
        }
        return contested
    }

    /// The agreements of the ledger to which the computer's keys belong.
    private var agreements: [AgreementPool] {
        let pool = plan.pools[Int(entry.target)]
        let own = Set(keys.compactMap { pool.agreement(plan.keys[$0].agreement) })
        return own.sorted().map { pool.agreements[$0] }
    }

    /// Who holds the activations or licenses that the computer could have had, as sentences.
    func rivals() -> [String] {
        guard !entry.decision.usesActivation, let tier = entry.tier else { return [] }
        let byLicense = entry.decision == .unpurchased
        if !byLicense, keys.isEmpty {
            return ["No key of the inventory takes this computer, so nobody took its place."]
        }
        let contested = contested()
        var perTier: [Int: Int] = [:]
        var competing = 0
        var holding = 0
        /// The last by name of its tier that was served and may use the same keys.
        var last: String?
        var areAlike = true
        for other in plan.entries where other.target == entry.target && other.decision.usesActivation {
            guard other.key >= 0, contested[Int(other.key)] else { continue }
            perTier[other.tier ?? tier, default: 0] += 1
            if plan.isHeld(other) {
                holding += 1
                continue
            }
            guard other.tier == tier else { continue }
            competing += 1
            if profiles.profile(at: Int(other.computer)) == profiles.profile(at: position) {
                last = plan.name(of: other)
            } else {
                areAlike = false
            }
        }
        let what =
            !byLicense
            ? "activations of its keys\(names(keys))"
            : isLimitedByAgreement ? "licenses of \(Phrase.list(agreements.map(\.name)))" : "licenses"
        guard !perTier.isEmpty else {
            return heldForOthers > 0
                ? ["No \(what) are free: " + heldSentence(heldForOthers)]
                : ["Nobody got them: there are no \(what) to give."]
        }
        let parts = perTier.sorted { $0.key < $1.key }.map { "\($0.value) to tier \($0.key)" }
        var sentences = ["The \(what) went to others: \(Phrase.list(parts))."]
        if perTier.keys.contains(where: { $0 < tier }) {
            sentences.append("Lower tiers are served first; this computer is of tier \(tier).")
        }
        if holding > 0 {
            sentences.append(
                "For \(holding) of them a recorded plan holds it, which comes before every tier (PLAN-13).")
        }
        if heldForOthers > 0 { sentences.append("Besides, " + heldSentence(heldForOthers)) }
        sentences += sharedLicenses()
        if competing > 0 {
            var sentence = "Of its own tier, \(competing) \(competing == 1 ? "was" : "were") served; "
            if let last {
                sentence +=
                    (areAlike ? "" : "among those that may use the same keys, ")
                    + (plan.kept == nil ? "" : "computers that had an activation in the plan before come first, then ")
                    + "the order of names decides: the last by name is \(last)."
            } else {
                sentence +=
                    "none of them may use just the same keys, and between computers with different keys the keys decide, "
                    + "not the names."
            }
            sentences.append(sentence)
        }
        return sentences
    }

    /// Who used the licenses on no agreement, as a sentence.
    private func sharedLicenses() -> [String] {
        guard isLimitedByAgreement, agreements.contains(where: { $0.unassigned > 0 }) else { return [] }
        let own = agreements.reduce(0) { $0 + $1.overdrawn }
        let all = plan.pools[Int(entry.target)].agreements.reduce(0) { $0 + $1.overdrawn }
        return [
            "The licenses on no agreement, which all agreements share, are used up: \(own) by these keys, \(all - own) by keys "
                + "of other agreements."
        ]
    }

    /// What recorded plans hold of what the computer could have had, for computers that the plan gives nothing to.
    private var heldForOthers: Int {
        if isLimitedByAgreement { return agreements.reduce(0) { $0 + $1.held } }
        if entry.decision == .unpurchased { return plan.pools[Int(entry.target)].held }
        return keys.reduce(0) { $0 + plan.keys[$1].heldForOthers }
    }

    private func heldSentence(_ number: Int) -> String {
        "\(number) \(number == 1 ? "is" : "are") held by recorded plans for computers that do not get \(number == 1 ? "it" : "them") now (PLAN-13)."
    }

    /// How to get at what recorded plans hold.
    private func releases() -> [String] {
        let contested = contested()
        let isHeld =
            heldForOthers > 0
            || plan.keys.indices.contains { contested[$0] && plan.keys[$0].held > 0 }
        guard isHeld else { return [] }
        let byKey = Set(plan.keys.indices.filter { contested[$0] }.flatMap { plan.keys[$0].heldBy })
        let records = plan.holders[Int(entry.target)].filter { entry.decision == .unpurchased || byKey.contains($0) }
        return records.prefix(3).map { record in
            "If recorded plan \(record.id) is not carried out, 'actkit plan release \(record.id)' gives back what it holds"
                + (record.expires.map { "; else that is free after \($0), when the record expires." } ?? ".")
        }
    }

    /// What would help, as sentences.
    func advice() -> [String] {
        guard entry.tier != nil, !entry.decision.usesActivation else { return [] }
        var sentences: [String] = []
        if let shortfall, !shortfall.helpfulKeys.isEmpty {
            let names = shortfall.helpfulKeys.prefix(4).map { plan.keys[$0].key.name }
            sentences.append(
                "One more activation on \(Phrase.list(names, "or")) would serve one more of the "
                    + "\(Phrase.count(shortfall.unserved, "computer")) that "
                    + "\(shortfall.unserved == 1 ? "waits" : "wait") as this one does.")
        }
        sentences += remedy()
        sentences += releases()
        if keys.isEmpty {
            sentences.append("Widen the scope of a key in the policy, or import the key that was bought for it.")
        }
        if entry.decision == .shortage, let reserve = keys.map({ plan.keys[$0].capacity.reserved }).max(), reserve > 0 {
            sentences.append("A smaller reserve would free activations: up to \(reserve) of one of its keys.")
        }
        return sentences
    }

    /// What must be bought and requested, together, so that everybody is served.
    private func remedy() -> [String] {
        let orders = (needs?.orders ?? []).map { order in
            "buy \(Phrase.count(order.quantity, "license")) of \(order.target)"
                + (order.agreement.map { " under \($0)" } ?? "")
                + (order.cost.map { " (\($0.number) \($0.currency))" } ?? "")
        }
        let own = (needs?.requests ?? []).filter { keys.contains($0.key) }
        let requests = own.map { request in
            "request \(Phrase.count(request.count, "more activation")) on "
                + "\(request.partialKey?.text ?? request.keyID)"
        }
        guard !orders.isEmpty || !requests.isEmpty else { return [] }
        var sentences = ["To serve everybody: " + Phrase.list(orders + requests) + "."]
        if !orders.isEmpty, !requests.isEmpty {
            sentences.append("Neither is enough alone: licenses and activations are different counts.")
        }
        if needs?.orders.contains(where: \.isBackYear) ?? false {
            sentences.append(
                "A year counts only with all years before it (LIC-02), so earlier ones are bought as well.")
        }
        var told: Set<String> = []
        for request in own where told.insert(request.addressee).inserted {
            sentences.append("For the activations ask \(request.addressee).")
        }
        return sentences
    }

    private func names(_ keys: [Int]) -> String {
        let names = keys.prefix(4).map { plan.keys[$0].key.name }
        return names.isEmpty ? "" : " (\(names.joined(separator: ", "))\(keys.count > 4 ? " …" : ""))"
    }
}

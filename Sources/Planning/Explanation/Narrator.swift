import ActivationModel
import ESUPrograms

/// Tells the reasons behind one entry of a plan, in the order in which the rules were applied.
struct Narrator {
    let planner: Planner
    let fleet: Fleet
    let survey: SystemSurvey
    let judge: ComputerJudge
    let plan: ActivationPlan
    let entry: PlanEntry
    let computer: Computer
    let position: Int
    let verdict: ComputerVerdict
    private(set) var reasons: [Explanation.Reason] = []

    init(
        planner: Planner, fleet: Fleet, survey: SystemSurvey, judge: ComputerJudge, plan: ActivationPlan,
        entry: PlanEntry, computer: Computer, position: Int, verdict: ComputerVerdict
    ) {
        self.planner = planner
        self.fleet = fleet
        self.survey = survey
        self.judge = judge
        self.plan = plan
        self.entry = entry
        self.computer = computer
        self.position = position
        self.verdict = verdict
    }

    mutating func add(_ finding: Finding) {
        reasons.append(
            Explanation.Reason(
                rule: planner.ruleText(finding.rule), verdict: finding.verdict, datum: finding.datum,
                source: source(of: finding.origin)))
    }

    private func source(of origin: Finding.Origin) -> SourceReference? {
        switch origin {
        case .none: nil
        case .directory: fleet.reference(computer.directoryPlace)
        case .vamt: fleet.reference(computer.vamtPlace) ?? baseProduct.flatMap { fleet.reference($0.place) }
        case .base: baseProduct.flatMap { fleet.reference($0.place) }
        case .tag: fleet.reference(computer.tagPlace)
        case .product(let position): fleet.reference(fleet.products[position].place)
        case .update(let position): fleet.reference(fleet.updates[position].place)
        case .place(let place): place
        }
    }

    private var baseProduct: Product? {
        let base = Int(survey.baseOf[position])
        return base < 0 ? nil : fleet.products[base]
    }

    /// Tells everything.
    mutating func tell() {
        if let row = verdict.rows.licensed {
            add(
                Finding(
                    .licensedRow, .satisfied, "the row \(judge.target.license.activationID) is licensed",
                    from: .product(row)))
            tellConsumerEnrolment()
            return
        }
        for finding in judge.eligibilities[Int(survey.evidenceOf[position])].findings { add(finding) }
        tellConsumerEnrolment()
        switch verdict.standing {
        case .decided(.ineligible) where !verdict.servicing.isBlocked, .decided(.oem): return
        case .decided(.undetermined) where !verdict.servicing.isBlocked: return
        default: break
        }
        if let entitlement = verdict.entitlement {
            let condition = entitlement.condition.map { ". \($0)" } ?? ""
            add(
                Finding(
                    entitlement.rule, .satisfied,
                    "hosting \(fleet[computer.hosting] ?? "") is covered without a key\(condition)", from: .tag))
            return
        }
        tellAccount()
        if verdict.staleness != nil { return }
        tellUpdates()
        if verdict.servicing.isBlocked { return }
        tellBase()
        if let row = verdict.rows.restorable {
            add(
                Finding(
                    .storedConfirmation, .satisfied,
                    "the row holds an installation id with its confirmation id", from: .product(row)))
            return
        }
        if let row = verdict.rows.outdated {
            add(
                Finding(
                    .storedConfirmation, .violated,
                    "Windows refused the confirmation id that the row holds, so it is not deposited again",
                    from: .product(row)))
        }
        tellCompetition()
    }

    private mutating func tellAccount() {
        if let staleness = Staleness(computer, rule: planner.policy.stale, asOf: planner.asOf) {
            let planned = planner.policy.stale.action == .plan
            add(
                Finding(
                    staleness.rule, planned ? .doubtful : .violated,
                    staleness.reason + (planned ? "; the policy plans such accounts" : ""), from: .directory))
        } else if let seen = computer.lastSeen {
            add(Finding(.inactiveAccount, .satisfied, "last sign of life on \(seen.day)", from: .directory))
        }
    }

    private mutating func tellBase() {
        guard let base = baseProduct else { return }
        let name = [base.keyType.map(\.label), fleet[base.partialKey]].compactMap { $0 }.joined(separator: " ")
        let status = base.status.map(\.token) ?? "of unknown status"
        add(
            Finding(
                .baseLicense, base.status == .licensed ? .satisfied : base.status == nil ? .unknown : .doubtful,
                "the base license\(name.isEmpty ? "" : " (\(name))") is \(status)", from: .base))
    }

    private mutating func tellCompetition() {
        let pool = plan.pools[Int(entry.target)]
        if let tier = entry.tier {
            let rule = FirstMatch(planner.policy.priorities.map(\.condition), fleet: fleet)
                .position(ofComputerAt: position).map { planner.policy.priorities[$0] }
            let why = rule == nil ? "no priority rule of the policy matches" : "a priority rule of the policy matches"
            let place = rule?.line.flatMap { line in planner.policy.file.map { SourceReference(file: $0, line: line) } }
            add(Finding(.priority, .satisfied, "tier \(tier): \(why)", from: place.map { .place($0) } ?? .none))
            tellGroup(.priority, rule?.condition, "it is")
        }
        if let capacity = pool.capacity, let bought = pool.bought {
            let covered = entry.decision != .unpurchased
            add(
                Finding(
                    "LIC-02", covered ? .satisfied : .violated,
                    "\(bought) licenses cover years 1 to \(judge.target.year), \(pool.activated) are held already, "
                        + "\(pool.used) of the remaining \(capacity) are used by this plan",
                    from: pool.source.map { .place($0) } ?? .none))
        } else {
            add(Finding("LIC-02", .unknown, "no purchase is recorded, so the licenses were not checked"))
        }
        if let key = plan.key(of: entry) {
            let name = key.key.partialKey.map { "the key ending in \($0)" } ?? "the key \(key.key.id)"
            if plan.reasons(of: entry).contains(PlannerRule.heldActivation.rawValue) {
                add(Finding(.heldActivation, .satisfied, "a recorded plan holds an activation of \(name) for it"))
            }
            let origin: Finding.Origin = key.source.map { .place($0) } ?? .none
            add(Finding(.usableKey, .satisfied, "\(name) is used: \(key.key.proof)", from: origin))
            tellGroup(.usableKey, key.scope, "the scope of the key takes it as")
            add(
                Finding(
                    "KEY-04", .satisfied,
                    "\(key.capacity.remaining) left on it\(key.capacity.readAt.map { " on \($0.day)" } ?? ""), "
                        + "\(key.capacity.reserved) reserved, \(key.capacity.pending) pending, \(key.assigned) assigned by this plan",
                    from: origin))
        } else if entry.decision == .shortage {
            let usable = plan.keys.filter { $0.key.license == judge.target.license }
            let capacity = usable.map(\.capacity.available).reduce(0, +)
            add(
                Finding(
                    "KEY-04", .violated,
                    usable.isEmpty
                        ? "no key of the inventory is usable for \(judge.target.target)"
                        : "no activation is left for it: \(capacity) available on \(usable.count) keys, "
                            + "\(usable.map(\.assigned).reduce(0, +)) given to others, or outside the scope of the keys"
                ))
            for refused in plan.refusedKeys where couldHelp(refused) {
                let name = refused.partialKey.map { "the key ending in \($0)" } ?? "the key \(refused.id)"
                add(
                    Finding(
                        .usableKey, .violated, "\(name) is refused: \(refused.reason)",
                        from: refused.source.map { .place($0) } ?? .none))
            }
        }
    }

    /// Tells through which groups a condition of the policy takes the computer.
    private mutating func tellGroup(_ rule: PlannerRule, _ condition: Condition?, _ beginning: String) {
        guard let condition, let membership = GroupMembership(condition, of: computer, in: fleet) else { return }
        add(Finding(rule, .satisfied, "\(beginning) \(membership.sentence(fleet))", from: membership.origin(fleet)))
    }

    /// Whether a refused key may well be one of the target, so that a declaration or a newer count would help.
    private func couldHelp(_ refused: RefusedKey) -> Bool {
        let target = judge.target.target
        return switch refused.reason {
        case .unproven(let stated): stated == nil || stated == target
        case .unknownCount(let known): known == target
        case .keyType, .rangeOf, .ordinaryKey, .otherProduct, .skuOf, .otherSKU, .declaredFor: false
        }
    }

    /// The decision as a sentence.
    var summary: String {
        let target = judge.target.target
        return switch entry.decision {
        case .activate: "receives an activation of \(target)"
        case .prepare:
            "an activation of \(target) is held for it; "
                + (plan.missing(of: entry).count == 1
                    ? "1 update comes" : "\(plan.missing(of: entry).count) updates come")
                + " first"
        case .reapply: "its stored confirmation id of \(target) is deposited again; no activation is spent"
        case .activated: "\(target) is licensed already"
        case .entitled: "covered without a key"
        case .ineligible:
            verdict.servicing.isBlocked
                ? "prerequisites are missing, and the policy blocks such machines" : "not of \(target)"
        case .oem: "only the device's manufacturer can supply ESU"
        case .unpurchased: "eligible, but the licenses that were bought are used up"
        case .shortage: "eligible and purchased, but no usable activation is left for it"
        case .stale: "its account is not in use"
        case .undetermined: "data needed for a verdict are missing"
        }
    }
}

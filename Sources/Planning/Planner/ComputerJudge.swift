import ActivationModel
import ESUPrograms

/// What is decided about one computer before computers compete.
struct ComputerVerdict {
    var standing: Standing
    /// Whether the rules of the eligibility are among the reasons.
    var namesEligibility: Bool
    /// Rules beside those of the eligibility, in the order in which they spoke.
    var rules: [String] = []
    /// The position of the prerequisites in `ComputerJudge.checks`; -1 without any.
    var check = -1
    var state = ServicingCheck.State()
    var servicing = ServicingOutcome(ServicingCheck.State(), rule: PrerequisiteRule())
    var rows: TargetRows
    var staleness: Staleness?
    var entitlement: HostingEntitlement?

    /// Whether the system is one of the program; what is licensed already was not asked.
    var isEligible: Bool {
        switch standing {
        case .decided(.ineligible), .decided(.oem), .decided(.undetermined): servicing.isBlocked
        default: true
        }
    }
}

/// Applies the rules that need no allocation to single computers, in the order of the decisions.
///
/// What depends on the operating system alone is worked out once per evidence.
struct ComputerJudge {
    let planner: Planner
    let survey: SystemSurvey
    let target: PlanTarget
    /// Per evidence of the survey.
    let eligibilities: [Eligibility]
    /// The prerequisites of the program's systems.
    let checks: [ServicingCheck]
    /// Per evidence, the position in `checks`; -1 without any.
    private let checkOf: [Int]
    private let program: ESUProgram?

    init(planner: Planner, survey: SystemSurvey, target: PlanTarget) {
        self.planner = planner
        self.survey = survey
        self.target = target
        let program = planner.catalog[target.program]
        self.program = program
        var eligibilities: [Eligibility] = []
        var checkOf: [Int] = []
        var checks: [ServicingCheck] = []
        var positions: [String: Int] = [:]
        for evidence in survey.evidence {
            guard let program else { break }
            let eligibility = Eligibility(
                evidence, program: program, catalog: planner.catalog, disputed: planner.policy.disputed)
            if let system = eligibility.system {
                if positions[system.id] == nil {
                    positions[system.id] = checks.count
                    checks.append(
                        ServicingCheck(
                            program: program.id, system: system.id, on: planner.asOf, catalog: planner.catalog))
                }
                checkOf.append(positions[system.id] ?? -1)
            } else {
                checkOf.append(-1)
            }
            eligibilities.append(eligibility)
        }
        self.eligibilities = eligibilities
        self.checkOf = checkOf
        self.checks = checks
    }

    /// The verdict on a computer. Complexity: linear in its products, logarithmic in its updates.
    func verdict(on computer: Computer, at position: Int, in fleet: Fleet) -> ComputerVerdict {
        let evidence = Int(survey.evidenceOf[position])
        let eligibility = eligibilities[evidence]
        let rows = TargetRows(computer, fleet, activationID: target.license.activationID.guid)
        func decided(_ decision: Decision, _ rules: [String], eligibility: Bool = false) -> ComputerVerdict {
            ComputerVerdict(standing: .decided(decision), namesEligibility: eligibility, rules: rules, rows: rows)
        }
        if rows.licensed != nil { return decided(.activated, [PlannerRule.licensedRow.rawValue]) }
        switch eligibility.verdict {
        case .ineligible: return decided(.ineligible, [], eligibility: true)
        case .oem: return decided(.oem, [], eligibility: true)
        case .undetermined: return decided(.undetermined, [], eligibility: true)
        case .eligible: break
        }
        if let hosting = fleet[computer.hosting],
            let entitlement = program?.entitlement(hosting: hosting, year: target.year)
        {
            var verdict = decided(.entitled, [entitlement.rule])
            verdict.entitlement = entitlement
            return verdict
        }
        let rule = planner.policy.stale
        if rule.action == .exclude, let staleness = Staleness(computer, rule: rule, asOf: planner.asOf) {
            var verdict = decided(.stale, [staleness.rule.rawValue])
            verdict.staleness = staleness
            return verdict
        }
        var verdict = ComputerVerdict(standing: .competes, namesEligibility: true, rows: rows)
        verdict.check = checkOf[evidence]
        if verdict.check >= 0 {
            verdict.state = checks[verdict.check].state(
                updates: fleet.updates(of: computer), system: survey.evidence[evidence].system)
            verdict.servicing = ServicingOutcome(verdict.state, rule: planner.policy.prerequisites)
        }
        if verdict.servicing.isBlocked {
            // A machine that lacks a prerequisite is like one that lacks the service pack; one of which nothing is known is
            // undetermined.
            verdict.standing = .decided(verdict.servicing.blockedByMissing ? .ineligible : .undetermined)
            verdict.namesEligibility = false
            verdict.rules = rules(verdict.servicing.toInstall, check: verdict.check)
        } else if rows.restorable != nil {
            verdict.standing = .reapplies
            verdict.rules = [PlannerRule.storedConfirmation.rawValue]
        }
        return verdict
    }

    // MARK: - Updates to install

    /// The article numbers of a mask, in the order of installation.
    func updates(_ mask: UInt64, check: Int) -> [Int32] {
        mask == 0 || check < 0 ? [] : checks[check].demands(mask).map { Int32($0.minimum.kb) }
    }

    /// The way to the demands of a mask.
    func path(_ mask: UInt64, check: Int, source: UpdateSource?) -> PreparationPath {
        mask == 0 || check < 0 ? PreparationPath(installations: []) : checks[check].path(mask, source: source)
    }

    /// The rules that demand the updates of a mask.
    func rules(_ mask: UInt64, check: Int) -> [String] {
        mask == 0 || check < 0 ? [] : checks[check].demands(mask).map(\.requirement.rule)
    }
}

extension Eligibility {
    /// The findings behind the verdict: for an eligible system all, else those that brought it about.
    var deciding: [Finding] {
        switch verdict {
        case .eligible: findings
        case .undetermined: findings.filter { $0.verdict == .unknown }
        case .oem, .ineligible: findings.filter { $0.verdict == .violated }
        }
    }
}

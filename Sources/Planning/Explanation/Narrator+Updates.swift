import ActivationModel
import ESUPrograms

extension Narrator {
    /// Tells about each demanded update whether it is there, and what is installed where it is not.
    mutating func tellUpdates() {
        guard verdict.check >= 0 else { return }
        let check = judge.checks[verdict.check]
        let updates = fleet.updates(of: computer)
        let evidence = survey.evidence[Int(survey.evidenceOf[position])]
        let rule = FirstMatch(planner.policy.updateSources.map(\.condition), fleet: fleet)
            .position(ofComputerAt: position).map { planner.policy.updateSources[$0] }
        let path = check.path(verdict.servicing.toInstall, source: rule?.source)
        for demand in check.demands {
            let name = "\(demand.requirement.title) (KB\(demand.minimum.kb))"
            let installation = path.installations.first { $0.demanded.contains(demand.minimum.kb) }
            switch check.answer(demand, updates: updates, system: evidence.system) {
            case .satisfied(let update?):
                let kb = Int(fleet.updates[update].kb)
                let by = kb == demand.minimum.kb ? "" : " by KB\(kb), which replaces or implies it"
                add(Finding(demand.requirement.rule, .satisfied, "\(name) is installed\(by)", from: .update(update)))
            case .satisfied(nil):
                add(
                    Finding(
                        demand.requirement.rule, .satisfied, "\(name) is implied by \(evidence.system)",
                        from: evidence.levelOrigin))
            case .missing:
                add(
                    Finding(
                        demand.requirement.rule, .violated,
                        "\(name) is missing: \(consequence(planner.policy.prerequisites.missing, installation))"))
            case .unknown:
                add(
                    Finding(
                        demand.requirement.rule, .unknown,
                        "no list of updates tells whether \(name) is installed: "
                            + consequence(planner.policy.prerequisites.unknown, installation)))
            }
        }
        if !verdict.servicing.isBlocked { tellAccess(path, rule) }
    }

    private func consequence(_ action: PrerequisiteRule.Action, _ installation: UpdateInstallation?) -> String {
        switch action {
        case .prepare:
            if let installation, installation.isSuccessor {
                "KB\(installation.kb), which replaces it, is installed first"
            } else {
                "it is installed first"
            }
        case .block: "the policy holds no activation for such machines"
        case .assume: "the policy takes it as installed"
        }
    }

    /// Tells which updates the computer's source does not have.
    private mutating func tellAccess(_ path: PreparationPath, _ rule: UpdateSourceRule?) {
        guard let rule else { return }
        let place = rule.line.flatMap { line in planner.policy.file.map { SourceReference(file: $0, line: line) } }
        for installation in path.installations where installation.access == .manual {
            let channels = installation.channels.map(\.rawValue).joined(separator: ", ")
            add(
                Finding(
                    "DEP-05", .doubtful,
                    "KB\(installation.kb) cannot be had from \(rule.source.channel.rawValue), where this computer gets its "
                        + "updates, only from \(channels): bring the package to it",
                    from: place.map { .place($0) } ?? .none))
        }
    }

    /// Tells that a computer of the organisation is enrolled as one of a consumer.
    mutating func tellConsumerEnrolment() {
        let evidence = Int(survey.evidenceOf[position])
        guard survey.evidence[evidence].isListed, judge.eligibilities[evidence].verdict == .eligible,
            FirstMatch([ConsumerEnrolment.condition], fleet: fleet).position(ofComputerAt: position) != nil
        else { return }
        add(
            Finding(
                .consumerEnrolment, .doubtful,
                "the tag \(ConsumerEnrolment.tag) says that it is enrolled as a machine of a consumer, and a directory lists it",
                from: .tag))
    }
}

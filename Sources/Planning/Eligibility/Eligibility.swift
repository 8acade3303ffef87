import ActivationModel
import ESUPrograms

/// Whether a system may take part in a program, by the program's data.
struct Eligibility: Sendable, Hashable {
    var verdict: Verdict
    /// The system rule that fits; nil when none does.
    var system: SystemRule?
    /// The rules that spoke.
    var findings: [Finding]

    /// The weightiest of what the rules say; a later case outweighs an earlier one.
    enum Verdict: Int, Sendable, Hashable, Comparable {
        case eligible, undetermined, oem, ineligible
        static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }
    }

    /// Applies the rules of a program to a system.
    init(
        _ evidence: SystemEvidence, program: ESUProgram, catalog: ProgramCatalog,
        disputed: DisputedReadings = DisputedReadings()
    ) {
        verdict = .eligible
        findings = []
        let system = evidence.system
        if let overruled = evidence.overruled {
            findings.append(
                Finding(
                    .newestEvidence, .doubtful, "\(system) is newer evidence than \(overruled)",
                    from: evidence.systemOrigin))
        }
        guard system.generation != .unknown else {
            let why =
                system.isContradictory
                ? "name and version number of the operating system contradict each other"
                : "the operating system is not known"
            add(.undetermined, Finding(.knownSystem, .unknown, why, from: evidence.systemOrigin))
            return
        }
        guard let rule = find(evidence, program, catalog) else { return }
        self.system = rule
        checkLevel(evidence, rule, program)
        checkEdition(evidence, program, disputed)
    }

    private mutating func add(_ verdict: Verdict, _ finding: Finding) {
        self.verdict = max(self.verdict, verdict)
        findings.append(finding)
    }

    /// The system rule of the program that the machine is; without one, says why.
    private mutating func find(
        _ evidence: SystemEvidence, _ program: ESUProgram, _ catalog: ProgramCatalog
    ) -> SystemRule? {
        let system = evidence.system
        if let rule = program.systems.first(where: { $0.isSystem(system) }) { return rule }
        let origin = evidence.systemOrigin
        // The same generation as another kind of product: the manufacturer's, a long-term release, or none.
        if program.systems.contains(where: { $0.isGeneration(of: system) }) {
            let other = catalog.programs.first { other in
                other.id != program.id
                    && other.systems.contains { $0.isSystem(system) && $0.accepts(build: system.build) != false }
            }
            if let other, other.keyType == .oem {
                let rule = system.role == .server ? "ELIG-05" : "ELIG-04"
                add(
                    .oem,
                    Finding(
                        rule, .violated, "\(system) is of \(other.title), which only the manufacturer serves",
                        from: origin))
                return nil
            }
            if let refusal = program.refusal(of: system) {
                add(
                    refusal.verdict == .oem ? .oem : .ineligible,
                    Finding(refusal.rule, .violated, "\(system): \(refusal.reason)", from: origin))
                return nil
            }
            let hint = other.map { "; it belongs to \($0.title)" } ?? ""
            add(.ineligible, Finding(.programSystem, .violated, "\(system) is another product\(hint)", from: origin))
            // The program may name the edition all the same, to say why it is not served: Long-Term Servicing.
            if let rule = program.editionRule(system.edition.rawValue), rule.verdict == .refused {
                let why = "edition \(system.edition.rawValue): \(rule.reason)"
                add(.ineligible, Finding(rule.rule, .violated, why, from: evidence.editionOrigin))
            }
            return nil
        }
        switch system.generation {
        case .older, .windowsXP, .vista, .server2003:
            add(.ineligible, Finding("ELIG-03", .violated, "\(system) has no ESU program", from: origin))
        default:
            add(.ineligible, Finding(.programSystem, .violated, "\(system) is not of \(program.title)", from: origin))
        }
        return nil
    }

    private mutating func checkLevel(_ evidence: SystemEvidence, _ rule: SystemRule, _ program: ESUProgram) {
        let system = evidence.system
        let origin = evidence.levelOrigin
        if let demanded = rule.servicePack {
            // ELIG-02 states this rule for Windows 7; for the other programs their own data do.
            let id = system.generation == .windows7 ? "ELIG-02" : PlannerRule.servicingLevel.rawValue
            if let installed = system.servicePack {
                if installed >= demanded {
                    findings.append(
                        Finding(id, .satisfied, "Service Pack \(installed) is installed", from: origin))
                } else {
                    add(.ineligible, Finding(id, .violated, "Service Pack \(demanded) is missing", from: origin))
                }
            } else {
                add(
                    .undetermined,
                    Finding(
                        id, .unknown,
                        "neither build nor service pack is known; Service Pack \(demanded) is needed",
                        from: origin))
            }
            // The build of a service pack says no more than the service pack.
            return
        }
        let wanted = rule.release.map { "release \($0)" } ?? "build \(rule.minimumBuild ?? rule.maximumBuild ?? 0)"
        switch rule.accepts(build: system.build ?? system.generation.onlyBuild) {
        case true?:
            findings.append(Finding(.servicingLevel, .satisfied, "\(system) is \(rule.title)", from: origin))
        case false?:
            let found = system.release.map { "release \($0)" } ?? "build \(system.build ?? 0)"
            add(
                .ineligible,
                Finding(.servicingLevel, .violated, "\(found) is installed, \(wanted) is needed", from: origin))
        case nil:
            add(
                .undetermined,
                Finding(.servicingLevel, .unknown, "the build is not known; \(wanted) is needed", from: origin))
        }
    }

    private mutating func checkEdition(
        _ evidence: SystemEvidence, _ program: ESUProgram, _ disputed: DisputedReadings
    ) {
        let system = evidence.system
        let origin = evidence.editionOrigin
        if let refusal = program.refusal(of: system) {
            let verdict: Verdict = refusal.verdict == .oem ? .oem : .ineligible
            add(verdict, Finding(refusal.rule, .violated, "\(system): \(refusal.reason)", from: origin))
            return
        }
        if system.features.contains(.evaluation) {
            add(
                .ineligible,
                Finding("ELIG-01", .violated, "an evaluation copy holds no license to add to", from: origin)
            )
            return
        }
        guard system.edition != .unknown else {
            if evidence.isListed {
                findings.append(
                    Finding(
                        .unknownEdition, .doubtful, "the edition of \(system) is not known", from: evidence.systemOrigin
                    ))
            } else {
                add(
                    .undetermined,
                    Finding(.knownSystem, .unknown, "the edition of \(system) is not known", from: origin))
            }
            return
        }
        // Program data may speak of the variant of a server; what it does not name apart is as its edition is.
        let plain = system.edition.rawValue
        let variant = system.features.variantSuffix
        let exact = variant.isEmpty ? nil : program.editionRule(plain + variant)
        let name = exact == nil ? plain : plain + variant
        guard let rule = exact ?? program.editionRule(plain) else {
            add(
                .ineligible,
                Finding("ELIG-01", .violated, "edition \(name) is not part of \(program.title)", from: origin))
            return
        }
        switch rule.verdict {
        case .allowed: findings.append(Finding(rule.rule, .satisfied, "edition \(name)", from: origin))
        case .warned where rule.rule == "CON-01" && disputed.ultimate == .refuse:
            add(
                .ineligible,
                Finding(rule.rule, .violated, "edition \(name): the policy refuses it; \(rule.reason)", from: origin))
        case .warned: findings.append(Finding(rule.rule, .doubtful, "edition \(name): \(rule.reason)", from: origin))
        case .refused: add(.ineligible, Finding(rule.rule, .violated, "edition \(name): \(rule.reason)", from: origin))
        case .oem: add(.oem, Finding(rule.rule, .violated, "edition \(name): \(rule.reason)", from: origin))
        }
    }
}

extension OperatingSystem.Features {
    /// What `EditionID` appends to the edition for these features: `V`, `Core`, `VCore` or nothing.
    fileprivate var variantSuffix: String {
        (contains(.withoutHyperV) ? "V" : "") + (contains(.serverCore) ? "Core" : "")
    }
}

extension SystemRule {
    /// Whether a machine is of the rule's generation and role, whatever kind of product it is.
    func isGeneration(of system: OperatingSystem) -> Bool {
        generation == system.generation.word && role.rawValue == system.role.rawValue
    }

    /// Whether a machine is of the rule's generation, role and kind of product.
    func isSystem(_ system: OperatingSystem) -> Bool {
        isGeneration(of: system) && family == SystemRule.family(of: system.features)
    }

    /// The kind of product that features make; nil for kinds that no program covers.
    static func family(of features: OperatingSystem.Features) -> Family? {
        if features.contains(.posReady) { return .posReady }
        if features.contains(.embeddedStandard) { return .embeddedStandard }
        if features.contains(.forEmbeddedSystems) { return .embedded }
        if features.contains(.thinPC) || features.contains(.otherEmbedded) { return nil }
        if features.contains(.longTermServicing) { return .longTermServicing }
        return .general
    }
}

extension ESUProgram {
    /// The rule that refuses a kind of product by name, such as Thin PC or Hyper-V Server.
    func refusal(of system: OperatingSystem) -> EditionRule? {
        for (token, feature) in OperatingSystem.Features.tokens where system.features.contains(feature) {
            // Program data write `ThinPC` where the feature's word is `thin-pc`.
            var names = [token.filter { $0 != "-" }]
            if feature == .forEmbeddedSystems {
                names.append(system.role == .server ? "ServerEmbedded" : "ProfessionalEmbedded")
            }
            for name in names {
                if let rule = editionRule(name), rule.verdict == .refused || rule.verdict == .oem { return rule }
            }
        }
        return nil
    }
}

import ActivationModel
import ESUPrograms

/// What is worth saying about a plan as a whole, counted while computers are looked at.
struct PlanNotes {
    /// A kind of note about single computers.
    enum Kind: Int, CaseIterable {
        case conflict, unknownEdition, doubtfulEdition, baseNotLicensed, updatesUnknown, updatesAssumed, virtualDesktop
        case undated, manualPush, configMgr, consumerEnrolment
    }

    private let policy: Policy
    private var counts = [Int](repeating: 0, count: Kind.allCases.count)
    private var places = [Place](repeating: .none, count: Kind.allCases.count)
    private var names = [TextID](repeating: .none, count: Kind.allCases.count)
    private var targetNotes: [Diagnostic] = []

    init(policy: Policy) { self.policy = policy }

    /// Counts a computer; the note points to the first one of which a place is known, else to the first.
    mutating func count(_ kind: Kind, of computer: Computer, at place: Place) {
        let index = kind.rawValue
        counts[index] += 1
        if counts[index] == 1 || (places[index] == .none && place != .none) {
            places[index] = place
            names[index] = computer.name
        }
    }

    /// Notes about a target and its licenses.
    mutating func add(_ target: PlanTarget, pool: LicensePool, keys: [PlannedKey], asOf: Day) {
        if let to = target.coverageTo, asOf > to {
            targetNotes.append(
                Diagnostic(
                    code: "plan.year.past", severity: .warning,
                    message:
                        "\(target.target) ended on \(to): new activations of a past year may be refused (rule CON-09)",
                    remedy: "Activate one computer first, before the others are scheduled."))
        }
        targetNotes += LicenseNotes.notes(target, pool: pool, keys: keys)
    }

    /// More notes about a target.
    mutating func add(_ notes: [Diagnostic]) { targetNotes += notes }

    /// All notes, those about targets first.
    func diagnostics(_ fleet: Fleet) -> [Diagnostic] {
        targetNotes
            + Kind.allCases.compactMap { kind in
                let count = counts[kind.rawValue]
                guard count > 0 else { return nil }
                let place = fleet.reference(places[kind.rawValue])
                let (code, severity, message, remedy) = words(kind, count, first: fleet[names[kind.rawValue]])
                return Diagnostic(
                    code: code, severity: severity, file: place?.file, line: place?.line, count: count,
                    message: message,
                    remedy: remedy)
            }
    }

    /// What to say about computers that Configuration Manager serves, by the version that the policy states.
    private func configMgrWords(_ computers: String) -> (String, Severity, String, String) {
        let oldest = ConfigMgrStatement.oldestVersion
        let newest = "Microsoft's blog demands the newest current branch (rule CON-05)"
        guard let stated = policy.configMgr else {
            return (
                "plan.configmgr.unknown", .note,
                "\(computers): updates come from ConfigMgr, whose version the policy does not state; \(oldest) or later "
                    + "is needed (rule DEP-04)",
                "Add configMgr: {version: \"\(oldest)\"} with your version to the policy. \(newest)."
            )
        }
        if stated.version < oldest {
            return (
                "plan.configmgr.old", .warning,
                "\(computers): ConfigMgr \(stated.version) is too old for ESU updates; \(oldest) or later is needed "
                    + "(rule DEP-04)",
                "Update the site before the updates are deployed. \(newest)."
            )
        }
        return (
            "plan.configmgr.current", .note,
            "\(computers): ConfigMgr \(stated.version) meets rule DEP-04; \(newest)", "Keep the site up to date."
        )
    }

    private func words(_ kind: Kind, _ count: Int, first: String?) -> (String, Severity, String, String) {
        let computers = count == 1 ? "1 computer" : "\(count) computers"
        return switch kind {
        case .conflict:
            (
                "plan.system.conflict", .warning,
                "\(computers): directory and VAMT name different systems; the newer evidence was used",
                "Refresh the status in VAMT, or wait for the directory to follow."
            )
        case .unknownEdition:
            (
                "plan.edition.unknown", .warning, "\(computers): the edition is not known and was taken as eligible",
                "Import VAMT's license family, which is not localised."
            )
        case .doubtfulEdition:
            (
                "plan.edition.doubtful", .warning,
                "\(computers): the edition is part of the program by the license, but not by every document",
                "Look at the rule with: actkit plan explain \(first ?? "NAME")"
            )
        case .baseNotLicensed:
            (
                "plan.base.unlicensed", .warning, "\(computers): the base license is not licensed",
                "Activate Windows itself first; an add-on needs a healthy base license."
            )
        case .updatesUnknown:
            (
                "plan.updates.unknown", policy.prerequisites.unknown == .assume ? .warning : .note,
                "\(computers): no list of installed updates tells whether the prerequisites are met",
                "Import the output of Get-HotFix for them."
            )
        case .updatesAssumed:
            (
                "plan.updates.assumed", .warning,
                "\(computers): prerequisites were assumed to be met, as the policy demands", ""
            )
        case .virtualDesktop:
            (
                "plan.vdi", .warning,
                "\(computers): virtual desktops of which no tag tells how many endpoints reach them; each counts as one, though "
                    + "licenses are counted by endpoints (rule LIC-08)",
                "Add the column endpoints to the table of tags, or set virtualDesktops under disputed: in the policy."
            )
        case .undated:
            (
                "plan.account.undated", .note,
                "\(computers): the directory list has no date of logon, password or creation, so inactive accounts were not found",
                "Export LastLogonDate, PasswordLastSet and whenCreated as well."
            )
        case .manualPush:
            (
                "plan.updates.manual", .warning,
                "\(computers): an update that comes first cannot be had from their source of updates (rule DEP-05)",
                "Bring the package to them from the Update Catalog; 'actkit report readiness' lists them."
            )
        case .configMgr: configMgrWords(computers)
        case .consumerEnrolment:
            (
                "plan.consumer", .warning,
                "\(computers): enrolled in the consumer program although a directory lists them (rule PLAN-14)",
                "Give them a license of the organisation; consumer enrolment is not for machines in a domain."
            )
        }
    }
}

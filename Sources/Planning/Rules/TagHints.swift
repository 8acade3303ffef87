import ActivationModel
import ESUPrograms

/// What to know about the tables of tags: values of `hosting` and `route` that nothing here knows, as a misspelt one
/// decides nothing and shows nowhere else.
enum TagHints {
    /// The kinds of hosting that no program covers without a key; written by people, so several words for one kind.
    ///
    /// Source of what counts as covered, from which these are told apart:
    /// https://learn.microsoft.com/windows/whats-new/extended-security-updates
    static let ordinaryHosting: Set<String> = [
        "physical", "vm", "virtual", "vdi", "server", "desktop", "laptop", "onprem", "onpremises", "on-prem",
        "on-premises", "cloud", "aws", "gcp", "cloud-other",
    ]

    /// One value with the computers that have it.
    private struct Value {
        var count: Int
        var place: Place
    }

    /// One warning per unknown value, in the order of the values. Linear in computers.
    static func diagnostics(_ fleet: Fleet, catalog: ProgramCatalog, policy: Policy) -> [Diagnostic] {
        var hosting: [TextID: Value] = [:]
        var routes: [TextID: Value] = [:]
        for computer in fleet.computers {
            count(computer.hosting, computer.tagPlace, in: &hosting)
            count(computer.route, computer.tagPlace, in: &routes)
        }
        let known = catalog.programs.reduce(into: ordinaryHosting) { words, program in
            for entitlement in program.entitlements { words.formUnion(entitlement.hosting) }
        }.union([ConsumerEnrolment.tag.lowercased()])
        let patterns = policy.hostingPatterns
        return warnings(
            hosting, fleet, code: "plan.hosting.unknown", known: known.sorted(),
            isKnown: { text in known.contains(text) || patterns.contains { $0.matches(text) } },
            what: "hosting", consequence: "it decides nothing")
            + warnings(
                routes, fleet, code: "plan.route.unknown", known: Route.allCases.map(\.rawValue),
                isKnown: { Route(rawValue: $0) != nil }, what: "route", consequence: "it was not used")
    }

    private static func count(_ text: TextID, _ place: Place, in values: inout [TextID: Value]) {
        guard !text.isNone else { return }
        var value = values[text] ?? Value(count: 0, place: place)
        value.count += 1
        if (place.source, place.line) < (value.place.source, value.place.line), place != .none { value.place = place }
        values[text] = value
    }

    private static func warnings(
        _ values: [TextID: Value], _ fleet: Fleet, code: String, known: [String], isKnown: (String) -> Bool,
        what: String, consequence: String
    ) -> [Diagnostic] {
        let strange = values.compactMap { text, value in fleet[text].map { (text: $0, value: value) } }
            .filter { !isKnown($0.text.lowercased()) }
            .sorted { $0.text < $1.text }
        var collector = DiagnosticCollector()
        for (text, value) in strange {
            let place = fleet.reference(value.place)
            let shown = String(text.prefix(80))
            let computers = value.count == 1 ? "1 computer" : "\(value.count) computers"
            collector.report(
                Diagnostic(
                    code: code, severity: .warning, file: place?.file, line: place?.line, count: value.count,
                    message: "\(computers): the \(what) \"\(shown)\" of the tag is not known; \(consequence)",
                    remedy: known.nearest(to: shown).map { "Did you mean \"\($0)\"?" }
                        ?? "Known are \(known.joined(separator: ", "))."))
        }
        return collector.diagnostics
    }
}

extension Policy {
    /// The patterns by which conditions of the policy ask for the hosting: what they name is known.
    fileprivate var hostingPatterns: [Glob] {
        let conditions: [Condition] =
            keys.compactMap(\.scope) + priorities.map(\.condition) + waves.compactMap(\.condition)
            + routes.compactMap(\.condition) + updateSources.compactMap(\.condition)
        return conditions.flatMap(\.hostingPatterns)
    }
}

extension Condition {
    fileprivate var hostingPatterns: [Glob] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.hostingPatterns)
        case .not(let part): part.hostingPatterns
        case .hosting(let glob): [glob]
        default: []
        }
    }
}
